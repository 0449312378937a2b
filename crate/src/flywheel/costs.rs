//! What new buyers cost and what they are worth, cohort by cohort, and the claims made of both.
//!
//! Spend is of the period its day lies in. A filter by channel or store holds for spend that names them; by anything else spend cannot be told apart, and
//! cost metrics are proxies.

use crate::history::{Slices, View};
use crate::ingest::{NONE, Table, TableColumn};
use crate::pieces::in_pieces;
use crate::result::{
    ChannelCost, ClaimId, CohortCost, Costs, Filter, Metric, SliceConfig, SliceRule, TableField, TableKind, Unit, VALUE_DAYS,
};

use super::claims::{self, Point};
use super::metric::{Tally, latest, needs, overall, ratio};
use super::people::{DAY_US, Person};
use super::periods::Periods;
use super::pool::Pool;

/// New buyers must change by so many for a cost at the margin.
const MARGIN: i64 = 10;
/// Days of a month of payback.
const MONTH_DAYS: i32 = 30;
/// Index of 90 days in [`VALUE_DAYS`].
const NINETY: usize = 1;
const UNFILTERED: (&str, &str) = ("花费未按筛选条件拆分", "spend is not split by the filter");

/// Money spent, by period and channel.
struct Spend {
    per_period: Vec<i64>,
    /// Channel and period of each row with a channel.
    channels: Vec<(String, usize, i64)>,
    /// Whether the filter asks for what spend does not tell.
    unfiltered: bool,
}

impl Spend {
    fn of(view: &View<'_>, periods: &Periods, filter: &Filter) -> Option<Self> {
        let table = view.histories.table(TableKind::Spend)?;
        let Some(TableColumn::Money(minor)) = table.column(TableField::Amount) else { return None };
        let days = table.days(TableField::PeriodStart)?;
        let mut spend = Self { per_period: vec![0; periods.len], channels: Vec::new(), unfiltered: false };
        let mut kept = vec![true; table.rows];
        for (key, wanted) in &filter.only {
            spend.unfiltered |= !restrict(table, key, wanted, &mut kept);
        }
        let channel = table.labels(TableField::Channel);
        for row in (0..table.rows).filter(|&row| kept[row] && days[row] >= view.first_day) {
            let Some(period) = periods.index(days[row]) else { continue };
            spend.per_period[period] += minor[row];
            if let Some(channel) = channel.filter(|channel| channel.codes[row] != NONE) {
                spend.channels.push((channel.labels[channel.codes[row] as usize].clone(), period, minor[row]));
            }
        }
        Some(spend)
    }
}

/// Keeps the rows with one of the labels; whether the table knows the column.
fn restrict(table: &Table, key: &str, wanted: &[String], kept: &mut [bool]) -> bool {
    let field = match key {
        "channel" => TableField::Channel,
        "store_id" => TableField::StoreId,
        _ => return false,
    };
    let Some(column) = table.labels(field) else { return false };
    let is_wanted: Vec<bool> = column.labels.iter().map(|label| wanted.contains(label)).collect();
    for (kept, &code) in kept.iter_mut().zip(&column.codes) {
        *kept &= code != NONE && is_wanted[code as usize];
    }
    true
}

/// The money of each entry cohort.
pub(super) struct Worth {
    buyers: Vec<i64>,
    /// Σ net by cohort within each of [`VALUE_DAYS`].
    net: [Vec<i64>; 4],
    /// Σ margin (or net) by cohort and month since the first purchase.
    months: Vec<Vec<i64>>,
    by_margin: bool,
    /// Σ net within 90 days of buyers who were not referred and who were, of those observed so long.
    pub(super) referred_net: [i64; 2],
    /// How many they are.
    pub(super) referred: [i64; 2],
}

