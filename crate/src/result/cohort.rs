//! Cohort retention: options and table.

use serde::{Deserialize, Serialize};

use super::{Definition, Entity, Filter, Granularity, Interval, Period, SliceConfig};
use crate::json::{Read, Write};

/// Whether cell columns are calendar periods or elapsed time since each customer's own first order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CohortWindow {
    /// Column k is the k-th calendar period after the cohort's.
    #[default]
    Calendar,
    /// Column k is `[t0 + k·L, t0 + (k+1)·L)` with L = 1, 7, 30, 91, 365 days for day … year.
    Rolling,
}

/// When a rolling cell is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RollingCompleteness {
    /// When every possible member of the cohort period has been observed for the whole column.
    #[default]
    Strict,
    /// Numerator and denominator are the members observed for the whole column; denominators shrink with age.
    Eligible,
}

/// When a member counts as present in column k.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Ordered in column k.
    #[default]
    On,
    /// Ordered in column k or later (may still rise).
    OnOrAfter,
    /// Ordered in one of columns 1..=k.
    OnOrBefore,
    /// Ordered in every column 0..=k.
    Streak,
    /// Placed the second order before the end of column k.
    RepeatBy,
}

/// Which purchase makes a customer a member of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CohortEntry {
    /// The first one looked at: once per customer.
    #[default]
    FirstEver,
    /// The first one in the range, whatever the customer bought before: once per customer.
    FirstInRange,
    /// The first one of every period in the range: once per customer and period bought in.
    Recurring,
}

/// The cohorts looked at: those whose period begins in `[from, until)`. Orders outside it still count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CohortRange {
    /// From this local day on, ISO date.
    pub from: Option<String>,
    /// Before this local day, ISO date.
    pub until: Option<String>,
}

/// The value shown in a cell. v = net of a member in a column, w = max(v, 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Members present.
    Count,
    /// Members present / members, in [0, 1].
    #[default]
    Rate,
    /// Orders in the column.
    Orders,
    /// Net in the column, minor units.
    Net,
    /// Net / orders, minor units.
    Aov,
    /// Net / members present, minor units.
    ValuePerReturning,
    /// Net / members, minor units.
    ValuePerMember,
    /// Net of columns 0..=k / members, minor units.
    CumValuePerMember,
    /// Net revenue retention: Σ w(k) / Σ w(0).
    Nrr,
    /// Gross revenue retention: Σ min(w(k), w(0)) / Σ w(0).
    Grr,
}

/// What the values of the cells are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CohortReference {
    /// Nothing: the measure as it is.
    #[default]
    None,
    /// The measure of the column before: value(k) / value(k − 1), 1 in column 0.
    Previous,
}

/// Options of cohort retention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CohortConfig {
    /// Period of the cohort rows, and of the columns.
    pub granularity: Granularity,
    /// Calendar or rolling columns.
    pub window: CohortWindow,
    /// Completeness rule of rolling columns.
    pub completeness: RollingCompleteness,
    /// Which purchase makes a member.
    pub entry: CohortEntry,
    /// Which cohorts to look at.
    pub range: CohortRange,
    /// When a member is present.
    pub criterion: Criterion,
    /// What the cells show.
    pub measure: Measure,
    /// What it is held against.
    pub reference: CohortReference,
    /// Whose orders are followed.
    pub entity: Entity,
    /// One table per label of a dimension, beside the whole.
    pub slice: Option<SliceConfig>,
    /// Orders in a column needed to be present, ≥ 1.
    pub min_orders: u32,
    /// Whether orders with net ≤ 0 count as purchases.
    pub count_zero: bool,
    /// Sizes of the columns after column 0, in periods: `[1, 2, 3]` shows periods 1, 2–3 and 4–6. Empty: one period each.
    pub brackets: Vec<u32>,
    /// 3: orders and money of column k are those of the periods k, k + 1 and k + 2, also in column 0; 1: of period k.
    pub smooth: u32,
    /// The last period; `None` takes the last of the brackets, or a default by granularity (day 60, week 52, month 36, quarter 20, year 10).
    pub max_periods: Option<u32>,
    /// First day of the week, Monday 0 … Sunday 6.
    pub week_start: u8,
    /// Cohorts starting within so many days after the data's first day are flagged left-censored.
    pub warmup_days: u32,
    /// Observation ends before this ISO date; `None` takes the day after the last order.
    pub complete_until: Option<String>,
    /// Which orders to look at.
    pub filter: Filter,
}

impl Default for CohortConfig {
    fn default() -> Self {
        Self {
            granularity: Granularity::Month,
            window: CohortWindow::Calendar,
            completeness: RollingCompleteness::Strict,
            entry: CohortEntry::FirstEver,
            range: CohortRange::default(),
            criterion: Criterion::On,
            measure: Measure::Rate,
            reference: CohortReference::None,
            entity: Entity::Customer,
            slice: None,
            min_orders: 1,
            count_zero: false,
            brackets: Vec::new(),
            smooth: 1,
            max_periods: None,
            week_start: 0,
            warmup_days: 90,
            complete_until: None,
            filter: Filter::default(),
        }
    }
}

