//! What growth claims to do: cost, value and members over the periods, the Theil–Sen line through them, and what the data says.

use super::draw::Sheet;
use super::frame::{Sign, cell, detail, heading, legend, mark, notes};
use super::measure::wrap;
use super::number::or_nothing;
use super::scale::{Scale, percentile, ticks};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Mark, TableRow, TableTwin};
use crate::result::{Claim, ClaimId, ClaimPoint, FlywheelTable, Verdict};

/// Height of a plot.
const PLOT: f64 = 120.0;
/// Space between the panels of claims.
const GAP: f64 = 28.0;

pub(super) fn sheet(table: &FlywheelTable, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.claims");
    let mut scene = Scene::default();
    let until = context.say("chart.observed_until", &[("day", &table.definition.complete_until)]);
    let top = heading(&mut scene, context, &title, &until);
    let palette = &context.palette;
    let items =
        [(Sign::Line(palette.series(0)), context.word("chart.value")), (Sign::Line(palette.muted), context.word("chart.trend"))];
    let top = legend(&mut scene, context, (context.pad, top), context.inner(), &items) + 10.0;
    let claims = &table.costs.claims;
    let columns = if context.width < 720.0 { 1 } else { claims.len() };
    let width = (context.inner() - GAP * (columns - 1) as f64) / columns as f64;
    let (mut y, mut bottom, mut marks) = (top, top, Vec::new());
    for (at, claim) in claims.iter().enumerate() {
        let column = at % columns;
        if column == 0 && at > 0 {
            y = bottom + GAP;
        }
        let area = Area::new(context.pad + (width + GAP) * column as f64, y, width, 0.0);
        let (below, points) = Panel { claim, context }.draw(&mut scene, area);
        bottom = bottom.max(below);
        let first = if columns == 1 { at } else { 0 };
        let before = if columns == 1 { 0 } else { marks.len() };
        marks.extend(points.into_iter().enumerate().map(|(col, mark)| mark.at(first, before + col)));
    }
    let height = notes(&mut scene, context, bottom + 4.0, &[context.word("chart.note_claims")]);
    let description = claims.iter().map(|claim| Panel { claim, context }.finding()).collect::<String>();
    Sheet { scene, height, title, description, marks, table: twin(claims, context) }
}

struct Panel<'a> {
    claim: &'a Claim,
    context: &'a Context<'a>,
}

