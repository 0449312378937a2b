//! Slices of a result, and whose orders a history is: options shared by several metrics.

use serde::{Deserialize, Serialize};

use crate::json::{Read, Write};

/// Which label of a dimension a customer's orders belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SliceRule {
    /// All orders of a customer belong to the label of its first purchase looked at. Slices add up to the whole.
    #[default]
    FirstOrder,
    /// All orders of a customer belong to the most frequent label of its purchases; of several that of the latest purchase among them. Slices
    /// add up to the whole.
    Home,
    /// Each order belongs to its own label, as if the label were a filter: a customer may be in several slices, which do not add up.
    Order,
}

/// One result per label of a dimension, beside the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SliceConfig {
    /// The dimension's key: `store_id`, `channel`, …
    pub by: String,
    /// Which label an order belongs to.
    #[serde(default)]
    pub rule: SliceRule,
}

/// Whose orders are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    /// Customers.
    #[default]
    Customer,
    /// Members of staff, by `staff_id`.
    Staff,
    /// Group leaders, by `staff_id`.
    Leader,
    /// Stores, by `store_id`.
    Store,
}

impl Entity {
    /// The key of the dimension that names it; `None` for customers.
    #[must_use]
    pub fn dimension(self) -> Option<&'static str> {
        match self {
            Self::Customer => None,
            Self::Staff | Self::Leader => Some("staff_id"),
            Self::Store => Some("store_id"),
        }
    }
}
