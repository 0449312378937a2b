//! The rows of the referrals table: which of them are invitations, and what became of each.
//!
//! An invitation goes to somebody else, before their first purchase. Of several invitations of one person only the resolved one
//! ([`Histories::referrals`](crate::history::Histories::referrals)) brings them; the others were sent all the same.

use crate::history::View;
use crate::ingest::Table;
use crate::result::{ReferralCounts, TableField, TableKind};

use super::referral::Referrals;

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Invitation {
    pub inviter: u32,
    pub invitee: u32,
    pub invited_us: i64,
}

/// The rows of a referrals table.
pub(super) fn sent(table: &Table) -> impl Iterator<Item = Invitation> + '_ {
    let people = |field| table.people(field).unwrap_or(&[]).iter().copied();
    let times = table.times_us(TableField::InvitedAt).unwrap_or(&[]).iter().copied();
    let rows = people(TableField::InviterId).zip(people(TableField::InviteeId)).zip(times);
    rows.map(|((inviter, invitee), invited_us)| Invitation { inviter, invitee, invited_us })
}

/// What became of the rows before the end of the observation; `None` without the table.
pub(super) fn counts(view: &View<'_>, referrals: &Referrals<'_>) -> Option<ReferralCounts> {
    let table = view.histories.table(TableKind::Referrals)?;
    let resolved = view.histories.referrals.as_deref().unwrap_or(&[]);
    let end_us = view.histories.clock.day_start_us(view.end_day);
    let mut taken = vec![false; view.n_customers()];
    let mut counts = ReferralCounts::default();
    for row in sent(table).filter(|row| row.invited_us < end_us) {
        let invitee = row.invitee as usize;
        let (person, chosen) = (referrals.person(row.invitee), resolved.get(invitee).copied().flatten());
        let is_chosen = chosen.is_some_and(|chosen| (chosen.inviter, chosen.invited_us) == (row.inviter, row.invited_us));
        let fate = if row.inviter == row.invitee {
            &mut counts.self_referrals
        } else if person.is_some_and(|person| row.invited_us > person.first_us) {
            &mut counts.late_referrals
        } else if !is_chosen || std::mem::replace(&mut taken[invitee], true) {
            &mut counts.superseded
        } else if person.is_some() {
            &mut counts.effective
        } else {
            &mut counts.unanswered
        };
        *fate += 1;
        counts.rows += 1;
    }
    Some(counts)
}
