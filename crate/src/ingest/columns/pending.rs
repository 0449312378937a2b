//! Rows on their way to becoming orders: columns that grow, and rows of one order id brought together.

use std::cmp::Ordering;

use hashbrown::HashTable;

use super::intern::Entry;
use crate::ingest::NONE;
use crate::ingest::ipc::corrupt;
use crate::ingest::pull::Room;
use crate::result::Grain;
use crate::{Error, ErrorKind, Result};

/// What every row that passed all checks of its own has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// [`NONE`] for an anonymous order.
    pub(super) customer: u32,
    pub(super) time_us: i64,
    pub(super) day: i32,
    pub(super) net_minor: i64,
    pub(super) inviter: u32,
    /// Row of the input.
    pub(super) row: u32,
    /// Of the order id; 0 where the row is an order of its own.
    pub(super) order: u128,
}

/// Rows that passed all checks of their own, column by column.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) customer: Vec<u32>,
    pub(super) time_us: Vec<i64>,
    pub(super) day: Vec<i32>,
    pub(super) net_minor: Vec<i64>,
    /// Empty where no inviter is mapped.
    pub(super) inviter: Vec<u32>,
}

impl Lines {
    pub(super) fn with_capacity(rows: usize) -> Self {
        let [time_us, net_minor] = [Vec::with_capacity(rows), Vec::with_capacity(rows)];
        Self { time_us, net_minor, day: Vec::with_capacity(rows), ..Self::default() }
    }

    /// One of them, which is `row` of the input.
    pub(super) fn line(&self, at: usize, row: u32, order: u128) -> Line {
        Line {
            customer: read(&self.customer, at, NONE),
            time_us: read(&self.time_us, at, 0),
            day: read(&self.day, at, 0),
            net_minor: read(&self.net_minor, at, 0),
            inviter: read(&self.inviter, at, NONE),
            row,
            order,
        }
    }
}

/// The order ids are spread over so many tables, as a power of two, by the highest bits of their hashes: each grows by itself, so that no growing
/// takes long.
const SHARD_BITS: u32 = 5;

/// Tells anonymous rows of an order id from the others.
const ANONYMOUS: u128 = 1 << 127 | 1 << 63;

/// The optional columns, one entry per row in each.
#[derive(Debug, Default)]
pub(super) struct Extras {
    /// Codes of labels, [`NONE`] for none.
    pub(super) labels: Vec<Vec<u32>>,
    /// Instants, `i64::MAX` for none.
    pub(super) instants: Vec<Vec<i64>>,
    /// Costs, `i64::MAX` where unknown.
    pub(super) cost: Option<Vec<i64>>,
    /// Whether something was refunded.
    pub(super) refunded: Option<Vec<bool>>,
}

impl Extras {
    /// Columns without rows.
    pub(super) fn new(labels: usize, instants: usize, cost: bool, refunded: bool) -> Self {
        let (cost, refunded) = (cost.then(Vec::new), refunded.then(Vec::new));
        Self { labels: vec![Vec::new(); labels], instants: vec![Vec::new(); instants], cost, refunded }
    }

    fn cost_at(&self, at: usize) -> i64 {
        self.cost.as_ref().and_then(|cost| cost.get(at)).copied().unwrap_or(i64::MAX)
    }

    fn refunded_at(&self, at: usize) -> bool {
        self.refunded.as_ref().is_some_and(|refunded| read(refunded, at, false))
    }

    fn push(&mut self, from: &Self, at: usize) {
        for (column, from) in self.labels.iter_mut().zip(&from.labels) {
            column.push(from.get(at).copied().unwrap_or(NONE));
        }
        for (column, from) in self.instants.iter_mut().zip(&from.instants) {
            column.push(from.get(at).copied().unwrap_or(i64::MAX));
        }
        if let Some(cost) = &mut self.cost {
            cost.push(from.cost_at(at));
        }
        if let Some(refunded) = &mut self.refunded {
            refunded.push(from.refunded_at(at));
        }
    }

