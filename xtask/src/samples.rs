//! The sample data the dashboard offers, in `web/public/samples` (not committed; vite copies it beside the page).

use std::path::Path;

use crate::made;
use crate::step::{Failure, fresh_folder, root, step};

/// Writes the samples: CDNOW as it is in the repository, and the made retailer.
pub(crate) fn write() -> Result<(), String> {
    let folder = root().join("web/public/samples");
    fresh_folder(&folder)?;
    let copied = std::fs::copy(root().join("tests/data/cdnow.arrow"), folder.join("cdnow.arrow"));
    copied.map_err(|error| format!("cannot copy cdnow.arrow: {error}"))?;
    made::write(&folder).map_err(|error| error.to_string())
}

/// Writes the made sample alone.
pub(crate) fn made(folder: Option<&str>) -> Result<(), Failure> {
    let folder = folder.map_or_else(|| root().join("dist/made"), |folder| Path::new(folder).to_path_buf());
    step("made sample", "check that there is room on the disk", || made::write(&folder).map_err(|error| error.to_string()))
}
