//! Results → drawings: SVG plus marks plus a table twin; the only folder that names plotters.
//!
//! In: a [`Figure`] (a chart's name and its result) and [`DrawOptions`]. Out: a [`Drawing`].
//! One skeleton for all: typed input → geometry → [`scene`](self) of shapes → SVG, with the marks and the table taken from the same geometry.
//! Nothing asks a document, a clock or a locale, so the same input gives the same bytes natively, in a worker and in Node.

mod claim_trends;
mod cohort_costs;
mod cohort_multiples;
mod cohort_words;
mod color;
mod curves;
mod draw;
mod flywheel_list;
mod flywheel_ring;
mod frame;
mod growth_bars;
mod heatmap;
mod label;
mod lag_bars;
mod lorenz_curve;
mod measure;
mod migration_matrix;
mod migration_streams;
mod number;
mod pickup_heatmap;
mod rfm_bars;
mod rfm_grid;
mod rfm_words;
mod scale;
mod scene;
mod slice_curves;
mod svg;
mod theme;
mod types;
mod words;

pub use draw::draw;
pub use measure::text_width;
pub use types::*;