    fn extend(&mut self, from: &Self) {
        for (column, from) in self.labels.iter_mut().zip(&from.labels) {
            column.extend_from_slice(from);
        }
        for (column, from) in self.instants.iter_mut().zip(&from.instants) {
            column.extend_from_slice(from);
        }
        if let (Some(cost), Some(from)) = (&mut self.cost, &from.cost) {
            cost.extend_from_slice(from);
        }
        if let (Some(refunded), Some(from)) = (&mut self.refunded, &from.refunded) {
            refunded.extend_from_slice(from);
        }
    }

    fn set(&mut self, found: usize, from: &Self, at: usize) {
        for (column, from) in self.labels.iter_mut().zip(&from.labels) {
            write(column, found, from.get(at).copied().unwrap_or(NONE));
        }
        for (column, from) in self.instants.iter_mut().zip(&from.instants) {
            write(column, found, from.get(at).copied().unwrap_or(i64::MAX));
        }
        self.set_cost(found, from.cost_at(at));
        self.set_refunded(found, from.refunded_at(at));
    }

    fn set_cost(&mut self, at: usize, minor: i64) {
        if let Some(cost) = &mut self.cost {
            write(cost, at, minor);
        }
    }

    fn set_refunded(&mut self, at: usize, is_refunded: bool) {
        if let Some(refunded) = &mut self.refunded {
            write(refunded, at, is_refunded);
        }
    }
}

/// One row: its line and where its other values are.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) line: Line,
    extras: &'a Extras,
    at: usize,
}

impl<'a> Row<'a> {
    pub(super) fn new(line: Line, extras: &'a Extras, at: usize) -> Self {
        Self { line, extras, at }
    }

    /// The codes of its labels, in the order of the columns.
    pub(super) fn labels(self) -> impl Iterator<Item = u32> + 'a {
        self.extras.labels.iter().map(move |column| column.get(self.at).copied().unwrap_or(NONE))
    }

    /// Its instants, its cost, and whether it was refunded at last.
    pub(super) fn numbers(self) -> impl Iterator<Item = i64> + 'a {
        let columns = self.extras.instants.iter().chain(&self.extras.cost);
        let refunded = std::iter::once_with(move || i64::from(self.extras.refunded_at(self.at)));
        columns.map(move |column| column.get(self.at).copied().unwrap_or(i64::MAX)).chain(refunded)
    }
}

/// The rows so far, one entry per order in each column.
#[derive(Debug, Default)]
pub(super) struct Pending {
    grain: Grain,
    /// Rows of one order id are brought together.
    has_orders: bool,
    pub(super) customer: Vec<u32>,
    pub(super) time_us: Vec<i64>,
    pub(super) day: Vec<i32>,
    pub(super) net_minor: Vec<i64>,
    pub(super) inviter: Option<Vec<u32>>,
    pub(super) extras: Extras,
    row: Vec<u32>,
    order: Vec<u128>,
    by_order: Vec<HashTable<Entry>>,
}

impl Pending {
    pub(super) fn new(grain: Grain, has_orders: bool, has_inviters: bool, extras: Extras) -> Self {
        let shards = if has_orders { 1 << SHARD_BITS } else { 0 };
        let by_order = (0..shards).map(|_| HashTable::new()).collect();
        Self { grain, has_orders, inviter: has_inviters.then(Vec::new), extras, by_order, ..Self::default() }
    }

    /// Bytes of a row; those of an order id count twice, as its table may be half empty.
    pub(super) fn row_bytes(&self) -> u64 {
        let extras = 4 * self.extras.labels.len() + 8 * (self.extras.instants.len() + usize::from(self.extras.cost.is_some()));
        let extras = extras + usize::from(self.extras.refunded.is_some());
        let others = if self.has_orders { 36 } else { 0 } + if self.inviter.is_some() { 4 } else { 0 };
        (24 + extras + others) as u64
    }

