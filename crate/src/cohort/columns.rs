//! Which column of its cohort an order falls into, and how far a cell is observed.
//!
//! In: a view and the options. Out: periods since a member's own for the pass over the orders (a look-up by day, or elapsed time over the period's
//! length), the columns that cover them (`spans`), and the observed part of a cell for the table.

use std::ops::Range;

use crate::history::{Calendar, View, parse_date};
use crate::result::{CellState, CohortConfig, CohortEntry, CohortRange, CohortWindow, RollingCompleteness};
use crate::{Error, ErrorKind, Result};

use super::spans::Spans;

const DAY_US: i64 = 86_400_000_000;
/// A larger table serves nobody and would not fit a browser's tab.
const MAX_CELLS: usize = 500_000;

/// The columns of a cohort table.
pub(super) struct Columns<'a> {
    view: &'a View<'a>,
    pub(super) calendar: Calendar,
    pub(super) spans: Spans,
    window: Window,
    entry: CohortEntry,
    /// The cohorts looked at.
    looked_at: Range<usize>,
    /// Cohorts, from the data's first period to its last.
    pub(super) n_cohorts: usize,
    /// Columns of a cohort at most.
    pub(super) len: usize,
    /// Index of the data's first period.
    first_period: i32,
    /// Period of each day since the data's first, less `first_period`.
    period_of_day: Vec<u32>,
    /// The instant observation ends.
    end_us: i64,
}

#[derive(Clone, Copy)]
enum Window {
    Calendar,
    Rolling { length_days: u32, eligible: bool },
}

/// The purchase that makes a member.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// Cohort, 0 = the data's first period.
    pub(super) cohort: usize,
    /// Its instant.
    pub(super) time_us: i64,
}

/// The observed part of a cell that has begun.
pub(super) struct Observed {
    pub(super) state: CellState,
    /// Days observed: of the period, or in a rolling column of the youngest member possible.
    pub(super) days: u32,
    /// Days of the column.
    pub(super) of_days: u32,
}

impl<'a> Columns<'a> {
    /// The columns of one of so many `tables`.
    pub(super) fn new(view: &'a View<'a>, config: &CohortConfig, tables: usize) -> Result<Self> {
        let calendar = Calendar::new(config.granularity, config.week_start)?;
        let spans = Spans::new(config)?;
        let histories = view.histories;
        let last_day = view.end_day.min(histories.end_day) - 1;
        let first_period = calendar.period(view.first_day);
        let n_cohorts = (calendar.period(last_day) + 1 - first_period).max(0) as usize;
        let end_us = histories.clock.day_start_us(view.end_day);
        let looked_at = looked_at(&config.range, calendar, first_period, n_cohorts)?;
        let (window, begun) = match config.window {
            CohortWindow::Calendar => (Window::Calendar, i64::from(calendar.period(view.end_day - 1) - first_period) + 1),
            CohortWindow::Rolling => {
                let length_days = config.granularity.rolling_days();
                let eligible = config.completeness == RollingCompleteness::Eligible;
                let observed_us = end_us - histories.clock.day_start_us(calendar.start(first_period));
                let begun = (observed_us - 1).div_euclid(i64::from(length_days) * DAY_US) + 1;
                (Window::Rolling { length_days, eligible }, begun)
            }
        };
        let wanted = config.max_periods.map_or(i64::MAX, |last| i64::from(last) + 1);
        let len = spans.begun(begun.clamp(0, wanted) as usize);
        if n_cohorts.saturating_mul(len).saturating_mul(tables) > MAX_CELLS {
            return Err(Error::new(
                ErrorKind::Config,
                format!(
                    "`{n_cohorts}` cohorts of `{len}` columns in `{tables}` tables are over `{MAX_CELLS}` cells: \
                     take a coarser `granularity`, fewer `maxPeriods` or no `slice`"
                ),
            ));
        }
        let period_of_day = (view.first_day..=last_day).map(|day| (calendar.period(day) - first_period) as u32).collect();
        Ok(Self {
            view,
            calendar,
            spans,
            window,
            entry: config.entry,
            looked_at,
            n_cohorts,
            len,
            first_period,
            period_of_day,
            end_us,
        })
    }

    /// The calendar's index of a cohort's period.
    pub(super) fn period(&self, cohort: usize) -> i32 {
        self.first_period + cohort as i32
    }

