//! tmp
use crate::Result;
use crate::history::Histories;
use crate::result::{FlywheelConfig, FlywheelTable};
/// Computes the flywheel.
pub fn compute(_h: &Histories, _c: &FlywheelConfig) -> Result<FlywheelTable> {
    todo!()
}
