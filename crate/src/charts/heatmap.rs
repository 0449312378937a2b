//! Cohort heatmap: a row per cohort, a column per period since the first order, the means on top.
//!
//! One colour scale for the whole table, 0 to the 95th percentile of complete cells after column 0; column 0 is neutral.
//! Unfinished cells are hatched and keep their value; columns that have not begun stay blank.

use super::cohort_words::{
    Reading, cell_details, cell_label, column_name, columns_title, config, finding, first_column, key, mean_details, reading,
    row_title, subtitle,
};
use super::color::Rgb;
use super::draw::Sheet;
use super::frame::{Sign, cell, detail, heading, legend, mark, notes};
use super::scale::{percentile, thinning};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Mark, TableRow, TableTwin};
use crate::Result;
use crate::result::{CellState, CohortCell, CohortConfig, CohortRow, CohortTable};

const LABEL_SIZE: f64 = 12.0;
const HEAD_SIZE: f64 = 11.0;
/// A cell at least so wide and high keeps a gap to its neighbours.
const GAP_FROM: f64 = 8.0;

pub(super) fn sheet(table: &CohortTable, context: &Context<'_>) -> Result<Sheet> {
    let config = config(table)?;
    let mut figure = Heatmap::new(table, config, context);
    let title = context.word(if figure.reading == Reading::Money { "chart.value_table" } else { "cohort.heatmap" });
    let top = heading(&mut figure.scene, context, &title, &subtitle(context, table, config));
    let bottom = figure.draw_all(top);
    let height = figure.draw_below(bottom);
    Ok(Sheet {
        title,
        description: finding(context, table, config),
        table: twin(table, config, context),
        height,
        scene: figure.scene,
        marks: figure.marks,
    })
}

/// How the values in the cells are written, so that all fit.
struct Writing {
    size: f64,
    short: bool,
}

struct Heatmap<'a> {
    table: &'a CohortTable,
    config: &'a CohortConfig,
    context: &'a Context<'a>,
    reading: Reading,
    /// Value at the high end of the colour scale.
    top: f64,
    columns: usize,
    size_right: f64,
    cell_width: f64,
    row_height: f64,
    writing: Option<Writing>,
    scene: Scene,
    marks: Vec<Mark>,
}

impl<'a> Heatmap<'a> {
    fn new(table: &'a CohortTable, config: &'a CohortConfig, context: &'a Context<'a>) -> Self {
        let reading = reading(config);
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let font = Font::new(LABEL_SIZE, context.palette.ink);
        let widest = |texts: &mut dyn Iterator<Item = String>| texts.map(|text| font.width(&text)).fold(0.0, f64::max);
        let mean_names = [mean_name(context, true), mean_name(context, false)];
        let heads = [row_title(context, config), size_head(context)];
        let labels = widest(&mut table.rows.iter().map(row_label).chain(mean_names).chain([heads[0].clone()]));
        let sizes = widest(&mut table.rows.iter().map(|row| size_text(context, row)).chain([heads[1].clone()]));
        let label_right = context.pad + labels;
        let size_right = label_right + 12.0 + sizes;
        let room = context.width - context.pad - size_right - 10.0;
        let cell_width = (room / columns.max(1) as f64).min(76.0);
        let values = table.rows.iter().flat_map(|row| row.cells.iter().skip(1));
        let complete = values.filter(|cell| cell.state == CellState::Complete).filter_map(|cell| cell.value);
        let mut figure = Self {
            table,
            config,
            context,
            reading,
            top: percentile(complete.collect(), 0.95).filter(|top| *top > 0.0).unwrap_or(1.0),
            columns,
            size_right,
            cell_width,
            row_height: 18.0,
            writing: None,
            scene: Scene::default(),
            marks: Vec::new(),
        };
        figure.writing = figure.writing();
        if figure.writing.is_some() {
            figure.row_height = if context.narrow() { 26.0 } else { 30.0 };
        }
        figure
    }

    /// The largest writing with which every value fits its cell.
    fn writing(&self) -> Option<Writing> {
        // Column 0 may be written shorter: it is often the same for all.
        let cells = self.table.rows.iter().flat_map(|row| row.cells.iter().skip(1)).map(|cell| cell.value);
        let means = self.table.means.pooled.iter().skip(1).chain(self.table.means.simple.iter().skip(1)).copied();
        let values: Vec<_> = cells.chain(means).filter(Option::is_some).collect();
        [(12.0, false), (11.0, false), (12.0, true), (11.0, true), (10.0, true)].into_iter().find_map(|(size, short)| {
            let writing = Writing { size, short };
            let font = Font::new(size, self.context.palette.ink);
            let fits = values.iter().all(|value| font.width(&self.write(&writing, *value)) + 6.0 <= self.cell_width);
            fits.then_some(writing)
        })
    }

    fn write(&self, writing: &Writing, value: Option<f64>) -> String {
        if writing.short { self.reading.shorter(self.context, value) } else { self.reading.short(self.context, value) }
    }

    fn left(&self) -> f64 {
        self.size_right + 10.0
    }

