//! An uncompressed Arrow IPC file → the same messages with every buffer compressed as an LZ4 frame.

use std::io::Write;

use lz4_flex::frame::FrameEncoder;
use polars_arrow_format::ipc::planus::{Builder, ReadAsRoot};
use polars_arrow_format::ipc::{
    Block, BodyCompression, BodyCompressionMethod, CompressionType, Footer, FooterRef, Message, MessageHeader, MessageRef,
    RecordBatch,
};

use crate::Result;

const MAGIC: &[u8] = b"ARROW1\0\0";
const TAIL: usize = 10;

/// The LZ4 twin of a file.
///
/// # Errors
/// When the bytes are no Arrow file as [`write`](crate::write) makes them.
pub fn compress(file: &[u8]) -> Result<Vec<u8>> {
    let footer_len = file.len().checked_sub(TAIL).and_then(|at| file.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes));
    let footer_end = file.len().saturating_sub(TAIL);
    let footer_start = footer_end.checked_sub(footer_len.ok_or("no footer")? as usize).ok_or("no footer")?;
    let mut footer: Footer = FooterRef::read_as_root(file.get(footer_start..footer_end).ok_or("no footer")?)?.try_into()?;
    let mut out = MAGIC.to_vec();
    // The schema is the first message; it has no body.
    let first =
        footer.dictionaries.iter().flatten().chain(footer.record_batches.iter().flatten()).map(|block| block.offset).min();
    out.extend_from_slice(file.get(MAGIC.len()..first.unwrap_or(MAGIC.len() as i64) as usize).ok_or("no schema")?);
    for block in footer.dictionaries.iter_mut().flatten().chain(footer.record_batches.iter_mut().flatten()) {
        *block = message(file, block, &mut out)?;
    }
    out.extend_from_slice(&[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
    let mut builder = Builder::new();
    let footer = builder.finish(&footer, None);
    out.extend_from_slice(footer);
    out.extend_from_slice(&(footer.len() as u32).to_le_bytes());
    out.extend_from_slice(b"ARROW1");
    Ok(out)
}

/// Appends the compressed twin of a message and says where it lies.
fn message(file: &[u8], block: &Block, out: &mut Vec<u8>) -> Result<Block> {
    let (start, metadata_len) = (block.offset as usize, block.meta_data_length as usize);
    let metadata = file.get(start + 8..start + metadata_len).ok_or("a message beyond the end")?;
    let body = file.get(start + metadata_len..).ok_or("a body beyond the end")?;
    let mut message: Message = MessageRef::read_as_root(metadata)?.try_into()?;
    let mut packed = Vec::new();
    match &mut message.header {
        Some(MessageHeader::RecordBatch(batch)) => compress_body(batch, body, &mut packed)?,
        Some(MessageHeader::DictionaryBatch(dictionary)) => {
            compress_body(dictionary.data.as_mut().ok_or("a dictionary without values")?, body, &mut packed)?;
        }
        _ => return Err("a block that is no batch".into()),
    }
    message.body_length = packed.len() as i64;
    let mut builder = Builder::new();
    let metadata = builder.finish(&message, None);
    let padded = (metadata.len() + 8).next_multiple_of(8);
    let offset = out.len() as i64;
    out.extend_from_slice(&[0xff; 4]);
    out.extend_from_slice(&(padded as u32 - 8).to_le_bytes());
    out.extend_from_slice(metadata);
    out.resize(offset as usize + padded, 0);
    out.extend_from_slice(&packed);
    Ok(Block { offset, meta_data_length: padded as i32, body_length: packed.len() as i64 })
}

/// Every buffer becomes its length and an LZ4 frame.
fn compress_body(batch: &mut RecordBatch, body: &[u8], packed: &mut Vec<u8>) -> Result<()> {
    batch.compression =
        Some(Box::new(BodyCompression { codec: CompressionType::Lz4Frame, method: BodyCompressionMethod::Buffer }));
    for buffer in batch.buffers.iter_mut().flatten() {
        let bytes =
            body.get(buffer.offset as usize..(buffer.offset + buffer.length) as usize).ok_or("a buffer beyond its body")?;
        buffer.offset = packed.len() as i64;
        if !bytes.is_empty() {
            packed.extend_from_slice(&(bytes.len() as i64).to_le_bytes());
            let mut encoder = FrameEncoder::new(&mut *packed);
            encoder.write_all(bytes)?;
            encoder.finish()?;
        }
        buffer.length = packed.len() as i64 - buffer.offset;
        packed.resize(packed.len().next_multiple_of(8), 0);
    }
    Ok(())
}
