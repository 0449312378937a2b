//! RFM grid: R upwards, FM to the right, a cell per pair of scores by value; beside or below it the segments as bars.
//!
//! Under preset `rules11` a cell belongs to no one segment, so cells carry numbers only.

use std::collections::BTreeMap;

use super::draw::Sheet;
use super::frame::{cell, detail, heading, mark, notes, paragraph};
use super::measure::{text_width, wrap};
use super::number::or_nothing;
use super::rfm_bars;
use super::rfm_words::{self, cell_name, key, letter, range, shown, value_name, written};
use super::scene::{Area, Font, Point, Scene};
use super::words::Context;
use super::{Detail, Mark, TableRow, TableTwin};
use crate::result::{RfmCell, RfmTable};

pub(super) fn sheet(table: &RfmTable, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.rfm_grid");
    let mut scene = Scene::default();
    let subtitle = context.join(&[
        value_name(context),
        context.say("chart.scored", &[("n", &context.numbers.count_short(f64::from(table.n_customers)))]),
        context.say("chart.as_of", &[("day", &table.definition.as_of)]),
    ]);
    let top = heading(&mut scene, context, &title, &subtitle) + 4.0;
    let wide = context.width >= 860.0;
    let width = if wide { (context.inner() * 0.56).min(720.0) } else { context.inner() };
    let grid = Grid::new(table, context, Area::new(context.pad, top, width, 0.0));
    let mut marks = grid.draw(&mut scene);
    let bars = if wide {
        Area::new(context.pad + width + 36.0, top, context.inner() - width - 36.0, 0.0)
    } else {
        Area::new(context.pad, grid.bottom() + 22.0, context.inner(), 0.0)
    };
    let (bars_bottom, bar_marks) = rfm_bars::draw(&mut scene, table, context, bars, !grid.regions.is_empty() && !grid.named);
    marks.extend(bar_marks);
    let bottom = if wide { bars_bottom.max(grid.bottom()) } else { bars_bottom };
    let height = notes(&mut scene, context, bottom + 12.0, &remarks(table, context));
    Sheet { scene, height, title, description: finding(table, context), marks, table: twin(table, context) }
}

/// Cells of one segment.
struct Region<'a> {
    cells: Vec<&'a RfmCell>,
    name: String,
}

struct Grid<'a> {
    table: &'a RfmTable,
    context: &'a Context<'a>,
    /// Scores on each side.
    bins: u8,
    left: f64,
    top: f64,
    cell: (f64, f64),
    regions: Vec<Region<'a>>,
    /// Whether every segment name fits its first cell; else the bars' letters stand for them.
    named: bool,
    max: f64,
    /// Font size in which every value fits its cell, if there is one.
    size: Option<f64>,
}

const NAME_SIZE: f64 = 11.0;

