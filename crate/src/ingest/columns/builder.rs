//! Slices of rows → pending orders: every row gets one fate, in a fixed order of checks.
//!
//! The checks, first match wins: status excluded, no time, time out of range, no amount, amount out of range, no customer, duplicate order.
//! So the rows without a customer are those that would otherwise count, and their net is known.

use std::cmp::Ordering;
use std::ops::Range;

use super::amount::{MAX_MINOR, Money};
use super::column::{MappedColumn, TimeColumn, selection};
use super::dictionary::Dictionaries;
use super::intern::Interner;
use super::pending::{Extras, Lines, Pending, Row};
use super::time::{Moment, TimeScale};
use crate::ingest::ipc::{BatchView, Schema};
use crate::ingest::mapping::{column_of, columns_of_dimensions, expected};
use crate::ingest::options;
use crate::ingest::pull::Room;
use crate::ingest::report::{Counts, REFUND, Statuses, Tally};
use crate::ingest::{LocalClock, NONE};
use crate::result::{Grain, IngestOptions, Mapping, Role, SetAsideReason};
use crate::{Error, ErrorKind, Result};

/// Most rows of one input: row numbers and customer indices are 32-bit.
const MAX_ROWS: u64 = 2_000_000_000;

/// Builds orders from batches of the mapped columns.
pub(in crate::ingest) struct Builder {
    customer: MappedColumn,
    ordered_at: TimeColumn,
    amount: MappedColumn,
    order_id: Option<MappedColumn>,
    status: Option<MappedColumn>,
    refund: Option<MappedColumn>,
    inviter: Option<MappedColumn>,
    cost: Option<MappedColumn>,
    labels: Vec<MappedColumn>,
    instants: Vec<InstantColumn>,
    /// Columns of the schema that are read, ascending.
    selection: Vec<usize>,
    dictionaries: Dictionaries,
    excluded: Vec<String>,
    pub(super) clock: LocalClock,
    pub(super) output: Output,
}

/// A column of times beside the order's own.
pub(super) struct InstantColumn {
    pub(super) role: Role,
    column: TimeColumn,
    /// Whether rows hold it until their order is known; else each customer's least is taken at once.
    pub(super) waits: bool,
}

/// What grows while reading.
#[derive(Default)]
pub(super) struct Output {
    pub(super) people: Interner,
    /// The labels of each dimension.
    pub(super) labels: Vec<Interner>,
    pub(super) status_labels: Interner,
    pub(super) statuses: Statuses,
    /// Least instant of each customer, by the columns of times; empty for columns of orders.
    pub(super) least_us: Vec<Vec<i64>>,
    pub(super) pending: Pending,
    pub(super) tally: Tally,
    pub(super) counts: Counts,
    /// Orders without a customer and without an order id, and their net.
    pub(super) anonymous: (u32, i128),
}

impl Builder {
    /// Resolves the mapping against the schema.
    pub(in crate::ingest) fn new(schema: &Schema, mapping: &Mapping, options: &IngestOptions) -> Result<Self> {
        let mut found: Vec<(Role, usize)> = Vec::new();
        for role in Role::ALL {
            if let Some(index) = column_of(schema, mapping, role)? {
                found.push((role, index));
            }
        }
        let further = columns_of_dimensions(schema, mapping)?;
        let selection = selection(found.iter().map(|&(_, index)| index).chain(further.iter().copied()));
        let column = |role: Role| {
            let &(_, index) = found.iter().find(|(of, _)| *of == role)?;
            MappedColumn::new(schema, &selection, index)
        };
        let required = |role: Role| {
            column(role).ok_or_else(|| Error::new(ErrorKind::MissingColumn, format!("no column is mapped to `{}`", role.name())))
        };
        let time = |role: Role, column: MappedColumn| {
            let scale = TimeScale::new(column.column.value_type(), options.naive_is_utc);
            let scale = scale.ok_or_else(|| expected(role, &column.column))?;
            Ok::<_, Error>(TimeColumn { column, scale })
        };
        let ordered_at = time(Role::OrderedAt, required(Role::OrderedAt)?)?;
        let order_id = column(Role::OrderId);
        let mut clock = options::clock(options)?;
        clock.note = Some(options::local_time_note(options, ordered_at.scale.wall_clock));
        let may_lose_rows = order_id.is_some() && options.grain == Grain::Order;
        let mut instants = Vec::new();
        for role in Role::INSTANTS {
            if let Some(column) = column(role) {
                let waits = may_lose_rows || !role.is_of_customers();
                instants.push(InstantColumn { role, column: time(role, column)?, waits });
            }
        }
        let further = further.iter().filter_map(|&index| MappedColumn::new(schema, &selection, index));
        let labels: Vec<MappedColumn> = Role::DIMENSIONS.into_iter().filter_map(column).chain(further).collect();
        let (inviter, cost) = (column(Role::InviterId), column(Role::Cost));
        let waiting = instants.iter().filter(|instant| instant.waits).count();
        let refund = column(Role::RefundAmount);
        let extras = Extras::new(labels.len(), waiting, cost.is_some(), refund.is_some());
        let pending = Pending::new(options.grain, order_id.is_some(), inviter.is_some(), extras);
        let output = Output {
            labels: labels.iter().map(|_| Interner::default()).collect(),
            least_us: vec![Vec::new(); instants.len()],
            pending,
            ..Output::default()
        };
        Ok(Self {
            customer: required(Role::CustomerId)?,
            ordered_at,
            amount: required(Role::Amount)?,
            order_id,
            status: column(Role::Status),
            refund,
            inviter,
            cost,
            labels,
            instants,
            dictionaries: Dictionaries::default(),
            excluded: options::excluded_statuses(options),
            clock,
            output,
            selection,
        })
    }

