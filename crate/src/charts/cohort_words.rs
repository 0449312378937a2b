//! What heatmap and curves say alike about a cohort table: values, columns, completeness, the main finding.

use super::Detail;
use super::frame::detail;
use super::number::or_nothing;
use super::words::Context;
use crate::result::{
    CellState, CohortCell, CohortConfig, CohortEntry, CohortMeans, CohortReference, CohortRow, CohortTable, CohortWindow,
    Criterion, Interval, Measure, Parameters,
};
use crate::{Error, ErrorKind, Result};

/// The options a cohort table was computed with.
pub(super) fn config(table: &CohortTable) -> Result<&CohortConfig> {
    match &table.definition.parameters {
        Parameters::Cohorts(config) => Ok(config),
        _ => Err(Error::new(ErrorKind::Config, "expected a cohort definition in the result, found another metric")),
    }
}

/// How the values of a measure are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Share,
    Count,
    Money,
}

pub(super) fn reading(config: &CohortConfig) -> Reading {
    match config.measure {
        _ if config.reference == CohortReference::Previous => Reading::Share,
        Measure::Rate | Measure::Nrr | Measure::Grr => Reading::Share,
        Measure::Count | Measure::Orders => Reading::Count,
        _ => Reading::Money,
    }
}

impl Reading {
    /// Exact, for tooltips and tables.
    pub(super) fn exact(self, context: &Context<'_>, value: Option<f64>) -> String {
        or_nothing(value, |value| match self {
            Self::Share => context.numbers.percent(value),
            Self::Count => context.numbers.count(value),
            Self::Money => context.numbers.money(value),
        })
    }

    /// For the drawing.
    pub(super) fn short(self, context: &Context<'_>, value: Option<f64>) -> String {
        or_nothing(value, |value| match self {
            Self::Share => context.numbers.percent(value),
            Self::Count => context.numbers.count_short(value),
            Self::Money => context.numbers.money_short(value),
        })
    }

    /// For a drawing with little room.
    pub(super) fn shorter(self, context: &Context<'_>, value: Option<f64>) -> String {
        match self {
            Self::Share => or_nothing(value, |value| context.numbers.percent_short(value)),
            _ => self.short(context, value),
        }
    }
}

/// The measure's name; for shares of people, the criterion says which people.
pub(super) fn measure_name(context: &Context<'_>, config: &CohortConfig) -> String {
    let measure = context.word(match config.measure {
        Measure::Count => "measure.count",
        Measure::Rate if matches!(config.criterion, Criterion::OnOrBefore | Criterion::RepeatBy) => "chart.repeat_rate",
        Measure::Rate => "chart.retention_rate",
        Measure::Orders => "measure.orders",
        Measure::Net => "measure.net",
        Measure::Aov => "measure.aov",
        Measure::ValuePerReturning => "measure.value_per_returning",
        Measure::ValuePerMember => "measure.value_per_member",
        Measure::CumValuePerMember => "measure.cum_value_per_member",
        Measure::Nrr => "measure.nrr",
        Measure::Grr => "measure.grr",
    });
    let measure = if config.smooth == 1 {
        measure
    } else {
        context.say("chart.measure_smoothed", &[("measure", &measure), ("n", &config.smooth.to_string())])
    };
    if config.reference == CohortReference::Previous {
        return context.say("chart.measure_of_previous", &[("measure", &measure)]);
    }
    if !matches!(config.measure, Measure::Count | Measure::Rate) {
        return measure;
    }
    let criterion = context.word(match config.criterion {
        Criterion::On => "criterion.on",
        Criterion::OnOrAfter => "criterion.on_or_after",
        Criterion::OnOrBefore => "criterion.on_or_before",
        Criterion::Streak => "criterion.streak",
        Criterion::RepeatBy => "criterion.repeat_by",
    });
    context.say("chart.measure_of", &[("measure", &measure), ("criterion", &criterion)])
}

/// `第 3 月`, `month 3`.
pub(super) fn column_name(context: &Context<'_>, config: &CohortConfig, column: usize) -> String {
    let (unit, number) = (context.period(config.granularity), config.span(column).label());
    match config.window {
        CohortWindow::Calendar => context.say("chart.column", &[("unit", &unit), ("n", &number)]),
        CohortWindow::Rolling => {
            let days = config.granularity.rolling_days().to_string();
            context.say("chart.column_rolling", &[("days", &days), ("n", &number)])
        }
    }
}

/// What the numbers over the columns count.
pub(super) fn columns_title(context: &Context<'_>, config: &CohortConfig) -> String {
    match config.window {
        CohortWindow::Calendar => {
            let id = if recurring(config) { "chart.columns_later" } else { "chart.columns" };
            context.say(id, &[("unit", &context.period(config.granularity))])
        }
        CohortWindow::Rolling => {
            let id = if recurring(config) { "chart.columns_rolling_later" } else { "chart.columns_rolling" };
            context.say(id, &[("days", &config.granularity.rolling_days().to_string())])
        }
    }
}

/// What a row is called.
pub(super) fn row_title(context: &Context<'_>, config: &CohortConfig) -> String {
    context.word(if recurring(config) { "cohort.period" } else { "cohort.cohort" })
}

/// What column 0 is called.
pub(super) fn first_column(context: &Context<'_>, config: &CohortConfig) -> String {
    context.word(if recurring(config) { "chart.own_column" } else { "chart.first_column" })
}

