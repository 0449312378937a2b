//! Which byte ranges are still to be read, and those that have arrived.
//!
//! Memory grows only by bytes that arrived, never by a length the input announces: room is made at once only for ranges within a source whose
//! length is known.

use std::ops::Range;
use std::rc::Rc;

use crate::sorting::sort_by;
use crate::{Error, ErrorKind, Result};

/// Ranges closer than this are read as one: a `Blob` answers a small read no faster than one of this many bytes.
pub(super) const NEAR: u64 = 64 << 10;
/// Ranges this close are read as one as long as what is read in vain stays below a tenth of what is wanted.
const GAP: u64 = 256 << 10;
/// The largest single read, so that a caller can show progress and cancel.
const PIECE: u64 = 8 << 20;

/// Wanted ranges of one input.
#[derive(Debug, Default)]
pub(super) struct Fetch {
    /// `None` for a stream of unknown length, which cannot skip.
    source_len: Option<u64>,
    /// Ascending and disjoint.
    segments: Vec<Segment>,
    asked: Option<Range<u64>>,
    /// Where the last read ended.
    cursor: u64,
    /// Where the input turned out to end.
    end: Option<u64>,
    bytes_read: u64,
}

#[derive(Debug)]
struct Segment {
    range: Range<u64>,
    /// Shared with whoever decompresses them.
    bytes: Rc<Vec<u8>>,
}

impl Segment {
    fn next(&self) -> u64 {
        self.range.start + self.bytes.len() as u64
    }
}

impl Fetch {
    pub(super) fn new(source_len: Option<u64>) -> Self {
        Self { source_len, end: source_len, ..Self::default() }
    }

    pub(super) fn source_len(&self) -> Option<u64> {
        self.source_len
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Where the last read ended.
    pub(super) fn cursor(&self) -> u64 {
        self.cursor
    }

    /// Replaces what is wanted by one range.
    pub(super) fn want_one(&mut self, range: Range<u64>) {
        self.want(std::iter::once(range).collect());
    }

    /// Replaces what is wanted. Bytes that arrived already are kept where the new ranges need them.
    pub(super) fn want(&mut self, mut ranges: Vec<Range<u64>>) {
        ranges.retain(|range| range.start < range.end);
        sort_by(&mut ranges, |a, b| (a.start, a.end).cmp(&(b.start, b.end)));
        let mut to_spare = ranges.iter().fold(0u64, |sum, range| sum.saturating_add(range.end - range.start)) / 10;
        let mut joined: Vec<Range<u64>> = Vec::new();
        for range in ranges {
            let gap = joined.last().map_or(u64::MAX, |last| range.start.saturating_sub(last.end));
            match joined.last_mut() {
                Some(last) if gap <= NEAR || gap <= GAP.min(to_spare) => {
                    to_spare = to_spare.saturating_sub(gap);
                    last.end = last.end.max(range.end);
                }
                _ => joined.push(range),
            }
        }
        let mut held = std::mem::take(&mut self.segments).into_iter().filter(|segment| !segment.bytes.is_empty()).peekable();
        for range in joined {
            while held.next_if(|segment| segment.next() <= range.start).is_some() {}
            self.segments.push(match held.next_if(|segment| segment.range.start <= range.start) {
                Some(segment) if range.end <= segment.next() => Segment { range: segment.range.start..segment.next(), ..segment },
                Some(segment) => {
                    let kept = segment.bytes.get((range.start - segment.range.start) as usize..).unwrap_or_default().to_vec();
                    Segment { range, bytes: Rc::new(kept) }
                }
                None => Segment { range, bytes: Rc::default() },
            });
        }
    }

    /// The next read, or `None` when everything wanted that exists has arrived.
    pub(super) fn next_read(&mut self) -> Option<Range<u64>> {
        let end = self.end.unwrap_or(u64::MAX);
        let segment = self.segments.iter().find(|segment| segment.next() < segment.range.end.min(end))?;
        let wanted = segment.next()..segment.range.end.min(end);
        // A source that cannot skip reads through the gap; `feed` drops it.
        let skips = self.source_len.is_some() || wanted.start <= self.cursor;
        let range = if skips { wanted } else { self.cursor..wanted.start };
        let range = range.start..range.end.min(range.start + PIECE);
        self.asked = Some(range.clone());
        Some(range)
    }

    /// Takes the answer to the last read.
    pub(super) fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        let asked = self.asked.take().unwrap_or(self.cursor..self.cursor);
        let len = bytes.len() as u64;
        if len > asked.end - asked.start {
            let text = format!("fed `{len}` bytes where `{}` were asked for", asked.end - asked.start);
            return Err(Error::new(ErrorKind::Config, text));
        }
        self.bytes_read += len;
        self.cursor = asked.start + len;
        if self.cursor < asked.end {
            self.end = Some(self.cursor);
        }
        let is_known = self.source_len.is_some();
        let Some(segment) = self.segments.iter_mut().find(|s| s.next() == asked.start && s.next() < s.range.end) else {
            return Ok(());
        };
        let left = segment.range.end - segment.next();
        let no_memory = || Error::new(ErrorKind::Budget, format!("no memory left for `{left}` bytes of the input"));
        if segment.bytes.is_empty() && left <= len {
            segment.bytes = Rc::new(bytes);
            return Ok(());
        }
        let held = Rc::make_mut(&mut segment.bytes);
        match is_known {
            true => held.try_reserve_exact(usize::try_from(left).map_err(|_| no_memory())?),
            false => held.try_reserve(bytes.len()),
        }
        .map_err(|_| no_memory())?;
        held.extend_from_slice(&bytes);
        Ok(())
    }

