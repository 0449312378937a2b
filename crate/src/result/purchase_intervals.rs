//! Purchase intervals: how long customers who come back wait, and what that says about periods to choose.

use serde::{Deserialize, Serialize};

use super::{Definition, Filter, Granularity};
use crate::json::{Read, Write};

/// Options of the purchase intervals.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PurchaseIntervalConfig {
    /// Whether orders with net ≤ 0 count as purchases.
    pub count_zero: bool,
    /// Observation ends before this ISO date; `None` takes the day after the last order.
    pub complete_until: Option<String>,
    /// Which orders to look at.
    pub filter: Filter,
}

/// A point of the distribution of medians.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IntervalPoint {
    /// Whole days.
    pub days: u32,
    /// Customers whose median is at most so many.
    pub n_customers: u32,
    /// Their share of the customers who came back, in [0, 1].
    pub share: f64,
}

/// How long customers wait between the days they buy on.
///
/// **Shape** `points` ascending by days, one per number of days that adds a customer, the last with all who came back.
/// **Units** days; a median of an even number of gaps may be half of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PurchaseIntervals {
    /// How it was computed.
    pub definition: Definition,
    /// Customers with a purchase.
    pub n_customers: u32,
    /// Customers who bought on two days or more: those with a median, and the only ones the other numbers speak of.
    pub n_returning: u32,
    /// Fewer than 30 of them.
    pub low_n: bool,
    /// A quarter of them has at most this median; `None` when nobody came back.
    pub p25_days: Option<f64>,
    /// Half of them.
    pub p50_days: Option<f64>,
    /// Four in five of them.
    pub p80_days: Option<f64>,
    /// How many wait at most how long.
    pub points: Vec<IntervalPoint>,
    /// The finest of day, week, month and quarter whose rolling length is at least `p50_days`, else the year.
    pub granularity: Option<Granularity>,
    /// Who has not bought for so long is going dormant: `p80_days`.
    pub dormant_from_days: Option<f64>,
    /// Who has not bought for so long is dormant: twice `p80_days`.
    pub dormant_until_days: Option<f64>,
}
