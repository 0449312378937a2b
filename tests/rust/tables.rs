//! The tables beside orders: every kind of field, what is set aside, and how members and referrals come to the customers of the orders.

use arrow2::array::{Array, BooleanArray, Float64Array, PrimitiveArray, Utf8Array};
use arrow2::chunk::Chunk;
use arrow2::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow2::io::ipc::write;
use feilun::ErrorKind;
use feilun::history::Referral;
use feilun::ingest::{LoadTable, Step, Table, TableColumn, inspect_bytes, load_table_bytes};
use feilun::result::{IngestOptions, SetAsideReason, TableField, TableKind, TableMapping};

use crate::table::histories;

const DAY: i64 = 86_400;
/// Instant of 2025-01-01 00:00 UTC.
const NEW_YEAR: i64 = 20_089 * DAY;

fn texts<const N: usize>(values: [Option<&str>; N]) -> Box<dyn Array> {
    Utf8Array::<i32>::from(values).boxed()
}

/// Seconds from the start of 2025.
fn times<const N: usize>(values: [Option<i64>; N]) -> Box<dyn Array> {
    let seconds = DataType::Timestamp(TimeUnit::Second, Some("UTC".to_owned()));
    PrimitiveArray::from(values.map(|value| value.map(|seconds| NEW_YEAR + seconds))).to(seconds).boxed()
}

