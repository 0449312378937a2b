//! From numerators and denominators per period to a [`Metric`] with its status.

use crate::history::{Slices, iso_date};
use crate::result::{Interval, Localized, Metric, MetricStatus, StepPoint, Unit};
use crate::text::term;

use super::periods::Periods;

/// num / den, `None` where the denominator is 0.
pub(super) fn ratio(num: i64, den: i64) -> Option<f64> {
    (den != 0).then(|| num as f64 / den as f64)
}

/// A numerator and a denominator per period.
pub(super) struct Tally {
    pub num: Vec<i64>,
    pub den: Vec<i64>,
}

impl Tally {
    pub(super) fn new(periods: &Periods) -> Self {
        Self { num: vec![0; periods.len], den: vec![0; periods.len] }
    }

    /// The ratio per period; from index `from` on, a period is mature once the observation reaches `matures(index)`.
    pub(super) fn series(&self, periods: &Periods, from: usize, matures: impl Fn(usize) -> i32) -> Series {
        let point = |index: usize| {
            let (num, den) = (self.num[index], self.den[index]);
            let mature = index >= from && matures(index) <= periods.end_day;
            StepPoint { period: periods.describe(index), value: ratio(num, den).filter(|_| mature), num, den, mature }
        };
        Series { points: (0..periods.len).map(point).collect(), mature_day: matures(from), by_slice: None }
    }
}

/// A step's headline: a numerator and a denominator per period, and by slice in the period it speaks of, the last mature one.
///
/// Whatever a person adds belongs to that person's slice, so that the slices add up to the whole.
pub(super) struct Headline<'a> {
    /// The whole.
    pub tally: Tally,
    periods: &'a Periods,
    from: usize,
    days: u32,
    by_slice: Option<BySlice<'a>>,
}

/// Counts of each slice in one period.
struct BySlice<'a> {
    slices: &'a Slices<'a>,
    period: usize,
    counts: Vec<(i64, i64)>,
}

impl<'a> Headline<'a> {
    /// A headline that begins with period `from` and is mature so many days after a period's end.
    pub(super) fn new(periods: &'a Periods, slices: Option<&'a Slices<'a>>, from: usize, days: u32) -> Self {
        let last = (from..periods.len).rev().find(|&index| periods.after(days)(index) <= periods.end_day);
        let by_slice = slices.zip(last).map(|(slices, period)| BySlice { slices, period, counts: vec![(0, 0); slices.count()] });
        Self { tally: Tally::new(periods), periods, from, days, by_slice }
    }

    /// The period whose slices are asked for, if any are.
    pub(super) fn sliced_period(&self) -> Option<usize> {
        self.by_slice.as_ref().map(|by_slice| by_slice.period)
    }

    /// Adds what a customer does in a period.
    pub(super) fn add(&mut self, customer: u32, period: usize, num: i64, den: i64) {
        self.tally.num[period] += num;
        self.tally.den[period] += den;
        self.add_to_slice(customer, period, num, den);
    }

    /// The same for the slices alone, where the whole is known already.
    #[inline]
    pub(super) fn add_to_slice(&mut self, customer: u32, period: usize, num: i64, den: i64) {
        if let Some(of) = self.by_slice.as_mut().filter(|of| of.period == period) {
            let slot = &mut of.counts[of.slices.of_whole_customer(customer as usize)];
            *slot = (slot.0 + num, slot.1 + den);
        }
    }

    /// The headline over time.
    pub(super) fn series(self) -> Series {
        let series = self.tally.series(self.periods, self.from, self.periods.after(self.days));
        let by_slice = self.by_slice.map(|BySlice { period, mut counts, .. }| {
            let sum = counts.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            debug_assert_eq!(sum, (self.tally.num[period], self.tally.den[period]), "slices add up");
            counts.pop();
            counts
        });
        Series { by_slice, ..series }
    }
}

