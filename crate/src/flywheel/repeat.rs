//! Steps 1 and 4, which need orders only: customers kept and customers who buy again.

use crate::history::{Slices, View};
use crate::result::{GrowthPeriod, Unit};

use super::growth::Activity;
use super::metric::{Headline, Series, Tally, Timed};
use super::people::Person;
use super::periods::Periods;
use super::service;

/// Ratios of growth accounting per period, over the period before.
pub(super) fn of_growth(
    rows: &[GrowthPeriod],
    periods: &Periods,
    pick: impl Fn(&GrowthPeriod, &GrowthPeriod) -> (i64, i64),
) -> Series {
    let mut tally = Tally::new(periods);
    for (index, pair) in rows.windows(2).enumerate() {
        (tally.num[index + 1], tally.den[index + 1]) = pick(&pair[1], &pair[0]);
    }
    tally.series(periods, 1, periods.after(0))
}

/// R_t / A_{t−1}.
pub(super) fn retained(
    view: &View<'_>,
    rows: &[GrowthPeriod],
    people: &[Person],
    periods: &Periods,
    slices: Option<&Slices<'_>>,
) -> Series {
    let mut headline = Headline::new(periods, slices, 1, 0);
    for (index, pair) in rows.windows(2).enumerate() {
        (headline.tally.num[index + 1], headline.tally.den[index + 1]) =
            (pair[1].counts.retained.into(), pair[0].counts.active.into());
    }
    if let Some(t) = headline.sliced_period() {
        for person in people {
            let active = |period: usize| active_in(view, periods, person.customer, period);
            if active(t - 1) {
                headline.add_to_slice(person.customer, t, i64::from(active(t)), 1);
            }
        }
    }
    headline.series()
}

/// Whether a customer has a purchase in a period.
pub(super) fn active_in(view: &View<'_>, periods: &Periods, customer: u32, period: usize) -> bool {
    view.purchases(customer as usize).any(|row| periods.index(view.histories.day[row]) == Some(period))
}

/// The metrics of step 1 beside its headline.
pub(super) fn experience(view: &View<'_>, rows: &[GrowthPeriod], people: &[Person], periods: &Periods) -> Vec<Timed> {
    let net_adds = of_growth(rows, periods, |t, before| {
        let c = t.counts;
        (i64::from(c.new) + i64::from(c.resurrected) - i64::from(c.churned), before.counts.active.into())
    });
    let new = of_growth(rows, periods, |t, _| (t.counts.new.into(), 1));
    let mut new_buyers = Timed::of("new_buyers", Unit::Count, new);
    (new_buyers.metric.den, new_buyers.metric.n) = (None, None);
    let mut metrics = vec![
        new_buyers,
        Timed::of("net_adds", Unit::Change, net_adds),
        Timed::of("second_visit_30", Unit::Share, repeat_within(people, periods, None, 30)),
        service::community(view, periods),
    ];
    metrics.extend(service::pickups(view, periods));
    metrics
}

/// Share of each entry cohort whose second purchase came within so many days.
pub(super) fn repeat_within(people: &[Person], periods: &Periods, slices: Option<&Slices<'_>>, days: u32) -> Series {
    let mut headline = Headline::new(periods, slices, 0, days);
    for person in people {
        headline.add(person.customer, person.cohort, i64::from(person.repeats_within(days)), 1);
    }
    headline.series()
}

/// The metrics of step 4 beside its headline.
pub(super) fn satisfaction(view: &View<'_>, rows: &[GrowthPeriod], kept: &Kept, periods: &Periods) -> Vec<Timed> {
    let churn = of_growth(rows, periods, |t, before| (t.counts.churned.into(), before.counts.active.into()));
    let mut to_date = 0;
    let mut wake = Tally::new(periods);
    for (index, pair) in rows.windows(2).enumerate() {
        to_date += i64::from(pair[0].counts.new);
        (wake.num[index + 1], wake.den[index + 1]) =
            (pair[1].counts.resurrected.into(), to_date - i64::from(pair[0].counts.active));
    }
    let (nrr, grr) = kept.series(periods);
    vec![
        service::satisfied(view, periods),
        Timed::of("nrr_1", Unit::Ratio, nrr),
        Timed::of("grr_1", Unit::Ratio, grr),
        Timed::of("churn_rate", Unit::Share, churn),
        Timed::of("wake_rate", Unit::Share, wake.series(periods, 1, periods.after(0))),
    ]
}

/// Revenue of each entry cohort in its own period and in the next, and how much of it was kept.
pub(super) struct Kept {
    nrr: Tally,
    grr: Tally,
}

impl Kept {
    pub(super) fn new(periods: &Periods) -> Self {
        Self { nrr: Tally::new(periods), grr: Tally::new(periods) }
    }

    pub(super) fn book(&mut self, person: &Person, activities: &[Activity]) {
        let cohort = person.cohort;
        let revenue = |period: usize| activities.iter().find(|one| one.period == period).map_or(0, |one| one.net.max(0));
        let (first, second) = (revenue(cohort), revenue(cohort + 1));
        self.nrr.den[cohort] += first;
        self.grr.den[cohort] += first;
        self.nrr.num[cohort] += second;
        self.grr.num[cohort] += first.min(second);
    }

    /// Net and gross revenue retention, written at the cohort's period.
    fn series(&self, periods: &Periods) -> (Series, Series) {
        let next_ends = |cohort: usize| periods.end(cohort + 1);
        (self.nrr.series(periods, 0, next_ends), self.grr.series(periods, 0, next_ends))
    }
}
