//! Steps 5 and 6: who brings whom, from the inviter that a customer's first order names.
//!
//! An inviter is the one named by the first purchase; the invite's own time is not known, so metrics by invite time take the invitee's first purchase
//! instead and are proxies. Gain and cycle time need no invite time and are exact.

use crate::history::{Slices, View};
use crate::ingest::NONE;
use crate::result::{Metric, Unit};

use super::metric::{Headline, Series, Tally, latest, needs, overall};
use super::people::{DAY_US, Person};
use super::periods::Periods;
use super::pool::{Pool, member_from};
use super::quantile::of_sorted;
use super::repeat::active_in;

/// What to export when nothing says who invited whom.
pub(super) const TABLE: &str = "referrals | orders.inviter_id";
/// What stands in for the time of an invitation where no table tells it.
pub(super) const BY_FIRST_ORDER: (&str, &str) =
    ("按被邀人首单时间计，而非邀请时间", "by the time of the invitee's first order, not of the invitation");

/// The effective referrals of a view: invitees with a purchase and a named inviter.
pub(super) struct Referrals<'a> {
    people: &'a [Person],
    /// Customer index → index into `people`, or [`NONE`].
    person_of: Vec<u32>,
    /// `(invitee's period, inviter)`, distinct and ascending.
    inviters: Vec<(usize, u32)>,
}

impl<'a> Referrals<'a> {
    pub(super) fn of(view: &View<'_>, people: &'a [Person]) -> Self {
        let mut person_of = vec![NONE; view.n_customers()];
        for (index, person) in people.iter().enumerate() {
            person_of[person.customer as usize] = index as u32;
        }
        let mut inviters: Vec<_> = people.iter().filter(|p| p.inviter != NONE).map(|p| (p.cohort, p.inviter)).collect();
        inviters.sort_unstable();
        inviters.dedup();
        Self { people, person_of, inviters }
    }

    /// A customer with a purchase.
    pub(super) fn person(&self, customer: u32) -> Option<&'a Person> {
        let index = *self.person_of.get(customer as usize)?;
        self.people.get(index as usize)
    }

    /// Everybody whom somebody invited.
    pub(super) fn invitees(&self) -> impl Iterator<Item = &'a Person> + '_ {
        self.people.iter().filter(|person| person.inviter != NONE)
    }

    /// Invitee and inviter, where the inviter has a purchase too.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a Person, &'a Person)> + '_ {
        self.invitees().filter_map(|p| Some((p, self.person(p.inviter)?)))
    }

    /// |inviters in t among A_{t−1} ∪ P_{t−1}| / |A_{t−1} ∪ P_{t−1}|.
    pub(super) fn advocacy(&self, view: &View<'_>, pool: &Pool, periods: &Periods, slices: Option<&Slices<'_>>) -> Series {
        let mut headline = Headline::new(periods, slices, 1, 0);
        for t in 1..periods.len {
            headline.tally.den[t] = pool.reachable(t - 1);
        }
        let reachable = |person: &Person, t: usize| {
            member_from(view, periods, person).is_some_and(|from| from <= t) || active_in(view, periods, person.customer, t)
        };
        for &(t, inviter) in self.inviters.iter().filter(|&&(t, _)| t > 0) {
            if self.person(inviter).is_some_and(|person| reachable(person, t - 1)) {
                headline.add(inviter, t, 1, 0);
            }
        }
        if let Some(t) = headline.sliced_period() {
            for person in self.people.iter().filter(|person| reachable(person, t - 1)) {
                headline.add_to_slice(person.customer, t, 0, 1);
            }
        }
        headline.series()
    }

    /// New buyers brought in t / inviters who brought them.
    pub(super) fn brought_per_inviter(&self, periods: &Periods, slices: Option<&Slices<'_>>) -> Series {
        let mut headline = Headline::new(periods, slices, 0, 0);
        for person in self.invitees() {
            headline.add(person.inviter, person.cohort, 1, 0);
        }
        for &(t, inviter) in &self.inviters {
            headline.add(inviter, t, 0, 1);
        }
        headline.series()
    }

    /// Share of the new buyers of t who were invited.
    pub(super) fn referred_share(&self, periods: &Periods) -> Series {
        let mut tally = Tally::new(periods);
        for person in self.people {
            tally.den[person.cohort] += 1;
            tally.num[person.cohort] += i64::from(person.inviter != NONE);
        }
        tally.series(periods, periods.first_with_past(), periods.after(0))
    }

    /// Days from the inviters' first purchases to their invitees', ascending.
    fn cycle_days(&self) -> Vec<f64> {
        let mut days: Vec<f64> =
            self.pairs().map(|(invitee, inviter)| (invitee.first_us - inviter.first_us) as f64 / DAY_US as f64).collect();
        days.sort_unstable_by(f64::total_cmp);
        days
    }

    /// τ: the median of those days.
    pub(super) fn cycle_time(&self) -> Metric {
        let days = self.cycle_days();
        overall("cycle_time", Unit::Days, of_sorted(&days, 0.5), days.len() as u32)
    }

    /// The metrics of step 5 beside its headline.
    pub(super) fn advocacy_metrics(&self, periods: &Periods) -> Vec<Metric> {
        vec![
            latest("referred_share", Unit::Share, &self.referred_share(periods)),
            needs("invites_per_inviter", Unit::Ratio, "referrals"),
            needs("accept_rate", Unit::Share, "referrals"),
        ]
    }

    /// The metrics of step 6 beside its headline.
    pub(super) fn loop_metrics(&self, view: &View<'_>, periods: &Periods) -> Vec<Metric> {
        let days = self.cycle_days();
        let mean = (!days.is_empty()).then(|| days.iter().sum::<f64>() / days.len() as f64);
        let mut metrics = vec![
            overall("cycle_time_mean", Unit::Days, mean, days.len() as u32),
            overall("cycle_time_p90", Unit::Days, of_sorted(&days, 0.9), days.len() as u32),
            self.referred_value(view, periods),
            self.referred_repeat(periods),
        ];
        metrics.extend(costs());
        metrics
    }

    /// Mean net of the first 90 days, referred against not referred buyers, of those observed so long.
    fn referred_value(&self, view: &View<'_>, periods: &Periods) -> Metric {
        const DAYS: i64 = 90;
        let histories = view.histories;
        let (mut net, mut n) = ([0i64; 2], [0i64; 2]);
        for person in self.people.iter().filter(|p| i64::from(p.first_day) + DAYS < i64::from(periods.end_day)) {
            let group = usize::from(person.inviter != NONE);
            let until = person.first_us + DAYS * DAY_US;
            let rows = view.orders(person.customer as usize);
            let rows = rows.filter(|&row| (person.first_us..until).contains(&histories.time_us[row]));
            net[group] += rows.map(|row| histories.net_minor[row]).sum::<i64>();
            n[group] += 1;
        }
        compare("referred_value", net, n)
    }

    /// Share who bought again within 60 days, referred against not referred buyers, of those observed so long.
    fn referred_repeat(&self, periods: &Periods) -> Metric {
        const DAYS: u32 = 60;
        let (mut repeats, mut n) = ([0i64; 2], [0i64; 2]);
        for person in self.people.iter().filter(|p| p.first_day + (DAYS as i32) < periods.end_day) {
            let group = usize::from(person.inviter != NONE);
            repeats[group] += i64::from(person.repeats_within(DAYS));
            n[group] += 1;
        }
        compare("referred_repeat", repeats, n)
    }
}