    /// The bytes of a range that was wanted, or that end of input came before its end.
    pub(super) fn get(&self, range: &Range<u64>) -> Result<&[u8]> {
        self.arrived(range).ok_or_else(|| {
            let text = format!("the input ends before byte `{}`: it was cut off, or is still being written", range.end);
            Error::new(ErrorKind::Truncated, text)
        })
    }

    /// The bytes of a range if they have arrived.
    pub(super) fn arrived(&self, range: &Range<u64>) -> Option<&[u8]> {
        if range.start == range.end {
            return Some(&[]);
        }
        let (segment, within) = self.segment_of(range)?;
        segment.bytes.get(within)
    }

    /// The same, to be kept.
    pub(super) fn share(&self, range: &Range<u64>) -> Option<(Rc<Vec<u8>>, Range<usize>)> {
        let (segment, within) = self.segment_of(range)?;
        Some((Rc::clone(&segment.bytes), within))
    }

    fn segment_of(&self, range: &Range<u64>) -> Option<(&Segment, Range<usize>)> {
        let segment = self.segments.iter().find(|s| s.range.start <= range.start && range.end <= s.next())?;
        let within = |at: u64| (at - segment.range.start) as usize;
        Some((segment, within(range.start)..within(range.end)))
    }

    /// What has arrived from `start` on without a gap.
    pub(super) fn from(&self, start: u64) -> &[u8] {
        let holds = |segment: &&Segment| segment.range.start <= start && start < segment.next();
        let Some(segment) = self.segments.iter().find(holds) else { return &[] };
        segment.bytes.get((start - segment.range.start) as usize..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(fetch: &mut Fetch, source: &[u8]) -> Vec<(u64, u64)> {
        let mut reads = Vec::new();
        while let Some(range) = fetch.next_read() {
            let end = (range.end as usize).min(source.len());
            fetch.feed(source[range.start as usize..end].to_vec()).unwrap();
            reads.push((range.start, range.end));
        }
        reads
    }

    #[test]
    fn near_ranges_are_one_read_and_far_ones_are_skipped() {
        let source: Vec<u8> = (0..1_000_000u32).map(|i| i as u8).collect();
        let mut fetch = Fetch::new(Some(1_000_000));
        fetch.want(vec![900_000..900_010, 10..20, 60_000..60_010, 200_000..200_010]);
        assert_eq!(read_all(&mut fetch, &source), [(10, 60_010), (200_000, 200_010), (900_000, 900_010)]);
        assert_eq!(fetch.get(&(900_002..900_004)).unwrap(), &source[900_002..900_004]);
        assert!(fetch.get(&(300_000..300_004)).is_err());
        let mut fetch = Fetch::new(Some(5_000_000));
        fetch.want(vec![0..1_000_000, 1_080_000..2_000_000, 2_240_000..3_000_000]);
        let source = vec![0; 5_000_000];
        assert_eq!(read_all(&mut fetch, &source), [(0, 2_000_000), (2_240_000, 3_000_000)]);
    }

    #[test]
    fn without_skipping_everything_is_read_once_and_in_order() {
        let source: Vec<u8> = (0..1_000_000u32).map(|i| i as u8).collect();
        let mut fetch = Fetch::new(None);
        fetch.want_one(0..10);
        assert_eq!(read_all(&mut fetch, &source), [(0, 10)]);
        fetch.want(vec![4..12, 900_000..900_010]);
        assert_eq!(read_all(&mut fetch, &source), [(10, 12), (12, 900_000), (900_000, 900_010)]);
        assert_eq!(fetch.get(&(4..12)).unwrap(), &source[4..12]);
        fetch.want_one(900_005..2_000_000);
        assert_eq!(read_all(&mut fetch, &source), [(900_010, 2_000_000)]);
        assert_eq!(fetch.get(&(900_005..2_000_000)).unwrap_err().kind(), ErrorKind::Truncated);
        assert_eq!(fetch.from(900_005).len(), 99_995);
    }
}
