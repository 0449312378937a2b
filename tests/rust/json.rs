//! The crate's own JSON against serde's derives: what one writes the other reads, and both refuse the same.

use std::fmt::Debug;

use feilun::charts::{DrawOptions, Theme, draw};
use feilun::json::{self, Read, Write};
use feilun::result::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::figures::all_figures;
use crate::table::{GOLDEN, histories};

/// A value's text means what serde's text means, and reads back as the value, from both texts.
fn check<T: Read + Write + Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let (ours, theirs) = (json::write(value), serde_json::to_string(value).unwrap());
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(with_floats(parsed(&ours)), with_floats(parsed(&theirs)));
    let near = |text: &str| json::write(&json::read::<T>(text).unwrap());
    assert!(alike(&parsed(&near(&ours)), &parsed(&ours)), "{ours}");
    assert!(alike(&parsed(&near(&theirs)), &parsed(&ours)), "{theirs}");
    assert!(serde_json::from_str::<T>(&ours).is_ok(), "{ours}");
}

/// `1` and `1.0` are one number in JavaScript.
fn with_floats(value: Value) -> Value {
    match value {
        Value::Number(number)
            if number.is_f64() && number.as_f64().is_some_and(|float| float.fract() == 0.0 && float.abs() < 1e15) =>
        {
            Value::from(number.as_f64().unwrap() as i64)
        }
        Value::Array(values) => values.into_iter().map(with_floats).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, with_floats(value))).collect(),
        other => other,
    }
}

/// Equal, fractions within two units of their last place.
fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            (a - b).abs() <= 2.0 * f64::EPSILON * b.abs()
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| alike(a, b)))
        }
        _ => a == b,
    }
}

#[test]
fn every_figure_and_its_drawing_is_what_serde_says() {
    for (_, figure) in all_figures() {
        check(&figure);
        check(&draw(&figure, &DrawOptions::default()).unwrap());
    }
}

#[test]
fn every_option_and_summary_is_what_serde_says() {
    check(&CohortConfig::default());
    check(&CohortConfig {
        max_periods: Some(7),
        slice: Some(SliceConfig { by: "\"\\\n\u{1}\u{7f}店😀".into(), rule: SliceRule::Home }),
        ..CohortConfig::default()
    });
    check(&PurchaseIntervalConfig::default());
    check(&RfmConfig::default());
    check(&RfmMigrationConfig::default());
    check(&ConcentrationConfig::default());
    check(&GrowthConfig::default());
    check(&FlywheelConfig::default());
    check(&PrivateDomainConfig::default());
    check(&IngestOptions::default());
    check(&Mapping { customer_id: Some("买家".into()), dimensions: vec!["a".into(), String::new()], ..Mapping::default() });
    check(&TableMapping([(TableField::CustomerId, "id".into()), (TableField::SentAt, "at".into())].into()));
    check(&Theme::dark());
    check(&histories(GOLDEN).summary());
}

#[test]
fn texts_are_read_as_serde_reads_them() {
    let filters = [
        r#"{}"#,
        r#" { "maxPeriods" : 12 , "measure":"nrr","filter":{"only":{"store_id":["S1","\u5e97\uD83D\uDE00\n\/\"","\\"]}} } "#,
        r#"{"maxPeriods":null,"countZero":true,"completeUntil":"2025-01-01"}"#,
        r#"{"completeUntil":null,"weekStart":255,"granularity":"day"}"#,
    ];
    for text in filters {
        assert_eq!(json::read::<CohortConfig>(text).unwrap(), serde_json::from_str(text).unwrap(), "{text}");
    }
    let numbers = [
        "0",
        "-0",
        "1",
        "0.1",
        "-12.75",
        "1e3",
        "1E-3",
        "1.5e+3",
        "123456789012345",
        "0.000001",
        "1e-7",
        "5e-324",
        "1.7976931348623157e308",
        "1e400",
    ];
    for text in numbers {
        let ours: f64 = json::read(text).unwrap();
        let exact: f64 = text.parse().unwrap();
        assert!(ours == exact || (ours / exact - 1.0).abs() <= 2.0 * f64::EPSILON, "{text}: {ours}");
    }
}

#[test]
fn what_serde_refuses_is_refused_and_named() {
    let refused = [
        (r#"{"granularty":"day"}"#, "unknown field `granularty`, expected one of `granularity`, `window`"),
        (r#"{"granularity":"fortnight"}"#, "unknown variant `fortnight`, expected one of `day`, `week`"),
        (r#"{"maxPeriods":"90"}"#, "invalid type: string \"90\", expected u32"),
        (r#"{"maxPeriods":-1}"#, "invalid type: number `-1`, expected u32"),
        (r#"{"maxPeriods":1.5}"#, "invalid type: number `1.5`, expected u32"),
        (r#"{"weekStart":256}"#, "invalid type: number `256`, expected u8"),
        (r#"{"weekStart":null}"#, "invalid type: null, expected u8"),
        (r#"{"countZero":1}"#, "invalid type: number `1`, expected a boolean"),
        (r#"{"slice":{}}"#, "missing field `by`"),
        (r#"{"slice":[]}"#, "invalid type: sequence, expected an object"),
        (r#"{"filter":{"only":{"a":"b"}}}"#, "invalid type: string \"b\", expected a sequence"),
        ("7", "invalid type: number `7`, expected an object"),
    ];
    for (text, reason) in refused {
        let message = json::read::<CohortConfig>(text).unwrap_err().to_string();
        assert!(message.starts_with(reason), "{text}: {message}");
        assert!(serde_json::from_str::<CohortConfig>(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_not_json_is_refused() {
    let deep = "[".repeat(1 << 20);
    for text in [
        "",
        " ",
        "{",
        "}",
        "{]",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "nul",
        "truefalse",
        "\"a",
        "\"\\",
        "\"\n\"",
        "[] []",
        "'a'",
        &deep,
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        assert_eq!(json::read::<Vec<Option<f64>>>(text).unwrap_err().to_string(), "expected JSON", "{text}");
    }
}