    /// Makes room for some rows in the first column that has none left; whether values had to be moved.
    ///
    /// All columns grow at the same row: one after the other, none of them keeps a cancel waiting.
    pub(super) fn make_room(&mut self, room: Room) -> Result<bool> {
        let Self { customer, inviter, day, row, extras, .. } = self;
        let Extras { labels, instants, cost, refunded } = extras;
        let has_orders = self.has_orders;
        for column in [customer].into_iter().chain(inviter).chain(labels).chain(has_orders.then_some(row)) {
            if has_grown(column, room)? {
                return Ok(true);
            }
        }
        for column in [&mut self.time_us, &mut self.net_minor].into_iter().chain(instants).chain(cost) {
            if has_grown(column, room)? {
                return Ok(true);
            }
        }
        if let Some(refunded) = refunded
            && has_grown(refunded, room)?
        {
            return Ok(true);
        }
        Ok(has_grown(day, room)? || (has_orders && has_grown(&mut self.order, room)?))
    }

    /// Adds a row. Where another of its order id is there already, the two become one by the grain; of two orders with one id the row that
    /// lost is returned. `compare` must not depend on the order of rows, so that the result does not.
    pub(super) fn push(&mut self, row: Row<'_>, compare: impl Fn(Row<'_>, Row<'_>, Grain) -> Ordering) -> Result<Option<u32>> {
        let line = row.line;
        if line.order == 0 || !self.has_orders {
            self.append(line, row);
            return Ok(None);
        }
        let key = if line.customer == NONE { line.order ^ ANONYMOUS } else { line.order };
        let entry = Entry { hash: key as u32, index: self.customer.len() as u32 };
        let is_same = |found: &Entry| found.hash == entry.hash && self.order.get(found.index as usize) == Some(&key);
        let shard = self.by_order.get_mut((entry.hash >> (32 - SHARD_BITS)) as usize);
        let shard = shard.ok_or_else(|| corrupt("an order id where none is mapped"))?;
        let Some(found) = shard.find(entry.spread(), is_same) else {
            let room = shard.try_reserve(1, Entry::spread);
            room.map_err(|_| no_memory())?;
            shard.insert_unique(entry.spread(), entry, Entry::spread);
            self.append(Line { order: key, ..line }, row);
            return Ok(None);
        };
        let found = found.index as usize;
        let old = self.line(found);
        let is_first = compare(row, Row::new(old, &self.extras, found), self.grain).is_lt();
        let costs = (self.extras.cost_at(found), row.extras.cost_at(row.at));
        let is_refunded = self.extras.refunded_at(found) || row.extras.refunded_at(row.at);
        if is_first {
            self.set(found, line);
            self.extras.set(found, row.extras, row.at);
        }
        match self.grain {
            Grain::Order => Ok(Some(if is_first { old.row } else { line.row })),
            Grain::Line => {
                write(&mut self.net_minor, found, add(old.net_minor, line.net_minor, line.row)?);
                let known = costs.0 != i64::MAX && costs.1 != i64::MAX;
                self.extras.set_refunded(found, is_refunded);
                self.extras.set_cost(found, if known { add(costs.0, costs.1, line.row)? } else { i64::MAX });
                Ok(None)
            }
        }
    }

    /// Adds rows that are orders of their own, where no order id is mapped.
    pub(super) fn extend(&mut self, lines: &Lines, extras: &Extras) {
        self.customer.extend_from_slice(&lines.customer);
        self.time_us.extend_from_slice(&lines.time_us);
        self.day.extend_from_slice(&lines.day);
        self.net_minor.extend_from_slice(&lines.net_minor);
        if let Some(inviter) = &mut self.inviter {
            inviter.extend_from_slice(&lines.inviter);
        }
        self.extras.extend(extras);
    }

    fn append(&mut self, line: Line, row: Row<'_>) {
        self.customer.push(line.customer);
        self.time_us.push(line.time_us);
        self.day.push(line.day);
        self.net_minor.push(line.net_minor);
        if let Some(inviter) = &mut self.inviter {
            inviter.push(line.inviter);
        }
        self.extras.push(row.extras, row.at);
        if self.has_orders {
            self.row.push(line.row);
            self.order.push(line.order);
        }
    }

