//! The RFM segments as bars, in the order of their preset; those without scores come last, set apart.

use super::frame::{detail, mark};
use super::measure::{fit, text_width};
use super::number::or_nothing;
use super::rfm_words::{key, letter, shown, written};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Detail, GridValue, Mark};
use crate::result::{RfmSegment, RfmTable};

const ROW: f64 = 28.0;
const SIZE: f64 = 12.0;
const SMALL: f64 = 11.0;

fn value(context: &Context<'_>, segment: &RfmSegment) -> Option<f64> {
    let net = context.options.grid_value == GridValue::Net;
    shown(context, segment.n_customers, segment.share, segment.net_minor).filter(|_| segment.scored || !net)
}

/// What a row says, and how wide the columns of all rows are.
struct Columns {
    names: Vec<String>,
    values: Vec<Option<f64>>,
    extras: Vec<String>,
    names_width: f64,
    /// Length of the longest bar.
    bars: f64,
    /// Value of the longest bar.
    max: f64,
}

impl Columns {
    fn new(table: &RfmTable, context: &Context<'_>, width: f64, lettered: bool) -> Self {
        let widest =
            |texts: &[String], bold: bool, size: f64| texts.iter().map(|text| text_width(text, size, bold)).fold(0.0, f64::max);
        let name = |segment: &RfmSegment| match lettered {
            true => format!("{}  {}", letter(table, Some(&segment.id)), context.of(&segment.name)),
            false => context.of(&segment.name).to_owned(),
        };
        let names: Vec<_> = table.segments.iter().map(name).collect();
        let values: Vec<_> = table.segments.iter().map(|segment| value(context, segment)).collect();
        let numbers: Vec<_> = values.iter().map(|value| written(context, *value)).collect();
        let extras: Vec<_> = table.segments.iter().map(|segment| extra(context, segment)).collect();
        let names_width = widest(&names, false, SIZE).min(width * 0.42);
        let taken = names_width + widest(&numbers, true, SIZE) + widest(&extras, false, SMALL) + 36.0;
        let scored = table.segments.iter().zip(&values).filter(|(segment, _)| segment.scored);
        let max = scored.filter_map(|(_, value)| *value).fold(0.0, f64::max);
        Self { names, values, extras, names_width, bars: (width - taken).max(12.0), max }
    }
}

/// Draws the bars, each with the letter that stands for it in the grid if asked; returns the y below them and their marks.
pub(super) fn draw(scene: &mut Scene, table: &RfmTable, context: &Context<'_>, area: Area, lettered: bool) -> (f64, Vec<Mark>) {
    let palette = &context.palette;
    scene.text((area.x, area.y + 10.0), context.word("chart.segments"), Font::new(SMALL, palette.muted));
    let columns = Columns::new(table, context, area.width, lettered);
    let (mut y, mut marks, mut apart) = (area.y + 18.0, Vec::new(), false);
    for (row, segment) in table.segments.iter().enumerate() {
        if !segment.scored && !apart {
            scene.line((area.x, y + 5.0), (area.right(), y + 5.0), palette.rule, 1.0);
            (y, apart) = (y + 10.0, true);
        }
        let place = Area::new(area.x, y, area.width, ROW);
        draw_row(scene, context, &columns, row, segment.scored, place);
        let label = context.of(&segment.name).to_owned();
        marks.push(mark(place, key(segment), label, details(context, segment)).at(row + 5, 0));
        y += ROW;
    }
    (y, marks)
}

fn draw_row(scene: &mut Scene, context: &Context<'_>, columns: &Columns, row: usize, scored: bool, place: Area) {
    let palette = &context.palette;
    let font = Font::new(SIZE, if scored { palette.ink } else { palette.muted });
    let (middle, left) = (place.center().1, place.x + columns.names_width + 12.0);
    scene.text_at((place.x, middle), fit(&columns.names[row], SIZE, false, columns.names_width), font);
    let value = columns.values[row];
    let length =
        value.filter(|_| scored && columns.max > 0.0).map_or(0.0, |value| columns.bars * (value / columns.max).clamp(0.0, 1.0));
    scene.rect(Area::new(left, place.y + 6.0, length, ROW - 12.0), palette.series(0));
    let start = left + length + if length > 0.0 { 8.0 } else { 0.0 };
    scene.text_at((start, middle), written(context, value), font.bold());
    scene.text_at((place.right(), middle), columns.extras[row].as_str(), Font::new(SMALL, palette.muted).end());
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
