//! An Arrow file or stream → orders.

use super::columns::Builder;
use super::ipc::{Event, Reader};
use super::mapping::looks_personal;
use super::options;
use super::step::{Progress, Step, slice_of};
use super::{Orders, mapping};
use crate::result::{IngestOptions, Mapping, Role};
use crate::{Error, ErrorKind, Result};

/// Rows decoded between two steps; a multiple of 8, so that validity bits stay aligned.
const SLICE: usize = 1 << 16;

/// Reads orders from an Arrow file or stream without doing the reading itself.
///
/// # Example
/// ```
/// # fn main() -> feilun::Result<()> {
/// use feilun::{ErrorKind, ingest::{Load, Step}, result::{IngestOptions, Mapping}};
/// let input = b"customer,amount\n1,2.50\n";
/// let mapping = Mapping { customer_id: Some("customer".into()), ordered_at: Some("at".into()), amount: Some("amount".into()), ..Mapping::default() };
/// let mut load = Load::new(Some(input.len() as u64), &mapping, &IngestOptions::default())?;
/// assert_eq!(load.step()?, Step::Read { offset: 0, len: 23 });
/// load.feed(input.to_vec())?;
/// assert_eq!(load.step().unwrap_err().kind(), ErrorKind::NotArrow);
/// # Ok(())
/// # }
/// ```
pub struct Load {
    reader: Reader,
    mapping: Mapping,
    options: IngestOptions,
    /// There once the schema is known.
    builder: Option<Builder>,
    work: Work,
    /// Files read to their end.
    files: Vec<FileEnd>,
}

/// Where a file of several ends.
#[derive(Debug, Clone)]
pub(super) struct FileEnd {
    pub(super) rows: u32,
    pub(super) bytes_read: u64,
    pub(super) pii_columns_ignored: Vec<String>,
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

impl Load {
    /// `source_len` is `None` for a stream of unknown length. All bytes are asked for in ascending order where the input is a stream.
    ///
    /// # Errors
    /// `Config` for options that make no sense, `MissingColumn` where a required role has no column.
    pub fn new(source_len: Option<u64>, mapping: &Mapping, options: &IngestOptions) -> Result<Self> {
        options::clock(options)?;
        for role in Role::ALL {
            mapping::check_required(mapping, role)?;
        }
        Ok(Self {
            reader: Reader::new(source_len, options.budget_bytes),
            mapping: mapping.clone(),
            options: options.clone(),
            builder: None,
            work: Work::Read,
            files: Vec::new(),
        })
    }

    /// Works on for a moment and tells what is needed next.
    ///
    /// # Errors
    /// `NotArrow`, `Unsupported`, `Truncated`, `Corrupt` or `Budget` for an input that cannot be read,
    /// `MissingColumn` or `ColumnType` for a mapping that does not fit it.
    pub fn step(&mut self) -> Result<Step> {
        self.advance().map_err(|error| match self.files.len() {
            0 => self.reader.locate(error),
            file => self.reader.locate(error).at_file(file as u32),
        })
    }

    fn advance(&mut self) -> Result<Step> {
        loop {
            match self.work {
                Work::Done => return Ok(Step::Done),
                Work::Batch(from) => {
                    self.decode(from)?;
                    return Ok(Step::Read { offset: self.reader.cursor(), len: 0 });
                }
                Work::Dictionary { id, delta, from } => {
                    let next = builder(&mut self.builder)?.dictionary(
                        id,
                        delta,
                        &self.reader.batch(),
                        from..from.saturating_add(SLICE),
                    )?;
                    self.work = next.map_or(Work::Read, |from| Work::Dictionary { id, delta: true, from });
                    return Ok(Step::Read { offset: self.reader.cursor(), len: 0 });
                }
                Work::Read => match self.reader.step()? {
                    Event::Read(range) => return Ok(Step::Read { offset: range.start, len: range.end - range.start }),
                    Event::Pause => return Ok(Step::Read { offset: self.reader.cursor(), len: 0 }),
                    Event::Schema => {
                        let schema = self.reader.schema()?;
                        let builder = match &mut self.builder {
                            Some(builder) => {
                                builder.next_file(schema, &self.mapping, &self.options)?;
                                builder
                            }
                            none => none.insert(Builder::new(schema, &self.mapping, &self.options)?),
                        };
                        self.reader.select(builder.selection())?;
                    }
                    Event::Dictionary { id, delta } => self.work = Work::Dictionary { id, delta, from: 0 },
                    Event::Batch => {
                        builder(&mut self.builder)?.check_rows(&self.reader.batch())?;
                        self.work = Work::Batch(0);
                    }
                    Event::End => self.work = Work::Done,
                },
            }
        }
    }

