//! Step 3: whom messages reach, and who answers them.
//!
//! A touch that is held back as control was not sent. A customer answers a touch by a purchase, or by redeeming it, within the days of attribution.

use crate::history::{Slices, View};
use crate::ingest::{NONE, Table, TableColumn};
use crate::result::{Interval, Localized, Metric, TableField, TableKind, Unit};
use crate::sorting::sort_by;

use super::metric::{Headline, Series, Tally, Timed, latest, needs, overall};
use super::people::{DAY_US, Person};
use super::periods::Periods;
use super::pool::Pool;

/// Days a coupon is valid for that does not say so.
const VALID_DAYS: i64 = 30;
/// Days since the last purchase, and purchases, that part customers who are compared with each other.
const RECENCY: [i32; 4] = [14, 30, 60, 90];
const FREQUENCY: [usize; 2] = [1, 2];
const STRATA: usize = (RECENCY.len() + 1) * (FREQUENCY.len() + 1);

/// A customer with touches in a period.
#[derive(Debug, Clone, Copy)]
struct Touched {
    period: usize,
    customer: u32,
    /// Whether one of them was answered, in whatever way.
    answered: bool,
    /// Whether one of them was followed by a purchase.
    bought: bool,
}

/// The touches of a view.
pub(super) struct Touches<'a> {
    table: &'a Table,
    view: &'a View<'a>,
    periods: &'a Periods,
    days: u32,
    /// Ascending by period and customer, one entry each: of touches sent, and of those held back.
    sent: Vec<Touched>,
    held_back: Vec<Touched>,
}

impl<'a> Touches<'a> {
    /// `None` without the table.
    pub(super) fn of(view: &'a View<'a>, periods: &'a Periods, days: u32) -> Option<Self> {
        let table = view.histories.table(TableKind::Touches)?;
        let mut touches = Self { table, view, periods, days, sent: Vec::new(), held_back: Vec::new() };
        for row in 0..table.rows {
            let Some((touched, is_held_back)) = touches.row(row) else { continue };
            if is_held_back { &mut touches.held_back } else { &mut touches.sent }.push(touched);
        }
        merge(&mut touches.sent);
        merge(&mut touches.held_back);
        Some(touches)
    }

    /// A row, and whether it was held back; `None` outside the periods.
    fn row(&self, row: usize) -> Option<(Touched, bool)> {
        let customer = *self.table.people(TableField::CustomerId)?.get(row)?;
        let sent_us = *self.table.times_us(TableField::SentAt)?.get(row)?;
        let period = self.periods.index(*self.table.days(TableField::SentAt)?.get(row)?).filter(|_| customer != NONE)?;
        let window = sent_us..sent_us + i64::from(self.days) * DAY_US;
        let times = self.view.purchases(customer as usize).map(|row| self.view.histories.time_us[row]);
        let bought = times.skip_while(|&at| at < window.start).take(1).any(|at| window.contains(&at));
        let redeemed = self.table.times_us(TableField::RedeemedAt).map(|redeemed| redeemed[row]);
        let redeemed = redeemed.is_some_and(|at| window.contains(&at) && at < self.end_us());
        Some((Touched { period, customer, answered: bought || redeemed, bought }, self.is_held_back(row)))
    }

    /// Period and customer of those touched, ascending.
    pub(super) fn reached(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.sent.iter().map(|touched| (touched.period, touched.customer))
    }

    /// Whether a customer was touched in a period.
    pub(super) fn has(&self, period: usize, customer: u32) -> bool {
        self.sent.binary_search_by_key(&(period, customer), |one| (one.period, one.customer)).is_ok()
    }

    fn is_held_back(&self, row: usize) -> bool {
        matches!(self.table.column(TableField::IsControl), Some(TableColumn::Flags(flags)) if flags[row])
    }

    /// The instant the observation ends.
    fn end_us(&self) -> i64 {
        self.view.histories.clock.day_start_us(self.view.end_day)
    }

