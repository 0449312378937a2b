//! The walk as one machine: what to read next, and what has become readable.

use std::ops::Range;

use polars_arrow_format::ipc::{DictionaryBatchRef, MessageHeaderRef, MetadataVersion, RecordBatchRef};

use super::detect::{Framing, HEAD, framing};
use super::fetch::Fetch;
use super::file::FileWalk;
use super::inflate::Inflate;
use super::layout::{Layout, Start, Total, slots, values_slot};
use super::message::{Message, corrupt, malformed};
use super::plan::{BatchPlan, BatchView, Selection};
use super::schema::Schema;
use super::stream::StreamWalk;
use crate::result::ArrowFormat;
use crate::{Error, ErrorKind, Result};

/// What the walk has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum Event {
    /// These bytes are needed.
    Read(Range<u64>),
    /// Nothing is needed to go on: a pause, to be cancelled in.
    Pause,
    /// [`Reader::schema`] is there; time to [`Reader::select`].
    Schema,
    /// [`Reader::batch`] holds the values of a dictionary.
    Dictionary { id: i64, delta: bool },
    /// [`Reader::batch`] holds rows.
    Batch,
    /// Nothing more.
    End,
}

/// Walks over an input.
pub(in crate::ingest) struct Reader {
    walk: Walk,
    state: ReadState,
    inflate: Inflate,
    /// The batch to tell of once its buffers are plain.
    inflating: Option<Event>,
}

enum Walk {
    Start,
    File(FileWalk),
    Stream(StreamWalk),
}

/// What both walks work on.
pub(super) struct ReadState {
    pub(super) fetch: Fetch,
    pub(super) schema: Option<Schema>,
    pub(super) selection: Selections,
    pub(super) plan: BatchPlan,
    pub(super) place: Place,
    /// What will likely be read after what is wanted now.
    pub(super) ahead: Option<Range<u64>>,
    /// Most bytes of one batch, stored or plain.
    budget: u64,
}

/// The message at work.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Where it begins; `None` before the first.
    pub(super) byte: Option<u64>,
    /// Record batches begun.
    batches: u64,
    is_batch: bool,
}

impl Place {
    /// A message begins.
    pub(super) fn begin(&mut self, byte: u64) {
        (self.byte, self.is_batch) = (Some(byte), false);
    }
}

impl Reader {
    /// `source_len` is `None` for a stream of unknown length.
    pub(in crate::ingest) fn new(source_len: Option<u64>, budget: u64) -> Self {
        let mut fetch = Fetch::new(source_len);
        fetch.want_one(0..HEAD);
        let state = ReadState {
            fetch,
            schema: None,
            selection: Selections::default(),
            plan: BatchPlan::default(),
            place: Place::default(),
            ahead: None,
            budget,
        };
        Self { walk: Walk::Start, state, inflate: Inflate::default(), inflating: None }
    }

    /// Goes on to the next event. The batch of the last event is gone after this.
    pub(in crate::ingest) fn step(&mut self) -> Result<Event> {
        if let Some(event) = &self.inflating {
            let event = event.clone();
            let ReadState { fetch, plan, budget, .. } = &self.state;
            let Some(codec) = plan.codec else { return Err(corrupt("a batch is both compressed and not")) };
            if !self.inflate.step(codec, plan.ranges(), fetch, *budget)? {
                return Ok(Event::Pause);
            }
            self.inflating = None;
            return Ok(event);
        }
        loop {
            if let Some(range) = self.state.fetch.next_read() {
                return Ok(Event::Read(range));
            }
            let event = match &mut self.walk {
                Walk::Start => {
                    self.walk = self.start()?;
                    None
                }
                Walk::File(walk) => walk.advance(&mut self.state)?,
                Walk::Stream(walk) => walk.advance(&mut self.state)?,
            };
            match event {
                Some(event @ (Event::Batch | Event::Dictionary { .. })) if self.state.plan.codec.is_some() => {
                    self.inflate.clear();
                    self.inflating = Some(event);
                    return Ok(Event::Pause);
                }
                Some(event) => return Ok(event),
                None => {}
            }
        }
    }

    /// A file needs its footer: Polars, for one, writes files whose first message is no part of a stream.
    fn start(&self) -> Result<Walk> {
        let fetch = &self.state.fetch;
        match (framing(fetch.from(0))?, fetch.source_len()) {
            (Framing::File, Some(len)) => Ok(Walk::File(FileWalk::new(len))),
            (Framing::File, None) => {
                Err(Error::new(ErrorKind::Unsupported, "an Arrow file of unknown length; read it wholly, then open it"))
            }
            (Framing::Stream, _) => Ok(Walk::Stream(StreamWalk::new())),
        }
    }