    /// Decodes a slice of the batch at hand.
    fn decode(&mut self, from: usize) -> Result<()> {
        let batch = self.reader.batch();
        let builder = builder(&mut self.builder)?;
        let rows = builder.check_rows(&batch)?;
        let to = rows.min(from.saturating_add(SLICE));
        builder.rows(&batch, from..to)?;
        self.work = if to < rows { Work::Batch(to) } else { Work::Read };
        Ok(())
    }

    /// Takes the answer to the last read; fewer bytes than asked for mean the end of the input.
    ///
    /// # Errors
    /// `Config` when there are more bytes than asked for.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.reader.feed(bytes)
    }

    /// Goes on with another file of the same table, after [`Step::Done`]; read its bytes from offset 0 on.
    ///
    /// # Errors
    /// `Config` while a file is still being read.
    pub fn next_file(&mut self, source_len: Option<u64>) -> Result<()> {
        if !matches!(self.work, Work::Done) {
            return Err(Error::new(ErrorKind::Config, "the file before has not been read to its end yet"));
        }
        self.end_file()?;
        self.reader = Reader::new(source_len, self.options.budget_bytes);
        self.work = Work::Read;
        Ok(())
    }

    fn end_file(&mut self) -> Result<()> {
        let is_mapped = |name: &str| Role::ALL.iter().any(|&role| self.mapping.get(role) == Some(name));
        let names = self.reader.schema()?.columns.iter().map(|column| column.name.as_str());
        self.files.push(FileEnd {
            rows: self.builder.as_ref().map_or(0, Builder::rows_read),
            bytes_read: self.reader.progress().0,
            pii_columns_ignored: names.filter(|name| looks_personal(name) && !is_mapped(name)).map(str::to_owned).collect(),
        });
        Ok(())
    }

    /// How far reading of this file has come; rows are of all files so far.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let (bytes_read, bytes_total) = self.reader.progress();
        Progress { bytes_read, bytes_total, rows_read: self.builder.as_ref().map_or(0, Builder::rows_read) }
    }

    /// The orders.
    ///
    /// # Errors
    /// `Truncated` before [`Step::Done`]; `Overflow` when a sum leaves 63 bits.
    pub fn finish(mut self) -> Result<Orders> {
        if !matches!(self.work, Work::Done) {
            return Err(Error::new(ErrorKind::Truncated, "the input has not been read to its end yet"));
        }
        self.end_file()?;
        let builder = self.builder.ok_or_else(|| Error::new(ErrorKind::Truncated, "the input has no schema"))?;
        builder.finish(self.mapping, self.files)
    }
}

fn builder(builder: &mut Option<Builder>) -> Result<&mut Builder> {
    builder.as_mut().ok_or_else(|| Error::new(ErrorKind::Corrupt, "a batch comes before the schema"))
}

/// [`Load`] over bytes in memory.
///
/// # Errors
/// As [`Load::new`], [`Load::step`] and [`Load::finish`].
pub fn load_bytes(bytes: &[u8], mapping: &Mapping, options: &IngestOptions) -> Result<Orders> {
    load_files(&[bytes], mapping, options)
}

/// [`Load`] over several files in memory that are one table.
///
/// # Errors
/// As [`load_bytes`], naming the file; `Empty` without a file.
pub fn load_files(files: &[&[u8]], mapping: &Mapping, options: &IngestOptions) -> Result<Orders> {
    let Some((first, rest)) = files.split_first() else {
        return Err(Error::new(ErrorKind::Empty, "no file to read"));
    };
    let mut load = Load::new(Some(first.len() as u64), mapping, options)?;
    pull(&mut load, first)?;
    for bytes in rest {
        load.next_file(Some(bytes.len() as u64))?;
        pull(&mut load, bytes)?;
    }
    load.finish()
}

fn pull(load: &mut Load, bytes: &[u8]) -> Result<()> {
    while let Step::Read { offset, len } = load.step()? {
        load.feed(slice_of(bytes, offset, len))?;
    }
    Ok(())
}
