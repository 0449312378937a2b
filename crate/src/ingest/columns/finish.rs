//! Pending orders → [`Orders`]: what only duplicates used is dropped, labels get their order, the report is closed.

use super::builder::{Builder, Output, lower};
use super::intern::Interner;
use crate::ingest::load::FileEnd;
use crate::ingest::report::role_of;
use crate::ingest::{Dimension, Ids, NONE, Orders};
use crate::result::{IngestReport, Mapping};
use crate::{Error, ErrorKind, Result};

impl Builder {
    /// Closes the columns. The mapping goes into the report.
    pub(in crate::ingest) fn finish(self, mapping: Mapping, files: Vec<FileEnd>) -> Result<Orders> {
        let knows_joining = self.knows_joining();
        let Output {
            people, stores, channels, statuses, mut joined_us, mut pending, tally, rows_read, rounded, anonymous, ..
        } = self.output;
        pending.close();
        let (orders, net) = pending.take_anonymous();
        let anonymous_net = i64::try_from(anonymous.1 + net)
            .map_err(|_| Error::new(ErrorKind::Overflow, "the net of anonymous orders leaves 63 bits"))?;
        for (&customer, &instant) in pending.customer.iter().zip(&pending.joined_us) {
            lower(&mut joined_us, customer, instant);
        }
        joined_us.resize(people.ids.len(), i64::MAX);
        let kept = pending.kept();
        let ids = drop_unused(people.ids, &mut pending.customer, &mut pending.inviter, &mut joined_us);
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
            store: kept.store.then(|| dimension(&stores, pending.store)),
            channel: kept.channel.then(|| dimension(&channels, pending.channel)),
            inviter_idx: kept.inviter.then_some(pending.inviter),
            joined_us: knows_joining.then_some(joined_us),
            ids,
            clock: self.clock,
            report,
        })
    }
}

/// Drops people that no order names: those of duplicates and anonymous orders.
fn drop_unused(ids: Ids, customers: &mut [u32], inviters: &mut [u32], joined_us: &mut Vec<i64>) -> Ids {
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
    let mut kept_joined = Vec::new();
    let mut new_idx = vec![NONE; ids.len()];
    for (old, _) in is_used.iter().enumerate().filter(|(_, used)| **used) {
        if let (Some(slot), Some(&joined)) = (new_idx.get_mut(old), joined_us.get(old)) {
            *slot = kept.push(ids.get(old as u32));
            kept_joined.push(joined);
        }
    }
    for idx in customers.iter_mut().chain(inviters.iter_mut()) {
        *idx = new_idx.get(*idx as usize).copied().unwrap_or(NONE);
    }
    *joined_us = kept_joined;
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
