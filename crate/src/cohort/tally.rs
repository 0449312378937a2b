//! The one pass over the orders: sums by cohort and column.
//!
//! In: a view and its columns. Out: [`Tally`]. What a member adds to a run of columns (its presence "from here on", its weight in the
//! denominator) is written as a step up and a step down, and the steps are summed at the end: the cost of a member does not depend on the
//! number of columns.

use std::ops::Range;

use crate::history::View;
use crate::pieces::in_pieces;
use crate::result::{CohortConfig, Criterion};

use super::columns::{Columns, Entry};
use super::spans::Spans;

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
        let mut tally = Self::new(columns);
        let mut visits = Vec::new();
        in_pieces(view.n_customers(), &mut |customers| tally.add(view, columns, config, customers, &mut visits));
        for row in tally.sums.chunks_exact_mut(tally.width) {
            sum_steps(row);
        }
        tally
    }

    fn new(columns: &Columns<'_>) -> Self {
        let width = columns.len + 1;
        Self {
            cohorts: vec![Cohort::default(); columns.n_cohorts],
            customers: 0,
            sums: vec![Sums::default(); columns.n_cohorts * width],
            width,
        }
    }

    /// Adds some customers.
    #[inline(never)]
    fn add(
        &mut self,
        view: &View<'_>,
        columns: &Columns<'_>,
        config: &CohortConfig,
        customers: Range<usize>,
        visits: &mut Vec<Visit>,
    ) {
        let width = self.width;
        for customer in customers {
            let mut entered = false;
            for entry in columns.entries(customer) {
                entered = true;
                let cohort = &mut self.cohorts[entry.cohort];
                cohort.members += 1;
                cohort.earliest_us = Some(cohort.earliest_us.map_or(entry.time_us, |time| time.min(entry.time_us)));
                let repeat = collect(visits, view, columns, config, entry, customer);
                let sums = &mut self.sums[entry.cohort * width..][..width];
                Member::new(sums, columns.counted(entry), config).add(&columns.spans, visits, repeat);
            }
            self.customers += u32::from(entered);
        }
    }

    /// The sums of a cohort, by column.
    pub(super) fn row(&self, cohort: usize) -> &[Sums] {
        &self.sums[cohort * self.width..][..self.width - 1]
    }
}

/// Hands on every entry of a customer into a cohort, with the sums by column of this member alone.
pub(super) fn each_member(
    view: &View<'_>,
    columns: &Columns<'_>,
    config: &CohortConfig,
    mut each: impl FnMut(u32, usize, &[Sums]),
) {
    let (mut tally, mut visits) = (Tally::new(columns), Vec::new());
    for customer in 0..view.n_customers() {
        tally.add(view, columns, config, customer..customer + 1, &mut visits);
        for entry in columns.entries(customer) {
            let sums = &mut tally.sums[entry.cohort * tally.width..][..tally.width];
            sum_steps(sums);
            each(customer as u32, entry.cohort, sums);
            sums.fill(Sums::default());
        }
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

/// A member's orders in one period.
#[derive(Default)]
struct Visit {
    /// Counted from the member's own.
    period: usize,
    purchases: u32,
    net: i64,
}

/// Puts a member's orders into `visits`, ascending by period, the first of them 0; the period of its purchase number 1 + `min_orders`, if there is one.
fn collect(
    visits: &mut Vec<Visit>,
    view: &View<'_>,
    columns: &Columns<'_>,
    config: &CohortConfig,
    entry: Entry,
    customer: usize,
) -> Option<usize> {
    let mut visit = Visit::default();
    let mut purchases = 0u32;
    let mut repeat = None;
    visits.clear();
    for row in view.orders(customer) {
        let Some(period) = columns.of(entry, row) else { continue };
        // A clock set back over midnight does not take an order back into the period before.
        if period > visit.period {
            visits.push(std::mem::replace(&mut visit, Visit { period, ..Visit::default() }));
        }
        visit.net += view.histories.net_minor[row];
        if view.is_purchase(row) {
            visit.purchases += 1;
            purchases += 1;
            if purchases - 1 == config.min_orders {
                repeat = Some(visit.period);
            }
        }
    }
    visits.push(visit);
    repeat
}

/// A member on the way through its visits.
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
    /// The last column with a period of enough orders.
    last_active: usize,
    /// The first such column after column 0.
    first_return: Option<usize>,
    /// Such columns without a gap from column 0 on.
    streak: usize,
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
    fn add(mut self, spans: &Spans, visits: &[Visit], repeat: Option<usize>) {
        let mut unbooked = 0;
        for (at, visit) in visits.iter().enumerate() {
            let covering = spans.covering(visit.period);
            // The first visit of a column books all of it.
            for column in covering.start.max(unbooked)..covering.end.min(self.counted) {
                let last = spans.of(column).1;
                let within = visits[at..].iter().take_while(|visit| visit.period <= last);
                let (purchases, net) = within.fold((0, 0), |sum, visit| (sum.0 + visit.purchases, sum.1 + visit.net));
                self.book(column, purchases, net);
            }
            unbooked = covering.end;
            if visit.purchases >= self.min_orders {
                self.attend(spans.column(visit.period));
            }
        }
        let all = self.counted;
        match self.criterion {
            Criterion::On => self.present(0, 1),
            Criterion::OnOrAfter => self.present(0, self.last_active + 1),
            Criterion::OnOrBefore => self.present(self.first_return.unwrap_or(all), all),
            Criterion::Streak => self.present(0, self.streak),
            Criterion::RepeatBy => self.present(repeat.map_or(all, |period| spans.column(period)), all),
        }
        self.step(0, 1);
        self.step(all, -1);
    }

    /// Books the orders of a column.
    fn book(&mut self, column: usize, purchases: u32, net: i64) {
        let revenue = net.max(0);
        if column == 0 {
            self.base_revenue = revenue;
        }
        let sums = &mut self.sums[column];
        sums.orders += i64::from(purchases);
        sums.net += net;
        sums.net_to_date += net;
        sums.revenue += revenue;
        sums.kept_revenue += revenue.min(self.base_revenue);
        self.net += net;
    }

    /// Notes a period of enough orders.
    fn attend(&mut self, column: usize) {
        if self.streak == column {
            self.streak += 1;
        }
        if column > self.last_active {
            self.first_return = self.first_return.or(Some(column));
            if self.criterion == Criterion::On {
                self.present(column, column + 1);
            }
        }
        self.last_active = column;
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
