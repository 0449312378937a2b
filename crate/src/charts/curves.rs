//! Retention curves: one quiet line per recent cohort, or one per slice where slices were asked for, the pooled mean on top of them. A few that were
//! chosen have colours of their own.
//!
//! A last point that is not complete is hollow and its line dashed. Columns begin at 1 where column 0 is the same for all by definition.

use super::cohort_words::{
    Reading, cell_details, cell_label, columns_title, config, finding, key, mean_details, reading, subtitle,
};
use super::color::Rgb;
use super::draw::Sheet;
use super::frame::{Sign, heading, legend, mark, notes};
use super::heatmap::twin;
use super::label::{Label, place};
use super::scale::{Scale, thinning, ticks};
use super::scene::{Area, Font, Point, Scene};
use super::slice_curves;
use super::words::Context;
use super::{Detail, Mark};
use crate::Result;
use crate::result::{CellState, CohortConfig, CohortReference, CohortRow, CohortTable, Criterion, Interval, Measure};

pub(super) fn sheet(table: &CohortTable, context: &Context<'_>) -> Result<Sheet> {
    let config = config(table)?;
    let curves = Curves::new(table, config, context);
    let title = title(table, config, context);
    let mut scene = Scene::default();
    let top = heading(&mut scene, context, &title, &subtitle(context, table, config));
    let top = curves.draw_legend(&mut scene, top);
    let (height, marks) = curves.draw(&mut scene, top);
    let table_of = if curves.sliced { slice_curves::twin } else { twin };
    Ok(Sheet {
        title,
        description: finding(context, table, config) + &slice_curves::finding(table, config, context),
        table: table_of(table, config, context),
        height,
        scene,
        marks,
    })
}

/// What curves are called, with what they are sliced by.
pub(super) fn title(table: &CohortTable, config: &CohortConfig, context: &Context<'_>) -> String {
    let title = context.word(if reading(config) == Reading::Money { "chart.value_curves" } else { "cohort.curves" });
    match slice_curves::dimension(config, context) {
        Some(by) if !table.slices.is_empty() => context.say("chart.by_slice", &[("title", &title), ("by", &by)]),
        _ => title,
    }
}

/// The first column drawn: 1 where column 0 is the same for all by definition.
pub(super) fn first_column(config: &CohortConfig) -> usize {
    let from_zero = (config.measure == Measure::CumValuePerMember && config.reference == CohortReference::None)
        || config.criterion == Criterion::RepeatBy;
    usize::from(!from_zero)
}

/// The ticks of an axis of values, as short as they can be told apart.
pub(super) fn written(context: &Context<'_>, reading: Reading, ticks: &[f64]) -> Vec<String> {
    let shorter: Vec<_> = ticks.iter().map(|tick| reading.shorter(context, Some(*tick))).collect();
    if shorter.windows(2).all(|pair| pair[0] != pair[1]) {
        return shorter;
    }
    ticks.iter().map(|tick| reading.short(context, Some(*tick))).collect()
}

pub(super) struct PointAt {
    pub column: usize,
    pub value: f64,
    pub complete: bool,
    /// Of a mean.
    pub interval: Option<Interval>,
    pub key: String,
    pub label: String,
    pub details: Vec<Detail>,
}

pub(super) struct Curve {
    pub name: String,
    pub color: Rgb,
    pub mean: bool,
    pub points: Vec<PointAt>,
}

struct Curves<'a> {
    context: &'a Context<'a>,
    config: &'a CohortConfig,
    reading: Reading,
    first: usize,
    last: usize,
    /// The mean first, then cohorts from old to new, or slices.
    curves: Vec<Curve>,
    /// Whether the others are slices.
    sliced: bool,
    hidden: usize,
}

impl<'a> Curves<'a> {
    fn new(table: &CohortTable, config: &'a CohortConfig, context: &'a Context<'a>) -> Self {
        let first = first_column(config);
        let sliced = !table.slices.is_empty();
        let (others, hidden) =
            if sliced { slice_curves::curves(table, config, context, first) } else { cohorts(table, config, context, first) };
        let curves: Vec<Curve> = std::iter::once(mean_curve(table, config, context, first)).chain(others).collect();
        let last = curves.iter().flat_map(|curve| &curve.points).map(|point| point.column).max().unwrap_or(first);
        Self { context, config, reading: reading(config), first, last, curves, sliced, hidden }
    }

    fn draw_legend(&self, scene: &mut Scene, top: f64) -> f64 {
        let context = self.context;
        let cohorts = &self.curves[1..];
        let mut items = vec![(Sign::Line(context.palette.ink), context.word("cohort.mean_pooled"))];
        if self.sliced || are_few(context, cohorts.len()) {
            items.extend(cohorts.iter().map(|curve| (Sign::Line(curve.color), curve.name.clone())));
        } else if let [old, .., new] = cohorts {
            items.push((Sign::Line(old.color), context.say("chart.oldest", &[("cohort", &old.name)])));
            items.push((Sign::Line(new.color), context.say("chart.newest", &[("cohort", &new.name)])));
        }
        if known(&self.curves[0], &self.ticks()).len() > 1 {
            items.insert(1, (Sign::Fill(pale(context, context.palette.ink)), context.word("chart.interval")));
        }
        if cohorts.iter().any(|curve| curve.points.iter().any(|point| !point.complete)) {
            items.push((Sign::Hollow(context.palette.muted), context.word("cell.partial")));
        }
        legend(scene, context, (context.pad, top), context.inner(), &items) + 8.0
    }

