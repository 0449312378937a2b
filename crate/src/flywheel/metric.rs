//! From numerators and denominators per period to a [`Metric`] with its status.

use crate::history::iso_date;
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
        Series { points: (0..periods.len).map(point).collect(), mature_day: matures(from) }
    }
}

/// A ratio per period.
pub(super) struct Series {
    pub points: Vec<StepPoint>,
    /// The day from which the first point is mature.
    pub mature_day: i32,
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
