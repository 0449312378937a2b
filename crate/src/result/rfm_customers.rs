//! The scored customers behind an RFM table.

use serde::{Deserialize, Serialize};

use super::Definition;
use crate::json::{Read, Write};

/// The scored customers behind an [`RfmTable`](super::RfmTable), one entry each, ascending by the bytes of `customer_id`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RfmCustomers {
    /// How they were scored.
    pub definition: Definition,
    /// Whether `customer_id` holds pseudonyms.
    pub pseudonyms: bool,
    /// Customer ids or their pseudonyms.
    pub customer_id: Vec<String>,
    /// Days since the last purchase.
    #[cfg_attr(feature = "typegen", ts(type = "Int32Array"))]
    pub recency_days: Vec<i32>,
    /// F: orders (or purchase days) in the window.
    #[cfg_attr(feature = "typegen", ts(type = "Uint32Array"))]
    pub frequency: Vec<u32>,
    /// M in minor units: whole but for average order values.
    #[cfg_attr(feature = "typegen", ts(type = "Float64Array"))]
    pub monetary_minor: Vec<f64>,
    /// Purchases in the window.
    #[cfg_attr(feature = "typegen", ts(type = "Uint32Array"))]
    pub orders: Vec<u32>,
    /// Net in the window, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "Float64Array"))]
    pub net_minor: Vec<i64>,
    /// Recency score.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub r: Vec<u8>,
    /// Frequency score.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub f: Vec<u8>,
    /// Monetary score.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub m: Vec<u8>,
    /// The weighted score, for sorting only; `None` without weights.
    #[cfg_attr(feature = "typegen", ts(type = "Float64Array | null"))]
    pub weighted: Option<Vec<f64>>,
    /// Segment ids, by `segment`.
    pub segments: Vec<String>,
    /// Index into `segments`.
    #[cfg_attr(feature = "typegen", ts(type = "Uint8Array"))]
    pub segment: Vec<u8>,
}