impl<'a> Grid<'a> {
    fn new(table: &'a RfmTable, context: &'a Context<'a>, area: Area) -> Self {
        let font = Font::new(NAME_SIZE, context.palette.muted);
        let ranges = table.recency.groups.iter().map(|group| font.width(&range(context, group)));
        let axis = ranges.fold(14.0, f64::max) + 10.0;
        let bins = table.recency.groups.len() as u8;
        let width = (area.width - axis) / f64::from(bins.max(1));
        let mut by_id: BTreeMap<&str, Vec<&RfmCell>> = BTreeMap::new();
        for cell in &table.cells {
            if let Some(id) = &cell.segment {
                by_id.entry(id).or_default().push(cell);
            }
        }
        let regions: Vec<_> =
            by_id.into_iter().map(|(id, cells)| Region { cells, name: rfm_words::name(table, context, id) }).collect();
        let tall = width >= 60.0;
        let fits = |region: &Region<'_>| {
            let lines = wrap(&region.name, NAME_SIZE, false, width - 14.0);
            lines.len() == 1 || (tall && lines.len() == 2 && lines.join(" ") == region.name)
        };
        let values = table.cells.iter().filter_map(|cell| shown(context, cell.n_customers, Some(cell.share), cell.net_minor));
        let room = |value: f64, size: f64| text_width(&written(context, Some(value)), size, true) + 6.0;
        Self {
            named: regions.iter().all(fits),
            table,
            context,
            bins,
            left: area.x + axis,
            top: area.y + 18.0,
            cell: (width, if tall { 66.0 } else { 48.0 }),
            regions,
            size: [16.0, 14.0, 12.0, 11.0, 10.0].into_iter().find(|size| values.clone().all(|value| room(value, *size) <= width)),
            max: values.fold(0.0, f64::max),
        }
    }

    fn bottom(&self) -> f64 {
        let room = self.context.width - self.context.pad - self.left;
        let lines = wrap(&self.context.word("chart.fm_axis"), NAME_SIZE, false, room).len();
        self.top + f64::from(self.bins) * self.cell.1 + 24.0 + 17.0 * lines as f64
    }

    /// Top left corner of the cell of scores (r, fm).
    fn corner(&self, r: u8, fm: u8) -> Point {
        (self.left + self.cell.0 * (f64::from(fm) - 1.0), self.top + self.cell.1 * (f64::from(self.bins) - f64::from(r)))
    }

    fn area(&self, cell: &RfmCell) -> Area {
        let (x, y) = self.corner(cell.r, cell.fm);
        Area::new(x, y, self.cell.0, self.cell.1)
    }

    fn fill(&self, cell: &RfmCell) -> super::color::Rgb {
        let value = shown(self.context, cell.n_customers, Some(cell.share), cell.net_minor).unwrap_or(0.0);
        if value > 0.0 && self.max > 0.0 { self.context.palette.heat(value / self.max) } else { self.context.palette.neutral }
    }

    fn draw(&self, scene: &mut Scene) -> Vec<Mark> {
        self.draw_axes(scene);
        let scores = 1..=self.bins;
        let cells: Vec<_> =
            self.table.cells.iter().filter(|cell| scores.contains(&cell.r) && scores.contains(&cell.fm)).collect();
        for cell in &cells {
            self.draw_cell(scene, cell);
        }
        for region in &self.regions {
            self.draw_region(scene, region);
        }
        let marks = cells.iter().map(|cell| {
            let place = format!("rfm:{}/{}", cell.r, cell.fm);
            mark(self.area(cell), place, cell_name(cell), self.details(cell))
                .at(usize::from(self.bins - cell.r), usize::from(cell.fm - 1))
        });
        marks.collect()
    }

    fn draw_axes(&self, scene: &mut Scene) {
        let context = self.context;
        let (score, muted) = (Font::new(13.0, context.palette.ink).bold(), Font::new(NAME_SIZE, context.palette.muted));
        scene.text((context.pad, self.top - 8.0), context.word("chart.r_axis"), muted);
        for group in &self.table.recency.groups {
            let middle = self.corner(group.score, 1).1 + self.cell.1 / 2.0;
            scene.text((context.pad, middle - 2.0), group.score.to_string(), score);
            scene.text((context.pad, middle + 13.0), range(context, group), muted);
        }
        let below = self.top + f64::from(self.bins) * self.cell.1;
        for fm in 1..=self.bins {
            scene.text((self.corner(1, fm).0 + self.cell.0 / 2.0, below + 18.0), fm.to_string(), score.middle());
        }
        let room = context.width - context.pad - self.left;
        paragraph(scene, context, (self.left, below + 36.0), room, NAME_SIZE, &context.word("chart.fm_axis"));
    }

    fn draw_cell(&self, scene: &mut Scene, cell: &RfmCell) {
        let (context, area, fill) = (self.context, self.area(cell), self.fill(cell));
        scene.rect(area, context.palette.background);
        scene.rect(area.inset(0.5), fill);
        let value = shown(context, cell.n_customers, Some(cell.share), cell.net_minor);
        let text = written(context, value);
        let ink = context.palette.ink_on(fill);
        let Some(size) = self.size else { return };
        let y =
            if self.regions.is_empty() { area.center().1 } else { area.bottom() - if area.height > 60.0 { 16.0 } else { 14.0 } };
        let font = Font::new(size, ink).bold();
        if self.regions.is_empty() {
            scene.text_at((area.center().0, y), text, font.middle());
        } else {
            scene.text_at((area.x + 7.0_f64.min((area.width - font.width(&text)) / 2.0), y), text, font);
        }
    }

    /// Name once, borders between this segment and the others.
    fn draw_region(&self, scene: &mut Scene, region: &Region<'_>) {
        let Some(first) = region.cells.first() else { return };
        let (context, area) = (self.context, self.area(first));
        let font = Font::new(NAME_SIZE, context.palette.ink_on(self.fill(first)));
        let name = if self.named { region.name.clone() } else { letter(self.table, first.segment.as_deref()).into() };
        for (line, text) in wrap(&name, NAME_SIZE, false, area.width - 10.0).into_iter().enumerate() {
            scene.text((area.x + 7.0, area.y + 16.0 + 13.0 * line as f64), text, font);
        }
        let inside = |r: i16, fm: i16| region.cells.iter().any(|cell| i16::from(cell.r) == r && i16::from(cell.fm) == fm);
        for cell in &region.cells {
            let (area, r, fm) = (self.area(cell), i16::from(cell.r), i16::from(cell.fm));
            let (right, bottom) = (area.right(), area.bottom());
            let sides = [
                (inside(r + 1, fm), (area.x, area.y), (right, area.y)),
                (inside(r - 1, fm), (area.x, bottom), (right, bottom)),
                (inside(r, fm - 1), (area.x, area.y), (area.x, bottom)),
                (inside(r, fm + 1), (right, area.y), (right, bottom)),
            ];
            for (_, from, to) in sides.into_iter().filter(|(same, ..)| !same) {
                scene.line(from, to, context.palette.background, 4.0);
            }
        }
    }

    fn details(&self, cell: &RfmCell) -> Vec<Detail> {
        let context = self.context;
        let mut lines = Vec::new();
        if let Some(id) = &cell.segment {
            lines.push(detail(context.word("chart.segment"), rfm_words::name(self.table, context, id)));
        }
        lines.push(detail(context.word("cohort.customers"), context.numbers.count(f64::from(cell.n_customers))));
        lines.push(detail(context.word("chart.customer_share"), context.numbers.percent(cell.share)));
        lines.push(detail(context.word("measure.net"), context.numbers.money(cell.net_minor as f64)));
        if let Some(group) = self.table.recency.groups.iter().find(|group| group.score == cell.r) {
            lines.push(detail(context.word("chart.last_order"), range(context, group)));
        }
        lines
    }
}

