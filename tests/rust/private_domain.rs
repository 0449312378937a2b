//! The private-domain metrics and the cost of growth, over tables small enough to check by head.

use feilun::flywheel::{compute_flywheel, compute_private_domain};
use feilun::result::{FlywheelConfig, FlywheelTable, MetricStatus, PrivateDomainConfig, PrivateDomainTable, Verdict};

use crate::beside::Beside;
use crate::table::{GOLDEN, histories};

/// A comes back within the hour, B at another store, C on the next day, D after exactly two hours; E picks nothing up.
const PICKUPS: &str = "
    A 2025-01-05 08:00 1000 store=S1 fulfilment=pickup picked=2025-01-06T18:00 channel=cloud_store is_presale=true group_buy_id=T1 service_type=clean
    A 2025-01-06 18:59 500 store=S1 fulfilment=in_store channel=pos group_buy_id=T1 service_type=repair
    B 2025-01-05 09:00 1000 store=S1 fulfilment=pickup picked=2025-01-06T18:30 channel=cloud_store is_presale=true group_buy_id=T1 service_type=clean
    B 2025-01-06 19:00 500 store=S2 fulfilment=in_store channel=cloud_store group_buy_id=T2 service_type=clean
    C 2025-01-05 10:00 1000 store=S1 fulfilment=pickup picked=2025-01-06T23:30 channel=pos is_presale=false service_type=clean
    C 2025-01-07 00:10 500 store=S1 fulfilment=in_store channel=pos
    D 2025-01-05 11:00 1000 store=S1 fulfilment=pickup picked=2025-01-05T12:00 channel=pos is_presale=预售
    D 2025-01-05 14:00 500 store=S1 fulfilment=in_store channel=pos
    E 2025-01-08 11:00 4000 store=S1 fulfilment=delivery channel=pos
";

fn domain(table: &str) -> PrivateDomainTable {
    let config =
        PrivateDomainConfig { complete_until: Some("2025-02-01".into()), window_days: 27, ..PrivateDomainConfig::default() };
    compute_private_domain(&histories(table), &config).unwrap()
}

fn shown(table: &PrivateDomainTable, id: &str) -> String {
    let metric = &table.metrics.iter().find(|found| found.metric.id == id).unwrap_or_else(|| panic!("no metric `{id}`")).metric;
    match (metric.num, metric.den, metric.value) {
        (Some(num), Some(den), _) => format!("{num}/{den}"),
        (_, _, Some(value)) => format!("{value}"),
        _ => format!("{:?}", metric.status),
    }
}

#[test]
fn pickups_presale_channels_groups_and_services_by_head() {
    let table = domain(PICKUPS);
    for (id, expected) in [
        ("pickup_add_on", "1/4"),
        // Waits of 34, 33.5, 37.5 and 1 hours.
        ("pickup_lead_time", "1.40625"),
        ("pickup_rate", "4/9"),
        ("presale_share", "3/9"),
        // 3 presale orders of one store on the first of 27 days: deviation √(9/27 − 1/81), mean 3/27.
        ("presale_variation", &format!("{}", (9.0 / 27.0 - 1.0 / 81.0_f64).sqrt() / (3.0 / 27.0))),
        ("dual_channel_share", "1/5"),
        // A 1500 in both ways; B, C and D 1500 each and E 4000 in one.
        ("dual_channel_value", &format!("{}", 1500.0 / 2125.0)),
        ("orders_per_group", "4/2"),
        ("group_success_rate", "1/2"),
        ("service_breadth", "4/3"),
        ("value_per_buyer", "10000/5"),
        ("aov", "10000/9"),
        ("repeat_in_window", "4/5"),
        ("members_per_staff", "NeedsTable"),
        ("leader_retention", "NeedsTable"),
    ] {
        assert_eq!((id, shown(&table, id).as_str()), (id, expected));
    }
    let hours = table.pickup_hours.unwrap();
    let found: Vec<_> =
        (0..7 * 24).filter(|at| hours[at / 24][at % 24] > 0).map(|at| (at / 24, at % 24, hours[at / 24][at % 24])).collect();
    // Sunday at noon; Monday twice from 18 to 19 o'clock and once before midnight.
    assert_eq!(found, [(0, 18, 2), (0, 23, 1), (6, 12, 1)]);
}

#[test]
fn refunded_orders_by_head() {
    // A gift and a refund booked as an order of its own are neither bought nor refunded; B's order was given back in full.
    let table = domain(
        "A 2025-01-05 10:00 1000 refund=0
         A 2025-01-06 10:00 500 refund=200
         A 2025-01-07 10:00 0
         B 2025-01-05 10:00 0 refund=800
         B 2025-01-08 10:00 -300",
    );
    assert_eq!(shown(&table, "refund_order_rate"), "2/3");
}

