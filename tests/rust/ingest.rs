//! Ingest from outside: every variant of one table loads alike, hostile bytes give typed errors, unmapped columns cost nothing.

use std::fs;
use std::path::PathBuf;

use feilun::ErrorKind;
use feilun::ingest::{Load, NONE, Orders, Step, inspect_bytes, load_bytes, load_files};
use feilun::result::{ArrowFormat, ColumnSample, Grain, IngestOptions, IngestReport, Mapping, Role, SetAsideReason};
use serde_json::{Value, json};

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data").join(name)
}

fn read(name: &str) -> Vec<u8> {
    fs::read(data(name)).unwrap()
}

pub(crate) fn mapping(columns: &[&str]) -> Mapping {
    let object = columns.iter().map(|name| {
        let mut words = name.split('_');
        let first = words.next().unwrap().to_owned();
        let camel = words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..]);
        (camel, json!(name))
    });
    serde_json::from_value(Value::Object(object.collect())).unwrap()
}

const ALL: [&str; 10] = [
    "customer_id",
    "ordered_at",
    "amount",
    "order_id",
    "status",
    "refund_amount",
    "store_id",
    "channel",
    "inviter_id",
    "joined_at",
];

fn id(orders: &Orders, idx: u32) -> Value {
    if idx == NONE { Value::Null } else { json!(String::from_utf8(orders.ids.get(idx).to_vec()).unwrap()) }
}

fn dimension<'a>(orders: &'a Orders, key: &str) -> Option<&'a feilun::ingest::Dimension> {
    orders.dimensions.iter().find(|named| named.key == key).map(|named| &named.dimension)
}

/// Orders and report in the form of expected.json.
fn seen(orders: &Orders) -> Value {
    let label = |key: &str, row: usize| {
        dimension(orders, key).and_then(|d| d.labels.get(d.codes[row] as usize)).map_or(Value::Null, |label| json!(label))
    };
    let listed = (0..orders.time_us.len()).map(|row| {
        json!([
            id(orders, orders.customer_idx[row]),
            orders.time_us[row],
            orders.day[row],
            orders.net_minor[row],
            label("store_id", row),
            label("channel", row),
            orders.inviter_idx.as_ref().map_or(Value::Null, |inviter| id(orders, inviter[row])),
        ])
    });
    let mut listed: Vec<Value> = listed.collect();
    sort(&mut listed);
    let joined = orders.joined_us.iter().flatten().enumerate().filter(|(_, at)| **at != i64::MAX);
    let joined = joined.map(|(idx, at)| (id(orders, idx as u32).as_str().unwrap().to_owned(), json!(at)));
    let report = &orders.report;
    let aside = report.set_aside.iter().map(|aside| {
        assert_eq!(aside.rows as usize, aside.examples.len());
        (serde_json::to_value(aside.reason).unwrap().as_str().unwrap().to_owned(), json!(aside.examples))
    });
    json!({
        "orders": listed,
        "joined": Value::Object(joined.collect()),
        "rows_read": report.rows_read,
        "set_aside": Value::Object(aside.collect()),
        "anonymous": [report.anonymous_orders, report.anonymous_net_minor],
        "statuses": Value::Object(report.statuses.iter().map(|s| (s.status.clone(), json!(s.rows))).collect()),
    })
}

fn sort(orders: &mut [Value]) {
    orders.sort_by_cached_key(ToString::to_string);
}

pub(crate) fn check_sums(report: &IngestReport) {
    assert_eq!(report.rows_read, report.rows_used + report.set_aside.iter().map(|aside| aside.rows).sum::<u32>());
}

/// Reads as a browser would from a source of unknown length that can only be read on and on, in pieces of at most `piece` bytes.
fn load_stream(bytes: &[u8], mapping: &Mapping, options: &IngestOptions) -> feilun::Result<Orders> {
    let mut load = Load::new(None, mapping, options)?;
    let mut at = 0;
    while let Step::Read { offset, len } = load.step()? {
        if len > 0 {
            assert_eq!(offset, at, "a stream of unknown length is read without a gap");
        }
        let end = bytes.len().min((offset + len) as usize);
        load.feed(bytes[bytes.len().min(offset as usize)..end].to_vec())?;
        at = end as u64;
    }
    load.finish()
}

fn expected() -> Value {
    serde_json::from_slice(&read("arrow/expected.json")).unwrap()
}

