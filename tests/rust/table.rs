//! Histories from a small text table, the one way in which tests of metrics are given their data.
//!
//! In: lines `customer date time fen` with local times, and where needed `inviter=`, `cost=`, `refund=`, `joined=2025-01-05`, `first=`, `promised=` and
//! `picked=2025-01-05T18:00`, and any other `name=label` as a dimension, `store=` and `staff=` being those of the roles.
//! Out: [`Histories`] as ingest and history would build them, local times read at UTC+8.

use std::collections::BTreeSet;

use feilun::history::{Histories, build, parse_date};
use feilun::ingest::{Dimension, LocalClock, NONE, NamedDimension, Orders};
use feilun::result::{Filter, LocalTimeNote, Role};

/// Offset of the local times in a table.
pub(crate) const OFFSET_MINUTES: i32 = 480;
/// Microseconds of a day.
pub(crate) const DAY_US: i64 = 86_400_000_000;

/// One order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Customer id.
    pub(crate) customer: String,
    /// Wall-clock time in microseconds since 1970-01-01 00:00.
    pub(crate) local_us: i64,
    /// Amount minus refund.
    pub(crate) net_minor: i64,
    /// Labels by dimension.
    pub(crate) labels: Vec<(String, String)>,
    /// Customer id of the inviter, if given.
    pub(crate) inviter: Option<String>,
    /// Wall-clock times beside the order's own.
    pub(crate) instants: Vec<(Role, i64)>,
    /// What the goods cost, if given.
    pub(crate) cost_minor: Option<i64>,
    /// What was refunded, if given; the net is less this already.
    pub(crate) refund_minor: Option<i64>,
}

/// The rows of a table; empty lines are left out.
pub(crate) fn rows(table: &str) -> Vec<Row> {
    table.lines().map(str::trim).filter(|line| !line.is_empty()).map(row).collect()
}

fn row(line: &str) -> Row {
    let mut words = line.split_whitespace();
    let mut next = || words.next().unwrap_or_else(|| panic!("`customer date time fen`, found `{line}`"));
    let (customer, date, time, fen) = (next(), next(), next(), next());
    let at = |date: &str, time: &str| {
        let minutes: i64 = time.split(':').fold(0, |sum, part| sum * 60 + part.parse::<i64>().unwrap());
        i64::from(parse_date("date", date).unwrap()) * DAY_US + minutes * 60_000_000
    };
    let moment = |text: &str| text.split_once('T').map_or_else(|| at(text, "00:00"), |(date, time)| at(date, time));
    let mut row =
        Row { customer: customer.to_owned(), local_us: at(date, time), net_minor: fen.parse().unwrap(), ..Row::default() };
    for word in words {
        match word.split_once('=').unwrap_or_else(|| panic!("`name=value`, found `{word}`")) {
            ("inviter", value) => row.inviter = Some(value.to_owned()),
            ("cost", value) => row.cost_minor = Some(value.parse().unwrap()),
            ("refund", value) => row.refund_minor = Some(value.parse().unwrap()),
            ("joined", value) => row.instants.push((Role::JoinedAt, moment(value))),
            ("first", value) => row.instants.push((Role::FirstOrderAt, moment(value))),
            ("promised", value) => row.instants.push((Role::PromisedTo, moment(value))),
            ("picked", value) => row.instants.push((Role::PickedUpAt, moment(value))),
            (name @ ("store" | "staff"), value) => row.labels.push((format!("{name}_id"), value.to_owned())),
            (name, value) => row.labels.push((name.to_owned(), value.to_owned())),
        }
    }
    row
}

/// Histories of a table, local days at UTC+8.
pub(crate) fn histories(table: &str) -> Histories {
    histories_of(&rows(table), OFFSET_MINUTES)
}

/// Histories of rows whose instants (local times read at UTC+8) become local days at another offset.
pub(crate) fn histories_of(rows: &[Row], offset_minutes: i32) -> Histories {
    build(orders(rows, offset_minutes)).unwrap()
}

