//! The flywheel: six arcs clockwise, each a step with its headline; gain and cycle time in the middle; the steps in words beside or below.
//!
//! A step without data is grey and hatched and says which table or column to export; it is never drawn as zero.

use super::color::Rgb;
use super::draw::Sheet;
use super::flywheel_list;
use super::frame::{Sign, cell, detail, heading, legend, mark, notes};
use super::measure::{fit, text_width};
use super::number::{NOTHING, or_nothing};
use super::scene::{Area, Font, Point, Scene};
use super::words::Context;
use super::{Detail, Mark, TableRow, TableTwin};
use crate::result::{FlywheelStep, FlywheelTable, Metric, MetricStatus, StepId, Unit};

pub(super) fn sheet(table: &FlywheelTable, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.flywheel");
    let mut scene = Scene::default();
    let until = context.say("chart.observed_until", &[("day", &table.definition.complete_until)]);
    let subtitle = context.join(&[context.word("chart.flywheel_subtitle"), until]);
    let top = heading(&mut scene, context, &title, &subtitle);
    let items = statuses(table, context);
    let top = if items.is_empty() { top } else { legend(&mut scene, context, (context.pad, top), context.inner(), &items) } + 8.0;
    let wide = context.width >= 760.0;
    let room = if wide { context.inner() * 0.5 } else { context.inner() };
    let rim = if table.chain.links.is_empty() || room < 400.0 { 0.0 } else { RIM };
    let radius = (room / 2.0).min(230.0 + rim);
    let outer = radius - rim;
    let ring =
        Ring { context, table, links: rim > 0.0, center: (context.pad + room / 2.0, top + radius), outer, inner: outer * 0.56 };
    let mut marks = ring.draw(&mut scene);
    let list = if wide {
        let width = context.inner() - room - 32.0;
        let spare = 2.0 * radius - flywheel_list::height(table, context, width);
        Area::new(context.pad + room + 32.0, top + (spare / 2.0).max(0.0), width, 0.0)
    } else {
        Area::new(context.pad, top + 2.0 * radius + 24.0, context.inner(), 0.0)
    };
    let (bottom, list_marks) = flywheel_list::draw(&mut scene, table, context, list);
    marks.extend(list_marks);
    let height = notes(&mut scene, context, bottom.max(top + 2.0 * radius) + 12.0, &[context.word("chart.note_gain")]);
    Sheet { scene, height, title, description: finding(table, context), marks, table: twin(table, context) }
}

/// Room around the arcs for what goes over from one step to the next.
const RIM: f64 = 26.0;

/// Which statuses the picture shows, for the legend.
fn statuses(table: &FlywheelTable, context: &Context<'_>) -> Vec<(Sign, String)> {
    let any = |status: MetricStatus| table.steps.iter().any(|step| step.headline.status == status);
    let palette = &context.palette;
    let mut items = Vec::new();
    if any(MetricStatus::NeedsTable) {
        items.push((Sign::Hatched(palette.neutral), context.word("chart.needs_table")));
    }
    if any(MetricStatus::Proxy) {
        items.push((Sign::Striped(fill(context, MetricStatus::Proxy)), context.word("chart.proxy")));
    }
    if table.bottleneck.step.is_some() {
        items.push((Sign::Framed(palette.series(BOTTLENECK)), context.word("chart.bottleneck")));
    }
    items
}

/// The series colour around the step that holds the loop back.
const BOTTLENECK: usize = 3;

fn fill(context: &Context<'_>, status: MetricStatus) -> Rgb {
    match status {
        MetricStatus::Ok => context.palette.heat(0.82),
        MetricStatus::Proxy => context.palette.heat(0.45),
        _ => context.palette.neutral,
    }
}

/// A metric's value as text.
pub(super) fn written(context: &Context<'_>, metric: &Metric) -> String {
    let numbers = &context.numbers;
    let text = or_nothing(metric.value, |value| match metric.unit {
        Unit::Share | Unit::Difference | Unit::Change => numbers.percent(value),
        Unit::Ratio => numbers.ratio(value),
        Unit::Count => numbers.count_short(value),
        Unit::Days => numbers.days(value),
        Unit::Minor => numbers.money_short(value),
    });
    if metric.status == MetricStatus::Proxy && metric.value.is_some() { format!("≈ {text}") } else { text }
}