#[test]
fn every_variant_of_the_table_loads_to_the_same_orders() {
    let expected = expected();
    let mut files = Vec::new();
    for case in expected["cases"].as_array().unwrap() {
        let (file, family) = (case[0].as_str().unwrap(), case[1].as_str().unwrap());
        files.push(file.to_owned());
        let family = &expected["families"][family];
        let names: Vec<&str> = family["mapping"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let options: IngestOptions = serde_json::from_value(family["options"].clone()).unwrap();
        let bytes = read(&format!("arrow/{file}"));
        let mut wanted = family.clone();
        wanted.as_object_mut().unwrap().retain(|key, _| key != "mapping" && key != "options");
        sort(wanted["orders"].as_array_mut().unwrap());
        let at_once = load_bytes(&bytes, &mapping(&names), &options).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(seen(&at_once), wanted, "{file}");
        check_sums(&at_once.report);
        let streamed = load_stream(&bytes, &mapping(&names), &options);
        if file.ends_with(".arrows") {
            assert_eq!(seen(&streamed.unwrap_or_else(|error| panic!("{file}: {error}"))), wanted, "{file}");
        } else {
            assert_eq!(streamed.unwrap_err().kind(), ErrorKind::Unsupported, "{file} is no stream");
        }
    }
    for entry in fs::read_dir(data("arrow")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "expected.json" || files.contains(&name), "{name} is in no case");
    }
}

/// What the variants show can be read, as a table for docs/data-formats.md.
fn compatibility() -> String {
    use std::collections::{BTreeMap, BTreeSet};
    let expected = expected();
    let mut types: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let files: BTreeSet<&str> = expected["cases"].as_array().unwrap().iter().map(|case| case[0].as_str().unwrap()).collect();
    for file in &files {
        for field in inspect_bytes(&read(&format!("arrow/{file}"))).unwrap().fields {
            if let Some(role) = ALL.iter().find(|role| **role == field.name) {
                types.entry(role).or_default().insert(format!("`{}`", field.data_type));
            }
        }
    }
    let count = |matches: fn(&str) -> bool| files.iter().filter(|file| matches(file)).count();
    let mut out = format!(
        "{} files, {} of them streams; {} with LZ4 buffers, {} with ZSTD ones.\n\n| Column | Arrow types |\n|---|---|\n",
        files.len(),
        count(|file| file.ends_with(".arrows")),
        count(|file| file.contains("lz4")),
        count(|file| file.contains("zstd")),
    );
    for role in ALL {
        let listed: Vec<&str> = types[role].iter().map(String::as_str).collect();
        out += &format!("| `{role}` | {} |\n", listed.join(", "));
    }
    out
}

#[test]
fn the_docs_list_what_the_variants_show() {
    const START: &str = "<!-- generated by tests/rust/ingest.rs: UPDATE=1 cargo test -p feilun --test rust the_docs_list -->\n";
    const END: &str = "<!-- end -->";
    let path = data("../../docs/data-formats.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(START).expect("the mark where the table begins");
    let (stated, after) = rest.split_once(END).expect("the mark where the table ends");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{before}{START}{}{END}{after}", compatibility())).unwrap();
    } else {
        assert_eq!(stated, compatibility(), "docs/data-formats.md is stale: run this test with UPDATE=1");
    }
}

#[test]
fn dimensions_ascend_and_hold_only_what_orders_use() {
    let orders = load_bytes(&read("arrow/dictionary_delta.arrows"), &mapping(&ALL), &IngestOptions::default()).unwrap();
    let reversed = load_bytes(&read("arrow/reversed.arrow"), &mapping(&ALL), &IngestOptions::default()).unwrap();
    for key in ["store_id", "channel"] {
        let labels = &dimension(&orders, key).unwrap().labels;
        assert!(labels.is_sorted() && !labels.is_empty());
        assert_eq!(labels, &dimension(&reversed, key).unwrap().labels);
    }
    assert_eq!(orders.joined_us.unwrap().len(), orders.ids.len());
    for idx in 0..orders.ids.len() as u32 {
        assert!(orders.customer_idx.contains(&idx) || orders.inviter_idx.as_ref().unwrap().contains(&idx));
    }
}

