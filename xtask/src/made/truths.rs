//! The realised truths: the metrics of docs/metrics.md, counted straight on the simulated people.
//!
//! In: a [`World`]. Out: `truths.json`: what was planted, and what the draws made of it. Nothing here goes through the crate, so that a test can
//! compare the two. An order counts when it was not cancelled and its net is over 0; joining counts from the start of its local day, as the
//! orders table says it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::plan::{
    BETTER_STORE, CANCELLED, CHANNELS, COMMUNITY_GROUP, DAY, END, N_MONTHS, N_STORES, SEED, month_label, month_of, month_start,
    planted, store_label,
};
use super::tables::{OrderRows, spend};
use super::world::{Guest, Order, Person, World};

/// Days in which each step must follow the one before: h12, h23, h34, h45, h56.
const HORIZONS: [i64; 5] = [30, 30, 60, 90, 30];
const LOOP: i64 = 240;

/// A ratio as its two counts.
#[derive(Clone, Copy, Default)]
struct Share {
    num: usize,
    den: usize,
}

impl Share {
    fn of<T>(items: &[T], holds: impl Fn(&T) -> bool) -> Self {
        Self { num: items.iter().filter(|item| holds(item)).count(), den: items.len() }
    }

    fn json(self) -> Value {
        json!({ "num": self.num, "den": self.den })
    }
}

/// A customer as the metrics see one: purchases, joining, who brought them.
struct Customer {
    person: usize,
    /// Times of purchases, ascending, never empty.
    bought: Vec<i64>,
    joined: i64,
    inviter: Option<usize>,
}

impl Customer {
    fn first(&self) -> i64 {
        self.bought[0]
    }

    fn cohort(&self) -> usize {
        month_of(self.first())
    }

    fn joined_in_time(&self) -> bool {
        self.joined < self.first() + HORIZONS[0] * DAY
    }

    fn repeats_within(&self, days: i64) -> bool {
        self.bought.get(1).is_some_and(|second| second - self.first() <= days * DAY)
    }

    fn active(&self, month: usize) -> bool {
        let from = self.bought.partition_point(|&at| at < month_start(month));
        self.bought.get(from).is_some_and(|&at| at < month_start(month + 1))
    }
}

fn counts(order: &Order) -> bool {
    order.status != CANCELLED && order.amount > order.refund
}

/// Customers with at least one purchase among the orders kept.
fn customers(world: &World, keep: impl Fn(&Order) -> bool) -> Vec<Customer> {
    let customer = |(person, known): (usize, &Person)| {
        let bought: Vec<i64> = known.orders.iter().filter(|order| counts(order) && keep(order)).map(|order| order.at).collect();
        let joined = known.life.joined.map_or(i64::MAX, |joined| joined.div_euclid(DAY) * DAY);
        (!bought.is_empty()).then_some(Customer { person, bought, joined, inviter: known.arrival.inviter })
    };
    world.people.iter().enumerate().filter_map(customer).collect()
}

fn by_cohort(customers: Vec<Customer>) -> Vec<Vec<Customer>> {
    let mut cohorts: Vec<Vec<Customer>> = (0..N_MONTHS).map(|_| Vec::new()).collect();
    for customer in customers {
        cohorts[customer.cohort()].push(customer);
    }
    cohorts
}

/// Whether a horizon has passed for everybody of a cohort.
fn mature(cohort: usize, days: i64) -> bool {
    month_start(cohort + 1) + days * DAY <= END
}

/// Everything as JSON.
pub(super) fn truths(world: &World, orders: &OrderRows) -> Value {
    let all = customers(world, |_| true);
    let n_customers = all.len();
    let growth = growth(world, &all);
    let cycle = cycle_days(&all);
    let cohorts = by_cohort(all);
    json!({
        "about": "Synthetic: a made community retailer. `planted` are the generator's parameters, `realised` what its draws came to, counted on its \
                  simulated people under the definitions of docs/metrics.md. Months and days are local (UTC+8); money is in minor units.",
        "seed": SEED,
        "utc_offset_minutes": 480,
        "rows": rows(orders, n_customers),
        "planted": planted(),
        "realised": {
            "cohorts": loop_by_cohort(world, &cohorts),
            "growth": growth,
            "cycle_time_median_days": cycle,
            "leak": { "channel": CHANNELS[COMMUNITY_GROUP], "precipitation_by_cohort": precipitation(world, COMMUNITY_GROUP) },
            "stores": (0..N_STORES).map(|store| repeat_of_store(world, store)).collect::<Vec<_>>(),
            "better_store": store_label(BETTER_STORE),
            "campaigns": campaigns(world),
        },
    })
}