impl Panel<'_> {
    /// Returns the y below the panel and the marks of its points.
    fn draw(&self, scene: &mut Scene, area: Area) -> (f64, Vec<Mark>) {
        let (context, palette) = (self.context, &self.context.palette);
        let bold = Font::new(13.0, palette.ink).bold();
        scene.text((area.x, area.y + 12.0), context.of(&self.claim.name), bold);
        let verdict = self.verdict();
        let plate = Font::new(12.0, palette.ink).bold().end();
        scene.text((area.right(), area.y + 12.0), verdict.as_str(), plate);
        let small = Font::new(11.0, palette.muted);
        let mut y = area.y + 30.0;
        for line in wrap(&self.statistics(), small.size, false, area.width) {
            scene.text((area.x, y), line, small);
            y += 16.0;
        }
        let points = &self.claim.points;
        let values = points.iter().map(|point| point.value);
        let high = values.clone().fold(0.0, f64::max);
        let low = values.fold(high, f64::min);
        // Trends are read as slopes: the axis begins near the least value, not at zero.
        let ticks = ticks(if low < high { low } else { 0.0 }, high.max(low + 1.0), 3, self.claim.id == ClaimId::GrowingAssets);
        let labels: Vec<String> = ticks.iter().map(|&tick| self.short(tick)).collect();
        let widest = labels.iter().map(|text| small.width(text)).fold(0.0, f64::max);
        let plot = Area::new(area.x + widest + 8.0, y, area.width - widest - 14.0, PLOT);
        let below = plot.bottom() + 24.0;
        if points.is_empty() {
            let whole = Area::new(area.x, y, area.width, PLOT);
            scene.rect(whole, palette.neutral);
            scene.hatch(whole, palette.hatch_on(palette.neutral));
            return (below, Vec::new());
        }
        let range = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        let scale = Scale { values: range, pixels: (plot.bottom() - 4.0, plot.y + 6.0) };
        for (&tick, text) in ticks.iter().zip(&labels) {
            scene.line((plot.x, scale.at(tick)), (plot.right(), scale.at(tick)), palette.rule, 1.0);
            scene.text_at((plot.x - 8.0, scale.at(tick)), text.as_str(), small.end());
        }
        let pitch = plot.width / points.len() as f64;
        let x = |at: usize| plot.x + pitch * (at as f64 + 0.5);
        if let Some(trend) = self.trend() {
            let inside = |value: f64| scale.at(value).clamp(plot.y, plot.bottom());
            let line: Vec<_> = trend.into_iter().enumerate().map(|(at, value)| (x(at), inside(value))).collect();
            for pair in line.windows(2) {
                scene.dashed(pair[0], pair[1], palette.muted, 2.0);
            }
        }
        scene.path(points.iter().enumerate().map(|(at, point)| (x(at), scale.at(point.value))).collect(), palette.series(0), 2.5);
        for (at, point) in points.iter().enumerate() {
            scene.circle((x(at), scale.at(point.value)), 3.0, palette.series(0));
        }
        self.draw_ends(scene, plot, pitch, small);
        let marks = points.iter().enumerate().map(|(at, point)| {
            let area = Area::new(plot.x + pitch * at as f64, plot.y, pitch, plot.height);
            let label = context.join(&[context.of(&self.claim.name).to_owned(), point.period.clone()]);
            mark(
                area,
                self.key(point),
                label,
                vec![detail(self.subject(), self.exact(point.value)), detail(context.word("chart.verdict"), verdict.clone())],
            )
        });
        (below, marks.collect())
    }

    /// The first and the last period below the plot; on a short axis the last alone.
    fn draw_ends(&self, scene: &mut Scene, plot: Area, pitch: f64, font: Font) {
        let (Some(first), Some(last)) = (self.claim.points.first(), self.claim.points.last()) else { return };
        let y = plot.bottom() + 16.0;
        if self.claim.points.len() > 1 && font.width(&first.period) + font.width(&last.period) + 12.0 <= plot.width {
            scene.text((plot.x, y), first.period.as_str(), font);
        }
        scene.text((plot.right(), y), last.period.as_str(), if pitch > 0.0 { font.end() } else { font });
    }

    fn key(&self, point: &ClaimPoint) -> String {
        format!("claim:{}/{}", id(self.claim.id), point.period)
    }

    /// The Theil–Sen line at every point: its slope through the median of what is left.
    fn trend(&self) -> Option<Vec<f64>> {
        let slope = self.claim.slope?;
        let points = &self.claim.points;
        let logarithmic = self.claim.id != ClaimId::GrowingAssets;
        let of = |value: f64| if logarithmic { value.ln() } else { value };
        let rest = points.iter().enumerate().map(|(at, point)| of(point.value) - slope * at as f64).collect();
        let level = percentile(rest, 0.5)?;
        let back = |value: f64| if logarithmic { value.exp() } else { value };
        Some((0..points.len()).map(|at| back(level + slope * at as f64)).collect())
    }

    fn verdict(&self) -> String {
        self.context.word(match self.claim.verdict {
            Verdict::Supported => "verdict.supported",
            Verdict::Contradicted => "verdict.contradicted",
            Verdict::NotShown => "verdict.not_shown",
            Verdict::InsufficientData => "verdict.insufficient_data",
            Verdict::NotTestable => "verdict.not_testable",
        })
    }

    /// What is looked at.
    fn subject(&self) -> String {
        self.context.word(match self.claim.id {
            ClaimId::FallingCost => "metric.cac",
            ClaimId::RisingValue => return self.context.say("chart.value_days", &[("n", "90")]),
            ClaimId::GrowingAssets => "metric.pool_members",
        })
    }

    /// Slope and p, or what is missing.
    fn statistics(&self) -> String {
        let (context, claim) = (self.context, self.claim);
        if let Some(needs) = &claim.needs {
            return context.join(&[self.subject(), context.say("chart.needs", &[("table", needs)])]);
        }
        let mut parts = vec![self.subject()];
        parts.extend(claim.slope.map(|_| context.say("chart.per_period", &[("change", &self.change())])));
        parts.extend(claim.p.map(|p| if p < 0.001 { "p < 0.001".into() } else { format!("p = {p:.3}") }));
        context.join(&parts)
    }

    fn change(&self) -> String {
        let change = match self.claim.id {
            ClaimId::GrowingAssets => or_nothing(self.claim.slope, |slope| self.context.numbers.count(slope)),
            _ => or_nothing(self.claim.slope, |slope| self.context.numbers.percent(slope.exp_m1())),
        };
        if self.claim.slope.is_some_and(|slope| slope > 0.0) { format!("+{change}") } else { change }
    }

    fn short(&self, value: f64) -> String {
        match self.claim.id {
            ClaimId::GrowingAssets => self.context.numbers.count_short(value),
            _ => self.context.numbers.money_short(value),
        }
    }

    fn exact(&self, value: f64) -> String {
        match self.claim.id {
            ClaimId::GrowingAssets => self.context.numbers.count(value),
            _ => self.context.numbers.money(value),
        }
    }

    fn finding(&self) -> String {
        let name = self.context.of(&self.claim.name);
        self.context.say("chart.claim_finding", &[("claim", name), ("verdict", &self.verdict())])
    }
}

fn id(claim: ClaimId) -> &'static str {
    match claim {
        ClaimId::FallingCost => "falling_cost",
        ClaimId::RisingValue => "rising_value",
        ClaimId::GrowingAssets => "growing_assets",
    }
}

/// A row per claim and period, the verdict and the trend in front.
fn twin(claims: &[Claim], context: &Context<'_>) -> TableTwin {
    let head = ["chart.claim", "chart.verdict", "chart.trend", "chart.p_value", "chart.period", "chart.value"];
    let rows = claims.iter().flat_map(|claim| {
        let panel = Panel { claim, context };
        let row = |point: Option<&ClaimPoint>| {
            let p = or_nothing(claim.p, |p| format!("{p:.3}"));
            TableRow {
                head: context.of(&claim.name).to_owned(),
                cells: vec![
                    cell(panel.verdict(), None, None),
                    cell(panel.change(), claim.slope, None),
                    cell(p, claim.p, None),
                    cell(point.map_or_else(String::new, |point| point.period.clone()), None, None),
                    cell(
                        or_nothing(point.map(|point| point.value), |value| panel.exact(value)),
                        point.map(|point| point.value),
                        point.map(|point| panel.key(point)),
                    ),
                ],
            }
        };
        let points: Vec<_> = claim.points.iter().map(|point| row(Some(point))).collect();
        if points.is_empty() { vec![row(None)] } else { points }
    });
    TableTwin { head: head.map(|id| context.word(id)).into(), rows: rows.collect() }
}
