//! What new buyers cost and are worth: a bar per entry cohort for the cost, a line for the net within 90 days, payback below.

use super::draw::Sheet;
use super::frame::{Sign, cell, detail, heading, legend, mark, notes};
use super::number::or_nothing;
use super::scale::{Scale, thinning, ticks};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Detail, Mark, TableCell, TableRow, TableTwin};
use crate::result::{CohortCost, FlywheelTable, VALUE_DAYS};

/// Narrower bars are not drawn; the oldest cohorts are left to the table.
const MIN_PITCH: f64 = 14.0;
/// The place of 90 days among [`VALUE_DAYS`].
const SHOWN: usize = 1;

pub(super) fn sheet(table: &FlywheelTable, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.costs");
    let mut scene = Scene::default();
    let until = context.say("chart.observed_until", &[("day", &table.definition.complete_until)]);
    let top = heading(&mut scene, context, &title, &until);
    let costs = Costs::new(&table.costs.cohorts, table.costs.by_margin, context);
    let items = [
        (Sign::Fill(context.palette.series(4)), context.word("metric.cac")),
        (Sign::Line(context.palette.series(0)), context.say("chart.value_days", &[("n", &VALUE_DAYS[SHOWN].to_string())])),
    ];
    let top = legend(&mut scene, context, (context.pad, top), context.inner(), &items) + 12.0;
    let (bottom, marks) = costs.draw(&mut scene, top);
    let height = notes(&mut scene, context, bottom, &costs.remarks());
    Sheet { scene, height, title, description: costs.finding(), marks, table: costs.twin() }
}

struct Costs<'a> {
    context: &'a Context<'a>,
    all: &'a [CohortCost],
    /// The cohorts that are drawn.
    shown: &'a [CohortCost],
    by_margin: bool,
    plot: Area,
    pitch: f64,
    y: Scale,
    ticks: Vec<f64>,
}

impl<'a> Costs<'a> {
    fn new(all: &'a [CohortCost], by_margin: bool, context: &'a Context<'a>) -> Self {
        let most = ((context.inner() - 70.0) / MIN_PITCH).max(1.0) as usize;
        let shown = all.get(all.len().saturating_sub(most)..).unwrap_or_default();
        let values = shown.iter().flat_map(|cohort| [cohort.cac_minor, cohort.values_minor[SHOWN]]).flatten();
        let (low, high) = values.fold((0.0, 1.0), |(low, high), value| (value.min(low), value.max(high)));
        let ticks = ticks(low, high, 5, false);
        let font = Font::new(11.0, context.palette.muted);
        let labels = ticks.iter().map(|&tick| font.width(&context.numbers.money_short(tick))).fold(0.0, f64::max);
        let left = context.pad + labels + 10.0;
        let plot = Area::new(left, 0.0, context.width - context.pad - left, (context.width * 0.3).clamp(180.0, 300.0));
        let range = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        let pitch = (plot.width / shown.len().max(1) as f64).min(90.0);
        Self { context, all, shown, by_margin, plot, pitch, y: Scale { values: range, pixels: (0.0, 0.0) }, ticks }
    }

    /// Returns the y below the figure and the marks.
    fn draw(&self, scene: &mut Scene, top: f64) -> (f64, Vec<Mark>) {
        let (context, palette) = (self.context, &self.context.palette);
        let plot = Area { y: top, ..self.plot };
        let y = Scale { pixels: (plot.bottom(), plot.y), ..self.y };
        let small = Font::new(11.0, palette.muted);
        for &tick in &self.ticks {
            scene.line((plot.x, y.at(tick)), (plot.right(), y.at(tick)), palette.rule, if tick == 0.0 { 1.5 } else { 1.0 });
            scene.text_at((plot.x - 8.0, y.at(tick)), context.numbers.money_short(tick), small.end());
        }
        let middle = |col: usize| plot.x + self.pitch * (col as f64 + 0.5);
        let width = self.pitch * 0.6;
        for (col, cohort) in self.shown.iter().enumerate() {
            let Some(cost) = cohort.cac_minor else { continue };
            let (one, two) = (y.at(0.0), y.at(cost));
            scene.rect(Area::new(middle(col) - width / 2.0, one.min(two), width, (one - two).abs()), palette.series(4));
        }
        let mut line = Vec::new();
        let mut lines = vec![];
        for (col, cohort) in self.shown.iter().enumerate() {
            match cohort.values_minor[SHOWN] {
                Some(value) => line.push((middle(col), y.at(value))),
                None => lines.push(std::mem::take(&mut line)),
            }
        }
        lines.push(line);
        for line in lines {
            for &point in &line {
                scene.circle(point, 3.5, palette.series(0));
            }
            scene.path(line, palette.series(0), 2.5);
        }
        let bottom = self.draw_periods(scene, plot.bottom());
        let marks = self.shown.iter().enumerate().map(|(col, cohort)| {
            let area = Area::new(plot.x + self.pitch * col as f64, plot.y, self.pitch, plot.height);
            mark(area, key(cohort), cohort.period.label.clone(), self.details(cohort)).at(0, col)
        });
        (bottom, marks.collect())
    }

