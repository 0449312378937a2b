//! Histories → growth accounting and the flywheel.

use crate::Result;
use crate::history::Histories;
use crate::result::{FlywheelConfig, FlywheelTable, GrowthConfig, GrowthTable};

/// Computes growth accounting.
pub fn compute_growth(_histories: &Histories, _config: &GrowthConfig) -> Result<GrowthTable> {
    todo!()
}

/// Computes the flywheel.
pub fn compute_flywheel(_histories: &Histories, _config: &FlywheelConfig) -> Result<FlywheelTable> {
    todo!()
}