    /// Goes on with the next file of the same table, whose columns may be stored in other types.
    pub(in crate::ingest) fn next_file(&mut self, schema: &Schema, mapping: &Mapping, options: &IngestOptions) -> Result<()> {
        let fresh = Self::new(schema, mapping, options)?;
        if fresh.ordered_at.scale.wall_clock != self.ordered_at.scale.wall_clock {
            let text = "the files before it hold the other of wall clock times and instants; export all of them with a time zone or all without";
            return Err(Error::new(ErrorKind::ColumnType, text).at_column(&fresh.ordered_at.column.column.name));
        }
        let mut output = std::mem::take(&mut self.output);
        output.tally.next_file(output.counts.rows);
        *self = Self { output, ..fresh };
        Ok(())
    }

    /// The columns to read, by index in the schema.
    pub(in crate::ingest) fn selection(&self) -> &[usize] {
        &self.selection
    }

    pub(in crate::ingest) fn counts(&self) -> Counts {
        self.output.counts
    }

    /// The columns of times beside the order's own.
    pub(super) fn instants(&self) -> &[InstantColumn] {
        &self.instants
    }

    /// Takes some values of a dictionary, and says where to go on; `values` begins at a multiple of 8.
    pub(in crate::ingest) fn dictionary(
        &mut self,
        id: i64,
        delta: bool,
        batch: &BatchView<'_>,
        values: Range<usize>,
    ) -> Result<Option<usize>> {
        let Some(column) = columns(self).find(|column| column.uses(id)) else { return Ok(None) };
        let column = column.column.clone();
        self.dictionaries.read(id, delta, &column, batch, values)
    }

    /// Bytes kept with so many rows more, those set aside counted as if they were not.
    pub(in crate::ingest) fn held(&self, rows: usize) -> u64 {
        let Output { people, labels, status_labels, pending, least_us, counts, .. } = &self.output;
        let rows = (u64::from(counts.rows) + rows as u64) * pending.row_bytes();
        let least = 8 * least_us.iter().map(Vec::len).sum::<usize>();
        let interned = [people, status_labels].into_iter().chain(labels).map(Interner::held).sum::<u64>();
        rows + interned + least as u64 + self.dictionaries.held()
    }

    pub(in crate::ingest) fn make_room(&mut self, room: Room) -> Result<bool> {
        self.output.pending.make_room(room)
    }

    /// Refuses a batch that would pass the limit of rows.
    pub(in crate::ingest) fn check_rows(&self, batch: &BatchView<'_>) -> Result<usize> {
        checked_rows(self.output.counts.rows, batch)
    }

    /// Takes some rows of a record batch; `rows` begins at a multiple of 8.
    pub(in crate::ingest) fn rows(&mut self, batch: &BatchView<'_>, rows: Range<usize>) -> Result<()> {
        let first_row = self.output.counts.rows;
        let times = self.ordered_at.read(batch, &rows, &self.clock, &self.dictionaries)?;
        let excluded = self.excluded_by_status(batch, &rows)?;
        let amounts = self.amount.read_amounts(batch, &rows, &self.dictionaries)?;
        let refunds = self.refund.as_ref().map(|refund| refund.read_amounts(batch, &rows, &self.dictionaries)).transpose()?;
        let mut kept: Vec<u32> = Vec::with_capacity(rows.len());
        let mut lines = Lines::with_capacity(rows.len());
        let mut extras = Extras { refunded: refunds.as_ref().map(|_| Vec::with_capacity(rows.len())), ..Extras::default() };
        for (row, (&time, &amount)) in times.iter().zip(&amounts).enumerate() {
            let is_excluded = excluded.get(row).copied().unwrap_or_default();
            let refund = refunds.as_ref().and_then(|refunds| refunds.get(row)).copied().unwrap_or(Money::Missing);
            match checked(is_excluded, time, amount, refund) {
                Ok(Checked { time_us, day, net_minor, is_refunded, rounded }) => {
                    self.output.counts.rounded += rounded;
                    kept.push(row as u32);
                    lines.time_us.push(time_us);
                    lines.day.push(day);
                    lines.net_minor.push(net_minor);
                    if let Some(refunded) = &mut extras.refunded {
                        refunded.push(is_refunded);
                    }
                }
                Err((reason, place)) => self.output.tally.add(reason, place, first_row + row as u32),
            }
        }
        self.output.counts.rows += rows.len() as u32;
        self.collect(batch, &rows, first_row, &kept, lines, extras)
    }