fn remarks(table: &RfmTable, context: &Context<'_>) -> Vec<String> {
    let axes = [(&table.recency, "R"), (&table.frequency, "F"), (&table.monetary, "M")];
    let flat: Vec<_> = axes.iter().filter(|(axis, _)| axis.degenerate).map(|(_, name)| *name).collect();
    let mut texts = Vec::new();
    if !flat.is_empty() {
        texts.push(context.say("chart.degenerate", &[("axes", &flat.join(", "))]));
    }
    if table.segments.iter().any(|segment| !segment.scored && segment.n_customers > 0) {
        texts.push(context.word("chart.note_unscored"));
    }
    texts
}

fn finding(table: &RfmTable, context: &Context<'_>) -> String {
    let scored = table.segments.iter().filter(|segment| segment.scored && segment.n_customers > 0);
    let largest = scored.clone().reduce(|best, next| if next.n_customers > best.n_customers { next } else { best });
    let richest = scored.reduce(|best, next| if next.net_minor > best.net_minor { next } else { best });
    let (Some(largest), Some(richest)) = (largest, richest) else { return context.word("chart.nothing") };
    let percent = |value: Option<f64>| or_nothing(value, |value| context.numbers.percent(value));
    context.say(
        "chart.rfm_finding",
        &[
            ("n", &context.numbers.count(f64::from(table.n_customers))),
            ("largest", context.of(&largest.name)),
            ("share", &percent(largest.share)),
            ("richest", context.of(&richest.name)),
            ("net_share", &percent(richest.net_share)),
        ],
    )
}

/// Cells, then segments.
fn twin(table: &RfmTable, context: &Context<'_>) -> TableTwin {
    let head = ["chart.grid_cell", "chart.segment", "cohort.customers", "chart.customer_share", "measure.net"];
    let row = |head: String, segment: String, n: u32, share: Option<f64>, net: Option<f64>, key: String| {
        let key = Some(key);
        let (customers, numbers) = (f64::from(n), &context.numbers);
        TableRow {
            head,
            cells: vec![
                cell(segment, None, key.clone()),
                cell(numbers.count(customers), Some(customers), key.clone()),
                cell(or_nothing(share, |share| numbers.percent(share)), share, key.clone()),
                cell(or_nothing(net, |net| numbers.money(net)), net, key),
            ],
        }
    };
    let cells = table.cells.iter().map(|cell| {
        let name = cell.segment.as_ref().map_or(String::new(), |id| rfm_words::name(table, context, id));
        let place = format!("rfm:{}/{}", cell.r, cell.fm);
        row(cell_name(cell), name, cell.n_customers, Some(cell.share), Some(cell.net_minor as f64), place)
    });
    let segments = table.segments.iter().map(|segment| {
        let name = context.of(&segment.name).to_owned();
        let net = segment.scored.then_some(segment.net_minor as f64);
        row(context.word("chart.segment"), name, segment.n_customers, segment.share, net, key(segment))
    });
    TableTwin { head: head.iter().map(|id| context.word(id)).collect(), rows: cells.chain(segments).collect() }
}
