//! Days, periods and their labels.
//!
//! In: local days since 1970-01-01. Out: period indices and half-open day ranges. Civil dates by the days-from-civil algorithm
//! (H. Hinnant, "chrono-compatible low-level date algorithms"); floor division throughout, so that days before 1970 work too.

use crate::result::{Granularity, Period};
use crate::{Error, ErrorKind, Result};

/// A calendar: granularity and first day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    granularity: Granularity,
    week_start: u8,
}

impl Calendar {
    /// A calendar; `week_start` is Monday 0 … Sunday 6.
    ///
    /// # Errors
    /// `Config` when `week_start` is over 6.
    pub fn new(granularity: Granularity, week_start: u8) -> Result<Self> {
        if week_start > 6 {
            return Err(Error::new(
                ErrorKind::Config,
                format!("`weekStart` must be 0 (Monday) to 6 (Sunday), found `{week_start}`"),
            ));
        }
        Ok(Self { granularity, week_start })
    }

    /// The index of the period a day lies in: consecutive integers, 0 holds 1970-01-01 (for weeks: the week around it).
    #[must_use]
    pub fn period(&self, day: i32) -> i32 {
        match self.granularity {
            Granularity::Day => day,
            Granularity::Week => (day + 3 - i32::from(self.week_start)).div_euclid(7),
            Granularity::Month => month_index(day),
            Granularity::Quarter => month_index(day).div_euclid(3),
            Granularity::Year => month_index(day).div_euclid(12),
        }
    }

    /// The first day of a period.
    #[must_use]
    pub fn start(&self, period: i32) -> i32 {
        match self.granularity {
            Granularity::Day => period,
            Granularity::Week => period * 7 - 3 + i32::from(self.week_start),
            Granularity::Month => month_start(period),
            Granularity::Quarter => month_start(period * 3),
            Granularity::Year => month_start(period * 12),
        }
    }

    /// The day after the last of a period.
    #[must_use]
    pub fn end(&self, period: i32) -> i32 {
        self.start(period + 1)
    }

    /// The period as seen in results.
    #[must_use]
    pub fn describe(&self, period: i32, complete_until: i32) -> Period {
        let (start, end) = (self.start(period), self.end(period));
        let (year, month, _) = civil_from_days(start);
        let label = match self.granularity {
            Granularity::Day => iso_date(start),
            Granularity::Week if self.week_start == 0 => {
                let thursday = start + 3;
                let (year, _, _) = civil_from_days(thursday);
                let week = (thursday - days_from_civil(year, 1, 1)).div_euclid(7) + 1;
                format!("{year:04}-W{week:02}")
            }
            Granularity::Week => iso_date(start),
            Granularity::Month => format!("{year:04}-{month:02}"),
            Granularity::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Granularity::Year => format!("{year:04}"),
        };
        Period { label, start: iso_date(start), end: iso_date(end), complete: end <= complete_until }
    }
}

/// Months since 1970-01 of a day.
fn month_index(day: i32) -> i32 {
    let (year, month, _) = civil_from_days(day);
    (year - 1970) * 12 + month as i32 - 1
}

/// The first day of a month given as months since 1970-01.
#[inline]
fn month_start(index: i32) -> i32 {
    days_from_civil(1970 + index.div_euclid(12), (index.rem_euclid(12) + 1) as u32, 1)
}

/// Year, month 1..=12 and day 1..=31 of a day since 1970-01-01.
#[must_use]
#[inline]
pub fn civil_from_days(day: i32) -> (i32, u32, u32) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i32::from(month <= 2), month as u32, (doy - (153 * mp + 2) / 5 + 1) as u32)
}

/// Days since 1970-01-01 of a civil date.
#[must_use]
pub fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = (month as i32 + 9) % 12;
    let doy = (153 * mp + 2) / 5 + day as i32 - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

/// A day as an ISO date, e.g. `2025-01-05`.
#[must_use]
pub fn iso_date(day: i32) -> String {
    let (year, month, day) = civil_from_days(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of an ISO date given as option `name`.
///
/// # Errors
/// `Config` when it is not a date of the years 1900 to 2200.
pub fn parse_date(name: &str, text: &str) -> Result<i32> {
    let parse = || {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        let (year, month, day): (i32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let days = days_from_civil(year, month, day);
        ((1900..=2200).contains(&year) && civil_from_days(days) == (year, month, day)).then_some(days)
    };
    parse().ok_or_else(|| {
        Error::new(ErrorKind::Config, format!("`{name}` must be an ISO date such as `2025-01-31`, found `{text}`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_dates_round_trip() {
        for day in -80_000..90_000 {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
        }
        assert_eq!(iso_date(0), "1970-01-01");
        assert_eq!(iso_date(20_089), "2025-01-01");
        assert_eq!(iso_date(-1), "1969-12-31");
    }

    #[test]
    fn every_day_lies_in_its_period() {
        use Granularity::{Day, Month, Quarter, Week, Year};
        for granularity in [Day, Week, Month, Quarter, Year] {
            for week_start in 0..7 {
                let calendar = Calendar::new(granularity, week_start).unwrap();
                for day in -3000..3000 {
                    let period = calendar.period(day);
                    assert!(calendar.start(period) <= day && day < calendar.end(period));
                }
            }
        }
    }

    #[test]
    fn labels() {
        let check = |granularity, week_start, date: &str, expected: &str| {
            let calendar = Calendar::new(granularity, week_start).unwrap();
            let day = parse_date("date", date).unwrap();
            assert_eq!(calendar.describe(calendar.period(day), day).label, expected);
        };
        check(Granularity::Week, 0, "2024-12-31", "2025-W01");
        check(Granularity::Week, 0, "2021-01-03", "2020-W53");
        check(Granularity::Week, 6, "2025-01-04", "2024-12-29");
        check(Granularity::Quarter, 0, "2025-06-30", "2025-Q2");
        check(Granularity::Month, 0, "1969-12-31", "1969-12");
    }

    #[test]
    fn dates_that_are_none_are_refused() {
        for text in ["2025-02-29", "2025-1-1", "", "2025-13-01", "x", "9999-01-01", "2025-01-01T00"] {
            assert!(parse_date("asOf", text).is_err(), "{text}");
        }
    }
}
