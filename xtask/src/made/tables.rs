//! The world as tables: orders, pickups, members, referrals, touches, spend, interactions.
//!
//! In: a [`World`]. Out: one Arrow IPC file each, with the columns `docs/sample-data.md` lists. The files are what exports look like, not what
//! the generator knows: repeated rows, cancelled attempts and orders without a customer are in them.

use std::path::Path;

use super::Result;
use super::columns::Columns;
use super::plan::{
    CAC, CATEGORIES, CHANNEL_SHARE, CHANNELS, DUPLICATE, END, FULFILMENTS, N_MONTHS, N_STORES, STATUSES, coupon_labels,
    month_start, staff_labels, staff_of, store_label,
};
use super::random::Random;
use super::world::{Guest, Order, Referral, World};

/// Rows of the orders file, and how many of them are there twice.
pub(super) struct OrderRows {
    /// By time; the order id is `FIRST_ORDER_ID` plus the position of its first row.
    pub(super) rows: Vec<(i32, Order)>,
    pub(super) duplicates: usize,
}

const FIRST_ORDER_ID: i32 = 10_000_001;

/// Every recorded order by time, some exported twice.
pub(super) fn order_rows(world: &World) -> OrderRows {
    let mut random = Random::stream(2);
    let known = world.people.iter().flat_map(|person| &person.orders);
    let mut orders: Vec<Order> = known.chain(&world.anonymous).copied().collect();
    orders.sort_by_key(|order| (order.at, order.person, order.amount));
    let mut rows = Vec::with_capacity(orders.len());
    for (position, order) in orders.into_iter().enumerate() {
        let id = FIRST_ORDER_ID + position as i32;
        rows.push((id, order));
        if random.chance(DUPLICATE) && order.at + 30 < END {
            // Exported again a little later, half of them with a corrected amount: the first row counts.
            let corrected = order.amount + if random.chance(0.5) { 100 } else { 0 };
            rows.push((id, Order { at: order.at + 30, amount: corrected, ..order }));
        }
    }
    let duplicates = rows.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
    OrderRows { rows, duplicates }
}

/// Writes every table into `folder`.
pub(super) fn write(world: &World, orders: &OrderRows, folder: &Path) -> Result<()> {
    write_orders(world, orders, &folder.join("orders.arrow"))?;
    write_pickups(orders, &folder.join("pickups.arrow"))?;
    write_members(world, &folder.join("members.arrow"))?;
    write_referrals(world, &folder.join("referrals.arrow"))?;
    write_touches(world, orders, &folder.join("touches.arrow"))?;
    write_spend(world, &folder.join("spend.arrow"))?;
    write_interactions(world, &folder.join("interactions.arrow"))
}

/// `C000001` …
pub(super) fn customer_label(person: usize) -> String {
    format!("C{:06}", person + 1)
}

fn store_labels() -> Vec<String> {
    (0..N_STORES).map(store_label).collect()
}

fn write_orders(world: &World, orders: &OrderRows, path: &Path) -> Result<()> {
    let rows = || orders.rows.iter().map(|(_, order)| order);
    let person = |order: &Order| order.person.map(|person| &world.people[person]);
    let categories: Vec<&str> = CATEGORIES.iter().map(|&(name, _, _)| name).collect();
    Columns::default()
        .integers("order_id", orders.rows.iter().map(|&(id, _)| Some(id)))
        .ids("customer_id", customer_label, rows().map(|order| order.person))?
        .times("ordered_at", rows().map(|order| Some(order.at)))
        .money("amount", rows().map(|order| Some(order.amount)))
        .money("refund_amount", rows().map(|order| Some(order.refund)))
        .labels("status", &STATUSES, rows().map(|order| Some(order.status)))?
        .labels("store_id", &store_labels(), rows().map(|order| Some(order.store)))?
        .labels("channel", &CHANNELS, rows().map(|order| Some(order.channel)))?
        .labels("fulfilment", &FULFILMENTS, rows().map(|order| Some(order.fulfilment)))?
        .flags("is_presale", rows().map(|order| order.presale))
        .labels("category", &categories, rows().map(|order| Some(order.category)))?
        .labels("staff_id", &staff_labels(), rows().map(|order| order.staff))?
        .labels("coupon_id", &coupon_labels(), rows().map(|order| order.coupon))?
        .ids("inviter_id", customer_label, rows().map(|order| person(order).and_then(|person| person.arrival.inviter)))?
        .dates("joined_at", rows().map(|order| person(order).and_then(|person| person.life.joined)))
        .write(path)
}

fn write_pickups(orders: &OrderRows, path: &Path) -> Result<()> {
    let promised = orders.rows.iter().filter_map(|&(id, order)| Some((id, order.pickup?)));
    let mut rows: Vec<_> = promised.collect();
    rows.dedup_by_key(|&mut (id, _)| id);
    Columns::default()
        .integers("order_id", rows.iter().map(|&(id, _)| Some(id)))
        .times("promised_from", rows.iter().map(|(_, pickup)| Some(pickup.promised_from)))
        .times("promised_to", rows.iter().map(|(_, pickup)| Some(pickup.promised_to)))
        .times("picked_up_at", rows.iter().map(|(_, pickup)| pickup.picked_up))
        .write(path)
}