/// The rows as ingest would hand them on. A column that no row has is not mapped.
pub(crate) fn orders(rows: &[Row], offset_minutes: i32) -> Orders {
    let instant = |local_us: i64| local_us - i64::from(OFFSET_MINUTES) * 60_000_000;
    let mut clock = LocalClock::fixed(offset_minutes);
    clock.note = Some(LocalTimeNote { utc_offset_minutes: Some(offset_minutes), time_zone: None, wall_clock: false });
    let mut orders = Orders { dimensions: dimensions(rows), clock, ..Orders::default() };
    let mut names: Vec<&str> = Vec::new();
    let mut intern = |name| match names.iter().position(|&known| known == name) {
        Some(idx) => idx as u32,
        None => {
            names.push(name);
            orders.ids.push(name.as_bytes())
        }
    };
    let mut inviters = Vec::new();
    for row in rows {
        orders.customer_idx.push(intern(&row.customer));
        inviters.push(row.inviter.as_deref().map_or(NONE, &mut intern));
        orders.time_us.push(instant(row.local_us));
        orders.day.push(orders.clock.day(instant(row.local_us)));
        orders.net_minor.push(row.net_minor);
    }
    orders.inviter_idx = rows.iter().any(|row| row.inviter.is_some()).then_some(inviters);
    let known = |role: Role| rows.iter().any(|row| row.instants.iter().any(|(of, _)| *of == role));
    let of = |row: &Row, role: Role| {
        row.instants.iter().find(|(of, _)| *of == role).map_or(i64::MAX, |&(_, local_us)| instant(local_us))
    };
    let of_orders = |role: Role| known(role).then(|| rows.iter().map(|row| of(row, role)).collect());
    let of_customers = |role: Role| {
        let mut least = vec![i64::MAX; orders.ids.len()];
        for (row, &customer) in rows.iter().zip(&orders.customer_idx) {
            let slot = &mut least[customer as usize];
            *slot = of(row, role).min(*slot);
        }
        known(role).then_some(least)
    };
    let refunded = || rows.iter().map(|row| row.refund_minor.is_some_and(|refund| refund > 0)).collect();
    let cost = || rows.iter().map(|row| row.cost_minor.unwrap_or(i64::MAX)).collect();
    Orders {
        joined_us: of_customers(Role::JoinedAt),
        first_order_us: of_customers(Role::FirstOrderAt),
        promised_to_us: of_orders(Role::PromisedTo),
        picked_up_us: of_orders(Role::PickedUpAt),
        cost_minor: rows.iter().any(|row| row.cost_minor.is_some()).then(cost),
        refunded: rows.iter().any(|row| row.refund_minor.is_some()).then(refunded),
        ..orders
    }
}

/// Roles in their order, then the others by name.
fn dimensions(rows: &[Row]) -> Vec<NamedDimension> {
    let names: BTreeSet<&str> = rows.iter().flat_map(|row| row.labels.iter().map(|(name, _)| name.as_str())).collect();
    let role = |name: &str| Role::DIMENSIONS.iter().position(|role| role.name() == name).unwrap_or(usize::MAX);
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_key(|name| role(name));
    names.into_iter().map(|key| NamedDimension { key: key.to_owned(), dimension: dimension(rows, key) }).collect()
}

fn dimension(rows: &[Row], key: &str) -> Dimension {
    let label = |row: &Row| row.labels.iter().find(|(name, _)| name == key).map(|(_, label)| label.clone());
    let labels: BTreeSet<String> = rows.iter().filter_map(label).collect();
    let labels: Vec<String> = labels.into_iter().collect();
    let code = |row| label(row).map_or(NONE, |wanted| labels.iter().position(|known| *known == wanted).unwrap() as u32);
    Dimension { codes: rows.iter().map(code).collect(), labels: labels.clone() }
}

/// A filter of one label.
pub(crate) fn only(key: &str, label: &str) -> Filter {
    Filter { only: [(key.to_owned(), vec![label.to_owned()])].into(), ..Filter::default() }
}

/// The golden fixture of docs/metrics.md.
pub(crate) const GOLDEN: &str = "
    A 2025-01-05 10:00 1000
    A 2025-02-10 10:00 1500
    A 2025-03-15 10:00  500
    B 2025-01-31 23:30 2000
    B 2025-02-01 00:10 2000
    C 2025-01-20 09:00 3000
    C 2025-03-02 09:00 4000
    D 2025-02-14 12:00  800
    D 2025-03-31 23:59  800
    E 2025-02-20 12:00  600
    F 2025-03-10 08:00 1200
    F 2025-03-11 08:00 1200
";

#[test]
fn a_table_becomes_histories() {
    let histories = histories("b 2025-01-05 00:30 7 inviter=c store=S\n a 2025-01-04 10:00 -3 joined=2025-01-02");
    assert_eq!(histories.offsets, [0, 1, 1, 2]);
    assert_eq!((histories.first_day, histories.end_day), (20_092, 20_094));
    assert_eq!(histories.inviter_idx, Some(vec![1, NONE]));
    assert_eq!(histories.dimension("store_id").unwrap().codes, [0, NONE]);
    assert_eq!(histories.joined_us.as_ref().unwrap()[..], [i64::MAX, i64::MAX, (20_090 * 24 - 8) * 3_600_000_000]);
    assert_eq!(histories.summary().orders, 2);
}
