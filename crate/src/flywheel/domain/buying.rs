//! What customers do within a window or a period: buying again, net per buyer and per order, and what touched members bring.

use crate::history::View;
use crate::result::Unit;

use crate::flywheel::metric::{Tally, Timed, count, needs};
use crate::flywheel::periods::Periods;
use crate::flywheel::pool::Pool;
use crate::flywheel::touches::Touches;
use crate::sorting::sort_short;

/// Who buys once, and who buys again, within so many days up to the end of each period.
pub(super) struct Again<'a> {
    periods: &'a Periods,
    days: i32,
    tally: Tally,
}

impl<'a> Again<'a> {
    pub(super) fn new(periods: &'a Periods, days: u32) -> Self {
        Self { periods, days: days as i32, tally: Tally::new(periods) }
    }

    /// Takes the ascending days of somebody's purchases.
    pub(super) fn add(&mut self, days: &[i32]) {
        let Some((&first, &last)) = days.first().zip(days.last()) else { return };
        let Some(from) = self.periods.index(first) else { return };
        let (mut begin, mut end) = (0, 0);
        for t in from..self.periods.len {
            let until = self.periods.end(t);
            begin += days[begin..].iter().take_while(|&&day| day < until - self.days).count();
            end += days[end..].iter().take_while(|&&day| day < until).count();
            self.tally.den[t] += i64::from(end > begin);
            self.tally.num[t] += i64::from(end > begin + 1);
            if until - self.days > last {
                break;
            }
        }
    }

    /// The share who bought again; from the first period whose window lies within the data.
    pub(super) fn share(self, id: &str, first_day: i32) -> Timed {
        let periods = self.periods;
        let from = (0..periods.len).find(|&t| periods.end(t) - self.days >= first_day).unwrap_or(periods.len);
        Timed::of(id, Unit::Share, self.tally.series(periods, from, periods.after(0)))
    }
}

/// Share of the customers of a window who bought at least twice in it.
pub(super) fn repeat_in_window(view: &View<'_>, periods: &Periods, days: u32) -> Timed {
    let mut again = Again::new(periods, days);
    let mut bought = Vec::new();
    for customer in 0..view.n_customers() {
        bought.clear();
        bought.extend(view.purchases(customer).map(|row| view.histories.day[row]));
        sort_short(&mut bought);
        again.add(&bought);
    }
    again.share("repeat_in_window", view.first_day)
}

/// Net per buyer and per purchase of each period.
pub(super) fn value(view: &View<'_>, periods: &Periods) -> [Timed; 2] {
    let (mut net, mut buyers, mut orders) = (vec![0; periods.len], vec![0; periods.len], vec![0; periods.len]);
    for customer in 0..view.n_customers() {
        let mut last = None;
        for row in view.orders(customer) {
            let Some(period) = periods.index(view.histories.day[row]) else { continue };
            net[period] += view.histories.net_minor[row];
            if view.is_purchase(row) {
                orders[period] += 1;
                buyers[period] += i64::from(last != Some(period));
                last = Some(period);
            }
        }
    }
    let of = |id, den| Timed::of(id, Unit::Minor, Tally { num: net.clone(), den }.series(periods, 0, periods.after(0)));
    [of("value_per_buyer", buyers), of("aov", orders)]
}

/// Share of the purchases and refunded orders of each period of which something was refunded.
pub(super) fn refunded(view: &View<'_>, periods: &Periods) -> Timed {
    const ID: &str = "refund_order_rate";
    let Some(refunded) = &view.histories.refunded else { return needs(ID, Unit::Share, "orders.refund_amount").into() };
    let mut tally = Tally::new(periods);
    for row in (0..view.n_customers()).flat_map(|customer| view.orders(customer)) {
        let Some(period) = periods.index(view.histories.day[row]) else { continue };
        tally.den[period] += i64::from(view.is_purchase(row) || refunded[row]);
        tally.num[period] += i64::from(refunded[row]);
    }
    Timed::of(ID, Unit::Share, tally.series(periods, 0, periods.after(0)))
}

/// Net that touched members bring, as the product of members, reach, response, orders per responder and net per order.
pub(super) fn gmv_tree(view: &View<'_>, periods: &Periods, pool: Option<&Pool>, touches: Option<&Touches<'_>>) -> Vec<Timed> {
    const IDS: [(&str, Unit); 6] = [
        ("pool_gmv_tree", Unit::Minor),
        ("pool_gmv_members", Unit::Count),
        ("pool_gmv_reach", Unit::Share),
        ("pool_gmv_response", Unit::Share),
        ("pool_gmv_orders", Unit::Ratio),
        ("pool_gmv_aov", Unit::Minor),
    ];
    let (Some(pool), Some(touches)) = (pool, touches) else {
        let missing = [("members", pool.is_none()), ("touches", touches.is_none())];
        let missing: Vec<&str> = missing.into_iter().filter_map(|(table, is_missing)| is_missing.then_some(table)).collect();
        return IDS.map(|(id, unit)| needs(id, unit, &missing.join(", ")).into()).into();
    };
    let zeros = || vec![0i64; periods.len];
    let (mut reached, mut responders, mut orders, mut net) = (zeros(), zeros(), zeros(), zeros());
    for (t, customer) in touches.reached().filter(|&(t, customer)| pool.has(customer, t)) {
        reached[t] += 1;
        let before = orders[t];
        for row in view.purchases(customer as usize).filter(|&row| periods.index(view.histories.day[row]) == Some(t)) {
            orders[t] += 1;
            net[t] += view.histories.net_minor[row];
        }
        responders[t] += i64::from(orders[t] > before);
    }
    let share = |at: usize, num: &[i64], den: &[i64]| {
        let tally = Tally { num: num.to_vec(), den: den.to_vec() };
        Timed::of(IDS[at].0, IDS[at].1, tally.series(periods, 0, periods.after(0)))
    };
    let sum = count(IDS[0].0, &net, periods);
    let metrics = [
        sum.map(|metric| crate::result::Metric { unit: Unit::Minor, ..metric }),
        count(IDS[1].0, &pool.members, periods),
        share(2, &reached, &pool.members),
        share(3, &responders, &reached),
        share(4, &orders, &responders),
        share(5, &net, &orders),
    ];
    metrics.into_iter().map(|timed| timed.map(|metric| pool.marked(metric))).collect()
}