    /// Takes the answer to the last read.
    pub(in crate::ingest) fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.state.fetch.feed(bytes)
    }

    /// Bytes that will likely be asked for after those at work: a source may fetch them meanwhile.
    pub(in crate::ingest) fn ahead(&self) -> Option<Range<u64>> {
        self.state.ahead.clone()
    }

    /// The error with the place it was met at.
    pub(in crate::ingest) fn locate(&self, error: Error) -> Error {
        let place = self.state.place;
        match place.byte {
            Some(byte) => error.at_message(place.is_batch.then(|| place.batches.saturating_sub(1)), byte),
            None => error,
        }
    }

    pub(in crate::ingest) fn bytes_read(&self) -> u64 {
        self.state.fetch.bytes_read()
    }

    /// Where the last read ended.
    pub(in crate::ingest) fn cursor(&self) -> u64 {
        self.state.fetch.cursor()
    }

    pub(in crate::ingest) fn format(&self) -> ArrowFormat {
        match self.walk {
            Walk::File(_) => ArrowFormat::File,
            _ => ArrowFormat::Stream,
        }
    }

    pub(in crate::ingest) fn schema(&self) -> Result<&Schema> {
        self.state.schema()
    }

    /// Chooses the columns, by index, whose buffers are read from now on.
    pub(in crate::ingest) fn select(&mut self, columns: &[usize]) -> Result<()> {
        let schema = self.state.schema()?;
        let of_layout = |layout| selection(schema, columns, layout);
        self.state.selection = Selections { v4: of_layout(Layout::V4)?, v5: of_layout(Layout::V5)? };
        Ok(())
    }

    /// The batch of the last event.
    pub(in crate::ingest) fn batch(&self) -> BatchView<'_> {
        BatchView::new(&self.state.plan, &self.state.fetch, &self.inflate)
    }

    /// The length of the input in that of its part that was walked; 1 where it is not known.
    pub(in crate::ingest) fn share(&self) -> f64 {
        let (done, total) = match &self.walk {
            Walk::Start => (0, 0),
            Walk::File(walk) => walk.position(),
            Walk::Stream(_) => (self.state.fetch.cursor(), self.state.fetch.source_len().unwrap_or_default()),
        };
        if done == 0 { 1.0 } else { (total as f64 / done as f64).max(1.0) }
    }

    /// Bytes read, and about how many it will have been at the end.
    pub(in crate::ingest) fn progress(&self) -> (u64, Option<u64>) {
        let read = self.state.fetch.bytes_read();
        let (done, total) = match &self.walk {
            Walk::Start => return (read, None),
            Walk::File(walk) => walk.position(),
            Walk::Stream(_) => match self.state.fetch.source_len() {
                Some(len) => (self.state.fetch.cursor(), len),
                None => return (read, None),
            },
        };
        let share = if done == 0 { 1.0 } else { read as f64 / done as f64 };
        (read, Some(read + (total.saturating_sub(done) as f64 * share.min(1.0)) as u64))
    }
}

impl ReadState {
    pub(super) fn schema(&self) -> Result<&Schema> {
        self.schema.as_ref().ok_or_else(|| corrupt("a batch comes before the schema"))
    }

    /// Plans a batch message with its body at `body`; `None` for a dictionary that no chosen column needs.
    pub(super) fn plan(&mut self, message: &Message<'_>, body: &Range<u64>) -> Result<Option<Event>> {
        let selection = if message.version == MetadataVersion::V4 { &self.selection.v4 } else { &self.selection.v5 };
        match message.header {
            MessageHeaderRef::RecordBatch(batch) => {
                (self.place.batches, self.place.is_batch) = (self.place.batches + 1, true);
                self.plan = BatchPlan::new(batch, selection, body, self.budget)?;
                Ok(Some(Event::Batch))
            }
            MessageHeaderRef::DictionaryBatch(dictionary) => {
                let id = dictionary.id().map_err(malformed)?;
                let Some(values_of) = selection.dictionaries.get(&id) else { return Ok(None) };
                self.plan = BatchPlan::new(values(&dictionary)?, values_of, body, self.budget)?;
                Ok(Some(Event::Dictionary { id, delta: dictionary.is_delta().map_err(malformed)? }))
            }
            _ => Err(corrupt("a message that is neither a record batch nor a dictionary")),
        }
    }
}

/// What to read of batches in either layout. The version in a footer is the writer's, that of each message its own.
#[derive(Debug, Default)]
pub(super) struct Selections {
    v4: Selection,
    v5: Selection,
}

impl Selections {
    pub(super) fn has_dictionaries(&self) -> bool {
        !self.v5.dictionaries.is_empty()
    }
}

fn selection(schema: &Schema, columns: &[usize], layout: Layout) -> Result<Selection> {
    let (slots, total) = slots(schema, layout);
    let mut selection = Selection { total, layout, ..Selection::default() };
    for &index in columns {
        let missing = || corrupt(format!("the schema has no column `{index}`"));
        let column = schema.columns.get(index).ok_or_else(missing)?;
        let slot = *slots.get(index).ok_or_else(missing)?;
        if slot.start == Start::Unknown {
            let text = "it lies between columns of types this reader does not know, so its bytes cannot be found; leave those columns out of the export";
            return Err(Error::new(ErrorKind::Unsupported, text).at_column(&column.name));
        }
        selection.columns.push(slot);
        let leaf = column.leaf();
        if let Some(encoding) = leaf.encoding {
            let slot = values_slot(leaf, layout);
            let total = Total { extent: slot.own, is_open: false };
            let values = Selection { columns: vec![slot], total, layout, ..Selection::default() };
            selection.dictionaries.insert(encoding.id, values);
        }
    }
    Ok(selection)
}

fn values<'a>(dictionary: &DictionaryBatchRef<'a>) -> Result<RecordBatchRef<'a>> {
    let data = dictionary.data().map_err(malformed)?;
    data.ok_or_else(|| corrupt("a dictionary without values"))
}
