//! The entry: checks the options, runs the one pass and assembles the table.

use crate::history::{Histories, Slices, View, ViewOptions, by_entity, iso_date};
use crate::result::{
    CohortConfig, CohortEntry, CohortRow, CohortSlice, CohortTable, CohortWindow, Criterion, Granularity, Measure, Parameters,
    RollingCompleteness,
};
use crate::{Error, ErrorKind, Result};

use super::cells::{self, Fractions};
use super::columns::Columns;
use super::means::means;
use super::sentence::sentence;
use super::tally::Tally;

/// Computes cohort retention.
///
/// # Errors
/// `Config` for options that make no sense or ask for more than 500 000 cells; `Empty` when no purchase is left to look at.
///
/// # Example
/// ```
/// use feilun::ingest::{LocalClock, Orders};
/// use feilun::result::CohortConfig;
///
/// // a buys on the first day of two months, b and c once.
/// let mut orders = Orders { clock: LocalClock::fixed(0), ..Orders::default() };
/// for (customer, day) in [("a", 0), ("b", 3), ("c", 31)] {
///     let idx = orders.ids.push(customer.as_bytes());
///     orders.customer_idx.push(idx);
///     orders.day.push(day);
/// }
/// orders.customer_idx.push(0);
/// orders.day.push(31);
/// orders.time_us = orders.day.iter().map(|&day| i64::from(day) * 86_400_000_000).collect();
/// orders.net_minor = vec![100; 4];
///
/// let histories = feilun::history::build(orders)?;
/// let table = feilun::cohort::compute(&histories, &CohortConfig::default())?;
/// assert_eq!(table.rows[0].period.label, "1970-01");
/// assert_eq!(table.rows[0].cells[1].value, Some(0.5));
/// # Ok::<(), feilun::Error>(())
/// ```
pub fn compute(histories: &Histories, config: &CohortConfig) -> Result<CohortTable> {
    check(config)?;
    match config.entity.dimension() {
        Some(key) => of_histories(&by_entity(histories, key)?, config),
        None => of_histories(histories, config),
    }
}

fn of_histories(histories: &Histories, config: &CohortConfig) -> Result<CohortTable> {
    let until = config.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: config.count_zero })?;
    let config = resolve(config, &view);
    let slices = config.slice.as_ref().map(|slice| Slices::new(&view, slice)).transpose()?;
    let tables = 1 + slices.as_ref().map_or(0, Slices::count);
    let CohortSlice { n_customers, rows, means, .. } = retention(&view, &config, tables)?;
    let slices = slices.as_ref().map(|slices| sliced(&view, slices, &config, tables)).transpose()?;
    let n_periods = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    Ok(CohortTable {
        columns: (0..n_periods).map(|column| config.span(column)).collect(),
        n_periods: n_periods as u32,
        n_customers,
        definition: view.definition(Parameters::Cohorts(config.clone()), sentence(&view, &config)),
        slices: slices.unwrap_or_default(),
        rows,
        means,
    })
}

/// The cohorts of a view and their means; one of so many `tables` of a result.
fn retention(view: &View<'_>, config: &CohortConfig, tables: usize) -> Result<CohortSlice> {
    let columns = Columns::new(view, config, tables)?;
    let tally = Tally::of(view, &columns, config);
    let (rows, fractions) = assemble(view, &columns, &tally, config)?;
    let means = means(&rows, &fractions, config);
    Ok(CohortSlice { label: None, n_customers: tally.customers, rows, means })
}

