//! Small multiples of a sliced cohort table: a plot per slice on common axes, its pooled mean strong, the whole beside it, the other slices pale.
//!
//! The largest slices first; without slices the curves of the cohorts.

use super::Mark;
use super::cohort_words::{Reading, columns_title, config, finding, reading, subtitle};
use super::color::Rgb;
use super::curves::{self, Curve, PointAt};
use super::draw::Sheet;
use super::frame::{Sign, heading, legend, mark, notes};
use super::measure::fit;
use super::scale::{Scale, thinning, ticks};
use super::scene::{Area, Font, Point, Scene};
use super::slice_curves;
use super::words::Context;
use crate::Result;
use crate::result::{CohortConfig, CohortTable};

/// So many plots can be taken in at a look.
const MOST: usize = 12;
const GAP: f64 = 22.0;
const PLOT_HEIGHT: f64 = 96.0;
/// Above a plot: its name.
const HEAD: f64 = 22.0;
/// Below: the columns.
const FOOT: f64 = 24.0;
const AXIS_SIZE: f64 = 10.0;

pub(super) fn sheet(table: &CohortTable, context: &Context<'_>) -> Result<Sheet> {
    if table.slices.is_empty() {
        return curves::sheet(table, context);
    }
    let config = config(table)?;
    let title = curves::title(table, config, context);
    let mut scene = Scene::default();
    let top = heading(&mut scene, context, &title, &subtitle(context, table, config));
    let multiples = Multiples::new(table, config, context);
    let top = multiples.draw_legend(&mut scene, top);
    let (height, marks) = multiples.draw(&mut scene, top);
    Ok(Sheet {
        title,
        description: finding(context, table, config) + &slice_curves::finding(table, config, context),
        table: slice_curves::twin(table, config, context),
        height,
        scene,
        marks,
    })
}

struct Multiples<'a> {
    context: &'a Context<'a>,
    config: &'a CohortConfig,
    reading: Reading,
    whole: Curve,
    /// By size, with how many customers each has.
    slices: Vec<(Curve, u32)>,
    hidden: usize,
    first: usize,
    last: usize,
    ticks: Vec<f64>,
}

impl<'a> Multiples<'a> {
    fn new(table: &CohortTable, config: &'a CohortConfig, context: &'a Context<'a>) -> Self {
        let first = curves::first_column(config);
        let whole = curves::mean_curve(table, config, context, first);
        let (slices, hidden) = slice_curves::largest(table, config, context, first, MOST);
        let points = || slices.iter().map(|(curve, _)| curve).chain([&whole]).flat_map(|curve| &curve.points);
        let last = points().map(|point| point.column).max().unwrap_or(first);
        let values = points().map(|point| point.value);
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
        let reading = reading(config);
        Self {
            ticks: ticks(low, high, 3, reading == Reading::Count),
            context,
            config,
            reading,
            whole,
            slices,
            hidden,
            first,
            last,
        }
    }

    fn draw_legend(&self, scene: &mut Scene, top: f64) -> f64 {
        let (context, palette) = (self.context, &self.context.palette);
        let mut items = vec![
            (Sign::Line(palette.series(0)), context.word("chart.this_slice")),
            (Sign::Line(palette.ink), context.word("cohort.mean_pooled")),
            (Sign::Line(beside(context)), context.word("chart.other_slices")),
        ];
        if self.slices.iter().any(|(slice, _)| curves::known(slice, &self.ticks).len() > 1) {
            items.insert(1, (Sign::Fill(curves::pale(context, palette.series(0))), context.word("chart.interval")));
        }
        legend(scene, context, (context.pad, top), context.inner(), &items) + 6.0
    }

    /// Returns the height of the drawing and the marks.
    fn draw(&self, scene: &mut Scene, top: f64) -> (f64, Vec<Mark>) {
        let context = self.context;
        let font = Font::new(AXIS_SIZE, context.palette.muted);
        let written = curves::written(context, self.reading, &self.ticks);
        let labels = written.iter().map(|text| font.width(text)).fold(0.0, f64::max);
        let left = context.pad + labels + 8.0;
        let room = context.width - context.pad - left;
        let least = if context.narrow() { 108.0 } else { 190.0 };
        let fitting = ((room + GAP) / (least + GAP)).floor().clamp(1.0, 4.0) as usize;
        let across = fitting.min(self.slices.len());
        let width = (room - GAP * (across - 1) as f64) / across as f64;
        let mut marks = Vec::new();
        for (index, (curve, customers)) in self.slices.iter().enumerate() {
            let (row, column) = (index / across, index % across);
            let y = top + (HEAD + PLOT_HEIGHT + FOOT) * row as f64 + HEAD;
            let plot = Area::new(left + (width + GAP) * column as f64, y, width, PLOT_HEIGHT);
            self.draw_axes(scene, plot);
            if column == 0 {
                for (tick, text) in self.ticks.iter().zip(&written) {
                    scene.text_at((left - 6.0, self.y(plot).at(*tick)), text.as_str(), font.end());
                }
            }
            self.draw_head(scene, plot, curve, *customers);
            self.draw_lines(scene, plot, index);
            marks.extend(self.marks(plot, index, curve));
        }
        let rows = self.slices.len().div_ceil(across);
        let bottom = top + (HEAD + PLOT_HEIGHT + FOOT) * rows as f64;
        scene.text((left, bottom + 8.0), columns_title(context, self.config), Font::new(11.0, context.palette.muted));
        let shown = self.slices.len().to_string();
        let texts = (self.hidden > 0).then(|| context.say("chart.largest_slices", &[("n", &shown)]));
        (notes(scene, context, bottom + 18.0, texts.as_slice()), marks)
    }

