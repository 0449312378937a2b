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
    let (Some(&first_day), Some(&last_day)) = (orders.day.iter().min(), orders.day.iter().max()) else {
        return Err(Error::new(ErrorKind::Empty, "no order left after setting rows aside: see the ingest report"));
    };
    check_total(&orders.net_minor)?;
    let mut orders = orders;
    let offsets = arrange(&mut orders);
    Ok(Histories {
        total_net_minor: orders.net_minor.iter().sum(),
        dimensions: orders.dimensions,
        inviter_idx: orders.inviter_idx,
        cost_minor: orders.cost_minor,
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
        offsets,
    })
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

/// Brings every column into the order of customers, then of everything a result can see of an order; returns the customers' offsets.
fn arrange(orders: &mut Orders) -> Vec<u32> {
    let mut arrangement = Arrangement::new(std::mem::take(&mut orders.customer_idx), orders.ids.len());
    arrangement.spread(&mut orders.time_us);
    arrangement.spread(&mut orders.net_minor);
    arrangement.spread(&mut orders.day);
    indices(orders).for_each(|column| arrangement.spread(column));
    numbers(orders).for_each(|column| arrangement.spread(column));
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
        labels.or_else(|| numbers.find(|order| order.is_ne())).unwrap_or_else(|| inviter(a).cmp(&inviter(b)))
    };
    arrangement.sort(|a, b| time_and_net(a).cmp(&time_and_net(b)).then_with(|| by_the_rest(a, b)));
    arrangement.place(&mut orders.time_us);
    arrangement.place(&mut orders.net_minor);
    arrangement.place(&mut orders.day);
    indices(orders).for_each(|column| arrangement.place(column));
    numbers(orders).for_each(|column| arrangement.place(column));
    arrangement.offsets
}

/// The index columns beside the customer's.
fn indices(orders: &mut Orders) -> impl Iterator<Item = &mut Vec<u32>> {
    orders.dimensions.iter_mut().map(|named| &mut named.dimension.codes).chain(&mut orders.inviter_idx)
}

/// The columns of times and money beside the order's own.
fn numbers(orders: &mut Orders) -> impl Iterator<Item = &mut Vec<i64>> {
    [&mut orders.cost_minor, &mut orders.promised_to_us, &mut orders.picked_up_us].into_iter().flatten()
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
