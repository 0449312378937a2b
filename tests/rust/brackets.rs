//! Columns of more than one period: brackets, and money smoothed over three; by head, and against columns of one period.

use feilun::ErrorKind;
use feilun::cohort::compute;
use feilun::result::{CohortConfig, CohortReference, CohortTable, CohortWindow, Criterion, Measure, RollingCompleteness};
use proptest::prelude::*;

use crate::laws::{asked, cohorts};
use crate::table::{GOLDEN, histories};

/// Four months of two customers: periods 0 1 – 3 and 0 – 2 3.
const FOUR: &str = "
    A 2025-01-05 10:00 100
    A 2025-02-05 10:00 300
    A 2025-04-05 10:00 500
    B 2025-01-06 10:00 200
    B 2025-03-06 10:00 -50
    B 2025-03-07 10:00 700
    B 2025-04-30 10:00 900
";

fn bracketed(sizes: &[u32]) -> CohortConfig {
    CohortConfig { brackets: sizes.to_vec(), ..CohortConfig::default() }
}

fn of(table: &CohortTable) -> Vec<(String, Option<u32>, i64, u32, u32)> {
    let cells = table.rows[0].cells.iter().zip(&table.columns);
    cells.map(|(cell, span)| (span.label(), cell.count, cell.net_minor, cell.observed_days, cell.period_days)).collect()
}

#[test]
fn a_bracket_is_the_run_of_its_periods() {
    let table = compute(&histories(FOUR), &bracketed(&[1, 2, 4])).unwrap();
    let expected = [
        ("0".to_owned(), Some(2), 300, 31, 31),
        ("1".to_owned(), Some(1), 300, 28, 28),
        ("2–3".to_owned(), Some(2), 2050, 61, 61),
    ];
    assert_eq!(of(&table), expected);
    assert_eq!(table.n_periods, 3);
    let later = CohortConfig { complete_until: Some("2025-05-11".to_owned()), ..bracketed(&[1, 2, 4]) };
    let table = compute(&histories(FOUR), &later).unwrap();
    assert_eq!(of(&table)[3], ("4–7".to_owned(), Some(0), 0, 10, 31 + 30 + 31 + 31));
    assert!(table.definition.text.en.contains("bracket k (months 1, 2–3, 4–7)"), "{}", table.definition.text.en);
    assert!(table.definition.text.zh.contains("第 k 段（第 1、2–3、4–7 个月）"), "{}", table.definition.text.zh);
}

#[test]
fn money_of_three_periods_against_the_first_three() {
    let of = |measure| {
        let config =
            CohortConfig { measure, smooth: 3, complete_until: Some("2025-07-01".to_owned()), ..CohortConfig::default() };
        let table = compute(&histories(FOUR), &config).unwrap();
        let complete = table.rows[0].cells.iter().filter(|cell| cell.observed_days == cell.period_days).count();
        (table.rows[0].cells.iter().map(|cell| cell.value).collect::<Vec<_>>(), complete)
    };
    // January to March A 400, B 850; February to April A 800, B 1550; March to May A 500, B 1550; April A 500, B 900, then nothing.
    let (nrr, complete) = of(Measure::Nrr);
    assert_eq!(nrr, [Some(1.0), Some(2350.0 / 1250.0), Some(2050.0 / 1250.0), Some(1400.0 / 1250.0), Some(0.0), Some(0.0)]);
    assert_eq!(complete, 4, "the last of the three periods has ended");
    assert_eq!(of(Measure::Grr).0[1..3], [Some(1.0), Some(1.0)]);
    assert_eq!(of(Measure::Net).0[..3], [Some(1250.0), Some(2350.0), Some(2050.0)]);
    assert_eq!(of(Measure::Aov).0[3], Some(700.0));
}

#[test]
fn columns_that_make_no_sense_are_refused() {
    let check = |config: CohortConfig, says: &str| {
        let error = compute(&histories(GOLDEN), &config).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{config:?}");
        assert!(error.to_string().contains(says), "{error}");
    };
    check(bracketed(&[1, 0]), "`0`");
    check(bracketed(&[9_000, 1_001]), "`10001`");
    check(bracketed(&[u32::MAX, u32::MAX]), "`brackets` must end");
    check(CohortConfig { max_periods: Some(4), ..bracketed(&[1, 2]) }, "`maxPeriods` must be left out or `3`");
    check(CohortConfig { smooth: 3, measure: Measure::Net, ..bracketed(&[1, 2]) }, "`smooth`");
    check(CohortConfig { measure: Measure::Nrr, ..bracketed(&[1, 2]) }, "`nrr`");
    check(CohortConfig { smooth: 2, measure: Measure::Net, ..CohortConfig::default() }, "`2`");
    check(CohortConfig { smooth: 0, ..CohortConfig::default() }, "`0`");
    for measure in [Measure::Count, Measure::Rate, Measure::ValuePerReturning, Measure::CumValuePerMember] {
        check(CohortConfig { smooth: 3, measure, ..CohortConfig::default() }, "`smooth` needs a `measure`");
    }
}

#[test]
fn a_result_can_be_asked_for_again_by_its_definition() {
    for config in [bracketed(&[1, 2]), CohortConfig { smooth: 3, measure: Measure::Grr, ..CohortConfig::default() }] {
        let table = compute(&histories(GOLDEN), &config).unwrap();
        let feilun::result::Parameters::Cohorts(config) = &table.definition.parameters else { panic!("no cohorts") };
        assert_eq!(compute(&histories(GOLDEN), config).unwrap(), table);
    }
}

proptest! {
    #[test]
    fn law_i18_brackets_of_one_are_the_periods_and_one_bracket_is_on_or_before(
        (rows, config) in asked(), periods in 1u32..9, previous in any::<bool>(),
    ) {
        let reference = if previous { CohortReference::Previous } else { CohortReference::None };
        let in_periods = CohortConfig { brackets: vec![], max_periods: Some(periods), reference, ..config };
        let ones = CohortConfig { brackets: vec![1; periods as usize], ..in_periods.clone() };
        let (plain, ones) = (cohorts(&rows, &in_periods), cohorts(&rows, &ones));
        prop_assert_eq!((plain.rows, plain.means, plain.columns), (ones.rows, ones.means, ones.columns));

        let on = CohortConfig { criterion: Criterion::On, brackets: vec![periods], ..in_periods.clone() };
        let or_before = CohortConfig { criterion: Criterion::OnOrBefore, ..in_periods.clone() };
        let (on, or_before) = (cohorts(&rows, &on), cohorts(&rows, &or_before));
        for (on, or_before) in on.rows.iter().zip(&or_before.rows) {
            // The bracket begins with its first period, and is there before its last one.
            let rolling = in_periods.window == CohortWindow::Rolling && in_periods.completeness == RollingCompleteness::Eligible;
            let last = if rolling { or_before.cells.get(periods as usize) } else { or_before.cells.last().filter(|cell| cell.period_idx > 0) };
            prop_assert_eq!(on.cells.get(1).map(|cell| (cell.count, cell.den)), last.map(|cell| (cell.count, cell.den)));
        }
    }
}
