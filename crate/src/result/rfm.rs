//! RFM segments: options, grid, segment table and the per-customer scores.

use serde::{Deserialize, Serialize};

use super::{Definition, Filter, Localized};

/// How scores become segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RfmPreset {
    /// Ten segments on R × fm, fm = (F + M) / 2 rounded half up.
    #[default]
    Grid,
    /// Eleven segments by ordered rules over R, F and M.
    Rules11,
}

/// How raw values become scores 1..=5, higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ScoreMode {
    /// 1 + ⌊5·(2·less + equal) / 2n⌋, at most 5: equal values get equal scores.
    Midrank,
    /// 1 for one-time buyers, 1 + midrank in four bins among the others.
    OnePlusQuartile,
}

/// Options of RFM.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RfmConfig {
    /// As-of day A (exclusive), ISO date; `None` takes the day after the last order.
    pub as_of: Option<String>,
    /// Length of the window `[A − W, A)` in days; `None` looks at all history.
    pub window_days: Option<u32>,
    /// Score mode of recency (days, fewer is better).
    pub recency_mode: ScoreMode,
    /// Score mode of frequency.
    pub frequency_mode: ScoreMode,
    /// Score mode of monetary.
    pub monetary_mode: ScoreMode,
    /// Count distinct purchase days instead of orders (for split tickets).
    pub frequency_by_day: bool,
    /// Whether orders with net ≤ 0 count as purchases.
    pub count_zero: bool,
    /// How scores become segments.
    pub preset: RfmPreset,
    /// Which orders to look at.
    pub filter: Filter,
}

impl Default for RfmConfig {
    fn default() -> Self {
        Self {
            as_of: None,
            window_days: Some(365),
            recency_mode: ScoreMode::Midrank,
            frequency_mode: ScoreMode::OnePlusQuartile,
            monetary_mode: ScoreMode::Midrank,
            frequency_by_day: false,
            count_zero: false,
            preset: RfmPreset::Grid,
            filter: Filter::default(),
        }
    }
}

/// The group of customers with one score on one axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScoreGroup {
    /// 1..=5.
    pub score: u8,
    /// Customers with it.
    pub n_customers: u32,
    /// Smallest raw value (days, orders, minor units); `None` when empty.
    #[cfg_attr(feature = "typegen", ts(type = "number | null"))]
    pub min: Option<i64>,
    /// Largest raw value.
    #[cfg_attr(feature = "typegen", ts(type = "number | null"))]
    pub max: Option<i64>,
}

/// The scores of one axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScoreAxis {
    /// How raw values became scores.
    pub mode: ScoreMode,
    /// Shape: 5, by ascending score.
    pub groups: Vec<ScoreGroup>,
    /// All values are equal: the score carries no information.
    pub degenerate: bool,
}

/// A cell of the R × fm grid, fm = (F + M + 1) div 2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmCell {
    /// Recency score, 1..=5.
    pub r: u8,
    /// Combined frequency and monetary score, 1..=5.
    pub fm: u8,
    /// The segment of the cell under preset `grid`, else `None`.
    pub segment: Option<String>,
    /// Customers in it.
    pub n_customers: u32,
    /// Share of scored customers, in [0, 1].
    pub share: f64,
    /// Their net in the window, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
}

/// One segment. `prospects` and `lapsed_out` carry customers only: they have no orders in the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmSegment {
    /// Stable id, e.g. `champions`.
    pub id: String,
    /// Its names.
    pub name: Localized,
    /// Whether its customers were scored (not so for `prospects` and `lapsed_out`).
    pub scored: bool,
    /// Customers.
    pub n_customers: u32,
    /// Share of scored customers, in [0, 1]; `None` outside the grid or when nobody is scored.
    pub share: Option<f64>,
    /// Orders in the window.
    pub orders: u32,
    /// Net in the window, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// Share of the window's net; `None` when that is 0.
    pub net_share: Option<f64>,
    /// Net / orders, minor units.
    pub aov_minor: Option<f64>,
    /// Mean recency in days.
    pub mean_recency_days: Option<f64>,
    /// Median recency in days.
    pub median_recency_days: Option<f64>,
    /// Mean orders per customer.
    pub mean_frequency: Option<f64>,
    /// Mean net per customer, minor units.
    pub mean_monetary_minor: Option<f64>,
}

/// RFM segments.
///
/// **Shape** `cells` 25, R descending then fm ascending; `segments` in the order of the preset, then `prospects`, `lapsed_out`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmTable {
    /// How it was computed.
    pub definition: Definition,
    /// Customers scored.
    pub n_customers: u32,
    /// Their net in the window, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// Recency scores (raw values in days).
    pub recency: ScoreAxis,
    /// Frequency scores (raw values in orders or days).
    pub frequency: ScoreAxis,
    /// Monetary scores (raw values in minor units).
    pub monetary: ScoreAxis,
    /// The grid.
    pub cells: Vec<RfmCell>,
    /// The segments.
    pub segments: Vec<RfmSegment>,
}

/// The scored customers behind an [`RfmTable`], one entry each, ascending by customer id bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmCustomers {
    /// Customer ids.
    pub customer_id: Vec<String>,
    /// Days since the last order.
    #[cfg_attr(feature = "typegen", ts(type = "Int32Array"))]
    pub recency_days: Vec<i32>,
    /// Orders (or purchase days) in the window.
    #[cfg_attr(feature = "typegen", ts(type = "Uint32Array"))]
    pub frequency: Vec<u32>,
    /// Net in the window, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "Float64Array"))]
    pub monetary_minor: Vec<i64>,
    /// Recency score.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub r: Vec<u8>,
    /// Frequency score.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub f: Vec<u8>,
    /// Monetary score.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub m: Vec<u8>,
    /// Segment ids, by `segment`.
    pub segments: Vec<String>,
    /// Index into `segments`.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub segment: Vec<u8>,
}
