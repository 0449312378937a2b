//! Tables beside orders from a small text table, or drawn: how tests of the loop are given members, touches and referrals.
//!
//! In: lines `member A 2025-01-05 10:00`, `touch A 2025-01-05 10:00` (with `held` behind it: control), `invite A B 2025-01-05 10:00`,
//! `spend 2025-01-01 700`, `interact A chat 2025-01-05 10:00`, local times at UTC+8.
//! Out: histories with those tables attached. A table that no line names is not there.

use std::collections::BTreeSet;

use feilun::history::{Histories, parse_date};
use feilun::ingest::{Dimension, Ids, LocalClock, Table, TableColumn};
use feilun::result::{TableField, TableKind, TableMapping, TableReport};

use crate::table::{DAY_US, OFFSET_MINUTES};

/// Rows of the tables, local times in microseconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    /// Customer, joined at.
    pub(crate) members: Vec<(String, i64)>,
    /// Customer, sent at, held back.
    pub(crate) touches: Vec<(String, i64, bool)>,
    /// Inviter, invitee, invited at.
    pub(crate) referrals: Vec<(String, String, i64)>,
    /// Day, minor units.
    pub(crate) spend: Vec<(i64, i64)>,
    /// Customer, kind, at.
    pub(crate) interactions: Vec<(String, String, i64)>,
}

impl Beside {
    /// The rows of a text table.
    pub(crate) fn of(text: &str) -> Self {
        let mut beside = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let at = |date: &str, time: &str| {
                let minutes: i64 = time.split(':').fold(0, |sum, part| sum * 60 + part.parse::<i64>().unwrap());
                i64::from(parse_date("date", date).unwrap()) * DAY_US + minutes * 60_000_000
            };
            match words[..] {
                ["member", who, date, time] => beside.members.push((who.into(), at(date, time))),
                ["touch", who, date, time] => beside.touches.push((who.into(), at(date, time), false)),
                ["touch", who, date, time, "held"] => beside.touches.push((who.into(), at(date, time), true)),
                ["invite", who, whom, date, time] => beside.referrals.push((who.into(), whom.into(), at(date, time))),
                ["spend", date, fen] => beside.spend.push((at(date, "00:00"), fen.parse().unwrap())),
                ["interact", who, kind, date, time] => beside.interactions.push((who.into(), kind.into(), at(date, time))),
                _ => panic!("`member`, `touch`, `invite`, `spend` or `interact`, found `{line}`"),
            }
        }
        beside
    }

    /// Attaches the tables that have rows.
    pub(crate) fn attach(&self, mut histories: Histories) -> Histories {
        use TableField::{
            Amount, At, CustomerId, InvitedAt, InviteeId, InviterId, IsControl, JoinedAt, Kind, PeriodStart, SentAt,
        };
        let names = |pick: fn(&(String, String, i64)) -> &String| self.referrals.iter().map(|row| pick(row).as_str()).collect();
        let members = [(CustomerId, self.members.iter().map(|row| row.0.as_str()).collect())];
        let touches = [(CustomerId, self.touches.iter().map(|row| row.0.as_str()).collect())];
        let referrals = [(InviterId, names(|row| &row.0)), (InviteeId, names(|row| &row.1))];
        let held_back = TableColumn::Flags(self.touches.iter().map(|row| row.2).collect());
        let spent = TableColumn::Money(self.spend.iter().map(|row| row.1).collect());
        let interactions = [(CustomerId, self.interactions.iter().map(|row| row.0.as_str()).collect())];
        let kinds: BTreeSet<&String> = self.interactions.iter().map(|row| &row.1).collect();
        let code = |kind: &String| kinds.iter().position(|known| *known == kind).unwrap() as u32;
        let codes = self.interactions.iter().map(|row| code(&row.1)).collect();
        let kinds = TableColumn::Labels(Dimension { codes, labels: kinds.iter().copied().cloned().collect() });
        let tables = [
            table(TableKind::Members, &members, JoinedAt, self.members.iter().map(|row| row.1), None),
            table(TableKind::Touches, &touches, SentAt, self.touches.iter().map(|row| row.1), Some((IsControl, held_back))),
            table(TableKind::Referrals, &referrals, InvitedAt, self.referrals.iter().map(|row| row.2), None),
            table(TableKind::Interactions, &interactions, At, self.interactions.iter().map(|row| row.2), Some((Kind, kinds))),
            table(TableKind::Spend, &[], PeriodStart, self.spend.iter().map(|row| row.0), Some((Amount, spent))),
        ];
        for table in tables.into_iter().filter(|table| table.rows > 0) {
            histories.attach(table).unwrap();
        }
        histories
    }
}

fn table(
    kind: TableKind,
    people: &[(TableField, Vec<&str>)],
    time: TableField,
    local_us: impl Iterator<Item = i64>,
    more: Option<(TableField, TableColumn)>,
) -> Table {
    let mut ids = Ids::default();
    let mut known: Vec<&str> = Vec::new();
    let mut columns = Vec::new();
    for (field, names) in people {
        let intern = |name| {
            known.iter().position(|&one| one == name).unwrap_or_else(|| {
                known.push(name);
                ids.push(name.as_bytes()) as usize
            }) as u32
        };
        columns.push((*field, TableColumn::People(names.iter().copied().map(intern).collect())));
    }
    let clock = LocalClock::fixed(OFFSET_MINUTES);
    let time_us: Vec<i64> = local_us.map(|at| at - i64::from(OFFSET_MINUTES) * 60_000_000).collect();
    let (rows, day) = (time_us.len(), time_us.iter().map(|&at| clock.day(at)).collect());
    columns.push((time, TableColumn::Times { time_us, day }));
    columns.extend(more);
    let report = TableReport {
        table: kind,
        files: Vec::new(),
        rows_read: rows as u32,
        rows_used: rows as u32,
        set_aside: Vec::new(),
        rounded_amounts: 0,
        ignored_times: 0,
        bytes_read: 0,
        mapping: TableMapping::default(),
        pii_columns_ignored: Vec::new(),
    };
    Table { kind, rows, ids, columns, report }
}
