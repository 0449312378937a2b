//! The walk over a file: footer first, then dictionaries, then record batches, wherever they lie.

use std::collections::BTreeSet;
use std::ops::Range;

use polars_arrow_format::ipc::planus::{ReadAsRoot, Vector};
use polars_arrow_format::ipc::{BlockRef, FooterRef};

use super::detect::{AFTER_MAGIC, MAGIC};
use super::fetch::NEAR;
use super::message::{self, Prefix, corrupt, malformed};
use super::reader::{Event, ReadState};
use super::schema;
use crate::sorting::sort_by;
use crate::{Error, ErrorKind, Result};

/// Bytes read from the end at first: the whole footer, in most files.
const TAIL: u64 = 32 << 10;
/// Less is not worth being fetched ahead.
const AHEAD_FROM: u64 = 1 << 20;
/// Length of the footer and magic word.
const TRAILER: u64 = 10;

/// A message of the file.
#[derive(Debug, Clone, Copy)]
struct Block {
    start: u64,
    metadata_len: u64,
    body_len: u64,
}

impl Block {
    fn metadata(&self) -> Range<u64> {
        self.start..self.start + self.metadata_len
    }

    fn body(&self) -> Range<u64> {
        let start = self.start + self.metadata_len;
        start..start + self.body_len
    }
}

/// Where the walk stands.
pub(super) struct FileWalk {
    state: State,
    blocks: Vec<Block>,
    /// Blocks in front that are dictionaries.
    n_dictionaries: usize,
    /// Dictionaries seen, which a file may extend but not replace.
    seen: BTreeSet<i64>,
    /// Bytes of the blocks passed, and of all.
    done: u64,
    total: u64,
}

enum State {
    Start(u64),
    Trailer(u64),
    Footer(Range<u64>),
    /// At block `index`.
    Block(usize),
    /// The metadata of block `index` has been asked for.
    Metadata(usize),
    /// The chosen buffers of block `index` have been asked for.
    Body(usize, Event),
}

impl FileWalk {
    pub(super) fn new(len: u64) -> Self {
        Self { state: State::Start(len), blocks: Vec::new(), n_dictionaries: 0, seen: BTreeSet::new(), done: 0, total: 0 }
    }

    /// Bytes of the blocks passed, and of all.
    pub(super) fn position(&self) -> (u64, u64) {
        (self.done, self.total)
    }

    /// Goes one state on; called when all that was wanted has arrived.
    pub(super) fn advance(&mut self, state: &mut ReadState) -> Result<Option<Event>> {
        match &self.state {
            State::Start(len) => {
                let len = *len;
                state.fetch.want_one(len.saturating_sub(TAIL)..len);
                self.state = State::Trailer(len);
                Ok(None)
            }
            State::Trailer(len) => {
                let footer = footer_range(*len, state)?;
                state.fetch.want_one(footer.clone());
                self.state = State::Footer(footer);
                Ok(None)
            }
            State::Footer(range) => {
                let range = range.clone();
                self.read_footer(&range, state)?;
                self.state = State::Block(0);
                Ok(Some(Event::Schema))
            }
            State::Block(index) => {
                let index = *index;
                // Without a dictionary-encoded column no dictionary is looked at.
                let skips = index < self.n_dictionaries && !state.selection.has_dictionaries();
                let index = if skips { self.n_dictionaries } else { index };
                let Some(block) = self.blocks.get(index) else { return Ok(Some(Event::End)) };
                if state.fetch.arrived(&block.metadata()).is_none() {
                    state.fetch.want_one(block.metadata());
                }
                self.state = State::Metadata(index);
                Ok(None)
            }
            State::Metadata(index) => {
                let index = *index;
                self.read_metadata(index, state)?;
                Ok(None)
            }
            State::Body(index, event) => {
                let event = event.clone();
                self.pass(*index);
                Ok(Some(event))
            }
        }
    }

    fn pass(&mut self, index: usize) {
        self.done += self.blocks.get(index).map_or(0, |block| block.metadata_len + block.body_len);
        self.state = State::Block(index + 1);
    }

    fn read_footer(&mut self, range: &Range<u64>, state: &mut ReadState) -> Result<()> {
        let footer = FooterRef::read_as_root(state.fetch.get(range)?).map_err(malformed)?;
        message::check_version(footer.version().map_err(malformed)?)?;
        let found = footer.schema().map_err(malformed)?.ok_or_else(|| corrupt("the footer has no schema"))?;
        let dictionaries = footer.dictionaries().map_err(malformed)?.unwrap_or_else(Vector::new_empty);
        let batches = footer.record_batches().map_err(malformed)?.unwrap_or_else(Vector::new_empty);
        self.n_dictionaries = dictionaries.len();
        self.blocks =
            dictionaries.iter().chain(batches.iter()).map(|block| checked_block(block, range.start)).collect::<Result<_>>()?;
        check_disjoint(&self.blocks)?;
        self.total = self.blocks.iter().map(|block| block.metadata_len + block.body_len).sum();
        state.schema = Some(schema::decode(found)?);
        Ok(())
    }

