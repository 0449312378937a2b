//! The list of customers as a stream.

use crate::result::RfmCustomers;
use crate::{Result, json};

use super::stream::{Column, Values, stream};

/// The list as an Arrow IPC stream, a column per field, names in snake case; `segment` is dictionary-encoded.
///
/// # Errors
/// `Budget` when the ids take more than the 2 GiB an Arrow column of texts holds.
pub fn customers_stream(customers: &RfmCustomers) -> Result<Vec<u8>> {
    let definition = json::write(&customers.definition);
    let weighted = customers.weighted.as_deref().map(|weighted| ("weighted", Values::Float64(weighted)));
    let columns = [
        ("customer_id", Values::Utf8(&customers.customer_id)),
        ("recency_days", Values::Int32(&customers.recency_days)),
        ("frequency", Values::Uint32(&customers.frequency)),
        ("monetary_minor", Values::Float64(&customers.monetary_minor)),
        ("orders", Values::Uint32(&customers.orders)),
        ("net_minor", Values::Int64(&customers.net_minor)),
        ("r", Values::Uint8(&customers.r)),
        ("f", Values::Uint8(&customers.f)),
        ("m", Values::Uint8(&customers.m)),
        ("segment", Values::Dictionary { codes: &customers.segment, labels: &customers.segments }),
    ];
    let columns: Vec<Column<'_>> = columns.into_iter().chain(weighted).map(|(name, values)| Column { name, values }).collect();
    stream(&columns, customers.customer_id.len(), &[("feilun.definition", &definition)])
}
