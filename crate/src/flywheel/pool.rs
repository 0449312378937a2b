//! Step 2: the private-domain pool, who is in it and who left.
//!
//! By the members table everybody's stays are known, those of members who never bought among them. By the join times that orders carry only customers with
//! a purchase in the view are known members, and nobody is known to have left: pool metrics other than `precipitation` are proxies.

use std::ops::Range;

use crate::history::{Slices, View};
use crate::ingest::NONE;
use crate::result::{Metric, TableField, TableKind, Unit};
use crate::sorting::{sort_as, sort_by};

use super::growth::Activity;
use super::metric::{Headline, Series, Tally, Timed, count, needs};
use super::people::{DAY_US, Person};
use super::periods::Periods;
use super::repeat::active_in;

const ONLY_BUYERS: (&str, &str) = ("仅计有订单的会员，未计退出", "members with orders only; leaving is not counted");
const ORDERS_ONLY: (&str, &str) = ("仅按订单计活跃，无互动表", "active by orders only: no interactions");

/// Periods at whose ends a customer is a member: `from..to`, empty where they left in the period they joined.
#[derive(Debug, Clone, Copy)]
struct Stay {
    customer: u32,
    from: usize,
    to: usize,
}

impl Stay {
    fn has(&self, period: usize) -> bool {
        (self.from..self.to).contains(&period)
    }
}

/// People per period: members at its end, joined in it, left in it, gone at its end, active in it, and active members.
pub(super) struct Pool {
    pub members: Vec<i64>,
    pub joined: Vec<i64>,
    pub left: Vec<i64>,
    pub leavers: Vec<i64>,
    pub active: Vec<i64>,
    pub active_members: Vec<i64>,
    /// Ascending by customer.
    stays: Vec<Stay>,
    /// Customer → index of its first stay; one more at the end.
    first: Vec<u32>,
    /// Whether orders stand in for the members table.
    by_orders: bool,
}

/// A [`Pool`] while customers are booked, ascending.
pub(super) struct PoolBook<'a> {
    view: &'a View<'a>,
    periods: &'a Periods,
    /// By the members table, or so far of those booked.
    stays: Vec<Stay>,
    by_orders: bool,
    /// The first stay of the table of whoever is booked next.
    next: usize,
    active: Vec<i64>,
    active_members: Vec<i64>,
}

impl<'a> PoolBook<'a> {
    pub(super) fn new(view: &'a View<'a>, periods: &'a Periods) -> Self {
        let (stays, zeros) = (by_table(view, periods), vec![0; periods.len]);
        let by_orders = stays.is_none();
        Self { view, periods, stays: stays.unwrap_or_default(), by_orders, next: 0, active: zeros.clone(), active_members: zeros }
    }

    /// Books in which periods a customer was active, and in which of them a member.
    pub(super) fn book(&mut self, person: &Person, activities: &[Activity]) {
        let stays = self.stays_of(person);
        let (active, members) = (&mut self.active, &mut self.active_members);
        for period in activities.iter().filter(|activity| activity.active).map(|activity| activity.period) {
            active[period] += 1;
            members[period] += i64::from(self.stays[stays.clone()].iter().any(|stay| stay.has(period)));
        }
    }

    fn stays_of(&mut self, person: &Person) -> Range<usize> {
        let before = self.stays.len();
        if self.by_orders {
            self.stays.extend(by_orders(self.view, person, self.periods));
            return before..self.stays.len();
        }
        let count = |from: &[Stay], is: &dyn Fn(&Stay) -> bool| from.iter().take_while(|stay| is(stay)).count();
        let from = self.next + count(&self.stays[self.next..], &|stay| stay.customer < person.customer);
        self.next = from + count(&self.stays[from..], &|stay| stay.customer == person.customer);
        from..self.next
    }

    pub(super) fn close(self) -> Pool {
        let Self { view, periods, stays, by_orders, active, active_members, .. } = self;
        let zeros = || vec![0i64; periods.len];
        let (mut members, mut joined, mut left, mut leavers) = (zeros(), zeros(), zeros(), zeros());
        for stays in stays.chunk_by(|a, b| a.customer == b.customer) {
            let mut gone = None;
            for stay in stays {
                joined[stay.from] += 1;
                members[stay.from..stay.to].iter_mut().for_each(|members| *members += 1);
                if let Some(left) = left.get_mut(stay.to) {
                    *left += 1;
                    let is_back = stays.iter().any(|stay_on| stay_on.has(stay.to));
                    if !is_back && gone != Some(stay.to) {
                        leavers[stay.to] += 1;
                    }
                    gone = Some(stay.to);
                }
            }
        }
        let mut first = vec![0; view.n_customers() + 1];
        for stay in &stays {
            first[stay.customer as usize + 1] += 1;
        }
        for customer in 1..first.len() {
            first[customer] += first[customer - 1];
        }
        Pool { members, joined, left, leavers, active, active_members, stays, first, by_orders }
    }
}

impl Pool {
    /// Whether a customer is a member at the end of a period.
    #[inline]
    pub(super) fn has(&self, customer: u32, period: usize) -> bool {
        let Some(&[from, to]) = self.first.get(customer as usize..).and_then(|first| first.first_chunk()) else { return false };
        self.stays[from as usize..to as usize].iter().any(|stay| stay.has(period))
    }

    /// |A_t ∪ P_t|.
    pub(super) fn reachable(&self, period: usize) -> i64 {
        self.members[period] + self.active[period] - self.active_members[period]
    }