/// What a metric's status means, with the table or column it needs.
pub(super) fn status(context: &Context<'_>, metric: &Metric) -> String {
    match metric.status {
        MetricStatus::Ok => context.word("chart.ok"),
        MetricStatus::Proxy => context.word("chart.proxy"),
        MetricStatus::NeedsTable => context.say("chart.needs", &[("table", &needs(context, metric))]),
        MetricStatus::Immature => context.word("chart.immature"),
        MetricStatus::Insufficient => context.word("chart.insufficient"),
        MetricStatus::Suppressed => context.word("cell.suppressed"),
    }
}

/// The table or column to export; where there is a choice, all of them.
fn needs(context: &Context<'_>, metric: &Metric) -> String {
    let choice = metric.needs.as_deref().unwrap_or(NOTHING);
    choice.split(" | ").collect::<Vec<_>>().join(&context.word("chart.or"))
}

/// Tooltip of a metric.
pub(super) fn metric_details(context: &Context<'_>, metric: &Metric) -> Vec<Detail> {
    let mut lines = vec![
        detail(context.of(&metric.name), written(context, metric)),
        detail(context.word("chart.status"), status(context, metric)),
    ];
    if let (Some(num), Some(den)) = (metric.num, metric.den) {
        lines.push(detail(
            context.word("chart.num_den"),
            format!("{} / {}", context.numbers.count(num), context.numbers.count(den)),
        ));
    }
    if let (Some(interval), Unit::Share) = (metric.interval, metric.unit) {
        let numbers = &context.numbers;
        lines.push(detail(
            context.word("chart.interval"),
            format!("{}–{}", numbers.percent(interval.low), numbers.percent(interval.high)),
        ));
    }
    if let Some(period) = &metric.period {
        lines.push(detail(context.word("chart.period"), period.as_str()));
    }
    if let Some(note) = &metric.note {
        lines.push(detail(context.word("chart.remark"), context.of(note)));
    }
    lines
}

pub(super) fn step_key(step: &FlywheelStep) -> String {
    let name = match step.id {
        StepId::Experience => "experience",
        StepId::Pool => "pool",
        StepId::Precision => "precision",
        StepId::Repeat => "repeat",
        StepId::Advocacy => "advocacy",
        StepId::Loop => "loop",
    };
    format!("step:{name}")
}

/// Unit vectors of every 10° clockwise from the top: exact enough, and the same wherever they are computed.
fn direction(degrees: f64) -> Point {
    // Taylor series to x¹⁵ on [−π, π] after folding: no math library, so no platform's last bits.
    let turn = degrees - (degrees / 360.0 + 0.5).floor() * 360.0;
    let x = turn * std::f64::consts::PI / 180.0;
    let series = |first: f64, start: f64| {
        let (mut term, mut sum, mut n) = (first, first, start);
        for _ in 0..16 {
            term *= -x * x / ((n + 1.0) * (n + 2.0));
            sum += term;
            n += 2.0;
        }
        sum
    };
    (series(x, 1.0), -series(1.0, 0.0))
}

struct Ring<'a> {
    context: &'a Context<'a>,
    table: &'a FlywheelTable,
    /// Whether there is room for what goes over between the steps.
    links: bool,
    center: Point,
    outer: f64,
    inner: f64,
}

