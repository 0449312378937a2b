//! The curves of a sliced cohort table: each slice's pooled mean beside that of the whole, and their table.

use super::cohort_words::{column_name, mean_details, reading};
use super::curves::{Curve, PointAt};
use super::frame::{cell, detail};
use super::words::Context;
use super::{TableRow, TableTwin};
use crate::result::{CohortConfig, CohortMeans, CohortSlice, CohortTable};
use crate::sorting::{sort_by, sort_short};
use crate::text::dimension_name;

/// The series colours that make lines; the pale one is for areas. So many curves can be told apart.
pub(super) const COLORS: [usize; 5] = [0, 3, 2, 5, 4];

/// What the slices are of, e.g. `渠道`.
pub(super) fn dimension(config: &CohortConfig, context: &Context<'_>) -> Option<String> {
    Some(context.of(&dimension_name(&config.slice.as_ref()?.by)).to_owned())
}

/// The curves of the largest slices, or the largest of those chosen, in the order of their labels, and how many are left out.
pub(super) fn curves(table: &CohortTable, config: &CohortConfig, context: &Context<'_>, first: usize) -> (Vec<Curve>, usize) {
    let (mut by_size, hidden) = by_size(table, context, COLORS.len());
    sort_short(&mut by_size);
    let one = |(slice, color): (&CohortSlice, usize)| curve(slice, color, config, context, first);
    (by_size.iter().map(|&slice| &table.slices[slice]).zip(COLORS).map(one).collect(), hidden)
}

/// The curves of at most so many slices in one colour with the customers of each, the largest first, and how many are left out.
pub(super) fn largest(
    table: &CohortTable,
    config: &CohortConfig,
    context: &Context<'_>,
    first: usize,
    most: usize,
) -> (Vec<(Curve, u32)>, usize) {
    let (by_size, hidden) = by_size(table, context, most);
    let one = |slice: &CohortSlice| (curve(slice, COLORS[0], config, context, first), slice.n_customers);
    (by_size.iter().map(|&slice| one(&table.slices[slice])).collect(), hidden)
}

/// The slices wanted, the largest first, and how many of them are left out.
fn by_size(table: &CohortTable, context: &Context<'_>, most: usize) -> (Vec<usize>, usize) {
    let wanted = |&slice: &usize| context.wants_curve(table.slices[slice].label.as_deref().unwrap_or_default());
    let mut by_size: Vec<usize> = (0..table.slices.len()).filter(wanted).collect();
    let all = by_size.len();
    sort_by(&mut by_size, |&a, &b| table.slices[b].n_customers.cmp(&table.slices[a].n_customers));
    by_size.truncate(most);
    let hidden = all - by_size.len();
    (by_size, hidden)
}

fn curve(slice: &CohortSlice, color: usize, config: &CohortConfig, context: &Context<'_>, first: usize) -> Curve {
    Curve {
        name: name(slice, context),
        color: context.palette.series(color),
        mean: false,
        points: points(slice, config, context, first),
    }
}

fn points(slice: &CohortSlice, config: &CohortConfig, context: &Context<'_>, first: usize) -> Vec<PointAt> {
    let point = |(column, value): (usize, &Option<f64>)| {
        let mut details = mean_details(context, config, &slice.means, (*value, true), column);
        details.push(detail(context.word("cohort.customers"), context.numbers.count(f64::from(slice.n_customers))));
        Some(PointAt {
            column,
            value: value.filter(|value| value.is_finite())?,
            complete: true,
            interval: slice.means.pooled_interval.get(column).copied().flatten(),
            key: key(slice, column),
            label: context.join(&[name(slice, context), column_name(context, config, column)]),
            details,
        })
    };
    slice.means.pooled.iter().enumerate().skip(first).filter_map(point).collect()
}

fn name(slice: &CohortSlice, context: &Context<'_>) -> String {
    slice.label.clone().unwrap_or_else(|| context.word("slice.none"))
}

fn key(slice: &CohortSlice, column: usize) -> String {
    format!("slice:{}/{column}", slice.label.as_deref().unwrap_or_default())
}

/// Which slice is best and which worst at the first column after column 0; nothing where fewer than two have a value there.
pub(super) fn finding(table: &CohortTable, config: &CohortConfig, context: &Context<'_>) -> String {
    let value = |slice: &CohortSlice| slice.means.pooled.get(1).copied().flatten().filter(|value| value.is_finite());
    let mut known: Vec<_> = table.slices.iter().filter_map(|slice| Some((value(slice)?, slice))).collect();
    sort_by(&mut known, |a, b| b.0.total_cmp(&a.0));
    let [(high, best), .., (low, worst)] = known[..] else { return String::new() };
    let (column, reading) = (column_name(context, config, 1), reading(config));
    let [high, low] = [high, low].map(|value| reading.exact(context, Some(value)));
    let (best, worst) = (name(best, context), name(worst, context));
    let values = [("column", column.as_str()), ("best", &best), ("high", &high), ("worst", &worst), ("low", &low)];
    context.say("chart.slice_finding", &values)
}

/// The whole and every slice with its pooled means.
pub(super) fn twin(table: &CohortTable, config: &CohortConfig, context: &Context<'_>) -> TableTwin {
    let reading = reading(config);
    let columns = table.means.pooled.len();
    let mut head = vec![dimension(config, context).unwrap_or_default(), context.word("cohort.customers")];
    head.extend((0..columns).map(|column| column_name(context, config, column)));
    let row = |head: String, customers: u32, means: &CohortMeans, key: &dyn Fn(usize) -> String| {
        let size = cell(context.numbers.count(f64::from(customers)), Some(f64::from(customers)), None);
        let value = |column: usize| {
            let value = means.pooled.get(column).copied().flatten();
            cell(reading.exact(context, value), value, value.map(|_| key(column)))
        };
        TableRow { head, cells: std::iter::once(size).chain((0..columns).map(value)).collect() }
    };
    let whole =
        row(context.word("cohort.mean_pooled"), table.n_customers, &table.means, &|column| format!("mean:pooled/{column}"));
    let slices =
        table.slices.iter().map(|slice| row(name(slice, context), slice.n_customers, &slice.means, &|column| key(slice, column)));
    TableTwin { head, rows: std::iter::once(whole).chain(slices).collect() }
}
