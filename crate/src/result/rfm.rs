//! RFM segments: options, scores, grid and segment table.

use serde::{Deserialize, Serialize};

use super::{Definition, Filter, Localized, SliceConfig};
use crate::json::{Read, Write};

/// How scores become segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RfmPreset {
    /// Ten segments on R × fm, fm = (F + M) / 2 rounded half up. Needs 5 bins.
    #[default]
    Grid,
    /// Eleven segments by ordered rules over R, F and M. Needs 5 bins.
    Rules11,
    /// Eight segments by high or low on each axis, as set by `cn8By`.
    Cn8,
    /// The segments of `customSegments`.
    Custom,
}

/// Above what a customer is high on an axis under preset `cn8`. Equal is low.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Cn8By {
    /// The mean of the scored customers' raw values.
    #[default]
    Mean,
    /// Their median.
    Median,
    /// High is a score of at least `cn8Score`.
    Score,
}

/// How raw values become scores 1 to `bins`, higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ScoreMode {
    /// 1 + ⌊b·(2·less + equal) / 2n⌋, at most b: equal values get equal scores.
    Midrank,
    /// 1 for one-time buyers, 1 + midrank in b − 1 bins among the others. Frequency only.
    OnePlusQuartile,
    /// 1 + the number of cut-points below, which are the values at ranks ⌈j·n / b⌉: equal values get equal scores, scores may be skipped.
    NearestRank,
    /// 1 + the number of thresholds reached.
    Fixed,
    /// Groups of equal size, ties split by the last purchase's instant, then by customer id.
    Ntile,
    /// Midrank among the customers with equal scores on the axes before: F inside R, M inside R and F.
    Nested,
}

/// What M is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Monetary {
    /// Net of all valid orders in the window.
    #[default]
    Net,
    /// That net / purchases in the window.
    Aov,
    /// Net − cost of the valid orders in the window whose cost is known.
    Margin,
}

/// Weights of the three scores; they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RfmWeights {
    /// Weight of R.
    pub r: f64,
    /// Weight of F.
    pub f: f64,
    /// Weight of M.
    pub m: f64,
}

/// A box of scores that is, or is part of, a segment. An axis left out takes every score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SegmentRule {
    /// The segment's name, also its id. Boxes of one name make one segment.
    pub name: String,
    /// Least and greatest R, both included.
    #[serde(default)]
    pub r: Option<[u8; 2]>,
    /// Least and greatest F.
    #[serde(default)]
    pub f: Option<[u8; 2]>,
    /// Least and greatest M.
    #[serde(default)]
    pub m: Option<[u8; 2]>,
}

/// Segments of one's own. Every score triple has to be in exactly one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomSegments {
    /// The boxes; segments come in the order of their first one.
    pub rules: Vec<SegmentRule>,
    /// A triple in several segments belongs to the first; unless set, overlaps are refused.
    #[serde(default)]
    #[cfg_attr(feature = "typegen", ts(as = "Option<bool>", optional = nullable))]
    pub first_match: bool,
    /// The segment of triples in no box; unless given, gaps are refused.
    #[serde(default)]
    pub default: Option<String>,
}

/// Options of RFM.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RfmConfig {
    /// As-of day A (exclusive), ISO date; `None` takes the day after the last order.
    pub as_of: Option<String>,
    /// Length of the window `[A − W, A)` in days; `None` looks at all history.
    pub window_days: Option<u32>,
    /// Scores run from 1 to this, 3 to 5.
    pub bins: u8,
    /// Score mode of recency (days, fewer is better).
    pub recency_mode: ScoreMode,
    /// With recency mode `fixed`: at most how many days scores 2, 3 … need, descending.
    pub recency_limits: Option<Vec<i64>>,
    /// Score mode of frequency.
    pub frequency_mode: ScoreMode,
    /// With frequency mode `fixed`: at least how many orders (or days) scores 2, 3 … need, ascending.
    pub frequency_thresholds: Option<Vec<i64>>,
    /// Score mode of monetary.
    pub monetary_mode: ScoreMode,
    /// With monetary mode `fixed`: at least how many minor units scores 2, 3 … need, ascending.
    pub monetary_thresholds: Option<Vec<i64>>,
    /// Count distinct purchase days instead of orders (for split tickets).
    pub frequency_by_day: bool,
    /// What M is.
    pub monetary: Monetary,
    /// Whether orders with net ≤ 0 count as purchases.
    pub count_zero: bool,
    /// How scores become segments.
    pub preset: RfmPreset,
    /// Above what preset `cn8` sees a customer as high.
    pub cn8_by: Cn8By,
    /// The score from which on it does, with `cn8By` `score`.
    pub cn8_score: Option<u8>,
    /// The segments of preset `custom`.
    pub custom_segments: Option<CustomSegments>,
    /// Weights of the weighted score of the list of customers, which is for sorting only.
    pub weights: Option<RfmWeights>,
    /// The segment table once more for each label of a dimension.
    pub slice: Option<SliceConfig>,
    /// Which orders to look at.
    pub filter: Filter,
}