impl Worth {
    pub(super) fn of(view: &View<'_>, people: &[Person], periods: &Periods) -> Self {
        let histories = view.histories;
        let costs = histories.cost_minor.as_deref();
        let costs =
            costs.filter(|costs| people.iter().flat_map(|p| view.orders(p.customer as usize)).all(|row| costs[row] != i64::MAX));
        let observed = |cohort| (periods.end_day - periods.end(cohort)).max(0) / MONTH_DAYS;
        let mut worth = Self {
            buyers: vec![0; periods.len],
            net: std::array::from_fn(|_| vec![0; periods.len]),
            months: (0..periods.len).map(|cohort| vec![0; observed(cohort) as usize]).collect(),
            by_margin: costs.is_some(),
            referred_net: [0; 2],
            referred: [0; 2],
        };
        let month_us = i64::from(MONTH_DAYS) * DAY_US;
        let spans_us = VALUE_DAYS.map(|days| i64::from(days) * DAY_US);
        in_pieces(people.len(), &mut |pieces| {
            for person in &people[pieces] {
                worth.buyers[person.cohort] += 1;
                // Orders ascend in time: spans and months are counted on, not divided out.
                let (mut span, mut nets) = (0, [0; 4]);
                let (mut month, mut next_us) = (0, month_us);
                let months = &mut worth.months[person.cohort];
                for row in view.orders(person.customer as usize) {
                    let (since_us, net) = (histories.time_us[row] - person.first_us, histories.net_minor[row]);
                    if since_us < 0 {
                        continue;
                    }
                    while since_us >= next_us {
                        (month, next_us) = (month + 1, next_us + month_us);
                    }
                    while spans_us.get(span).is_some_and(|&end_us| since_us >= end_us) {
                        span += 1;
                    }
                    if let Some(sum) = nets.get_mut(span) {
                        *sum += net;
                    }
                    if let Some(sum) = months.get_mut(month) {
                        *sum += net - costs.map_or(0, |costs| costs[row]);
                    }
                }
                let mut within = 0;
                for (sums, net) in worth.net.iter_mut().zip(nets) {
                    within += net;
                    sums[person.cohort] += within;
                }
                if person.first_day + (VALUE_DAYS[NINETY] as i32) < periods.end_day {
                    let group = usize::from(person.inviter != NONE);
                    worth.referred_net[group] += nets[0] + nets[NINETY];
                    worth.referred[group] += 1;
                }
            }
        });
        worth
    }

    /// Value per member by one of [`VALUE_DAYS`].
    fn value(&self, cohort: usize, horizon: usize, periods: &Periods) -> Option<f64> {
        let mature = periods.end(cohort) + VALUE_DAYS[horizon] as i32 <= periods.end_day;
        ratio(self.net[horizon][cohort], self.buyers[cohort]).filter(|_| mature)
    }

    fn payback(&self, cohort: usize, spend_minor: i64) -> Option<u32> {
        let mut sum = 0;
        let reached = self.months[cohort].iter().position(|month| {
            sum += month;
            sum >= spend_minor
        });
        reached.map(|month| month as u32 + 1)
    }
}

/// Cost, value and claims, and the metrics of step 6 that need spend.
pub(super) fn costs(
    view: &View<'_>,
    worth: &Worth,
    people: &[Person],
    pool: Option<&Pool>,
    periods: &Periods,
    filter: &Filter,
) -> (Costs, Vec<Metric>) {
    let spend = Spend::of(view, periods, filter);
    let is_complete = |t: usize| periods.end(t) <= periods.end_day;
    let last = (0..periods.len).rev().find(|&t| is_complete(t));
    let cohorts: Vec<CohortCost> = (0..periods.len).map(|t| cohort(worth, spend.as_ref(), periods, t)).collect();
    let trend = |read: &dyn Fn(usize) -> Option<f64>| -> Vec<Point> {
        let from = periods.first_with_past();
        (from..periods.len).filter_map(|t| Some((t, read(t).filter(|&value| value > 0.0)?))).collect()
    };
    let members = |pool: &Pool| (0..periods.len).filter(|&t| is_complete(t)).map(|t| (t, pool.members[t] as f64)).collect();
    let claims = [
        (ClaimId::FallingCost, spend.as_ref().map(|_| trend(&|t| cohorts[t].cac_minor)).ok_or("spend")),
        (ClaimId::RisingValue, Ok(trend(&|t| cohorts[t].values_minor[NINETY]))),
        (ClaimId::GrowingAssets, pool.map(members).ok_or("members")),
    ];
    let metrics = metrics(worth, spend.as_ref(), &cohorts, periods);
    let costs = Costs {
        channels: spend.as_ref().zip(last).map_or_else(Vec::new, |(spend, last)| channels(view, people, spend, last)),
        by_margin: worth.by_margin,
        claims: claims.map(|(id, points)| claims::judge(id, points, periods)),
        cohorts,
    };
    (costs, metrics)
}

