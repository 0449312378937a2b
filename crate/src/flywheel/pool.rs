//! Step 2: the private-domain pool, from the join times that orders carry.
//!
//! Only customers with a purchase in the view are known members, and nobody is known to have left: pool metrics other than `precipitation` are proxies.

use crate::history::{Slices, View};
use crate::result::{Metric, Unit};

use super::metric::{Headline, Series, Tally, latest, needs};
use super::people::{DAY_US, Person};
use super::periods::Periods;

const ONLY_BUYERS: (&str, &str) = ("仅计有订单的会员，未计退出", "members with orders only; leaving is not counted");

/// People per period: members at its end, joined in it, active in it and both.
pub(super) struct Pool {
    pub members: Vec<i64>,
    pub joined: Vec<i64>,
    pub active: Vec<i64>,
    pub active_members: Vec<i64>,
}

/// The first period at whose end a person is a member: 0 for those who joined earlier, `None` for those who have not.
pub(super) fn member_from(view: &View<'_>, periods: &Periods, person: &Person) -> Option<usize> {
    if person.joined_us == i64::MAX {
        return None;
    }
    let day = view.histories.clock.day(person.joined_us);
    if day >= periods.end_day { None } else { Some(periods.index(day).unwrap_or(0)) }
}

impl Pool {
    pub(super) fn of(view: &View<'_>, people: &[Person], periods: &Periods) -> Self {
        let zeros = || vec![0i64; periods.len];
        let mut pool = Self { members: zeros(), joined: zeros(), active: zeros(), active_members: zeros() };
        for person in people {
            let from = member_from(view, periods, person);
            if let Some(from) = from {
                pool.joined[from] += 1;
            }
            let mut last = None;
            for row in view.purchases(person.customer as usize) {
                let period = periods.index(view.histories.day[row]);
                if let Some(period) = period.filter(|_| period != last) {
                    pool.active[period] += 1;
                    pool.active_members[period] += i64::from(from.is_some_and(|from| from <= period));
                }
                last = period;
            }
        }
        let mut members = 0;
        for (total, joined) in pool.members.iter_mut().zip(&pool.joined) {
            members += joined;
            *total = members;
        }
        pool
    }

    /// |A_t ∪ P_t|.
    pub(super) fn reachable(&self, period: usize) -> i64 {
        self.members[period] + self.active[period] - self.active_members[period]
    }
}

/// Share of each entry cohort that joined before the first purchase or within `h12` days of it.
pub(super) fn precipitation(people: &[Person], periods: &Periods, slices: Option<&Slices<'_>>, h12: u32) -> Series {
    let mut headline = Headline::new(periods, slices, 0, h12);
    for person in people {
        let joined = person.joined_us != i64::MAX && person.joined_us < person.first_us + i64::from(h12) * DAY_US;
        headline.add(person.customer, person.cohort, i64::from(joined), 1);
    }
    headline.series()
}

/// The metrics of step 2 beside its headline.
pub(super) fn metrics(pool: &Pool, periods: &Periods) -> Vec<Metric> {
    let mut growth = Tally::new(periods);
    for t in 1..periods.len {
        (growth.num[t], growth.den[t]) = (pool.joined[t], pool.members[t - 1]);
    }
    let of = |num: &[i64], den: &[i64]| Tally { num: num.to_vec(), den: den.to_vec() }.series(periods, 0, periods.after(0));
    let all = [
        latest("pool_penetration", Unit::Share, &of(&pool.active_members, &pool.active)),
        latest("pool_net_growth", Unit::Ratio, &growth.series(periods, 1, periods.after(0))),
        latest("pool_activity", Unit::Share, &of(&pool.active_members, &pool.members)),
    ];
    all.into_iter().map(|metric| metric.proxy(ONLY_BUYERS.0, ONLY_BUYERS.1)).collect()
}

/// The same metrics where nobody's join time is known.
pub(super) fn missing() -> Vec<Metric> {
    ["pool_penetration", "pool_net_growth", "pool_activity"]
        .map(|id| needs(id, if id == "pool_net_growth" { Unit::Ratio } else { Unit::Share }, "members"))
        .to_vec()
}
