//! Histories → RFM segments.

use crate::Result;
use crate::history::Histories;
use crate::result::{RfmConfig, RfmCustomers, RfmTable};

/// Computes the RFM table.
pub fn compute(_histories: &Histories, _config: &RfmConfig) -> Result<RfmTable> {
    todo!()
}

/// The scored customers behind the table.
pub fn compute_customers(_histories: &Histories, _config: &RfmConfig) -> Result<RfmCustomers> {
    todo!()
}