fn file(columns: Vec<(&str, Box<dyn Array>)>) -> Vec<u8> {
    let fields: Vec<Field> = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let mut bytes = Vec::new();
    let mut writer = write::FileWriter::new(&mut bytes, Schema::from(fields), None, write::WriteOptions { compression: None });
    writer.start().unwrap();
    writer.write(&Chunk::new(columns.into_iter().map(|(_, array)| array).collect()), None).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The table as the file's names propose it.
fn proposed(bytes: &[u8]) -> (TableKind, TableMapping) {
    let likeliest = inspect_bytes(bytes).unwrap().tables.swap_remove(0);
    assert!(likeliest.missing.is_empty(), "{likeliest:?}");
    (likeliest.table, likeliest.mapping)
}

fn load(bytes: &[u8], kind: TableKind) -> Table {
    let (found, mapping) = proposed(bytes);
    assert_eq!(found, kind);
    load_table_bytes(bytes, kind, &mapping, &IngestOptions::default()).unwrap()
}

fn aside(table: &Table) -> Vec<(SetAsideReason, Option<&str>, Vec<u32>)> {
    let report = &table.report;
    assert_eq!(report.rows_read, report.rows_used + report.set_aside.iter().map(|aside| aside.rows).sum::<u32>());
    report.set_aside.iter().map(|aside| (aside.reason, aside.column.as_deref(), aside.examples.clone())).collect()
}

#[test]
fn touches_hold_flags_coupons_and_times_that_may_be_missing() {
    let table = load(
        &file(vec![
            ("会员ID", texts([Some("a"), None, Some("b"), Some("c"), Some("d")])),
            ("发送时间", times([Some(0), Some(0), None, Some(5), Some(i64::MAX / 4)])),
            ("对照组", texts([Some(" 否 "), Some("是"), Some("是"), Some("也许"), Some("Y")])),
            ("优惠券", texts([Some("C1"), None, Some("C1"), None, Some("C2")])),
            ("核销时间", times([None, None, None, None, None])),
        ]),
        TableKind::Touches,
    );
    assert_eq!(
        aside(&table),
        [
            (SetAsideReason::NullCustomer, Some("会员ID"), vec![1]),
            (SetAsideReason::NullTime, Some("发送时间"), vec![2]),
            (SetAsideReason::TimeOutOfRange, Some("发送时间"), vec![4]),
            (SetAsideReason::UnreadableFlag, Some("对照组"), vec![3]),
        ]
    );
    assert_eq!(table.rows, 1);
    assert_eq!(table.column(TableField::IsControl), Some(&TableColumn::Flags(vec![false])));
    assert_eq!(table.times_us(TableField::SentAt), Some(&[NEW_YEAR * 1_000_000][..]));
    assert_eq!(table.times_us(TableField::RedeemedAt), Some(&[i64::MAX][..]));
    let Some(TableColumn::Labels(coupons)) = table.column(TableField::CouponId) else { panic!("coupons") };
    assert_eq!((coupons.labels.as_slice(), coupons.codes.as_slice()), (&["C1".to_owned()][..], &[0][..]));
}

#[test]
fn ratings_are_whole_numbers_from_one_to_five() {
    let table = load(
        &file(vec![
            ("customer_id", texts([Some("a"), Some("b"), Some("c"), Some("d"), Some("e")])),
            ("at", times([Some(0), Some(1), Some(2), Some(3), Some(4)])),
            ("kind", texts([Some("review"), Some("chat"), Some("review"), Some("review"), None])),
            ("rating", Float64Array::from([Some(5.0), None, Some(4.5), Some(0.0), Some(3.0)]).boxed()),
        ]),
        TableKind::Interactions,
    );
    assert_eq!(
        aside(&table),
        [(SetAsideReason::NullLabel, Some("kind"), vec![4]), (SetAsideReason::RatingOutOfRange, Some("rating"), vec![2, 3])]
    );
    assert_eq!(table.column(TableField::Rating), Some(&TableColumn::Ratings(vec![5, 0])));
}

#[test]
fn spend_is_money_by_local_day_and_kind() {
    let table = load(
        &file(vec![
            ("投放日期", times([Some(0), Some(16 * 3_600), Some(0)])),
            ("费用金额", Float64Array::from([Some(12.345), Some(-3.0), None]).boxed()),
            ("渠道", texts([Some("app"), None, None])),
            ("is_real", BooleanArray::from([Some(true), None, None]).boxed()),
        ]),
        TableKind::Spend,
    );
    assert_eq!(aside(&table), [(SetAsideReason::NullAmount, Some("费用金额"), vec![2])]);
    assert_eq!(table.column(TableField::Amount), Some(&TableColumn::Money(vec![1235, -300])));
    assert_eq!(table.report.rounded_amounts, 1);
    let Some(TableColumn::Times { day, .. }) = table.column(TableField::PeriodStart) else { panic!("times") };
    assert_eq!(day, &[20_089, 20_090], "16:00 UTC is the next day at UTC+8");
}

#[test]
fn a_table_without_a_required_column_or_with_a_foreign_one_is_refused() {
    let bytes = file(vec![("customer_id", texts([Some("a")])), ("joined_at", times([Some(0)])), ("left_at", texts([Some("x")]))]);
    let refuse = |columns: &[(TableField, &str)], kind: ErrorKind, text: &str| {
        let mapping = TableMapping(columns.iter().map(|&(field, name)| (field, name.to_owned())).collect());
        let error = load_table_bytes(&bytes, TableKind::Members, &mapping, &IngestOptions::default()).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(text), "{error}");
    };
    let (customer, joined) = ((TableField::CustomerId, "customer_id"), (TableField::JoinedAt, "joined_at"));
    refuse(&[customer], ErrorKind::MissingColumn, "no column is mapped to `joined_at` of table `members`");
    refuse(&[customer, joined, (TableField::SentAt, "joined_at")], ErrorKind::Config, "table `members` has no field `sent_at`");
    refuse(
        &[customer, joined, (TableField::LeftAt, "left_at")],
        ErrorKind::ColumnType,
        "expected a timestamp or date, found `utf8`",
    );
    refuse(
        &[customer, (TableField::JoinedAt, "joined")],
        ErrorKind::MissingColumn,
        "the file has no such column; it has `customer_id`",
    );
}

