//! Which periods since a member's own a column covers: its one, the run of a bracket, or the three it is smoothed over.

use std::ops::Range;

use crate::result::CohortConfig;
use crate::{Error, ErrorKind, Result};

/// Brackets end here at the latest.
const MAX_PERIODS: u32 = 10_000;

/// The periods of the columns.
pub(super) enum Spans {
    /// Column k covers `k..k + width`.
    Sliding { width: usize },
    /// Column k ends with period `ends[k]` and begins after the one before it.
    Brackets { ends: Vec<usize> },
}

impl Spans {
    pub(super) fn new(config: &CohortConfig) -> Result<Self> {
        let refuse = |message: String| Err(Error::new(ErrorKind::Config, message));
        if config.brackets.is_empty() {
            return Ok(Self::Sliding { width: config.smooth as usize });
        }
        if config.brackets.contains(&0) {
            return refuse("`brackets` must hold sizes of at least 1, found `0`".to_owned());
        }
        let last = config.brackets.iter().fold(0u32, |sum, &size| sum.saturating_add(size));
        if last > MAX_PERIODS {
            return refuse(format!("`brackets` must end by period `{MAX_PERIODS}`, found `{last}`"));
        }
        if let Some(max_periods) = config.max_periods.filter(|&max_periods| max_periods != last) {
            return refuse(format!("`maxPeriods` must be left out or `{last}`, where the `brackets` end, found `{max_periods}`"));
        }
        Ok(Self::Brackets { ends: (0..=config.brackets.len()).map(|column| config.span(column).to as usize).collect() })
    }

    /// First and last period of a column.
    pub(super) fn of(&self, column: usize) -> (usize, usize) {
        match self {
            Self::Sliding { width } => (column, column + width - 1),
            Self::Brackets { ends } => (column.checked_sub(1).map_or(0, |before| ends[before] + 1), ends[column]),
        }
    }

    /// The column that a period's presence is counted in; past the last one for a period no bracket covers.
    pub(super) fn column(&self, period: usize) -> usize {
        match self {
            Self::Sliding { .. } => period,
            Self::Brackets { ends } => ends.partition_point(|&end| end < period),
        }
    }

    /// The columns that cover a period.
    pub(super) fn covering(&self, period: usize) -> Range<usize> {
        let column = self.column(period);
        match self {
            Self::Sliding { width } => (column + 1).saturating_sub(*width)..column + 1,
            Self::Brackets { .. } => column..column + 1,
        }
    }

    /// Columns that begin within so many periods.
    pub(super) fn begun(&self, periods: usize) -> usize {
        match self {
            Self::Sliding { .. } => periods,
            Self::Brackets { ends } => {
                ends.len().min(periods.checked_sub(1).map_or(0, |last| 1 + ends.partition_point(|&end| end < last)))
            }
        }
    }

    /// Columns that end within so many periods.
    pub(super) fn ended(&self, periods: usize) -> usize {
        match self {
            Self::Sliding { width } => (periods + 1).saturating_sub(*width),
            Self::Brackets { ends } => ends.partition_point(|&end| end < periods),
        }
    }
}