    /// Statuses of all rows are counted, also of those set aside for another reason.
    fn excluded_by_status(&mut self, batch: &BatchView<'_>, rows: &Range<usize>) -> Result<Vec<bool>> {
        let Some(status) = &mut self.status else { return Ok(Vec::new()) };
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        let Output { status_labels, statuses, counts, .. } = &mut self.output;
        let codes = status.read_codes(batch, rows, &all, status_labels, &self.dictionaries)?;
        // Index 0 stands for null, which has no code.
        let label = |index: usize| match index.checked_sub(1) {
            Some(code) => String::from_utf8_lossy(status_labels.ids.get(code as u32)).into_owned(),
            None => String::new(),
        };
        let (excluded, unknown) = (&self.excluded, &mut counts.unknown_statuses);
        Ok(codes.iter().map(|&code| statuses.count(code.wrapping_add(1) as usize, excluded, unknown, label)).collect())
    }

    /// Reads the other columns of the rows that passed and adds them to the pending orders.
    fn collect(
        &mut self,
        batch: &BatchView<'_>,
        rows: &Range<usize>,
        first_row: u32,
        kept: &[u32],
        mut lines: Lines,
        mut extras: Extras,
    ) -> Result<()> {
        let Output { people, labels, least_us, pending, tally, counts, anonymous, .. } = &mut self.output;
        let dictionaries = &self.dictionaries;
        lines.customer = self.customer.read_codes(batch, rows, kept, people, dictionaries)?;
        if let Some(inviter) = &mut self.inviter {
            lines.inviter = inviter.read_codes(batch, rows, kept, people, dictionaries)?;
            let pairs = lines.inviter.iter_mut().zip(&lines.customer);
            for (inviter, _) in pairs.filter(|(inviter, customer)| inviter == customer) {
                *inviter = NONE;
            }
        }
        let order = self.order_id.as_ref().map(|column| column.read_orders(batch, rows, kept, dictionaries)).transpose()?;
        for (column, interner) in self.labels.iter_mut().zip(labels.iter_mut()) {
            extras.labels.push(column.read_codes(batch, rows, kept, interner, dictionaries)?);
        }
        for (instant, least_us) in self.instants.iter().zip(least_us) {
            let moments = instant.column.read(batch, rows, &self.clock, dictionaries)?;
            let instants = kept.iter().map(|&row| match moments.get(row as usize) {
                Some(&Moment::At { time_us, .. }) => time_us,
                Some(Moment::OutOfRange) => {
                    counts.ignored += 1;
                    i64::MAX
                }
                _ => i64::MAX,
            });
            let instants: Vec<i64> = instants.collect();
            if instant.waits {
                extras.instants.push(instants);
            } else {
                lower(least_us, &lines.customer, &instants);
            }
        }
        if let Some(cost) = &self.cost {
            let amounts = cost.read_amounts(batch, rows, dictionaries)?;
            let costs = kept.iter().map(|&row| match amounts.get(row as usize) {
                Some(&Money::Minor { minor, rounded: is_rounded }) => {
                    counts.rounded += u32::from(is_rounded);
                    minor
                }
                Some(Money::OutOfRange | Money::Infinite) => {
                    counts.ignored += 1;
                    i64::MAX
                }
                _ => i64::MAX,
            });
            extras.cost = Some(costs.collect());
        }
        if order.is_none() && !lines.customer.contains(&NONE) {
            pending.extend(&lines, &extras);
            return Ok(());
        }
        let labels = &*labels;
        let compare = |a: Row<'_>, b: Row<'_>, grain: Grain| compare(a, b, grain, people, labels);
        for (at, &row) in kept.iter().enumerate() {
            let order = order.as_ref().and_then(|order| order.get(at)).copied().unwrap_or_default();
            let line = lines.line(at, first_row + row, order);
            if line.customer == NONE {
                tally.add(SetAsideReason::NullCustomer, 0, line.row);
                if line.order == 0 {
                    *anonymous = (anonymous.0 + 1, anonymous.1 + i128::from(line.net_minor));
                    continue;
                }
            }
            if let Some(lost) = pending.push(Row::new(line, &extras, at), compare)?
                && line.customer != NONE
            {
                tally.add(SetAsideReason::DuplicateOrder, 0, lost);
            }
        }
        Ok(())
    }
}

