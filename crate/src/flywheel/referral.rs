//! Steps 5 and 6: who brings whom, from the referrals table or the inviter that a customer's first order names.
//!
//! By the referrals table an invitation has a time and may be answered by nobody. Without it an inviter is the one named by the first purchase, metrics by
//! the time of an invitation take the invitee's first purchase instead and are proxies; gain and cycle time need no such time and are exact.

use crate::history::{Slices, View};
use crate::ingest::NONE;
use crate::result::{Metric, TableField, TableKind, Unit};
use crate::sorting::sort_as;

use super::costs::Worth;
use super::invitations::sent;
use super::metric::{Headline, Series, Tally, latest, needs, overall};
use super::people::{DAY_US, Person};
use super::periods::Periods;
use super::pool::Pool;
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
    /// `(period of the invitation, inviter)`, distinct and ascending.
    inviters: Vec<(usize, u32)>,
    /// Invitations sent in each period, and those of them that were accepted; `None` without the table.
    sent: Option<Tally>,
    /// Days in which an invitation may be answered.
    h56: u32,
    /// Days from the inviters' first purchases to their invitees', ascending.
    cycle_days: Vec<f64>,
}

impl<'a> Referrals<'a> {
    pub(super) fn of(view: &View<'_>, people: &'a [Person], periods: &Periods, h56: u32) -> Self {
        let mut person_of = vec![NONE; view.n_customers()];
        for (index, person) in people.iter().enumerate() {
            person_of[person.customer as usize] = index as u32;
        }
        let mut referrals = Self { people, person_of, inviters: Vec::new(), sent: None, h56, cycle_days: Vec::new() };
        if view.histories.table(TableKind::Referrals).is_some() {
            referrals.read(view, periods);
        } else {
            referrals.inviters = referrals.invitees().map(|person| (person.cohort, person.inviter)).collect();
        }
        sort_as(
            &mut referrals.inviters,
            |(cohort, inviter)| (cohort as i64) << 32 | i64::from(inviter),
            |key| ((key >> 32) as usize, key as u32),
        );
        referrals.inviters.dedup();
        referrals.cycle_days = referrals.cycle_days();
        referrals
    }

    /// Takes who invited when, and whether it was accepted, from the table: invitations to others, not after their first purchase.
    fn read(&mut self, view: &View<'_>, periods: &Periods) {
        let Some(table) = view.histories.table(TableKind::Referrals) else { return };
        let accepted_us = table.times_us(TableField::AcceptedAt);
        let mut tally = Tally::new(periods);
        for (row, invitation) in sent(table).enumerate().filter(|(_, row)| row.inviter != row.invitee) {
            let person = self.person(invitation.invitee);
            let is_late = person.is_some_and(|person| invitation.invited_us > person.first_us);
            let period = periods.index(view.histories.clock.day(invitation.invited_us));
            let Some(period) = period.filter(|_| !is_late) else { continue };
            let in_time = |at: i64| at < invitation.invited_us.saturating_add(i64::from(self.h56) * DAY_US);
            let brought = person.is_some_and(|person| {
                (person.inviter, person.invited_us) == (invitation.inviter, invitation.invited_us) && in_time(person.first_us)
            });
            let accepted = accepted_us.is_some_and(|accepted| in_time(accepted[row]));
            tally.den[period] += 1;
            tally.num[period] += i64::from(brought || accepted);
            self.inviters.push((period, invitation.inviter));
        }
        self.sent = Some(tally);
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
        let reachable = |customer: u32, t: usize| pool.has(customer, t) || active_in(view, periods, customer, t);
        for &(t, inviter) in self.inviters.iter().filter(|&&(t, inviter)| t > 0 && reachable(inviter, t - 1)) {
            headline.add(inviter, t, 1, 0);
        }
        if let Some(t) = headline.sliced_period() {
            for customer in (0..self.person_of.len() as u32).filter(|&customer| reachable(customer, t - 1)) {
                headline.add_to_slice(customer, t, 0, 1);
            }
        }
        headline.series()
    }

