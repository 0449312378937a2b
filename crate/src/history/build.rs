//! Orders in the order of their file → customer histories.

use crate::ingest::{Dimension, Ids, LocalClock, NONE, Orders, Table};
use crate::result::{DatasetSummary, IngestReport};
use crate::{Error, ErrorKind, Result};

use super::arrange::Arrangement;
use super::attach::Referral;
use super::calendar::iso_date;

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
    /// Store of each order.
    pub store: Option<Dimension>,
    /// Channel of each order.
    pub channel: Option<Dimension>,
    /// Inviter named by each order, as customer index or [`NONE`].
    pub inviter_idx: Option<Vec<u32>>,
    /// Instant each customer joined the pool, `i64::MAX` where never: by the members table if attached, else by the orders.
    pub joined_us: Option<Vec<i64>>,
    pub(super) orders_joined_us: Option<Vec<i64>>,
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

    /// What the dataset holds.
    #[must_use]
    pub fn summary(&self) -> DatasetSummary {
        let labels = |dimension: &Option<Dimension>| dimension.as_ref().map_or_else(Vec::new, |d| d.labels.clone());
        DatasetSummary {
            orders: self.n_orders() as u32,
            customers: self.offsets.windows(2).filter(|w| w[0] < w[1]).count() as u32,
            net_minor: self.total_net_minor,
            data_start: iso_date(self.first_day),
            complete_until: iso_date(self.end_day),
            stores: labels(&self.store),
            channels: labels(&self.channel),
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
        store: orders.store,
        channel: orders.channel,
        inviter_idx: orders.inviter_idx,
        time_us: orders.time_us,
        day: orders.day,
        net_minor: orders.net_minor,
        joined_us: orders.joined_us.clone(),
        orders_joined_us: orders.joined_us,
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
    labels(orders).for_each(|column| arrangement.spread(column));
    let code = |dimension: &Option<Dimension>, row: usize| dimension.as_ref().map_or(NONE, |d| d.codes[row]);
    let inviter = |row: usize| {
        let idx = orders.inviter_idx.as_ref().map_or(NONE, |column| column[row]);
        (idx != NONE).then(|| orders.ids.get(idx))
    };
    let time_and_net = |row: usize| (orders.time_us[row], orders.net_minor[row]);
    let tie = |row: usize| (code(&orders.store, row), code(&orders.channel, row), inviter(row));
    arrangement.sort(|a, b| time_and_net(a).cmp(&time_and_net(b)).then_with(|| tie(a).cmp(&tie(b))));
    arrangement.place(&mut orders.time_us);
    arrangement.place(&mut orders.net_minor);
    arrangement.place(&mut orders.day);
    labels(orders).for_each(|column| arrangement.place(column));
    arrangement.offsets
}

/// The index columns beside the customer's.
fn labels(orders: &mut Orders) -> impl Iterator<Item = &mut Vec<u32>> {
    let dimensions = [&mut orders.store, &mut orders.channel].into_iter().flatten().map(|dimension| &mut dimension.codes);
    dimensions.chain(&mut orders.inviter_idx)
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
