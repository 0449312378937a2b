//! What stores do for customers: orders met in the community, pickups in time, ratings.

use crate::history::View;
use crate::ingest::{NONE, TableColumn};
use crate::result::{MetricStatus, TableField, TableKind, Unit};

use super::metric::{Tally, Timed, blank, needs};
use super::people::DAY_US;
use super::periods::Periods;

/// Days after the promised end from which a pickup is a no-show.
const NO_SHOW_DAYS: u32 = 3;
/// Ratings from which a customer is satisfied.
const SATISFIED: u8 = 4;

/// How an order reached its customer, by what its label is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Pickup,
    InStore,
    Other,
}

impl Way {
    fn of(label: &str) -> Self {
        let name: String = label.to_lowercase().chars().filter(|c| !c.is_whitespace() && !['_', '-'].contains(c)).collect();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["pickup", "clickandcollect", "自提"]) {
            Self::Pickup
        } else if has(&["instore", "到店", "门店", "店内", "堂食", "线下"]) {
            Self::InStore
        } else {
            Self::Other
        }
    }
}

/// The way of each label of the fulfilment column; `None` where it is not mapped.
fn ways(view: &View<'_>) -> Option<Vec<Way>> {
    Some(view.histories.dimension("fulfilment")?.labels.iter().map(|label| Way::of(label)).collect())
}

/// Which orders are pickups: those whose fulfilment says so; all of them where no column does.
pub(super) struct Pickups<'a>(Option<(&'a [u32], Vec<Way>)>);

impl<'a> Pickups<'a> {
    pub(super) fn of(view: &View<'a>) -> Self {
        let column = view.histories.dimension("fulfilment");
        Self(column.zip(ways(view)).map(|(column, ways)| (column.codes.as_slice(), ways)))
    }

    pub(super) fn has(&self, row: usize) -> bool {
        self.0.as_ref().is_none_or(|(codes, ways)| ways.get(codes[row] as usize) == Some(&Way::Pickup))
    }
}

/// Rows of all orders looked at.
fn orders<'a>(view: &'a View<'_>) -> impl Iterator<Item = usize> + 'a {
    (0..view.n_customers()).flat_map(|customer| view.orders(customer))
}

/// Share of the orders of t that were picked up or bought in a store.
pub(super) fn community(view: &View<'_>, periods: &Periods) -> Timed {
    share_of_ways("community_share", &[Way::Pickup, Way::InStore], view, periods)
}

/// Share of the orders of t that were picked up.
pub(super) fn pickup_rate(view: &View<'_>, periods: &Periods) -> Timed {
    share_of_ways("pickup_rate", &[Way::Pickup], view, periods)
}

fn share_of_ways(id: &str, wanted: &[Way], view: &View<'_>, periods: &Periods) -> Timed {
    let (Some(column), Some(ways)) = (view.histories.dimension("fulfilment"), ways(view)) else {
        return needs(id, Unit::Share, "orders.fulfilment").into();
    };
    if ways.iter().all(|&way| way == Way::Other) {
        return blank(id, Unit::Share, MetricStatus::Insufficient)
            .noted("履约方式中没有“自提”或“到店”", "no label of the fulfilment column says pickup or in store")
            .into();
    }
    let mut tally = Tally::new(periods);
    for row in orders(view) {
        let Some(period) = periods.index(view.histories.day[row]) else { continue };
        tally.den[period] += 1;
        let way = ways.get(column.codes[row] as usize).filter(|_| column.codes[row] != NONE);
        tally.num[period] += i64::from(way.is_some_and(|way| wanted.contains(way)));
    }
    Timed::of(id, Unit::Share, tally.series(periods, 0, periods.after(0)))
}

/// Pickups due in t: the share picked up by the promised end, and the share not picked up days later.
pub(super) fn pickups(view: &View<'_>, periods: &Periods) -> [Timed; 2] {
    const IDS: [&str; 2] = ["pickup_on_time", "no_show"];
    let histories = view.histories;
    let Some(promised) = &histories.promised_to_us else {
        return IDS.map(|id| needs(id, Unit::Share, "orders.promised_to").into());
    };
    let Some(picked) = &histories.picked_up_us else { return IDS.map(|id| needs(id, Unit::Share, "orders.picked_up_at").into()) };
    let pickups = Pickups::of(view);
    let (mut on_time, mut missed) = (Tally::new(periods), Tally::new(periods));
    for row in orders(view).filter(|&row| promised[row] != i64::MAX && pickups.has(row)) {
        let Some(period) = periods.index(histories.clock.day(promised[row])) else { continue };
        on_time.den[period] += 1;
        missed.den[period] += 1;
        on_time.num[period] += i64::from(picked[row] <= promised[row]);
        missed.num[period] += i64::from(picked[row] > promised[row].saturating_add(i64::from(NO_SHOW_DAYS) * DAY_US));
    }
    [(on_time, 0, IDS[0]), (missed, NO_SHOW_DAYS, IDS[1])]
        .map(|(tally, days, id)| Timed::of(id, Unit::Share, tally.series(periods, 0, periods.after(days))))
}

/// Share of the ratings of t of at least 4.
pub(super) fn satisfied(view: &View<'_>, periods: &Periods) -> Timed {
    const ID: &str = "satisfied_share";
    let Some(table) = view.histories.table(TableKind::Interactions) else { return needs(ID, Unit::Share, "interactions").into() };
    let (Some(TableColumn::Ratings(ratings)), Some(days)) = (table.column(TableField::Rating), table.days(TableField::At)) else {
        return needs(ID, Unit::Share, "interactions.rating").into();
    };
    let mut tally = Tally::new(periods);
    for (&rating, &day) in ratings.iter().zip(days).filter(|&(&rating, _)| rating > 0) {
        let Some(period) = periods.index(day) else { continue };
        tally.den[period] += 1;
        tally.num[period] += i64::from(rating >= SATISFIED);
    }
    Timed::of(ID, Unit::Share, tally.series(periods, 0, periods.after(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_by_what_they_say() {
        for (label, way) in [
            ("pickup", Way::Pickup),
            ("Self_Pickup", Way::Pickup),
            ("门店自提", Way::Pickup),
            ("in_store", Way::InStore),
            ("In Store", Way::InStore),
            ("到店", Way::InStore),
            ("delivery", Way::Other),
            ("门", Way::Other),
            ("", Way::Other),
        ] {
            assert_eq!(Way::of(label), way, "{label}");
        }
    }
}
