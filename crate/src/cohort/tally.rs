//! The one pass over the orders: sums by cohort and column.
//!
//! In: a view and its columns. Out: [`Tally`]. What a member adds to a run of columns (its presence "from here on", its weight in the
//! denominator) is written as a step up and a step down, and the steps are summed at the end: the cost of a member does not depend on the
//! number of columns.

use crate::history::View;
use crate::result::{CohortConfig, Criterion};

use super::columns::{Columns, Entry};

/// The sums of one cohort and column; v is a member's net in the column, w = max(v, 0).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// Members counted.
    pub(super) members: i64,
    /// Members present.
    pub(super) present: i64,
    /// Purchases.
    pub(super) orders: i64,
    /// Σ v.
    pub(super) net: i64,
    /// Σ v of this column and all before.
    pub(super) net_to_date: i64,
    /// Σ w.
    pub(super) revenue: i64,
    /// Σ min(w, w of column 0).
    pub(super) kept_revenue: i64,
    /// Σ w of column 0.
    pub(super) base_revenue: i64,
}

/// One cohort.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cohort {
    /// Members.
    pub(super) members: u32,
    /// Their earliest entry.
    pub(super) earliest_us: Option<i64>,
}

/// The sums of all cohorts and columns.
pub(super) struct Tally {
    /// One per period of the data.
    pub(super) cohorts: Vec<Cohort>,
    /// Customers in any of them.
    pub(super) customers: u32,
    /// Cohort by cohort, one entry per column and one more for steps down after the last.
    sums: Vec<Sums>,
    width: usize,
}

impl Tally {
    pub(super) fn of(view: &View<'_>, columns: &Columns<'_>, config: &CohortConfig) -> Self {
        let width = columns.len + 1;
        let mut tally = Self {
            cohorts: vec![Cohort::default(); columns.n_cohorts],
            customers: 0,
            sums: vec![Sums::default(); columns.n_cohorts * width],
            width,
        };
        for customer in 0..view.n_customers() {
            let mut entered = false;
            for entry in columns.entries(customer) {
                entered = true;
                let cohort = &mut tally.cohorts[entry.cohort];
                cohort.members += 1;
                cohort.earliest_us = Some(cohort.earliest_us.map_or(entry.time_us, |time| time.min(entry.time_us)));
                let sums = &mut tally.sums[entry.cohort * width..][..width];
                Member::new(sums, columns.counted(entry), config).add(view, columns, entry, customer);
            }
            tally.customers += u32::from(entered);
        }
        for row in tally.sums.chunks_exact_mut(width) {
            sum_steps(row);
        }
        tally
    }

    /// The sums of a cohort, by column.
    pub(super) fn row(&self, cohort: usize) -> &[Sums] {
        &self.sums[cohort * self.width..][..self.width - 1]
    }
}

/// Turns steps into values.
fn sum_steps(row: &mut [Sums]) {
    let mut before = Sums::default();
    for sums in row {
        sums.members += before.members;
        sums.present += before.present;
        sums.net_to_date += before.net_to_date;
        sums.base_revenue += before.base_revenue;
        before = *sums;
    }
}

/// A member on the way through its orders.
struct Member<'a> {
    sums: &'a mut [Sums],
    /// Columns it is counted in: `0..counted`.
    counted: usize,
    criterion: Criterion,
    min_orders: u32,
    /// w of column 0.
    base_revenue: i64,
    /// Σ v of the columns it is counted in.
    net: i64,
    /// The last column with enough orders.
    last_active: usize,
    /// The first such column after column 0.
    first_return: Option<usize>,
    /// Columns with enough orders without a gap from column 0 on.
    streak: usize,
}

/// A member's orders in one column.
#[derive(Default)]
struct Visit {
    column: usize,
    purchases: u32,
    net: i64,
}

impl<'a> Member<'a> {
    fn new(sums: &'a mut [Sums], counted: usize, config: &CohortConfig) -> Self {
        Self {
            sums,
            counted,
            criterion: config.criterion,
            min_orders: config.min_orders,
            base_revenue: 0,
            net: 0,
            last_active: 0,
            first_return: None,
            streak: 0,
        }
    }

    /// Adds the member to its cohort's sums.
    fn add(mut self, view: &View<'_>, columns: &Columns<'_>, entry: Entry, customer: usize) {
        let mut visit = Visit::default();
        let mut purchases = 0u32;
        let mut repeat = None;
        for row in view.orders(customer) {
            let Some(column) = columns.of(entry, row) else { continue };
            // A clock set back over midnight does not take an order back into the period before.
            if column > visit.column {
                self.leave(&visit);
                visit = Visit { column, ..Visit::default() };
            }
            visit.net += view.histories.net_minor[row];
            if view.is_purchase(row) {
                visit.purchases += 1;
                purchases += 1;
                if purchases - 1 == self.min_orders {
                    repeat = Some(visit.column);
                }
            }
        }
        self.leave(&visit);
        let all = self.counted;
        match self.criterion {
            Criterion::On => self.present(0, 1),
            Criterion::OnOrAfter => self.present(0, self.last_active + 1),
            Criterion::OnOrBefore => self.present(self.first_return.unwrap_or(all), all),
            Criterion::Streak => self.present(0, self.streak),
            Criterion::RepeatBy => self.present(repeat.unwrap_or(all), all),
        }
        self.step(0, 1);
        self.step(all, -1);
    }

    /// Books a visit after its last order.
    fn leave(&mut self, visit: &Visit) {
        let revenue = visit.net.max(0);
        if visit.column == 0 {
            self.base_revenue = revenue;
        }
        if visit.column < self.counted {
            let sums = &mut self.sums[visit.column];
            sums.orders += i64::from(visit.purchases);
            sums.net += visit.net;
            sums.net_to_date += visit.net;
            sums.revenue += revenue;
            sums.kept_revenue += revenue.min(self.base_revenue);
            self.net += visit.net;
        }
        if visit.purchases < self.min_orders {
            return;
        }
        self.last_active = visit.column;
        if self.streak == visit.column {
            self.streak += 1;
        }
        if visit.column > 0 {
            self.first_return = self.first_return.or(Some(visit.column));
            if self.criterion == Criterion::On {
                self.present(visit.column, visit.column + 1);
            }
        }
    }

    /// Present in `from..to`, as far as the member is counted.
    #[inline]
    fn present(&mut self, from: usize, to: usize) {
        let to = to.min(self.counted);
        if from < to {
            self.sums[from].present += 1;
            self.sums[to].present -= 1;
        }
    }

    /// Counted from column 0 on (`sign` 1), no longer from `column` on (`sign` −1).
    fn step(&mut self, column: usize, sign: i64) {
        let sums = &mut self.sums[column];
        sums.members += sign;
        sums.base_revenue += sign * self.base_revenue;
        if sign < 0 {
            sums.net_to_date -= self.net;
        }
    }
}
