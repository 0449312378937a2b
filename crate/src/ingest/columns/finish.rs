//! Pending orders → [`Orders`]: what only duplicates used is dropped, labels get their order, the report is closed.

use super::builder::{Builder, Output, lower};
use super::intern::Interner;
use super::pending::Extras;
use crate::ingest::load::FileEnd;
use crate::ingest::mapping::dimension_keys;
use crate::ingest::report::role_of;
use crate::ingest::{Dimension, Ids, NONE, NamedDimension, Orders};
use crate::result::{IngestReport, Mapping, Role};
use crate::{Error, ErrorKind, Result};

impl Builder {
    /// Closes the columns. The mapping goes into the report.
    pub(in crate::ingest) fn finish(self, mapping: Mapping, files: Vec<FileEnd>) -> Result<Orders> {
        let keys = dimension_keys(&mapping);
        let roles: Vec<(Role, bool)> = self.instants().iter().map(|instant| (instant.role, instant.waits)).collect();
        let Output {
            people,
            labels,
            statuses,
            mut least_us,
            mut pending,
            tally,
            rows_read,
            rounded,
            ignored_values,
            anonymous,
            ..
        } = self.output;
        pending.close();
        let (orders, net) = pending.take_anonymous();
        let anonymous_net = i64::try_from(anonymous.1 + net)
            .map_err(|_| Error::new(ErrorKind::Overflow, "the net of anonymous orders leaves 63 bits"))?;
        let Extras { labels: codes, instants, cost } = std::mem::take(&mut pending.extras);
        let mut waiting = instants.into_iter();
        let mut of_orders = Vec::new();
        for (&(role, waits), least_us) in roles.iter().zip(&mut least_us) {
            let instants = if waits { waiting.next().unwrap_or_default() } else { Vec::new() };
            if role.is_of_customers() {
                lower(least_us, &pending.customer, &instants);
                least_us.resize(people.ids.len(), i64::MAX);
            } else {
                of_orders.push((role, instants));
            }
        }
        let mut of_customers: Vec<(Role, Vec<i64>)> = roles.iter().map(|&(role, _)| role).zip(least_us).collect();
        of_customers.retain(|(role, _)| role.is_of_customers());
        let ids = drop_unused(people.ids, &mut pending.customer, pending.inviter.as_deref_mut(), &mut of_customers);
        let instants = |columns: &mut Vec<(Role, Vec<i64>)>, role: Role| {
            let at = columns.iter().position(|(of, _)| *of == role)?;
            Some(columns.swap_remove(at).1)
        };
        let dimensions = keys.into_iter().zip(labels.iter().zip(codes));
        let dimensions = dimensions.map(|(key, (labels, codes))| NamedDimension { key, dimension: dimension(labels, codes) });
        let mut personal: Vec<String> = files.iter().flat_map(|file| file.pii_columns_ignored.iter().cloned()).collect();
        personal.sort_unstable();
        personal.dedup();
        let report = IngestReport {
            rows_read,
            rows_used: rows_read - tally.total(),
            files: tally.files(&files),
            set_aside: tally.finish(|reason, _| role_of(reason).and_then(|role| mapping.get(role)).map(str::to_owned)),
            anonymous_orders: anonymous.0 + orders,
            anonymous_net_minor: anonymous_net,
            rounded_amounts: rounded,
            ignored_values,
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
            dimensions: dimensions.collect(),
            inviter_idx: pending.inviter,
            cost_minor: cost,
            promised_to_us: instants(&mut of_orders, Role::PromisedTo),
            picked_up_us: instants(&mut of_orders, Role::PickedUpAt),
            joined_us: instants(&mut of_customers, Role::JoinedAt),
            first_order_us: instants(&mut of_customers, Role::FirstOrderAt),
            ids,
            clock: self.clock,
            report,
        })
    }
}

/// Drops people that no order names: those of duplicates and anonymous orders.
fn drop_unused(ids: Ids, customers: &mut [u32], inviters: Option<&mut [u32]>, columns: &mut [(Role, Vec<i64>)]) -> Ids {
    let inviters = inviters.unwrap_or_default();
    let mut is_used = vec![false; ids.len()];
    for &idx in customers.iter().chain(inviters.iter()) {
        if let Some(used) = is_used.get_mut(idx as usize) {
            *used = true;
        }
    }
    if is_used.iter().all(|&used| used) {
        return ids;
    }
    let mut kept = Ids::default();
    let mut new_idx = vec![NONE; ids.len()];
    for (old, _) in is_used.iter().enumerate().filter(|(_, used)| **used) {
        if let Some(slot) = new_idx.get_mut(old) {
            *slot = kept.push(ids.get(old as u32));
        }
    }
    for idx in customers.iter_mut().chain(inviters.iter_mut()) {
        *idx = new_idx.get(*idx as usize).copied().unwrap_or(NONE);
    }
    for (_, column) in columns {
        let mut is_used = is_used.iter();
        column.retain(|_| is_used.next().copied().unwrap_or_default());
    }
    kept
}

/// Labels in use by bytewise order, codes to match.
pub(super) fn dimension(interner: &Interner, mut codes: Vec<u32>) -> Dimension {
    let mut is_used = vec![false; interner.ids.len()];
    for &code in &codes {
        if let Some(used) = is_used.get_mut(code as usize) {
            *used = true;
        }
    }
    let mut used: Vec<u32> = (0..).zip(&is_used).filter(|(_, used)| **used).map(|(code, _)| code).collect();
    used.sort_unstable_by_key(|&code| interner.ids.get(code));
    let mut new_code = vec![NONE; interner.ids.len()];
    for (new, &old) in used.iter().enumerate() {
        if let Some(slot) = new_code.get_mut(old as usize) {
            *slot = new as u32;
        }
    }
    for code in &mut codes {
        *code = new_code.get(*code as usize).copied().unwrap_or(NONE);
    }
    let label = |&code: &u32| String::from_utf8_lossy(interner.ids.get(code)).into_owned();
    Dimension { labels: used.iter().map(label).collect(), codes }
}
