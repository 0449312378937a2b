//! The walk over a stream: messages one after another, in the order they come.

use std::ops::Range;

use polars_arrow_format::ipc::MessageHeaderRef;

use super::message::{self, Prefix, corrupt};
use super::reader::{Event, ReadState};
use super::schema;
use crate::{Error, ErrorKind, Result};

/// Bytes read with a message's prefix, so that small messages do not cost a read each.
const READ_AHEAD: u64 = 64 << 10;
/// Longest prefix.
const PREFIX: u64 = 8;

/// Where the walk stands.
pub(super) enum StreamWalk {
    /// At a message, of which nothing is asked for yet.
    Start(u64),
    /// At a message whose prefix has been asked for.
    Prefix(u64),
    /// Metadata has been asked for.
    Metadata(Range<u64>),
    /// The chosen buffers of a body have been asked for; the next message begins at `next`.
    Body {
        event: Event,
        next: u64,
    },
    Ended,
}

impl StreamWalk {
    pub(super) fn new() -> Self {
        Self::Start(0)
    }

    /// Goes one state on; called when all that was wanted has arrived.
    pub(super) fn advance(&mut self, state: &mut ReadState) -> Result<Option<Event>> {
        match self {
            Self::Start(at) => {
                let at = *at;
                state.fetch.want_one(ahead(at));
                *self = Self::Prefix(at);
                Ok(None)
            }
            Self::Prefix(at) => {
                let at = *at;
                state.place.begin(at);
                *self = self.read_prefix(at, state)?;
                Ok(matches!(self, Self::Ended).then_some(Event::End))
            }
            Self::Metadata(range) => {
                let range = range.clone();
                self.read_metadata(&range, state)
            }
            Self::Body { event, next } => {
                let (event, next) = (event.clone(), *next);
                *self = Self::Start(next);
                Ok(Some(event))
            }
            Self::Ended => Ok(Some(Event::End)),
        }
    }

    fn read_prefix(&self, at: u64, state: &mut ReadState) -> Result<Self> {
        let bytes = state.fetch.from(at);
        let Some(prefix) = message::prefix(bytes)? else {
            // The end marker may be missing, but only between two messages.
            if bytes.is_empty() && state.schema.is_some() {
                return Ok(Self::Ended);
            }
            return Err(Error::new(ErrorKind::Truncated, format!("the stream ends at byte `{at}` within a message")));
        };
        match prefix {
            Prefix::End if state.schema.is_none() => Err(corrupt("the stream ends before its schema")),
            Prefix::End => Ok(Self::Ended),
            Prefix::Metadata { prefix_len, len } => {
                let range = at + prefix_len..at + prefix_len + len;
                check_end(range.end, state)?;
                state.fetch.want_one(range.clone());
                Ok(Self::Metadata(range))
            }
        }
    }

    fn read_metadata(&mut self, range: &Range<u64>, state: &mut ReadState) -> Result<Option<Event>> {
        let metadata = state.fetch.get(range)?.to_vec();
        let message = message::decode(&metadata)?;
        let next = range.end.checked_add(message.body_len).ok_or_else(|| corrupt("a message body beyond all bounds"))?;
        check_end(next, state)?;
        if let MessageHeaderRef::Schema(found) = message.header {
            if state.schema.is_some() {
                return Err(corrupt("the stream has a second schema"));
            }
            state.schema = Some(schema::decode(found)?);
            *self = Self::Start(next);
            return Ok(Some(Event::Schema));
        }
        state.schema()?;
        let Some(event) = state.plan(&message, &(range.end..next))? else {
            *self = Self::Start(next);
            return Ok(None);
        };
        let mut ranges: Vec<_> = state.plan.ranges().collect();
        ranges.push(ahead(next));
        state.fetch.want(ranges);
        *self = Self::Body { event, next };
        Ok(None)
    }
}

fn ahead(at: u64) -> Range<u64> {
    at..at.saturating_add(PREFIX.max(READ_AHEAD))
}

/// Nothing is asked for beyond a known end.
fn check_end(end: u64, state: &ReadState) -> Result<()> {
    match state.fetch.source_len() {
        Some(len) if end > len => {
            let text = format!("a message ends at byte `{end}`, the input at `{len}`: it was cut off, or is still being written");
            Err(Error::new(ErrorKind::Truncated, text))
        }
        _ => Ok(()),
    }
}