    fn line(&self, at: usize) -> Line {
        Line {
            customer: read(&self.customer, at, NONE),
            time_us: read(&self.time_us, at, 0),
            day: read(&self.day, at, 0),
            net_minor: read(&self.net_minor, at, 0),
            inviter: self.inviter.as_ref().map_or(NONE, |inviter| read(inviter, at, NONE)),
            row: read(&self.row, at, 0),
            order: read(&self.order, at, 0),
        }
    }

    /// Writes all but the order id, which is the same.
    fn set(&mut self, at: usize, line: Line) {
        write(&mut self.customer, at, line.customer);
        write(&mut self.time_us, at, line.time_us);
        write(&mut self.day, at, line.day);
        write(&mut self.net_minor, at, line.net_minor);
        if let Some(inviter) = &mut self.inviter {
            write(inviter, at, line.inviter);
        }
        write(&mut self.row, at, line.row);
    }

    /// The number and net of the orders without a customer, and for each order whether it has one.
    pub(super) fn anonymous(&self) -> (u32, i128, Vec<bool>) {
        let is_known: Vec<bool> = self.customer.iter().map(|&customer| customer != NONE).collect();
        let unknown = self.net_minor.iter().zip(&is_known).filter(|(_, known)| !**known);
        let (orders, net) = unknown.fold((0, 0), |(orders, sum), (&net, _)| (orders + 1, sum + i128::from(net)));
        (orders, net, is_known)
    }

    /// Drops orders from the column of a number; whether there is such a column.
    pub(super) fn retain(&mut self, number: usize, keep: &[bool]) -> bool {
        let Self { customer, time_us, day, net_minor, inviter, extras, .. } = self;
        let Extras { labels, instants, cost, refunded } = extras;
        let mut indices: Vec<_> = [customer].into_iter().chain(inviter).chain(labels).collect();
        let mut numbers: Vec<_> = [time_us, net_minor].into_iter().chain(instants).chain(cost).collect();
        if let Some(column) = indices.get_mut(number) {
            retain(column, keep);
        } else if let Some(column) = numbers.get_mut(number - indices.len()) {
            retain(column, keep);
        } else if number == indices.len() + numbers.len() {
            retain(day, keep);
        } else if let (Some(refunded), true) = (refunded, number == indices.len() + numbers.len() + 1) {
            retain(refunded, keep);
        } else {
            return false;
        }
        true
    }

    /// Frees what was needed only to bring rows together.
    pub(super) fn close(&mut self) {
        self.row = Vec::new();
        self.order = Vec::new();
        self.by_order = Vec::new();
    }
}

/// Makes room for so many values more; whether there were many that had to be moved.
pub(super) fn has_grown<T>(column: &mut Vec<T>, room: Room) -> Result<bool> {
    /// Columns below this are moved in no time.
    const LONG: usize = 1 << 16;
    let is_full = column.capacity() - column.len() < room.rows;
    if is_full {
        column.try_reserve_exact(room.capacity(column.len()) - column.len()).map_err(|_| no_memory())?;
    }
    Ok(is_full && column.len() >= LONG)
}

fn no_memory() -> Error {
    Error::new(ErrorKind::Budget, "no memory left for more orders; map fewer columns, or open fewer files at once")
}

fn add(a: i64, b: i64, row: u32) -> Result<i64> {
    let overflow = || Error::new(ErrorKind::Overflow, "the lines of one order add up to more than 63 bits hold");
    a.checked_add(b).ok_or_else(|| overflow().at_row(row.into()))
}

fn read<T: Copy>(column: &[T], at: usize, default: T) -> T {
    column.get(at).copied().unwrap_or(default)
}

fn write<T>(column: &mut [T], at: usize, value: T) {
    if let Some(slot) = column.get_mut(at) {
        *slot = value;
    }
}

fn retain<T>(column: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    column.retain(|_| keep.next().copied().unwrap_or_default());
}
