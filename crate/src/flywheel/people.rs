//! What the loop needs to know of each customer.

use crate::history::View;
use crate::ingest::NONE;

use super::periods::Periods;

/// Microseconds of a day, the unit of all horizons: elapsed time, not calendar borders.
pub(super) const DAY_US: i64 = 86_400_000_000;

/// A customer with at least one purchase in the view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    /// Index into the histories.
    pub customer: u32,
    /// Period of the first purchase: the entry cohort.
    pub cohort: usize,
    /// Instant of the first purchase.
    pub first_us: i64,
    /// Local day of the first purchase.
    pub first_day: i32,
    /// Instant of the second purchase, `i64::MAX` where there is none.
    pub second_us: i64,
    /// Instant of joining the pool, `i64::MAX` where never.
    pub joined_us: i64,
    /// Who invited them, or [`NONE`].
    pub inviter: u32,
    /// When: by the referrals table, else the instant of the first purchase.
    pub invited_us: i64,
}

/// A customer as one of the people; `None` without a purchase in the view.
pub(super) fn person(view: &View<'_>, periods: &Periods, customer: usize) -> Option<Person> {
    let histories = view.histories;
    let mut purchases = view.purchases(customer);
    let first = purchases.next()?;
    let cohort = periods.index(histories.day[first])?;
    let (inviter, invited_us) = inviter(view, customer, first);
    Some(Person {
        customer: customer as u32,
        cohort,
        first_us: histories.time_us[first],
        first_day: histories.day[first],
        second_us: purchases.next().map_or(i64::MAX, |second| histories.time_us[second]),
        joined_us: histories.joined_us.as_ref().map_or(i64::MAX, |joined| joined[customer]),
        inviter,
        invited_us,
    })
}

/// Who invited a customer, and when: by the referrals table if there is one, unless the invitation came after the first purchase, else by that order.
fn inviter(view: &View<'_>, customer: usize, first: usize) -> (u32, i64) {
    let histories = view.histories;
    let first_us = histories.time_us[first];
    match &histories.referrals {
        Some(referrals) => {
            let referral = referrals[customer].filter(|referral| referral.invited_us <= first_us);
            referral.map_or((NONE, first_us), |referral| (referral.inviter, referral.invited_us))
        }
        None => (histories.inviter_idx.as_ref().map_or(NONE, |inviters| inviters[first]), first_us),
    }
}

impl Person {
    /// Whether the second purchase came within so many days of the first.
    pub(super) fn repeats_within(&self, days: u32) -> bool {
        self.second_us != i64::MAX && self.second_us - self.first_us <= i64::from(days) * DAY_US
    }
}
