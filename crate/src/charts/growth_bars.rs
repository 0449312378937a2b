//! Growth accounting: what was gained above the line, what was lost below, and the quick ratio on its own panel.
//!
//! A period that has not ended is hatched (its churn is provisional), the data's first period is flagged (its new customers may be old ones).

use super::draw::Sheet;
use super::frame::{Sign, cell, detail, heading, legend, mark, notes, paragraph, stripes};
use super::number::or_nothing;
use super::scale::{Scale, thinning, ticks};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Detail, GrowthUnit, Mark, TableRow, TableTwin};
use crate::result::{GrowthPeriod, GrowthTable};

/// Narrower bars are not drawn; the oldest periods are left to the table.
const MIN_PITCH: f64 = 4.0;
/// Height of the quick ratio's panel.
const RATIO_HEIGHT: f64 = 84.0;

/// One kind of bar segment.
struct Series {
    id: &'static str,
    color: usize,
    striped: bool,
    gain: bool,
    value: fn(&GrowthPeriod) -> f64,
}

/// From the axis outwards, gains then losses.
const CUSTOMERS: [Series; 4] = [
    Series { id: "retained", color: 1, striped: false, gain: true, value: |period| f64::from(period.counts.retained) },
    Series { id: "resurrected", color: 2, striped: true, gain: true, value: |period| f64::from(period.counts.resurrected) },
    Series { id: "new", color: 0, striped: false, gain: true, value: |period| f64::from(period.counts.new) },
    Series { id: "churned", color: 3, striped: false, gain: false, value: |period| f64::from(period.counts.churned) },
];

const REVENUE: [Series; 6] = [
    Series { id: "retained", color: 1, striped: false, gain: true, value: |period| period.revenue.retained as f64 },
    Series { id: "expansion", color: 4, striped: false, gain: true, value: |period| period.revenue.expansion as f64 },
    Series { id: "resurrected", color: 2, striped: true, gain: true, value: |period| period.revenue.resurrected as f64 },
    Series { id: "new", color: 0, striped: false, gain: true, value: |period| period.revenue.new as f64 },
    Series { id: "contraction", color: 5, striped: true, gain: false, value: |period| period.revenue.contraction as f64 },
    Series { id: "churned", color: 3, striped: false, gain: false, value: |period| period.revenue.churned as f64 },
];

pub(super) fn sheet(table: &GrowthTable, context: &Context<'_>) -> Sheet {
    let mut growth = Growth::new(table, context);
    let title = context.word("growth.chart");
    let mut scene = Scene::default();
    let unit = context.word(if growth.money { "chart.by_revenue" } else { "chart.by_customers" });
    let until = context.say("chart.observed_until", &[("day", &table.definition.complete_until)]);
    let top = heading(&mut scene, context, &title, &context.join(&[unit, until]));
    let (height, marks) = growth.draw(&mut scene, top);
    Sheet { scene, height, title, description: growth.finding(), marks, table: growth.twin() }
}

struct Growth<'a> {
    context: &'a Context<'a>,
    all: &'a [GrowthPeriod],
    /// The periods that are drawn.
    shown: &'a [GrowthPeriod],
    series: &'static [Series],
    money: bool,
    plot: Area,
    pitch: f64,
    y: Scale,
    ticks: Vec<f64>,
    /// Whether every value fits the width of a bar.
    labelled: bool,
}

impl<'a> Growth<'a> {
    fn new(table: &'a GrowthTable, context: &'a Context<'a>) -> Self {
        let money = context.options.growth_unit == GrowthUnit::Revenue;
        let series: &'static [Series] = if money { &REVENUE } else { &CUSTOMERS };
        let most = ((context.inner() - 70.0) / MIN_PITCH).max(1.0) as usize;
        let shown = table.periods.get(table.periods.len().saturating_sub(most)..).unwrap_or_default();
        let sum = |period: &GrowthPeriod, gain: bool| -> f64 {
            series.iter().filter(|s| s.gain == gain).map(|s| (s.value)(period)).sum()
        };
        let high = shown.iter().map(|period| sum(period, true)).fold(0.0, f64::max);
        let low = shown.iter().map(|period| -sum(period, false)).fold(0.0, f64::min);
        let ticks = ticks(low, high, 5, true);
        let range = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        let mut growth = Self {
            context,
            all: &table.periods,
            shown,
            series,
            money,
            plot: Area::new(0.0, 0.0, 0.0, (context.width * 0.36).clamp(220.0, 380.0)),
            pitch: 0.0,
            y: Scale { values: range, pixels: (0.0, 0.0) },
            ticks,
            labelled: false,
        };
        let font = Font::new(11.0, context.palette.muted);
        let labels = growth.ticks.iter().map(|tick| font.width(&growth.short(*tick))).fold(24.0, f64::max);
        growth.plot.x = context.pad + labels + 10.0;
        growth.plot.width = context.width - context.pad - growth.plot.x;
        growth.pitch = (growth.plot.width / shown.len().max(1) as f64).min(90.0);
        let values = shown.iter().flat_map(|period| series.iter().map(|series| (series.value)(period)));
        let widest = values.map(|value| font.width(&growth.short(value))).fold(0.0, f64::max);
        growth.labelled = widest + 4.0 <= growth.pitch - growth.gap();
        growth
    }