#[test]
fn cdnow_loads_whole() {
    let bytes = read("cdnow.arrow");
    let inspection = inspect_bytes(&bytes).unwrap();
    assert_eq!(inspection.format, ArrowFormat::File);
    assert_eq!(inspection.mapping, mapping(&["customer_id", "ordered_at", "amount"]));
    let orders = load_bytes(&bytes, &inspection.mapping, &IngestOptions::default()).unwrap();
    assert_eq!((orders.day.len(), orders.ids.len()), (69_659, 23_570));
    assert_eq!((orders.report.rows_read, orders.report.rows_used), (69_659, 69_659));
    assert_eq!(orders.net_minor.iter().filter(|&&net| net == 0).count(), 80);
    assert_eq!((orders.day.iter().min(), orders.day.iter().max()), (Some(&9862), Some(&10_407)));
    assert!(orders.clock.note.unwrap().wall_clock);
}

#[test]
fn inspection_names_types_roles_and_personal_data() {
    let inspection = inspect_bytes(&read("arrow/nested.arrow")).unwrap();
    let field = |name: &str| inspection.fields.iter().find(|field| field.name == name).unwrap();
    assert_eq!(field("dense").data_type, "dense_union<0: int64, 1: utf8>");
    assert_eq!(field("category").data_type, "dictionary<int32, utf8>");
    assert_eq!(field("decimal256").data_type, "decimal256(40, 2)");
    assert_eq!(field("ordered_at").data_type, "timestamp[ms]");
    let times = [Role::OrderedAt].into_iter().chain(Role::INSTANTS).collect::<Vec<_>>();
    assert_eq!(field("ordered_at").roles, times);
    assert_eq!(field("list").roles, []);
    assert_eq!(inspection.mapping, Mapping { category: Some("category".to_owned()), ..mapping(&ALL) });
    assert!(inspection.fields.iter().all(|field| !field.pii));
    assert_eq!(field("customer_id").sample, Some(ColumnSample { rows: 40, nulls: 2, distinct: Some(9) }));
    assert_eq!(field("amount").sample, Some(ColumnSample { rows: 40, nulls: 1, distinct: None }));
    assert_eq!(field("list").sample, None);
}

