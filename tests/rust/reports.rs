//! The ingest report: every row that was not used, by reason, column and file, and what was counted beside.

use arrow2::array::{Array, Float64Array, PrimitiveArray, Utf8Array};
use arrow2::chunk::Chunk;
use arrow2::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow2::io::ipc::write;
use feilun::ingest::load_files;
use feilun::result::IngestOptions;
use feilun::result::SetAsideReason::{
    AmountOutOfRange, DuplicateOrder, ExcludedStatus, NullAmount, NullCustomer, NullTime, TimeOutOfRange,
};

use crate::ingest::{check_sums, mapping};

/// Customer, second, amount, refund, status, order id.
type Row<'a> = (Option<&'a str>, Option<i64>, Option<f64>, Option<f64>, &'a str, &'a str);

fn file(rows: &[Row<'_>]) -> Vec<u8> {
    let texts = |pick: fn(&Row<'_>) -> Option<String>| rows.iter().map(pick).collect::<Utf8Array<i32>>().boxed();
    let money = |pick: fn(&Row<'_>) -> Option<f64>| rows.iter().map(pick).collect::<Float64Array>().boxed();
    let times = rows.iter().map(|row| row.1).collect::<PrimitiveArray<i64>>().to(DataType::Timestamp(TimeUnit::Second, None));
    let columns: Vec<(&str, Box<dyn Array>)> = vec![
        ("customer_id", texts(|row| row.0.map(str::to_owned))),
        ("ordered_at", times.boxed()),
        ("amount", money(|row| row.2)),
        ("refund_amount", money(|row| row.3)),
        ("status", texts(|row| Some(row.4.to_owned()))),
        ("order_id", texts(|row| Some(row.5.to_owned()))),
    ];
    let fields: Vec<Field> = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let mut bytes = Vec::new();
    let mut writer = write::FileWriter::new(&mut bytes, Schema::from(fields), None, write::WriteOptions { compression: None });
    writer.start().unwrap();
    writer.write(&Chunk::new(columns.into_iter().map(|(_, array)| array).collect()), None).unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn every_row_not_used_is_told_with_its_reason_and_column_by_file() {
    let (a, t, m) = (Some("a"), Some(0), Some(1.0));
    let january = file(&[
        (a, t, m, None, "paid", "1"),
        (a, None, m, None, "paid", "2"),
        (a, Some(i64::MAX / 2), m, None, "paid", "3"),
        (a, t, Some(1e300), None, "refunded", "4"),
        (a, t, m, Some(f64::INFINITY), "paid", "5"),
        (a, t, Some(1.005), Some(0.001), "在路上", "6"),
    ]);
    let february = file(&[
        (a, t, Some(f64::NAN), m, "paid", "7"),
        (None, t, m, m, "", "8"),
        (a, t, m, None, "Paid ", "1"),
        (a, t, m, m, "void", "9"),
    ]);
    let columns = ["customer_id", "ordered_at", "amount", "refund_amount", "status", "order_id"];
    let report = load_files(&[&january, &february], &mapping(&columns), &IngestOptions::default()).unwrap().report;
    check_sums(&report);
    let told: Vec<_> =
        report.set_aside.iter().map(|aside| (aside.reason, aside.column.as_deref().unwrap(), &aside.examples[..])).collect();
    let expected = [
        (NullCustomer, "customer_id", &[7][..]),
        (NullTime, "ordered_at", &[1]),
        (NullAmount, "amount", &[6]),
        (TimeOutOfRange, "ordered_at", &[2]),
        (AmountOutOfRange, "amount", &[3]),
        (AmountOutOfRange, "refund_amount", &[4]),
        (ExcludedStatus, "status", &[9]),
        (DuplicateOrder, "order_id", &[8]),
    ];
    assert_eq!(told, expected);
    for file in &report.files {
        assert_eq!(file.rows_read, file.rows_used + file.set_aside.iter().map(|aside| aside.rows).sum::<u32>());
    }
    let by_file: Vec<_> =
        report.files.iter().map(|file| file.set_aside.iter().map(|aside| aside.reason).collect::<Vec<_>>()).collect();
    assert_eq!(by_file[0], [NullTime, TimeOutOfRange, AmountOutOfRange, AmountOutOfRange]);
    assert_eq!(by_file[1], [NullCustomer, NullAmount, ExcludedStatus, DuplicateOrder]);
    let counts: Vec<_> = report.files.iter().map(|file| (file.rounded_amounts, file.unknown_status_rows)).collect();
    assert_eq!((counts, report.rounded_amounts, report.unknown_status_rows), (vec![(2, 2), (0, 0)], 2, 2));
    let unknown: Vec<_> = report.statuses.iter().filter(|status| !status.known).map(|status| status.status.as_str()).collect();
    assert_eq!(unknown, ["refunded", "在路上"]);
}