    /// The entries of a customer, ascending by cohort, at most one into each.
    pub(super) fn entries(&self, customer: usize) -> impl Iterator<Item = Entry> + '_ {
        let (candidates, entries) = match self.entry {
            CohortEntry::FirstEver => (1, 1),
            CohortEntry::FirstInRange => (usize::MAX, 1),
            CohortEntry::Recurring => (usize::MAX, usize::MAX),
        };
        let entry = |row| Entry { cohort: self.period_of_row(row), time_us: self.view.histories.time_us[row] };
        let mut open = self.looked_at.clone();
        let enters = move |entry: &Entry| {
            let enters = open.contains(&entry.cohort);
            open.start = if enters { entry.cohort + 1 } else { open.start };
            enters
        };
        self.view.purchases(customer).take(candidates).map(entry).filter(enters).take(entries)
    }

    /// Periods from the member's own to that of an order; `None` before it.
    #[inline]
    pub(super) fn of(&self, entry: Entry, row: usize) -> Option<usize> {
        match self.window {
            Window::Calendar => self.period_of_row(row).checked_sub(entry.cohort),
            Window::Rolling { length_days, .. } => {
                let elapsed_us = self.view.histories.time_us[row] - entry.time_us;
                (elapsed_us >= 0).then(|| (elapsed_us / (i64::from(length_days) * DAY_US)) as usize)
            }
        }
    }

    /// How many columns a member is counted in.
    pub(super) fn counted(&self, entry: Entry) -> usize {
        match self.window {
            Window::Rolling { length_days, eligible: true } => {
                let periods = ((self.end_us - entry.time_us) / (i64::from(length_days) * DAY_US)) as usize;
                self.len.min(self.spans.ended(periods))
            }
            _ => self.len,
        }
    }

    /// How far a cell is observed; `None` where its column has not begun.
    ///
    /// `earliest_us` is the cohort's earliest entry, `counted` how many members are counted in the cell.
    pub(super) fn observed(&self, cohort: usize, column: usize, earliest_us: Option<i64>, counted: i64) -> Option<Observed> {
        let (first, last) = self.spans.of(column);
        let span_days = |length_days: u32| (last - first + 1) as i32 * length_days as i32;
        match self.window {
            Window::Calendar => {
                let start = self.calendar.start(self.period(cohort + first));
                let end = self.calendar.end(self.period(cohort + last));
                (start < self.view.end_day).then(|| Observed::new(self.view.end_day - start, end - start))
            }
            Window::Rolling { length_days, eligible: true } => {
                (counted > 0).then(|| Observed::new(span_days(length_days), span_days(length_days)))
            }
            Window::Rolling { length_days, eligible: false } => {
                let clock = &self.view.histories.clock;
                let before_us = first as i64 * i64::from(length_days) * DAY_US;
                let start_us = || clock.day_start_us(self.calendar.start(self.period(cohort)));
                if earliest_us.unwrap_or_else(start_us) + before_us >= self.end_us {
                    return None;
                }
                let youngest_us = clock.day_start_us(self.calendar.end(self.period(cohort))) + before_us;
                let days = (self.end_us - youngest_us).div_euclid(DAY_US).min(i64::from(span_days(length_days)));
                Some(Observed::new(days as i32, span_days(length_days)))
            }
        }
    }

    #[inline]
    fn period_of_row(&self, row: usize) -> usize {
        self.period_of_day[(self.view.histories.day[row] - self.view.first_day) as usize] as usize
    }
}

/// The cohorts whose period begins in the range.
fn looked_at(range: &CohortRange, calendar: Calendar, first_period: i32, n_cohorts: usize) -> Result<Range<usize>> {
    let day = |name: &str, text: &Option<String>| text.as_deref().map(|text| parse_date(name, text)).transpose();
    let (from, until) = (day("range.from", &range.from)?, day("range.until", &range.until)?);
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        return Err(Error::new(ErrorKind::Config, "`range.until` must be after `range.from`"));
    }
    // The first cohort that begins on a day or later.
    let cohort = |day: i32| {
        let period = calendar.period(day - 1) + 1 - first_period;
        (period.max(0) as usize).min(n_cohorts)
    };
    Ok(from.map_or(0, cohort)..until.map_or(n_cohorts, cohort))
}

impl Observed {
    fn new(days: i32, of_days: i32) -> Self {
        let state = if days >= of_days { CellState::Complete } else { CellState::Partial };
        Self { state, days: days.clamp(0, of_days) as u32, of_days: of_days as u32 }
    }
}