impl Ring<'_> {
    fn at(&self, degrees: f64, radius: f64) -> Point {
        let (x, y) = direction(degrees);
        (self.center.0 + radius * x, self.center.1 + radius * y)
    }

    fn middle(&self) -> f64 {
        (self.outer + self.inner) / 2.0
    }

    /// Degrees at the middle of a step's arc; the first is at the top right, so that the loop closes at the top.
    fn degrees(index: usize) -> f64 {
        30.0 + 60.0 * index as f64
    }

    fn draw(&self, scene: &mut Scene) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (index, step) in self.table.steps.iter().enumerate().take(6) {
            self.draw_arc(scene, index, step);
            let (x, y) = self.at(Self::degrees(index), self.middle());
            let half = (self.outer - self.inner) * 0.5;
            let area = Area::new(x - half, y - half, 2.0 * half, 2.0 * half);
            let label = self.name(index, step);
            marks.push(mark(area, step_key(step), label, metric_details(self.context, &step.headline)).at(0, index));
        }
        let links = if self.links { self.table.chain.links.as_slice() } else { &[] };
        for (index, link) in links.iter().enumerate().take(5) {
            let label = self.context.of(&link.name).to_owned();
            let area = self.draw_link(scene, index, link);
            marks.push(mark(area, format!("link:{}", link.id), label, metric_details(self.context, link)).at(1, index));
        }
        self.draw_center(scene);
        let half = self.inner * 0.6;
        let (x, y) = self.center;
        let centre = [("flywheel:gain", &self.table.gain, y - half), ("flywheel:cycle_time", &self.table.cycle_time, y)];
        for (col, (key, metric, top)) in centre.into_iter().enumerate() {
            let area = Area::new(x - half, top, 2.0 * half, half);
            let label = self.context.of(&metric.name).to_owned();
            marks.push(mark(area, key.into(), label, metric_details(self.context, metric)).at(2, col));
        }
        marks
    }

    /// An arc with an arrow's head at its end and a notch at its start.
    fn draw_arc(&self, scene: &mut Scene, index: usize, step: &FlywheelStep) {
        let (context, state) = (self.context, step.headline.status);
        let (fill, middle) = (fill(context, state), Self::degrees(index));
        let (from, to, tip) = (middle - 28.5, middle + 28.5, 6.0);
        let outer = (0..=24).map(|i| self.at(from + (to - from) * f64::from(i) / 24.0, self.outer));
        let inner = (0..=24).map(|i| self.at(to + (from - to) * f64::from(i) / 24.0, self.inner));
        let points = outer.chain([self.at(to + tip, self.middle())]).chain(inner).chain([self.at(from + tip, self.middle())]);
        let points: Vec<Point> = points.collect();
        scene.polygon(points.clone(), fill);
        if self.table.bottleneck.step == Some(step.id) {
            let closed = points.iter().copied().chain(points.first().copied()).collect();
            scene.path(closed, context.palette.series(BOTTLENECK), 3.5);
        }
        match state {
            MetricStatus::NeedsTable => self.draw_hatch(scene, from + tip, to, fill),
            MetricStatus::Proxy => self.draw_rims(scene, from, to, fill),
            _ => {}
        }
        self.draw_text(scene, index, step, fill);
    }

    /// What goes over from a step to the next, outside the gap between their arcs; returns its place.
    fn draw_link(&self, scene: &mut Scene, index: usize, link: &Metric) -> Area {
        let (context, palette) = (self.context, &self.context.palette);
        let degrees = Self::degrees(index) + 30.0;
        let (x, _) = direction(degrees);
        let text = or_nothing(link.value, |value| match link.unit {
            Unit::Share => context.numbers.percent(value),
            _ => format!("×{}", context.numbers.ratio(value)),
        });
        let color = if link.value.is_some() { palette.ink } else { palette.muted };
        let font = Font::new(12.0, color).bold();
        let font = if x > 0.2 {
            font
        } else if x < -0.2 {
            font.end()
        } else {
            font.middle()
        };
        let at = self.at(degrees, self.outer + if x.abs() > 0.2 { 7.0 } else { 14.0 });
        scene.text_at(at, text.as_str(), font);
        let area = font.area(&text, (at.0, at.1 + font.size * 0.35));
        Area::new(area.x - 3.0, area.y - 3.0, area.width + 6.0, area.height + 6.0)
    }

    /// A thin line inside each edge.
    fn draw_rims(&self, scene: &mut Scene, from: f64, to: f64, fill: Rgb) {
        let stroke = super::frame::stripes(self.context, fill);
        for (radius, bend) in [(self.inner + 2.5, 0.4), (self.inner + 4.5, 0.8), (self.outer - 4.5, 0.8), (self.outer - 2.5, 0.4)]
        {
            let points = (0..=24).map(|i| self.at(from + bend + (to - from) * f64::from(i) / 24.0, radius));
            scene.path(points.collect(), stroke, 1.0);
        }
    }

    /// Lines aslant from the inner to the outer edge.
    fn draw_hatch(&self, scene: &mut Scene, from: f64, to: f64, fill: Rgb) {
        let stroke = self.context.palette.hatch_on(fill);
        let mut degrees = from;
        while degrees + 5.0 <= to {
            scene.line(self.at(degrees, self.inner), self.at(degrees + 5.0, self.outer), stroke, 1.0);
            degrees += 2.5;
        }
    }

    /// Width a text may have in an arc.
    fn room(&self) -> f64 {
        (self.outer - self.inner) * 0.88
    }

    /// The largest of the sizes in which all texts fit an arc.
    fn common(&self, texts: &[String], sizes: &[f64]) -> Option<f64> {
        let fits = |size: f64| texts.iter().all(|text| text_width(text, size, true) <= self.room());
        sizes.iter().copied().find(|size| fits(*size))
    }

    fn name(&self, index: usize, step: &FlywheelStep) -> String {
        format!("{} {}", index + 1, self.context.of(&step.name))
    }

    /// Name and value of a step; those that do not fit are left to the list.
    fn draw_text(&self, scene: &mut Scene, index: usize, step: &FlywheelStep, fill: Rgb) {
        let (context, state) = (self.context, step.headline.status);
        let ink = context.palette.ink_on(fill);
        let middle = self.at(Self::degrees(index) + 2.0, self.middle());
        let names: Vec<_> = self.table.steps.iter().enumerate().map(|(index, step)| self.name(index, step)).collect();
        let (name, size) = match self.common(&names, &[14.0, 13.0, 12.0, 11.0, 10.0]) {
            Some(size) => (self.name(index, step), size),
            None => ((index + 1).to_string(), 14.0),
        };
        let name_font = Font::new(size, ink).bold().middle();
        let known = step.headline.value.is_some();
        let (value, size) = if known {
            let values: Vec<_> = self.table.steps.iter().map(|step| written(context, &step.headline)).collect();
            (written(context, &step.headline), self.common(&values, &[20.0, 17.0, 15.0, 13.0, 11.0]))
        } else {
            let text =
                if state == MetricStatus::NeedsTable { context.word("chart.no_data") } else { status(context, &step.headline) };
            let size = self.common(std::slice::from_ref(&text), &[12.0, 11.0, 10.0]);
            (text, size)
        };
        let mut put = |at: Point, text: &str, font: Font| {
            if known { scene.text_at(at, text, font) } else { scene.plate(at, text, font, fill) }
        };
        let Some(size) = size else { return put(middle, &name, name_font) };
        let value_font = Font { bold: known, ..Font::new(size, ink).middle() };
        let apart = (name_font.size + size) / 2.0 * 0.62 + 2.0;
        put((middle.0, middle.1 - apart), &name, name_font);
        put((middle.0, middle.1 + apart), &value, value_font);
    }

    /// Gain above, cycle time below, each with its name and what it means.
    fn draw_center(&self, scene: &mut Scene) {
        let (x, y) = self.center;
        let reach = self.inner * 0.4;
        scene.line((x - reach, y), (x + reach, y), self.context.palette.rule, 1.0);
        self.draw_metric(scene, y - self.inner * 0.36, &self.table.gain);
        self.draw_metric(scene, y + self.inner * 0.36, &self.table.cycle_time);
    }

    fn draw_metric(&self, scene: &mut Scene, y: f64, metric: &Metric) {
        let (context, palette) = (self.context, &self.context.palette);
        let x = self.center.0;
        // Chords of the inner circle at the heights of the lines.
        let chord = |y: f64| {
            let away = (y - self.center.1).abs() + 6.0;
            2.0 * (self.inner * self.inner - away * away).max(0.0).sqrt() - 12.0
        };
        let large = self.inner >= 115.0;
        let apart = if large { 23.0 } else { 17.0 };
        let line = |scene: &mut Scene, y: f64, text: &str, sizes: &[f64], color: Rgb, bold: bool| {
            let font = |size: f64| Font { bold, ..Font::new(size, color).middle() };
            let Some(last) = sizes.last() else { return };
            let size = sizes.iter().find(|size| font(**size).width(text) <= chord(y)).unwrap_or(last);
            scene.text_at((x, y), fit(text, *size, bold, chord(y)), font(*size));
        };
        line(scene, y - apart, context.of(&metric.name), &[12.0, 11.0, 10.0], palette.muted, false);
        if metric.value.is_some() {
            let sizes: &[f64] = if large { &[26.0, 22.0, 18.0, 14.0] } else { &[18.0, 16.0, 14.0, 12.0] };
            line(scene, y, &written(context, metric), sizes, palette.ink, true);
            line(scene, y + apart, &meaning(context, metric), &[11.0, 10.0], palette.muted, false);
        } else {
            line(scene, y, &status(context, metric), &[12.0, 11.0, 10.0], palette.ink, false);
        }
    }
}