fn cohort(worth: &Worth, spend: Option<&Spend>, periods: &Periods, t: usize) -> CohortCost {
    let spent = |t: usize| spend.filter(|_| periods.end(t) <= periods.end_day).map(|spend| spend.per_period[t]);
    let cac = spent(t).and_then(|spent| ratio(spent, worth.buyers[t]));
    let marginal = t.checked_sub(1).and_then(|before| {
        let (more, buyers) = (spent(t)? - spent(before)?, worth.buyers[t] - worth.buyers[before]);
        ratio(more, buyers).filter(|_| buyers.abs() >= MARGIN)
    });
    let values = std::array::from_fn(|horizon| worth.value(t, horizon, periods));
    CohortCost {
        period: periods.describe(t),
        new_buyers: worth.buyers[t] as u32,
        left_censored: t < periods.first_with_past(),
        spend_minor: spend.map(|spend| spend.per_period[t]),
        cac_minor: cac,
        marginal_cac_minor: marginal,
        values_minor: values,
        value_per_cost: values.map(|value| cac.filter(|&cac| cac > 0.0).and_then(|cac| Some(value? / cac))),
        payback_months: spent(t).filter(|_| worth.buyers[t] > 0).and_then(|spent| worth.payback(t, spent)),
    }
}

/// Cost by channel in one period, ascending by channel.
fn channels(view: &View<'_>, people: &[Person], spend: &Spend, period: usize) -> Vec<ChannelCost> {
    let config = SliceConfig { by: "channel".into(), rule: SliceRule::FirstOrder };
    let Ok(slices) = Slices::new(view, &config) else { return Vec::new() };
    let mut found: std::collections::BTreeMap<&str, (i64, i64)> = std::collections::BTreeMap::new();
    for (channel, _, minor) in spend.channels.iter().filter(|&&(_, t, _)| t == period) {
        found.entry(channel).or_default().0 += minor;
    }
    for person in people.iter().filter(|person| person.cohort == period) {
        if let Some(channel) = slices.label(slices.of_whole_customer(person.customer as usize)) {
            found.entry(channel).or_default().1 += 1;
        }
    }
    let cost = |(channel, (spend_minor, buyers)): (&str, (i64, i64))| ChannelCost {
        channel: channel.into(),
        spend_minor,
        new_buyers: buyers as u32,
        cac_minor: ratio(spend_minor, buyers),
    };
    found.into_iter().map(cost).collect()
}

/// `cac`, `ltv_cac` and `payback` of the last cohort that has them.
fn metrics(worth: &Worth, spend: Option<&Spend>, cohorts: &[CohortCost], periods: &Periods) -> Vec<Metric> {
    let units = [("cac", Unit::Minor), ("ltv_cac", Unit::Ratio), ("payback", Unit::Days)];
    let Some(spend) = spend else { return units.map(|(id, unit)| needs(id, unit, "spend")).to_vec() };
    let tally = Tally { num: spend.per_period.clone(), den: worth.buyers.clone() };
    let mut cac = latest("cac", Unit::Minor, &tally.series(periods, 0, periods.after(0)));
    cac.n = cac.den.map(|den| den as u32);
    let worth_it = Tally { num: worth.net[NINETY].clone(), den: spend.per_period.clone() };
    let worth_it = worth_it.series(periods, 0, periods.after(VALUE_DAYS[NINETY]));
    let ltv = latest("ltv_cac", Unit::Ratio, &worth_it).noted("首购后 90 天的净额", "net of the first 90 days");
    let reached = cohorts.iter().rev().find_map(|cohort| Some((cohort, cohort.payback_months?)));
    let days = reached.map(|(_, months)| f64::from(months) * f64::from(MONTH_DAYS));
    let payback = Metric {
        period: reached.map(|(cohort, _)| cohort.period.label.clone()),
        ..overall("payback", Unit::Days, days, reached.map_or(0, |(cohort, _)| cohort.new_buyers))
    };
    let payback = if worth.by_margin {
        payback
    } else {
        payback.noted("按净额计，未扣成本", "by net: the cost of goods is not known")
    };
    let marked = |metric: Metric| if spend.unfiltered { metric.proxy(UNFILTERED.0, UNFILTERED.1) } else { metric };
    [cac, ltv, payback].map(marked).to_vec()
}
