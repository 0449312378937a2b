//! The one way in: a figure → its sheet → a drawing.

use super::scene::{Area, Scene, Shape};
use super::words::Context;
use super::{DrawOptions, Drawing, Figure, Mark, TableTwin};
use super::{
    claim_trends, cohort_costs, cohort_multiples, curves, flywheel_ring, growth_bars, heatmap, lag_bars, lorenz_curve,
    migration_matrix, migration_streams, pickup_heatmap, rfm_grid, svg,
};
use crate::Result;

/// What a figure hands over: shapes, and what they mean.
#[derive(Debug)]
pub(super) struct Sheet {
    pub scene: Scene,
    /// Height, CSS pixels.
    pub height: f64,
    pub title: String,
    pub description: String,
    pub marks: Vec<Mark>,
    pub table: TableTwin,
}

/// Draws a figure.
///
/// **Units** all of the drawing's coordinates are CSS pixels.
///
/// # Errors
/// [`Config`](crate::ErrorKind::Config) for a width outside 280..=4000, a theme colour that is not `#rrggbb`, fewer than six series colours,
/// or a result whose definition is of another metric.
pub fn draw(figure: &Figure, options: &DrawOptions) -> Result<Drawing> {
    let context = Context::new(options)?;
    let mut sheet = match figure {
        Figure::CohortHeatmap(table) => heatmap::sheet(table, &context)?,
        Figure::RetentionCurves(table) => curves::sheet(table, &context)?,
        Figure::CohortMultiples(table) => cohort_multiples::sheet(table, &context)?,
        Figure::RfmGrid(table) => rfm_grid::sheet(table, &context),
        Figure::MigrationMatrix(table) => migration_matrix::sheet(table, &context),
        Figure::MigrationStreams(table) => migration_streams::sheet(table, &context),
        Figure::LorenzCurve(table) => lorenz_curve::sheet(table, &context)?,
        Figure::GrowthBars(table) => growth_bars::sheet(table, &context),
        Figure::FlywheelRing(table) => flywheel_ring::sheet(table, &context),
        Figure::LagBars(table) => lag_bars::sheet(table, &context),
        Figure::CohortCosts(table) => cohort_costs::sheet(table, &context),
        Figure::ClaimTrends(table) => claim_trends::sheet(table, &context),
        Figure::PickupHeatmap(table) => pickup_heatmap::sheet(table, &context),
    };
    let height = sheet.height.ceil() as u32;
    let ground = Area::new(0.0, 0.0, context.width, f64::from(height));
    sheet.scene.shapes.insert(0, Shape::Rect { area: ground, fill: context.background() });
    for mark in &mut sheet.marks {
        for length in [&mut mark.x, &mut mark.y, &mut mark.width, &mut mark.height] {
            *length = cut(*length);
        }
    }
    Ok(Drawing {
        svg: svg::render(&sheet.scene, options.width, height, &options.theme.font_family, &sheet.title)?,
        width: options.width,
        height,
        title: sheet.title,
        description: sheet.description,
        marks: sheet.marks,
        table: sheet.table,
    })
}

/// Two decimals, rounded twice as the drawing's own points are.
fn cut(length: f64) -> f64 {
    ((length * 1e6).round() / 1e4).round() / 100.0
}