fn rows(orders: &OrderRows, n_customers: usize) -> Value {
    let kept: Vec<&Order> = orders.rows.chunk_by(|a, b| a.0 == b.0).map(|same| &same[0].1).collect();
    let anonymous: Vec<_> = kept.iter().filter(|order| order.person.is_none()).collect();
    let valid: Vec<_> = kept.iter().filter(|order| order.person.is_some() && order.status != CANCELLED).collect();
    let net = |order: &Order| order.amount - order.refund;
    json!({
        "read": orders.rows.len(),
        "duplicate": orders.duplicates,
        "anonymous": anonymous.len(),
        "cancelled": kept.iter().filter(|order| order.person.is_some() && order.status == CANCELLED).count(),
        "valid": valid.len(),
        "valid_net_minor": valid.iter().map(|order| net(order)).sum::<i64>(),
        "customers": n_customers,
    })
}

/// Who invited whom by the referral rule: per invitee the earliest invitation, none after the first purchase.
fn effective(world: &World, first: &HashMap<usize, i64>) -> HashMap<usize, (usize, i64)> {
    let mut inviters: HashMap<usize, (usize, i64)> = HashMap::new();
    // Referrals ascend by time, then inviter.
    for referral in &world.referrals {
        let Guest::Person(guest) = referral.guest else { continue };
        if first.get(&guest).is_some_and(|&first| referral.at <= first) {
            inviters.entry(guest).or_insert((referral.inviter, referral.at));
        }
    }
    inviters
}

/// When an invitation was sent, and the first purchase of the guest if it was effective.
type Invitation = (i64, Option<i64>);

/// Every customer's invitations.
fn invitations(world: &World, first: &HashMap<usize, i64>) -> HashMap<usize, Vec<Invitation>> {
    let inviters = effective(world, first);
    let mut sent: HashMap<usize, Vec<Invitation>> = HashMap::new();
    for referral in &world.referrals {
        let bought = match referral.guest {
            Guest::Lead(_) => None,
            Guest::Person(guest) => match (first.get(&guest), inviters.get(&guest)) {
                (Some(&bought), _) if referral.at > bought => continue,
                (Some(&bought), Some(&chosen)) if chosen == (referral.inviter, referral.at) => Some(bought),
                _ => None,
            },
        };
        sent.entry(referral.inviter).or_default().push((referral.at, bought));
    }
    sent
}

fn loop_by_cohort(world: &World, cohorts: &[Vec<Customer>]) -> Vec<Value> {
    let first: HashMap<usize, i64> = cohorts.iter().flatten().map(|customer| (customer.person, customer.first())).collect();
    let sent = invitations(world, &first);
    let mut brought: HashMap<usize, Vec<i64>> = HashMap::new();
    for customer in cohorts.iter().flatten() {
        if let Some(inviter) = customer.inviter {
            brought.entry(inviter).or_default().push(customer.first());
        }
    }
    let none = Vec::new();
    let cohort = |(cohort, members): (usize, &Vec<Customer>)| {
        let active: Vec<usize> =
            (cohort..N_MONTHS).map(|month| Share::of(members, |customer| customer.active(month)).num).collect();
        let within_loop = |customer: &Customer| {
            let guests = brought.get(&customer.person).unwrap_or(&none);
            guests.iter().filter(|&&guest| guest < customer.first() + LOOP * DAY).count()
        };
        json!({
            "cohort": month_label(cohort),
            "n_customers": members.len(),
            "active_by_month": active,
            "precipitation_30": Share::of(members, Customer::joined_in_time).json(),
            "precipitation_mature": mature(cohort, HORIZONS[0]),
            "repeat_30": Share::of(members, |customer| customer.repeats_within(30)).json(),
            "repeat_60": Share::of(members, |customer| customer.repeats_within(60)).json(),
            "repeat_60_mature": mature(cohort, 60),
            "chain": chain(world, members, &sent),
            "gain_total": { "num": members.iter().map(within_loop).sum::<usize>(), "den": members.len() },
            "loop_mature": mature(cohort, LOOP),
        })
    };
    cohorts.iter().enumerate().map(cohort).collect()
}

