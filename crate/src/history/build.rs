//! Orders in the order of their file → customer histories.

use crate::ingest::{Dimension, Ids, LocalClock, NONE, NamedDimension, Orders, Table};
use crate::result::{DatasetSummary, DimensionSummary, IngestReport};
use crate::{Error, ErrorKind, Result};

use super::arrange::Arrangement;
use super::attach::Referral;
use super::calendar::iso_date;

/// What the orders themselves say of each customer, which a members table stands in place of.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CustomerTimes {
    pub(super) joined_us: Option<Vec<i64>>,
    pub(super) first_order_us: Option<Vec<i64>>,
}

/// Orders sorted by customer, then time.
///
/// **Shape** `offsets` has one entry per customer and one more; the other row columns one per order; customer columns one per customer.
/// **Units** instants in microseconds UTC, local days since 1970-01-01, money in minor units.
#[derive(Debug, Clone, PartialEq)]
pub struct Histories {
    /// Rows of customer `c`: `offsets[c]..offsets[c + 1]`.
    pub offsets: Vec<u32>,
    /// Instant of each order.
    pub time_us: Vec<i64>,
    /// Local day of each order.
    pub day: Vec<i32>,
    /// Amount minus refund of each order.
    pub net_minor: Vec<i64>,
    /// The columns of labels, one code per order.
    pub dimensions: Vec<NamedDimension>,
    /// Inviter named by each order, as customer index or [`NONE`].
    pub inviter_idx: Option<Vec<u32>>,
    /// What each order's goods cost, `i64::MAX` where unknown.
    pub cost_minor: Option<Vec<i64>>,
    /// Whether something was refunded of each order.
    pub refunded: Option<Vec<bool>>,
    /// Until when each order was promised, `i64::MAX` where unknown.
    pub promised_to_us: Option<Vec<i64>>,
    /// When each order was picked up, `i64::MAX` where it was not.
    pub picked_up_us: Option<Vec<i64>>,
    /// Instant each customer joined the pool, `i64::MAX` where never: by the members table if attached, else by the orders.
    pub joined_us: Option<Vec<i64>>,
    /// Instant of each customer's first order ever, `i64::MAX` where unknown: by the members table if it says so, else by the orders.
    pub first_order_us: Option<Vec<i64>>,
    pub(super) of_orders: CustomerTimes,
    /// Who invited each customer, if a referrals table is attached.
    pub referrals: Option<Vec<Option<Referral>>>,
    /// The tables attached, in the order of [`TableKind`](crate::result::TableKind).
    pub tables: Vec<Table>,
    /// Customer ids.
    pub ids: Ids,
    /// How instants became local days.
    pub clock: LocalClock,
    /// First local day with an order.
    pub first_day: i32,
    /// Day after the last local day with an order.
    pub end_day: i32,
    /// Σ net.
    pub total_net_minor: i64,
    /// What ingest did with every row.
    pub report: IngestReport,
}

impl Histories {
    /// Customers, those without an order of their own (inviters only) included.
    #[must_use]
    pub fn n_customers(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Orders.
    #[must_use]
    pub fn n_orders(&self) -> usize {
        self.day.len()
    }

    /// The rows of a customer.
    #[must_use]
    pub fn rows(&self, customer: usize) -> std::ops::Range<usize> {
        self.offsets[customer] as usize..self.offsets[customer + 1] as usize
    }

    /// The column of labels that filters and slices know by `key`.
    #[must_use]
    pub fn dimension(&self, key: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|named| named.key == key).map(|named| &named.dimension)
    }

    /// What the dataset holds.
    #[must_use]
    pub fn summary(&self) -> DatasetSummary {
        let dimension =
            |named: &NamedDimension| DimensionSummary { key: named.key.clone(), labels: named.dimension.labels.clone() };
        DatasetSummary {
            orders: self.n_orders() as u32,
            customers: self.offsets.windows(2).filter(|w| w[0] < w[1]).count() as u32,
            net_minor: self.total_net_minor,
            data_start: iso_date(self.first_day),
            complete_until: iso_date(self.end_day),
            dimensions: self.dimensions.iter().map(dimension).collect(),
            report: self.report.clone(),
            tables: self.tables.iter().map(|table| table.report.clone()).collect(),
        }
    }
}

