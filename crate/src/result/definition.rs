//! What every result says about itself: how it was computed, over what, in words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    CohortConfig, CohortCustomersConfig, ConcentrationConfig, FlywheelConfig, GrowthConfig, GrowthCustomersConfig,
    PrivateDomainConfig, PurchaseIntervalConfig, RfmConfig, RfmMigrationConfig, SetAside,
};
use crate::json::{Read, Write};

/// A sentence or name in the two languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct Localized {
    /// Chinese (zh-CN).
    pub zh: String,
    /// English.
    pub en: String,
}

/// The language of texts drawn into charts and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Chinese (zh-CN), the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// Which orders a metric looks at. An empty filter keeps all; several conditions are combined with "and".
///
/// A filtered metric sees only the orders kept: a customer's first order is the first one kept, and the data begin and end where the filter does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Filter {
    /// Keep orders from this local day on, ISO date.
    pub from: Option<String>,
    /// Keep orders before this local day, ISO date.
    pub until: Option<String>,
    /// Keep orders with one of these labels, by the dimension's key (`store_id`, `channel`, … or a column's name).
    #[cfg_attr(feature = "typegen", ts(optional = nullable, type = "Record<string, Array<string>>"))]
    pub only: BTreeMap<String, Vec<String>>,
}

/// The length of a calendar period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// Local days.
    Day,
    /// Weeks, starting Monday unless said otherwise.
    Week,
    /// Calendar months.
    #[default]
    Month,
    /// Calendar quarters.
    Quarter,
    /// Calendar years.
    Year,
}

impl Granularity {
    /// The days of a rolling column of this length.
    #[must_use]
    pub fn rolling_days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 91,
            Self::Year => 365,
        }
    }
}

/// A calendar period `[start, end)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// `2025-01-05` (day), `2025-W02` (ISO week of its first Thursday; `2025-01-05` for other week starts), `2025-01`, `2025-Q1`, `2025`.
    pub label: String,
    /// First local day, ISO date.
    pub start: String,
    /// Day after the last, ISO date.
    pub end: String,
    /// Whether the period ends at or before `complete_until`.
    pub complete: bool,
}

/// A two-sided confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The metric and its options with every default filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(tag = "metric", content = "config", rename_all = "snake_case")]
pub enum Parameters {
    /// Cohort retention.
    Cohorts(CohortConfig),
    /// The customers behind a cell of it.
    CohortCustomers(CohortCustomersConfig),
    /// Purchase intervals.
    PurchaseIntervals(PurchaseIntervalConfig),
    /// RFM segments.
    Rfm(RfmConfig),
    /// Migration between RFM segments.
    RfmMigration(RfmMigrationConfig),
    /// Concentration of net.
    Concentration(ConcentrationConfig),
    /// Growth accounting.
    Growth(GrowthConfig),
    /// The customers behind a count of it.
    GrowthCustomers(GrowthCustomersConfig),
    /// The flywheel.
    Flywheel(FlywheelConfig),
    /// The private-domain metrics.
    PrivateDomain(PrivateDomainConfig),
}

/// How instants become local days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LocalTimeNote {
    /// The fixed offset in minutes, `None` where transitions of a time zone are used.
    pub utc_offset_minutes: Option<i32>,
    /// The zone's name as given by the caller, if it was.
    pub time_zone: Option<String>,
    /// Whether the file's times were wall clock already (no zone in the Arrow type).
    pub wall_clock: bool,
}

/// How a result was computed. Two results with equal definitions over equal data are byte-equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Definition {
    /// Version of the metric definitions (docs/metrics.md), raised when a number changes its meaning.
    pub version: u32,
    /// Metric and resolved options.
    pub parameters: Parameters,
    /// As-of day A (exclusive), ISO date: orders on or after it are not looked at.
    pub as_of: String,
    /// Observation ends before this local day (exclusive), ISO date.
    pub complete_until: String,
    /// First local day with an order, ISO date.
    pub data_start: String,
    /// How instants became local days.
    pub local_time: LocalTimeNote,
    /// Statuses whose orders were excluded at ingest.
    pub excluded_statuses: Vec<String>,
    /// Rows set aside at ingest, by reason.
    pub set_aside: Vec<SetAside>,
    /// Orders looked at after the filter, before as-of.
    pub orders: u32,
    /// Orders among them that do not count as a purchase (net ≤ 0 and `count_zero` off).
    pub uncounted_orders: u32,
    /// Net of all orders looked at, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// One line for people.
    pub text: Localized,
}

/// The version written into every [`Definition`].
pub const DEFINITION_VERSION: u32 = 1;
