//! What one customer did, period by period.

use crate::flywheel::periods::Periods;
use crate::history::View;

/// What one customer did in one period.
#[derive(Clone, Copy)]
pub(in crate::flywheel) struct Activity {
    pub(in crate::flywheel) period: usize,
    /// At least one purchase.
    pub(in crate::flywheel) active: bool,
    /// Net of all orders.
    pub(in crate::flywheel) net: i64,
}

impl Activity {
    pub(super) fn revenue(self) -> i64 {
        self.net.max(0)
    }

    fn add(&mut self, other: Self) {
        self.net += other.net;
        self.active |= other.active;
    }
}

/// The activities of those of a customer's orders that `keeps`, by ascending period.
pub(super) fn collect(
    view: &View<'_>,
    periods: &Periods,
    customer: usize,
    keeps: impl Fn(usize) -> bool,
    activities: &mut Vec<Activity>,
) {
    activities.clear();
    let histories = view.histories;
    for row in view.orders(customer).filter(|&row| keeps(row)) {
        let Some(period) = periods.index(histories.day[row]) else { continue };
        let activity = Activity { period, active: view.is_purchase(row), net: histories.net_minor[row] };
        match activities.last_mut() {
            Some(last) if last.period == period => last.add(activity),
            Some(last) if last.period > period => insert(activities, activity),
            _ => activities.push(activity),
        }
    }
}

/// Where clocks go back over midnight, a later instant may lie on an earlier day.
#[cold]
fn insert(activities: &mut Vec<Activity>, activity: Activity) {
    match activities.binary_search_by_key(&activity.period, |known| known.period) {
        Ok(at) => activities[at].add(activity),
        Err(at) => activities.insert(at, activity),
    }
}
