//! Pending orders → [`Orders`], in bounded steps: what only duplicates used is dropped, labels get their order, the report is closed.

use std::collections::VecDeque;

use super::builder::{Builder, Output, lower};
use super::labels::Ordering;
use crate::ingest::load::FileEnd;
use crate::ingest::mapping::dimension_keys;
use crate::ingest::report::column_of;
use crate::ingest::{Dimension, Ids, LocalClock, NONE, NamedDimension, Orders};
use crate::result::{IngestReport, Mapping, Role};
use crate::sorting::sort_by;
use crate::{Error, ErrorKind, Result};

/// The end of reading.
pub(in crate::ingest) struct Closing {
    mapping: Mapping,
    files: Vec<FileEnd>,
    clock: LocalClock,
    output: Output,
    /// The columns of times, and whether their rows wait.
    roles: Vec<(Role, bool)>,
    tasks: VecDeque<Task>,
    anonymous_net_minor: i64,
    /// Whether an order names each of the people, and their new indices.
    is_used: Vec<bool>,
    new_idx: Vec<u32>,
    dimensions: Vec<Dimension>,
}

/// What a step does.
enum Task {
    FindAnonymous,
    /// Drop anonymous orders from the column of this number.
    DropAnonymous(usize, Vec<bool>),
    /// Take each customer's least instant of this column of times.
    Lower(usize),
    FindUnused,
    DropUnused,
    RenumberCustomers,
    RenumberInviters,
    /// Bring the labels of the next dimension into order.
    Labels,
    LabelsAtWork(Box<Ordering>),
}

impl Closing {
    pub(in crate::ingest) fn new(builder: Builder, mapping: Mapping, files: Vec<FileEnd>) -> Self {
        let roles: Vec<(Role, bool)> = builder.instants().iter().map(|instant| (instant.role, instant.waits)).collect();
        let Builder { clock, mut output, .. } = builder;
        output.pending.close();
        let lower = (0..roles.len()).map(Task::Lower);
        let labels = output.labels.iter().map(|_| Task::Labels);
        let tasks = std::iter::once(Task::FindAnonymous).chain(lower).chain([Task::FindUnused]).chain(labels).collect();
        Self {
            mapping,
            files,
            clock,
            output,
            roles,
            tasks,
            anonymous_net_minor: 0,
            is_used: Vec::new(),
            new_idx: Vec::new(),
            dimensions: Vec::new(),
        }
    }

    /// Works on for a moment; whether there is more to do.
    pub(in crate::ingest) fn step(&mut self) -> Result<bool> {
        let Some(task) = self.tasks.pop_front() else { return Ok(false) };
        let next = self.work(task)?;
        next.into_iter().rev().for_each(|task| self.tasks.push_front(task));
        Ok(!self.tasks.is_empty())
    }

    /// Does a task, and says what has to be done before the others.
    fn work(&mut self, task: Task) -> Result<Vec<Task>> {
        let Output { people, labels, least_us, pending, anonymous, .. } = &mut self.output;
        Ok(match task {
            Task::FindAnonymous => {
                let (orders, net, is_known) = pending.anonymous();
                let net = i64::try_from(anonymous.1 + net);
                let overflow = |_| Error::new(ErrorKind::Overflow, "the net of anonymous orders leaves 63 bits");
                self.anonymous_net_minor = net.map_err(overflow)?;
                anonymous.0 += orders;
                if orders == 0 { Vec::new() } else { vec![Task::DropAnonymous(0, is_known)] }
            }
            Task::DropAnonymous(number, is_known) => match pending.retain(number, &is_known) {
                true => vec![Task::DropAnonymous(number + 1, is_known)],
                false => Vec::new(),
            },
            Task::Lower(number) => {
                let before = self.roles.iter().take(number).filter(|(_, waits)| *waits).count();
                if let (Some(&(role, waits)), Some(least_us)) = (self.roles.get(number), least_us.get_mut(number))
                    && role.is_of_customers()
                {
                    if let Some(instants) = pending.extras.instants.get_mut(before).filter(|_| waits) {
                        lower(least_us, &pending.customer, &std::mem::take(instants));
                    }
                    least_us.resize(people.ids.len(), i64::MAX);
                }
                Vec::new()
            }
            Task::FindUnused => {
                self.is_used = vec![false; people.ids.len()];
                for &idx in pending.customer.iter().chain(pending.inviter.iter().flatten()) {
                    if let Some(used) = self.is_used.get_mut(idx as usize) {
                        *used = true;
                    }
                }
                match self.is_used.iter().all(|&used| used) {
                    true => Vec::new(),
                    false => vec![Task::DropUnused, Task::RenumberCustomers, Task::RenumberInviters],
                }
            }
            Task::DropUnused => {
                (people.ids, self.new_idx) = without_unused(&people.ids, &self.is_used);
                for column in least_us.iter_mut().filter(|column| !column.is_empty()) {
                    let mut is_used = self.is_used.iter();
                    column.retain(|_| is_used.next().copied().unwrap_or_default());
                }
                Vec::new()
            }
            Task::RenumberCustomers => {
                renumber(&mut pending.customer, &self.new_idx);
                Vec::new()
            }
            Task::RenumberInviters => {
                renumber(pending.inviter.as_deref_mut().unwrap_or_default(), &self.new_idx);
                Vec::new()
            }
            Task::Labels => {
                let number = self.dimensions.len();
                let codes = pending.extras.labels.get_mut(number).map(std::mem::take).unwrap_or_default();
                let interner = labels.get_mut(number).map(std::mem::take).unwrap_or_default();
                vec![Task::LabelsAtWork(Box::new(Ordering::new(interner, codes)))]
            }
            Task::LabelsAtWork(mut ordering) => match ordering.step() {
                true => vec![Task::LabelsAtWork(ordering)],
                false => {
                    self.dimensions.push(ordering.finish());
                    Vec::new()
                }
            },
        })
    }

