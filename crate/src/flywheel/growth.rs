//! Growth accounting: every period's customers and revenue split by what they did in the period before.
//!
//! In: a view and a calendar. Out: one [`GrowthPeriod`] per period, and the identities evaluated on them. Totals (`active`, `total`, `reported_net`)
//! are summed on their own, not from the parts, so that the identities can fail.

use crate::Result;
use crate::history::{Calendar, Histories, View, ViewOptions};
use crate::result::{GrowthConfig, GrowthCounts, GrowthPeriod, GrowthRevenue, GrowthTable, IdentityCheck, Localized, Parameters};

use super::metric::ratio;
use super::periods::Periods;
use super::sentence;

/// Computes growth accounting.
///
/// # Errors
/// `Config` for a filter or date that makes no sense; `Empty` when the view holds no purchase.
///
/// # Source
/// "Growth accounting" as in J. Hsu, *Diligence at Social Capital* (2015), with resurrected and dormant customers; docs/metrics.md, section Growth.
pub fn compute(histories: &Histories, config: &GrowthConfig) -> Result<GrowthTable> {
    let until = config.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: false })?;
    let calendar = Calendar::new(config.granularity, config.week_start)?;
    let periods = Periods::of(&view, calendar)?;
    let rows = account(&view, &periods);
    let definition = view.definition(Parameters::Growth(config.clone()), sentence::growth(&view, config.granularity));
    Ok(GrowthTable { identities: identities(&rows), definition, periods: rows })
}

/// What one customer did in one period.
#[derive(Clone, Copy)]
struct Activity {
    period: usize,
    active: bool,
    net: i64,
}

impl Activity {
    fn revenue(self) -> i64 {
        self.net.max(0)
    }
}

/// Growth accounting per period.
pub(super) fn account(view: &View<'_>, periods: &Periods) -> Vec<GrowthPeriod> {
    let mut counts = vec![GrowthCounts::default(); periods.len];
    let mut revenue = vec![GrowthRevenue::default(); periods.len];
    let mut went_dormant = vec![0u32; periods.len + 1];
    let mut left_dormant = vec![0u32; periods.len + 1];
    let mut activities: Vec<Activity> = Vec::new();
    for customer in 0..view.n_customers() {
        collect(view, periods, customer, &mut activities, &mut revenue);
        let mut previous: Option<Activity> = None;
        for now in activities.iter().copied().filter(|a| a.active) {
            enter(now, previous, &mut counts[now.period], &mut revenue[now.period]);
            if let Some(previous) = previous.filter(|p| p.period + 1 < now.period) {
                leave(previous, &mut counts, &mut revenue);
                went_dormant[previous.period + 2] += 1;
                left_dormant[now.period] += 1;
            }
            previous = Some(now);
        }
        if let Some(last) = previous.filter(|p| p.period + 1 < periods.len) {
            leave(last, &mut counts, &mut revenue);
            went_dormant[last.period + 2] += 1;
        }
    }
    let mut dormant = 0;
    for (period, counts) in counts.iter_mut().enumerate() {
        dormant += went_dormant[period];
        dormant -= left_dormant[period];
        counts.dormant = dormant;
    }
    assemble(periods, &counts, &revenue)
}

