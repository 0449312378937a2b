//! The first bytes of an input → file, stream, or which other format it is.

use super::message::CONTINUATION;
use crate::{Error, ErrorKind, Result};

/// Bytes to look at.
pub(super) const HEAD: u64 = 512;
/// First and last bytes of an Arrow file.
pub(super) const MAGIC: &[u8] = b"ARROW1";
/// Where the first message of an Arrow file begins.
pub(super) const AFTER_MAGIC: u64 = 8;

/// How the messages are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    File,
    Stream,
}

const WRITE_ARROW: &str =
    "write it as Arrow IPC, e.g. `df.write_ipc(…)` (Polars) or `pyarrow.feather.write_feather(df, …)` (pandas)";
const UNPACK: &str = "unpack it first";
const EXPORT: &str = "this is a page or text, not the export itself; download the file again or write it as Arrow IPC";

/// Signature, name, what to do.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"PAR1", "Parquet", "convert it, e.g. `pl.read_parquet(…).write_ipc(…)`"),
    (b"PARE", "encrypted Parquet", "decrypt and convert it to Arrow IPC"),
    (b"FEA1", "Feather version 1", "write it as Feather version 2, which is Arrow IPC"),
    (b"ORC", "ORC", WRITE_ARROW),
    (b"Obj\x01", "Avro", WRITE_ARROW),
    (b"SQLite format 3", "SQLite", WRITE_ARROW),
    (b"\x1f\x8b", "gzip", UNPACK),
    (b"\x28\xb5\x2f\xfd", "zstd", UNPACK),
    (b"\x04\x22\x4d\x18", "lz4", UNPACK),
    (b"BZh", "bzip2", UNPACK),
    (b"\xfd7zXZ", "xz", UNPACK),
    (b"PK\x03\x04", "a ZIP archive or Excel workbook", "unpack it, or save the sheet as Arrow IPC"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", WRITE_ARROW),
    (b"%PDF", "PDF", EXPORT),
];

/// Tells the framing by the head of the input.
pub(super) fn framing(head: &[u8]) -> Result<Framing> {
    if head.is_empty() {
        return Err(Error::new(ErrorKind::Truncated, "the input is empty"));
    }
    if head.starts_with(MAGIC) {
        return Ok(Framing::File);
    }
    if head.starts_with(&CONTINUATION) || is_legacy_stream(head) {
        return Ok(Framing::Stream);
    }
    if MAGIC.starts_with(head) || CONTINUATION.starts_with(head) {
        return Err(Error::new(ErrorKind::Truncated, "the input ends within its first bytes"));
    }
    let (name, advice) = other_format(head);
    Err(Error::new(ErrorKind::NotArrow, format!("expected an Arrow file or stream, found {name}; {advice}")))
}

/// Before format 0.15 a stream began with the length of its schema message: a multiple of 8 with the prefix, and a root table within.
fn is_legacy_stream(head: &[u8]) -> bool {
    let word = |at: usize| head.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    match (word(0), word(4)) {
        (Some(len), Some(root)) => len > 0 && len < 1 << 24 && len % 4 == 0 && root >= 4 && root < len,
        _ => false,
    }
}

fn other_format(head: &[u8]) -> (&'static str, &'static str) {
    if let Some(&(_, name, advice)) = OTHERS.iter().find(|(signature, ..)| head.starts_with(signature)) {
        return (name, advice);
    }
    if head.get(8..12) == Some(b"DUCK") {
        return ("a DuckDB database", "export the table, e.g. `COPY t TO 'orders.arrow' (FORMAT arrow)`");
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    // A character cut in two at the end of the head is no reason to doubt the text.
    let is_text = std::str::from_utf8(text).map_or_else(|e| e.error_len().is_none(), |_| true) && !text.contains(&0);
    match text.first() {
        Some(b'<') if is_text => ("HTML or XML", EXPORT),
        Some(b'{' | b'[') if is_text => ("JSON", WRITE_ARROW),
        Some(_) if is_text && text.iter().any(|b| matches!(b, b',' | b'\t' | b';')) => ("CSV or other text", WRITE_ARROW),
        Some(_) if is_text => ("text", WRITE_ARROW),
        _ => ("bytes of another format", WRITE_ARROW),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_are_named() {
        let check = |head: &[u8], name: &str| {
            let error = framing(head).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotArrow, "{name}");
            assert!(error.to_string().contains(name), "{error}");
        };
        check(b"PAR1\x15\x04", "Parquet");
        check(b"FEA1\0\0\0\0", "Feather version 1");
        check(b"\x1f\x8b\x08\0", "gzip");
        check("\u{feff}客户,金额\n1,2\n".as_bytes(), "CSV");
        check(b"\n  {\"a\": 1}", "JSON");
        check(b"<!doctype html>", "HTML");
        check(b"PK\x03\x04....", "Excel");
        check(&[0x13, 0, 0x99, 0xc0, 1, 2, 3, 4], "another format");
    }

    #[test]
    fn framings_are_told_apart() {
        assert_eq!(framing(b"ARROW1\0\0").unwrap(), Framing::File);
        assert_eq!(framing(&[0xff, 0xff, 0xff, 0xff, 0x10, 1, 0, 0]).unwrap(), Framing::Stream);
        assert_eq!(framing(&[0x14, 1, 0, 0, 0x10, 0, 0, 0]).unwrap(), Framing::Stream);
        assert_eq!(framing(b"ARR").unwrap_err().kind(), ErrorKind::Truncated);
        assert_eq!(framing(b"").unwrap_err().kind(), ErrorKind::Truncated);
    }
}
