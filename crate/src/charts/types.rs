//! What a drawing is asked for and what it returns.

use serde::{Deserialize, Serialize};

use crate::json::{Read, Write};
use crate::result::{
    CohortTable, ConcentrationTable, FlywheelTable, GrowthTable, Lang, PrivateDomainTable, RfmMigration, RfmTable,
};

/// A chart and the result it shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(tag = "chart", content = "result", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "one figure at a time, never in bulk")]
pub enum Figure {
    /// Cohort table as a heatmap.
    CohortHeatmap(CohortTable),
    /// One curve per cohort and the pooled mean.
    RetentionCurves(CohortTable),
    /// A small plot per slice on common axes; without slices as the curves.
    CohortMultiples(CohortTable),
    /// R × FM grid.
    RfmGrid(RfmTable),
    /// Migration between segments as a matrix.
    MigrationMatrix(RfmMigration),
    /// Migration between segments as streams.
    MigrationStreams(RfmMigration),
    /// Concentration of net as a Lorenz curve.
    LorenzCurve(ConcentrationTable),
    /// Growth-accounting bars with the quick ratio.
    GrowthBars(GrowthTable),
    /// The flywheel ring.
    FlywheelRing(FlywheelTable),
    /// The waits between the steps of the loop.
    LagBars(FlywheelTable),
    /// What new buyers cost and are worth.
    CohortCosts(FlywheelTable),
    /// Trends of cost, value and members, with what the data says of the claims.
    ClaimTrends(FlywheelTable),
    /// Pickups by weekday and hour.
    PickupHeatmap(PrivateDomainTable),
}

/// Which number the RFM grid and the migration matrix show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum GridValue {
    /// Customers.
    #[default]
    Customers,
    /// Share of customers.
    Share,
    /// Net.
    Net,
}

/// Whether growth bars count customers or revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum GrowthUnit {
    /// Customers.
    #[default]
    Customers,
    /// Revenue.
    Revenue,
}

/// Colours of a drawing, all literal `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Theme {
    /// Behind everything.
    pub background: String,
    /// Text.
    pub ink: String,
    /// Secondary text.
    pub ink_muted: String,
    /// Axes and rules.
    pub rule: String,
    /// Neutral fill (column 0, no data).
    pub neutral: String,
    /// Low end of the sequential scale.
    pub scale_low: String,
    /// High end of the sequential scale.
    pub scale_high: String,
    /// Categorical colours, colour-blind safe, at least six.
    pub series: Vec<String>,
    /// CSS font family of all text.
    pub font_family: String,
}

/// How to draw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DrawOptions {
    /// Language of all text.
    pub lang: Lang,
    /// Width in CSS pixels, at least 280; the height follows from the content.
    pub width: u32,
    /// Colours and font.
    pub theme: Theme,
    /// What the RFM grid and the migration matrix show.
    pub grid_value: GridValue,
    /// What growth bars show.
    pub growth_unit: GrowthUnit,
    /// The curves beside the mean of retention curves, by the labels of cohorts, or of slices (empty for none); at most 12 of them. `null` takes the
    /// latest cohorts, or the largest slices.
    pub curves: Option<Vec<String>>,
    /// Sign in front of money, e.g. `¥`; empty for none.
    pub currency: String,
    /// Whether title, subtitle and outer space are drawn; a page that has them around the chart leaves them out.
    pub heading: bool,
}

/// A place in a drawing that can be pointed at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Left edge, CSS pixels.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What it is, stable: `cohort:2025-01/2`, `rfm:5/3`, `flow:new/loyal`, `lorenz:12`, `growth:2025-02/new`, `step:pool`, `lag:lag_join`,
    /// `cost:2025-02`, `claim:falling_cost/2025-02`, `pickup:1/18`.
    pub key: String,
    /// Row of the mark in the drawing's grid, for arrow keys.
    pub row: u32,
    /// Column of the mark in the drawing's grid.
    pub col: u32,
    /// First line of the tooltip and the name for screen readers.
    pub label: String,
    /// More lines: name and value.
    pub details: Vec<Detail>,
}

/// One line of a tooltip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// What.
    pub name: String,
    /// Formatted value.
    pub value: String,
}

/// A cell of the table twin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableCell {
    /// As shown.
    pub text: String,
    /// The number behind it, unrounded; `None` where there is none.
    pub value: Option<f64>,
    /// Key of the mark it belongs to.
    pub key: Option<String>,
}

/// A row of the table twin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableRow {
    /// Row header.
    pub head: String,
    /// Shape: at most the columns after the first.
    pub cells: Vec<TableCell>,
}

/// The same content as a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableTwin {
    /// Column headers, the first over the row headers.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A drawn chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Drawing {
    /// A standalone SVG document.
    pub svg: String,
    /// Width, CSS pixels.
    pub width: u32,
    /// Height, CSS pixels.
    pub height: u32,
    /// Title.
    pub title: String,
    /// One sentence that says what is to be seen.
    pub description: String,
    /// What can be pointed at, row by row.
    pub marks: Vec<Mark>,
    /// The same content as a table.
    pub table: TableTwin,
}
