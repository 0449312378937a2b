//! The lists behind cohort cells and growth counts: as long as the number says, of the customers it is about.

use std::collections::BTreeSet;

use feilun::ErrorKind;
use feilun::cohort::compute_customers;
use feilun::flywheel::{compute_growth, compute_growth_customers};
use feilun::history::Histories;
use feilun::privacy::Pseudonyms;
use feilun::result::{
    CohortConfig, CohortCustomersConfig, CohortMembers, CustomerList, GrowthConfig, GrowthCounts, GrowthCustomersConfig,
    GrowthPart, RfmConfig,
};
use proptest::prelude::*;

use crate::growth_slices::{config as growth_config, rows as growth_rows};
use crate::laws::{asked, cohorts, read};
use crate::table::{GOLDEN, OFFSET_MINUTES, histories, histories_of};

fn members(histories: &Histories, config: &CohortConfig, label: &str, column: u32, members: CohortMembers) -> CustomerList {
    let config = CohortCustomersConfig { cohorts: config.clone(), labels: vec![label.to_owned()], column, members };
    compute_customers(histories, &config, None).unwrap()
}

fn count(counts: &GrowthCounts, part: GrowthPart) -> u32 {
    match part {
        GrowthPart::Active => counts.active,
        GrowthPart::New => counts.new,
        GrowthPart::Retained => counts.retained,
        GrowthPart::Resurrected => counts.resurrected,
        GrowthPart::Churned => counts.churned,
        GrowthPart::Dormant => counts.dormant,
    }
}

const PARTS: [GrowthPart; 6] = [
    GrowthPart::Active,
    GrowthPart::New,
    GrowthPart::Retained,
    GrowthPart::Resurrected,
    GrowthPart::Churned,
    GrowthPart::Dormant,
];

#[test]
fn january_of_the_golden_fixture_by_name() {
    let list = |column, members| {
        let config = CohortCustomersConfig { labels: vec!["2025-01".into()], column, members, ..Default::default() };
        compute_customers(&histories(GOLDEN), &config, None).unwrap()
    };
    let present = list(2, CohortMembers::Present);
    assert_eq!(
        (present.customer_id, list(2, CohortMembers::Absent).customer_id),
        (vec!["A".into(), "C".into()], vec!["B".into()])
    );
    let everybody = list(0, CohortMembers::Present);
    let scored =
        feilun::rfm::compute_customers(&histories(GOLDEN), &RfmConfig { window_days: None, ..Default::default() }, None).unwrap();
    let recency = |id: &str| scored.recency_days[scored.customer_id.iter().position(|known| known == id).unwrap()];
    assert_eq!(everybody.recency_days, ["A", "B", "C"].map(recency), "the same days as in RFM");
    assert_eq!(everybody.customer_id, ["A", "B", "C"]);
    assert!(
        everybody.definition.text.en.starts_with("Members of 2025-01 present in column 0."),
        "{}",
        everybody.definition.text.en
    );
}

#[test]
fn pseudonyms_in_place_of_ids() {
    let pseudonyms = Pseudonyms::new(b"sixteen bytes or more").unwrap();
    let list = compute_customers(&histories(GOLDEN), &CohortCustomersConfig::default(), Some(&pseudonyms)).unwrap();
    assert!(list.pseudonyms && list.customer_id.iter().all(|id| id.len() == 32) && list.customer_id.is_sorted());
}

#[test]
fn what_the_table_has_not_is_refused() {
    let refused = |config: CohortCustomersConfig| compute_customers(&histories(GOLDEN), &config, None).unwrap_err();
    let column = refused(CohortCustomersConfig { column: 99, ..Default::default() });
    assert_eq!((column.kind(), column.to_string()), (ErrorKind::Config, "`column` must be below `3`, found `99`".to_owned()));
    let cohort = refused(CohortCustomersConfig { labels: vec!["1999-01".into()], ..Default::default() });
    assert_eq!((cohort.kind(), cohort.to_string()), (ErrorKind::Config, "`labels`: there is no cohort `1999-01`".to_owned()));
    let period = GrowthCustomersConfig { period: "1999-01".into(), ..Default::default() };
    let period = compute_growth_customers(&histories(GOLDEN), &period, None).unwrap_err();
    assert_eq!(
        (period.kind(), period.to_string()),
        (ErrorKind::Config, "`period`: the account has no period `1999-01`".to_owned())
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn present_and_absent_are_as_many_as_the_cell_says((rows, config) in asked()) {
        let table = cohorts(&rows, &config);
        let histories = read(&rows);
        let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        let cells: Vec<_> = cells.filter(|(row, _)| row.n_customers > 0).collect();
        // Of tables by day, some.
        for (row, cell) in cells.iter().step_by(cells.len() / 40 + 1) {
            let Some(count) = cell.count else { continue };
            let list = |of| members(&histories, &config, &row.period.label, cell.period_idx, of).customer_id;
            let (present, absent) = (list(CohortMembers::Present), list(CohortMembers::Absent));
            prop_assert_eq!((present.len(), absent.len()), (count as usize, (cell.den - count) as usize));
            let named: BTreeSet<_> = present.iter().chain(&absent).collect();
            prop_assert_eq!(named.len(), present.len() + absent.len());
        }
    }

    #[test]
    fn growth_lists_are_as_long_as_their_counts(rows in growth_rows(), config in growth_config()) {
        let histories = histories_of(&rows, OFFSET_MINUTES);
        let Ok(table) = compute_growth(&histories, &config) else { return Ok(()) };
        // Of days, every ninth.
        let step = if table.periods.len() > 60 { 9 } else { 1 };
        for row in table.periods.iter().step_by(step) {
            for part in PARTS {
                let growth = GrowthConfig { slice: None, ..config.clone() };
                let asked = GrowthCustomersConfig { growth, period: row.period.label.clone(), part };
                let list = compute_growth_customers(&histories, &asked, None).unwrap();
                prop_assert_eq!(list.customer_id.len(), count(&row.counts, part) as usize, "{:?} in {}", part, &row.period.label);
                prop_assert!(list.orders.iter().all(|&orders| orders > 0) && list.recency_days.iter().all(|&days| days >= 0));
            }
        }
    }
}