#[test]
fn every_optional_role_reaches_the_orders() {
    use arrow2::array::{Array, BooleanArray, Int64Array, PrimitiveArray, Utf8Array};
    use arrow2::chunk::Chunk;
    use arrow2::datatypes::{DataType, Field, Schema, TimeUnit};
    use arrow2::io::ipc::write;
    let seconds = DataType::Timestamp(TimeUnit::Second, Some("UTC".to_owned()));
    let texts = |values: [Option<&str>; 4]| Utf8Array::<i32>::from(values).boxed();
    let times = |values: [Option<i64>; 4]| PrimitiveArray::from(values).to(seconds.clone()).boxed();
    let money = |values: [Option<i64>; 4]| Int64Array::from(values).boxed();
    // The third row is a duplicate of the second that comes first, by its time.
    let day = 86_400;
    let columns: Vec<(&str, Box<dyn Array>)> = vec![
        ("customer_id", texts([Some("a"), Some("b"), Some("b"), Some("a")])),
        ("ordered_at", times([Some(9 * day), Some(10 * day), Some(10 * day - 1), Some(11 * day)])),
        ("amount", money([Some(10), Some(20), Some(21), Some(30)])),
        ("order_id", texts([Some("1"), Some("2"), Some("2"), Some("4")])),
        ("staff_id", texts([Some("s1"), Some("s2"), Some("s3"), None])),
        ("fulfilment", texts([Some("pickup"), Some("delivery"), Some("pickup"), Some("pickup")])),
        ("is_presale", BooleanArray::from([Some(true), None, Some(false), Some(true)]).boxed()),
        ("picked_up_at", times([Some(9 * day + 60), Some(i64::MAX / 2), None, Some(-99 * 366 * day)])),
        ("first_order_at", times([Some(5 * day), Some(3 * day), Some(4 * day), Some(6 * day)])),
        ("cost", money([Some(7), Some(8), None, Some(i64::MAX)])),
        ("refund_amount", money([Some(0), Some(1), None, Some(2)])),
        ("楼栋", texts([Some("3"), Some("1"), Some("1"), Some("2")])),
        ("手机号", texts([Some("1"), None, None, None])),
    ];
    let fields: Vec<Field> = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let mut bytes = Vec::new();
    let mut writer = write::FileWriter::new(&mut bytes, Schema::from(fields), None, write::WriteOptions { compression: None });
    writer.start().unwrap();
    writer.write(&Chunk::new(columns.into_iter().map(|(_, array)| array).collect()), None).unwrap();
    writer.finish().unwrap();
    let mut mapping = inspect_bytes(&bytes).unwrap().mapping;
    mapping.dimensions = vec!["楼栋".to_owned()];
    let orders = load_bytes(&bytes, &mapping, &IngestOptions::default()).unwrap();
    let keys: Vec<&str> = orders.dimensions.iter().map(|named| named.key.as_str()).collect();
    assert_eq!(keys, ["fulfilment", "staff_id", "is_presale", "楼栋"]);
    let codes = |key: &str| dimension(&orders, key).unwrap().codes.clone();
    assert_eq!(dimension(&orders, "staff_id").unwrap().labels, ["s1", "s3"]);
    assert_eq!((codes("staff_id"), codes("is_presale"), codes("楼栋")), (vec![0, 1, NONE], vec![1, 0, 1], vec![2, 0, 1]));
    assert_eq!(orders.cost_minor, Some(vec![700, i64::MAX, i64::MAX]));
    // Of lines, one that was refunded is enough.
    let lines = IngestOptions { grain: Grain::Line, ..IngestOptions::default() };
    let by_line = load_bytes(&bytes, &mapping, &lines).unwrap();
    assert_eq!((&orders.refunded, by_line.refunded), (&Some(vec![false, false, true]), Some(vec![false, true, true])));
    assert_eq!(orders.picked_up_us, Some(vec![(9 * day + 60) * 1_000_000, i64::MAX, i64::MAX]));
    // The lost row says nothing of its customer either.
    assert_eq!(orders.first_order_us, Some(vec![5 * day * 1_000_000, 4 * day * 1_000_000]));
    assert_eq!((orders.report.ignored_values, orders.report.rows_used), (3, 3));
    let refuse = |dimensions: &[&str], text: &str| {
        let dimensions = dimensions.iter().map(|&name| name.to_owned()).collect();
        let error = load_bytes(&bytes, &Mapping { dimensions, ..mapping.clone() }, &IngestOptions::default()).unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
    };
    refuse(&["楼栋", "楼栋"], "two columns would be filtered as `楼栋`");
    refuse(&["staff_id"], "two columns would be filtered as `staff_id`");
    refuse(&["ordered_at"], "expected text, a whole number or a boolean");
    refuse(&["x"; 9], "the limit is `8`");
}

#[test]
fn files_of_one_table_load_as_one_file_would() {
    let options = IngestOptions::default();
    let whole = read("arrow/base.arrow");
    let reversed = read("arrow/reversed.arrow");
    // The same rows twice, in other types and codecs: every order id of the second file is a duplicate.
    for second in ["base.arrows", "dictionary_uint8.arrow", "zstd.arrow", "polars_lz4.arrow", "ids_int64.arrow"] {
        let files = load_files(&[&whole, &read(&format!("arrow/{second}"))], &mapping(&ALL), &options).unwrap();
        let report = &files.report;
        assert_eq!(report.rows_read, 80);
        assert_eq!(report.files.iter().map(|file| (file.first_row, file.rows_read)).collect::<Vec<_>>(), [(0, 40), (40, 40)]);
        assert_eq!(report.files.iter().map(|file| file.rows_used).sum::<u32>(), report.rows_used);
        assert_eq!(report.files.iter().map(|file| file.bytes_read).sum::<u64>(), report.bytes_read);
        let unnamed = |orders: &Orders| orders.report.files.iter().map(|file| file.rows_used).max();
        assert_eq!(unnamed(&files), Some(load_bytes(&whole, &mapping(&ALL), &options).unwrap().report.rows_used), "{second}");
    }
    let sorted_ids = |orders: &Orders| {
        let mut ids: Vec<_> = (0..orders.ids.len() as u32).map(|idx| orders.ids.get(idx).to_vec()).collect();
        ids.sort();
        ids
    };
    let two = load_files(&[&whole, &reversed], &mapping(&ALL), &options).unwrap();
    let other = load_files(&[&reversed, &whole], &mapping(&ALL), &options).unwrap();
    assert_eq!((sorted_ids(&two), seen(&two)["orders"].clone()), (sorted_ids(&other), seen(&other)["orders"].clone()));
}

