//! Lorenz curve: the share of net that the entities of least net have, from none of them to all; beside it the line of equal shares.

use super::draw::Sheet;
use super::frame::{Sign, cell, detail, heading, legend, mark, notes, paragraph};
use super::number::or_nothing;
use super::scale::{Scale, ticks};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Mark, TableRow, TableTwin};
use crate::result::{ConcentrationTable, Entity, LorenzPoint, Parameters, TopShare};
use crate::{Error, ErrorKind, Result};

pub(super) fn sheet(table: &ConcentrationTable, context: &Context<'_>) -> Result<Sheet> {
    let entity = entity(table, context)?;
    let title = context.word("chart.concentration");
    let mut scene = Scene::default();
    let n = context.numbers.count(f64::from(table.n_entities));
    let gini = or_nothing(table.gini, |gini| context.numbers.ratio(gini));
    let subtitle = context.join(&[
        context.say("chart.entities", &[("n", &n), ("entity", &entity)]),
        context.say("chart.gini", &[("value", &gini)]),
        context.say("chart.as_of", &[("day", &table.definition.as_of)]),
    ]);
    let top = heading(&mut scene, context, &title, &subtitle);
    let items = [
        (Sign::Line(context.palette.series(0)), context.word("chart.lorenz")),
        (Sign::Line(context.palette.muted), context.word("chart.equal_shares")),
    ];
    let top = legend(&mut scene, context, (context.pad, top), context.inner(), &items) + 8.0;
    let (bottom, marks) = draw(&mut scene, table, context, &entity, top);
    let height = notes(&mut scene, context, bottom, &remarks(table, context));
    let description = match table.top.last().and_then(|top| top.net_share) {
        Some(_) => {
            context.say("chart.concentration_finding", &[("n", &n), ("entity", &entity), ("gini", &gini)])
                + &tops(table, context).concat()
        }
        None => context.word("chart.nothing"),
    };
    Ok(Sheet { scene, height, title, description, marks, table: twin(table, context) })
}

fn entity(table: &ConcentrationTable, context: &Context<'_>) -> Result<String> {
    let Parameters::Concentration(config) = &table.definition.parameters else {
        return Err(Error::new(ErrorKind::Config, "expected a concentration definition in the result, found another metric"));
    };
    Ok(context.word(match config.entity {
        Entity::Customer => "entity.customer",
        Entity::Staff => "entity.staff",
        Entity::Leader => "entity.leader",
        Entity::Store => "entity.store",
    }))
}

/// Returns the y below the figure and the marks.
fn draw(scene: &mut Scene, table: &ConcentrationTable, context: &Context<'_>, entity: &str, top: f64) -> (f64, Vec<Mark>) {
    let palette = &context.palette;
    let font = Font::new(11.0, palette.muted);
    let ticks = ticks(0.0, 1.0, 5, false);
    let labels: Vec<String> = ticks.iter().map(|&tick| context.numbers.percent_short(tick)).collect();
    let widest = labels.iter().map(|text| font.width(text)).fold(0.0, f64::max);
    let left = context.pad + widest + 10.0;
    let width = (context.width - context.pad - left - widest / 2.0).min(560.0);
    let plot = Area::new(left, top + 6.0, width, (width * 0.75).clamp(180.0, 420.0));
    let x = Scale { values: (0.0, 1.0), pixels: (plot.x, plot.right()) };
    let y = Scale { values: (0.0, 1.0), pixels: (plot.bottom(), plot.y) };
    for (&tick, text) in ticks.iter().zip(&labels) {
        scene.line((plot.x, y.at(tick)), (plot.right(), y.at(tick)), palette.rule, if tick == 0.0 { 1.5 } else { 1.0 });
        scene.text_at((left - 8.0, y.at(tick)), text.as_str(), font.end());
        scene.text((x.at(tick), plot.bottom() + 18.0), text.as_str(), font.middle());
    }
    scene.dashed((plot.x, plot.bottom()), (plot.right(), plot.y), palette.muted, 1.5);
    let at = |point: &LorenzPoint| (x.at(point.share), y.at(point.net_share));
    scene.path(table.lorenz.iter().map(at).collect(), palette.series(0), 3.0);
    let size = (plot.width / table.lorenz.len().max(1) as f64).clamp(4.0, 16.0);
    let marks = table.lorenz.iter().enumerate().map(|(column, point)| {
        let (x, y) = at(point);
        let area = Area::new(x - size / 2.0, y - size / 2.0, size, size);
        let label = context.say("chart.lorenz_point", &[("share", &context.numbers.percent(point.share))]);
        let details = vec![
            detail(entity, context.numbers.count(f64::from(point.n_entities))),
            detail(context.word("measure.net"), context.numbers.money(point.net_minor as f64)),
            detail(context.word("chart.net_share"), context.numbers.percent(point.net_share)),
        ];
        mark(area, key(point), label, details).at(0, column)
    });
    let marks = marks.collect();
    let title = context.say("chart.lorenz_axis", &[("entity", entity)]);
    let below = paragraph(scene, context, (plot.x, plot.bottom() + 36.0), context.width - context.pad - plot.x, 11.0, &title);
    (below, marks)
}

fn key(point: &LorenzPoint) -> String {
    format!("lorenz:{}", point.n_entities)
}

/// A sentence for each of the tops.
fn tops(table: &ConcentrationTable, context: &Context<'_>) -> Vec<String> {
    let sentence = |top: &TopShare| {
        let share = context.numbers.percent(top.net_share?);
        let n = context.numbers.count(f64::from(top.n_entities));
        Some(context.say("chart.concentration_top", &[("percent", &top.percent.to_string()), ("n", &n), ("share", &share)]))
    };
    table.top.iter().filter_map(sentence).collect()
}

fn remarks(table: &ConcentrationTable, context: &Context<'_>) -> Vec<String> {
    let mut texts = vec![tops(table, context).concat()];
    if table.n_without_net > 0 {
        let n = context.numbers.count(f64::from(table.n_without_net));
        texts.push(context.say("chart.note_without_net", &[("n", &n)]));
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// The tops, then the points of the curve.
fn twin(table: &ConcentrationTable, context: &Context<'_>) -> TableTwin {
    let head = ["chart.lorenz", "chart.number", "measure.net", "chart.net_share"].map(|id| context.word(id));
    let row = |head: String, n: u32, net: i64, share: Option<f64>, key: Option<String>| TableRow {
        head,
        cells: vec![
            cell(context.numbers.count(f64::from(n)), Some(f64::from(n)), key.clone()),
            cell(context.numbers.money(net as f64), Some(net as f64), key.clone()),
            cell(or_nothing(share, |share| context.numbers.percent(share)), share, key),
        ],
    };
    let tops = table.top.iter().map(|top| {
        let head = context.say("chart.top", &[("percent", &top.percent.to_string())]);
        row(head, top.n_entities, top.net_minor, top.net_share, None)
    });
    let points = table.lorenz.iter().map(|point| {
        let head = context.say("chart.lorenz_point", &[("share", &context.numbers.percent(point.share))]);
        row(head, point.n_entities, point.net_minor, Some(point.net_share), Some(key(point)))
    });
    TableTwin { head: head.into(), rows: tops.chain(points).collect() }
}