    /// A cell on whole pixels, so that neighbours meet without seams.
    fn area(&self, column: usize, y: f64) -> Area {
        let edge = |column: usize| (self.left() + self.cell_width * column as f64).round();
        let gap = if self.cell_width < GAP_FROM { 0.0 } else { (self.cell_width / 12.0).floor().clamp(1.0, 2.0) };
        let left = edge(column);
        Area::new(left, y.round(), edge(column + 1) - left - gap, self.row_height - gap)
    }

    fn draw_all(&mut self, top: f64) -> f64 {
        let mut y = self.draw_head(top);
        let (table, context) = (self.table, self.context);
        let means = [(true, &table.means.pooled), (false, &table.means.simple)];
        for (row, (pooled, values)) in means.into_iter().enumerate() {
            self.draw_mean(row, y, pooled, values);
            y += self.row_height;
        }
        y += 6.0;
        self.scene.line((context.pad, y), (self.left() + self.cell_width * self.columns as f64, y), context.palette.rule, 1.0);
        y += 6.0;
        for (row, cohort) in table.rows.iter().enumerate() {
            self.draw_row(row + 2, y, cohort);
            y += self.row_height;
        }
        y
    }

    fn draw_head(&mut self, top: f64) -> f64 {
        let font = Font::new(HEAD_SIZE, self.context.palette.muted);
        let title = columns_title(self.context, self.config);
        let left = self.left();
        let start = (left + 4.0).min(self.context.width - self.context.pad - font.width(&title));
        self.scene.text((start, top + 10.0), title, font);
        let baseline = top + 28.0;
        self.scene.text((self.context.pad, baseline), row_title(self.context, self.config), font);
        self.scene.text((self.size_right, baseline), size_head(self.context), font.end());
        let name = |column: usize| self.config.span(column).label();
        let widest = (0..self.columns).map(|column| font.width(&name(column))).fold(0.0, f64::max);
        let step = thinning(widest + 6.0, self.cell_width);
        for column in (0..self.columns).step_by(step) {
            let middle = left + self.cell_width * (column as f64 + 0.5);
            self.scene.text((middle, baseline), name(column), font.middle());
        }
        baseline + 8.0
    }

    fn draw_mean(&mut self, row: usize, y: f64, pooled: bool, values: &[Option<f64>]) {
        let context = self.context;
        let font = Font::new(LABEL_SIZE, context.palette.ink);
        let name = mean_name(context, pooled);
        let font = if pooled { font.bold() } else { font };
        self.scene.text_at((context.pad, y + self.row_height / 2.0), name.as_str(), Font { bold: false, ..font });
        for (column, value) in values.iter().enumerate().take(self.columns) {
            if value.is_none() {
                continue;
            }
            let area = self.area(column, y);
            self.draw_value(area, column, *value, false, pooled);
            let label = context.join(&[full_mean_name(context, pooled), column_name(context, self.config, column)]);
            let details = mean_details(context, self.config, &self.table.means, (*value, pooled), column);
            self.marks.push(mark(area, mean_key(pooled, column), label, details).at(row, column + 1));
        }
    }

    fn draw_row(&mut self, row: usize, y: f64, cohort: &CohortRow) {
        let context = self.context;
        let font = Font::new(LABEL_SIZE, context.palette.ink);
        let middle = y + self.row_height / 2.0;
        self.scene.text_at((context.pad, middle), row_label(cohort), font);
        let size = Font::new(LABEL_SIZE, context.palette.muted).end();
        self.scene.text_at((self.size_right, middle), size_text(context, cohort), size);
        let head = Area::new(context.pad, y, self.size_right - context.pad, self.row_height).inset(0.75);
        let exact = context.numbers.count(f64::from(cohort.n_customers));
        let mut details = vec![detail(context.word("cohort.customers"), exact)];
        if cohort.left_censored {
            details.push(detail(context.word("chart.remark"), context.word("chart.left_censored")));
        }
        self.marks
            .push(mark(head, format!("cohort:{}/size", cohort.period.label), cohort.period.label.clone(), details).at(row, 0));
        // A period nobody joined in has nothing to show.
        let cells = if cohort.n_customers > 0 { cohort.cells.as_slice() } else { &[] };
        for (column, cell) in cells.iter().enumerate() {
            let area = self.area(column, y);
            self.draw_value(area, column, shown(cell), cell.state == CellState::Partial, false);
            let label = cell_label(context, self.config, cohort, column);
            let details = cell_details(context, self.config, cohort, cell);
            self.marks.push(mark(area, key(cohort, column), label, details).at(row, column + 1));
        }
    }

    fn fill(&self, column: usize, value: Option<f64>) -> Rgb {
        match value {
            Some(value) if column > 0 => self.context.palette.heat(value / self.top),
            _ => self.context.palette.neutral,
        }
    }

