//! How widely customers buy and are served: in stores and online, in groups, across services, by bound members of staff.

use crate::flywheel::metric::{Tally, Timed, needs};
use crate::flywheel::periods::Periods;
use crate::flywheel::pool::Pool;
use crate::flywheel::touches::Touches;
use crate::history::View;
use crate::ingest::NONE;
use crate::result::{TableField, TableKind, Unit};
use crate::sorting::{sort_coded_days, sort_short};

/// Orders that make a group a success.
const GROUP_ORDERS: usize = 3;

/// Whether a channel's label says it is a store's till, not online.
fn is_store(label: &str) -> bool {
    let name = label.to_lowercase();
    ["pos", "store", "offline", "门店", "到店", "线下"].iter().any(|word| name.contains(word))
        && !name.contains("cloud")
        && !name.contains('云')
}

/// Share of the active customers of t who bought both in a store and online; and the net of such a customer over that of one who bought in one way.
pub(super) fn dual_channel(view: &View<'_>, periods: &Periods) -> [Timed; 2] {
    const IDS: [(&str, Unit); 2] = [("dual_channel_share", Unit::Share), ("dual_channel_value", Unit::Ratio)];
    let histories = view.histories;
    let Some(column) = histories.dimension("channel") else {
        return IDS.map(|(id, unit)| needs(id, unit, "orders.channel").into());
    };
    let in_store: Vec<bool> = column.labels.iter().map(|label| is_store(label)).collect();
    let mut tally = Tally::new(periods);
    // Net and customers of those who buy in one way, and in both.
    let mut worth = vec![[(0i64, 0i64); 2]; periods.len];
    for customer in 0..view.n_customers() {
        let rows: Vec<(usize, usize)> =
            view.purchases(customer).filter_map(|row| Some((periods.index(histories.day[row])?, row))).collect();
        for rows in rows.chunk_by(|a, b| a.0 == b.0) {
            let ways = rows.iter().filter_map(|&(_, row)| in_store.get(column.codes[row] as usize));
            let ways = ways.fold([false; 2], |mut ways, &way| {
                ways[usize::from(way)] = true;
                ways
            });
            if ways == [false; 2] {
                continue;
            }
            let (t, both) = (rows[0].0, ways == [true; 2]);
            tally.den[t] += 1;
            tally.num[t] += i64::from(both);
            let worth = &mut worth[t][usize::from(both)];
            *worth = (worth.0 + rows.iter().map(|&(_, row)| histories.net_minor[row]).sum::<i64>(), worth.1 + 1);
        }
    }
    let share = Timed::of(IDS[0].0, IDS[0].1, tally.series(periods, 0, periods.after(0)));
    let last = (0..periods.len).rev().find(|&t| periods.end(t) <= periods.end_day);
    let value = last.and_then(|t| {
        let mean = |(net, n): (i64, i64)| (n > 0).then(|| net as f64 / n as f64);
        Some(mean(worth[t][1])? / mean(worth[t][0])?)
    });
    let n = last.map_or(0, |t| worth[t][1].1 as u32);
    let ratio = crate::flywheel::metric::overall(IDS[1].0, IDS[1].1, value, n);
    let ratio = crate::result::Metric { period: last.map(|t| periods.describe(t).label), ..ratio };
    [share, ratio.noted("相关而非因果", "correlation, not cause").into()]
}