    /// Share of the customers touched in t who answered.
    pub(super) fn response(&self, slices: Option<&Slices<'_>>) -> Series {
        let mut headline = Headline::new(self.periods, slices, 0, self.days);
        for touched in &self.sent {
            headline.add(touched.customer, touched.period, i64::from(touched.answered), 1);
        }
        headline.series()
    }

    /// The metrics of step 3 beside its headline. `pool` is `None` where no members are known.
    pub(super) fn metrics(&self, people: &[Person], pool: Option<&Pool>) -> Vec<Timed> {
        let mut metrics = vec![
            pool.map_or_else(|| needs("reach_rate", Unit::Share, "members").into(), |pool| self.reach(pool)),
            self.redemption(),
            self.incremental().into(),
        ];
        if metrics[2].metric.value.is_none() {
            metrics.push(self.observational_gap(people).into());
        }
        metrics
    }

    /// Share of the members at the end of t who were touched in t.
    fn reach(&self, pool: &Pool) -> Timed {
        let mut tally = Tally { num: vec![0; self.periods.len], den: pool.members.clone() };
        for touched in &self.sent {
            tally.num[touched.period] += i64::from(pool.has(touched.customer, touched.period));
        }
        let reach = Timed::of("reach_rate", Unit::Share, tally.series(self.periods, 0, self.periods.after(0)));
        reach.map(|metric| pool.marked(metric))
    }

    /// Share of the coupons sent in t that were redeemed before they expired, once all have.
    pub(super) fn redemption(&self) -> Timed {
        let missing = |column| needs("redemption_rate", Unit::Share, column).into();
        let Some(coupons) = self.table.labels(TableField::CouponId) else { return missing("touches.coupon_id") };
        let Some(redeemed_us) = self.table.times_us(TableField::RedeemedAt) else { return missing("touches.redeemed_at") };
        let (Some(sent_us), Some(days)) = (self.table.times_us(TableField::SentAt), self.table.days(TableField::SentAt)) else {
            return missing("touches.sent_at");
        };
        let expires_us = self.table.times_us(TableField::ExpiresAt);
        let clock = &self.view.histories.clock;
        let mut tally = Tally::new(self.periods);
        let mut mature_day: Vec<i32> = (0..self.periods.len).map(|t| self.periods.end(t)).collect();
        for row in (0..self.table.rows).filter(|&row| coupons.codes[row] != NONE && !self.is_held_back(row)) {
            let Some(period) = self.periods.index(days[row]) else { continue };
            let expires_us = expires_us.map(|expires| expires[row]).filter(|&at| at != i64::MAX);
            let expires_us = expires_us.unwrap_or(sent_us[row] + VALID_DAYS * DAY_US);
            tally.den[period] += 1;
            tally.num[period] += i64::from(redeemed_us[row] <= expires_us && redeemed_us[row] < self.end_us());
            // The first day that begins no sooner.
            let day = clock.day(expires_us);
            let passed = day + i32::from(clock.day_start_us(day) < expires_us);
            mature_day[period] = mature_day[period].max(passed);
        }
        Timed::of("redemption_rate", Unit::Share, tally.series(self.periods, 0, |t| mature_day[t]))
    }

    /// Share of those touched in t who bought within the days of attribution, less that of those held back.
    fn incremental(&self) -> Metric {
        const ID: &str = "incremental_rate";
        if self.table.column(TableField::IsControl).is_none() {
            return needs(ID, Unit::Difference, "touches.is_control");
        }
        let last = (0..self.periods.len).rev().find(|&t| self.periods.after(self.days)(t) <= self.periods.end_day);
        let Some(t) = last else { return latest(ID, Unit::Difference, &self.response(None)) };
        let bought = |touched: &[Touched]| {
            let of = touched.iter().filter(|touched| touched.period == t);
            of.fold((0u32, 0u32), |(x, n), touched| (x + u32::from(touched.bought), n + 1))
        };
        let ((x, n), (x0, n0)) = (bought(&self.sent), bought(&self.held_back));
        let value = (n > 0 && n0 > 0).then(|| f64::from(x) / f64::from(n) - f64::from(x0) / f64::from(n0));
        Metric {
            interval: Interval::newcombe((x, n), (x0, n0)),
            note: Some(Localized::new(
                format!("已触达 {x}/{n} 下单，对照组 {x0}/{n0}"),
                format!("{x} of {n} touched bought, {x0} of {n0} held back"),
            )),
            period: Some(self.periods.describe(t).label),
            ..overall(ID, Unit::Difference, value, n + n0)
        }
    }

