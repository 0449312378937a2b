//! Compressed buffers → plain ones, a bounded piece at a time, so that a cancel is heard in between.
//!
//! Arrow compresses each buffer by itself and writes its plain length in front, −1 where it stayed plain. That length is checked against what the
//! compressed bytes can stand for and against the budget before anything is read, and memory grows only by bytes that were really decompressed.

use std::io::Read;
use std::ops::Range;
use std::rc::Rc;

use lz4_flex::frame::FrameDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder as ZstdDecoder};

use super::fetch::Fetch;
use super::message::corrupt;
use crate::{Error, ErrorKind, Result};

/// Plain bytes made in one step.
const PIECE: usize = 4 << 20;
/// Bytes of the length in front of a compressed buffer.
const PREFIX: u64 = 8;
/// The least limit of a ZSTD window; encoders that do not know the length choose windows beyond it.
const MIN_WINDOW: u64 = 8 << 20;
/// The largest ZSTD window, as other decoders have it: so much is held beside what has been decompressed.
const MAX_WINDOW: u64 = 128 << 20;

/// How the buffers of a batch are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    Lz4,
    Zstd,
}

impl Codec {
    /// The most plain bytes one compressed byte can stand for: a length byte of LZ4; a block of 128 KiB in 3 bytes of ZSTD.
    fn most_per_byte(self) -> u64 {
        match self {
            Self::Lz4 => 255,
            Self::Zstd => (128 << 10) / 3 + 1,
        }
    }

    fn decoder(self, compressed: Compressed, len: u64) -> Result<Box<dyn Read>> {
        Ok(match self {
            Self::Lz4 => Box::new(FrameDecoder::new(compressed)),
            Self::Zstd => {
                let window = len.next_power_of_two().clamp(MIN_WINDOW, MAX_WINDOW);
                let mut zstd = Zstd { decoder: ZstdDecoder::new(), source: compressed };
                zstd.decoder.set_max_window_size(window);
                let begins = zstd.decoder.init(&mut zstd.source);
                begins.map_err(|_| {
                    corrupt(format!("a ZSTD buffer does not begin as one with a window of at most `{window}` bytes"))
                })?;
                Box::new(zstd)
            }
        })
    }
}

/// Bytes of the input that are being decompressed.
struct Compressed {
    bytes: Rc<Vec<u8>>,
    left: Range<usize>,
}

impl Read for Compressed {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut left = self.bytes.get(self.left.clone()).unwrap_or_default();
        let len = left.read(into)?;
        self.left.start += len;
        Ok(len)
    }
}

/// A ZSTD frame being decompressed. Its own reader would carry the texts of all its errors into the module, a fiftieth of it.
struct Zstd {
    decoder: ZstdDecoder,
    source: Compressed,
}

impl Read for Zstd {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let decoded = self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1));
            decoded.map_err(|_| std::io::ErrorKind::InvalidData)?;
        }
        self.decoder.read(into)
    }
}

/// The buffers of one batch on their way.
#[derive(Default)]
pub(super) struct Inflate {
    buffers: Vec<Buffer>,
    current: Option<Current>,
    /// Plain bytes held and announced.
    held: u64,
    /// Of the last batch, to be used again.
    spare: Vec<Vec<u8>>,
}

enum Buffer {
    /// Here in the input.
    Plain(Range<u64>),
    Inflated(Vec<u8>),
}

/// The buffer at work.
struct Current {
    decoder: Box<dyn Read>,
    len: usize,
    bytes: Vec<u8>,
}

impl Inflate {
    /// Forgets the last batch.
    pub(super) fn clear(&mut self) {
        self.held = 0;
        self.current = None;
        let inflated = self.buffers.drain(..).filter_map(|buffer| match buffer {
            Buffer::Plain(_) => None,
            Buffer::Inflated(bytes) => Some(bytes),
        });
        self.spare.extend(inflated);
    }

