//! The call: every metric of the dictionary, in its order.

use crate::Result;
use crate::flywheel::metric::{Timed, needs};
use crate::flywheel::periods::Periods;
use crate::flywheel::pool;
use crate::flywheel::referral::{self, Referrals};
use crate::flywheel::scan::{Scan, scan};
use crate::flywheel::touches::Touches;
use crate::flywheel::{options, repeat, sentence, service};
use crate::history::{Calendar, Histories, View, ViewOptions};
use crate::result::{DomainMetric, Parameters, PrivateDomainConfig, PrivateDomainTable, Unit};

use super::{breadth, buying, friends, leaders, pickup};

/// Days of attribution, which no metric of the dictionary depends on.
const ANY_DAYS: u32 = 7;
/// Days in which a new buyer joins the pool.
const JOIN_DAYS: u32 = 30;
const REPEAT: [(&str, u32); 3] = [("repeat_after_first_30", 30), ("repeat_after_first_60", 60), ("repeat_after_first_90", 90)];

/// The entries of the dictionary, and the metrics that answer each.
/// Checked against the dictionary itself by a test: its texts stay out of the answer.
const ENTRIES: [(&str, &[&str]); 34] = [
    ("repeat_in_window", &["repeat_in_window"]),
    ("repeat_after_first", &["repeat_after_first_30", "repeat_after_first_60", "repeat_after_first_90"]),
    ("value_per_buyer", &["value_per_buyer"]),
    ("aov", &["aov"]),
    ("pool_net_growth", &["pool_net_growth"]),
    ("friend_accept_rate", &["friend_accept_rate"]),
    ("pool_leavers", &["pool_leavers"]),
    ("precipitation", &["precipitation"]),
    ("pool_activity", &["pool_activity"]),
    ("redemption_rate", &["redemption_rate"]),
    ("k_buyers", &["k_buyers"]),
    ("wake_rate", &["wake_rate"]),
    ("churn_rate", &["churn_rate"]),
    (
        "pool_gmv_tree",
        &["pool_gmv_tree", "pool_gmv_members", "pool_gmv_reach", "pool_gmv_response", "pool_gmv_orders", "pool_gmv_aov"],
    ),
    ("pickup_rate", &["pickup_rate"]),
    ("pickup_on_time", &["pickup_on_time"]),
    ("no_show", &["no_show"]),
    ("leader_active_rate", &["leader_active_rate"]),
    ("orders_per_active_leader", &["orders_per_active_leader"]),
    ("leader_gmv_share_top10pct", &["leader_gmv_share_top10pct"]),
    ("leader_retention", &["leader_retention"]),
    ("leader_buyer_repeat", &["leader_buyer_repeat"]),
    ("refund_order_rate", &["refund_order_rate"]),
    ("pickup_add_on", &["pickup_add_on"]),
    ("pickup_lead_time", &["pickup_lead_time"]),
    ("presale_share", &["presale_share"]),
    ("presale_variation", &["presale_variation"]),
    ("dual_channel_share", &["dual_channel_share"]),
    ("dual_channel_value", &["dual_channel_value"]),
    ("members_per_staff", &["members_per_staff"]),
    ("serve_rate", &["serve_rate"]),
    ("orders_per_group", &["orders_per_group"]),
    ("group_success_rate", &["group_success_rate"]),
    ("service_breadth", &["service_breadth"]),
];

/// Computes the private-domain metrics.
///
/// # Errors
/// `Config` for options that make no sense (a granularity other than week or month, days beyond a century or 0, a filter or date that is none);
/// `Empty` when the view holds no order.
pub fn compute(histories: &Histories, config: &PrivateDomainConfig) -> Result<PrivateDomainTable> {
    options::check_domain(config)?;
    let until = config.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: false })?;
    let periods = Periods::of(&view, Calendar::new(config.granularity, config.week_start)?)?;
    let metrics = metrics(&view, &periods, config);
    Ok(PrivateDomainTable {
        definition: view.definition(Parameters::PrivateDomain(config.clone()), sentence::private_domain(&view, config)),
        metrics: in_order(metrics),
        pickup_hours: pickup::hours(&view),
    })
}

fn metrics(view: &View<'_>, periods: &Periods, config: &PrivateDomainConfig) -> Vec<Timed> {
    let histories = view.histories;
    let Scan { people, pool, rows, kept } = scan(view, periods);
    let members = histories.joined_us.is_some().then_some(&pool);
    let touches = Touches::of(view, periods, ANY_DAYS);
    let mut metrics = vec![buying::repeat_in_window(view, periods, config.window_days)];
    metrics.extend(REPEAT.map(|(id, days)| Timed::of(id, Unit::Share, repeat::repeat_within(&people, periods, None, days))));
    metrics.extend(buying::value(view, periods));
    metrics.push(friends::accepted(view, periods));
    metrics.extend(members.map_or_else(pool::missing, |pool| pool.metrics(view, periods)));
    metrics.push(match members {
        Some(_) => Timed::of("precipitation", Unit::Share, pool::precipitation(&people, periods, None, JOIN_DAYS)),
        None => needs("precipitation", Unit::Share, "members").into(),
    });
    metrics.push(touches.as_ref().map_or_else(|| needs("redemption_rate", Unit::Share, "touches").into(), Touches::redemption));
    metrics.push(if histories.referrals.is_some() || histories.inviter_idx.is_some() {
        let brought = Referrals::of(view, &people, periods, 0).brought_by_cohort(periods, config.horizon_days);
        Timed::of("k_buyers", Unit::Ratio, brought)
    } else {
        needs("k_buyers", Unit::Ratio, referral::TABLE).into()
    });
    metrics.extend(repeat::satisfaction(view, &rows, &kept, periods));
    metrics.extend(buying::gmv_tree(view, periods, members, touches.as_ref()));
    metrics.push(service::pickup_rate(view, periods));
    metrics.extend(service::pickups(view, periods));
    metrics.extend(leaders::metrics(view, periods, config.window_days));
    metrics.push(pickup::add_on(view, periods));
    metrics.push(pickup::lead_time(view).into());
    metrics.extend(pickup::presale(view, periods));
    metrics.extend(breadth::dual_channel(view, periods));
    metrics.extend(breadth::bound(view, periods, &pool, touches.as_ref()));
    metrics.extend(breadth::groups(view, periods));
    metrics.push(breadth::services(view, periods));
    metrics.push(buying::refunded(view, periods));
    metrics
}

/// The metrics of each entry, in the order of the dictionary; others are left out.
fn in_order(metrics: Vec<Timed>) -> Vec<DomainMetric> {
    let mut metrics: Vec<Option<Timed>> = metrics.into_iter().map(Some).collect();
    let mut take = |entry: &str, id: &str| {
        let slot = metrics.iter_mut().find(|slot| slot.as_ref().is_some_and(|timed| timed.metric.id == id));
        let Timed { metric, points } = slot?.take()?;
        Some(DomainMetric { entry: entry.into(), metric, series: points })
    };
    ENTRIES.iter().flat_map(|&(entry, ids)| ids.iter().filter_map(|id| take(entry, id)).collect::<Vec<_>>()).collect()
}
