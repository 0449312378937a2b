//! The cells of a cohort: the chosen measure of its sums.

use crate::result::{CohortCell, CohortConfig, CohortReference, Criterion, Interval, Measure};

use super::columns::Columns;
use super::tally::{Sums, Tally};

/// Cohorts of fewer members are flagged.
const LOW_N: i64 = 30;

/// A measure before division, so that several cells can be pooled. Counts and totals are over 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fraction {
    pub(super) num: i128,
    /// Not 0.
    pub(super) den: i128,
}

/// The fractions behind the cells of a cohort, by column.
pub(super) type Fractions = Vec<Option<Fraction>>;

impl Fraction {
    pub(super) fn value(self) -> f64 {
        self.num as f64 / self.den as f64
    }

    /// Its share of another; of two with one denominator the numerators remain. `None` of nothing.
    fn over(self, other: Self) -> Option<Self> {
        let Self { num, den } = match self.den == other.den {
            true => Self { num: self.num, den: other.num },
            false => Self { num: self.num * other.den, den: self.den * other.num },
        };
        (den != 0).then_some(Self { num, den })
    }
}

/// The cells of a cohort as far as its columns have begun, and the fractions behind them.
pub(super) fn of_cohort(
    columns: &Columns<'_>,
    tally: &Tally,
    config: &CohortConfig,
    cohort: usize,
) -> (Vec<CohortCell>, Fractions) {
    let earliest_us = tally.cohorts[cohort].earliest_us;
    let mut before = None;
    let cell = |(column, sums): (usize, &Sums)| {
        let observed = columns.observed(cohort, column, earliest_us, sums.members)?;
        let count = (config.criterion != Criterion::OnOrBefore || column > 0).then_some(sums.present);
        let measured = fraction(config.measure, sums, count);
        let fraction = match config.reference {
            CohortReference::None => measured,
            CohortReference::Previous if column == 0 => measured.map(|_| Fraction { num: 1, den: 1 }),
            CohortReference::Previous => measured.zip(before).and_then(|(now, before)| now.over(before)),
        };
        before = measured;
        let interval = count.filter(|_| config.reference == CohortReference::None && !given(config, column));
        let cell = CohortCell {
            period_idx: column as u32,
            state: observed.state,
            may_rise: config.criterion == Criterion::OnOrAfter,
            value: fraction.map(Fraction::value),
            count: count.map(|count| count as u32),
            den: sums.members as u32,
            orders: sums.orders as u32,
            net_minor: sums.net,
            interval: interval.and_then(|count| Interval::wilson(count as u32, sums.members as u32)),
            low_n: sums.members < LOW_N,
            observed_days: observed.days,
            period_days: observed.of_days,
        };
        Some((cell, fraction))
    };
    tally.row(cohort).iter().enumerate().map_while(cell).unzip()
}

/// Whether everybody is present by definition, so that there is nothing to estimate.
fn given(config: &CohortConfig, column: usize) -> bool {
    let by_definition = match config.criterion {
        Criterion::On | Criterion::OnOrAfter => true,
        Criterion::Streak => config.min_orders == 1,
        Criterion::OnOrBefore | Criterion::RepeatBy => false,
    };
    column == 0 && by_definition
}

/// The measure of a cell; `None` without members, or where its denominator is 0 or the criterion does not apply.
fn fraction(measure: Measure, sums: &Sums, count: Option<i64>) -> Option<Fraction> {
    let (num, den) = match measure {
        Measure::Count => (count?, 1),
        Measure::Rate => (count?, sums.members),
        Measure::Orders => (sums.orders, 1),
        Measure::Net => (sums.net, 1),
        Measure::Aov => (sums.net, sums.orders),
        Measure::ValuePerReturning => (sums.net, count?),
        Measure::ValuePerMember => (sums.net, sums.members),
        Measure::CumValuePerMember => (sums.net_to_date, sums.members),
        Measure::Nrr => (sums.revenue, sums.base_revenue),
        Measure::Grr => (sums.kept_revenue, sums.base_revenue),
    };
    (sums.members > 0 && den > 0).then_some(Fraction { num: num.into(), den: den.into() })
}
