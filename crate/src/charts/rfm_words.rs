//! What grid and bars say alike about RFM: the number shown, names, keys.

use super::GridValue;
use super::number::{NOTHING, or_nothing};
use super::words::Context;
use crate::result::{RfmCell, RfmSegment, RfmTable, ScoreGroup};

/// Signs of segments where their names have no room.
pub(super) const LETTERS: [&str; 26] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y",
    "Z",
];

/// The number the drawing shows, of a cell or a segment.
pub(super) fn shown(context: &Context<'_>, n_customers: u32, share: Option<f64>, net_minor: i64) -> Option<f64> {
    match context.options.grid_value {
        GridValue::Customers => Some(f64::from(n_customers)),
        GridValue::Share => share,
        GridValue::Net => Some(net_minor as f64),
    }
}

/// That number as text.
pub(super) fn written(context: &Context<'_>, value: Option<f64>) -> String {
    or_nothing(value, |value| match context.options.grid_value {
        GridValue::Customers => context.numbers.count_short(value),
        GridValue::Share => context.numbers.percent(value),
        GridValue::Net => context.numbers.money_short(value),
    })
}

/// What that number is called.
pub(super) fn value_name(context: &Context<'_>) -> String {
    context.word(match context.options.grid_value {
        GridValue::Customers => "cohort.customers",
        GridValue::Share => "chart.customer_share",
        GridValue::Net => "measure.net",
    })
}

/// Raw days of a recency score.
pub(super) fn range(context: &Context<'_>, group: &ScoreGroup) -> String {
    match (group.min, group.max) {
        (Some(min), Some(max)) if min == max => context.numbers.days(min),
        (Some(min), Some(max)) => context.say("chart.day_range", &[("min", &min.to_string()), ("max", &max.to_string())]),
        _ => NOTHING.into(),
    }
}

/// `R5 FM3`.
pub(super) fn cell_name(cell: &RfmCell) -> String {
    format!("R{} FM{}", cell.r, cell.fm)
}

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

/// Key of a segment's mark.
pub(super) fn key(segment: &RfmSegment) -> String {
    format!("segment:{}", segment.id)
}