    /// The `index`-th buffer.
    pub(super) fn get<'a>(&'a self, index: usize, fetch: &'a Fetch) -> Result<&'a [u8]> {
        match self.buffers.get(index) {
            Some(Buffer::Plain(range)) => fetch.get(range),
            Some(Buffer::Inflated(bytes)) => Ok(bytes),
            None => Err(corrupt("a column has too few buffers")),
        }
    }

    /// Works on the buffers at `ranges` for a moment; whether all are done. `limit` is the most plain bytes of all of them.
    pub(super) fn step(
        &mut self,
        codec: Codec,
        mut ranges: impl Iterator<Item = Range<u64>>,
        fetch: &Fetch,
        limit: u64,
    ) -> Result<bool> {
        if let Some(current) = &mut self.current {
            if current.advance()? {
                self.buffers.push(Buffer::Inflated(std::mem::take(&mut current.bytes)));
                self.current = None;
            }
            return Ok(false);
        }
        let Some(range) = ranges.nth(self.buffers.len()) else {
            self.spare.clear();
            return Ok(true);
        };
        self.begin(codec, range, fetch, limit)?;
        Ok(false)
    }

    fn begin(&mut self, codec: Codec, range: Range<u64>, fetch: &Fetch, limit: u64) -> Result<()> {
        let bytes = fetch.get(&range)?;
        if bytes.is_empty() {
            self.buffers.push(Buffer::Plain(range));
            return Ok(());
        }
        let (&len, compressed) =
            bytes.split_first_chunk::<8>().ok_or_else(|| corrupt("a compressed buffer without its length"))?;
        let len = i64::from_le_bytes(len);
        if len == -1 {
            self.buffers.push(Buffer::Plain(range.start + PREFIX..range.end));
            return Ok(());
        }
        let most = (compressed.len() as u64).saturating_mul(codec.most_per_byte());
        let announced = u64::try_from(len).ok().filter(|&len| len <= most);
        let announced =
            announced.ok_or_else(|| corrupt(format!("`{}` compressed bytes announce `{len}` plain ones", compressed.len())))?;
        self.held = self.held.saturating_add(announced);
        if self.held > limit {
            let text = format!(
                "the buffers of one batch decompress to more than the budget of `{limit}` bytes; write smaller batches, or raise `budgetBytes`"
            );
            return Err(Error::new(ErrorKind::Budget, text));
        }
        let mut bytes = self.spare.pop().unwrap_or_default();
        bytes.clear();
        let compressed = range.start + PREFIX..range.end;
        let (shared, left) = fetch.share(&compressed).ok_or_else(|| corrupt("a compressed buffer that is not at hand"))?;
        let decoder = codec.decoder(Compressed { bytes: shared, left }, announced)?;
        self.current = Some(Current { decoder, len: announced as usize, bytes });
        Ok(())
    }
}

impl Current {
    /// Whether the buffer is done.
    fn advance(&mut self) -> Result<bool> {
        let before = self.bytes.len();
        let piece = PIECE.min(self.len - before);
        self.bytes.try_reserve(piece).map_err(|_| Error::new(ErrorKind::Budget, "no memory left to decompress a buffer"))?;
        let unreadable = |error: std::io::Error| corrupt(format!("a compressed buffer does not hold together: {error}"));
        let mut piece_of = (&mut self.decoder).take(piece as u64);
        piece_of.read_to_end(&mut self.bytes).map_err(unreadable)?;
        let came = self.bytes.len() - before;
        if came < piece {
            return Err(corrupt(format!("a buffer decompresses to `{}` bytes and announces `{}`", self.bytes.len(), self.len)));
        }
        if self.bytes.len() < self.len {
            return Ok(false);
        }
        match self.decoder.read(&mut [0]).map_err(unreadable)? {
            0 => Ok(true),
            _ => Err(corrupt(format!("a buffer decompresses to more than the `{}` bytes it announces", self.len))),
        }
    }
}
