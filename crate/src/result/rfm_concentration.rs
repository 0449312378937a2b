//! Concentration: how few make how much of the net.

use serde::{Deserialize, Serialize};

use super::{Definition, Entity, Filter};
use crate::json::{Read, Write};

/// Options of the concentration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ConcentrationConfig {
    /// Whose net is looked at.
    pub entity: Entity,
    /// As-of day A (exclusive), ISO date; `None` takes the day after the last order.
    pub as_of: Option<String>,
    /// Length of the window `[A − W, A)` in days; `None` looks at all history.
    pub window_days: Option<u32>,
    /// Whether orders with net ≤ 0 count as purchases.
    pub count_zero: bool,
    /// Which orders to look at.
    pub filter: Filter,
}

impl Default for ConcentrationConfig {
    fn default() -> Self {
        Self { entity: Entity::Customer, as_of: None, window_days: Some(365), count_zero: false, filter: Filter::default() }
    }
}

/// A point of the Lorenz curve: the share of the net that the entities of least net have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LorenzPoint {
    /// Entities, those of least net.
    pub n_entities: u32,
    /// Their net, minor units, negative ones as 0.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// Share of entities, in [0, 1].
    pub share: f64,
    /// Share of net, in [0, 1].
    pub net_share: f64,
}

/// What the entities of greatest net have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TopShare {
    /// Percent of entities.
    pub percent: u32,
    /// Entities: that percentage, rounded up.
    pub n_entities: u32,
    /// Their net, minor units, negative ones as 0.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// Share of net, in [0, 1]; `None` when there is none.
    pub net_share: Option<f64>,
}

/// Concentration of net.
///
/// **Shape** `lorenz` at most 201 points from (0, 0) to (1, 1), ascending, empty when there is no net; `top` 1, 10 and 20 percent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConcentrationTable {
    /// How it was computed.
    pub definition: Definition,
    /// Entities with a purchase in the window.
    pub n_entities: u32,
    /// Their net in the window, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// Σ of the positive nets among them, minor units: what curve, Gini and shares are of.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub positive_net_minor: i64,
    /// Entities with a net of 0 or less: they count with 0.
    pub n_without_net: u32,
    /// Net of the window's other orders, minor units: of entities without a purchase in it, or naming none.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub left_out_net_minor: i64,
    /// 0 when all have the same, towards 1 when one has all; `None` when there is no net.
    pub gini: Option<f64>,
    /// The Lorenz curve.
    pub lorenz: Vec<LorenzPoint>,
    /// What the top has.
    pub top: Vec<TopShare>,
}
