//! A rolling window: every day the span of so many days that ends with it, against the span before.
//!
//! A customer's state changes only on the day of an order, when it leaves the window, and when it leaves the window before. The changes are
//! booked on those days, and summed once at the end: the work grows with orders, not with customers times days.

use crate::result::{GrowthCounts, GrowthRevenue};

use super::account::Line;
use super::activity::Activity;

/// What a customer adds to a day: six counts, nine sums of revenue.
type State = [i64; 15];

/// Changes per day.
pub(super) struct RollingBook {
    window: usize,
    changes: Vec<State>,
    /// Customers by the day of their first purchase.
    entered: Vec<u32>,
}

/// The orders in one of the two windows.
#[derive(Clone, Copy, Default)]
struct Span {
    active_days: u32,
    net: i64,
}

impl Span {
    fn take(&mut self, activity: Activity) {
        self.active_days += u32::from(activity.active);
        self.net += activity.net;
    }

    fn drop(&mut self, activity: Activity) {
        self.active_days -= u32::from(activity.active);
        self.net -= activity.net;
    }

    /// What an active customer brought; whoever is not active brought nothing.
    fn revenue(self) -> i64 {
        self.net.max(0)
    }
}

impl RollingBook {
    pub(super) fn new(len: usize, window: usize) -> Self {
        Self { window, changes: vec![[0; 15]; len], entered: vec![0; len] }
    }

    /// Books one customer; the periods of its activities are days.
    pub(super) fn book(&mut self, activities: &[Activity]) {
        let first = activities.iter().find(|activity| activity.active).map(|activity| activity.period);
        if let Some(first) = first {
            self.entered[first] += 1;
        }
        let (mut now, mut before) = (Span::default(), Span::default());
        let (mut entering, mut turning, mut leaving) = (0, 0, 0);
        let mut held: State = [0; 15];
        let day = |at: usize, later: usize| activities.get(at).map_or(usize::MAX, |activity| activity.period + later);
        loop {
            let next = day(entering, 0).min(day(turning, self.window)).min(day(leaving, 2 * self.window));
            let Some(change) = self.changes.get_mut(next) else { break };
            if day(entering, 0) == next {
                now.take(activities[entering]);
                entering += 1;
            }
            if day(turning, self.window) == next {
                now.drop(activities[turning]);
                before.take(activities[turning]);
                turning += 1;
            }
            if day(leaving, 2 * self.window) == next {
                before.drop(activities[leaving]);
                leaving += 1;
            }
            let is_new = first.is_some_and(|first| next < first + self.window);
            let state = state(now, before, is_new, first.is_some_and(|first| first <= next));
            for (change, (state, held)) in change.iter_mut().zip(state.iter().zip(held)) {
                *change += state - held;
            }
            held = state;
        }
    }

    pub(super) fn close(self) -> Vec<Line> {
        let mut sum: State = [0; 15];
        let mut customers = 0;
        let days = self.changes.into_iter().zip(self.entered);
        days.map(|(change, entered)| {
            sum.iter_mut().zip(change).for_each(|(sum, change)| *sum += change);
            customers += entered;
            line(sum, customers)
        })
        .collect()
    }
}

/// A customer's part of a day. `is_new`: the first purchase lies in the window; `known`: on or before the day.
fn state(now: Span, before: Span, is_new: bool, known: bool) -> State {
    let (u, u_before) = (now.revenue(), before.revenue());
    let (active, was_active) = (now.active_days > 0, before.active_days > 0);
    let (new, retained) = (active && is_new, active && was_active);
    let (resurrected, churned) = (active && !is_new && !was_active, !active && was_active);
    let dormant = known && !active && !was_active;
    let flag = i64::from;
    [
        flag(active),
        flag(new),
        flag(retained),
        flag(resurrected),
        flag(churned),
        flag(dormant),
        u,
        flag(new) * u,
        flag(retained) * u.min(u_before),
        flag(retained) * (u - u_before).max(0),
        flag(retained) * (u_before - u).max(0),
        flag(resurrected) * u,
        flag(churned) * u_before,
        now.net - u,
        now.net,
    ]
}

fn line(sum: State, customers: u32) -> Line {
    let [
        active,
        new,
        retained,
        resurrected,
        churned,
        dormant,
        total,
        new_revenue,
        retained_revenue,
        expansion,
        contraction,
        resurrected_revenue,
        churned_revenue,
        refund_adjust,
        reported_net,
    ] = sum;
    let count = |sum: i64| sum as u32;
    Line {
        counts: GrowthCounts {
            active: count(active),
            new: count(new),
            retained: count(retained),
            resurrected: count(resurrected),
            churned: count(churned),
            dormant: count(dormant),
        },
        revenue: GrowthRevenue {
            total,
            new: new_revenue,
            retained: retained_revenue,
            expansion,
            contraction,
            resurrected: resurrected_revenue,
            churned: churned_revenue,
            refund_adjust,
            reported_net,
        },
        customers,
    }
}
