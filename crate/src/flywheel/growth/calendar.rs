//! Calendar periods: each against the one before.

use crate::result::{GrowthCounts, GrowthRevenue};

use super::account::Line;
use super::activity::Activity;

/// Sums per period, dormant customers as they enter and leave.
pub(super) struct CalendarBook {
    lines: Vec<Line>,
    went_dormant: Vec<u32>,
    left_dormant: Vec<u32>,
}

impl CalendarBook {
    pub(super) fn new(len: usize) -> Self {
        Self { lines: vec![Line::default(); len], went_dormant: vec![0; len + 1], left_dormant: vec![0; len + 1] }
    }

    /// Books one customer.
    pub(super) fn book(&mut self, activities: &[Activity]) {
        for activity in activities {
            let revenue = &mut self.lines[activity.period].revenue;
            revenue.reported_net += activity.net;
            revenue.total += activity.revenue();
            revenue.refund_adjust += activity.net - activity.revenue();
        }
        let mut previous: Option<Activity> = None;
        for now in activities.iter().copied().filter(|activity| activity.active) {
            let line = &mut self.lines[now.period];
            line.customers += u32::from(previous.is_none());
            enter(now, previous, &mut line.counts, &mut line.revenue);
            if let Some(previous) = previous.filter(|previous| previous.period + 1 < now.period) {
                self.leave(previous);
                self.left_dormant[now.period] += 1;
            }
            previous = Some(now);
        }
        if let Some(last) = previous.filter(|last| last.period + 1 < self.lines.len()) {
            self.leave(last);
        }
    }

    /// Books a customer who did not come back as churned in the period after its last, and dormant from then on.
    #[inline]
    fn leave(&mut self, last: Activity) {
        let line = &mut self.lines[last.period + 1];
        line.counts.churned += 1;
        line.revenue.churned += last.revenue();
        self.went_dormant[last.period + 2] += 1;
    }

    pub(super) fn close(mut self) -> Vec<Line> {
        let (mut dormant, mut customers) = (0, 0);
        for (period, line) in self.lines.iter_mut().enumerate() {
            dormant += self.went_dormant[period];
            dormant -= self.left_dormant[period];
            customers += line.customers;
            line.counts.dormant = dormant;
            line.customers = customers;
        }
        self.lines
    }
}

/// Books an active customer into its period.
fn enter(now: Activity, previous: Option<Activity>, counts: &mut GrowthCounts, revenue: &mut GrowthRevenue) {
    counts.active += 1;
    match previous {
        None => {
            counts.new += 1;
            revenue.new += now.revenue();
        }
        Some(previous) if previous.period + 1 == now.period => {
            let (u, before) = (now.revenue(), previous.revenue());
            counts.retained += 1;
            revenue.retained += u.min(before);
            revenue.expansion += (u - before).max(0);
            revenue.contraction += (before - u).max(0);
        }
        Some(_) => {
            counts.resurrected += 1;
            revenue.resurrected += now.revenue();
        }
    }
}