#[test]
fn a_file_that_does_not_fit_the_ones_before_is_named() {
    let check = |second: &[u8], kind: ErrorKind, text: &str| {
        let error = load_files(&[&read("arrow/base.arrow"), second], &mapping(&ALL), &IngestOptions::default()).unwrap_err();
        assert_eq!((error.kind(), error.file()), (kind, Some(1)), "{error}");
        assert!(error.to_string().starts_with("file 2: ") && error.to_string().contains(text), "{error}");
    };
    check(&read("cdnow.arrow"), ErrorKind::MissingColumn, "`order_id`");
    check(&read("arrow/zoned_s.arrow"), ErrorKind::ColumnType, "column `ordered_at`: the files before it hold the other");
    check(b"PAR1....PAR1", ErrorKind::NotArrow, "Parquet");
    let cut = read("arrow/base.arrow");
    check(&cut[..cut.len() - 3], ErrorKind::Truncated, "cut off");
}

#[test]
fn an_error_names_its_batch_and_where_it_begins() {
    let whole = read("arrow/zstd_batches.arrow");
    let mut seen_batches = Vec::new();
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        if let Err(error) = load_bytes(&bytes, &mapping(&ALL), &IngestOptions::default())
            && let Some(batch) = error.batch()
        {
            let start = error.byte_offset().unwrap();
            assert!(start as usize <= at, "{error} for byte {at}");
            assert!(error.to_string().ends_with(&format!("(batch {batch}, at byte {start})")), "{error}");
            seen_batches.push(batch);
        }
    }
    seen_batches.dedup();
    assert!(seen_batches.is_sorted() && seen_batches.len() > 10, "{seen_batches:?}");
}

#[test]
fn the_budget_is_the_callers() {
    let load = |name: &str, budget_bytes: u64| {
        load_bytes(&read(name), &mapping(&ALL), &IngestOptions { budget_bytes, ..IngestOptions::default() })
    };
    for name in ["arrow/base.arrow", "arrow/zstd.arrow", "arrow/lz4.arrows"] {
        let error = load(name, 1_000).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Budget, "{name}: {error}");
        assert!(error.to_string().contains("budget of `1000`"), "{error}");
        assert!(load(name, 1 << 20).is_ok());
    }
}

#[test]
fn a_column_of_a_type_yet_to_be_invented_is_skipped() {
    /// Numbers of types in the schema: a list view, and none so far.
    const LIST_VIEW: u8 = 25;
    const FUTURE: u8 = 99;
    let expected = seen(&load_bytes(&read("arrow/base.arrow"), &mapping(&ALL), &IngestOptions::default()).unwrap());
    let original = read("arrow/nested.arrows");
    let mut tried = 0;
    for at in (0..6_000).filter(|&at| original[at] == LIST_VIEW) {
        let mut bytes = original.clone();
        bytes[at] = FUTURE;
        let Ok(inspection) = inspect_bytes(&bytes) else { continue };
        if inspection.fields.iter().any(|field| field.name == "list_view" && field.data_type == "unknown") {
            tried += 1;
            let orders = load_bytes(&bytes, &mapping(&ALL), &IngestOptions::default()).unwrap();
            assert_eq!(seen(&orders), expected);
        }
    }
    assert_eq!(tried, 1);
}

#[test]
fn a_mapping_that_does_not_fit_is_refused_by_column() {
    let check = |change: (Role, Option<&str>), kind: ErrorKind, text: &str| {
        let mut mapping = mapping(&ALL);
        mapping.set(change.0, change.1.map(str::to_owned));
        let error = load_bytes(&read("arrow/nested.arrow"), &mapping, &IngestOptions::default()).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(text), "{error}");
    };
    check((Role::Amount, None), ErrorKind::MissingColumn, "no column is mapped to `amount`");
    check(
        (Role::Amount, Some("price")),
        ErrorKind::MissingColumn,
        "column `price`: mapped to `amount`, but the file has no such column",
    );
    let expected_time = "column `customer_id`: expected a timestamp or date, found `utf8`";
    check((Role::OrderedAt, Some("customer_id")), ErrorKind::ColumnType, expected_time);
    check((Role::JoinedAt, Some("amount")), ErrorKind::ColumnType, "found `double`".replace("double", "float64").as_str());
    check((Role::Amount, Some("category")), ErrorKind::ColumnType, "found `dictionary<int32, utf8>`");
    check((Role::StoreId, Some("struct")), ErrorKind::ColumnType, "expected text, a whole number or a boolean");
}