/// What a gain or a cycle time says.
fn meaning(context: &Context<'_>, metric: &Metric) -> String {
    match (metric.unit, metric.value) {
        (Unit::Days, Some(days)) if days > 0.0 => context.say("chart.turns", &[("n", &format!("{:.1}", 365.0 / days))]),
        (Unit::Ratio, Some(gain)) if gain >= 1.0 => context.word("chart.self_sustaining"),
        (Unit::Ratio, Some(_)) => context.word("chart.not_self_sustaining"),
        _ => String::new(),
    }
}

fn finding(table: &FlywheelTable, context: &Context<'_>) -> String {
    let known = table.steps.iter().filter(|step| step.headline.value.is_some()).count().to_string();
    let mut needed: Vec<_> =
        table.steps.iter().filter(|step| step.headline.needs.is_some()).map(|step| needs(context, &step.headline)).collect();
    needed.dedup();
    let mut text = context.say("chart.flywheel_finding", &[("n", &known)]);
    if table.gain.value.is_some() {
        let (gain, cycle) = (written(context, &table.gain), written(context, &table.cycle_time));
        text += &context.say("chart.flywheel_gain", &[("gain", &gain), ("cycle", &cycle)]);
    }
    if let Some(step) = table.steps.iter().find(|step| Some(step.id) == table.bottleneck.step) {
        text += &context.say("chart.flywheel_bottleneck", &[("step", context.of(&step.name))]);
    }
    if !needed.is_empty() {
        text += &context.say("chart.flywheel_needs", &[("tables", &needed.join(", "))]);
    }
    text
}