/// Sorts orders into histories.
///
/// # Errors
/// `Empty` when there is no order; `Overflow` when Σ |net| leaves 63 bits.
pub fn build(orders: Orders) -> Result<Histories> {
    let mut build = Build::new(orders)?;
    while build.step() {}
    Ok(build.finish())
}

/// The same in bounded steps.
///
/// Every column is brought to the order of customers, then of everything a result can see of an order.
pub struct Build {
    orders: Orders,
    first_day: i32,
    last_day: i32,
    arrangement: Arrangement,
    stage: Stage,
}

/// What the next step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Take the column of this number to the buckets of its customers.
    Spread(usize),
    BeginSort,
    Sort,
    /// Take the column of this number to its place.
    Place(usize),
    Done,
}

impl Build {
    /// Takes the orders.
    ///
    /// # Errors
    /// As [`build`].
    pub fn new(mut orders: Orders) -> Result<Self> {
        let (Some(&first_day), Some(&last_day)) = (orders.day.iter().min(), orders.day.iter().max()) else {
            return Err(Error::new(ErrorKind::Empty, "no order left after setting rows aside: see the ingest report"));
        };
        check_total(&orders.net_minor)?;
        let arrangement = Arrangement::new(std::mem::take(&mut orders.customer_idx), orders.ids.len());
        Ok(Self { orders, first_day, last_day, arrangement, stage: Stage::Spread(0) })
    }

    /// Works on for a moment; whether there is more to do.
    pub fn step(&mut self) -> bool {
        let Self { orders, arrangement, .. } = self;
        self.stage = match self.stage {
            Stage::Spread(number) => match column(orders, number) {
                Some(column) => {
                    match column {
                        Column::Index(column) => arrangement.spread(column),
                        Column::Day(column) => arrangement.spread(column),
                        Column::Number(column) => arrangement.spread(column),
                        Column::Flag(column) => arrangement.spread(column),
                    }
                    Stage::Spread(number + 1)
                }
                None => Stage::BeginSort,
            },
            Stage::BeginSort => {
                arrangement.begin_sort();
                Stage::Sort
            }
            Stage::Sort if sort(orders, arrangement) => Stage::Sort,
            Stage::Sort => Stage::Place(0),
            Stage::Place(number) => match column(orders, number) {
                Some(column) => {
                    match column {
                        Column::Index(column) => arrangement.place(column),
                        Column::Day(column) => arrangement.place(column),
                        Column::Number(column) => arrangement.place(column),
                        Column::Flag(column) => arrangement.place(column),
                    }
                    Stage::Place(number + 1)
                }
                None => Stage::Done,
            },
            Stage::Done => Stage::Done,
        };
        self.stage != Stage::Done
    }

    /// About the share of the work that is done, in [0, 1].
    #[must_use]
    pub fn share(&self) -> f64 {
        /// Sorting takes about as long as spreading this many columns.
        const SORT: f64 = 4.0;
        let columns = 3 + self.orders.dimensions.len() + 1;
        let done = match self.stage {
            Stage::Spread(number) => number as f64,
            Stage::BeginSort => columns as f64,
            Stage::Sort => columns as f64 + SORT * self.arrangement.sorted(),
            Stage::Place(number) => columns as f64 + SORT + number as f64,
            Stage::Done => f64::INFINITY,
        };
        (done / (2.0 * columns as f64 + SORT)).min(1.0)
    }

    /// The histories; does first what is left to do.
    #[must_use]
    pub fn finish(mut self) -> Histories {
        while self.step() {}
        let Self { orders, first_day, last_day, arrangement, .. } = self;
        Histories {
            total_net_minor: orders.net_minor.iter().sum(),
            dimensions: orders.dimensions,
            inviter_idx: orders.inviter_idx,
            cost_minor: orders.cost_minor,
            refunded: orders.refunded,
            promised_to_us: orders.promised_to_us,
            picked_up_us: orders.picked_up_us,
            time_us: orders.time_us,
            day: orders.day,
            net_minor: orders.net_minor,
            joined_us: orders.joined_us.clone(),
            first_order_us: orders.first_order_us.clone(),
            of_orders: CustomerTimes { joined_us: orders.joined_us, first_order_us: orders.first_order_us },
            referrals: None,
            tables: Vec::new(),
            ids: orders.ids,
            clock: orders.clock,
            first_day,
            end_day: last_day + 1,
            report: orders.report,
            offsets: arrangement.offsets,
        }
    }
}