#[test]
fn excluded_statuses_follow_the_option() {
    let load = |exclude: Option<&[&str]>| {
        let exclude_statuses = exclude.map(|list| list.iter().map(|&s| s.to_owned()).collect());
        let options = IngestOptions { exclude_statuses, ..IngestOptions::default() };
        load_bytes(&read("arrow/base.arrow"), &mapping(&ALL), &options).unwrap().report
    };
    let excluded = |report: &IngestReport| {
        let aside = report.set_aside.iter().find(|aside| aside.reason == SetAsideReason::ExcludedStatus);
        let counted: u32 = report.statuses.iter().filter(|status| status.excluded).map(|status| status.rows).sum();
        assert_eq!(aside.map_or(0, |aside| aside.rows), counted);
        report.statuses.iter().filter(|status| status.excluded).map(|status| status.status.clone()).collect::<Vec<_>>()
    };
    assert_eq!(excluded(&load(None)), [" Cancelled ", "未支付"]);
    assert_eq!(excluded(&load(Some(&[]))), Vec::<String>::new());
    assert_eq!(excluded(&load(Some(&["PAID"]))), ["paid"]);
    assert_eq!(excluded(&load(Some(&[""]))), [""]);
}

/// Rows written by arrow2: customer, second, cents, order id, store.
type Row = (u8, i64, i64, u8, u8);

fn write_rows(batches: &[Vec<Row>], stream: bool, fillers: usize) -> Vec<u8> {
    use arrow2::array::{Array, Int64Array, PrimitiveArray, Utf8Array};
    use arrow2::chunk::Chunk;
    use arrow2::datatypes::{DataType, Field, Schema, TimeUnit};
    use arrow2::io::ipc::write;
    let seconds = DataType::Timestamp(TimeUnit::Second, None);
    let mut fields = vec![
        Field::new("customer_id", DataType::Utf8, true),
        Field::new("ordered_at", seconds.clone(), true),
        Field::new("amount", DataType::Decimal(18, 2), true),
        Field::new("order_id", DataType::Utf8, true),
        Field::new("store_id", DataType::Utf8, true),
    ];
    let filler = |index: usize| Field::new(format!("filler_{index}"), DataType::Int64, false);
    // Columns nobody maps lie between the others.
    (0..fillers).for_each(|index| fields.insert(index * 2 % fields.len(), filler(index)));
    let schema = Schema::from(fields);
    let chunks = batches.iter().map(|rows| {
        let text = |pick: fn(&Row) -> u8| {
            let texts = rows.iter().map(|row| (pick(row) > 0).then(|| format!("id {}", pick(row))));
            Box::new(texts.collect::<Utf8Array<i32>>()) as Box<dyn Array>
        };
        let times = PrimitiveArray::from_vec(rows.iter().map(|row| row.1).collect()).to(seconds.clone());
        let amounts = PrimitiveArray::from_vec(rows.iter().map(|row| i128::from(row.2)).collect()).to(DataType::Decimal(18, 2));
        let columns = schema.fields.iter().map(|field| match field.name.as_str() {
            "customer_id" => text(|row| row.0),
            "ordered_at" => times.clone().boxed(),
            "amount" => amounts.clone().boxed(),
            "order_id" => text(|row| row.3),
            "store_id" => text(|row| row.4),
            _ => Int64Array::from_vec(vec![7; rows.len()]).boxed(),
        });
        Chunk::new(columns.collect::<Vec<_>>())
    });
    let mut bytes = Vec::new();
    let options = write::WriteOptions { compression: None };
    if stream {
        let mut writer = write::StreamWriter::new(&mut bytes, options);
        writer.start(&schema, None).unwrap();
        chunks.for_each(|chunk| writer.write(&chunk, None).unwrap());
        writer.finish().unwrap();
    } else {
        let mut writer = write::FileWriter::new(&mut bytes, schema.clone(), None, options);
        writer.start().unwrap();
        chunks.for_each(|chunk| writer.write(&chunk, None).unwrap());
        writer.finish().unwrap();
    }
    bytes
}

