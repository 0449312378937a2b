//! Growth accounting: options and periods, in customers and in revenue.

use serde::{Deserialize, Serialize};

use super::{Definition, Entity, Filter, Granularity, Localized, Period, SliceConfig};
use crate::json::{Read, Write};

/// What growth accounting compares with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum GrowthWindow {
    /// Each calendar period with the one before.
    #[default]
    Calendar,
    /// For each day the days up to it with as many days before them; needs granularity `day`.
    Rolling,
}

/// Options of growth accounting.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct GrowthConfig {
    /// Length of the periods.
    pub granularity: Granularity,
    /// Calendar periods or a rolling window.
    pub window: GrowthWindow,
    /// Days of the rolling window; `None` takes 28.
    pub rolling_days: Option<u32>,
    /// First day of the week, Monday 0 … Sunday 6.
    pub week_start: u8,
    /// Whether orders with net ≤ 0 count as purchases.
    pub count_zero: bool,
    /// Whose orders are followed.
    pub entity: Entity,
    /// One account per label of a dimension, beside the whole.
    pub slice: Option<SliceConfig>,
    /// Observation ends before this ISO date; `None` takes the day after the last order.
    pub complete_until: Option<String>,
    /// Which orders to look at.
    pub filter: Filter,
}

impl GrowthConfig {
    /// Days of a rolling window unless said otherwise: four weeks, so that weekdays weigh the same.
    pub const ROLLING_DAYS: u32 = 28;
}

/// Customers of one period by what they did in it and in the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GrowthCounts {
    /// Active: at least one order with net > 0.
    pub active: u32,
    /// Active for the first time.
    pub new: u32,
    /// Active, and active the period before.
    pub retained: u32,
    /// Active, not the period before, first active earlier.
    pub resurrected: u32,
    /// Not active, but active the period before.
    pub churned: u32,
    /// Not active, not the period before either, first active earlier.
    pub dormant: u32,
}

/// Revenue of one period, u = max(net of the customer, 0), minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GrowthRevenue {
    /// Σ u over active customers.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total: i64,
    /// Σ u over new customers.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub new: i64,
    /// Σ min(u, u before) over retained customers.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub retained: i64,
    /// Σ max(u − u before, 0) over retained customers.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub expansion: i64,
    /// Σ max(u before − u, 0) over retained customers.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub contraction: i64,
    /// Σ u over resurrected customers.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub resurrected: i64,
    /// Σ u before over churned customers.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub churned: i64,
    /// Σ (net − u): what reconciles `total` to the reported net.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub refund_adjust: i64,
    /// Net of all orders of the period.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub reported_net: i64,
}

/// One period of growth accounting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GrowthPeriod {
    /// The period; when it is not complete its churn is provisional. Of a rolling window: its days, labelled by the last.
    pub period: Period,
    /// The data's first period: "new" includes customers from before the file, leave it out of trends. Of a rolling window: the days before it are
    /// not all in the data.
    pub first: bool,
    /// Customers active in this period or an earlier one.
    pub customers_to_date: u32,
    /// Customers.
    pub counts: GrowthCounts,
    /// Revenue.
    pub revenue: GrowthRevenue,
    /// (new + resurrected) / churned; `None` without churn.
    pub quick_ratio: Option<f64>,
    /// Nobody churned: there is no quick ratio.
    pub no_loss: bool,
    /// (new + resurrected + expansion) / (churned + contraction); `None` without loss.
    pub revenue_quick_ratio: Option<f64>,
    /// No revenue was lost: there is no revenue quick ratio.
    pub no_revenue_loss: bool,
    /// retained / active of the period before.
    pub retention_rate: Option<f64>,
    /// resurrected / (customers from before, not active the period before).
    pub reactivation_rate: Option<f64>,
}

/// An identity that must hold, evaluated on this result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IdentityCheck {
    /// `I1` … as in docs/metrics.md.
    pub id: String,
    /// The equation in words.
    pub equation: Localized,
    /// Periods it was checked on.
    pub checked: u32,
    /// Periods it failed on; 0, or this is a bug of ours.
    pub failed: u32,
}

/// Growth accounting of one slice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GrowthSlice {
    /// The label; `None` for what has none.
    pub label: Option<String>,
    /// The same periods as the whole's.
    pub periods: Vec<GrowthPeriod>,
    /// I1–I5, I10, I11 evaluated on the slice.
    pub identities: Vec<IdentityCheck>,
}

/// Growth accounting.
///
/// **Shape** `periods` ascending, every period from the first order to the end of the observation, empty ones included; of a rolling window one per
/// day. `slices` in the order of their labels, those with an order in the view, the one without a label last; empty where none were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GrowthTable {
    /// How it was computed.
    pub definition: Definition,
    /// The periods.
    pub periods: Vec<GrowthPeriod>,
    /// I1–I5, I10, I11 evaluated, and I16 (slices add up) where slices part the customers.
    pub identities: Vec<IdentityCheck>,
    /// The slices.
    pub slices: Vec<GrowthSlice>,
}