/// Purchases per group of t, and the share of its groups with at least three.
pub(super) fn groups(view: &View<'_>, periods: &Periods) -> [Timed; 2] {
    const IDS: [(&str, Unit); 2] = [("orders_per_group", Unit::Ratio), ("group_success_rate", Unit::Share)];
    let Some(groups) = view.histories.dimension("group_buy_id") else {
        return IDS.map(|(id, unit)| needs(id, unit, "orders.group_buy_id").into());
    };
    let rows = (0..view.n_customers()).flat_map(|customer| view.purchases(customer));
    let mut found: Vec<(u32, i32)> = rows.map(|row| (groups.codes[row], view.histories.day[row])).collect();
    found.retain(|&(group, _)| group != NONE);
    sort_coded_days(&mut found);
    let (mut orders, mut success) = (Tally::new(periods), Tally::new(periods));
    // A group belongs to the period of its first order.
    for group in found.chunk_by(|a, b| a.0 == b.0) {
        let Some(t) = periods.index(group[0].1) else { continue };
        orders.num[t] += group.len() as i64;
        orders.den[t] += 1;
        success.num[t] += i64::from(group.len() >= GROUP_ORDERS);
        success.den[t] += 1;
    }
    let of = |at: usize, tally: Tally| Timed::of(IDS[at].0, IDS[at].1, tally.series(periods, 0, periods.after(0)));
    [of(0, orders), of(1, success)]
}

/// Different services that an active customer of t bought.
pub(super) fn services(view: &View<'_>, periods: &Periods) -> Timed {
    const ID: &str = "service_breadth";
    let Some(services) = view.histories.dimension("service_type") else {
        return needs(ID, Unit::Ratio, "orders.service_type").into();
    };
    let mut tally = Tally::new(periods);
    let mut bought = Vec::new();
    for customer in 0..view.n_customers() {
        bought.clear();
        let rows = view.purchases(customer).filter(|&row| services.codes[row] != NONE);
        bought.extend(rows.filter_map(|row| Some((periods.index(view.histories.day[row])?, services.codes[row]))));
        sort_short(&mut bought);
        bought.dedup();
        for services in bought.chunk_by(|a, b| a.0 == b.0) {
            tally.num[services[0].0] += services.len() as i64;
            tally.den[services[0].0] += 1;
        }
    }
    Timed::of(ID, Unit::Ratio, tally.series(periods, 0, periods.after(0)))
}

/// Members at the end of t that a member of staff is bound to, per such member of staff; and the share of them who were touched in t.
pub(super) fn bound(view: &View<'_>, periods: &Periods, pool: &Pool, touches: Option<&Touches<'_>>) -> [Timed; 2] {
    const IDS: [(&str, Unit); 2] = [("members_per_staff", Unit::Ratio), ("serve_rate", Unit::Share)];
    let members = view.histories.table(TableKind::Members);
    let columns = members.and_then(|members| {
        Some((
            members.people(TableField::CustomerId)?,
            members.times_us(TableField::JoinedAt)?,
            members.labels(TableField::StaffId)?,
        ))
    });
    let Some((customers, joined, staff)) = columns else {
        return IDS.map(|(id, unit)| needs(id, unit, "members.staff_id").into());
    };
    // Whoever the latest stay names serves the customer.
    let mut bound: Vec<(u32, i64, u32)> =
        (0..customers.len()).map(|row| (customers[row], joined[row], staff.codes[row])).collect();
    bound.retain(|&(customer, _, staff)| customer != NONE && staff != NONE);
    bound.sort_unstable();
    bound.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            *kept = *next;
        }
        is_same
    });
    let (mut each, mut served) = (Tally::new(periods), Tally::new(periods));
    for t in 0..periods.len {
        let mut with_members = vec![false; staff.labels.len()];
        for &(customer, _, staff) in bound.iter().filter(|&&(customer, ..)| pool.has(customer, t)) {
            each.num[t] += 1;
            served.den[t] += 1;
            served.num[t] += i64::from(touches.is_some_and(|touches| touches.has(t, customer)));
            with_members[staff as usize] = true;
        }
        each.den[t] = with_members.iter().filter(|&&has| has).count() as i64;
    }
    let per_staff = Timed::of(IDS[0].0, IDS[0].1, each.series(periods, 0, periods.after(0)));
    let serve = match touches {
        Some(_) => Timed::of(IDS[1].0, IDS[1].1, served.series(periods, 0, periods.after(0))),
        None => needs(IDS[1].0, IDS[1].1, "touches").into(),
    };
    [per_staff, serve]
}
