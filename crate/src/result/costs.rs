//! What growth costs, what it is worth, and whether the two claims of the loop hold.

use serde::{Deserialize, Serialize};

use super::{Localized, Period};
use crate::json::{Read, Write};

/// Days after the first purchase by which the value of a customer is told.
pub const VALUE_DAYS: [u32; 4] = [30, 90, 180, 365];

/// Cost and value, and the claims made of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Costs {
    /// Every period as entry cohort, ascending.
    pub cohorts: Vec<CohortCost>,
    /// The last complete period by channel: of the spend, and of the customers' first purchase.
    pub channels: Vec<ChannelCost>,
    /// Whether the cost of goods is known of every order, so that payback counts margin, not net.
    pub by_margin: bool,
    /// Falling cost, rising value, growing assets.
    pub claims: [Claim; 3],
}

/// What the customers of an entry cohort cost, and what they are worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CohortCost {
    /// The period.
    pub period: Period,
    /// Customers whose first purchase is in it.
    pub new_buyers: u32,
    /// The data begins in it, so that some of them bought before; it is left out of the claims.
    pub left_censored: bool,
    /// Minor units spent for it; `None` without the table.
    #[cfg_attr(feature = "typegen", ts(type = "number | null"))]
    pub spend_minor: Option<i64>,
    /// Spend per new buyer, minor units; `None` until the period is complete.
    pub cac_minor: Option<f64>,
    /// Change of spend over change of new buyers since the period before, where those changed by 10 or more.
    pub marginal_cac_minor: Option<f64>,
    /// Net per customer within [`VALUE_DAYS`] of the first purchase, minor units; `None` until mature.
    pub values_minor: [Option<f64>; 4],
    /// The same over the cost per new buyer.
    pub value_per_cost: [Option<f64>; 4],
    /// Months of 30 days after which the margin (or net) per customer has reached their cost; `None` where it has not yet.
    pub payback_months: Option<u32>,
}

/// What the new buyers of a channel cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChannelCost {
    /// The channel.
    pub channel: String,
    /// Minor units spent in it.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub spend_minor: i64,
    /// Customers whose first purchase was in it.
    pub new_buyers: u32,
    /// Spend per new buyer, minor units.
    pub cac_minor: Option<f64>,
}

/// What the loop is said to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ClaimId {
    /// 边际成本递减: a new buyer costs less and less.
    FallingCost,
    /// 用户价值递增: a new buyer is worth more and more.
    RisingValue,
    /// 用户资产增厚: the pool grows.
    GrowingAssets,
}

/// What the data says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The trend goes the way that is claimed, p < 0.05.
    Supported,
    /// It goes the other way, p < 0.05.
    Contradicted,
    /// No trend that could not be chance.
    NotShown,
    /// Fewer than 8 periods.
    InsufficientData,
    /// A table is missing: see `needs`.
    NotTestable,
}

/// A claim and its trend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// Which claim.
    pub id: ClaimId,
    /// Its names.
    pub name: Localized,
    /// What the data says.
    pub verdict: Verdict,
    /// Theil–Sen slope per period: of the logarithm of cost and of value, of the number of members; `None` of fewer than two points.
    pub slope: Option<f64>,
    /// Mann–Kendall's z, tie-corrected, with continuity correction.
    pub z: Option<f64>,
    /// Two-sided p of z.
    pub p: Option<f64>,
    /// The periods looked at, at most the last 12, ascending.
    pub points: Vec<ClaimPoint>,
    /// The table to export.
    pub needs: Option<String>,
}

/// What a claim is about, in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ClaimPoint {
    /// Label of the period.
    pub period: String,
    /// Minor units per customer, or members.
    pub value: f64,
}
