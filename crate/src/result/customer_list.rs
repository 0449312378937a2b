//! The customers behind a cohort's cell or a count of growth accounting.

use serde::{Deserialize, Serialize};

use super::{CohortConfig, Definition, GrowthConfig};
use crate::json::{Read, Write};

/// Which members of a cohort are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CohortMembers {
    /// Present in the column by the criterion.
    #[default]
    Present,
    /// Counted in the column, not present.
    Absent,
}

/// Options of the list behind a cell of a cohort table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CohortCustomersConfig {
    /// The table's options; its slices are not looked at.
    pub cohorts: CohortConfig,
    /// Labels of the cohorts, as in the table's rows; none takes all.
    pub labels: Vec<String>,
    /// The column, 0 for the cohort's own period.
    pub column: u32,
    /// Which of its members.
    pub members: CohortMembers,
}

/// A count of growth accounting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum GrowthPart {
    /// Active.
    #[default]
    Active,
    /// Active for the first time.
    New,
    /// Active, and active the period before.
    Retained,
    /// Active, not the period before, first active earlier.
    Resurrected,
    /// Not active, but active the period before.
    Churned,
    /// Not active, not the period before either, first active earlier.
    Dormant,
}

/// Options of the list behind a count of growth accounting.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct GrowthCustomersConfig {
    /// The account's options; its slices are not looked at.
    pub growth: GrowthConfig,
    /// Label of the period, as in the account.
    pub period: String,
    /// The count.
    pub part: GrowthPart,
}

/// Customers one by one, one entry each, ascending by the bytes of `customer_id`; what they did is over all orders looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CustomerList {
    /// Who they are.
    pub definition: Definition,
    /// Whether `customer_id` holds pseudonyms.
    pub pseudonyms: bool,
    /// Customer ids or their pseudonyms; of another entity its ids.
    pub customer_id: Vec<String>,
    /// Local days from the last purchase to the last day looked at, as in RFM.
    #[cfg_attr(feature = "typegen", ts(type = "Int32Array"))]
    pub recency_days: Vec<i32>,
    /// Purchases.
    #[cfg_attr(feature = "typegen", ts(type = "Uint32Array"))]
    pub orders: Vec<u32>,
    /// Net of all orders, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "Float64Array"))]
    pub net_minor: Vec<i64>,
}
