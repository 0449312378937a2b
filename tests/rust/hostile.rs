//! Hostile bytes: whatever the input, reading ends in orders or in a typed error, never in a panic, and never holds more than it was given.

use std::fs;
use std::path::PathBuf;

use feilun::ErrorKind;
use feilun::ingest::{inspect_bytes, load_bytes};
use feilun::result::{IngestOptions, Mapping};

use crate::memory::cost_of;

fn read(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/arrow").join(name)).unwrap()
}

/// All roles, by the names of the fixtures.
fn mapping() -> Mapping {
    inspect_bytes(&read("base.arrow")).unwrap().mapping
}

/// Far more than the fixtures need and far less than forged lengths claim.
const BUDGET: usize = 1 << 18;

/// Whether reading came to orders; a panic fails the test by itself.
fn survives(bytes: &[u8], mapping: &Mapping) -> bool {
    let options = IngestOptions { budget_bytes: BUDGET as u64, ..IngestOptions::default() };
    let ((inspected, loaded), cost) = cost_of(|| (inspect_bytes(bytes), load_bytes(bytes, mapping, &options)));
    // A batch is held once as stored and once as decompressed. What is kept of it may take as much, and 64 bytes for each byte read, while it grows
    // twice that; small files are read at most twice.
    let most = 2 * BUDGET + 2 * (BUDGET + 64 * 2 * bytes.len());
    assert!(cost.peak_bytes <= most, "{} bytes at once for a file of {}", cost.peak_bytes, bytes.len());
    match loaded {
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

/// Every committed file.
fn files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/arrow");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".json")).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), read(&name))).collect()
}

/// Where messages begin, by their continuation markers, and where their metadata end: what a writer writes at once, and a crash may leave half of.
pub(crate) fn framing(bytes: &[u8]) -> Vec<(usize, usize)> {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let markers = (0..bytes.len().saturating_sub(8)).step_by(8).filter(|&at| word(at) == u32::MAX);
    markers.map(|at| (at, bytes.len().min(at + 8 + word(at + 4) as usize))).collect()
}

#[test]
fn every_file_cut_at_every_framing_point_is_an_error_or_ends_between_two_messages() {
    let mapping = mapping();
    let (mut cuts, mut whole) = (0, 0);
    for (name, bytes) in files() {
        for (start, end) in framing(&bytes) {
            for cut in
                [start, start + 4, start + 8, start + 9, end - 1, end, end + 1].into_iter().filter(|&cut| cut < bytes.len())
            {
                cuts += 1;
                let is_whole = survives(&bytes[..cut], &mapping);
                whole += usize::from(is_whole);
                assert!(!is_whole || name.ends_with(".arrows"), "{name} cut at {cut}");
            }
        }
    }
    assert!(cuts > 4_000 && whole > 100, "{cuts}, {whole}");
}

/// Changes some bytes: anywhere, or in the metadata of a message, where lengths, offsets, counts and the nesting of types are.
fn mutate(bytes: &mut [u8], metadata: &[(usize, usize)], random: &mut Random) {
    let place = |random: &mut Random| match metadata {
        [_, ..] if random.below(2) == 0 => {
            let (from, to) = metadata[random.below(metadata.len())];
            from + random.below((to - from).max(1))
        }
        _ => random.below(bytes.len()),
    };
    let at = place(random).min(bytes.len() - 1);
    match random.below(6) {
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
        4 => {
            // Half a word: ids, offsets of rows and of flatbuffers.
            let word = [0u32, 1, 3, u32::MAX, i32::MAX as u32, i32::MIN as u32, 1 << 20, random.next() as u32][random.below(8)];
            let at = at & !3;
            let end = bytes.len().min(at + 4);
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

/// A fourth of the mutations, so that they run side by side.
fn mutations(seed: u64) {
    let mapping = mapping();
    let mut random = Random(seed);
    let mut outcomes = [0u32; 2];
    let files: Vec<_> = files().into_iter().map(|(_, bytes)| (framing(&bytes), bytes)).collect();
    for round in 0..13_000 {
        let (metadata, original) = &files[random.below(files.len())];
        let mut bytes = original.clone();
        for _ in 0..1 + random.below(if round % 2 == 0 { 1 } else { 8 }) {
            mutate(&mut bytes, metadata, &mut random);
        }
        outcomes[usize::from(survives(&bytes, &mapping))] += 1;
    }
    // Both must be common, or the mutations test nothing.
    assert!(outcomes.iter().all(|&count| count > 2_000), "{outcomes:?}");
}

#[test]
fn mutations_of_every_file_end_in_orders_or_a_typed_error_within_the_budget_1() {
    mutations(20_240_229);
}

#[test]
fn mutations_of_every_file_end_in_orders_or_a_typed_error_within_the_budget_2() {
    mutations(1);
}

#[test]
fn mutations_of_every_file_end_in_orders_or_a_typed_error_within_the_budget_3() {
    mutations(2);
}

#[test]
fn mutations_of_every_file_end_in_orders_or_a_typed_error_within_the_budget_4() {
    mutations(3);
}

#[test]
fn a_small_file_cannot_stand_for_more_rows_and_texts_than_the_budget() {
    const BUDGET: u64 = 1 << 20;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/hostile");
    let options = IngestOptions { budget_bytes: BUDGET, ..IngestOptions::default() };
    let mut refused = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let mapping = inspect_bytes(&bytes).unwrap().mapping;
        let (result, cost) = cost_of(|| load_bytes(&bytes, &mapping, &options));
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Budget, "{}: {error}", path.display());
        // A slice of decoded texts may pass the limit before it is counted.
        assert!(cost.peak_bytes < 80 << 20, "{}: {} bytes at once", path.display(), cost.peak_bytes);
        assert!(cost.allocations < 100_000, "{}: {} allocations", path.display(), cost.allocations);
        refused.push(path);
    }
    assert_eq!(refused.len(), 5);
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
