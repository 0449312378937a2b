//! The RFM segments as bars, in the order of their preset; those without scores come last, set apart.

use super::frame::{detail, mark};
use super::measure::fit;
use super::number::or_nothing;
use super::rfm_grid::{shown, written};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Detail, GridValue, Mark};
use crate::result::{RfmSegment, RfmTable};

const ROW: f64 = 28.0;
const LETTERS: [&str; 26] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y",
    "Z",
];

/// A segment's name.
pub(super) fn name(table: &RfmTable, context: &Context<'_>, id: &str) -> String {
    let segment = table.segments.iter().find(|segment| segment.id == id);
    segment.map_or_else(|| context.word(&format!("segment.{id}")), |segment| context.of(&segment.name).to_owned())
}

/// The letter that stands for a segment where its name has no room.
pub(super) fn letter(table: &RfmTable, id: Option<&str>) -> &'static str {
    let place = table.segments.iter().position(|segment| Some(segment.id.as_str()) == id);
    place.and_then(|place| LETTERS.get(place).copied()).unwrap_or("")
}

pub(super) fn key(segment: &RfmSegment) -> String {
    format!("segment:{}", segment.id)
}

fn value(context: &Context<'_>, segment: &RfmSegment) -> Option<f64> {
    let net = context.options.grid_value == GridValue::Net;
    shown(context, segment.n_customers, segment.share, segment.net_minor).filter(|_| segment.scored || !net)
}

/// Draws the bars; returns the y below them and their marks.
pub(super) fn draw(scene: &mut Scene, table: &RfmTable, context: &Context<'_>, area: Area) -> (f64, Vec<Mark>) {
    let palette = &context.palette;
    let (label, number) = (Font::new(12.0, palette.ink), Font::new(12.0, palette.ink).bold());
    let small = Font::new(11.0, palette.muted);
    scene.text((area.x, area.y + 10.0), context.word("chart.segments"), small);
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let names: Vec<_> = table
        .segments
        .iter()
        .map(|segment| format!("{}  {}", letter(table, Some(&segment.id)), context.of(&segment.name)))
        .collect();
    let names_width = widest(&mut names.iter().map(|name| label.width(name))).min(area.width * 0.42);
    let values: Vec<_> = table.segments.iter().map(|segment| value(context, segment)).collect();
    let numbers_width = widest(&mut values.iter().map(|value| number.width(&written(context, *value))));
    let extras: Vec<_> = table.segments.iter().map(|segment| extra(context, segment)).collect();
    let extras_width = widest(&mut extras.iter().map(|text| small.width(text)));
    let bars = (area.width - names_width - numbers_width - extras_width - 30.0).max(12.0);
    let max = table
        .segments
        .iter()
        .zip(&values)
        .filter(|(segment, _)| segment.scored)
        .filter_map(|(_, value)| *value)
        .fold(0.0, f64::max);
    let (mut y, mut marks, mut apart) = (area.y + 18.0, Vec::new(), false);
    for (row, (segment, name)) in table.segments.iter().zip(names).enumerate() {
        if !segment.scored && !apart {
            scene.line((area.x, y + 5.0), (area.right(), y + 5.0), palette.rule, 1.0);
            (y, apart) = (y + 10.0, true);
        }
        let (middle, left) = (y + ROW / 2.0, area.x + names_width + 12.0);
        let text = Font { color: if segment.scored { palette.ink } else { palette.muted }, ..label };
        scene.text_at((area.x, middle), fit(&name, 12.0, false, names_width), text);
        let length =
            values[row].filter(|_| segment.scored && max > 0.0).map_or(0.0, |value| bars * (value / max).clamp(0.0, 1.0));
        scene.rect(Area::new(left, y + 6.0, length, ROW - 12.0), palette.series(0));
        let written = written(context, values[row]);
        let at = left + length + if length > 0.0 { 8.0 } else { 0.0 };
        scene.text_at((at, middle), written.as_str(), Font { color: text.color, ..number });
        scene.text_at((area.right(), middle), extras[row].as_str(), small.end());
        let label = context.of(&segment.name).to_owned();
        marks.push(mark(Area::new(area.x, y, area.width, ROW), key(segment), label, details(context, segment)).at(row + 5, 0));
        y += ROW;
    }
    (y, marks)
}

/// What stands at the right of a bar: the share beside customers, the share of net beside net.
fn extra(context: &Context<'_>, segment: &RfmSegment) -> String {
    let share = match context.options.grid_value {
        GridValue::Customers => segment.share,
        GridValue::Share => return String::new(),
        GridValue::Net => segment.net_share,
    };
    share.map_or(String::new(), |share| context.numbers.percent(share))
}

fn details(context: &Context<'_>, segment: &RfmSegment) -> Vec<Detail> {
    let numbers = &context.numbers;
    let mut lines = vec![detail(context.word("cohort.customers"), numbers.count(f64::from(segment.n_customers)))];
    if !segment.scored {
        lines.push(detail(context.word("chart.remark"), context.word("chart.note_unscored")));
        return lines;
    }
    let percent = |value| or_nothing(value, |value| numbers.percent(value));
    let money = |value| or_nothing(value, |value| numbers.money(value));
    lines.push(detail(context.word("chart.customer_share"), percent(segment.share)));
    lines.push(detail(context.word("measure.net"), numbers.money(segment.net_minor as f64)));
    lines.push(detail(context.word("chart.net_share"), percent(segment.net_share)));
    lines.push(detail(context.word("measure.orders"), numbers.count(f64::from(segment.orders))));
    lines.push(detail(context.word("measure.aov"), money(segment.aov_minor)));
    lines.push(detail(context.word("chart.mean_frequency"), or_nothing(segment.mean_frequency, |value| numbers.ratio(value))));
    lines.push(detail(context.word("chart.mean_monetary"), money(segment.mean_monetary_minor)));
    lines
        .push(detail(context.word("chart.median_recency"), or_nothing(segment.median_recency_days, |value| numbers.days(value))));
    lines
}
