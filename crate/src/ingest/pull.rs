//! The one loop that reads: what the walk comes to → what a table under construction takes, in bounded steps.

use std::ops::Range;

use super::ipc::{BatchView, Event, Reader, Schema};
use super::step::Step;
use crate::{Error, ErrorKind, Result};

/// Rows or dictionary values decoded between two steps: few enough that what is decoded stays in the cache; a multiple of 8, so that validity bits
/// stay aligned.
const SLICE: usize = 1 << 13;

/// What is kept may take the budget, and this many bytes for each one read: several times what rows of any real file do. Runs, views and
/// compression let a small file stand for any number of rows and any length of text.
const KEPT_PER_BYTE: u64 = 64;

/// Room that columns need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Rows about to come.
    pub(super) rows: usize,
    /// Rows about to come, and those of their batch that follow.
    batch: usize,
    /// The length of the input in that of its part up to this batch.
    share: f64,
}

impl Room {
    /// What a full column of so many values should hold: about twice as many, such that no room is left at the end of the input.
    pub(super) fn capacity(self, len: usize) -> usize {
        let least = len + self.rows;
        let expected = (len + self.batch) as f64 * self.share;
        // A part in a hundred more, as batches differ.
        let expected = (expected * 1.01) as usize;
        if expected <= least {
            return least.saturating_mul(2);
        }
        expected >> (expected / least).ilog2()
    }
}

/// A table under construction.
pub(super) trait Sink {
    /// Takes the schema of the first or of another file; says which columns to read, ascending.
    fn open(&mut self, schema: &Schema) -> Result<Vec<usize>>;
    /// Takes some values of a dictionary, and says where to go on.
    fn dictionary(&mut self, id: i64, delta: bool, batch: &BatchView<'_>, values: Range<usize>) -> Result<Option<usize>>;
    /// The rows of a batch, unless they are too many.
    fn check_rows(&self, batch: &BatchView<'_>) -> Result<usize>;
    /// Bytes that would be kept beside the batch with so many rows more than were read.
    fn held(&self, rows: usize) -> u64;
    /// Makes room for some rows in one of the columns that need it; whether that took a while and there may be more to do.
    fn make_room(&mut self, room: Room) -> Result<bool>;
    /// Takes some rows; the range begins at a multiple of 8.
    fn rows(&mut self, batch: &BatchView<'_>, rows: Range<usize>) -> Result<()>;
}

/// One file after the other, being read.
pub(super) struct Pull {
    pub(super) reader: Reader,
    budget: u64,
    work: Work,
    /// Number of the file at work.
    file: u32,
    /// Bytes read of the files before it.
    read_before: u64,
}

/// What the next step does.
enum Work {
    /// Go on in the input.
    Read,
    /// Decode the dictionary at hand from this value on.
    Dictionary {
        id: i64,
        delta: bool,
        from: usize,
    },
    /// Decode the batch at hand from this row on.
    Batch(usize),
    Done,
}

impl Pull {
    pub(super) fn new(source_len: Option<u64>, budget: u64) -> Self {
        Self { reader: Reader::new(source_len, budget), budget, work: Work::Read, file: 0, read_before: 0 }
    }

    /// Goes on with another file.
    pub(super) fn next_file(&mut self, source_len: Option<u64>) {
        let (file, read_before) = (self.file + 1, self.read_before + self.reader.bytes_read());
        *self = Self { file, read_before, ..Self::new(source_len, self.budget) };
    }

    /// Whether the file at work has been read to its end.
    pub(super) fn check_done(&self) -> Result<()> {
        match self.work {
            Work::Done => Ok(()),
            _ => Err(Error::new(ErrorKind::Truncated, "the input has not been read to its end yet")),
        }
    }

    pub(super) fn step(&mut self, sink: &mut impl Sink) -> Result<Step> {
        self.advance(sink).map_err(|error| match self.file {
            0 => self.reader.locate(error),
            file => self.reader.locate(error).at_file(file),
        })
    }

    fn advance(&mut self, sink: &mut impl Sink) -> Result<Step> {
        loop {
            match self.work {
                Work::Done => return Ok(Step::Done),
                Work::Batch(from) => {
                    let batch = self.reader.batch();
                    let rows = sink.check_rows(&batch)?;
                    let to = rows.min(from.saturating_add(SLICE));
                    let room = Room { rows: to - from, batch: rows - from, share: self.reader.share() };
                    if sink.make_room(room)? {
                        return Ok(self.pause());
                    }
                    sink.rows(&batch, from..to)?;
                    self.check_held(sink.held(0))?;
                    self.work = if to < rows { Work::Batch(to) } else { Work::Read };
                    return Ok(self.pause());
                }
                Work::Dictionary { id, delta, from } => {
                    let next = sink.dictionary(id, delta, &self.reader.batch(), from..from.saturating_add(SLICE))?;
                    self.check_held(sink.held(0))?;
                    self.work = next.map_or(Work::Read, |from| Work::Dictionary { id, delta: true, from });
                    return Ok(self.pause());
                }
                Work::Read => match self.reader.step()? {
                    Event::Read(range) => return Ok(Step::Read { offset: range.start, len: range.end - range.start }),
                    Event::Pause => return Ok(self.pause()),
                    Event::Schema => {
                        let selection = sink.open(self.reader.schema()?)?;
                        self.reader.select(&selection)?;
                    }
                    Event::Dictionary { id, delta } => self.work = Work::Dictionary { id, delta, from: 0 },
                    Event::Batch => {
                        let rows = sink.check_rows(&self.reader.batch())?;
                        self.check_held(sink.held(rows))?;
                        self.work = Work::Batch(0);
                    }
                    Event::End => self.work = Work::Done,
                },
            }
        }
    }

    /// Refuses to keep more than the bytes of the input can stand for.
    fn check_held(&self, held: u64) -> Result<()> {
        let read = self.read_before + self.reader.bytes_read();
        let limit = self.budget.saturating_add(read.saturating_mul(KEPT_PER_BYTE));
        if held <= limit {
            return Ok(());
        }
        let text = format!(
            "`{read}` bytes stand for rows and texts of `{held}`, more than the budget of `{}` and `{KEPT_PER_BYTE}` for each byte; raise `budgetBytes`",
            self.budget
        );
        Err(Error::new(ErrorKind::Budget, text))
    }

    /// A read of nothing: only hands control back.
    fn pause(&self) -> Step {
        Step::Read { offset: self.reader.cursor(), len: 0 }
    }
}
