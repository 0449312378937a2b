//! The dense run of periods a view covers, with a look-up table from day to period.

use crate::Result;
use crate::history::{Calendar, View, iso_date};
use crate::result::Period;

use super::sentence;

/// The dense run of periods a view covers: from the first order to the end of the observation.
pub(super) struct Periods {
    pub calendar: Calendar,
    /// Index of the first period.
    pub first: i32,
    /// How many.
    pub len: usize,
    /// Observation ends before this local day.
    pub end_day: i32,
    /// First local day of the data.
    data_start: i32,
    /// First local day of the look-up table.
    first_day: i32,
    /// Day − `first_day` → period − `first`.
    by_day: Vec<u32>,
    /// The first day of each period, and of the two after the last.
    borders: Vec<i32>,
}

impl Periods {
    pub(super) fn of(view: &View<'_>, calendar: Calendar) -> Result<Self> {
        let Some(first_day) = view.first_order_day() else { return Err(sentence::nothing_to_look_at()) };
        let first = calendar.period(first_day);
        let first_day = calendar.start(first);
        let by_day: Vec<u32> = (first_day..view.end_day).map(|day| (calendar.period(day) - first) as u32).collect();
        let len = by_day.last().map_or(0, |&last| last as usize + 1);
        // One more: the period after the last is asked for too.
        let borders = (0..=len + 1).map(|index| calendar.start(first + index as i32)).collect();
        Ok(Self { calendar, first, len, end_day: view.end_day, data_start: view.first_day, first_day, by_day, borders })
    }

    /// The index of a day's period; `None` outside the run.
    pub(super) fn index(&self, day: i32) -> Option<usize> {
        let offset = usize::try_from(day - self.first_day).ok()?;
        self.by_day.get(offset).map(|&period| period as usize)
    }

    /// A period's first day.
    pub(super) fn start(&self, index: usize) -> i32 {
        self.borders[index]
    }

    /// The day after a period's last.
    pub(super) fn end(&self, index: usize) -> i32 {
        self.borders[index + 1]
    }

    /// For each period, the day on which so many days have passed since its end.
    pub(super) fn after(&self, days: u32) -> impl Fn(usize) -> i32 + '_ {
        move |index| self.end(index) + days as i32
    }

    /// A period as seen in results.
    pub(super) fn describe(&self, index: usize) -> Period {
        self.calendar.describe(self.first + index as i32, self.end_day)
    }

    /// Whether the data begins in this period, so that what happened before it is not known.
    pub(super) fn is_first_of_data(&self, index: usize) -> bool {
        self.first + index as i32 == self.calendar.period(self.data_start)
    }

    /// The span of so many days that ends with a day, where the periods are days.
    pub(super) fn span(&self, index: usize, days: usize) -> Period {
        let last = self.first + index as i32;
        let label = iso_date(last);
        Period { label, start: iso_date(last + 1 - days as i32), end: iso_date(last + 1), complete: last < self.end_day }
    }

    /// Whether a span of so many days that ends with a day begins before the data does, where the periods are days.
    pub(super) fn begins_before_data(&self, index: usize, days: usize) -> bool {
        self.first + index as i32 + 1 - (days as i32) < self.data_start
    }

    /// The index of the first period whose whole past period is in the data: 1 where the data begins in the first period, else 0.
    pub(super) fn first_with_past(&self) -> usize {
        usize::from(self.is_first_of_data(0))
    }
}
