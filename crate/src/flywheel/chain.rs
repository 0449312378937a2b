//! The nested chain Q1 … Q6: how far the customers of each entry cohort went through the loop, every one by their own clock.
//!
//! In: the people of a view, the tables beside orders, the horizons. Out: how many of each cohort reached each step, the waits of those who did, and the
//! new buyers they brought. One pass over each table: `clock` holds when a customer reached the last step, or [`NEVER`]; a step makes the next clock.
//! A step whose table is not there is left out, and the next one is asked from the clock before it.

use crate::history::View;
use crate::ingest::{Table, TableColumn};
use crate::result::{Horizons, TableField, TableKind};

use super::invitations::sent;
use super::people::{DAY_US, Person};
use super::periods::Periods;
use super::referral::Referrals;

/// The clock of who did not reach a step.
pub(super) const NEVER: i64 = i64::MAX;

/// Indices of the steps in sizes, horizons and waits.
pub(super) const JOIN: usize = 1;
pub(super) const TOUCH: usize = 2;
pub(super) const AGAIN: usize = 3;
pub(super) const INVITE: usize = 4;
pub(super) const BRING: usize = 5;

/// What a customer's invitation came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brought {
    /// Customer index of the inviter.
    pub inviter: u32,
    /// The inviter's cohort.
    pub cohort: usize,
    /// Whether the inviter went through every step before: the invitee is in Q6.
    pub strict: bool,
    /// Whether the invitee bought within H of the inviter's first purchase.
    pub total: bool,
    /// Microseconds from the inviter's first purchase to the invitee's.
    pub wait_us: i64,
}

/// One step of the chain, as far as its cohorts are observed.
pub(super) struct Reached {
    /// |Q| by cohort.
    pub sizes: Vec<i64>,
    /// Microseconds since the step before, of the cohorts for which the horizons up to here have passed.
    pub waits_us: Vec<i64>,
    /// Days from the end of a cohort until the horizons up to here have passed.
    pub days: u32,
}

/// The chain of all cohorts.
pub(super) struct Walk {
    /// Q1 … Q6; `None` where the step's table is not there.
    pub steps: [Option<Reached>; 6],
    /// Everybody somebody brought.
    pub brought: Vec<Brought>,
    /// Whether invitations have no time of their own and take that of the invitee's first purchase.
    pub by_first_order: bool,
}

/// Walks everybody through the loop.
pub(super) fn walk(
    view: &View<'_>,
    people: &[Person],
    periods: &Periods,
    referrals: Option<&Referrals<'_>>,
    horizons: Horizons,
    total_days: u32,
) -> Walk {
    let mut clock = vec![NEVER; view.n_customers()];
    for person in people {
        clock[person.customer as usize] = person.first_us;
    }
    let end_us = view.histories.clock.day_start_us(view.end_day);
    let mut count = Count { people, periods, days: 0 };
    let mut steps = [const { None }; 6];
    steps[0] = Some(count.entered());
    if view.histories.joined_us.is_some() {
        let next = joined(people, clock.len(), us(horizons.h12), end_us);
        steps[JOIN] = Some(count.step(horizons.h12, &clock, &next));
        clock = next;
    }
    if let Some(touches) = view.histories.table(TableKind::Touches) {
        let next = touched(touches, &clock, us(horizons.h23), end_us);
        steps[TOUCH] = Some(count.step(horizons.h23, &clock, &next));
        clock = next;
    }
    let next = bought_again(view, people, &clock, us(horizons.h34));
    steps[AGAIN] = Some(count.step(horizons.h34, &clock, &next));
    clock = next;
    let Some(referrals) = referrals else { return Walk { steps, brought: Vec::new(), by_first_order: false } };
    let next = invited(view, referrals, &clock, us(horizons.h45), end_us);
    steps[INVITE] = Some(count.step(horizons.h45, &clock, &next));
    let brought = brought(referrals, &clock, horizons, total_days);
    steps[BRING] = Some(count.brought(horizons.h56, referrals, &brought));
    Walk { steps, brought, by_first_order: view.histories.referrals.is_none() }
}

fn us(days: u32) -> i64 {
    i64::from(days) * DAY_US
}

/// Whether something happened within a horizon of a clock. A clock that never was holds nothing.
fn within(clock_us: i64, at_us: i64, horizon_us: i64) -> bool {
    clock_us <= at_us && at_us != NEVER && at_us - clock_us < horizon_us
}

/// s2: joined before the first purchase or within h12 of it; the later of the two.
fn joined(people: &[Person], customers: usize, h12: i64, end_us: i64) -> Vec<i64> {
    let mut next = vec![NEVER; customers];
    for person in people.iter().filter(|person| person.joined_us < end_us && person.joined_us < person.first_us + h12) {
        next[person.customer as usize] = person.joined_us.max(person.first_us);
    }
    next
}

/// s3: the first touch, held-back ones apart, within h23 of s2.
fn touched(touches: &Table, clock: &[i64], h23: i64, end_us: i64) -> Vec<i64> {
    let mut next = vec![NEVER; clock.len()];
    let (Some(people), Some(sent)) = (touches.people(TableField::CustomerId), touches.times_us(TableField::SentAt)) else {
        return next;
    };
    let held_back = match touches.column(TableField::IsControl) {
        Some(TableColumn::Flags(flags)) => flags.as_slice(),
        _ => &[],
    };
    for (row, (&customer, &at)) in people.iter().zip(sent).enumerate() {
        let customer = customer as usize;
        let Some(&from) = clock.get(customer) else { continue };
        if within(from, at, h23) && at < next[customer] && at < end_us && !held_back.get(row).copied().unwrap_or(false) {
            next[customer] = at;
        }
    }
    next
}