/// The mean of group 1 over the mean of group 0.
fn compare(id: &str, sum: [i64; 2], n: [i64; 2]) -> Metric {
    let mean = |group: usize| (n[group] > 0).then(|| sum[group] as f64 / n[group] as f64);
    let (num, den) = (mean(1), mean(0));
    let value = num.zip(den).and_then(|(num, den)| (den > 0.0).then(|| num / den));
    Metric { num, den, ..overall(id, Unit::Ratio, value, n[1] as u32) }
}

/// Cost metrics, which need what was spent.
fn costs() -> Vec<Metric> {
    ["cac", "ltv_cac", "payback"]
        .map(|id| {
            let unit = match id {
                "cac" => Unit::Minor,
                "ltv_cac" => Unit::Ratio,
                _ => Unit::Days,
            };
            needs(id, unit, "spend")
        })
        .to_vec()
}

/// A metric by invite time, marked as the proxy it is here.
pub(super) fn by_first_order(metric: Metric) -> Metric {
    metric.proxy(BY_FIRST_ORDER.0, BY_FIRST_ORDER.1)
}

/// The metrics of step 5 where nothing says who invited whom.
pub(super) fn advocacy_missing() -> Vec<Metric> {
    vec![
        needs("referred_share", Unit::Share, TABLE),
        needs("invites_per_inviter", Unit::Ratio, "referrals"),
        needs("accept_rate", Unit::Share, "referrals"),
    ]
}

/// The metrics of step 6 where nothing says who invited whom.
pub(super) fn loop_missing() -> Vec<Metric> {
    let by_referral = [
        ("cycle_time_mean", Unit::Days),
        ("cycle_time_p90", Unit::Days),
        ("referred_value", Unit::Ratio),
        ("referred_repeat", Unit::Ratio),
    ];
    by_referral.into_iter().map(|(id, unit)| needs(id, unit, TABLE)).chain(costs()).collect()
}