    /// The ticks of the axis of values.
    fn ticks(&self) -> Vec<f64> {
        let values = self.curves.iter().flat_map(|curve| &curve.points).map(|point| point.value);
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
        ticks(low, high, 5, self.reading == Reading::Count)
    }

    /// Returns the height of the drawing and the marks.
    fn draw(&self, scene: &mut Scene, top: f64) -> (f64, Vec<Mark>) {
        let context = self.context;
        let ticks = self.ticks();
        let font = Font::new(11.0, context.palette.muted);
        let written = written(context, self.reading, &ticks);
        let labels = written.iter().map(|text| font.width(text)).fold(0.0, f64::max);
        let height = (context.width * 0.42).clamp(220.0, 420.0);
        let left = context.pad + labels + 10.0;
        let plot =
            Area::new(left, top + 6.0, context.width - context.pad - left - if context.narrow() { 34.0 } else { 64.0 }, height);
        let range = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        let y = Scale { values: range, pixels: (plot.bottom(), plot.y) };
        let span = (self.last - self.first).max(1) as f64;
        let x = Scale { values: (0.0, span), pixels: (plot.x + 8.0, plot.right()) };
        for (tick, text) in ticks.iter().zip(written) {
            let at = y.at(*tick);
            scene.line(
                (plot.x, at),
                (context.width - context.pad, at),
                context.palette.rule,
                if *tick == 0.0 { 1.5 } else { 1.0 },
            );
            scene.text_at((left - 8.0, at), text, font.end());
        }
        let name = |column: usize| self.config.span(column).label();
        let widest = (self.first..=self.last).map(|column| font.width(&name(column))).fold(0.0, f64::max);
        let step = thinning(widest + 8.0, x.at(1.0) - x.at(0.0));
        for column in (self.first..=self.last).step_by(step) {
            scene.text((x.at((column - self.first) as f64), plot.bottom() + 18.0), name(column), font.middle());
        }
        scene.text((plot.x, plot.bottom() + 36.0), columns_title(context, self.config), font);
        let lines = self.draw_lines(scene, x, y);
        self.draw_labels(scene, &lines, Area::new(plot.x, plot.y - 12.0, context.width - plot.x - 2.0, plot.height + 10.0));
        let marks = self.marks(&lines, x.at(1.0) - x.at(0.0));
        let mut texts = Vec::new();
        if self.hidden > 0 {
            let shown = (self.curves.len() - 1).to_string();
            let text = if self.sliced { "chart.largest_slices" } else { "chart.recent_cohorts" };
            texts.push(context.say(text, &[("n", &shown)]));
        }
        (notes(scene, context, plot.bottom() + 48.0, &texts), marks)
    }

    /// Cohorts first, the mean over them; returns each curve's pixels.
    fn draw_lines(&self, scene: &mut Scene, x: Scale, y: Scale) -> Vec<Vec<Point>> {
        let pixel = |point: &PointAt| (x.at((point.column - self.first) as f64), y.at(point.value));
        let lines: Vec<Vec<Point>> = self.curves.iter().map(|curve| curve.points.iter().map(pixel).collect()).collect();
        // Behind all lines how far the mean is known.
        band(scene, self.context, &self.curves[0], &self.ticks(), &|column, value| {
            (x.at((column - self.first) as f64), y.at(value))
        });
        let dots = x.at(1.0) - x.at(0.0) >= 14.0;
        for (curve, line) in self.curves.iter().zip(&lines).rev() {
            let (width, radius) = if curve.mean { (3.0, 4.0) } else { (1.6, 2.4) };
            let complete = curve.points.iter().take_while(|point| point.complete).count();
            scene.path(line[..complete].to_vec(), curve.color, width);
            for pair in line[complete.saturating_sub(1)..].windows(2) {
                scene.dashed(pair[0], pair[1], curve.color, width);
            }
            for (at, point) in line.iter().zip(&curve.points) {
                if !point.complete {
                    scene.hollow(*at, 3.5, curve.color, self.context.background());
                } else if dots || line.len() == 1 {
                    scene.circle(*at, radius, curve.color);
                }
            }
        }
        lines
    }

