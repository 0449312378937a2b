//! What reading costs: bytes asked from the file, bytes held at once, allocations per batch. The formula is the one of docs/data-formats.md.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use arrow2::array::{Array, Int64Array, PrimitiveArray, Utf8Array};
use arrow2::chunk::Chunk;
use arrow2::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow2::io::ipc::write::{FileWriter, WriteOptions};
use feilun::history::build;
use feilun::ingest::{Load, Step, inspect_bytes, load_bytes};
use feilun::result::{IngestOptions, Mapping};

use crate::hostile::framing;
use crate::memory::{Cost, cost_of};

/// Orders in batches of `batch` rows: four columns that count, and before, between and after them `fillers` that do not.
fn export(rows: usize, batch: usize, fillers: usize) -> Vec<u8> {
    let milliseconds = DataType::Timestamp(TimeUnit::Millisecond, Some("Asia/Shanghai".to_owned()));
    let mut fields = vec![
        Field::new("customer_id", DataType::Utf8, false),
        Field::new("ordered_at", milliseconds.clone(), false),
        Field::new("amount", DataType::Int64, false),
        Field::new("channel", DataType::Utf8, false),
    ];
    for filler in 0..fillers {
        fields.insert((filler * 5) % (fields.len() + 1), Field::new(format!("filler_{filler}"), DataType::Int64, false));
    }
    let schema = Schema::from(fields);
    let mut bytes = Vec::new();
    let mut writer = FileWriter::new(&mut bytes, schema.clone(), None, WriteOptions { compression: None });
    writer.start().unwrap();
    for first in (0..rows).step_by(batch) {
        let rows = first..rows.min(first + batch);
        let columns = schema.fields.iter().map(|field| -> Box<dyn Array> {
            match field.name.as_str() {
                "customer_id" => {
                    let ids = rows.clone().map(|row| Some(format!("member-{:07}", row.wrapping_mul(2_654_435_761) % 50_000)));
                    ids.collect::<Utf8Array<i32>>().boxed()
                }
                "channel" => {
                    let channels = rows.clone().map(|row| Some(["pos", "app", "mini_program"][row % 3]));
                    channels.collect::<Utf8Array<i32>>().boxed()
                }
                "ordered_at" => {
                    let times = rows.clone().map(|row| 1_700_000_000_000 + (row as i64 * 7_919_000) % 31_536_000_000);
                    PrimitiveArray::from_vec(times.collect()).to(milliseconds.clone()).boxed()
                }
                "amount" => Int64Array::from_vec(rows.clone().map(|row| row as i64 % 300).collect()).boxed(),
                _ => Int64Array::from_vec(rows.clone().map(|row| row as i64).collect()).boxed(),
            }
        });
        writer.write(&Chunk::new(columns.collect::<Vec<_>>()), None).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

/// The four columns.
fn mapping() -> Mapping {
    inspect_bytes(&export(1, 1, 0)).unwrap().mapping
}

#[test]
fn of_twenty_columns_only_the_four_mapped_are_read() {
    const ROWS: usize = 200_000;
    for batch in [200_000, 50_000, 10_000] {
        let (wide, narrow) = (export(ROWS, batch, 16), export(ROWS, batch, 0));
        let metadata: usize = framing(&wide).iter().map(|(start, end)| end - start).sum();
        let mapped = narrow.len();
        let report = load_bytes(&wide, &mapping(), &IngestOptions::default()).unwrap().report;
        assert_eq!(report.rows_used as usize, ROWS);
        let limit = mapped as f64 * 1.15 + metadata as f64;
        assert!(
            (report.bytes_read as f64) < limit,
            "batches of {batch}: {} read, {limit} allowed of {}",
            report.bytes_read,
            wide.len()
        );
        assert!(limit < 0.5 * wide.len() as f64);
    }
}

/// Most bytes held at once while reading, beside the file itself, as docs/data-formats.md states it.
fn stated_peak(orders: usize, label_columns: usize, customers: usize, id_bytes: usize, batch_bytes: usize) -> usize {
    /// Schema, a window of the file, tables of small size.
    const BASE: usize = 8 << 20;
    BASE + 2 * batch_bytes + 3 * (orders * (24 + 4 * label_columns) + customers * (id_bytes + 40))
}

#[test]
fn memory_stays_below_what_the_docs_state_and_does_not_grow_with_columns_nobody_mapped() {
    const ROWS: usize = 400_000;
    let batch_bytes = |batch: usize| batch * (15 + 8 + 8 + 12 + 8);
    let peak = |bytes: &[u8], order_id: Option<&str>| {
        let mapping = Mapping { order_id: order_id.map(str::to_owned), ..mapping() };
        let (orders, reading) = cost_of(|| load_bytes(bytes, &mapping, &IngestOptions::default()).unwrap());
        let customers = orders.ids.len();
        let (histories, arranging) = cost_of(|| build(orders).unwrap());
        assert_eq!(histories.n_orders(), ROWS);
        (reading, arranging, customers)
    };
    for batch in [100_000, 5_000] {
        let wide = export(ROWS, batch, 16);
        let (reading, arranging, customers) = peak(&wide, None);
        let stated = stated_peak(ROWS, 1, customers, 14, batch_bytes(batch));
        assert!(reading.peak_bytes < stated, "reading held {} of {stated}", reading.peak_bytes);
        assert!(reading.peak_bytes > stated / 5, "the formula is far too large: {} of {stated}", reading.peak_bytes);
        // The orders are there already; sorting holds them once more and 24 bytes each.
        assert!(arranging.peak_bytes < 2 * ROWS * 56, "arranging held {}", arranging.peak_bytes);
        let (narrow, _, _) = peak(&export(ROWS, batch, 0), None);
        let beside = reading.peak_bytes.abs_diff(narrow.peak_bytes);
        assert!(beside < 4 << 20, "sixteen more columns held {beside} bytes");
        let (with_ids, _, _) = peak(&wide, Some("filler_0"));
        let stated = stated + 3 * ROWS * 36;
        assert!(with_ids.peak_bytes < stated, "with order ids reading held {} of {stated}", with_ids.peak_bytes);
    }
}

#[test]
fn columns_end_with_hardly_more_room_than_the_orders_need() {
    for (rows, batch) in [(300_000, 300_000), (600_000, 50_000), (200_001, 1_000)] {
        let orders = load_bytes(&export(rows, batch, 4), &mapping(), &IngestOptions::default()).unwrap();
        for room in [orders.time_us.capacity(), orders.day.capacity(), orders.customer_idx.capacity()] {
            assert!((rows..rows + rows / 20).contains(&room), "room for {room} of {rows} orders in batches of {batch}");
        }
    }
}

#[test]
fn no_step_makes_room_for_everything_at_once() {
    const ROWS: usize = 1_500_000;
    let bytes = export(ROWS, 1 << 17, 1);
    let mapping = Mapping { order_id: Some("filler_0".to_owned()), ..mapping() };
    let mut load = Load::new(Some(bytes.len() as u64), &mapping, &IngestOptions::default()).unwrap();
    let mut most = 0;
    loop {
        let (step, cost) = cost_of(|| load.step().unwrap());
        // What a step moves it holds twice: one column of 16 bytes a row doubles, or some of the tables of ids.
        most = most.max(cost.peak_bytes);
        let Step::Read { offset, len } = step else { break };
        load.feed(bytes[offset as usize..(offset + len) as usize].to_vec()).unwrap();
    }
    assert!(most < 3 * 16 * (1 << 20) + (4 << 20), "one step took {most} bytes");
}

#[test]
fn what_is_read_of_a_block_was_foretold_while_the_one_before_was_at_work() {
    // Adjacent blocks, blocks with a gap between, and columns too far apart to read what lies between them.
    for (fillers, foretold) in [(0, true), (2, true), (16, false)] {
        let bytes = export(300_000, 60_000, fillers);
        let mut load = Load::new(Some(bytes.len() as u64), &mapping(), &IngestOptions::default()).unwrap();
        let (mut told, mut reads, mut within) = (Vec::new(), 0, 0);
        while let Step::Read { offset, len } = load.step().unwrap() {
            if len > 100_000 {
                reads += 1;
                within += usize::from(told.iter().any(|ahead: &Range<u64>| ahead.contains(&offset) && offset + len <= ahead.end));
            }
            told.extend(load.ahead());
            load.feed(bytes[offset as usize..(offset + len) as usize].to_vec()).unwrap();
        }
        let first_block = reads / 5;
        assert_eq!(within, if foretold { reads - first_block } else { 0 }, "{fillers} fillers, {reads} reads");
    }
    let tiny = export(20_000, 100, 0);
    let mut load = Load::new(Some(tiny.len() as u64), &mapping(), &IngestOptions::default()).unwrap();
    while let Step::Read { offset, len } = load.step().unwrap() {
        assert_eq!(load.ahead(), None);
        load.feed(tiny[offset as usize..(offset + len) as usize].to_vec()).unwrap();
    }
}

#[test]
fn blocks_in_any_order_are_read_and_foretold_as_they_lie() {
    let mut bytes = export(300_000, 60_000, 0);
    let straight = load_bytes(&bytes, &mapping(), &IngestOptions::default()).unwrap();
    // The footer's list of blocks, 24 bytes each, beginning with where the block lies: the first and the last change places.
    let starts: Vec<u64> = framing(&bytes).iter().map(|&(start, _)| start as u64).filter(|&start| start > 8).collect();
    let tail = bytes.len() - 4_096;
    let place =
        |bytes: &[u8], start: u64| tail + bytes[tail..].windows(8).position(|eight| eight == start.to_le_bytes()).unwrap();
    let (first, last) = (place(&bytes, starts[0]), place(&bytes, starts[4]));
    for at in 0..24 {
        bytes.swap(first + at, last + at);
    }
    let mut load = Load::new(Some(bytes.len() as u64), &mapping(), &IngestOptions::default()).unwrap();
    while let Step::Read { offset, len } = load.step().unwrap() {
        assert!(load.ahead().is_none_or(|ahead| ahead.start < ahead.end && ahead.end <= bytes.len() as u64));
        load.feed(bytes[offset as usize..(offset + len) as usize].to_vec()).unwrap();
    }
    let turned = load.finish().unwrap();
    assert_ne!(turned.time_us, straight.time_us);
    let sorted = |mut nets: Vec<i64>| {
        nets.sort_unstable();
        nets
    };
    assert_eq!(sorted(turned.net_minor), sorted(straight.net_minor));
}

#[test]
fn allocations_go_by_batches_and_not_by_rows() {
    let allocations = |rows: usize, batch: usize| -> usize {
        let bytes = export(rows, batch, 4);
        let (_, Cost { allocations, .. }) = cost_of(|| load_bytes(&bytes, &mapping(), &IngestOptions::default()).unwrap());
        allocations
    };
    let (few, many) = (allocations(40_000, 20_000), allocations(160_000, 80_000));
    assert!(many < few + 1_000, "{few} allocations for 40,000 rows, {many} for 160,000");
    let tiny = allocations(40_000, 100);
    assert!(tiny < 400 * 200, "{tiny} allocations for 400 batches");
}

#[test]
fn thousands_of_tiny_batches_are_one_table() {
    let (tiny, whole) = (export(20_000, 5, 2), export(20_000, 20_000, 2));
    let load = |bytes: &[u8]| load_bytes(bytes, &mapping(), &IngestOptions::default()).unwrap();
    let (tiny, whole) = (load(&tiny), load(&whole));
    assert_eq!((tiny.time_us, tiny.net_minor, tiny.customer_idx), (whole.time_us, whole.net_minor, whole.customer_idx));
}

#[test]
fn every_fixture_reads_few_bytes_beyond_its_own() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/arrow");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let Ok(orders) =
            load_bytes(&bytes, &inspect_bytes(&bytes).map(|found| found.mapping).unwrap_or_default(), &IngestOptions::default())
        else {
            continue;
        };
        // Small files are read in few windows, the ends maybe twice.
        assert!(orders.report.bytes_read as usize <= 2 * bytes.len(), "{}: {}", path.display(), orders.report.bytes_read);
    }
}