/// s4: the first purchase other than the very first, within h34 of s3.
fn bought_again(view: &View<'_>, people: &[Person], clock: &[i64], h34: i64) -> Vec<i64> {
    let mut next = vec![NEVER; clock.len()];
    for person in people.iter().filter(|person| person.second_us != NEVER) {
        let customer = person.customer as usize;
        let from = clock[customer];
        if from == NEVER {
            continue;
        }
        let times = || view.purchases(customer).skip(2).map(|row| view.histories.time_us[row]);
        let at = if person.second_us >= from { Some(person.second_us) } else { times().find(|&at| at >= from) };
        next[customer] = at.filter(|&at| within(from, at, h34)).unwrap_or(NEVER);
    }
    next
}

/// The first invitation within h45 of s4.
fn invited(view: &View<'_>, referrals: &Referrals<'_>, clock: &[i64], h45: i64, end_us: i64) -> Vec<i64> {
    let mut next = vec![NEVER; clock.len()];
    let mut take = |inviter: u32, at: i64| {
        let Some(&from) = clock.get(inviter as usize) else { return };
        let slot = &mut next[inviter as usize];
        if within(from, at, h45) && at < end_us {
            *slot = at.min(*slot);
        }
    };
    match view.histories.table(TableKind::Referrals) {
        Some(table) => {
            let rows = sent(table).filter(|row| row.inviter != row.invitee);
            let on_time = |invitee: u32, at: i64| referrals.person(invitee).is_none_or(|person| at <= person.first_us);
            rows.filter(|row| on_time(row.invitee, row.invited_us)).for_each(|row| take(row.inviter, row.invited_us));
        }
        None => referrals.invitees().for_each(|person| take(person.inviter, person.invited_us)),
    }
    next
}

/// Everybody somebody brought, by whose effort. `clock` is s4.
fn brought(referrals: &Referrals<'_>, clock: &[i64], horizons: Horizons, total_days: u32) -> Vec<Brought> {
    let one = |(invitee, inviter): (&Person, &Person)| {
        let wait_us = invitee.first_us - inviter.first_us;
        let from = clock[inviter.customer as usize];
        Brought {
            inviter: inviter.customer,
            cohort: inviter.cohort,
            strict: within(from, invitee.invited_us, us(horizons.h45))
                && within(invitee.invited_us, invitee.first_us, us(horizons.h56)),
            total: wait_us < us(total_days),
            wait_us,
        }
    };
    referrals.pairs().map(one).collect()
}

/// Counts who reached a step, by cohort, and how long they waited.
struct Count<'a> {
    people: &'a [Person],
    periods: &'a Periods,
    /// Horizons so far.
    days: u32,
}

impl Count<'_> {
    fn observed(&self, cohort: usize) -> bool {
        self.periods.end(cohort) + self.days as i32 <= self.periods.end_day
    }

    /// Everybody, at once.
    fn entered(&self) -> Reached {
        let mut sizes = vec![0; self.periods.len];
        self.people.iter().for_each(|person| sizes[person.cohort] += 1);
        Reached { sizes, waits_us: Vec::new(), days: self.days }
    }

    fn step(&mut self, horizon: u32, before: &[i64], after: &[i64]) -> Reached {
        self.days += horizon;
        let (mut sizes, mut waits_us) = (vec![0; self.periods.len], Vec::new());
        for person in self.people {
            let (from, at) = (before[person.customer as usize], after[person.customer as usize]);
            if at != NEVER {
                sizes[person.cohort] += 1;
                if self.observed(person.cohort) {
                    waits_us.push(at - from);
                }
            }
        }
        Reached { sizes, waits_us, days: self.days }
    }

    fn brought(&mut self, horizon: u32, referrals: &Referrals<'_>, brought: &[Brought]) -> Reached {
        self.days += horizon;
        let (mut sizes, mut waits_us) = (vec![0; self.periods.len], Vec::new());
        for ((invitee, inviter), one) in referrals.pairs().zip(brought).filter(|(_, one)| one.strict) {
            sizes[inviter.cohort] += 1;
            if self.observed(one.cohort) {
                waits_us.push(invitee.first_us - invitee.invited_us);
            }
        }
        Reached { sizes, waits_us, days: self.days }
    }
}

impl Walk {
    /// |Q| by cohort of a step that is there.
    pub(super) fn sizes(&self, step: usize) -> Option<&[i64]> {
        self.steps[step].as_ref().map(|reached| reached.sizes.as_slice())
    }

    /// The last step before this one that is there.
    pub(super) fn before(&self, step: usize) -> usize {
        (0..step).rev().find(|&before| self.steps[before].is_some()).unwrap_or(0)
    }

    /// Days until all horizons that are asked have passed.
    #[inline]
    pub(super) fn days(&self) -> u32 {
        self.steps.iter().flatten().map(|reached| reached.days).max().unwrap_or(0)
    }
}
