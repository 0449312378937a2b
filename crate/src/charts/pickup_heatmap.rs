//! When goods are picked up: weekdays down, hours of the local day across.

use super::draw::Sheet;
use super::frame::{cell, detail, heading, mark, notes};
use super::scale::thinning;
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Mark, TableRow, TableTwin};
use crate::result::PrivateDomainTable;

const ROW: f64 = 26.0;
const SIZE: f64 = 12.0;
const SMALL: f64 = 11.0;
/// Terms of the days, Monday first.
const DAYS: [&str; 7] = [
    "weekday.monday",
    "weekday.tuesday",
    "weekday.wednesday",
    "weekday.thursday",
    "weekday.friday",
    "weekday.saturday",
    "weekday.sunday",
];

pub(super) fn sheet(table: &PrivateDomainTable, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.pickups");
    let mut scene = Scene::default();
    let hours = table.pickup_hours.as_deref().unwrap_or_default();
    let n: u64 = hours.iter().flatten().map(|&n| u64::from(n)).sum();
    let all = context.say("chart.pickups_n", &[("n", &context.numbers.count(n as f64))]);
    let until = context.say("chart.observed_until", &[("day", &table.definition.complete_until)]);
    let top = heading(&mut scene, context, &title, &context.join(&[all, until]));
    let grid = Grid::new(context, hours, top);
    let marks = grid.draw(&mut scene);
    let note = match table.pickup_hours {
        Some(_) => context.word("chart.note_pickups"),
        None => context.say("chart.needs", &[("table", "orders.picked_up_at")]),
    };
    let height = notes(&mut scene, context, grid.bottom() + 26.0, &[note]);
    Sheet { scene, height, title, description: grid.finding(), marks, table: grid.twin() }
}

struct Grid<'a> {
    context: &'a Context<'a>,
    /// Shape 7 × 24, or none.
    hours: &'a [[u32; 24]],
    most: u32,
    left: f64,
    top: f64,
    width: f64,
}

impl<'a> Grid<'a> {
    fn new(context: &'a Context<'a>, hours: &'a [[u32; 24]], top: f64) -> Self {
        let font = Font::new(SIZE, context.palette.ink);
        let names = DAYS.iter().map(|day| font.width(&context.word(day))).fold(0.0, f64::max);
        let left = context.pad + names + 8.0;
        let most = hours.iter().flatten().copied().max().unwrap_or(0);
        Self { context, hours, most, left, top: top + 4.0, width: ((context.width - context.pad - left) / 24.0).min(40.0) }
    }

    fn bottom(&self) -> f64 {
        self.top + ROW * self.hours.len() as f64
    }

    fn area(&self, day: usize, hour: usize) -> Area {
        Area::new(self.left + self.width * hour as f64, self.top + ROW * day as f64, self.width, ROW)
    }

    fn draw(&self, scene: &mut Scene) -> Vec<Mark> {
        let (context, palette) = (self.context, &self.context.palette);
        let font = Font::new(SMALL, palette.muted);
        let widest = font.width(&context.numbers.count_short(f64::from(self.most)));
        let mut marks = Vec::new();
        for (day, hours) in self.hours.iter().enumerate() {
            scene.text_at((context.pad, self.area(day, 0).center().1), context.word(DAYS[day]), Font::new(SIZE, palette.ink));
            for (hour, &n) in hours.iter().enumerate() {
                let area = self.area(day, hour);
                let fill = if n == 0 { palette.neutral } else { palette.heat(f64::from(n) / f64::from(self.most)) };
                scene.rect(area.inset(0.5), fill);
                if n > 0 && widest + 6.0 <= self.width {
                    let text = context.numbers.count_short(f64::from(n));
                    scene.text_at(area.center(), text, Font::new(SMALL, palette.ink_on(fill)).middle());
                }
                let details = vec![detail(context.word("chart.pickups_count"), context.numbers.count(f64::from(n)))];
                marks.push(mark(area, key(day, hour), self.label(day, hour), details).at(day, hour));
            }
        }
        if !self.hours.is_empty() {
            let step = thinning(font.width("24") + 6.0, self.width);
            for hour in (0..24).step_by(step) {
                scene.text((self.area(0, hour).center().0, self.bottom() + 16.0), hour.to_string(), font.middle());
            }
        }
        marks
    }

    fn label(&self, day: usize, hour: usize) -> String {
        let day = self.context.word(DAYS[day]);
        self.context.say("chart.pickup_hour", &[("day", &day), ("from", &hour.to_string()), ("until", &(hour + 1).to_string())])
    }

    /// The busiest hour.
    fn finding(&self) -> String {
        let cells = self.hours.iter().enumerate().flat_map(|(day, hours)| (0..24).map(move |hour| (hours[hour], day, hour)));
        match cells.reduce(|most, next| if next.0 > most.0 { next } else { most }) {
            Some((n, day, hour)) if n > 0 => {
                let n = self.context.numbers.count(f64::from(n));
                self.context.say("chart.pickup_finding", &[("hour", &self.label(day, hour)), ("n", &n)])
            }
            _ => self.context.word("chart.nothing"),
        }
    }

    fn twin(&self) -> TableTwin {
        let head = [self.context.word("chart.weekday")].into_iter().chain((0..24).map(|hour| hour.to_string()));
        let rows = self.hours.iter().enumerate().map(|(day, hours)| TableRow {
            head: self.context.word(DAYS[day]),
            cells: hours
                .iter()
                .enumerate()
                .map(|(hour, &n)| {
                    let n = f64::from(n);
                    cell(self.context.numbers.count(n), Some(n), Some(key(day, hour)))
                })
                .collect(),
        });
        TableTwin { head: head.collect(), rows: rows.collect() }
    }
}

fn key(day: usize, hour: usize) -> String {
    format!("pickup:{}/{hour}", day + 1)
}
