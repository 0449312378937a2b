//! The orders a metric looks at: a filter and an observation end over histories, without rebuilding them.

use crate::ingest::{Dimension, NONE};
use crate::result::{DEFINITION_VERSION, Definition, Filter, LocalTimeNote, Localized, Parameters};
use crate::text::dimension_name;
use crate::{Error, ErrorKind, Result};

use super::build::Histories;
use super::calendar::{iso_date, parse_date};

/// What every metric's options have in common.
#[derive(Debug, Clone, Copy)]
pub struct ViewOptions<'a> {
    /// Which orders to look at.
    pub filter: &'a Filter,
    /// Name and value of the option that ends the observation (exclusive ISO date), if given.
    pub until: Option<(&'a str, &'a str)>,
    /// Whether orders with net ≤ 0 count as purchases.
    pub count_zero: bool,
}

/// Histories seen through a filter, before `end_day`.
///
/// Two kinds of rows: [`orders`](Self::orders) are all valid orders looked at, [`purchases`](Self::purchases) those that count as a purchase.
#[derive(Debug)]
pub struct View<'a> {
    /// What is looked at.
    pub histories: &'a Histories,
    /// Observation ends before this local day.
    pub end_day: i32,
    /// First local day looked at: of the data, or where the filter begins.
    pub first_day: i32,
    keep: Option<Vec<bool>>,
    count_zero: bool,
    filter: Filter,
}

impl<'a> View<'a> {
    /// Applies options to histories.
    ///
    /// # Errors
    /// `Config` for a date that is none, or a filter on a column that is not mapped or on labels none of which is in the data.
    pub fn new(histories: &'a Histories, options: ViewOptions<'_>) -> Result<Self> {
        let filter = options.filter;
        let day = |(name, text): (&str, &str)| parse_date(name, text);
        let from = filter.from.as_deref().map(|text| day(("filter.from", text))).transpose()?;
        let until = filter.until.as_deref().map(|text| day(("filter.until", text))).transpose()?;
        if from.zip(until).is_some_and(|(from, until)| from >= until) {
            return Err(Error::new(ErrorKind::Config, "`filter.until` must be after `filter.from`"));
        }
        let end_day = options.until.map_or(Ok(histories.end_day), day)?;
        let end_day = until.map_or(end_day, |until| until.min(end_day));
        let first_day = from.map_or(histories.first_day, |from| from.max(histories.first_day));
        let mut keep: Option<Vec<bool>> = None;
        for (key, wanted) in &filter.only {
            restrict(&mut keep, key, histories.dimension(key), wanted)?;
        }
        if end_day < histories.end_day || first_day > histories.first_day {
            let keep = keep.get_or_insert_with(|| vec![true; histories.n_orders()]);
            for (keep, day) in keep.iter_mut().zip(&histories.day) {
                *keep &= (first_day..end_day).contains(day);
            }
        }
        Ok(Self { histories, end_day, first_day, keep, count_zero: options.count_zero, filter: options.filter.clone() })
    }

    /// Customers, as indices `0..n_customers()`; some may have no order in the view.
    #[must_use]
    pub fn n_customers(&self) -> usize {
        self.histories.n_customers()
    }

