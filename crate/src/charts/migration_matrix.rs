//! Migration matrix: a row per segment of the earlier day, a column per segment of the later one, a cell per stream between them.
//!
//! A cell is coloured by its share of the row. States that nobody was in on either day are left out, and columns that nobody came to. Columns bear the signs
//! that stand before the rows' names.

use super::draw::Sheet;
use super::frame::{cell, detail, heading, mark, notes};
use super::measure::fit;
use super::number::or_nothing;
use super::rfm_words::{LETTERS, shown, value_name, written};
use super::scale::thinning;
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Detail, Mark, TableCell, TableRow, TableTwin};
use crate::result::{MigrationState, RfmMigration};

const NAME_SIZE: f64 = 12.0;
const HEAD_SIZE: f64 = 11.0;

pub(super) fn sheet(table: &RfmMigration, context: &Context<'_>) -> Sheet {
    let title = context.word("chart.migration");
    let mut scene = Scene::default();
    let subtitle = context.join(&[value_name(context), axes(table, context)]);
    let top = heading(&mut scene, context, &title, &subtitle);
    let matrix = Matrix::new(table, context, top);
    let marks = matrix.draw(&mut scene);
    let height = notes(&mut scene, context, matrix.bottom() + 8.0, &[context.word("chart.note_migration")]);
    Sheet { scene, height, title, description: finding(table, context), marks, table: twin(table, context) }
}

fn axes(table: &RfmMigration, context: &Context<'_>) -> String {
    context.say("chart.migration_axes", &[("from", &table.from), ("to", &table.to)])
}

struct Matrix<'a> {
    table: &'a RfmMigration,
    context: &'a Context<'a>,
    /// Places of the states that somebody was in: the rows.
    states: Vec<usize>,
    /// Rows whose states somebody came to: the columns.
    columns: Vec<usize>,
    left: f64,
    top: f64,
    cell: (f64, f64),
    /// Font size in which every value fits its cell, if there is one.
    size: Option<f64>,
    /// The greatest share of a row.
    max: f64,
}

impl<'a> Matrix<'a> {
    fn new(table: &'a RfmMigration, context: &'a Context<'a>, top: f64) -> Self {
        let somebody = |state: &MigrationState| state.n_before > 0 || state.n_after > 0;
        let states: Vec<_> = (0..table.states.len()).filter(|&place| somebody(&table.states[place])).collect();
        let columns: Vec<_> = (0..states.len()).filter(|&row| table.states[states[row]].n_after > 0).collect();
        let font = Font::new(NAME_SIZE, context.palette.ink);
        let name = |(row, &place): (usize, &usize)| font.width(&row_name(table, context, row, place));
        let names = states.iter().enumerate().map(name).fold(0.0, f64::max);
        let left = context.pad + names.min(context.inner() * 0.4) + 10.0;
        let width = ((context.width - context.pad - left) / columns.len().max(1) as f64).min(84.0);
        let mut matrix =
            Self { table, context, states, columns, left, top: top + 22.0, cell: (width, 30.0), size: None, max: 0.0 };
        let shares = matrix.streams().filter_map(|(row, column)| table.row_share[row][column]);
        matrix.max = shares.fold(0.0, f64::max);
        let texts: Vec<String> = matrix.streams().map(|(row, column)| written(context, matrix.value(row, column))).collect();
        let fits = |size: f64| texts.iter().all(|text| Font::new(size, context.palette.ink).width(text) + 6.0 <= width);
        matrix.size = [12.0, 11.0, 10.0].into_iter().find(|&size| fits(size));
        if matrix.size.is_none() {
            matrix.cell.1 = 20.0;
        }
        matrix
    }

    fn bottom(&self) -> f64 {
        self.top + self.cell.1 * self.states.len() as f64
    }

    /// Places of the states between which somebody went, row by row.
    fn streams(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let target = |&column: &usize| self.states[column];
        let pairs = self.states.iter().flat_map(move |&row| self.columns.iter().map(target).map(move |column| (row, column)));
        pairs.filter(|&(row, column)| self.table.customers[row][column] > 0)
    }

    fn value(&self, row: usize, column: usize) -> Option<f64> {
        let table = self.table;
        shown(self.context, table.customers[row][column], table.row_share[row][column], table.flow_minor[row][column])
    }

    /// The cell of the states shown at a row and a column.
    fn area(&self, row: usize, column: usize) -> Area {
        let (width, height) = self.cell;
        Area::new(self.left + width * column as f64, self.top + height * row as f64, width, height)
    }