    /// Space between bars.
    fn gap(&self) -> f64 {
        if self.pitch >= 8.0 { (self.pitch * 0.22).min(18.0) } else { 1.0 }
    }

    fn short(&self, value: f64) -> String {
        let numbers = &self.context.numbers;
        if self.money { numbers.money_short(value) } else { numbers.count_short(value) }
    }

    fn exact(&self, value: f64) -> String {
        let numbers = &self.context.numbers;
        if self.money { numbers.money(value) } else { numbers.count(value) }
    }

    fn ratio(&self, period: &GrowthPeriod) -> Option<f64> {
        if self.money { period.revenue_quick_ratio } else { period.quick_ratio }
    }

    fn middle(&self, index: usize) -> f64 {
        self.plot.x + self.pitch * (index as f64 + 0.5)
    }

    /// Returns the height of the drawing and the marks.
    fn draw(&mut self, scene: &mut Scene, top: f64) -> (f64, Vec<Mark>) {
        let context = self.context;
        let mut items: Vec<_> = self.series.iter().filter(|series| series.gain).rev().map(|series| self.item(series)).collect();
        items.extend(self.series.iter().filter(|series| !series.gain).map(|series| self.item(series)));
        if self.shown.iter().any(|period| !period.period.complete) {
            items.push((Sign::Hatched(context.palette.neutral), context.word("chart.provisional")));
        }
        self.plot.y = legend(scene, context, (context.pad, top), context.inner(), &items) + 14.0;
        self.y.pixels = (self.plot.bottom(), self.plot.y);
        self.draw_axis(scene);
        let mut marks = self.draw_bars(scene);
        self.draw_periods(scene);
        let (bottom, ratios) = self.draw_ratio(scene, self.plot.bottom() + 44.0);
        marks.extend(ratios);
        (notes(scene, context, bottom + 16.0, &self.remarks()), marks)
    }

    fn item(&self, series: &Series) -> (Sign, String) {
        let fill = self.context.palette.series(series.color);
        (if series.striped { Sign::Striped(fill) } else { Sign::Fill(fill) }, self.name(series))
    }

    fn name(&self, series: &Series) -> String {
        self.context.word(&format!("growth.{}", series.id))
    }

    fn draw_axis(&self, scene: &mut Scene) {
        let palette = &self.context.palette;
        let font = Font::new(11.0, palette.muted).end();
        for tick in &self.ticks {
            let y = self.y.at(*tick);
            scene.line((self.plot.x, y), (self.plot.right(), y), palette.rule, 1.0);
            scene.text_at((self.plot.x - 8.0, y), self.short(*tick), font);
        }
    }

    /// Bars period by period; the marks series by series, so that arrow keys walk along time.
    fn draw_bars(&self, scene: &mut Scene) -> Vec<Mark> {
        let mut marks: Vec<Vec<Mark>> = self.series.iter().map(|_| Vec::new()).collect();
        let gap = self.gap();
        for (col, period) in self.shown.iter().enumerate() {
            let (mut above, mut below) = (0.0, 0.0);
            for (series, marks) in self.series.iter().zip(&mut marks) {
                let value = (series.value)(period);
                let (from, to) = if series.gain { (above, above + value) } else { (below, below - value) };
                *if series.gain { &mut above } else { &mut below } = to;
                let (one, two) = (self.y.at(from), self.y.at(to));
                let left = self.plot.x + self.pitch * col as f64 + gap / 2.0;
                let area = Area::new(left, one.min(two), self.pitch - gap, (one - two).abs());
                self.draw_segment(scene, area, series, period, value);
                let area = Area { height: area.height.max(1.0), ..area };
                let label = self.context.join(&[period.period.label.clone(), self.name(series)]);
                let key = format!("growth:{}/{}", period.period.label, series.id);
                marks.push(mark(area, key, label, self.details(period, value)).at(0, col));
            }
        }
        scene.line((self.plot.x, self.y.at(0.0)), (self.plot.right(), self.y.at(0.0)), self.context.palette.muted, 1.2);
        // Rows from top to bottom of the picture: gains outside in, then losses inside out.
        let gains = self.series.iter().filter(|series| series.gain).count();
        marks[..gains].reverse();
        marks
            .into_iter()
            .enumerate()
            .flat_map(|(row, marks)| {
                marks.into_iter().map(move |mark| {
                    let col = mark.col as usize;
                    mark.at(row, col)
                })
            })
            .collect()
    }