fn recurring(config: &CohortConfig) -> bool {
    config.entry == CohortEntry::Recurring
}

/// The line under the title.
pub(super) fn subtitle(context: &Context<'_>, table: &CohortTable, config: &CohortConfig) -> String {
    context.join(&[
        measure_name(context, config),
        context.say("chart.customers", &[("n", &context.numbers.count_short(f64::from(table.n_customers)))]),
        context.say("chart.observed_until", &[("day", &table.definition.complete_until)]),
    ])
}

/// Key of a cohort's mark.
pub(super) fn key(row: &CohortRow, column: usize) -> String {
    format!("cohort:{}/{column}", row.period.label)
}

/// First line of a cell's tooltip.
pub(super) fn cell_label(context: &Context<'_>, config: &CohortConfig, row: &CohortRow, column: usize) -> String {
    context.join(&[row.period.label.clone(), column_name(context, config, column)])
}

/// The other lines of a cell's tooltip.
pub(super) fn cell_details(context: &Context<'_>, config: &CohortConfig, row: &CohortRow, cell: &CohortCell) -> Vec<Detail> {
    if cell.state == CellState::Suppressed {
        return vec![detail(measure_name(context, config), context.word("cell.suppressed"))];
    }
    let (numbers, count) = (&context.numbers, |value: u32| context.numbers.count(f64::from(value)));
    let mut lines = vec![detail(measure_name(context, config), reading(config).exact(context, cell.value))];
    if let Some(present) = cell.count {
        lines.push(detail(context.word("chart.present_of"), format!("{} / {}", count(present), count(cell.den))));
    }
    lines.extend(cell.interval.filter(|_| config.measure == Measure::Rate).map(|interval| bounds(context, interval)));
    lines.push(detail(context.word("measure.orders"), count(cell.orders)));
    lines.push(detail(context.word("measure.net"), numbers.money(cell.net_minor as f64)));
    lines.push(detail(context.word("chart.completeness"), completeness(context, cell)));
    let remarks = [(cell.may_rise, "cell.may_rise"), (cell.low_n, "chart.low_n"), (row.left_censored, "chart.left_censored")];
    lines.extend(remarks.iter().filter(|(on, _)| *on).map(|(_, id)| detail(context.word("chart.remark"), context.word(id))));
    lines
}

fn bounds(context: &Context<'_>, interval: Interval) -> Detail {
    let [low, high] = [interval.low, interval.high].map(|bound| context.numbers.percent(bound));
    detail(context.word("chart.interval"), format!("{low}–{high}"))
}

fn completeness(context: &Context<'_>, cell: &CohortCell) -> String {
    match cell.state {
        CellState::Partial => {
            let (seen, all) = (cell.observed_days.to_string(), cell.period_days.to_string());
            context.say("chart.days_observed", &[("seen", &seen), ("all", &all)])
        }
        _ => context.word("cell.complete"),
    }
}

/// Tooltip of a mean, `pooled` or not.
pub(super) fn mean_details(
    context: &Context<'_>,
    config: &CohortConfig,
    means: &CohortMeans,
    (value, pooled): (Option<f64>, bool),
    column: usize,
) -> Vec<Detail> {
    let used = means.rows_used.get(column).copied().unwrap_or(0);
    let mut lines = vec![detail(measure_name(context, config), reading(config).exact(context, value))];
    lines.extend(
        means.pooled_interval.get(column).copied().flatten().filter(|_| pooled).map(|interval| bounds(context, interval)),
    );
    lines.push(detail(context.word("chart.rows_used"), context.numbers.count(f64::from(used))));
    if means.uses_left_censored {
        lines.push(detail(context.word("chart.remark"), context.word("chart.uses_left_censored")));
    }
    lines
}

/// The main finding: the pooled mean at the first column and further on, and the best cohort at the first.
pub(super) fn finding(context: &Context<'_>, table: &CohortTable, config: &CohortConfig) -> String {
    let reading = reading(config);
    let pooled = |column: usize| table.means.pooled.get(column).copied().flatten();
    let at = |column: usize| {
        let (name, value) = (column_name(context, config, column), reading.exact(context, pooled(column)));
        context.say("chart.value_at", &[("column", &name), ("value", &value)])
    };
    let last = (2..table.means.pooled.len()).rev().find(|column| pooled(*column).is_some());
    let means: Vec<String> = pooled(1).is_some().then_some(1).into_iter().chain(last).map(at).collect();
    if means.is_empty() {
        return context.say("chart.cohort_finding_none", &[("n", &table.rows.len().to_string())]);
    }
    let mut text =
        context.say("chart.cohort_finding", &[("means", &context.join(&means)), ("measure", &measure_name(context, config))]);
    let best = table.rows.iter().filter(|row| !row.left_censored || table.means.uses_left_censored);
    let best = best.filter_map(|row| {
        let cell = row.cells.get(1).filter(|cell| cell.state == CellState::Complete && !cell.low_n)?;
        Some((row, cell.value.filter(|value| value.is_finite())?))
    });
    if let Some((row, value)) = best.reduce(|best, next| if next.1 > best.1 { next } else { best }) {
        let (name, value) = (column_name(context, config, 1), reading.exact(context, Some(value)));
        text += &context.say("chart.cohort_best", &[("column", &name), ("cohort", &row.period.label), ("value", &value)]);
    }
    text
}
