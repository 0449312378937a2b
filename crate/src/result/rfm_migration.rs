//! Migration: who was in which segment on one day and is in which on a later one.

use serde::{Deserialize, Serialize};

use super::{Definition, Localized, RfmConfig};
use crate::json::{Read, Write};

/// By which cut-points the later day is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MigrationMode {
    /// By those of the earlier day: a change of segment is a change of the customer.
    #[default]
    Frozen,
    /// By its own: a change of segment may come of the others' changes.
    Refit,
}

/// Options of the migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RfmMigrationConfig {
    /// The earlier as-of day A0 (exclusive), ISO date; `None` takes 90 days before `to`.
    pub from: Option<String>,
    /// The later as-of day A1 (exclusive), ISO date; `None` takes the day after the last order.
    pub to: Option<String>,
    /// By which cut-points the later day is scored.
    pub mode: MigrationMode,
    /// Links of fewer customers become part of `other`; 1 keeps all.
    pub min_cell: u32,
    /// How customers are scored and put into segments on both days.
    pub rfm: RfmConfig,
}

impl Default for RfmMigrationConfig {
    fn default() -> Self {
        Self { from: None, to: None, mode: MigrationMode::Frozen, min_cell: 1, rfm: RfmConfig::default() }
    }
}

/// Where a customer can be on one of the days: a segment, `prospects`, `lapsed_out`, or `not_yet` known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MigrationState {
    /// The segment's id, `prospects`, `lapsed_out` or `not_yet`.
    pub id: String,
    /// Its names.
    pub name: Localized,
    /// Customers on the earlier day: the sum of its row.
    pub n_before: u32,
    /// Customers on the later day: the sum of its column.
    pub n_after: u32,
    /// `n_after` − `n_before`.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_flow: i64,
    /// Net between the two days of those there on the earlier one, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_before_minor: i64,
    /// Net between the two days of those there on the later one, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_after_minor: i64,
}

/// A stream of customers from one state to another, `other` standing for what is too small to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MigrationLink {
    /// State on the earlier day, or `other`.
    pub source: String,
    /// State on the later day, or `other`.
    pub target: String,
    /// Customers.
    pub n_customers: u32,
    /// Their net between the two days, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
}

/// Migration between two days.
///
/// **Shape** `states` in the order of the preset, then `prospects`, `lapsed_out`, `not_yet`; each matrix has a row per state of the earlier day and
/// a column per state of the later one. `links` by source, then target, `other` last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmMigration {
    /// How it was computed.
    pub definition: Definition,
    /// The earlier as-of day.
    pub from: String,
    /// The later as-of day.
    pub to: String,
    /// The states: rows and columns of the matrices.
    pub states: Vec<MigrationState>,
    /// Customers known before the later day.
    pub n_customers: u32,
    /// Their net between the two days, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// Customers.
    pub customers: Vec<Vec<u32>>,
    /// Customers / sum of the row; `None` in an empty row.
    pub row_share: Vec<Vec<Option<f64>>>,
    /// Net between the two days, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "Array<Array<number>>"))]
    pub flow_minor: Vec<Vec<i64>>,
    /// The streams of a Sankey diagram; they add up to `n_customers`.
    pub links: Vec<MigrationLink>,
}