const FIVE: [&str; 5] = ["customer_id", "ordered_at", "amount", "order_id", "store_id"];

/// Everything that may not depend on the order of rows: all but their numbers.
fn seen_in_any_order(orders: &Orders) -> Value {
    let mut seen = seen(orders);
    for rows in seen["set_aside"].as_object_mut().unwrap().values_mut() {
        *rows = json!(rows.as_array().unwrap().len());
    }
    seen
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn law_batches_and_row_order_change_nothing(
        rows in proptest::collection::vec((0u8..6, 0i64..4, -3i64..4, 0u8..9, 0u8..3), 0..60),
        cuts in proptest::collection::vec(0usize..60, 0..5),
        turn in 0usize..60,
        line in proptest::bool::ANY,
    ) {
        let grain = if line { Grain::Line } else { Grain::Order };
        let options = IngestOptions { grain, ..IngestOptions::default() };
        let load = |batches: &[Vec<Row>], stream| load_bytes(&write_rows(batches, stream, 1), &mapping(&FIVE), &options).unwrap();
        let whole = load(std::slice::from_ref(&rows), false);
        check_sums(&whole.report);
        let mut cuts: Vec<usize> = cuts.iter().map(|&cut| cut.min(rows.len())).chain([0, rows.len()]).collect();
        cuts.sort_unstable();
        let batches: Vec<Vec<Row>> = cuts.windows(2).map(|pair| rows[pair[0]..pair[1]].to_vec()).collect();
        proptest::prop_assert_eq!(seen(&whole), seen(&load(&batches, false)));
        proptest::prop_assert_eq!(seen(&whole), seen(&load(&batches, true)));
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len().max(1));
        turned.reverse();
        let turned = load(&[turned], false);
        proptest::prop_assert_eq!(seen_in_any_order(&whole), seen_in_any_order(&turned));
        proptest::prop_assert_eq!(dimension(&whole, "store_id").map(|d| &d.labels), dimension(&turned, "store_id").map(|d| &d.labels));
        if line {
            let net = whole.net_minor.iter().sum::<i64>() + whole.report.anonymous_net_minor;
            proptest::prop_assert_eq!(net, rows.iter().map(|row| row.2).sum::<i64>());
        }
    }
}

#[test]
fn columns_nobody_maps_are_not_read() {
    let rows: Vec<Row> = (0..200_000u32).map(|i| ((i % 200) as u8 + 1, i64::from(i), 100, 0, 0)).collect();
    let narrow = write_rows(std::slice::from_ref(&rows), false, 0);
    for stream in [false, true] {
        let wide = write_rows(std::slice::from_ref(&rows), stream, 24);
        assert!(wide.len() > 40_000_000);
        let orders = load_bytes(&wide, &mapping(&["customer_id", "ordered_at", "amount"]), &IngestOptions::default()).unwrap();
        assert_eq!(orders.day.len(), 200_000);
        // Offsets, texts, times and amounts, and at most the gaps not worth a read of their own.
        assert!(orders.report.bytes_read < narrow.len() as u64 + 1_000_000, "{}", orders.report.bytes_read);
        assert!(orders.report.bytes_read > 200_000 * (4 + 8 + 16));
    }
}

#[test]
fn progress_rises_to_its_total() {
    let rows: Vec<Row> = (0..300_000u32).map(|i| (1, i64::from(i), 100, 0, 0)).collect();
    let bytes = write_rows(&rows.chunks(50_000).map(<[Row]>::to_vec).collect::<Vec<_>>(), false, 2);
    let mut load = Load::new(Some(bytes.len() as u64), &mapping(&FIVE), &IngestOptions::default()).unwrap();
    let mut seen = vec![load.progress()];
    while let Step::Read { offset, len } = load.step().unwrap() {
        assert!(len <= 8 << 20);
        load.feed(bytes[offset as usize..(offset + len) as usize].to_vec()).unwrap();
        seen.push(load.progress());
    }
    assert!(seen.is_sorted_by_key(|progress| (progress.rows_read, progress.bytes_read)));
    let last = load.progress();
    assert_eq!((last.rows_read, last.bytes_total), (300_000, Some(last.bytes_read)));
    assert!(seen.len() > 8 && load.feed(vec![0]).unwrap_err().kind() == ErrorKind::Config);
}