fn write_members(world: &World, path: &Path) -> Result<()> {
    let people = world.people.iter().enumerate();
    let members: Vec<_> = people.filter_map(|(id, person)| Some((id, person, person.life.joined?))).collect();
    Columns::default()
        .ids("customer_id", customer_label, members.iter().map(|&(id, ..)| Some(id)))?
        .times("joined_at", members.iter().map(|&(.., joined)| Some(joined)))
        .times("left_at", members.iter().map(|(_, person, _)| person.life.left))
        .labels(
            "staff_id",
            &staff_labels(),
            members.iter().map(|(_, person, _)| Some(staff_of(person.arrival.store, person.arrival.channel))),
        )?
        .labels("source_store", &store_labels(), members.iter().map(|(_, person, _)| Some(person.arrival.store)))?
        .labels("source_channel", &CHANNELS, members.iter().map(|(_, person, _)| Some(person.arrival.channel)))?
        .write(path)
}

fn write_referrals(world: &World, path: &Path) -> Result<()> {
    // Leads are numbered on from far behind the last customer.
    const LEADS: usize = 1 << 40;
    let label = |code: usize| if code >= LEADS { format!("L{:06}", code - LEADS + 1) } else { customer_label(code) };
    let guest = |referral: &Referral| match referral.guest {
        Guest::Person(person) => person,
        Guest::Lead(lead) => LEADS + lead,
    };
    let rows = || world.referrals.iter();
    Columns::default()
        .ids("inviter_id", customer_label, rows().map(|referral| Some(referral.inviter)))?
        .ids("invitee_id", label, rows().map(|referral| Some(guest(referral))))?
        .times("invited_at", rows().map(|referral| Some(referral.at)))
        .times("accepted_at", rows().map(|referral| referral.accepted))
        .write(path)
}

fn write_touches(world: &World, orders: &OrderRows, path: &Path) -> Result<()> {
    let ids: std::collections::HashMap<_, _> =
        orders.rows.iter().rev().map(|(id, order)| ((order.person, order.at), *id)).collect();
    let people = world.people.iter().enumerate();
    let mut rows: Vec<_> =
        people.flat_map(|(id, person)| person.life.touches.iter().map(move |touch| (id, person, touch))).collect();
    rows.sort_by_key(|&(id, _, touch)| (touch.at, id));
    let order = |person: usize, redeemed: Option<i64>| redeemed.and_then(|at| ids.get(&(Some(person), at)).copied());
    Columns::default()
        .integers("touch_id", (1..=rows.len() as i32).map(Some))
        .ids("customer_id", customer_label, rows.iter().map(|&(id, ..)| Some(id)))?
        .times("sent_at", rows.iter().map(|(.., touch)| Some(touch.at)))
        .labels("channel", &["wecom_1v1", "wecom_group"], rows.iter().map(|(.., touch)| Some(usize::from(touch.coupon > 0))))?
        .labels(
            "staff_id",
            &staff_labels(),
            rows.iter().map(|(_, person, _)| Some(staff_of(person.arrival.store, person.arrival.channel))),
        )?
        .labels("coupon_id", &coupon_labels(), rows.iter().map(|(.., touch)| Some(touch.coupon)))?
        .times("expires_at", rows.iter().map(|(.., touch)| Some(touch.expires)))
        .times("redeemed_at", rows.iter().map(|(.., touch)| touch.redeemed))
        .integers("order_id", rows.iter().map(|&(id, _, touch)| order(id, touch.redeemed)))
        .flags("is_control", rows.iter().map(|(.., touch)| touch.is_control))
        .write(path)
}

/// Media and incentives by month and channel: planted cost of a new customer × those who came by themselves.
fn write_spend(world: &World, path: &Path) -> Result<()> {
    let rows: Vec<_> = spend(world).into_iter().enumerate().collect();
    let of = |cell: usize| (cell / 8, cell / 2 % 4, cell % 2);
    Columns::default()
        .dates("period_start", rows.iter().map(|&(cell, _)| Some(month_start(of(cell).0))))
        .labels("channel", &CHANNELS, rows.iter().map(|&(cell, _)| Some(of(cell).1)))?
        .labels("kind", &["media", "incentive"], rows.iter().map(|&(cell, _)| Some(of(cell).2)))?
        .money("amount", rows.iter().map(|&(_, minor)| Some(minor)))
        .write(path)
}

/// Minor units by month, channel and kind (media, incentive), the last running fastest.
pub(super) fn spend(world: &World) -> Vec<i64> {
    let mut cells = Vec::new();
    for month in 0..N_MONTHS {
        let cost = (0..month).fold(CAC.0, |cost, _| cost * (1.0 + CAC.1));
        for share in CHANNEL_SHARE {
            let total = cost * f64::from(world.uninvited[month]) * share;
            cells.extend([0.7, 0.3].map(|part| libm::round(total * part) as i64));
        }
    }
    cells
}

fn write_interactions(world: &World, path: &Path) -> Result<()> {
    let mut rows: Vec<_> = world.interactions.iter().collect();
    rows.sort_by_key(|interaction| (interaction.at, interaction.person));
    Columns::default()
        .ids("customer_id", customer_label, rows.iter().map(|row| Some(row.person)))?
        .times("at", rows.iter().map(|row| Some(row.at)))
        .labels("kind", &["review", "chat"], rows.iter().map(|row| Some(usize::from(row.rating.is_none()))))?
        .integers("rating", rows.iter().map(|row| row.rating.map(i32::from)))
        .labels("staff_id", &staff_labels(), rows.iter().map(|row| Some(row.staff)))?
        .write(path)
}
