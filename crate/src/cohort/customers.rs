//! The customers behind a cell of the cohort table.

use crate::history::{Histories, View, ViewOptions, by_entity};
use crate::privacy::Pseudonyms;
use crate::result::{CohortCustomersConfig, CohortMembers, CustomerList, Localized, Parameters};
use crate::{Error, ErrorKind, Result, listing};

use super::columns::Columns;
use super::compute::{check, resolve};
use super::sentence::sentence;
use super::tally::each_member;

/// The members of cohorts that are present in a column, or absent from it.
///
/// # Errors
/// As [`compute`](super::compute); `Config` for a column or a cohort that the table has not.
///
/// # Example
/// ```
/// use feilun::ingest::{LocalClock, Orders};
/// use feilun::result::CohortCustomersConfig;
///
/// // a buys on the first day of two months, b once.
/// let mut orders = Orders { clock: LocalClock::fixed(0), ..Orders::default() };
/// for customer in ["a", "b"] {
///     orders.ids.push(customer.as_bytes());
/// }
/// orders.customer_idx = vec![0, 1, 0];
/// orders.day = vec![0, 3, 31];
/// orders.time_us = orders.day.iter().map(|&day| i64::from(day) * 86_400_000_000).collect();
/// orders.net_minor = vec![100; 3];
///
/// let histories = feilun::history::build(orders)?;
/// let config = CohortCustomersConfig { column: 1, ..CohortCustomersConfig::default() };
/// assert_eq!(feilun::cohort::compute_customers(&histories, &config, None)?.customer_id, ["a"]);
/// # Ok::<(), feilun::Error>(())
/// ```
pub fn compute_customers(
    histories: &Histories,
    config: &CohortCustomersConfig,
    pseudonyms: Option<&Pseudonyms>,
) -> Result<CustomerList> {
    check(&config.cohorts)?;
    match config.cohorts.entity.dimension() {
        Some(key) => of_histories(&by_entity(histories, key)?, config, pseudonyms),
        None => of_histories(histories, config, pseudonyms),
    }
}

fn of_histories(histories: &Histories, config: &CohortCustomersConfig, pseudonyms: Option<&Pseudonyms>) -> Result<CustomerList> {
    let asked = &config.cohorts;
    let until = asked.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &asked.filter, until, count_zero: asked.count_zero })?;
    let cohorts = resolve(asked, &view);
    let columns = Columns::new(&view, &cohorts, 1)?;
    let column = config.column as usize;
    if column >= columns.len {
        let message = format!("`column` must be below `{}`, found `{column}`", columns.len);
        return Err(Error::new(ErrorKind::Config, message));
    }
    let wanted = wanted(&columns, config, view.end_day)?;
    let mut listed: Vec<u32> = Vec::new();
    each_member(&view, &columns, &cohorts, |customer, cohort, sums| {
        let present = sums[column].present > 0;
        let counted = sums[column].members > 0;
        let fits = counted && present == (config.members == CohortMembers::Present);
        // Entries come customer by customer: one of many cohorts is listed once.
        if wanted[cohort] && fits && listed.last() != Some(&customer) {
            listed.push(customer);
        }
    });
    let text = text(config, sentence(&view, &cohorts));
    let parameters = Parameters::CohortCustomers(CohortCustomersConfig { cohorts, ..config.clone() });
    Ok(listing::list(&view, &listed, pseudonyms, view.definition(parameters, text)))
}

/// Which cohorts are asked for.
fn wanted(columns: &Columns<'_>, config: &CohortCustomersConfig, end_day: i32) -> Result<Vec<bool>> {
    if config.labels.is_empty() {
        return Ok(vec![true; columns.n_cohorts]);
    }
    let labels: Vec<String> =
        (0..columns.n_cohorts).map(|cohort| columns.calendar.describe(columns.period(cohort), end_day).label).collect();
    if let Some(unknown) = config.labels.iter().find(|label| !labels.contains(label)) {
        return Err(Error::new(ErrorKind::Config, format!("`labels`: there is no cohort `{unknown}`")));
    }
    Ok(labels.iter().map(|label| config.labels.contains(label)).collect())
}

fn text(config: &CohortCustomersConfig, of: Localized) -> Localized {
    let column = config.column;
    let (labels_zh, labels_en) = match &config.labels[..] {
        [] => ("全部首购群".to_owned(), "all cohorts".to_owned()),
        labels => (labels.join("、"), labels.join(", ")),
    };
    let (members_zh, members_en) = match config.members {
        CohortMembers::Present => ("在场", "present in"),
        CohortMembers::Absent => ("不在场", "absent from"),
    };
    Localized::new(
        format!("{labels_zh}在第 {column} 列{members_zh}的成员。{}", of.zh),
        format!("Members of {labels_en} {members_en} column {column}. {}", of.en),
    )
}