/// A ratio per period.
pub(super) struct Series {
    pub points: Vec<StepPoint>,
    /// The day from which the first point is mature.
    pub mature_day: i32,
    /// Numerator and denominator of each label's slice in the last mature period, where slices are asked for.
    pub by_slice: Option<Vec<(i64, i64)>>,
}

/// A metric with every period of it.
pub(super) struct Timed {
    pub metric: Metric,
    /// Ascending; empty where it cannot be computed.
    pub points: Vec<StepPoint>,
}

impl Timed {
    /// A series, and its last mature point as a metric.
    pub(super) fn of(id: &str, unit: Unit, series: Series) -> Self {
        Self { metric: latest(id, unit, &series), points: series.points }
    }

    /// The same with something done to the metric.
    pub(super) fn map(self, change: impl FnOnce(Metric) -> Metric) -> Self {
        Self { metric: change(self.metric), ..self }
    }
}

impl From<Metric> for Timed {
    fn from(metric: Metric) -> Self {
        Self { metric, points: Vec::new() }
    }
}

/// A metric without a value yet.
pub(super) fn blank(id: &str, unit: Unit, status: MetricStatus) -> Metric {
    Metric {
        id: id.into(),
        name: term(&format!("metric.{id}")),
        unit,
        status,
        value: None,
        num: None,
        den: None,
        n: None,
        interval: None,
        needs: None,
        note: None,
        period: None,
    }
}

/// A metric whose table or column is not there.
pub(super) fn needs(id: &str, unit: Unit, table: &str) -> Metric {
    Metric { needs: Some(table.into()), ..blank(id, unit, MetricStatus::NeedsTable) }
}

/// A number of people in the last complete period.
pub(super) fn count(id: &str, per_period: &[i64], periods: &Periods) -> Timed {
    let tally = Tally { num: per_period.to_vec(), den: vec![1; periods.len] };
    let counted = Timed::of(id, Unit::Count, tally.series(periods, 0, periods.after(0)));
    counted.map(|metric| Metric { den: None, n: None, ..metric })
}

/// A metric over all data, not of one period.
pub(super) fn overall(id: &str, unit: Unit, value: Option<f64>, n: u32) -> Metric {
    let status = if value.is_some() { MetricStatus::Ok } else { MetricStatus::Insufficient };
    Metric { value, n: Some(n), ..blank(id, unit, status) }
}

/// The last mature point as a metric; before the first is mature, the day it will be.
pub(super) fn latest(id: &str, unit: Unit, series: &Series) -> Metric {
    let Some(point) = series.points.iter().rev().find(|point| point.mature) else {
        let day = iso_date(series.mature_day);
        let note = Localized::new(format!("数据到 {day} 才满期"), format!("mature once the data reaches {day}"));
        return Metric { note: Some(note), ..blank(id, unit, MetricStatus::Immature) };
    };
    let shares = (u32::try_from(point.num), u32::try_from(point.den));
    Metric {
        value: point.value,
        num: Some(point.num as f64),
        den: Some(point.den as f64),
        n: shares.1.ok().filter(|_| unit != Unit::Minor),
        interval: match (unit, shares) {
            (Unit::Share, (Ok(num), Ok(den))) => Interval::wilson(num, den),
            _ => None,
        },
        period: Some(point.period.label.clone()),
        ..blank(id, unit, if point.value.is_some() { MetricStatus::Ok } else { MetricStatus::Insufficient })
    }
}

impl Metric {
    /// The same metric with something to know when reading it.
    pub(super) fn noted(mut self, zh: &str, en: &str) -> Self {
        self.note.get_or_insert_with(|| Localized::new(zh, en));
        self
    }

    /// The same metric, said to rest on a stand-in.
    pub(super) fn proxy(mut self, zh: &str, en: &str) -> Self {
        if self.status == MetricStatus::Ok {
            self.status = MetricStatus::Proxy;
        }
        self.noted(zh, en)
    }
}