    /// Without a control group: share of those touched who bought in t, less that of those not touched who were alike at the start of t. Not causal.
    fn observational_gap(&self, people: &[Person]) -> Metric {
        const ID: &str = "observational_gap";
        let last = (0..self.periods.len).rev().find(|&t| self.periods.end(t) <= self.periods.end_day);
        let Some(t) = last else { return latest(ID, Unit::Difference, &self.response(None)) };
        let start = self.periods.start(t);
        let days = &self.view.histories.day;
        // Bought and all, of those not touched and of those touched.
        let mut strata = [[(0u32, 0u32); 2]; STRATA];
        for person in people.iter().filter(|person| person.cohort < t) {
            let (mut before, mut last_day, mut bought) = (0, start, false);
            for row in self.view.purchases(person.customer as usize) {
                if days[row] < start {
                    (before, last_day) = (before + 1, days[row]);
                }
                bought |= self.periods.index(days[row]) == Some(t);
            }
            let is_touched = self.has(t, person.customer);
            let (recency, frequency) =
                (RECENCY.partition_point(|&most| most < start - last_day), FREQUENCY.partition_point(|&most| most < before));
            let (x, n) = &mut strata[recency * (FREQUENCY.len() + 1) + frequency][usize::from(is_touched)];
            (*x, *n) = (*x + u32::from(bought), *n + 1);
        }
        let both: Vec<_> = strata.iter().filter(|[(_, n0), (_, n)]| *n0 > 0 && *n > 0).collect();
        let touched: u32 = both.iter().map(|stratum| stratum[1].1).sum();
        let rate = |(x, n): (u32, u32)| f64::from(x) / f64::from(n);
        let gaps = both.iter().map(|[rest, touched]| f64::from(touched.1) * (rate(*touched) - rate(*rest))).sum::<f64>();
        let value = (touched > 0).then(|| gaps / f64::from(touched));
        let n = both.iter().map(|[rest, touched]| rest.1 + touched.1).sum();
        let metric = Metric { period: Some(self.periods.describe(t).label), ..overall(ID, Unit::Difference, value, n) };
        metric.proxy(
            "非因果：与期初同近度、同频次的未触达客户相比",
            "not causal: against customers not touched who had bought as often and as lately at the start",
        )
    }
}

/// One entry per period and customer.
fn merge(touched: &mut Vec<Touched>) {
    sort_by(touched, |a, b| (a.period, a.customer).cmp(&(b.period, b.customer)));
    touched.dedup_by(|next, kept| {
        let is_same = (next.period, next.customer) == (kept.period, kept.customer);
        if is_same {
            kept.answered |= next.answered;
            kept.bought |= next.bought;
        }
        is_same
    });
}

/// The metrics of step 3 without touches; orders may say which of them used a coupon.
pub(super) fn missing(view: &View<'_>, periods: &Periods) -> Vec<Timed> {
    let all = [("reach_rate", Unit::Share), ("redemption_rate", Unit::Share), ("incremental_rate", Unit::Difference)];
    let mut metrics: Vec<Timed> = all.map(|(id, unit)| needs(id, unit, "touches").into()).into();
    if let Some(coupons) = view.histories.dimension("coupon_id") {
        let mut tally = Tally::new(periods);
        for row in (0..view.n_customers()).flat_map(|customer| view.orders(customer)) {
            let Some(period) = periods.index(view.histories.day[row]) else { continue };
            tally.den[period] += 1;
            tally.num[period] += i64::from(coupons.codes[row] != NONE);
        }
        let share = Timed::of("coupon_order_share", Unit::Share, tally.series(periods, 0, periods.after(0)));
        metrics.push(
            share.map(|metric| {
                metric.proxy("无触达表，以用券订单占比代替", "no touches: the share of orders with a coupon instead")
            }),
        );
    }
    metrics
}
