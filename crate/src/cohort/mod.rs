//! Histories → cohort retention.

use crate::Result;
use crate::history::Histories;
use crate::result::{CohortConfig, CohortTable};

/// Computes cohort retention.
pub fn compute(_histories: &Histories, _config: &CohortConfig) -> Result<CohortTable> {
    todo!()
}
