//! Rows on their way to becoming orders: columns that grow, and rows of one order id brought together.

use std::cmp::Ordering;

use hashbrown::HashTable;

use super::intern::Entry;
use crate::ingest::NONE;
use crate::result::Grain;
use crate::{Error, ErrorKind, Result};

/// One row that passed all checks of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// [`NONE`] for an anonymous order.
    pub(super) customer: u32,
    pub(super) time_us: i64,
    pub(super) day: i32,
    pub(super) net_minor: i64,
    pub(super) store: u32,
    pub(super) channel: u32,
    pub(super) inviter: u32,
    pub(super) joined_us: i64,
    /// Row of the input.
    pub(super) row: u32,
    /// Of the order id; 0 where the row is an order of its own.
    pub(super) order: u128,
}

/// Tells anonymous rows of an order id from the others.
const ANONYMOUS: u128 = 1 << 127 | 1 << 63;

/// Which optional columns are kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kept {
    pub(super) store: bool,
    pub(super) channel: bool,
    pub(super) inviter: bool,
    /// The joined instant per row, needed only where a row may still be dropped.
    pub(super) joined: bool,
    /// Rows of one order id are brought together.
    pub(super) order: bool,
}

/// The rows so far, one entry per order in each column kept.
#[derive(Debug, Default)]
pub(super) struct Pending {
    kept: Kept,
    grain: Grain,
    pub(super) customer: Vec<u32>,
    pub(super) time_us: Vec<i64>,
    pub(super) day: Vec<i32>,
    pub(super) net_minor: Vec<i64>,
    pub(super) store: Vec<u32>,
    pub(super) channel: Vec<u32>,
    pub(super) inviter: Vec<u32>,
    pub(super) joined_us: Vec<i64>,
    row: Vec<u32>,
    order: Vec<u128>,
    by_order: HashTable<Entry>,
}

impl Pending {
    pub(super) fn new(kept: Kept, grain: Grain) -> Self {
        Self { kept, grain, ..Self::default() }
    }

    pub(super) fn kept(&self) -> Kept {
        self.kept
    }

    /// Adds a row. Where another of its order id is there already, the two become one by the grain; of two orders with one id the row that
    /// lost is returned. `compare` must not depend on the order of rows, so that the result does not.
    pub(super) fn push(&mut self, line: Line, compare: impl Fn(&Line, &Line, Grain) -> Ordering) -> Result<Option<u32>> {
        if line.order == 0 || !self.kept.order {
            self.append(line);
            return Ok(None);
        }
        let key = if line.customer == NONE { line.order ^ ANONYMOUS } else { line.order };
        let entry = Entry { hash: key as u32, index: self.customer.len() as u32 };
        let is_same = |found: &Entry| found.hash == entry.hash && self.order.get(found.index as usize) == Some(&key);
        let Some(found) = self.by_order.find(entry.spread(), is_same) else {
            self.by_order.insert_unique(entry.spread(), entry, Entry::spread);
            self.append(Line { order: key, ..line });
            return Ok(None);
        };
        let found = found.index as usize;
        let old = self.get(found);
        let is_first = compare(&line, &old, self.grain).is_lt();
        let first = if is_first { line } else { old };
        match self.grain {
            Grain::Order => {
                self.set(found, first);
                Ok(Some(if is_first { old.row } else { line.row }))
            }
            Grain::Line => {
                let sum = old.net_minor.checked_add(line.net_minor).ok_or_else(|| {
                    Error::new(ErrorKind::Overflow, "the lines of one order add up to more than 63 bits hold")
                        .at_row(line.row.into())
                })?;
                self.set(found, Line { net_minor: sum, ..first });
                Ok(None)
            }
        }
    }

    fn append(&mut self, line: Line) {
        self.customer.push(line.customer);
        self.time_us.push(line.time_us);
        self.day.push(line.day);
        self.net_minor.push(line.net_minor);
        if self.kept.store {
            self.store.push(line.store);
        }
        if self.kept.channel {
            self.channel.push(line.channel);
        }
        if self.kept.inviter {
            self.inviter.push(line.inviter);
        }
        if self.kept.joined {
            self.joined_us.push(line.joined_us);
        }
        if self.kept.order {
            self.row.push(line.row);
            self.order.push(line.order);
        }
    }

    fn get(&self, at: usize) -> Line {
        fn read<T: Copy>(column: &[T], at: usize, default: T) -> T {
            column.get(at).copied().unwrap_or(default)
        }
        Line {
            customer: read(&self.customer, at, NONE),
            time_us: read(&self.time_us, at, 0),
            day: read(&self.day, at, 0),
            net_minor: read(&self.net_minor, at, 0),
            store: read(&self.store, at, NONE),
            channel: read(&self.channel, at, NONE),
            inviter: read(&self.inviter, at, NONE),
            joined_us: read(&self.joined_us, at, i64::MAX),
            row: read(&self.row, at, 0),
            order: read(&self.order, at, 0),
        }
    }

    /// Writes all but the order id, which is the same.
    fn set(&mut self, at: usize, line: Line) {
        fn write<T>(column: &mut [T], at: usize, value: T) {
            if let Some(slot) = column.get_mut(at) {
                *slot = value;
            }
        }
        write(&mut self.customer, at, line.customer);
        write(&mut self.time_us, at, line.time_us);
        write(&mut self.day, at, line.day);
        write(&mut self.net_minor, at, line.net_minor);
        write(&mut self.store, at, line.store);
        write(&mut self.channel, at, line.channel);
        write(&mut self.inviter, at, line.inviter);
        write(&mut self.joined_us, at, line.joined_us);
        write(&mut self.row, at, line.row);
    }

    /// Takes out the orders without a customer: their number and net.
    pub(super) fn take_anonymous(&mut self) -> (u32, i128) {
        let is_known: Vec<bool> = self.customer.iter().map(|&customer| customer != NONE).collect();
        let unknown = self.net_minor.iter().zip(&is_known).filter(|(_, known)| !**known);
        let (orders, net) = unknown.fold((0, 0), |(orders, sum), (&net, _)| (orders + 1, sum + i128::from(net)));
        if orders > 0 {
            retain(&mut self.customer, &is_known);
            retain(&mut self.time_us, &is_known);
            retain(&mut self.day, &is_known);
            retain(&mut self.net_minor, &is_known);
            retain(&mut self.store, &is_known);
            retain(&mut self.channel, &is_known);
            retain(&mut self.inviter, &is_known);
            retain(&mut self.joined_us, &is_known);
        }
        (orders, net)
    }

    /// Frees what was needed only to bring rows together.
    pub(super) fn close(&mut self) {
        self.row = Vec::new();
        self.order = Vec::new();
        self.by_order = HashTable::new();
    }
}

fn retain<T>(column: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    column.retain(|_| keep.next().copied().unwrap_or_default());
}