    /// A metric of the pool, marked where orders stand in for members.
    pub(super) fn marked(&self, metric: Metric) -> Metric {
        if self.by_orders { metric.proxy(ONLY_BUYERS.0, ONLY_BUYERS.1) } else { metric }
    }

    /// The metrics of step 2 beside its headline.
    pub(super) fn metrics(&self, view: &View<'_>, periods: &Periods) -> Vec<Timed> {
        let mut growth = Tally::new(periods);
        for t in 1..periods.len {
            (growth.num[t], growth.den[t]) = (self.joined[t] - self.left[t], self.members[t - 1]);
        }
        let of = |num: &[i64], den: &[i64]| Tally { num: num.to_vec(), den: den.to_vec() }.series(periods, 0, periods.after(0));
        let chatting = self.chatting(view, periods);
        let reached: Vec<i64> =
            (0..periods.len).map(|t| self.active_members[t] + chatting.as_ref().map_or(0, |chatting| chatting[t])).collect();
        let mut activity = Timed::of("pool_activity", Unit::Share, of(&reached, &self.members));
        if chatting.is_none() && !self.by_orders {
            activity = activity.map(|metric| metric.proxy(ORDERS_ONLY.0, ORDERS_ONLY.1));
        }
        let leavers = if self.by_orders {
            needs("pool_leavers", Unit::Count, "members").into()
        } else {
            count("pool_leavers", &self.leavers, periods)
        };
        let marked = [
            count("pool_members", &self.members, periods),
            Timed::of("pool_penetration", Unit::Share, of(&self.active_members, &self.active)),
            Timed::of("pool_net_growth", Unit::Change, growth.series(periods, 1, periods.after(0))),
            activity,
        ];
        marked.map(|timed| timed.map(|metric| self.marked(metric))).into_iter().chain([leavers]).collect()
    }

    /// Members at the end of each period who interacted in it and bought nothing; `None` without the table.
    fn chatting(&self, view: &View<'_>, periods: &Periods) -> Option<Vec<i64>> {
        let table = view.histories.table(TableKind::Interactions)?;
        let mut chatting = vec![0; periods.len];
        for (period, customer) in distinct(table.people(TableField::CustomerId)?, table.days(TableField::At)?, periods) {
            let counts = self.has(customer, period) && !active_in(view, periods, customer, period);
            chatting[period] += i64::from(counts);
        }
        Some(chatting)
    }
}

/// Distinct `(period, customer)` of the rows of a table, ascending.
pub(super) fn distinct(people: &[u32], days: &[i32], periods: &Periods) -> Vec<(usize, u32)> {
    let mut found: Vec<_> =
        people.iter().zip(days).filter_map(|(&customer, &day)| Some((periods.index(day)?, customer))).collect();
    sort_as(
        &mut found,
        |(period, customer)| (period as i64) << 32 | i64::from(customer),
        |key| ((key >> 32) as usize, key as u32),
    );
    found.dedup();
    found.retain(|&(_, customer)| customer != NONE);
    found
}

/// Everybody's stays by the members table: overlapping and touching ones are one, and one that ends before it begins is none.
fn by_table(view: &View<'_>, periods: &Periods) -> Option<Vec<Stay>> {
    let members = view.histories.table(TableKind::Members)?;
    let (customers, joined) = (members.people(TableField::CustomerId)?, members.times_us(TableField::JoinedAt)?);
    let left = members.times_us(TableField::LeftAt);
    let left = |row: usize| left.map_or(i64::MAX, |left| left[row]);
    let rows = customers.iter().zip(joined).enumerate();
    let mut spans: Vec<_> = rows.map(|(row, (&customer, &joined))| (customer, joined, left(row))).collect();
    spans.retain(|&(customer, joined, left)| customer != NONE && joined < left);
    sort_by(&mut spans, Ord::cmp);
    spans.dedup_by(|next, kept| {
        let joins = next.0 == kept.0 && next.1 <= kept.2;
        if joins {
            kept.2 = kept.2.max(next.2);
        }
        joins
    });
    let clock = &view.histories.clock;
    let stay = |&(customer, joined, left): &(u32, i64, i64)| {
        let (from, to) = (clock.day(joined), if left == i64::MAX { i32::MAX } else { clock.day(left) });
        let is_seen = from < periods.end_day && (to >= periods.end_day || periods.index(to).is_some());
        let to = periods.index(to).unwrap_or(periods.len);
        is_seen.then(|| Stay { customer, from: periods.index(from).unwrap_or(0), to })
    };
    Some(spans.iter().filter_map(stay).collect())
}

/// A stay without end of a customer with a purchase whose orders say when they joined.
fn by_orders(view: &View<'_>, person: &Person, periods: &Periods) -> Option<Stay> {
    let day = (person.joined_us != i64::MAX).then(|| view.histories.clock.day(person.joined_us));
    let day = day.filter(|&day| day < periods.end_day)?;
    Some(Stay { customer: person.customer, from: periods.index(day).unwrap_or(0), to: periods.len })
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

/// The same metrics where nobody's join time is known.
pub(super) fn missing() -> Vec<Timed> {
    [
        ("pool_members", Unit::Count),
        ("pool_penetration", Unit::Share),
        ("pool_net_growth", Unit::Change),
        ("pool_activity", Unit::Share),
        ("pool_leavers", Unit::Count),
    ]
    .map(|(id, unit)| needs(id, unit, "members").into())
    .into()
}