    /// Periods, and below each how long its cost took to come back; returns the y below both.
    fn draw_periods(&self, scene: &mut Scene, top: f64) -> f64 {
        let (context, font) = (self.context, Font::new(11.0, self.context.palette.muted).middle());
        let label = |cohort: &CohortCost| format!("{}{}", cohort.period.label, if cohort.left_censored { "*" } else { "" });
        let widest = self.shown.iter().map(|cohort| font.width(&label(cohort))).fold(0.0, f64::max);
        let paid: Vec<String> = self.shown.iter().map(|cohort| self.payback(cohort)).collect();
        let longest = paid.iter().map(|text| font.width(text)).fold(0.0, f64::max);
        let some = self.shown.iter().any(|cohort| cohort.payback_months.is_some());
        let step = thinning(widest.max(if some { longest } else { 0.0 }) + 8.0, self.pitch);
        let ink = Font { color: context.palette.ink, ..font };
        let mut taken = 0.0;
        for (col, cohort) in self.shown.iter().enumerate().step_by(step) {
            let half = font.width(&label(cohort)).max(font.width(&paid[col])) / 2.0;
            let middle = self.plot.x + self.pitch * (col as f64 + 0.5);
            let middle = middle.clamp(context.pad + half, (context.width - context.pad - half).max(context.pad + half));
            if middle - half < taken {
                continue;
            }
            taken = middle + half + 6.0;
            scene.text((middle, top + 18.0), label(cohort), font);
            if some {
                scene.text((middle, top + 35.0), paid[col].as_str(), ink);
            }
        }
        top + if some { 48.0 } else { 30.0 }
    }

    fn payback(&self, cohort: &CohortCost) -> String {
        let months = |months: u32| self.context.say("chart.months", &[("n", &months.to_string())]);
        cohort.payback_months.map_or_else(|| super::number::NOTHING.into(), months)
    }

    fn details(&self, cohort: &CohortCost) -> Vec<Detail> {
        let context = self.context;
        let money = |value| or_nothing(value, |value| context.numbers.money(value));
        let mut lines = vec![
            detail(context.word("metric.new_buyers"), context.numbers.count(f64::from(cohort.new_buyers))),
            detail(context.word("table.spend"), money(cohort.spend_minor.map(|spend| spend as f64))),
            detail(context.word("metric.cac"), money(cohort.cac_minor)),
        ];
        for (days, value) in VALUE_DAYS.iter().zip(cohort.values_minor) {
            lines.push(detail(context.say("chart.value_days", &[("n", &days.to_string())]), money(value)));
        }
        lines.push(detail(context.word("metric.payback"), self.payback(cohort)));
        if cohort.left_censored {
            lines.push(detail(context.word("chart.remark"), context.word("chart.first_period")));
        }
        lines
    }

    fn remarks(&self) -> Vec<String> {
        let context = self.context;
        let mut texts = vec![context.word(if self.by_margin { "chart.note_costs_margin" } else { "chart.note_costs" })];
        if self.all.iter().all(|cohort| cohort.spend_minor.is_none()) {
            texts.push(context.say("chart.needs", &[("table", "spend")]));
        }
        if self.shown.iter().any(|cohort| cohort.left_censored) {
            texts.push(context.word("chart.note_first_period"));
        }
        if self.shown.len() < self.all.len() {
            texts.push(context.say("chart.recent_periods", &[("n", &self.shown.len().to_string())]));
        }
        texts
    }

    /// The latest cohort whose value is known, with its cost.
    fn finding(&self) -> String {
        let context = self.context;
        let Some(cohort) = self.all.iter().rev().find(|cohort| cohort.values_minor[SHOWN].is_some()) else {
            return context.word("chart.nothing_complete");
        };
        let money = |value| or_nothing(value, |value| context.numbers.money(value));
        let values = [
            ("period", cohort.period.label.clone()),
            ("cost", money(cohort.cac_minor)),
            ("value", money(cohort.values_minor[SHOWN])),
        ];
        context.say("chart.costs_finding", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// Every cohort, drawn or not; keys only of those drawn.
    fn twin(&self) -> TableTwin {
        let context = self.context;
        let mut head: Vec<String> = ["chart.period", "metric.new_buyers", "table.spend", "metric.cac", "metric.marginal_cac"]
            .map(|id| context.word(id))
            .into();
        head.extend(VALUE_DAYS.iter().map(|days| context.say("chart.value_days", &[("n", &days.to_string())])));
        head.extend([context.word("metric.ltv_cac"), context.word("metric.payback")]);
        let hidden = self.all.len() - self.shown.len();
        let rows = self.all.iter().enumerate().map(|(index, cohort)| {
            let key = (index >= hidden).then(|| key(cohort));
            let money = |value: Option<f64>| -> TableCell {
                cell(or_nothing(value, |value| context.numbers.money(value)), value, value.and(key.clone()))
            };
            let n = f64::from(cohort.new_buyers);
            let ratio = cohort.value_per_cost.iter().rev().copied().flatten().next();
            let mut cells = vec![
                cell(context.numbers.count(n), Some(n), key.clone()),
                money(cohort.spend_minor.map(|spend| spend as f64)),
                money(cohort.cac_minor),
                money(cohort.marginal_cac_minor),
            ];
            cells.extend(cohort.values_minor.map(money));
            cells.push(cell(or_nothing(ratio, |ratio| context.numbers.ratio(ratio)), ratio, None));
            cells.push(cell(self.payback(cohort), cohort.payback_months.map(f64::from), None));
            TableRow { head: format!("{}{}", cohort.period.label, if cohort.left_censored { "*" } else { "" }), cells }
        });
        TableTwin { head, rows: rows.collect() }
    }
}

fn key(cohort: &CohortCost) -> String {
    format!("cost:{}", cohort.period.label)
}