    /// Rows of a customer's orders, ascending by time.
    #[inline]
    pub fn orders(&self, customer: usize) -> impl Iterator<Item = usize> + '_ {
        let keep = self.keep.as_deref();
        self.histories.rows(customer).filter(move |&row| keep.is_none_or(|keep| keep[row]))
    }

    /// Rows of a customer's purchases, ascending by time.
    pub fn purchases(&self, customer: usize) -> impl Iterator<Item = usize> + '_ {
        self.orders(customer).filter(|&row| self.is_purchase(row))
    }

    /// The earliest local day with an order; `None` where the view holds none.
    #[must_use]
    pub fn first_order_day(&self) -> Option<i32> {
        // Not the first day of the data: the orders of a staff member may begin later.
        match &self.keep {
            None => self.histories.day.iter().copied().min(),
            Some(keep) => keep.iter().zip(&self.histories.day).filter(|(keep, _)| **keep).map(|(_, &day)| day).min(),
        }
    }

    /// The same view of fewer orders: those that `keeps`, given customer and row.
    #[must_use]
    pub fn keeping(&self, keeps: impl Fn(usize, usize) -> bool) -> Self {
        let mut keep = vec![false; self.histories.n_orders()];
        for customer in 0..self.n_customers() {
            for row in self.orders(customer) {
                keep[row] = keeps(customer, row);
            }
        }
        Self { keep: Some(keep), filter: self.filter.clone(), ..*self }
    }

    /// Whether an order counts as a purchase.
    #[must_use]
    pub fn is_purchase(&self, row: usize) -> bool {
        self.count_zero || self.histories.net_minor[row] > 0
    }

    /// What is looked at, in words: the tail of every definition's sentence.
    #[must_use]
    pub fn scope(&self) -> Localized {
        let until = iso_date(self.end_day);
        let days = local_days(self.histories.clock.note.as_ref());
        let mut scope = Localized::new(
            format!("统计截至 {until}（不含），按{}", days.zh),
            format!("until {until} (exclusive), by {}", days.en),
        );
        if let Some(from) = &self.filter.from {
            scope.zh += &format!("；自 {from} 起");
            scope.en += &format!("; from {from}");
        }
        for (key, labels) in &self.filter.only {
            let name = dimension_name(key);
            scope.zh += &format!("；{}：{}", name.zh, labels.join("、"));
            scope.en += &format!("; {}: {}", name.en, labels.join(", "));
        }
        let (zh, en) = if self.count_zero {
            ("净额≤0 的订单也计", "orders with net ≤ 0 count")
        } else {
            ("净额≤0 的订单不计", "orders with net ≤ 0 do not count")
        };
        scope.zh += &format!("；{zh}。");
        scope.en += &format!("; {en}.");
        scope
    }

    /// The definition of a result over this view.
    #[must_use]
    pub fn definition(&self, parameters: Parameters, text: Localized) -> Definition {
        let histories = self.histories;
        let is_uncounted = |&net: &i64| !self.count_zero && net <= 0;
        let nets = &histories.net_minor;
        let (orders, uncounted_orders, net_minor) = match &self.keep {
            None => (nets.len() as u32, nets.iter().filter(|net| is_uncounted(net)).count() as u32, histories.total_net_minor),
            Some(keep) => {
                nets.iter().zip(keep).filter(|(_, keep)| **keep).fold((0, 0, 0), |(orders, uncounted, sum), (net, _)| {
                    (orders + 1, uncounted + u32::from(is_uncounted(net)), sum + net)
                })
            }
        };
        let excluded = histories.report.statuses.iter().filter(|s| s.excluded).map(|s| s.status.clone());
        Definition {
            version: DEFINITION_VERSION,
            parameters,
            as_of: iso_date(self.end_day),
            complete_until: iso_date(self.end_day),
            data_start: iso_date(self.first_day),
            local_time: histories.clock.note.clone().unwrap_or(LocalTimeNote {
                utc_offset_minutes: None,
                time_zone: None,
                wall_clock: false,
            }),
            excluded_statuses: excluded.collect(),
            set_aside: histories.report.set_aside.clone(),
            orders,
            uncounted_orders,
            net_minor,
            text,
        }
    }
}

/// Whose days the local days are.
fn local_days(note: Option<&LocalTimeNote>) -> Localized {
    let zone = match note {
        Some(note) if note.wall_clock => return Localized::new("文件所记日期", "the dates in the file"),
        Some(LocalTimeNote { utc_offset_minutes: Some(minutes), .. }) => utc_name(*minutes),
        Some(LocalTimeNote { time_zone: Some(zone), .. }) => zone.clone(),
        _ => utc_name(0),
    };
    Localized::new(format!(" {zone} 当地日"), format!("local days of {zone}"))
}

/// An offset as people write it: `UTC+8`, `UTC−3:30`.
fn utc_name(minutes: i32) -> String {
    let (sign, hours, rest) = (if minutes < 0 { "−" } else { "+" }, minutes.abs() / 60, minutes.abs() % 60);
    if rest == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{rest:02}") }
}

/// Drops the rows whose label is not wanted.
fn restrict(keep: &mut Option<Vec<bool>>, key: &str, column: Option<&Dimension>, wanted: &[String]) -> Result<()> {
    let Some(column) = column else {
        return Err(Error::new(ErrorKind::Config, format!("`filter.only`: no column is mapped to `{key}`")));
    };
    if let Some(unknown) = wanted.iter().find(|label| column.labels.binary_search(label).is_err()) {
        return Err(Error::new(ErrorKind::Config, format!("`filter.only.{key}`: `{unknown}` is not in the data")));
    }
    let wanted: Vec<bool> = column.labels.iter().map(|label| wanted.contains(label)).collect();
    let keep = keep.get_or_insert_with(|| vec![true; column.codes.len()]);
    for (keep, &code) in keep.iter_mut().zip(&column.codes) {
        *keep &= code != NONE && wanted[code as usize];
    }
    Ok(())
}