    fn draw(&self, scene: &mut Scene) -> Vec<Mark> {
        self.draw_names(scene);
        let (context, mut marks) = (self.context, Vec::new());
        for (row, &source) in self.states.iter().enumerate() {
            for (column, target) in self.columns.iter().map(|&column| self.states[column]).enumerate() {
                let area = self.area(row, column);
                let fill = match self.table.row_share[source][target].filter(|share| *share > 0.0) {
                    Some(share) => context.palette.heat(share / self.max),
                    None => context.palette.neutral,
                };
                scene.rect(area.inset(0.5), fill);
                if source == target {
                    scene.frame(area.inset(1.0), context.palette.muted, 1.0);
                }
                if self.table.customers[source][target] == 0 {
                    continue;
                }
                if let Some(size) = self.size {
                    let font = Font::new(size, context.palette.ink_on(fill)).middle();
                    scene.text_at(area.center(), written(context, self.value(source, target)), font);
                }
                let label = stream(self.table, context, source, target);
                marks.push(
                    mark(area, key(self.table, source, target), label, details(self.table, context, source, target))
                        .at(row, column),
                );
            }
        }
        marks
    }

    fn draw_names(&self, scene: &mut Scene) {
        let context = self.context;
        let font = Font::new(HEAD_SIZE, context.palette.muted);
        let widest = self.columns.iter().map(|&row| font.width(&sign(row))).fold(0.0, f64::max);
        let step = thinning(widest + 4.0, self.cell.0);
        for (column, &row) in self.columns.iter().enumerate().step_by(step) {
            scene.text((self.area(0, column).center().0, self.top - 7.0), sign(row), font.middle());
        }
        for (row, &place) in self.states.iter().enumerate() {
            let name = row_name(self.table, context, row, place);
            let name = fit(&name, NAME_SIZE, false, self.left - 10.0 - context.pad);
            scene.text_at((context.pad, self.area(row, 0).center().1), name, Font::new(NAME_SIZE, context.palette.ink));
        }
    }
}

/// Tooltip of a stream.
pub(super) fn details(table: &RfmMigration, context: &Context<'_>, source: usize, target: usize) -> Vec<Detail> {
    let share = or_nothing(table.row_share[source][target], |share| context.numbers.percent(share));
    vec![
        detail(context.word("cohort.customers"), context.numbers.count(f64::from(table.customers[source][target]))),
        detail(context.word("chart.row_share"), share),
        detail(context.word("chart.net_between"), context.numbers.money(table.flow_minor[source][target] as f64)),
    ]
}

/// What stands for a state above its column: a letter, or where there are more states than letters its number.
fn sign(place: usize) -> String {
    LETTERS.get(place).map_or_else(|| (place + 1).to_string(), |letter| (*letter).to_owned())
}

fn row_name(table: &RfmMigration, context: &Context<'_>, row: usize, place: usize) -> String {
    format!("{}  {}", sign(row), context.of(&table.states[place].name))
}

pub(super) fn key(table: &RfmMigration, source: usize, target: usize) -> String {
    format!("flow:{}/{}", table.states[source].id, table.states[target].id)
}

pub(super) fn stream(table: &RfmMigration, context: &Context<'_>, source: usize, target: usize) -> String {
    let [source, target] = [source, target].map(|place| context.of(&table.states[place].name));
    format!("{source} → {target}")
}

/// How many stayed, and the largest stream of those who did not.
pub(super) fn finding(table: &RfmMigration, context: &Context<'_>) -> String {
    let places = 0..table.states.len();
    let stayed: u32 = places.clone().map(|place| table.customers[place][place]).sum();
    let pairs = places.clone().flat_map(|source| places.clone().map(move |target| (source, target)));
    let size = |(source, target): (usize, usize)| table.customers[source][target];
    let moved = pairs.filter(|&(source, target)| source != target && size((source, target)) > 0);
    let largest = moved.reduce(|best, next| if size(next) > size(best) { next } else { best });
    let count = |n: u32| context.numbers.count(f64::from(n));
    let all = count(table.n_customers);
    let Some((source, target)) = largest else {
        return context.say("chart.migration_none", &[("n", &all)]);
    };
    context.say(
        "chart.migration_finding",
        &[
            ("n", &all),
            ("stayed", &count(stayed)),
            ("stream", &stream(table, context, source, target)),
            ("moved", &count(size((source, target)))),
        ],
    )
}

/// A row per state of the earlier day with the customers of each stream, sums at the end of rows and columns.
pub(super) fn twin(table: &RfmMigration, context: &Context<'_>) -> TableTwin {
    let total = context.word("chart.total");
    let name = |state: &MigrationState| context.of(&state.name).to_owned();
    let head = [axes(table, context)].into_iter().chain(table.states.iter().map(name)).chain([total.clone()]).collect();
    let count = |n: u32, key: Option<String>| -> TableCell {
        let n = f64::from(n);
        cell(context.numbers.count(n), Some(n), key)
    };
    let rows = table.states.iter().enumerate().map(|(source, state)| {
        let streams = table.customers[source].iter().enumerate();
        let cells = streams.map(|(target, &n)| count(n, (n > 0).then(|| key(table, source, target))));
        TableRow { head: name(state), cells: cells.chain([count(state.n_before, None)]).collect() }
    });
    let sums = table.states.iter().map(|state| count(state.n_after, None)).chain([count(table.n_customers, None)]);
    let last = TableRow { head: total, cells: sums.collect() };
    TableTwin { head, rows: rows.chain([last]).collect() }
}