    fn draw_segment(&self, scene: &mut Scene, area: Area, series: &Series, period: &GrowthPeriod, value: f64) {
        let palette = &self.context.palette;
        let fill = palette.series(series.color);
        scene.rect(area, fill);
        if series.striped {
            scene.stripe(area, stripes(self.context, fill));
        }
        if !period.period.complete {
            scene.hatch(area, palette.hatch_on(fill));
        }
        if self.pitch >= 8.0 && area.height > 2.0 {
            scene.line((area.x, area.y), (area.right(), area.y), palette.background, 1.0);
        }
        let (text, font) = (self.short(value), Font::new(11.0, palette.ink_on(fill)).middle());
        if self.labelled && value > 0.0 && area.height >= 18.0 {
            if series.striped || !period.period.complete {
                scene.plate(area.center(), &text, font, fill);
            } else {
                scene.text_at(area.center(), text, font);
            }
        }
    }

    fn draw_periods(&self, scene: &mut Scene) {
        let font = Font::new(11.0, self.context.palette.muted).middle();
        let label = |period: &GrowthPeriod| format!("{}{}", period.period.label, if period.first { "*" } else { "" });
        let widest = self.shown.iter().map(|period| font.width(&label(period))).fold(0.0, f64::max);
        let step = thinning(widest + 10.0, self.pitch);
        let mut taken = 0.0;
        for (index, period) in self.shown.iter().enumerate().step_by(step) {
            let text = label(period);
            let half = font.width(&text) / 2.0;
            let middle = self.middle(index).max(self.context.pad + half).min(self.context.width - self.context.pad - half);
            if middle - half < taken {
                continue;
            }
            scene.text((middle, self.plot.bottom() + 18.0), text, font);
            taken = middle + half + 6.0;
        }
    }

    /// Returns the y below the panel and its marks.
    fn draw_ratio(&self, scene: &mut Scene, top: f64) -> (f64, Vec<Mark>) {
        let (context, palette) = (self.context, &self.context.palette);
        let small = Font::new(11.0, palette.muted);
        let name = context.word("growth.quick_ratio");
        let title = Font::new(12.0, palette.ink).bold();
        scene.text((context.pad, top + 10.0), name.as_str(), title);
        let formula = context.word(if self.money { "chart.quick_formula_revenue" } else { "chart.quick_formula" });
        let beside = context.pad + title.width(&name) + 12.0;
        let fits = beside + small.width(&formula) <= context.width - context.pad;
        let at = if fits { (beside, top + 10.0) } else { (context.pad, top + 27.0) };
        let plot_top = paragraph(scene, context, at, context.width - context.pad - at.0, 11.0, &formula);
        let high =
            self.shown.iter().filter_map(|period| self.ratio(period)).filter(|ratio| ratio.is_finite()).fold(1.0, f64::max);
        let ticks = ticks(0.0, high, 2, false);
        let y = Scale { values: (0.0, ticks.last().copied().unwrap_or(1.0)), pixels: (plot_top + RATIO_HEIGHT, plot_top) };
        for tick in &ticks {
            scene.line((self.plot.x, y.at(*tick)), (self.plot.right(), y.at(*tick)), palette.rule, 1.0);
            let text = format!("{tick:.1}");
            scene.text_at((self.plot.x - 8.0, y.at(*tick)), text, small.end());
        }
        scene.dashed((self.plot.x, y.at(1.0)), (self.plot.right(), y.at(1.0)), palette.muted, 1.0);
        if ticks.iter().all(|tick| (y.at(*tick) - y.at(1.0)).abs() > 13.0) {
            scene.text_at((self.plot.x - 8.0, y.at(1.0)), "1.0", small.end());
        }
        (plot_top + RATIO_HEIGHT, self.draw_ratio_line(scene, y))
    }