/// No sum of a part of these can overflow after this.
fn check_total(net_minor: &[i64]) -> Result<()> {
    let total: u128 = net_minor.iter().map(|&net| u128::from(net.unsigned_abs())).sum();
    if total > i64::MAX as u128 {
        return Err(Error::new(
            ErrorKind::Overflow,
            format!("the amounts add up to `{total}` minor units, more than 63 bits hold"),
        ));
    }
    Ok(())
}

/// A column of orders beside the customer's.
enum Column<'a> {
    Index(&'a mut Vec<u32>),
    Day(&'a mut Vec<i32>),
    Number(&'a mut Vec<i64>),
    Flag(&'a mut Vec<bool>),
}

/// The column of a number, `None` past the last.
fn column(orders: &mut Orders, number: usize) -> Option<Column<'_>> {
    let indices = orders.dimensions.iter_mut().map(|named| &mut named.dimension.codes).chain(&mut orders.inviter_idx);
    let numbers = [&mut orders.cost_minor, &mut orders.promised_to_us, &mut orders.picked_up_us].into_iter().flatten();
    let numbers = [&mut orders.time_us, &mut orders.net_minor].into_iter().chain(numbers);
    let day = std::iter::once(Column::Day(&mut orders.day));
    let flags = orders.refunded.iter_mut().map(Column::Flag);
    day.chain(flags).chain(numbers.map(Column::Number)).chain(indices.map(Column::Index)).nth(number)
}

/// Finds the order of spread rows for a moment; whether there is more to do.
fn sort(orders: &Orders, arrangement: &mut Arrangement) -> bool {
    let inviter = |row: usize| {
        let idx = orders.inviter_idx.as_ref().map_or(NONE, |column| column[row]);
        (idx != NONE).then(|| orders.ids.get(idx))
    };
    let time_and_net = |row: usize| (orders.time_us[row], orders.net_minor[row]);
    let others = [&orders.cost_minor, &orders.promised_to_us, &orders.picked_up_us];
    let by_the_rest = |a: usize, b: usize| {
        let mut labels = orders.dimensions.iter().map(|named| named.dimension.codes[a].cmp(&named.dimension.codes[b]));
        let mut numbers = others.iter().filter_map(|column| column.as_ref()).map(|column| column[a].cmp(&column[b]));
        let labels = labels.find(|order| order.is_ne());
        let refunded = |row: usize| orders.refunded.as_ref().is_some_and(|column| column[row]);
        let rest = || inviter(a).cmp(&inviter(b)).then_with(|| refunded(a).cmp(&refunded(b)));
        labels.or_else(|| numbers.find(|order| order.is_ne())).unwrap_or_else(rest)
    };
    arrangement.sort(|a, b| time_and_net(a).cmp(&time_and_net(b)).then_with(|| by_the_rest(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(rows: &[(u32, i64, i64)]) -> Orders {
        let mut orders = Orders { clock: LocalClock::fixed(0), ..Orders::default() };
        for id in [b"a", b"b", b"c"] {
            orders.ids.push(id);
        }
        for &(customer, time, net) in rows {
            orders.customer_idx.push(customer);
            orders.time_us.push(time);
            orders.day.push(orders.clock.day(time));
            orders.net_minor.push(net);
        }
        orders
    }

    #[test]
    fn rows_are_grouped_and_ascend() {
        let histories = build(orders(&[(2, 5, 1), (0, 9, 2), (2, 3, 3), (0, 9, 1), (2, 4, 4)])).unwrap();
        assert_eq!(histories.offsets, [0, 2, 2, 5]);
        assert_eq!(histories.time_us, [9, 9, 3, 4, 5]);
        assert_eq!(histories.net_minor, [1, 2, 3, 4, 1]);
        assert_eq!((histories.n_customers(), histories.summary().customers), (3, 2));
    }

    #[test]
    fn nothing_and_too_much_are_errors() {
        assert_eq!(build(orders(&[])).unwrap_err().kind(), ErrorKind::Empty);
        assert_eq!(build(orders(&[(0, 0, i64::MAX), (1, 0, i64::MIN)])).unwrap_err().kind(), ErrorKind::Overflow);
    }
}
