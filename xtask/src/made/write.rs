//! Simulates the retailer and writes its files.

use std::path::Path;

use super::{Result, tables, truths, world};

/// Writes the sample's tables and `truths.json` into `folder`, which is made when missing.
pub(crate) fn write(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let world = world::simulate();
    let orders = tables::order_rows(&world);
    tables::write(&world, &orders, folder)?;
    let truths = serde_json::to_string_pretty(&truths::truths(&world, &orders))?;
    std::fs::write(folder.join("truths.json"), truths + "\n")?;
    Ok(())
}