impl CohortConfig {
    /// The periods a column covers.
    #[must_use]
    pub fn span(&self, column: usize) -> ColumnSpan {
        let sum = |brackets: &[u32]| brackets.iter().fold(0u32, |sum, &size| sum.saturating_add(size));
        match column {
            0 => ColumnSpan { from: 0, to: 0 },
            _ if self.brackets.is_empty() => ColumnSpan { from: column as u32, to: column as u32 },
            _ => {
                let through = column.min(self.brackets.len());
                let before = sum(&self.brackets[..through - 1]);
                ColumnSpan { from: before.saturating_add(1), to: before.saturating_add(self.brackets[through - 1]) }
            }
        }
    }
}

/// The periods a column covers, both included, counted from the cohort's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct ColumnSpan {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

impl ColumnSpan {
    /// `3`, or `4–6`.
    #[must_use]
    pub fn label(self) -> String {
        if self.from == self.to { self.to.to_string() } else { format!("{}–{}", self.from, self.to) }
    }
}

/// How far a cell is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// Its period has ended.
    Complete,
    /// Its period has begun and not ended: kept, drawn hatched, left out of means.
    Partial,
    /// Hidden because too few people are in it.
    Suppressed,
}

/// One cohort in one column. Columns that have not begun have no cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CohortCell {
    /// Column, 0 = the cohort's own period.
    pub period_idx: u32,
    /// Complete, partial or suppressed.
    pub state: CellState,
    /// `on_or_after` only: later orders can still raise it.
    pub may_rise: bool,
    /// The chosen measure, or what it is of the column before; `None` where it is undefined, and in a cohort without members.
    pub value: Option<f64>,
    /// Members present; `None` where the criterion does not apply (`on_or_before`, column 0).
    pub count: Option<u32>,
    /// Members the count is out of.
    pub den: u32,
    /// Orders of the members in the column; smoothed, in its three periods.
    pub orders: u32,
    /// Net of the members in the same, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// Wilson 95 % interval of count / den; `None` where everybody is present by definition.
    pub interval: Option<Interval>,
    /// Fewer than 30 members.
    pub low_n: bool,
    /// Days of the column observed so far; in a rolling column, of the youngest member the cohort can have.
    pub observed_days: u32,
    /// Days of the column.
    pub period_days: u32,
}

/// One cohort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CohortRow {
    /// The period its members entered in.
    pub period: Period,
    /// Members.
    pub n_customers: u32,
    /// `first_ever` only: starts so early that "first order" may only mean "first order in the file".
    pub left_censored: bool,
    /// Shape: columns begun so far, `cells[k].period_idx == k`.
    pub cells: Vec<CohortCell>,
}

/// The mean rows, over complete cells with a value, of cohorts that are not left-censored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CohortMeans {
    /// Σ numerators / Σ denominators, per column; for `count`, `orders` and `net` the mean per cohort. Against the column before: Σ of this column's
    /// numerators / Σ of that one's where both have the same denominators.
    pub pooled: Vec<Option<f64>>,
    /// Wilson 95 % interval of a pooled rate, per column; `None` for other measures, against the column before, where everybody is present by
    /// definition, and of recurring cohorts, in which the same members count more than once.
    pub pooled_interval: Vec<Option<Interval>>,
    /// Mean of the cell values, per column.
    pub simple: Vec<Option<f64>>,
    /// Median of the cell values, per column.
    pub median: Vec<Option<f64>>,
    /// Cohorts used, per column.
    pub rows_used: Vec<u32>,
    /// Whether left-censored cohorts had to be used because there are no others.
    pub uses_left_censored: bool,
}

/// Cohort retention of one slice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CohortSlice {
    /// The label; `None` for what has none.
    pub label: Option<String>,
    /// Customers over all its cohorts, each once.
    pub n_customers: u32,
    /// Its cohorts, from the first to the last with a member.
    pub rows: Vec<CohortRow>,
    /// Its mean rows.
    pub means: CohortMeans,
}

/// Cohort retention.
///
/// **Shape** `rows` ascending by period, one per period from the first to the last with a member (empty ones included).
/// **Units** rates in [0, 1], money in minor units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CohortTable {
    /// How it was computed.
    pub definition: Definition,
    /// Columns, the largest `cells.len()`.
    pub n_periods: u32,
    /// The periods each of them covers.
    pub columns: Vec<ColumnSpan>,
    /// Customers over all cohorts, each once: with `recurring` fewer than the members of all rows.
    pub n_customers: u32,
    /// The cohorts.
    pub rows: Vec<CohortRow>,
    /// The mean rows.
    pub means: CohortMeans,
    /// The slices with a member, in the order of their labels, the one without a label last; empty where none were asked for.
    pub slices: Vec<CohortSlice>,
}