    fn draw_ratio_line(&self, scene: &mut Scene, y: Scale) -> Vec<Mark> {
        let (palette, row) = (&self.context.palette, self.series.len());
        let mut before: Option<(f64, f64)> = None;
        let mut marks = Vec::new();
        let mut points = Vec::new();
        for (col, period) in self.shown.iter().enumerate() {
            let value = self.ratio(period).filter(|ratio| ratio.is_finite());
            let Some(value) = value else {
                before = None;
                continue;
            };
            let at = (self.middle(col), y.at(value));
            match before {
                Some(before) if period.period.complete => scene.line(before, at, palette.ink, 2.0),
                Some(before) => scene.dashed(before, at, palette.ink, 2.0),
                None => {}
            }
            before = Some(at);
            points.push((at, value, period.period.complete));
            let size = self.pitch.clamp(4.0, 16.0);
            let area = Area::new(at.0 - size / 2.0, at.1 - size / 2.0, size, size);
            let name = self.context.word("growth.quick_ratio");
            let label = self.context.join(&[period.period.label.clone(), name.clone()]);
            let details = vec![detail(name, self.context.numbers.ratio(value)), self.completeness(period)];
            marks.push(mark(area, format!("growth:{}/quick_ratio", period.period.label), label, details).at(row, col));
        }
        let font = Font::new(11.0, palette.ink).middle();
        let labelled = self.pitch >= font.width("10.00") + 8.0;
        for (at, value, complete) in points {
            if complete && self.pitch >= 8.0 {
                scene.circle(at, 3.0, palette.ink);
            } else if !complete {
                scene.hollow(at, 3.5, palette.ink, palette.background);
            }
            if labelled {
                let above = at.1 - 13.0;
                let middle = if above < y.pixels.1 - 4.0 { at.1 + 13.0 } else { above };
                scene.plate((at.0, middle), &self.context.numbers.ratio(value), font, palette.background);
            }
        }
        marks
    }

    fn completeness(&self, period: &GrowthPeriod) -> Detail {
        let state = if period.period.complete { "cell.complete" } else { "chart.provisional" };
        detail(self.context.word("chart.completeness"), self.context.word(state))
    }

    fn details(&self, period: &GrowthPeriod, value: f64) -> Vec<Detail> {
        let context = self.context;
        let unit = context.word(if self.money { "measure.net" } else { "cohort.customers" });
        let percent = |value| or_nothing(value, |value| context.numbers.percent(value));
        let active = if self.money { period.revenue.total as f64 } else { f64::from(period.counts.active) };
        let mut lines = vec![
            detail(unit, self.exact(value)),
            detail(context.word("growth.active"), self.exact(active)),
            detail(context.word("chart.retention_rate"), percent(period.retention_rate)),
            detail(context.word("chart.reactivation_rate"), percent(period.reactivation_rate)),
            self.completeness(period),
        ];
        if period.first {
            lines.push(detail(context.word("chart.remark"), context.word("chart.first_period")));
        }
        lines
    }

    fn remarks(&self) -> Vec<String> {
        let context = self.context;
        let mut texts = Vec::new();
        if self.shown.iter().any(|period| period.first) {
            texts.push(context.word("chart.note_first_period"));
        }
        if self.shown.len() < self.all.len() {
            texts.push(context.say("chart.recent_periods", &[("n", &self.shown.len().to_string())]));
        }
        texts
    }

    fn finding(&self) -> String {
        let complete = self.all.iter().rev().find(|period| period.period.complete && !period.first);
        let Some(period) = complete else { return self.context.word("chart.nothing_complete") };
        let sum =
            |id: &str| self.series.iter().filter(|series| series.id == id).map(|series| (series.value)(period)).sum::<f64>();
        let ratio = or_nothing(self.ratio(period), |value| self.context.numbers.ratio(value));
        let [new, resurrected, churned] = ["new", "resurrected", "churned"].map(|id| self.exact(sum(id)));
        let values = [
            ("period", &period.period.label),
            ("new", &new),
            ("resurrected", &resurrected),
            ("churned", &churned),
            ("ratio", &ratio),
        ];
        self.context.say("chart.growth_finding", &values.map(|(name, value)| (name, value.as_str())))
    }

    /// Every period, drawn or not; keys only of those drawn.
    fn twin(&self) -> TableTwin {
        let context = self.context;
        let mut head = vec![context.word("chart.period")];
        head.extend(self.series.iter().map(|series| self.name(series)));
        head.push(context.word("growth.quick_ratio"));
        head.push(context.word("chart.completeness"));
        let hidden = self.all.len() - self.shown.len();
        let rows = self.all.iter().enumerate().map(|(index, period)| {
            let key = |id: &str| (index >= hidden).then(|| format!("growth:{}/{id}", period.period.label));
            let mut cells: Vec<_> = self
                .series
                .iter()
                .map(|series| {
                    let value = (series.value)(period);
                    cell(self.exact(value), Some(value), key(series.id))
                })
                .collect();
            let ratio = self.ratio(period);
            cells.push(cell(or_nothing(ratio, |value| context.numbers.ratio(value)), ratio, ratio.and(key("quick_ratio"))));
            cells.push(cell(self.completeness(period).value, None, None));
            TableRow { head: format!("{}{}", period.period.label, if period.first { "*" } else { "" }), cells }
        });
        TableTwin { head, rows: rows.collect() }
    }
}
