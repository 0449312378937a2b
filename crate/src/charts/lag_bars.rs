//! The waits between the steps of the loop: a bar over the middle half of those who went on, a tick at the median.

use super::draw::Sheet;
use super::flywheel_ring::status;
use super::frame::{Sign, cell, detail, heading, legend, mark, notes};
use super::measure::fit;
use super::number::or_nothing;
use super::scale::{Scale, thinning, ticks};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Detail, Mark, TableRow, TableTwin};
use crate::result::{FlywheelTable, Lag};

const SIZE: f64 = 12.0;
/// Height of a row, and of the name above it where there is no room beside.
const ROW: f64 = 30.0;
const NAME: f64 = 18.0;

pub(super) fn sheet(table: &FlywheelTable, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.lags");
    let mut scene = Scene::default();
    let until = context.say("chart.observed_until", &[("day", &table.definition.complete_until)]);
    let top = heading(&mut scene, context, &title, &until);
    let items = [
        (Sign::Fill(context.palette.heat(BAR)), context.word("chart.lag_middle")),
        (Sign::Line(context.palette.ink), context.word("cohort.mean_median")),
    ];
    let top = legend(&mut scene, context, (context.pad, top), context.inner(), &items) + 8.0;
    let lags: Vec<&Lag> = table.lags.steps.iter().chain([&table.lags.whole]).collect();
    let (bottom, marks) = draw(&mut scene, context, &lags, top);
    let height = notes(&mut scene, context, bottom, &[context.word("chart.note_lags")]);
    Sheet { scene, height, title, description: finding(table, context), marks, table: twin(&lags, context) }
}

/// The shade of the bars.
const BAR: f64 = 0.55;

/// Returns the y below the axis and the marks.
fn draw(scene: &mut Scene, context: &Context<'_>, lags: &[&Lag], top: f64) -> (f64, Vec<Mark>) {
    let palette = &context.palette;
    let (ink, muted) = (Font::new(SIZE, palette.ink), Font::new(11.0, palette.muted));
    let names: Vec<&str> = lags.iter().map(|lag| context.of(&lag.median.name)).collect();
    let widest = names.iter().map(|name| ink.width(name)).fold(0.0, f64::max);
    let above = context.narrow();
    let left = context.pad + if above { 0.0 } else { widest.min(context.inner() * 0.4) + 12.0 };
    let values = lags.iter().map(|lag| ink.bold().width(&median(context, lag))).fold(0.0, f64::max);
    let plot = Area::new(left, top, context.width - context.pad - values - 12.0 - left, 0.0);
    let longest = lags.iter().filter_map(|lag| lag.p75.or(lag.median.value)).fold(1.0, f64::max);
    let ticks = ticks(0.0, longest, 5, true);
    let x = Scale { values: (0.0, ticks.last().copied().unwrap_or(1.0)), pixels: (plot.x, plot.right()) };
    let pitch = ROW + if above { NAME } else { 0.0 };
    let bottom = top + pitch * lags.len() as f64;
    for (row, (lag, name)) in lags.iter().zip(&names).enumerate() {
        let y = top + pitch * row as f64;
        let name_at = if above { (context.pad, y + 12.0) } else { (context.pad, y + ROW / 2.0) };
        let room = if above { context.inner() } else { left - 12.0 - context.pad };
        scene.text_at(name_at, fit(name, SIZE, false, room), ink);
        let line = y + pitch - ROW / 2.0;
        let Some(value) = lag.median.value else {
            scene.text_at(
                (plot.x, line),
                fit(&status(context, &lag.median), 11.0, false, context.width - context.pad - plot.x),
                muted,
            );
            continue;
        };
        scene.line((plot.x, line), (plot.right(), line), palette.rule, 1.0);
        let (from, to) = (x.at(lag.p25.unwrap_or(value)), x.at(lag.p75.unwrap_or(value)));
        scene.rect(Area::new(from, line - 7.0, (to - from).max(2.0), 14.0), palette.heat(BAR));
        scene.line((x.at(value), line - 10.0), (x.at(value), line + 10.0), palette.ink, 3.0);
        scene.text_at((context.width - context.pad, line), median(context, lag), ink.bold().end());
    }
    let labels: Vec<String> = ticks.iter().map(|&tick| context.numbers.count(tick)).collect();
    let widest = labels.iter().map(|text| muted.width(text)).fold(0.0, f64::max);
    let step = thinning(widest + 10.0, plot.width / (ticks.len().max(2) - 1) as f64);
    for (tick, text) in ticks.iter().zip(&labels).step_by(step) {
        scene.line((x.at(*tick), bottom), (x.at(*tick), bottom + 4.0), palette.rule, 1.0);
        scene.text((x.at(*tick).max(context.pad + muted.width(text) / 2.0), bottom + 18.0), text.as_str(), muted.middle());
    }
    let marks = lags.iter().zip(names).enumerate().map(|(row, (lag, name))| {
        let area = Area::new(context.pad, top + pitch * row as f64, context.inner(), pitch);
        mark(area, key(lag), name.to_owned(), details(context, lag)).at(row, 0)
    });
    (bottom + 30.0, marks.collect())
}

fn key(lag: &Lag) -> String {
    format!("lag:{}", lag.median.id)
}

fn median(context: &Context<'_>, lag: &Lag) -> String {
    lag.median.value.map_or_else(String::new, |value| context.numbers.days(value))
}

fn details(context: &Context<'_>, lag: &Lag) -> Vec<Detail> {
    if lag.median.value.is_none() {
        return vec![detail(context.word("chart.status"), status(context, &lag.median))];
    }
    let days = |value| or_nothing(value, |value| context.numbers.days(value));
    let n = lag.median.n.map(f64::from);
    vec![
        detail(context.word("cohort.mean_median"), days(lag.median.value)),
        detail(context.word("chart.lag_middle"), format!("{} – {}", days(lag.p25), days(lag.p75))),
        detail(context.word("cohort.customers"), or_nothing(n, |n| context.numbers.count(n))),
    ]
}

/// The whole turn, and the longest wait in it.
fn finding(table: &FlywheelTable, context: &Context<'_>) -> String {
    let known = table.lags.steps.iter().filter_map(|lag| Some((lag, lag.median.value?)));
    let Some((lag, value)) = known.reduce(|most, next| if next.1 > most.1 { next } else { most }) else {
        return context.word("chart.nothing");
    };
    let longest =
        context.say("chart.lags_longest", &[("step", context.of(&lag.median.name)), ("days", &context.numbers.days(value))]);
    match table.lags.whole.median.value {
        Some(whole) => longest + &context.say("chart.lags_whole", &[("days", &context.numbers.days(whole))]),
        None => longest,
    }
}

fn twin(lags: &[&Lag], context: &Context<'_>) -> TableTwin {
    let head = ["chart.step", "cohort.mean_median", "chart.lag_p25", "chart.lag_p75", "cohort.customers", "chart.status"];
    let rows = lags.iter().map(|lag| {
        let days = |value: Option<f64>| cell(or_nothing(value, |days| context.numbers.days(days)), value, Some(key(lag)));
        let n = lag.median.n.map(f64::from);
        TableRow {
            head: context.of(&lag.median.name).to_owned(),
            cells: vec![
                days(lag.median.value),
                days(lag.p25),
                days(lag.p75),
                cell(or_nothing(n, |n| context.numbers.count(n)), n, None),
                cell(status(context, &lag.median), None, None),
            ],
        }
    });
    TableTwin { head: head.map(|id| context.word(id)).into(), rows: rows.collect() }
}