impl Default for RfmConfig {
    fn default() -> Self {
        Self {
            as_of: None,
            window_days: Some(365),
            bins: 5,
            recency_mode: ScoreMode::Midrank,
            recency_limits: None,
            frequency_mode: ScoreMode::OnePlusQuartile,
            frequency_thresholds: None,
            monetary_mode: ScoreMode::Midrank,
            monetary_thresholds: None,
            frequency_by_day: false,
            monetary: Monetary::Net,
            count_zero: false,
            preset: RfmPreset::Grid,
            cn8_by: Cn8By::Mean,
            cn8_score: None,
            custom_segments: None,
            weights: None,
            slice: None,
            filter: Filter::default(),
        }
    }
}

/// The group of customers with one score on one axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScoreGroup {
    /// 1 to `bins`.
    pub score: u8,
    /// Customers with it.
    pub n_customers: u32,
    /// Smallest raw value (days, orders, minor units: whole but for average order values); `None` when empty.
    pub min: Option<f64>,
    /// Largest raw value.
    pub max: Option<f64>,
}

/// The raw values at which scores begin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScoreCuts {
    /// Mode `nested`: the scores (R, then F) of the customers they hold for; else empty.
    pub within: Vec<u8>,
    /// Shape: `bins` − 1. The raw value at which scores 2, 3 … begin; `None` where nobody reaches the score.
    pub at: Vec<Option<f64>>,
}

/// The scores of one axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScoreAxis {
    /// How raw values became scores.
    pub mode: ScoreMode,
    /// Shape: `bins`, by ascending score.
    pub groups: Vec<ScoreGroup>,
    /// The effective cut-points: one entry, but for mode `nested`.
    pub cuts: Vec<ScoreCuts>,
    /// Whether a score begins past its cut-point (mode `nearest_rank`) instead of at it.
    pub past_cuts: bool,
    /// All values are equal: the score carries no information.
    pub degenerate: bool,
    /// Equal values may have different scores (modes `ntile` and `nested`).
    pub splits_ties: bool,
}

/// A cell of the R × fm grid, fm = (F + M + 1) div 2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmCell {
    /// Recency score.
    pub r: u8,
    /// Combined frequency and monetary score.
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
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
    /// Mean F: orders (or purchase days) per customer.
    pub mean_frequency: Option<f64>,
    /// Mean M, minor units: net or margin per customer, or net / orders.
    pub mean_monetary_minor: Option<f64>,
}

/// The segments of the customers of one label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmSlice {
    /// The label; `None` for customers without one.
    pub label: Option<String>,
    /// Customers scored.
    pub n_customers: u32,
    /// Their net in the window, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// As the table's; shares are those within the slice.
    pub segments: Vec<RfmSegment>,
}

/// What customers were compared with under preset `cn8` by `mean` or `median`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Cn8Levels {
    /// High is fewer days.
    pub recency_days: f64,
    /// High is more orders (or days).
    pub frequency: f64,
    /// High is more, in minor units. The mean of average order values is Σ net / Σ orders.
    pub monetary_minor: f64,
}

/// RFM segments.
///
/// **Shape** `cells` `bins`², R descending then fm ascending; `segments` in the order of the preset, then `prospects`, `lapsed_out`;
/// `slices` by label, those without a customer left out, the one without a label last, empty unless asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
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
    /// Under preset `cn8` by `mean` or `median`, when somebody is scored: what the raw values were compared with.
    pub cn8_levels: Option<Cn8Levels>,
    /// Valid orders in the window whose cost is not known and which M leaves out; `None` unless M is the margin.
    pub uncosted_orders: Option<u32>,
    /// The grid.
    pub cells: Vec<RfmCell>,
    /// The segments.
    pub segments: Vec<RfmSegment>,
    /// The segments by label.
    pub slices: Vec<RfmSlice>,
}
