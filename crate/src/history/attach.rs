//! Tables beside orders → histories that know them: their customers get the indices of the orders' customers.

use std::collections::HashMap;

use crate::ingest::{NONE, Table, TableColumn};
use crate::result::{TableField, TableKind};
use crate::sorting::sort_by;
use crate::{Error, ErrorKind, Result};

use super::build::Histories;

/// Who invited a customer, by the referrals table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referral {
    /// Customer index of the inviter.
    pub inviter: u32,
    /// Instant of the invitation.
    pub invited_us: i64,
}

impl Histories {
    /// Takes a table in, in place of an earlier one of its kind. Its customers without an order become customers without rows.
    ///
    /// # Errors
    /// `Overflow` when there are more customers than 32 bits count.
    pub fn attach(&mut self, mut table: Table) -> Result<()> {
        let idx = self.merge_ids(&table)?;
        for (_, column) in &mut table.columns {
            if let TableColumn::People(people) = column {
                for person in people {
                    *person = idx.get(*person as usize).copied().unwrap_or(NONE);
                }
            }
        }
        table.ids = crate::ingest::Ids::default();
        self.detach(table.kind);
        self.tables.push(table);
        sort_by(&mut self.tables, |a, b| a.kind.cmp(&b.kind));
        self.derive();
        Ok(())
    }

    /// Lets a table go. Customers that only it named stay, without rows.
    pub fn detach(&mut self, kind: TableKind) {
        self.tables.retain(|table| table.kind != kind);
        self.derive();
    }

    /// An attached table; its people are indices into [`Histories::ids`].
    #[must_use]
    pub fn table(&self, kind: TableKind) -> Option<&Table> {
        self.tables.iter().find(|table| table.kind == kind)
    }

    /// The index of each of the table's customers among those of the orders.
    fn merge_ids(&mut self, table: &Table) -> Result<Vec<u32>> {
        if self.ids.len() + table.ids.len() >= NONE as usize {
            return Err(Error::new(ErrorKind::Overflow, "more customers than 32 bits count"));
        }
        let known: HashMap<&[u8], u32> = (0..self.ids.len() as u32).map(|idx| (self.ids.get(idx), idx)).collect();
        let found: Vec<Option<u32>> = (0..table.ids.len() as u32).map(|idx| known.get(table.ids.get(idx)).copied()).collect();
        let new = |(idx, found): (usize, Option<u32>)| found.unwrap_or_else(|| self.ids.push(table.ids.get(idx as u32)));
        let merged = found.into_iter().enumerate().map(new).collect();
        let last = self.offsets.last().copied().unwrap_or_default();
        self.offsets.resize(self.ids.len() + 1, last);
        for column in self.of_orders.joined_us.iter_mut().chain(&mut self.of_orders.first_order_us) {
            column.resize(self.ids.len(), i64::MAX);
        }
        Ok(merged)
    }

    /// What metrics take from tables: the members table stands in place of what the orders say of their customers.
    fn derive(&mut self) {
        let least = |field: TableField| {
            let members = self.table(TableKind::Members)?;
            least(members, TableField::CustomerId, field, self.ids.len())
        };
        let joined_us = least(TableField::JoinedAt).or_else(|| self.of_orders.joined_us.clone());
        let first_order_us = least(TableField::FirstOrderAt).or_else(|| self.of_orders.first_order_us.clone());
        self.joined_us = joined_us;
        self.first_order_us = first_order_us;
        self.referrals = self.table(TableKind::Referrals).map(|table| self.resolve(table));
    }

    /// One inviter per invitee: of the earliest invitation, of several at once the least id. Nobody invites themselves.
    fn resolve(&self, table: &Table) -> Vec<Option<Referral>> {
        let mut referrals: Vec<Option<Referral>> = vec![None; self.ids.len()];
        let (Some(inviters), Some(invitees), Some(invited)) =
            (table.people(TableField::InviterId), table.people(TableField::InviteeId), table.times_us(TableField::InvitedAt))
        else {
            return referrals;
        };
        for ((&inviter, &invitee), &invited_us) in inviters.iter().zip(invitees).zip(invited) {
            let Some(slot) = referrals.get_mut(invitee as usize).filter(|_| inviter != invitee && inviter != NONE) else {
                continue;
            };
            let key = |referral: &Referral| (referral.invited_us, self.ids.get(referral.inviter));
            let referral = Referral { inviter, invited_us };
            if slot.as_ref().is_none_or(|found| key(&referral) < key(found)) {
                *slot = Some(referral);
            }
        }
        referrals
    }
}

/// The least instant of each customer, `i64::MAX` where there is none; `None` without the column.
fn least(table: &Table, person: TableField, time: TableField, customers: usize) -> Option<Vec<i64>> {
    let mut least = vec![i64::MAX; customers];
    for (&person, &time) in table.people(person)?.iter().zip(table.times_us(time)?) {
        if let Some(slot) = least.get_mut(person as usize) {
            *slot = time.min(*slot);
        }
    }
    Some(least)
}
