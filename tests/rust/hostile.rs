//! Hostile bytes: whatever the input, reading ends in orders or in a typed error, never in a panic, and never holds more than it was given.

use std::fs;
use std::path::PathBuf;

use feilun::ErrorKind;
use feilun::ingest::{inspect_bytes, load_bytes};
use feilun::result::{IngestOptions, Mapping};

fn read(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/arrow").join(name)).unwrap()
}

/// All roles, by the names of the fixtures.
fn mapping() -> Mapping {
    inspect_bytes(&read("base.arrow")).unwrap().mapping
}

/// Whether reading came to orders; a panic fails the test by itself.
fn survives(bytes: &[u8], mapping: &Mapping) -> bool {
    let inspected = inspect_bytes(bytes);
    match load_bytes(bytes, mapping, &IngestOptions::default()) {
        Ok(orders) => {
            assert!(inspected.is_ok());
            let report = &orders.report;
            assert_eq!(report.rows_read, report.rows_used + report.set_aside.iter().map(|aside| aside.rows).sum::<u32>());
            assert!(orders.customer_idx.iter().all(|&idx| (idx as usize) < orders.ids.len()));
            true
        }
        Err(error) => {
            assert_ne!(error.kind(), ErrorKind::Config, "{error}");
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// splitmix64: the same mutations in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

#[test]
fn a_cut_file_is_an_error_at_every_byte() {
    let mapping = mapping();
    for name in ["base.arrow", "dictionary_delta.arrow", "nested.arrow"] {
        let bytes = read(name);
        for end in 0..bytes.len() {
            assert!(!survives(&bytes[..end], &mapping), "{name} cut at {end}");
        }
        assert!(survives(&bytes, &mapping));
    }
}

#[test]
fn a_cut_stream_is_an_error_or_ends_between_two_messages() {
    let mapping = mapping();
    for name in ["batches.arrows", "dictionary_replaced.arrows", "legacy.arrows"] {
        let bytes = read(name);
        let survived = (0..bytes.len()).filter(|&end| survives(&bytes[..end], &mapping)).count();
        // One for each message but the schema's own start, and two where the end marker is cut within its zeros.
        assert!((1..60).contains(&survived), "{name}: {survived}");
        // Of fewer than 8 bytes nobody can say that they are Arrow.
        for end in (8..bytes.len()).step_by(7) {
            let kind = load_bytes(&bytes[..end], &mapping, &IngestOptions::default())
                .map_or_else(|error| error.kind(), |_| ErrorKind::Truncated);
            assert_eq!(kind, ErrorKind::Truncated, "{name} cut at {end}");
        }
    }
}

#[test]
fn twenty_thousand_mutations_end_in_orders_or_a_typed_error() {
    let mapping = mapping();
    let mut random = Random(20_240_229);
    let mut outcomes = [0u32; 2];
    let names: Vec<String> = fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/arrow"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".arrow") || name.ends_with(".arrows"))
        .collect();
    let files: Vec<Vec<u8>> = names.iter().map(|name| read(name)).collect();
    for round in 0..24_000 {
        let mut bytes = files[random.below(files.len())].clone();
        for _ in 0..1 + random.below(if round % 2 == 0 { 1 } else { 8 }) {
            let at = random.below(bytes.len());
            match random.below(5) {
                0 => bytes[at] = random.next() as u8,
                1 => bytes[at] ^= 1 << random.below(8),
                2 => bytes[at] = [0, 0x7f, 0x80, 0xff][random.below(4)],
                3 => {
                    // A whole word: lengths, offsets and counts become absurd.
                    let word = [0u64, 1, u64::MAX, i64::MAX as u64, i64::MIN as u64, 1 << 40, random.next()][random.below(7)];
                    let at = at & !7;
                    let end = bytes.len().min(at + 8);
                    bytes[at..end].copy_from_slice(&word.to_le_bytes()[..end - at]);
                }
                _ => {
                    let (from, len) = (random.below(bytes.len()), random.below(64));
                    let piece = bytes[from..bytes.len().min(from + len)].to_vec();
                    let end = bytes.len().min(at + piece.len());
                    bytes[at..end].copy_from_slice(&piece[..end - at]);
                }
            }
        }
        outcomes[usize::from(survives(&bytes, &mapping))] += 1;
    }
    // Both must be common, or the mutations test nothing.
    assert!(outcomes.iter().all(|&count| count > 2_000), "{outcomes:?}");
}

#[test]
fn overlapping_blocks_do_not_multiply_rows() {
    // The footer of `batches.arrow` lists its blocks as 24-byte structs: all are made to point at the first.
    let bytes = read("batches.arrow");
    let footer_len = i32::from_le_bytes(bytes[bytes.len() - 10..bytes.len() - 6].try_into().unwrap()) as usize;
    let footer = bytes.len() - 10 - footer_len;
    let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    let is_block =
        |at: usize| word(at) > 8 && word(at) < bytes.len() as u64 && word(at + 8) & 0xffff_ffff < 4096 && word(at + 16) < 8192;
    let blocks: Vec<usize> = (footer..bytes.len() - 24).filter(|&at| is_block(at) && is_block(at + 24)).take(1).collect();
    let first = *blocks.first().expect("blocks in the footer");
    let mut forged = bytes.clone();
    forged.copy_within(first..first + 24, first + 24);
    let error = load_bytes(&forged, &mapping(), &IngestOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Corrupt, "two blocks of the footer overlap"));
}
