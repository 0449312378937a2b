//! Results → drawings: SVG plus marks plus a table twin; the only folder that names plotters.

mod types;

pub use types::*;

use crate::Result;

/// Draws a figure.
pub fn draw(_figure: &Figure, _options: &DrawOptions) -> Result<Drawing> {
    todo!()
}

impl Default for Theme {
    fn default() -> Self {
        todo!()
    }
}

impl Default for DrawOptions {
    fn default() -> Self {
        todo!()
    }
}
