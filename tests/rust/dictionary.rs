//! The metric dictionary: documented as it is, and found where it says.

use std::collections::BTreeSet;
use std::path::Path;

use feilun::flywheel::{compute_flywheel, compute_growth, compute_private_domain};
use feilun::history::Histories;
use feilun::json::{self, Read};
use feilun::result::{DomainMetric, FlywheelConfig, GrowthConfig, PrivateDomainConfig};
use feilun::text::{CASES, CaseQuestion, ComputedBy, DICTIONARY, DictionaryEntry, FORMULAS};
use feilun::{cohort, rfm};

use crate::table::{GOLDEN, histories};

const DOCS: &str = "docs/metrics.md";
const HEAD: &str = "| id | zh | en | 公式 | formula | unit | needs | computed by |\n|---|---|---|---|---|---|---|---|\n";

fn path(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

fn row(entry: &DictionaryEntry) -> String {
    let DictionaryEntry { id, zh, en, formula_zh, formula_en, unit, needs, computed_by: ComputedBy { call, result, sql } } =
        entry;
    let unit = format!("{unit:?}").to_lowercase();
    let by = format!("`{result}` of `{call}()`, [SQL](../{sql})");
    format!("| `{id}` | {zh} | {en} | {formula_zh} | {formula_en} | {unit} | {} | {by} |\n", needs.join(", "))
}

/// `UPDATE=1` rewrites the table.
#[test]
fn the_documentation_has_every_metric_as_the_dictionary_has_it() {
    let docs = std::fs::read_to_string(path(DOCS)).unwrap();
    let (before, rest) = docs.split_once(HEAD).expect("docs/metrics.md has the dictionary's table");
    let length: usize = rest.split_inclusive('\n').take_while(|line| line.starts_with('|')).map(str::len).sum();
    let table: String = DICTIONARY.iter().map(row).collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path(DOCS), format!("{before}{HEAD}{table}{}", &rest[length..])).unwrap();
        return;
    }
    assert_eq!(rest[..length], table, "the dictionary's table in {DOCS} differs: run the tests with UPDATE=1");
}

#[test]
fn ids_are_distinct() {
    let ids: BTreeSet<_> = DICTIONARY.iter().map(|entry| entry.id).collect();
    assert_eq!(ids.len(), DICTIONARY.len());
}

#[test]
fn the_call_answers_with_every_entry_in_its_order_and_under_its_name() {
    let table = compute_private_domain(&histories(GOLDEN), &PrivateDomainConfig::default()).unwrap();
    let mut entries: Vec<&str> = table.metrics.iter().map(|metric| metric.entry.as_str()).collect();
    entries.dedup();
    assert_eq!(entries, DICTIONARY.iter().map(|entry| entry.id).collect::<Vec<_>>());
    for entry in DICTIONARY {
        let found = table.metrics.iter().find(|found| found.metric.id == entry.id);
        if let Some(DomainMetric { metric, .. }) = found {
            assert_eq!((&*metric.name.zh, &*metric.name.en, metric.unit), (entry.zh, entry.en, entry.unit), "{}", entry.id);
        }
    }
}

#[test]
fn every_metric_of_the_flywheel_has_one_formula() {
    let table = compute_flywheel(&histories(GOLDEN), &FlywheelConfig::default()).unwrap();
    let gains = table.gains.iter().chain([&table.gain, &table.cycle_time, &table.momentum.index, &table.momentum.acceleration]);
    let turning = table.momentum.steps.iter().map(|step| &step.index);
    let metrics = table.steps.iter().flat_map(|step| step.metrics.iter().chain([&step.headline])).chain(gains).chain(turning);
    let formulas: Vec<&str> = FORMULAS.iter().map(|formula| formula.id).collect();
    assert!(formulas.is_sorted_by(|a, b| a < b), "ascending by id");
    for metric in metrics.filter(|metric| !metric.id.starts_with("chain_")) {
        let entry = DICTIONARY.iter().any(|entry| entry.computed_by.result == metric.id);
        let formula = formulas.contains(&&*metric.id);
        assert!(entry != formula, "`{}`: in the dictionary {entry}, in the formulas {formula}", metric.id);
    }
    for formula in FORMULAS {
        assert!(path(formula.sql).is_file(), "`{}`: no file `{}`", formula.id, formula.sql);
    }
}

#[test]
fn computed_metrics_are_in_the_result_of_their_call_and_have_sql() {
    let histories = histories(GOLDEN);
    let flywheel = serde_json::to_string(&compute_flywheel(&histories, &FlywheelConfig::default()).unwrap()).unwrap();
    let growth = serde_json::to_string(&compute_growth(&histories, &GrowthConfig::default()).unwrap()).unwrap();
    let domain = serde_json::to_string(&compute_private_domain(&histories, &PrivateDomainConfig::default()).unwrap()).unwrap();
    for (entry, by) in DICTIONARY.iter().map(|entry| (entry, entry.computed_by)) {
        let (answer, mark) = match by.call {
            "flywheel" => (&flywheel, format!("\"id\":\"{}\"", by.result)),
            "growth" => (&growth, format!("\"{}\":", by.result)),
            "privateDomain" => (&domain, format!("\"id\":\"{}\"", by.result)),
            other => panic!("no call `{other}`"),
        };
        assert!(answer.contains(&mark), "`{}` is not in the result of `{}`", entry.id, by.call);
        assert!(path(by.sql).is_file(), "`{}`: no file `{}`", entry.id, by.sql);
    }
}

/// Computes a question as the call it names would.
fn asked(histories: &Histories, question: &CaseQuestion) -> feilun::Result<()> {
    fn of<C: Read, T>(
        histories: &Histories,
        text: &str,
        compute: impl Fn(&Histories, &C) -> feilun::Result<T>,
    ) -> feilun::Result<()> {
        compute(histories, &json::read(text).unwrap()).map(drop)
    }
    match question.call {
        "cohorts" => of(histories, question.config, cohort::compute),
        "rfm" => of(histories, question.config, rfm::compute),
        "rfmMigration" => of(histories, question.config, rfm::compute_migration),
        "concentration" => of(histories, question.config, rfm::compute_concentration),
        "flywheel" => of(histories, question.config, compute_flywheel),
        "privateDomain" => of(histories, question.config, compute_private_domain),
        call => panic!("no call `{call}`"),
    }
}

#[test]
fn every_question_of_a_case_is_answered_and_asks_what_there_is() {
    let columns = "fulfilment=自提 is_presale=是 store=S1 staff=G1 distance_band=1km channel=pos community_id=C1 building_id=B1 service_type=保洁 group_buy_id=T1";
    let table: String = ["2025-01-05 10:00 100", "2025-03-01 10:00 100", "2025-05-01 10:00 100"]
        .map(|line| format!("a {line} {columns}\n"))
        .concat();
    let histories = histories(&table);
    let ids: BTreeSet<_> = DICTIONARY.iter().map(|entry| entry.id).collect();
    for case in CASES {
        let named: BTreeSet<_> = case.questions.iter().map(|question| question.id).collect();
        assert_eq!(named.len(), case.questions.len(), "{}", case.id);
        for question in case.questions {
            asked(&histories, question).unwrap_or_else(|error| panic!("{} {}: {error}", case.id, question.id));
            assert!(question.metrics.iter().all(|id| ids.contains(id)), "{} {}", case.id, question.id);
            assert_eq!(question.metrics.is_empty(), question.call != "privateDomain", "{} {}", case.id, question.id);
        }
        for slice in case.slices {
            assert!(histories.dimension(slice).is_some(), "{} {slice}", case.id);
        }
    }
}