    fn draw_labels(&self, scene: &mut Scene, lines: &[Vec<Point>], bounds: Area) {
        let palette = &self.context.palette;
        let label = |(curve, line): (&Curve, &Vec<Point>)| {
            let point = *line.last()?;
            if curve.mean {
                let value = self.reading.short(self.context, curve.points.last().map(|point| point.value));
                return Some(Label { point, text: value, font: Font::new(12.0, palette.ink).bold().middle() });
            }
            Some(Label { point, text: curve.name.clone(), font: Font::new(10.0, palette.muted).middle() })
        };
        let labels: Vec<_> = self.curves.iter().zip(lines).filter_map(label).collect();
        let ends: Vec<_> = labels.iter().map(|label| Area::new(label.point.0 - 4.0, label.point.1 - 4.0, 8.0, 8.0)).collect();
        for (label, middle) in labels.iter().zip(place(&labels, lines, bounds, &ends)) {
            if let Some(middle) = middle {
                scene.plate(middle, &label.text, label.font, palette.background);
            }
        }
    }

    fn marks(&self, lines: &[Vec<Point>], pitch: f64) -> Vec<Mark> {
        let size = pitch.clamp(4.0, 16.0);
        let mut marks = Vec::new();
        for (row, (curve, line)) in self.curves.iter().zip(lines).enumerate() {
            for ((x, y), point) in line.iter().zip(&curve.points) {
                let area = Area::new(x - size / 2.0, y - size / 2.0, size, size);
                marks.push(mark(area, point.key.clone(), point.label.clone(), point.details.clone()).at(row, point.column));
            }
        }
        marks
    }
}

/// The intervals of a curve that lie within an axis: one that does not, of a handful of members, says nothing but that.
pub(super) fn known(curve: &Curve, ticks: &[f64]) -> Vec<(usize, Interval)> {
    let top = ticks.last().copied().unwrap_or(0.0);
    let interval = |point: &PointAt| Some((point.column, point.interval.filter(|interval| interval.high <= top)?));
    curve.points.iter().filter_map(interval).collect()
}

/// Draws them as a band.
pub(super) fn band(scene: &mut Scene, context: &Context<'_>, curve: &Curve, ticks: &[f64], pixel: &dyn Fn(usize, f64) -> Point) {
    let known = known(curve, ticks);
    if known.len() > 1 {
        let upper = known.iter().map(|(column, interval)| pixel(*column, interval.high));
        let lower = known.iter().rev().map(|(column, interval)| pixel(*column, interval.low));
        scene.polygon(upper.chain(lower).collect(), pale(context, curve.color));
    }
}

/// The colour of the interval of a curve of some colour.
pub(super) fn pale(context: &Context<'_>, color: Rgb) -> Rgb {
    color.mix(context.background(), 0.86)
}

/// Whether cohorts that were chosen can be told apart by colours; else tones tell old from new.
fn are_few(context: &Context<'_>, cohorts: usize) -> bool {
    context.options.curves.is_some() && cohorts <= slice_curves::COLORS.len()
}

/// The curves of the latest cohorts, or the latest of those chosen, and how many are left out.
fn cohorts(table: &CohortTable, config: &CohortConfig, context: &Context<'_>, first: usize) -> (Vec<Curve>, usize) {
    let wanted = |row: &&CohortRow| row.n_customers > 0 && row.cells.len() > first && context.wants_curve(&row.period.label);
    let all: Vec<_> = table.rows.iter().filter(wanted).collect();
    let wanted = if context.narrow() && context.options.curves.is_none() { 6 } else { 12 };
    let hidden = all.len().saturating_sub(wanted);
    let shown = all.get(hidden..).unwrap_or_default();
    let mut curves = Vec::new();
    for (index, row) in shown.iter().enumerate() {
        let color = if are_few(context, shown.len()) {
            context.palette.series(slice_curves::COLORS[index])
        } else {
            context.palette.heat(0.5 + 0.5 * (index + 1) as f64 / shown.len() as f64)
        };
        let cells = row.cells.iter().enumerate().skip(first).filter(|(_, cell)| cell.state != CellState::Suppressed);
        let points = cells.filter_map(|(column, cell)| {
            Some(PointAt {
                column,
                value: cell.value.filter(|value| value.is_finite())?,
                complete: cell.state == CellState::Complete,
                interval: None,
                key: key(row, column),
                label: cell_label(context, config, row, column),
                details: cell_details(context, config, row, cell),
            })
        });
        let (name, points) = (row.period.label.clone(), points.collect());
        curves.push(Curve { name, color, mean: false, points });
    }
    (curves, hidden)
}

pub(super) fn mean_curve(table: &CohortTable, config: &CohortConfig, context: &Context<'_>, first: usize) -> Curve {
    let name = context.word("cohort.mean_pooled");
    let means = table.means.pooled.iter().enumerate().skip(first);
    let points = means.filter_map(|(column, value)| {
        Some(PointAt {
            column,
            value: value.filter(|value| value.is_finite())?,
            complete: true,
            interval: table.means.pooled_interval.get(column).copied().flatten(),
            key: format!("mean:pooled/{column}"),
            label: context.join(&[name.clone(), super::cohort_words::column_name(context, config, column)]),
            details: mean_details(context, config, &table.means, (*value, true), column),
        })
    });
    Curve { points: points.collect(), color: context.palette.ink, mean: true, name }
}