fn columns(builder: &Builder) -> impl Iterator<Item = &MappedColumn> {
    let optional = [&builder.order_id, &builder.status, &builder.refund, &builder.inviter, &builder.cost];
    let times = std::iter::once(&builder.ordered_at).chain(builder.instants.iter().map(|instant| &instant.column));
    let required = [&builder.customer, &builder.amount];
    required.into_iter().chain(optional.into_iter().flatten()).chain(times.map(|time| &time.column)).chain(&builder.labels)
}

/// The rows of a batch, unless it would pass the limit.
pub(super) fn checked_rows(rows_read: u32, batch: &BatchView<'_>) -> Result<usize> {
    let rows = batch.rows();
    if u64::from(rows_read).checked_add(rows).is_none_or(|total| total > MAX_ROWS) {
        return Err(Error::new(ErrorKind::Budget, format!("more than the limit of `{MAX_ROWS}` rows")));
    }
    usize::try_from(rows).map_err(|_| Error::new(ErrorKind::Budget, format!("a batch of `{rows}` rows")))
}

/// Keeps the least instant per customer.
pub(super) fn lower(least_us: &mut Vec<i64>, customers: &[u32], instants: &[i64]) {
    for (&customer, &instant) in customers.iter().zip(instants).filter(|(customer, _)| **customer != NONE) {
        let customer = customer as usize;
        if least_us.len() <= customer {
            least_us.resize(customer + 1, i64::MAX);
        }
        if let Some(least) = least_us.get_mut(customer) {
            *least = instant.min(*least);
        }
    }
}

/// Which of two rows of an order comes first. With equal orders nothing a result can see differs between the two, so the order of rows does not
/// matter; the amount of a line is part of a sum and says nothing about the order.
fn compare(a: Row<'_>, b: Row<'_>, grain: Grain, people: &Interner, labels: &[Interner]) -> Ordering {
    fn label(interner: &Interner, code: u32) -> &[u8] {
        if code == NONE { &[] } else { interner.ids.get(code) }
    }
    let by_amount = || match grain {
        Grain::Order => a.line.net_minor.cmp(&b.line.net_minor),
        Grain::Line => Ordering::Equal,
    };
    let by_labels = || {
        let pairs = labels.iter().zip(a.labels().zip(b.labels()));
        let mut orders = pairs.map(|(interner, (a, b))| label(interner, a).cmp(label(interner, b)));
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    };
    (a.line.time_us.cmp(&b.line.time_us))
        .then_with(|| label(people, a.line.customer).cmp(label(people, b.line.customer)))
        .then_with(by_amount)
        .then_with(by_labels)
        .then_with(|| label(people, a.line.inviter).cmp(label(people, b.line.inviter)))
        .then_with(|| a.numbers().cmp(b.numbers()))
        .then_with(|| a.line.day.cmp(&b.line.day))
}

/// The values of a row that counts.
struct Checked {
    time_us: i64,
    day: i32,
    net_minor: i64,
    is_refunded: bool,
    /// Amounts rounded, 0 to 2.
    rounded: u32,
}

/// The values, or the reason against them and the place of its column.
fn checked(is_excluded: bool, time: Moment, amount: Money, refund: Money) -> Result<Checked, (SetAsideReason, u8)> {
    if is_excluded {
        return Err((SetAsideReason::ExcludedStatus, 0));
    }
    let (time_us, day) = match time {
        Moment::At { time_us, day } => (time_us, day),
        Moment::Null => return Err((SetAsideReason::NullTime, 0)),
        Moment::OutOfRange => return Err((SetAsideReason::TimeOutOfRange, 0)),
    };
    let (amount, amount_rounded) = match amount {
        Money::Minor { minor, rounded } => (minor, rounded),
        Money::Missing | Money::Infinite => return Err((SetAsideReason::NullAmount, 0)),
        Money::OutOfRange => return Err((SetAsideReason::AmountOutOfRange, 0)),
    };
    let (refund, refund_rounded) = match refund {
        Money::Minor { minor, rounded } => (minor, rounded),
        Money::Missing => (0, false),
        Money::Infinite | Money::OutOfRange => return Err((SetAsideReason::AmountOutOfRange, REFUND)),
    };
    let net_minor = amount - refund;
    if !(-MAX_MINOR..=MAX_MINOR).contains(&net_minor) {
        return Err((SetAsideReason::AmountOutOfRange, 0));
    }
    Ok(Checked {
        time_us,
        day,
        net_minor,
        is_refunded: refund > 0,
        rounded: u32::from(amount_rounded) + u32::from(refund_rounded),
    })
}