/// Q1 … Q6 of a cohort: each step within its horizon after the one before, per customer.
fn chain(world: &World, members: &[Customer], sent: &HashMap<usize, Vec<Invitation>>) -> [usize; 6] {
    let mut sizes = [members.len(), 0, 0, 0, 0, 0];
    for customer in members.iter().filter(|customer| customer.joined_in_time()) {
        sizes[1] += 1;
        let joined = customer.joined.max(customer.first());
        let until = |from: i64, step: usize| from..from + HORIZONS[step] * DAY;
        let touches = world.people[customer.person].life.touches.iter().filter(|touch| !touch.is_control);
        let Some(touched) = touches.map(|touch| touch.at).find(|at| until(joined, 1).contains(at)) else { continue };
        sizes[2] += 1;
        let Some(&again) = customer.bought[1..].iter().find(|&at| until(touched, 2).contains(at)) else { continue };
        sizes[3] += 1;
        let invites = sent.get(&customer.person).into_iter().flatten();
        let invites: Vec<&Invitation> = invites.filter(|(at, _)| until(again, 3).contains(at)).collect();
        sizes[4] += usize::from(!invites.is_empty());
        sizes[5] += invites.iter().filter(|(at, bought)| bought.is_some_and(|bought| bought < at + HORIZONS[4] * DAY)).count();
    }
    sizes
}

/// Customers of each month by what they did in it and in the one before.
fn growth(world: &World, customers: &[Customer]) -> Vec<Value> {
    let active: Vec<Vec<bool>> =
        customers.iter().map(|customer| (0..N_MONTHS).map(|month| customer.active(month)).collect()).collect();
    let net = |month: usize| -> i64 {
        let orders = world.people.iter().flat_map(|person| &person.orders);
        orders
            .filter(|order| order.status != CANCELLED && month_of(order.at) == month)
            .map(|order| order.amount - order.refund)
            .sum()
    };
    let cells = spend(world);
    let month = |month: usize| {
        let count = |wanted: (bool, bool, bool)| {
            let state = |idx: usize| (active[idx][month], month > 0 && active[idx][month - 1], customers[idx].cohort() < month);
            (0..customers.len()).filter(|&idx| state(idx) == wanted).count()
        };
        let new: Vec<&Customer> = customers.iter().filter(|customer| customer.cohort() == month).collect();
        json!({
            "month": month_label(month),
            "new": new.len(),
            "invited": new.iter().filter(|customer| customer.inviter.is_some()).count(),
            "retained": count((true, true, true)),
            "resurrected": count((true, false, true)),
            "churned": count((false, true, true)),
            "dormant": count((false, false, true)),
            "net_minor": net(month),
            "spend_minor": cells[month * 8..month * 8 + 8].iter().sum::<i64>(),
        })
    };
    (0..N_MONTHS).map(month).collect()
}

/// Median days from the inviter's first purchase to the invited customer's.
fn cycle_days(customers: &[Customer]) -> f64 {
    let first: HashMap<usize, i64> = customers.iter().map(|customer| (customer.person, customer.first())).collect();
    let wait = |customer: &Customer| Some(customer.first() - first.get(&customer.inviter?)?);
    let mut waits: Vec<i64> = customers.iter().filter_map(wait).collect();
    waits.sort_unstable();
    let middle = waits.len() / 2;
    let sum = if waits.len() % 2 == 1 { waits[middle] * 2 } else { waits[middle - 1] + waits[middle] };
    sum as f64 / 2.0 / DAY as f64
}

/// p12 by cohort as seen in one channel's orders alone.
fn precipitation(world: &World, channel: usize) -> Vec<Value> {
    let cohorts = by_cohort(customers(world, |order| order.channel == channel));
    let cohort = |(cohort, members): (usize, &Vec<Customer>)| {
        let share = Share::of(members, Customer::joined_in_time);
        json!({ "cohort": month_label(cohort), "num": share.num, "den": share.den, "mature": mature(cohort, HORIZONS[0]) })
    };
    cohorts.iter().enumerate().map(cohort).collect()
}

/// Repeat within 60 days as seen in one store's orders alone, over its mature cohorts.
fn repeat_of_store(world: &World, store: usize) -> Value {
    let mut members = customers(world, |order| order.store == store);
    members.retain(|customer| mature(customer.cohort(), 60));
    let share = Share::of(&members, |customer| customer.repeats_within(60));
    json!({ "store_id": store_label(store), "repeat_60": share.json() })
}

/// Customers of campaigns who bought within 7 days, touched and held back, one count per person and campaign.
fn campaigns(world: &World) -> Value {
    let mut shares = [Share::default(); 2];
    for person in &world.people {
        for touch in person.life.touches.iter().filter(|touch| touch.coupon > 0 && touch.at + 7 * DAY <= END) {
            let share = &mut shares[usize::from(touch.is_control)];
            let window = touch.at..touch.at + 7 * DAY;
            share.den += 1;
            share.num += usize::from(person.orders.iter().any(|order| counts(order) && window.contains(&order.at)));
        }
    }
    json!({ "touched": shares[0].json(), "control": shares[1].json() })
}