    fn draw_value(&mut self, area: Area, column: usize, value: Option<f64>, partial: bool, bold: bool) {
        let palette = &self.context.palette;
        let fill = self.fill(column, value);
        self.scene.rect(area, fill);
        if partial {
            self.scene.hatch(area, palette.hatch_on(fill));
        }
        let Some(writing) = &self.writing else { return };
        let font = Font { bold, ..Font::new(writing.size, palette.ink_on(fill)).middle() };
        let mut text = self.write(writing, value);
        if font.width(&text) + 3.0 > area.width {
            text = self.reading.shorter(self.context, value);
        }
        if partial {
            self.scene.plate(area.center(), &text, font, fill);
        } else {
            self.scene.text_at(area.center(), text, font);
        }
    }

    /// Colour legend and notes.
    fn draw_below(&mut self, bottom: f64) -> f64 {
        let (context, palette) = (self.context, &self.context.palette);
        let y = bottom + 14.0;
        let font = Font::new(12.0, palette.ink);
        let (low, high) = (self.reading.shorter(context, Some(0.0)), self.reading.short(context, Some(self.top)));
        let mut x = context.pad;
        self.scene.text_at((x, y + 8.0), low.as_str(), font);
        x = (x + font.width(&low) + 6.0).round();
        for step in 0..24 {
            self.scene
                .rect(Area::new(x + 4.0 * f64::from(step), y + 2.0, 4.0, 12.0), palette.heat((f64::from(step) + 0.5) / 24.0));
        }
        x += 102.0;
        let high = format!("≥ {high}");
        self.scene.text_at((x, y + 8.0), high.as_str(), font);
        x += font.width(&high) + 20.0;
        let mut items = vec![
            (Sign::Fill(palette.neutral), first_column(context, self.config)),
            (Sign::Empty, context.word("chart.unobserved")),
        ];
        if self.table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.state == CellState::Partial) {
            items.insert(0, (Sign::Hatched(palette.heat(0.15)), context.word("cell.partial")));
        }
        let wanted: f64 = items.iter().map(|(_, label)| font.width(label) + 36.0).sum();
        let fits = x + wanted <= context.width - context.pad;
        let at = if fits { (x, y) } else { (context.pad, y + 22.0) };
        let y = legend(&mut self.scene, context, at, context.width - context.pad - at.0, &items);
        let mut texts = vec![context.word("chart.note_means")];
        if self.table.rows.iter().any(|row| row.left_censored) {
            texts.push(context.word("chart.note_left_censored"));
        }
        if self.table.means.uses_left_censored {
            texts.push(context.word("chart.uses_left_censored"));
        }
        notes(&mut self.scene, context, y + 6.0, &texts)
    }
}

/// The value that may be seen.
fn shown(cell: &CohortCell) -> Option<f64> {
    cell.value.filter(|value| cell.state != CellState::Suppressed && value.is_finite())
}

fn row_label(row: &CohortRow) -> String {
    format!("{}{}", row.period.label, if row.left_censored { "*" } else { "" })
}

fn size_text(context: &Context<'_>, row: &CohortRow) -> String {
    context.numbers.count_short(f64::from(row.n_customers))
}

fn size_head(context: &Context<'_>) -> String {
    if context.narrow() { "n".into() } else { context.word("cohort.customers") }
}

fn full_mean_name(context: &Context<'_>, pooled: bool) -> String {
    context.word(if pooled { "cohort.mean_pooled" } else { "cohort.mean_simple" })
}

fn mean_name(context: &Context<'_>, pooled: bool) -> String {
    if context.narrow() {
        return context.word(if pooled { "chart.pooled_short" } else { "chart.simple_short" });
    }
    full_mean_name(context, pooled)
}

fn mean_key(pooled: bool, column: usize) -> String {
    format!("mean:{}/{column}", if pooled { "pooled" } else { "simple" })
}

/// The table of a cohort result: means, then cohorts.
pub(super) fn twin(table: &CohortTable, config: &CohortConfig, context: &Context<'_>) -> TableTwin {
    let reading = reading(config);
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut head = vec![row_title(context, config), context.word("cohort.customers")];
    head.extend((0..columns).map(|column| column_name(context, config, column)));
    let means = [(true, &table.means.pooled), (false, &table.means.simple)].into_iter().map(|(pooled, values)| {
        let values = values.iter().take(columns).enumerate();
        let values =
            values.map(|(column, value)| cell(reading.exact(context, *value), *value, value.map(|_| mean_key(pooled, column))));
        TableRow { head: full_mean_name(context, pooled), cells: [cell("", None, None)].into_iter().chain(values).collect() }
    });
    let cohorts = table.rows.iter().map(|row| {
        let size = f64::from(row.n_customers);
        let size = cell(context.numbers.count(size), Some(size), Some(format!("cohort:{}/size", row.period.label)));
        let values = row.cells.iter().enumerate().map(|(column, value)| {
            let text = match value.state {
                CellState::Suppressed => context.word("cell.suppressed"),
                CellState::Complete => reading.exact(context, value.value),
                CellState::Partial => context.say("chart.partial_value", &[("value", &reading.exact(context, value.value))]),
            };
            cell(text, shown(value), Some(key(row, column)))
        });
        TableRow { head: row_label(row), cells: [size].into_iter().chain(values).collect() }
    });
    TableTwin { head, rows: means.chain(cohorts).collect() }
}