    /// The orders; does first what is left to do. The mapping goes into the report.
    pub(in crate::ingest) fn finish(mut self) -> Result<Orders> {
        while self.step()? {}
        let Self { mapping, files, clock, output, roles, anonymous_net_minor, dimensions, .. } = self;
        let Output { people, statuses, least_us, pending, tally, counts, anonymous, .. } = output;
        let keys = dimension_keys(&mapping).into_iter();
        let named = keys.zip(dimensions).map(|(key, dimension)| NamedDimension { key, dimension });
        let mut waiting = pending.extras.instants.into_iter();
        let mut columns = Vec::new();
        for ((role, waits), least_us) in roles.into_iter().zip(least_us) {
            let instants = if waits { waiting.next().unwrap_or_default() } else { Vec::new() };
            columns.push((role, if role.is_of_customers() { least_us } else { instants }));
        }
        let mut instants = |role: Role| {
            let at = columns.iter().position(|(of, _)| *of == role)?;
            Some(columns.swap_remove(at).1)
        };
        let mut personal: Vec<String> = files.iter().flat_map(|file| file.pii_columns_ignored.iter().cloned()).collect();
        sort_by(&mut personal, String::cmp);
        personal.dedup();
        let column = |reason, place| column_of(reason, place, &mapping);
        let report = IngestReport {
            rows_read: counts.rows,
            rows_used: counts.rows - tally.total(),
            files: tally.files(&files, column),
            set_aside: tally.finish(column),
            anonymous_orders: anonymous.0,
            anonymous_net_minor,
            rounded_amounts: counts.rounded,
            ignored_values: counts.ignored,
            unknown_status_rows: counts.unknown_statuses,
            bytes_read: files.iter().map(|file| file.bytes_read).sum(),
            mapping,
            statuses: statuses.finish(),
            pii_columns_ignored: personal,
        };
        Ok(Orders {
            customer_idx: pending.customer,
            time_us: pending.time_us,
            day: pending.day,
            net_minor: pending.net_minor,
            dimensions: named.collect(),
            inviter_idx: pending.inviter,
            cost_minor: pending.extras.cost,
            refunded: pending.extras.refunded,
            promised_to_us: instants(Role::PromisedTo),
            picked_up_us: instants(Role::PickedUpAt),
            joined_us: instants(Role::JoinedAt),
            first_order_us: instants(Role::FirstOrderAt),
            ids: people.ids,
            clock,
            report,
        })
    }
}

/// Without the people that no order names, those of duplicates and anonymous orders: the others, and the new index of each.
fn without_unused(ids: &Ids, is_used: &[bool]) -> (Ids, Vec<u32>) {
    let mut kept = Ids::default();
    let new = |(old, &used): (usize, &bool)| if used { kept.push(ids.get(old as u32)) } else { NONE };
    let new_idx = is_used.iter().enumerate().map(new).collect();
    (kept, new_idx)
}

fn renumber(column: &mut [u32], new_idx: &[u32]) {
    for idx in column {
        *idx = new_idx.get(*idx as usize).copied().unwrap_or(NONE);
    }
}