    /// New buyers brought by the invitations of t / those who sent them.
    pub(super) fn brought_per_inviter(&self, view: &View<'_>, periods: &Periods, slices: Option<&Slices<'_>>) -> Series {
        let mut headline = Headline::new(periods, slices, 0, if self.sent.is_some() { self.h56 } else { 0 });
        for person in self.invitees() {
            let in_time = self.sent.is_none() || person.first_us - person.invited_us < i64::from(self.h56) * DAY_US;
            // An invitation from before the first period belongs to none.
            let period = periods.index(view.histories.clock.day(person.invited_us)).filter(|_| in_time);
            if let Some(period) = period {
                headline.add(person.inviter, period, 1, 0);
            }
        }
        for &(t, inviter) in &self.inviters {
            headline.add(inviter, t, 0, 1);
        }
        headline.series()
    }

    /// New buyers whom each entry cohort brought within so many days of the inviter's first purchase, per member.
    pub(super) fn brought_by_cohort(&self, periods: &Periods, days: u32) -> Series {
        let mut tally = Tally::new(periods);
        for person in self.people {
            tally.den[person.cohort] += 1;
        }
        for (invitee, inviter) in self.pairs() {
            tally.num[inviter.cohort] += i64::from(invitee.first_us - inviter.first_us < i64::from(days) * DAY_US);
        }
        tally.series(periods, 0, periods.after(days))
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

    fn cycle_days(&self) -> Vec<f64> {
        let mut days: Vec<f64> =
            self.pairs().map(|(invitee, inviter)| (invitee.first_us - inviter.first_us) as f64 / DAY_US as f64).collect();
        days.sort_unstable_by(f64::total_cmp);
        days
    }

    /// τ: the median of those days.
    pub(super) fn cycle_time(&self) -> Metric {
        overall("cycle_time", Unit::Days, of_sorted(&self.cycle_days, 0.5), self.cycle_days.len() as u32)
    }

    /// The metrics of step 5 beside its headline.
    pub(super) fn advocacy_metrics(&self, periods: &Periods) -> Vec<Metric> {
        let mut metrics = vec![latest("referred_share", Unit::Share, &self.referred_share(periods))];
        let Some(sent) = &self.sent else {
            metrics.extend(by_invitation());
            return metrics;
        };
        let mut each = Tally { num: sent.den.clone(), den: vec![0; periods.len] };
        for &(t, _) in &self.inviters {
            each.den[t] += 1;
        }
        metrics.push(latest("invites_per_inviter", Unit::Ratio, &each.series(periods, 0, periods.after(0))));
        metrics.push(latest("accept_rate", Unit::Share, &sent.series(periods, 0, periods.after(self.h56))));
        metrics
    }

    /// A metric by the time of an invitation, marked where that is not known.
    pub(super) fn marked(&self, metric: Metric) -> Metric {
        if self.sent.is_some() { metric } else { by_first_order(metric) }
    }

    /// The metrics of step 6 beside its headline.
    pub(super) fn loop_metrics(&self, worth: &Worth, periods: &Periods) -> Vec<Metric> {
        let days = &self.cycle_days;
        let mean = (!days.is_empty()).then(|| days.iter().sum::<f64>() / days.len() as f64);
        vec![
            overall("cycle_time_mean", Unit::Days, mean, days.len() as u32),
            overall("cycle_time_p90", Unit::Days, of_sorted(days, 0.9), days.len() as u32),
            // Mean net of the first 90 days, referred against not referred buyers.
            compare("referred_value", worth.referred_net, worth.referred),
            self.referred_repeat(periods),
        ]
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

/// A metric by invite time, marked as the proxy it is here.
pub(super) fn by_first_order(metric: Metric) -> Metric {
    metric.proxy(BY_FIRST_ORDER.0, BY_FIRST_ORDER.1)
}

/// The metrics of step 5 that need every invitation, answered or not.
fn by_invitation() -> [Metric; 2] {
    [("invites_per_inviter", Unit::Ratio), ("accept_rate", Unit::Share)].map(|(id, unit)| needs(id, unit, "referrals"))
}

/// The metrics of step 5 where nothing says who invited whom.
pub(super) fn advocacy_missing() -> Vec<Metric> {
    [needs("referred_share", Unit::Share, TABLE)].into_iter().chain(by_invitation()).collect()
}

/// The metrics of step 6 where nothing says who invited whom.
pub(super) fn loop_missing() -> Vec<Metric> {
    let by_referral = [
        ("cycle_time_mean", Unit::Days),
        ("cycle_time_p90", Unit::Days),
        ("referred_value", Unit::Ratio),
        ("referred_repeat", Unit::Ratio),
    ];
    by_referral.map(|(id, unit)| needs(id, unit, TABLE)).to_vec()
}