fn twin(table: &FlywheelTable, context: &Context<'_>) -> TableTwin {
    let head = ["chart.step", "chart.metric", "chart.value", "chart.num_den", "chart.period", "chart.status"];
    let row = |head: String, metric: &Metric, key: Option<String>| {
        let ratio = match (metric.num, metric.den) {
            (Some(num), Some(den)) => format!("{} / {}", context.numbers.count(num), context.numbers.count(den)),
            _ => String::new(),
        };
        let cells = vec![
            cell(context.of(&metric.name), None, None),
            cell(written(context, metric), metric.value, key),
            cell(ratio, None, None),
            cell(metric.period.clone().unwrap_or_default(), None, None),
            cell(status(context, metric), None, None),
        ];
        TableRow { head, cells }
    };
    let steps = table.steps.iter().enumerate().flat_map(|(index, step)| {
        let name = format!("{} {}", index + 1, context.of(&step.name));
        let headline = row(name.clone(), &step.headline, Some(step_key(step)));
        let metrics = step.metrics.iter().map(move |metric| row(name.clone(), metric, None));
        [headline].into_iter().chain(metrics).collect::<Vec<_>>()
    });
    let all = context.word("chart.flywheel");
    let centre = [
        row(all.clone(), &table.gain, Some("flywheel:gain".into())),
        row(all, &table.cycle_time, Some("flywheel:cycle_time".into())),
    ];
    let chain = context.of(&table.chain.label);
    let links = table.chain.links.iter().map(|link| row(chain.to_owned(), link, Some(format!("link:{}", link.id))));
    TableTwin { head: head.iter().map(|id| context.word(id)).collect(), rows: steps.chain(links).chain(centre).collect() }
}