#[test]
fn friend_requests_by_head() {
    let orders = histories("A 2025-01-05 10:00 1000");
    let asked = |rows: &str| {
        let config = PrivateDomainConfig { complete_until: Some("2025-02-08".into()), ..PrivateDomainConfig::default() };
        shown(&compute_private_domain(&Beside::of(rows).attach(orders.clone()), &config).unwrap(), "friend_accept_rate")
    };
    // A accepts the second request; B a moment too late; N, who never buys, in the next month; the chat says nothing.
    let rows = "
        interact A friend_request 2025-01-05 10:00
        interact A 好友申请 2025-01-06 10:00
        interact A 好友申请通过 2025-01-06 10:00
        interact A friend_accepted 2025-01-07 10:00
        interact B friend_request 2025-01-05 10:00
        interact B friend_accepted 2025-01-12 10:00
        interact N friend_request 2025-01-31 23:59
        interact N friend_accepted 2025-02-07 23:58
        interact N chat 2025-01-02 10:00
    ";
    assert_eq!(asked(rows), "2/4");
    assert_eq!(asked("interact A chat 2025-01-05 10:00"), "Insufficient");
    assert_eq!(asked("touch A 2025-01-05 10:00"), "NeedsTable");
}

#[test]
fn without_a_column_the_metric_says_which() {
    let table = domain(GOLDEN);
    for found in &table.metrics {
        let metric = &found.metric;
        assert_eq!(metric.status == MetricStatus::NeedsTable, metric.needs.is_some(), "{}", metric.id);
        assert!(metric.value.is_none() || metric.needs.is_none(), "{}", metric.id);
    }
    assert_eq!(table.pickup_hours, None);
}

/// One new buyer a month, each of whom comes back after 40 days.
fn buyers(cost: &str) -> String {
    let month = |month: u32| {
        let (at, again) = (format!("2025-{month:02}-01 10:00"), format!("2025-{:02}-12 10:00", month + 1));
        format!("M{month} {at} 1000 {cost}\nM{month} {again} {} {cost}\n", 900 + 100 * month)
    };
    (1..=10).map(month).collect()
}

fn wheel(table: &str, spend: &str) -> FlywheelTable {
    let config = FlywheelConfig { complete_until: Some("2025-12-01".into()), ..FlywheelConfig::default() };
    compute_flywheel(&Beside::of(spend).attach(histories(table)), &config).unwrap()
}

#[test]
fn payback_goes_by_margin_where_every_cost_is_known() {
    let spend: String = (1..=10).map(|month| format!("spend 2025-{month:02}-03 700\n")).collect();
    let (by_net, by_margin) = (wheel(&buyers(""), &spend), wheel(&buyers("cost=600"), &spend));
    assert_eq!((by_net.costs.by_margin, by_margin.costs.by_margin), (false, true));
    // 1000 within a month by net; 400 by margin, and 800 and more with the second order, within two.
    let months = |table: &FlywheelTable| table.costs.cohorts[..3].iter().map(|cohort| cohort.payback_months).collect::<Vec<_>>();
    assert_eq!((months(&by_net), months(&by_margin)), (vec![Some(1); 3], vec![Some(2); 3]));
    let some_unknown = buyers("cost=600").replacen(" cost=600", "", 1);
    assert!(!wheel(&some_unknown, &spend).costs.by_margin);
}

#[test]
fn claims_are_judged_by_their_trend() {
    let falling: String = (1..=10).map(|month| format!("spend 2025-{month:02}-03 {}\n", 900 - 50 * month)).collect();
    let verdicts = |table: &FlywheelTable| table.costs.claims.each_ref().map(|claim| claim.verdict);
    let rising: String = (1..=10).map(|month| format!("spend 2025-{month:02}-03 {}\n", 900 + 50 * month)).collect();
    // January is left out: its buyers may have bought before. The cohorts of 90 days go to August: 7 points.
    assert_eq!(verdicts(&wheel(&buyers(""), &falling)), [Verdict::Supported, Verdict::InsufficientData, Verdict::NotTestable]);
    assert_eq!(verdicts(&wheel(&buyers(""), &rising))[0], Verdict::Contradicted);
    assert_eq!(verdicts(&wheel(&buyers(""), ""))[0], Verdict::NotTestable);
    let level: String = (1..=10).map(|month| format!("spend 2025-{month:02}-03 700\n")).collect();
    assert_eq!(verdicts(&wheel(&buyers(""), &level))[0], Verdict::NotShown);
}