    fn x(&self, plot: Area) -> Scale {
        let span = (self.last - self.first).max(1) as f64;
        Scale { values: (self.first as f64, self.first as f64 + span), pixels: (plot.x + 4.0, plot.right() - 4.0) }
    }

    fn y(&self, plot: Area) -> Scale {
        let range = (self.ticks.first().copied().unwrap_or(0.0), self.ticks.last().copied().unwrap_or(1.0));
        Scale { values: range, pixels: (plot.bottom(), plot.y) }
    }

    fn draw_axes(&self, scene: &mut Scene, plot: Area) {
        let palette = &self.context.palette;
        let (x, y) = (self.x(plot), self.y(plot));
        for tick in &self.ticks {
            let at = y.at(*tick);
            scene.line((plot.x, at), (plot.right(), at), palette.rule, if *tick == 0.0 { 1.5 } else { 0.5 });
        }
        let font = Font::new(AXIS_SIZE, palette.muted);
        let name = |column: usize| self.config.span(column).label();
        let widest = (self.first..=self.last).map(|column| font.width(&name(column))).fold(0.0, f64::max);
        let step = thinning(widest + 8.0, x.at(1.0) - x.at(0.0));
        for column in (self.first..=self.last).step_by(step) {
            scene.text((x.at(column as f64), plot.bottom() + 14.0), name(column), font.middle());
        }
    }

    /// Name at the left, customers at the right.
    fn draw_head(&self, scene: &mut Scene, plot: Area, curve: &Curve, customers: u32) {
        let (context, palette) = (self.context, &self.context.palette);
        let count = context.numbers.count_short(f64::from(customers));
        let (bold, muted) = (Font::new(12.0, palette.ink).bold(), Font::new(11.0, palette.muted));
        let baseline = plot.y - 8.0;
        let name = fit(&curve.name, bold.size, true, plot.width - muted.width(&count) - 10.0);
        scene.text((plot.x, baseline), name, bold);
        scene.text((plot.right(), baseline), count, muted.end());
    }

    fn draw_lines(&self, scene: &mut Scene, plot: Area, own: usize) {
        let palette = &self.context.palette;
        let line = |curve: &Curve| curve.points.iter().map(|point| self.pixel(plot, point)).collect::<Vec<Point>>();
        let (x, y) = (self.x(plot), self.y(plot));
        curves::band(scene, self.context, &self.slices[own].0, &self.ticks, &|column, value| (x.at(column as f64), y.at(value)));
        for (_, (other, _)) in self.slices.iter().enumerate().filter(|(index, _)| *index != own) {
            scene.path(line(other), beside(self.context), 1.0);
        }
        scene.path(line(&self.whole), palette.ink, 1.2);
        let points = line(&self.slices[own].0);
        if let [only] = points[..] {
            scene.circle(only, 3.0, palette.series(0));
        }
        scene.path(points, palette.series(0), 2.6);
    }

    fn pixel(&self, plot: Area, point: &PointAt) -> Point {
        (self.x(plot).at(point.column as f64), self.y(plot).at(point.value))
    }

    fn marks(&self, plot: Area, row: usize, curve: &Curve) -> Vec<Mark> {
        let size = (self.x(plot).at(1.0) - self.x(plot).at(0.0)).clamp(4.0, 14.0);
        let one = |point: &PointAt| {
            let (x, y) = self.pixel(plot, point);
            let area = Area::new(x - size / 2.0, y - size / 2.0, size, size);
            mark(area, point.key.clone(), point.label.clone(), point.details.clone()).at(row, point.column)
        };
        curve.points.iter().map(one).collect()
    }
}

/// The colour of what is there to compare with only.
fn beside(context: &Context<'_>) -> Rgb {
    context.palette.muted.mix(context.background(), 0.6)
}