/// The customer's activities by ascending period; reported net and refund adjustment go to the periods at once.
fn collect(view: &View<'_>, periods: &Periods, customer: usize, activities: &mut Vec<Activity>, revenue: &mut [GrowthRevenue]) {
    activities.clear();
    let histories = view.histories;
    for row in view.orders(customer) {
        let Some(period) = periods.index(histories.day[row]) else { continue };
        let net = histories.net_minor[row];
        revenue[period].reported_net += net;
        match activities.last_mut().filter(|a| a.period == period) {
            Some(activity) => {
                activity.net += net;
                activity.active |= view.is_purchase(row);
            }
            None => activities.push(Activity { period, active: view.is_purchase(row), net }),
        }
    }
    for activity in activities.iter() {
        revenue[activity.period].total += activity.revenue();
        revenue[activity.period].refund_adjust += activity.net - activity.revenue();
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

/// Books a customer who did not come back as churned in the period after its last.
fn leave(last: Activity, counts: &mut [GrowthCounts], revenue: &mut [GrowthRevenue]) {
    counts[last.period + 1].churned += 1;
    revenue[last.period + 1].churned += last.revenue();
}

fn assemble(periods: &Periods, counts: &[GrowthCounts], revenue: &[GrowthRevenue]) -> Vec<GrowthPeriod> {
    let mut to_date_before = 0;
    let mut rows = Vec::with_capacity(periods.len);
    for (index, (counts, revenue)) in counts.iter().zip(revenue).enumerate() {
        let active_before = index.checked_sub(1).map_or(0, |before: usize| rows_active(&rows, before));
        rows.push(GrowthPeriod {
            period: periods.describe(index),
            first: periods.is_first_of_data(index),
            quick_ratio: ratio(i64::from(counts.new + counts.resurrected), i64::from(counts.churned)),
            revenue_quick_ratio: ratio(
                revenue.new + revenue.resurrected + revenue.expansion,
                revenue.churned + revenue.contraction,
            ),
            retention_rate: ratio(i64::from(counts.retained), i64::from(active_before)),
            reactivation_rate: ratio(i64::from(counts.resurrected), i64::from(to_date_before - active_before)),
            counts: *counts,
            revenue: *revenue,
        });
        to_date_before += counts.new;
    }
    rows
}

fn rows_active(rows: &[GrowthPeriod], index: usize) -> u32 {
    rows.get(index).map_or(0, |row| row.counts.active)
}

/// An identity: its id, its equation in Chinese and English, and whether it holds in a period given the one before and the customers to date.
type Identity = (&'static str, &'static str, &'static str, fn(&GrowthPeriod, &GrowthPeriod, i64) -> bool);

const IDENTITIES: [Identity; 9] = [
    ("I1", "活跃 = 新客 + 留存 + 唤回", "active = new + retained + resurrected", |t, _, _| {
        t.counts.active == t.counts.new + t.counts.retained + t.counts.resurrected
    }),
    ("I2", "上期活跃 = 留存 + 流失", "active before = retained + churned", |t, p, _| {
        p.counts.active == t.counts.retained + t.counts.churned
    }),
    (
        "I3",
        "活跃 − 上期活跃 = 新客 + 唤回 − 流失",
        "active − active before = new + resurrected − churned",
        |t, p, _| {
            let c = t.counts;
            i64::from(c.active) - i64::from(p.counts.active) == i64::from(c.new) + i64::from(c.resurrected) - i64::from(c.churned)
        },
    ),
    ("I4", "累计客户 = 活跃 + 流失 + 沉睡", "customers to date = active + churned + dormant", |t, _, to_date| {
        to_date == i64::from(t.counts.active) + i64::from(t.counts.churned) + i64::from(t.counts.dormant)
    }),
    ("I5", "沉睡池 = 上期沉睡池 + 流失 − 唤回", "pool = pool before + churned − resurrected", |t, p, to_date| {
        let pool = to_date - i64::from(t.counts.active);
        let pool_before = to_date - i64::from(t.counts.new) - i64::from(p.counts.active);
        pool == pool_before + i64::from(t.counts.churned) - i64::from(t.counts.resurrected)
    }),
    ("I10a", "收入 = 新客 + 留存 + 唤回 + 扩张", "revenue = new + retained + resurrected + expansion", |t, _, _| {
        let r = t.revenue;
        r.total == r.new + r.retained + r.resurrected + r.expansion
    }),
    ("I10b", "上期收入 = 留存 + 流失 + 缩减", "revenue before = retained + churned + contraction", |t, p, _| {
        p.revenue.total == t.revenue.retained + t.revenue.churned + t.revenue.contraction
    }),
    (
        "I10c",
        "收入 − 上期收入 = 新客 + 唤回 + 扩张 − 流失 − 缩减",
        "revenue − revenue before = new + resurrected + expansion − churned − contraction",
        |t, p, _| {
            let r = t.revenue;
            r.total - p.revenue.total == r.new + r.resurrected + r.expansion - r.churned - r.contraction
        },
    ),
    ("I11", "收入 + 退款调整 = 报告净额", "revenue + refund adjustment = reported net", |t, _, _| {
        t.revenue.total + t.revenue.refund_adjust == t.revenue.reported_net
    }),
];

/// Evaluates the identities on every period.
fn identities(rows: &[GrowthPeriod]) -> Vec<IdentityCheck> {
    let nothing_before = rows.first().map(|row| GrowthPeriod {
        counts: GrowthCounts::default(),
        revenue: GrowthRevenue::default(),
        ..row.clone()
    });
    let check = |&(id, zh, en, holds): &Identity| {
        let mut failed = 0;
        let mut to_date = 0;
        let mut before = nothing_before.as_ref();
        for row in rows {
            to_date += i64::from(row.counts.new);
            failed += u32::from(!before.is_some_and(|before| holds(row, before, to_date)));
            before = Some(row);
        }
        IdentityCheck { id: id.into(), equation: Localized::new(zh, en), checked: rows.len() as u32, failed }
    };
    IDENTITIES.iter().map(check).collect()
}
