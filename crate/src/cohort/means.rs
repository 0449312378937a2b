//! The mean rows: per column, over complete cells that have a value, of cohorts that are not left-censored.

use crate::result::{CellState, CohortConfig, CohortEntry, CohortMeans, CohortReference, CohortRow, Interval, Measure};

use super::cells::{Fraction, Fractions};

/// The means of a table; `fractions` are those behind the cells of `rows`.
pub(super) fn means(rows: &[CohortRow], fractions: &[Fractions], config: &CohortConfig) -> CohortMeans {
    let with_members = || rows.iter().filter(|row| row.n_customers > 0);
    let mut means = CohortMeans {
        pooled: Vec::new(),
        pooled_interval: Vec::new(),
        simple: Vec::new(),
        median: Vec::new(),
        rows_used: Vec::new(),
        uses_left_censored: with_members().all(|row| row.left_censored),
    };
    let estimates =
        config.measure == Measure::Rate && config.reference == CohortReference::None && config.entry != CohortEntry::Recurring;
    let n_columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for column in 0..n_columns {
        let used: Vec<Fraction> = rows
            .iter()
            .zip(fractions)
            .filter(|(row, _)| means.uses_left_censored || !row.left_censored)
            .filter(|(row, _)| row.cells.get(column).is_some_and(|cell| cell.state == CellState::Complete))
            .filter_map(|(_, fractions)| fractions[column])
            .collect();
        let (num, den) = used.iter().fold((0, 0), |(num, den), fraction| (num + fraction.num, den + fraction.den));
        let mut values: Vec<f64> = used.iter().map(|fraction| fraction.value()).collect();
        values.sort_unstable_by(f64::total_cmp);
        let given = rows.iter().filter_map(|row| row.cells.get(column)).all(|cell| cell.interval.is_none());
        let interval = (estimates && !given).then(|| Interval::wilson(num as u32, den as u32));
        means.pooled_interval.push(interval.flatten());
        means.pooled.push((den != 0).then(|| Fraction { num, den }.value()));
        means.simple.push((!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64));
        means.median.push(median(&values));
        means.rows_used.push(used.len() as u32);
    }
    means
}

/// The median of ascending values.
fn median(values: &[f64]) -> Option<f64> {
    let upper = *values.get(values.len() / 2)?;
    let lower = *values.get((values.len() - 1) / 2)?;
    Some(lower + (upper - lower) / 2.0)
}
