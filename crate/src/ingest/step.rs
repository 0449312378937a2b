//! The questions a reader asks of whoever holds the bytes: it never reads by itself, so that the same code serves files, blobs and streams.

/// What a reader needs next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Answer with these bytes by `feed`; fewer mean that the input ends there.
    /// A `len` of 0 asks for nothing: it hands control back between two pieces of work, and `feed` may be skipped.
    Read {
        /// First byte, from the start of the input.
        offset: u64,
        /// Number of bytes.
        len: u64,
    },
    /// Call `finish`.
    Done,
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes read so far.
    pub bytes_read: u64,
    /// Bytes that will have been read at the end, as far as can be told by now: unmapped columns are skipped where the source allows it.
    pub bytes_total: Option<u64>,
    /// Rows read so far.
    pub rows_read: u32,
}

/// Answers a read from bytes in memory.
pub(super) fn slice_of(bytes: &[u8], offset: u64, len: u64) -> Vec<u8> {
    let total = bytes.len() as u64;
    let start = offset.min(total);
    let end = offset.saturating_add(len).min(total);
    bytes.get(start as usize..end as usize).unwrap_or_default().to_vec()
}
