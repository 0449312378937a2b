//! Friend requests and what becomes of them, by the kinds of the interactions.

use crate::flywheel::metric::{Tally, Timed, blank, needs};
use crate::flywheel::people::DAY_US;
use crate::flywheel::periods::Periods;
use crate::history::View;
use crate::ingest::NONE;
use crate::result::{MetricStatus, TableField, TableKind, Unit};

const ID: &str = "friend_accept_rate";
/// Days in which a request is answered.
const DAYS: u32 = 7;

/// What a kind of interaction is called when it is about becoming friends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Request,
    Accept,
}

impl Kind {
    fn of(label: &str) -> Option<Self> {
        let name = label.to_lowercase();
        let has = |words: [&str; 2]| words.iter().any(|word| name.contains(word));
        match (has(["friend", "好友"]), has(["accept", "通过"]), has(["request", "申请"])) {
            (true, true, _) => Some(Self::Accept),
            (true, false, true) => Some(Self::Request),
            _ => None,
        }
    }
}

/// Share of the friend requests of t that the customer accepted within 7 days and before the next request.
pub(super) fn accepted(view: &View<'_>, periods: &Periods) -> Timed {
    let Some(table) = view.histories.table(TableKind::Interactions) else { return needs(ID, Unit::Share, "interactions").into() };
    let times = table.times_us(TableField::At).zip(table.days(TableField::At));
    let columns = (table.people(TableField::CustomerId), times, table.labels(TableField::Kind));
    let (Some(people), Some((times, days)), Some(kinds)) = columns else {
        return needs(ID, Unit::Share, "interactions.kind").into();
    };
    let of_label: Vec<Option<Kind>> = kinds.labels.iter().map(|label| Kind::of(label)).collect();
    if !of_label.contains(&Some(Kind::Request)) {
        let none = blank(ID, Unit::Share, MetricStatus::Insufficient);
        return none.noted("互动类型中没有“好友申请”", "no kind of interaction says friend request").into();
    }
    let mut rows: Vec<(u32, i64, Kind, i32)> = Vec::new();
    for (row, &customer) in people.iter().enumerate().filter(|&(row, &customer)| customer != NONE && days[row] < periods.end_day)
    {
        if let Some(kind) = of_label.get(kinds.codes[row] as usize).copied().flatten() {
            rows.push((customer, times[row], kind, days[row]));
        }
    }
    // A request comes before an acceptance of the same instant.
    rows.sort_unstable();
    let mut tally = Tally::new(periods);
    for (at, &(customer, asked, _, day)) in rows.iter().enumerate().filter(|(_, row)| row.2 == Kind::Request) {
        let Some(period) = periods.index(day) else { continue };
        tally.den[period] += 1;
        let answer = rows.get(at + 1).filter(|next| next.0 == customer && next.2 == Kind::Accept);
        tally.num[period] += i64::from(answer.is_some_and(|&(_, answered, ..)| answered - asked < i64::from(DAYS) * DAY_US));
    }
    Timed::of(ID, Unit::Share, tally.series(periods, 0, periods.after(DAYS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_what_they_say() {
        for (label, kind) in [
            ("friend_request", Some(Kind::Request)),
            ("好友申请", Some(Kind::Request)),
            ("Friend Accepted", Some(Kind::Accept)),
            ("好友申请通过", Some(Kind::Accept)),
            ("chat", None),
            ("request", None),
            ("好友", None),
        ] {
            assert_eq!(Kind::of(label), kind, "{label}");
        }
    }
}