#[test]
fn members_stand_in_place_of_the_orders_own_times_until_they_are_let_go() {
    let mut histories = histories("a 2025-01-05 10:00 100 joined=2025-01-03\n b 2025-01-06 10:00 100");
    let before = histories.clone();
    let members = load(
        &file(vec![
            ("customer_id", texts([Some("b"), Some("z"), Some("b")])),
            ("joined_at", times([Some(9 * DAY), Some(0), Some(7 * DAY)])),
            ("first_order_at", times([Some(2 * DAY), None, Some(3 * DAY)])),
        ]),
        TableKind::Members,
    );
    histories.attach(members).unwrap();
    let instant = |days: i64| (NEW_YEAR + days * DAY) * 1_000_000;
    // The customer only the table names comes last, without orders.
    assert_eq!((histories.n_customers(), histories.summary().customers), (3, 2));
    assert_eq!(histories.joined_us, Some(vec![i64::MAX, instant(7), instant(0)]));
    assert_eq!(histories.first_order_us, Some(vec![i64::MAX, instant(2), i64::MAX]));
    assert_eq!(histories.summary().tables.len(), 1);
    histories.detach(TableKind::Members);
    assert_eq!(histories.joined_us.as_ref().map(|joined| &joined[..2]), before.joined_us.as_deref());
    assert_eq!((histories.first_order_us.clone(), histories.summary()), (None, before.summary()));
}

#[test]
fn one_inviter_per_invitee_the_earliest_then_the_least() {
    let mut histories = histories("a 2025-01-05 10:00 100\n b 2025-01-06 10:00 100\n c 2025-01-07 10:00 100");
    let referrals = |invited: [Option<i64>; 6]| {
        load(
            &file(vec![
                ("inviter_id", texts([Some("c"), Some("b"), Some("a"), Some("a"), Some("x"), Some("b")])),
                ("invitee_id", texts([Some("a"), Some("a"), Some("a"), Some("b"), Some("b"), Some("y")])),
                ("invited_at", times(invited)),
            ]),
            TableKind::Referrals,
        )
    };
    histories.attach(referrals([Some(2), Some(2), Some(0), Some(5), Some(4), Some(9)])).unwrap();
    let id = |referral: &Option<Referral>| referral.as_ref().map(|found| histories.ids.get(found.inviter).to_vec());
    let inviters: Vec<_> = histories.referrals.as_ref().unwrap().iter().map(id).collect();
    let text = |id: &str| Some(id.as_bytes().to_vec());
    // Nobody invites themselves; x and y are no customers of the orders, and are kept.
    assert_eq!(inviters, [text("b"), text("x"), None, None, text("b")]);
    let again = histories.clone();
    histories.attach(referrals([Some(2), Some(2), Some(0), Some(5), Some(4), Some(9)])).unwrap();
    assert_eq!(histories, again, "attaching a table again changes nothing");
}

#[test]
fn an_empty_file_before_another_takes_none_of_its_rows() {
    let members = |rows: [Option<&str>; 2]| file(vec![("customer_id", texts(rows)), ("joined_at", times([Some(0), None]))]);
    let none = file(vec![("customer_id", texts::<0>([])), ("joined_at", times::<0>([]))]);
    let (kind, mapping) = proposed(&members([Some("a"), Some("b")]));
    let files = [none.clone(), members([Some("a"), Some("b")]), none, members([None, Some("c")])];
    let mut load = LoadTable::new(Some(files[0].len() as u64), kind, &mapping, &IngestOptions::default()).unwrap();
    for (at, bytes) in files.iter().enumerate() {
        if at > 0 {
            load.next_file(Some(bytes.len() as u64)).unwrap();
        }
        while let Step::Read { offset, len } = load.step().unwrap() {
            load.feed(bytes[offset as usize..(offset + len) as usize].to_vec()).unwrap();
        }
    }
    let report = load.finish().unwrap().report;
    let files: Vec<_> = report.files.iter().map(|file| (file.first_row, file.rows_read, file.rows_used)).collect();
    assert_eq!(files, [(0, 0, 0), (0, 2, 1), (2, 0, 0), (2, 2, 0)]);
}
