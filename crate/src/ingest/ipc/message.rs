//! The frame of a message: its length prefix and the flatbuffer behind it.

use polars_arrow_format::ipc::planus::ReadAsRoot;
use polars_arrow_format::ipc::{MessageHeaderRef, MessageRef, MetadataVersion, planus};

use crate::{Error, ErrorKind, Result};

/// Longest metadata of one message or footer. A schema of ten thousand columns takes a few MiB.
const MAX_METADATA: u64 = 64 << 20;
/// Marks a message since format 0.15; before, the length came first.
pub(super) const CONTINUATION: [u8; 4] = [0xff; 4];

/// What the first bytes of a message say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    /// The end-of-stream marker.
    End,
    /// Metadata of `len` bytes after a prefix of `prefix_len`.
    Metadata { prefix_len: u64, len: u64 },
}

/// Reads the prefix of a message, `None` where too few bytes are given.
pub(super) fn prefix(bytes: &[u8]) -> Result<Option<Prefix>> {
    let Some((&first, rest)) = bytes.split_first_chunk::<4>() else { return Ok(None) };
    if first != CONTINUATION {
        return metadata_prefix(first, 4).map(Some);
    }
    rest.first_chunk::<4>().map(|&len| metadata_prefix(len, 8)).transpose()
}

fn metadata_prefix(len: [u8; 4], prefix_len: u64) -> Result<Prefix> {
    match metadata_len(i32::from_le_bytes(len))? {
        0 => Ok(Prefix::End),
        len => Ok(Prefix::Metadata { prefix_len, len }),
    }
}

/// Checks a length of metadata against what is sensible.
pub(super) fn metadata_len(len: i32) -> Result<u64> {
    let len = u64::try_from(len).map_err(|_| corrupt(format!("metadata of `{len}` bytes")))?;
    if len > MAX_METADATA {
        return Err(Error::new(ErrorKind::Budget, format!("metadata of `{len}` bytes, more than the limit of `{MAX_METADATA}`")));
    }
    Ok(len)
}

/// A message's parts.
pub(super) struct Message<'a> {
    pub(super) version: MetadataVersion,
    pub(super) header: MessageHeaderRef<'a>,
    pub(super) body_len: u64,
}

/// Reads the metadata of a message (without its prefix).
pub(super) fn decode(metadata: &[u8]) -> Result<Message<'_>> {
    let message = MessageRef::read_as_root(metadata).map_err(malformed)?;
    let version = message.version().map_err(malformed)?;
    check_version(version)?;
    let header = message.header().map_err(malformed)?.ok_or_else(|| corrupt("a message without a header"))?;
    let body_len = message.body_length().map_err(malformed)?;
    let body_len = u64::try_from(body_len).map_err(|_| corrupt(format!("a message body of `{body_len}` bytes")))?;
    Ok(Message { version, header, body_len })
}

/// Takes the format versions in use since 2017.
pub(super) fn check_version(version: MetadataVersion) -> Result<()> {
    match version {
        MetadataVersion::V4 | MetadataVersion::V5 => Ok(()),
        old => {
            let text =
                format!("Arrow format version `{old:?}` is not read; write the file anew with any Arrow library since 0.8");
            Err(Error::new(ErrorKind::Unsupported, text))
        }
    }
}

/// The input contradicts itself.
pub(in crate::ingest) fn corrupt(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Corrupt, what)
}

/// The flatbuffer does not hold together.
pub(super) fn malformed(_: planus::Error) -> Error {
    corrupt("the Arrow metadata is malformed")
}
