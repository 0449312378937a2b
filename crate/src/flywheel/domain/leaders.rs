//! Group leaders: how many are active, what they sell, who stays, and whether their buyers come back.

use crate::history::View;
use crate::ingest::NONE;
use crate::result::Unit;

use super::buying::Again;
use crate::flywheel::metric::{Tally, Timed, needs};
use crate::flywheel::periods::Periods;
use crate::sorting::sort_short;

const COLUMN: &str = "staff_id";
const IDS: [(&str, Unit); 5] = [
    ("leader_active_rate", Unit::Share),
    ("orders_per_active_leader", Unit::Ratio),
    ("leader_gmv_share_top10pct", Unit::Share),
    ("leader_retention", Unit::Share),
    ("leader_buyer_repeat", Unit::Share),
];

/// Metrics of the leaders that orders name, in the order of the dictionary.
pub(super) fn metrics(view: &View<'_>, periods: &Periods, window_days: u32) -> Vec<Timed> {
    let Some(column) = view.histories.dimension(COLUMN) else {
        return IDS.map(|(id, unit)| needs(id, unit, "orders.staff_id").into()).into();
    };
    let leaders = column.labels.len();
    // Purchases and net of each leader in each period.
    let mut cells = vec![(0i64, 0i64); leaders * periods.len];
    let mut again = Again::new(periods, window_days);
    let mut bought = Vec::new();
    for customer in 0..view.n_customers() {
        bought.clear();
        for row in view.orders(customer).filter(|&row| column.codes[row] != NONE) {
            let (leader, day) = (column.codes[row] as usize, view.histories.day[row]);
            let Some(period) = periods.index(day) else { continue };
            let cell = &mut cells[leader * periods.len + period];
            cell.1 += view.histories.net_minor[row];
            if view.is_purchase(row) {
                cell.0 += 1;
                bought.push((leader, day));
            }
        }
        sort_short(&mut bought);
        for of_leader in bought.chunk_by(|a, b| a.0 == b.0) {
            let days: Vec<i32> = of_leader.iter().map(|&(_, day)| day).collect();
            again.add(&days);
        }
    }
    let [mut rate, mut orders, mut top, mut retention] = [(); 4].map(|()| Tally::new(periods));
    for leader in cells.chunks(periods.len.max(1)) {
        let first = leader.iter().position(|cell| cell.0 > 0).unwrap_or(periods.len);
        for t in first..periods.len {
            rate.den[t] += 1;
            rate.num[t] += i64::from(leader[t].0 > 0);
            orders.num[t] += leader[t].0;
            if leader.get(t + 1).is_some() && leader[t].0 > 0 {
                retention.den[t + 1] += 1;
                retention.num[t + 1] += i64::from(leader[t + 1].0 > 0);
            }
        }
    }
    orders.den.clone_from(&rate.num);
    for t in 0..periods.len {
        let mut nets: Vec<i64> = (0..leaders).map(|leader| cells[leader * periods.len + t].1).filter(|&net| net > 0).collect();
        nets.sort_unstable();
        nets.reverse();
        top.den[t] = nets.iter().sum();
        top.num[t] = nets[..nets.len().div_ceil(10)].iter().sum();
    }
    let whole =
        |at: usize, tally: Tally, from: usize| Timed::of(IDS[at].0, IDS[at].1, tally.series(periods, from, periods.after(0)));
    vec![
        whole(0, rate, 0),
        whole(1, orders, 0),
        whole(2, top, 0).map(|metric| crate::result::Metric { interval: None, n: None, ..metric }),
        whole(3, retention, 1),
        again.share(IDS[4].0, view.first_day),
    ]
}
