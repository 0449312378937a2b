//! The metrics of private-domain retail: options and result.

use serde::{Deserialize, Serialize};

use super::{Definition, Filter, Granularity, Metric, StepPoint};
use crate::json::{Read, Write};

/// Options of the private-domain metrics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PrivateDomainConfig {
    /// Length of the periods t (month or week).
    pub granularity: Granularity,
    /// First day of the week, Monday 0 … Sunday 6.
    pub week_start: u8,
    /// Observation ends before this ISO date; `None` takes the day after the last order.
    pub complete_until: Option<String>,
    /// Which orders to look at.
    pub filter: Filter,
    /// w, the days up to the end of t in which a customer buys again.
    pub window_days: u32,
    /// H, the days after the first purchase in which whom a customer brings counts.
    pub horizon_days: u32,
}

impl Default for PrivateDomainConfig {
    fn default() -> Self {
        Self {
            granularity: Granularity::Month,
            week_start: 0,
            complete_until: None,
            filter: Filter::default(),
            window_days: 30,
            horizon_days: 240,
        }
    }
}

/// The private-domain metrics, in the order of the dictionary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PrivateDomainTable {
    /// How it was computed.
    pub definition: Definition,
    /// Every metric of the dictionary; some in several entries, `repeat_after_first` by days and `pool_gmv_tree` with its factors.
    pub metrics: Vec<DomainMetric>,
    /// Pickups before the end of the observation by weekday, Monday first, and hour of the local day; `None` without `picked_up_at`.
    pub pickup_hours: Option<Vec<[u32; 24]>>,
}

/// A metric and every period of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DomainMetric {
    /// The entry of the dictionary it belongs to.
    pub entry: String,
    /// The metric in the last period that is mature.
    pub metric: Metric,
    /// Over time, ascending; empty where it cannot be computed.
    pub series: Vec<StepPoint>,
}