    fn read_metadata(&mut self, index: usize, state: &mut ReadState) -> Result<()> {
        let block = *self.blocks.get(index).ok_or_else(|| corrupt("a block beyond the footer's"))?;
        state.place.begin(block.start);
        let framed = state.fetch.get(&block.metadata())?.to_vec();
        let Some(Prefix::Metadata { prefix_len, len }) = message::prefix(&framed)? else {
            return Err(corrupt(format!("no message at byte `{}`, where the footer has one", block.start)));
        };
        let metadata = framed.get(prefix_len as usize..(prefix_len + len) as usize);
        let message = message::decode(metadata.ok_or_else(|| corrupt("a message longer than its block"))?)?;
        if message.body_len > block.body_len {
            let text = format!("a body of `{}` bytes in a block of `{}`", message.body_len, block.body_len);
            return Err(corrupt(text));
        }
        let Some(event) = state.plan(&message, &block.body())? else {
            self.pass(index);
            return Ok(());
        };
        let is_dictionary = matches!(event, Event::Dictionary { .. });
        if is_dictionary != (index < self.n_dictionaries) {
            return Err(corrupt("the footer takes a dictionary for a record batch, or the other way round"));
        }
        if let Event::Dictionary { id, delta } = event
            && !self.seen.insert(id)
            && !delta
        {
            return Err(corrupt(format!("dictionary `{id}` is replaced, which only a stream may do")));
        }
        let mut ranges: Vec<_> = state.plan.ranges().collect();
        state.ahead = None;
        if let (Some(next), Some(last)) = (self.blocks.get(index + 1), ranges.iter().map(|range| range.end).max()) {
            let read: u64 = ranges.iter().map(|range| range.end - range.start).sum();
            // The next block's metadata comes along where it lies near.
            let comes_along = next.start.saturating_sub(last) <= NEAR;
            let (from, to) = if comes_along { (next.body().start, next.body().start) } else { (next.start, last) };
            // If the next block is laid out as this one, all of this will be read of it.
            let span = to.saturating_sub(block.start);
            if read > (span / 2).max(AHEAD_FROM) {
                let end = next.start + span + span / 64;
                let end = end.min(state.fetch.source_len().unwrap_or(end));
                // Blocks may lie in any order.
                state.ahead = (from < end).then_some(from..end);
            }
            ranges.extend(comes_along.then(|| next.metadata()));
        }
        state.fetch.want(ranges);
        self.state = State::Body(index, event);
        Ok(())
    }
}

fn footer_range(len: u64, state: &ReadState) -> Result<Range<u64>> {
    let cut = || Error::new(ErrorKind::Truncated, "the file does not end in `ARROW1`: it was cut off, or is still being written");
    let trailer = len.checked_sub(TRAILER).filter(|&at| at >= AFTER_MAGIC).ok_or_else(cut)?;
    let (&footer_len, magic) = state.fetch.get(&(trailer..len))?.split_first_chunk::<4>().ok_or_else(cut)?;
    if magic != MAGIC {
        return Err(cut());
    }
    let footer_len = message::metadata_len(i32::from_le_bytes(footer_len))?;
    let start = trailer.checked_sub(footer_len).filter(|&start| start >= AFTER_MAGIC && footer_len > 0);
    let start = start.ok_or_else(|| corrupt(format!("a footer of `{footer_len}` bytes in a file of `{len}`")))?;
    Ok(start..trailer)
}

fn checked_block(block: BlockRef<'_>, footer_start: u64) -> Result<Block> {
    let (offset, metadata_len, body_len) = (block.offset(), block.meta_data_length(), block.body_length());
    let outside = || corrupt(format!("a block at `{offset}` of `{metadata_len}` + `{body_len}` bytes, outside the file's data"));
    let start = u64::try_from(offset).map_err(|_| outside())?;
    let body_len = u64::try_from(body_len).map_err(|_| outside())?;
    let metadata_len = message::metadata_len(metadata_len)?;
    let end = start.checked_add(metadata_len).and_then(|end| end.checked_add(body_len)).ok_or_else(outside)?;
    if start < AFTER_MAGIC || end > footer_start || metadata_len == 0 {
        return Err(outside());
    }
    Ok(Block { start, metadata_len, body_len })
}

/// Blocks that share bytes would let a small file stand for many rows.
fn check_disjoint(blocks: &[Block]) -> Result<()> {
    let mut ranges: Vec<_> = blocks.iter().map(|block| (block.start, block.body().end)).collect();
    sort_by(&mut ranges, Ord::cmp);
    if ranges.windows(2).any(|pair| matches!(pair, [(_, end), (next, _)] if end > next)) {
        return Err(corrupt("two blocks of the footer overlap"));
    }
    Ok(())
}