/// The slices that have a member.
fn sliced(view: &View<'_>, slices: &Slices<'_>, config: &CohortConfig, tables: usize) -> Result<Vec<CohortSlice>> {
    let mut found = Vec::new();
    for slice in 0..slices.count() {
        match retention(&slices.view(view, slice), config, tables) {
            Ok(table) => found.push(CohortSlice { label: slices.label(slice).map(str::to_owned), ..table }),
            Err(error) if error.kind() == ErrorKind::Empty => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Refuses options that contradict each other.
pub(super) fn check(config: &CohortConfig) -> Result<()> {
    let refuse = |message: &str| Err(Error::new(ErrorKind::Config, message));
    if config.min_orders == 0 {
        return refuse("`minOrders` must be at least 1, found `0`");
    }
    if config.completeness == RollingCompleteness::Eligible && config.window == CohortWindow::Calendar {
        return refuse("`completeness` `eligible` needs `window` `rolling`: a calendar column ends for all members at once");
    }
    if config.measure == Measure::ValuePerReturning && (config.criterion != Criterion::On || config.min_orders > 1) {
        return refuse(
            "`measure` `value_per_returning` needs `criterion` `on` and `minOrders` 1: \
             it divides the net of a column by those who ordered in it",
        );
    }
    if config.entry == CohortEntry::FirstInRange && config.range.from.is_none() {
        return refuse(
            "`entry` `first_in_range` needs `range.from`: without one the first purchase in the range is the first ever",
        );
    }
    if !config.brackets.is_empty() && config.smooth != 1 {
        return refuse("`smooth` needs columns of one period each: leave out `brackets`");
    }
    if matches!(config.measure, Measure::Nrr | Measure::Grr) && config.brackets.iter().any(|&size| size != 1) {
        return refuse("`measure` `nrr` and `grr` hold a column against column 0: with `brackets` it is longer than that");
    }
    match (config.smooth, config.measure) {
        (1, _) | (3, Measure::Orders | Measure::Net | Measure::Aov | Measure::ValuePerMember | Measure::Nrr | Measure::Grr) => {}
        (3, _) => return refuse("`smooth` needs a `measure` of `orders`, `net`, `aov`, `value_per_member`, `nrr` or `grr`"),
        (smooth, _) => return refuse(&format!("`smooth` must be 1 or 3, found `{smooth}`")),
    }
    if let (Some(slice), Some(key)) = (&config.slice, config.entity.dimension())
        && slice.by == key
    {
        return refuse(&format!("`slice.by` `{key}` is what `entity` follows: every slice would be one of them"));
    }
    Ok(())
}

/// The options with every default filled in.
pub(super) fn resolve(config: &CohortConfig, view: &View<'_>) -> CohortConfig {
    let last = match config.granularity {
        _ if !config.brackets.is_empty() => config.span(config.brackets.len()).to,
        Granularity::Day => 60,
        Granularity::Week => 52,
        Granularity::Month => 36,
        Granularity::Quarter => 20,
        Granularity::Year => 10,
    };
    CohortConfig {
        max_periods: config.max_periods.or(Some(last)),
        complete_until: Some(iso_date(view.end_day)),
        ..config.clone()
    }
}

/// The rows from the first to the last cohort with a member, and beside each the fractions behind its cells.
fn assemble(
    view: &View<'_>,
    columns: &Columns<'_>,
    tally: &Tally,
    config: &CohortConfig,
) -> Result<(Vec<CohortRow>, Vec<Fractions>)> {
    let first = tally.cohorts.iter().position(|cohort| cohort.members > 0);
    let last = tally.cohorts.iter().rposition(|cohort| cohort.members > 0);
    let (Some(first), Some(last)) = (first, last) else {
        return Err(Error::new(
            ErrorKind::Empty,
            "no purchase in the range matches the filter before the end of the observation",
        ));
    };
    let warm_from = i64::from(view.first_day) + i64::from(config.warmup_days);
    let mut rows = Vec::with_capacity(last - first + 1);
    let mut fractions = Vec::with_capacity(last - first + 1);
    for (cohort, members) in tally.cohorts.iter().enumerate().take(last + 1).skip(first) {
        let (row_cells, row_fractions) = cells::of_cohort(columns, tally, config, cohort);
        rows.push(CohortRow {
            period: columns.calendar.describe(columns.period(cohort), view.end_day),
            n_customers: members.members,
            left_censored: config.entry == CohortEntry::FirstEver
                && i64::from(columns.calendar.start(columns.period(cohort))) < warm_from,
            cells: row_cells,
        });
        fractions.push(row_fractions);
    }
    Ok((rows, fractions))
}
