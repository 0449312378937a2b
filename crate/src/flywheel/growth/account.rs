//! Sums per period → [`GrowthPeriod`]s with their ratios, of all customers and of each slice in one pass.

use crate::flywheel::metric::ratio;
use crate::flywheel::periods::Periods;
use crate::history::{Slices, View};
use crate::pieces::in_pieces;
use crate::result::{GrowthCounts, GrowthPeriod, GrowthRevenue, Period};
use crate::{Error, ErrorKind, Result};

use super::activity::{Activity, collect};
use super::calendar::CalendarBook;
use super::rolling::RollingBook;

/// Most periods over all slices together.
const MAX_PERIODS: usize = 200_000;

/// Sums of one period.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line {
    pub(super) counts: GrowthCounts,
    pub(super) revenue: GrowthRevenue,
    /// Customers with a purchase up to the end of the period.
    pub(super) customers: u32,
}

/// What is compared with what.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pace {
    /// Each period of the calendar with the one before.
    Calendar,
    /// Each span of so many days with the one before; the periods are days.
    Rolling(usize),
}

impl Pace {
    /// Rows between a period and the one before it.
    pub(super) fn lag(self) -> usize {
        match self {
            Self::Calendar => 1,
            Self::Rolling(days) => days,
        }
    }
}

/// The sums of one group of customers while they are counted.
enum Book {
    Calendar(CalendarBook),
    Rolling(RollingBook),
}

impl Book {
    fn new(len: usize, pace: Pace) -> Self {
        match pace {
            Pace::Calendar => Self::Calendar(CalendarBook::new(len)),
            Pace::Rolling(days) => Self::Rolling(RollingBook::new(len, days)),
        }
    }

    fn book(&mut self, activities: &[Activity]) {
        match self {
            Self::Calendar(book) => book.book(activities),
            Self::Rolling(book) => book.book(activities),
        }
    }

    fn close(self) -> Vec<Line> {
        match self {
            Self::Calendar(book) => book.close(),
            Self::Rolling(book) => book.close(),
        }
    }
}

/// Growth accounting of calendar periods over the whole view; what each customer did is handed on, by ascending period.
pub(in crate::flywheel) fn account(
    view: &View<'_>,
    periods: &Periods,
    mut each: impl FnMut(usize, &[Activity]),
) -> Vec<GrowthPeriod> {
    let mut book = Book::new(periods.len, Pace::Calendar);
    let mut activities = Vec::new();
    in_pieces(view.n_customers(), &mut |customers| {
        for customer in customers {
            collect(view, periods, customer, |_| true, &mut activities);
            book.book(&activities);
            each(customer, &activities);
        }
    });
    assemble(periods, Pace::Calendar, &book.close())
}

/// Growth accounting of a view and of each slice that has an order in it.
pub(super) struct Accounts {
    pub(super) whole: Vec<GrowthPeriod>,
    /// Index of the slice, and its periods.
    pub(super) slices: Vec<(usize, Vec<GrowthPeriod>)>,
}

impl Accounts {
    /// # Errors
    /// `Config` when there are too many slices for so many periods.
    pub(super) fn of(view: &View<'_>, periods: &Periods, pace: Pace, slices: Option<&Slices<'_>>) -> Result<Self> {
        let mut whole = Book::new(periods.len, pace);
        let mut books: Vec<Option<Book>> = Vec::new();
        books.resize_with(slices.map_or(0, Slices::count), || None);
        let mut opened = 0;
        let (mut activities, mut found) = (Vec::new(), Vec::new());
        in_pieces(view.n_customers(), &mut |customers| {
            for customer in customers {
                collect(view, periods, customer, |_| true, &mut activities);
                whole.book(&activities);
                let Some(slices) = slices else { continue };
                slices.of_customer(view, customer, &mut found);
                for &slice in &found {
                    if found.len() > 1 {
                        collect(view, periods, customer, |row| slices.of(customer, row) == slice, &mut activities);
                    }
                    // Of too many slices no more books are opened.
                    if books[slice].is_none() && is_too_much(opened, periods.len) {
                        continue;
                    }
                    opened += usize::from(books[slice].is_none());
                    books[slice].get_or_insert_with(|| Book::new(periods.len, pace)).book(&activities);
                }
            }
        });
        if is_too_much(opened, periods.len) {
            let message = format!(
                "`slice`: at least `{opened}` slices of `{}` periods are more than `{MAX_PERIODS}` periods in all",
                periods.len
            );
            return Err(Error::new(ErrorKind::Config, message));
        }
        let close = |(slice, book): (usize, Option<Book>)| Some((slice, assemble(periods, pace, &book?.close())));
        Ok(Self {
            whole: assemble(periods, pace, &whole.close()),
            slices: books.into_iter().enumerate().filter_map(close).collect(),
        })
    }
}

fn is_too_much(slices: usize, periods: usize) -> bool {
    slices * periods > MAX_PERIODS
}

fn assemble(periods: &Periods, pace: Pace, lines: &[Line]) -> Vec<GrowthPeriod> {
    let nothing = Line::default();
    let row = |(index, line): (usize, &Line)| {
        let before = index.checked_sub(pace.lag()).map_or(&nothing, |before| &lines[before]);
        let (counts, revenue) = (line.counts, line.revenue);
        GrowthPeriod {
            period: describe(periods, pace, index),
            first: reaches_before_data(periods, pace, index),
            quick_ratio: ratio(i64::from(counts.new + counts.resurrected), i64::from(counts.churned)),
            no_loss: counts.churned == 0,
            revenue_quick_ratio: ratio(
                revenue.new + revenue.resurrected + revenue.expansion,
                revenue.churned + revenue.contraction,
            ),
            no_revenue_loss: revenue.churned + revenue.contraction == 0,
            retention_rate: ratio(i64::from(counts.retained), i64::from(before.counts.active)),
            reactivation_rate: ratio(i64::from(counts.resurrected), i64::from(before.customers - before.counts.active)),
            customers_to_date: line.customers,
            counts,
            revenue,
        }
    };
    lines.iter().enumerate().map(row).collect()
}

pub(super) fn describe(periods: &Periods, pace: Pace, index: usize) -> Period {
    match pace {
        Pace::Calendar => periods.describe(index),
        Pace::Rolling(days) => periods.span(index, days),
    }
}

/// Whether the data begins so late that who is new cannot be told.
fn reaches_before_data(periods: &Periods, pace: Pace, index: usize) -> bool {
    match pace {
        Pace::Calendar => periods.is_first_of_data(index),
        Pace::Rolling(days) => periods.begins_before_data(index, 2 * days),
    }
}
