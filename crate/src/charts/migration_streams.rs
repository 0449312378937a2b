//! Migration as streams: segments of the earlier day at the left, of the later day at the right, a band for each stream, as wide as its customers.

use super::Mark;
use super::color::Rgb;
use super::draw::Sheet;
use super::frame::{Sign, heading, legend, mark, notes};
use super::measure::fit;
use super::migration_matrix::{details, finding, key, stream, twin};
use super::scene::{Area, Font, Point, Scene};
use super::words::Context;
use crate::result::RfmMigration;
use crate::sorting::sort_by;

const SIZE: f64 = 12.0;
/// Width of a segment's bar.
const BAR: f64 = 10.0;
/// The least height a segment's name needs.
const SLOT: f64 = 17.0;
/// Space between segments.
const GAP: f64 = 5.0;
/// Height of all customers together.
const ALL: f64 = 360.0;
/// Points along each edge of a band.
const STEPS: usize = 20;

pub(super) fn sheet(table: &RfmMigration, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.migration");
    let mut scene = Scene::default();
    let top = heading(&mut scene, context, &title, &format!("{} → {}", table.from, table.to));
    let streams = Streams::new(table, context);
    let items = [
        (Sign::Fill(streams.fill(0, 1)), context.word("chart.streams_moved")),
        (Sign::Fill(streams.fill(0, 0)), context.word("chart.streams_stayed")),
    ];
    let top = legend(&mut scene, context, (context.pad, top), context.inner(), &items) + 10.0;
    let (bottom, marks) = streams.draw(&mut scene, top);
    let height = notes(&mut scene, context, bottom + 6.0, &streams.remarks());
    Sheet { scene, height, title, description: finding(table, context), marks, table: twin(table, context) }
}

struct Streams<'a> {
    table: &'a RfmMigration,
    context: &'a Context<'a>,
    /// Pixels per customer.
    scale: f64,
}

/// The segments of a day: where each begins, and how high it is.
struct Side {
    x: f64,
    /// By place of the state; `None` of who was in it.
    slots: Vec<Option<(f64, f64)>>,
    bottom: f64,
}

impl<'a> Streams<'a> {
    fn new(table: &'a RfmMigration, context: &'a Context<'a>) -> Self {
        Self { table, context, scale: ALL / f64::from(table.n_customers.max(1)) }
    }

    /// The customers a stream has at least where it is drawn: a pixel of them.
    fn least(&self) -> u32 {
        (1.0 / self.scale).ceil() as u32
    }

    fn remarks(&self) -> Vec<String> {
        let mut texts = vec![self.context.word("chart.note_streams")];
        if self.table.customers.iter().flatten().any(|&n| n > 0 && n < self.least()) {
            texts.push(
                self.context.say("chart.note_small_streams", &[("n", &self.context.numbers.count(f64::from(self.least())))]),
            );
        }
        texts
    }

    /// The colour of a stream: who stayed is quiet, who moved has the colour of where they were.
    fn fill(&self, source: usize, target: usize) -> Rgb {
        let palette = &self.context.palette;
        if source == target { palette.rule } else { palette.series(source % 6).mix(palette.background, 0.35) }
    }

    fn side(&self, x: f64, top: f64, size: impl Fn(usize) -> u32) -> Side {
        let mut y = top;
        let mut slot = |n: u32| {
            let height = (f64::from(n) * self.scale).max(1.0);
            let slot = height.max(SLOT);
            let at = y + (slot - height) / 2.0;
            y += slot + GAP;
            (at, height)
        };
        let slots = (0..self.table.states.len()).map(&size).map(|n| (n > 0).then(|| slot(n))).collect();
        Side { x, slots, bottom: y }
    }

    /// Returns the y below and the marks.
    fn draw(&self, scene: &mut Scene, top: f64) -> (f64, Vec<Mark>) {
        let (context, table) = (self.context, self.table);
        let font = Font::new(SIZE, context.palette.ink);
        let widest = table.states.iter().map(|state| font.width(context.of(&state.name))).fold(0.0, f64::max);
        let names = widest.min(context.inner() * 0.28);
        let left = self.side(context.pad + names + 6.0, top, |place| table.states[place].n_before);
        let right = self.side(context.width - context.pad - names - 6.0 - BAR, top, |place| table.states[place].n_after);
        let mut streams = self.streams(&left, &right);
        let marks = self.marks(&streams, (left.x, right.x));
        // The widest first, so that narrow ones stay visible where bands cross.
        sort_by(&mut streams, |one, two| two.height.total_cmp(&one.height));
        for band in &streams {
            scene.polygon(band.outline((left.x + BAR, right.x)), self.fill(band.source, band.target));
        }
        for (side, outer) in [(&left, font.end()), (&right, font)] {
            for (place, slot) in side.slots.iter().enumerate() {
                let Some((y, height)) = *slot else { continue };
                scene.rect(Area::new(side.x, y, BAR, height), context.palette.muted);
                let name = fit(context.of(&table.states[place].name), SIZE, false, names);
                let x = if side.x < context.width / 2.0 { side.x - 6.0 } else { side.x + BAR + 6.0 };
                scene.text_at((x, y + height / 2.0), name, outer);
            }
        }
        (left.bottom.max(right.bottom), marks)
    }

    /// A mark per band, row by row as segments are. Bands cross in the middle: each is pointed at where it begins.
    fn marks(&self, streams: &[Band], (left, right): (f64, f64)) -> Vec<Mark> {
        let rows = streams.chunk_by(|one, two| one.source == two.source).enumerate();
        let places = rows.flat_map(|(row, bands)| bands.iter().enumerate().map(move |(col, band)| (row, col, band)));
        let marks = places.map(|(row, col, band)| {
            let (table, context) = (self.table, self.context);
            let area = Area::new(left, band.from - 0.5, (right - left) * 0.4, band.height + 1.0);
            let label = stream(table, context, band.source, band.target);
            let details = details(table, context, band.source, band.target);
            mark(area, key(table, band.source, band.target), label, details).at(row, col)
        });
        marks.collect()
    }

    /// The bands between two sides, each at its place in both.
    fn streams(&self, left: &Side, right: &Side) -> Vec<Band> {
        let mut ends: Vec<f64> = right.slots.iter().map(|slot| slot.map_or(0.0, |(y, _)| y)).collect();
        let mut bands = Vec::new();
        for (source, targets) in self.table.customers.iter().enumerate() {
            let mut from = left.slots[source].map_or(0.0, |(y, _)| y);
            for (target, &n) in targets.iter().enumerate().filter(|(_, n)| **n > 0) {
                let height = f64::from(n) * self.scale;
                if n >= self.least() {
                    bands.push(Band { source, target, from, to: ends[target], height });
                }
                from += height;
                ends[target] += height;
            }
        }
        bands
    }
}

/// A stream as it is drawn.
struct Band {
    source: usize,
    target: usize,
    /// Upper edge at the left.
    from: f64,
    /// Upper edge at the right.
    to: f64,
    height: f64,
}

impl Band {
    fn outline(&self, (left, right): (f64, f64)) -> Vec<Point> {
        let edge = |step: usize, below: f64| {
            let t = step as f64 / STEPS as f64;
            let eased = t * t * (3.0 - 2.0 * t);
            (left + (right - left) * t, self.from + (self.to - self.from) * eased + below)
        };
        let upper = (0..=STEPS).map(|step| edge(step, 0.0));
        upper.chain((0..=STEPS).rev().map(|step| edge(step, self.height))).collect()
    }
}
