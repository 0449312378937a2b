//! The made retailer: every customer's life, and what the systems recorded of it.
//!
//! In: the plan. Out: a [`World`] of people, orders and referrals. Customers come in the order of their first orders, those they invite among them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::life::{Arrival, Life, Visit, live, live_on, on_that_day};
use super::plan::{
    ACCEPT, ANONYMOUS, ARRIVALS_GROWTH, ARRIVALS_PER_DAY, BASKET_SIGMA, BETTER_STORE, CANCEL, CANCELLED, CATEGORIES,
    CHANNEL_SHARE, DAY, DONE, END, FULFILMENT_SHARE, LATE_STORES_OPEN_MONTH, N_MONTHS, N_STORES, PART_REFUNDED, PICKUP, POS,
    PRESALE_SHARE, PRIOR_TRIES, REFUND, REFUNDED, SAME_CHANNEL, SEASON, START, WEEKDAY, month_of, staff_of,
};
use super::random::Random;

/// A pickup promise.
#[derive(Clone, Copy)]
pub(super) struct Pickup {
    pub(super) promised_from: i64,
    pub(super) promised_to: i64,
    /// `None` when nobody came.
    pub(super) picked_up: Option<i64>,
}

/// One order as recorded. Money in minor units.
#[derive(Clone, Copy)]
pub(super) struct Order {
    pub(super) at: i64,
    /// `None` for an anonymous order.
    pub(super) person: Option<usize>,
    pub(super) store: usize,
    pub(super) channel: usize,
    pub(super) fulfilment: usize,
    pub(super) presale: bool,
    pub(super) status: usize,
    pub(super) category: usize,
    pub(super) amount: i64,
    pub(super) refund: i64,
    pub(super) coupon: Option<usize>,
    pub(super) staff: Option<usize>,
    pub(super) pickup: Option<Pickup>,
}

/// A rating or a conversation.
pub(super) struct Interaction {
    pub(super) person: usize,
    pub(super) at: i64,
    pub(super) rating: Option<u8>,
    pub(super) staff: usize,
}

/// A customer.
pub(super) struct Person {
    pub(super) arrival: Arrival,
    pub(super) life: Life,
    /// Ascending by time, cancelled attempts included.
    pub(super) orders: Vec<Order>,
}

/// Who was invited: a person, or somebody who never ordered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Guest {
    Person(usize),
    Lead(usize),
}

/// One invitation as recorded.
pub(super) struct Referral {
    pub(super) inviter: usize,
    pub(super) guest: Guest,
    pub(super) at: i64,
    pub(super) accepted: Option<i64>,
}

/// Everything that happened.
pub(super) struct World {
    pub(super) people: Vec<Person>,
    pub(super) anonymous: Vec<Order>,
    pub(super) referrals: Vec<Referral>,
    pub(super) interactions: Vec<Interaction>,
    /// New customers who came by themselves, by month.
    pub(super) uninvited: Vec<u32>,
    stores: Vec<f64>,
    leads: usize,
    /// Arrivals to come, earliest first: time, invitation (`usize::MAX` for none) and the arrival's number.
    pending: BinaryHeap<Reverse<(i64, usize, usize)>>,
    arrivals: Vec<Arrival>,
}

/// Lets the retailer live through its 18 months.
pub(super) fn simulate() -> World {
    let mut random = Random::stream(0);
    // A few large stores, many small ones; the better store is a large one.
    let stores = (0..N_STORES).map(|store| if store == BETTER_STORE { 2.4 } else { random.between(0.5, 1.6) }).collect();
    let mut world = World {
        people: Vec::new(),
        anonymous: Vec::new(),
        referrals: Vec::new(),
        interactions: Vec::new(),
        uninvited: vec![0; N_MONTHS],
        stores,
        leads: 0,
        pending: BinaryHeap::new(),
        arrivals: Vec::new(),
    };
    world.prior_customers(&mut random);
    world.schedule_arrivals(&mut random);
    while let Some(Reverse((_, invitation, arrival))) = world.pending.pop() {
        let arrival = world.arrivals[arrival];
        let person = world.people.len();
        if let Some(referral) = world.referrals.get_mut(invitation) {
            referral.guest = Guest::Person(person);
            referral.accepted = Some((referral.at + arrival.at) / 2);
        }
        let mut stream = Random::stream(1 + person as u64);
        let life = live(&mut stream, arrival);
        world.add_person(&mut stream, arrival, life);
    }
    world.disturb_referrals(&mut random);
    world
}

impl World {
    fn prior_customers(&mut self, random: &mut Random) {
        for number in 0..PRIOR_TRIES {
            let mut stream = Random::stream(1_000_000 + number as u64);
            let at = START - DAY - (stream.between(5.0, 420.0) * DAY as f64) as i64;
            let arrival = Arrival { at, store: self.open_store(random, 0), channel: first_channel(random), inviter: None };
            if let Some(life) = live_on(&mut stream, arrival) {
                self.add_person(&mut stream, arrival, life);
            }
        }
    }

    /// Customers who come by themselves.
    fn schedule_arrivals(&mut self, random: &mut Random) {
        for day in START / DAY..END / DAY {
            let month = month_of(day * DAY);
            let growth = 1.0 + ARRIVALS_GROWTH * (day * DAY - START) as f64 / (END - START) as f64;
            let expected = ARRIVALS_PER_DAY * growth * SEASON[month] * WEEKDAY[(day + 3).rem_euclid(7) as usize];
            for _ in 0..random.round(expected) {
                let channel = first_channel(random);
                let at = day * DAY + random.second_of_day(channel);
                self.uninvited[month] += 1;
                self.schedule(Arrival { at, store: self.open_store(random, month), channel, inviter: None }, usize::MAX);
            }
        }
    }

    fn schedule(&mut self, arrival: Arrival, invitation: usize) {
        self.pending.push(Reverse((arrival.at, invitation, self.arrivals.len())));
        self.arrivals.push(arrival);
    }

    fn open_store(&self, random: &mut Random, month: usize) -> usize {
        let open = if month >= LATE_STORES_OPEN_MONTH { N_STORES } else { N_STORES - 3 };
        random.pick(self.stores.iter().take(open).copied())
    }

    /// Records what a life leaves behind.
    fn add_person(&mut self, random: &mut Random, arrival: Arrival, life: Life) {
        let person = self.people.len();
        let mut orders = Vec::with_capacity(life.visits.len());
        for (number, &visit) in life.visits.iter().enumerate() {
            let order = self.order(random, visit, person, arrival, number);
            if random.chance(CANCEL) && order.at - 420 >= START {
                orders.push(Order { at: order.at - 420, status: CANCELLED, pickup: None, coupon: None, refund: 0, ..order });
            }
            orders.push(order);
            if order.channel == POS {
                self.anonymous_orders(random, order);
            }
            self.interact(random, &order, life.joined);
        }
        orders.sort_by_key(|order| order.at);
        for &at in &life.invites {
            self.invite(random, person, arrival.store, at);
        }
        self.people.push(Person { arrival, life, orders });
    }

    fn order(&self, random: &mut Random, visit: Visit, person: usize, arrival: Arrival, number: usize) -> Order {
        let first = number == 0 && arrival.at == visit.at;
        let channel = if first || random.chance(SAME_CHANNEL) { arrival.channel } else { first_channel(random) };
        let store = if first || random.chance(0.93) { arrival.store } else { self.open_store(random, month_of(visit.at)) };
        let category = random.pick(CATEGORIES.iter().map(|&(_, share, _)| share));
        // Baskets grow by a quarter per year of the data.
        let median = CATEGORIES[category].2 * (1.0 + 0.25 * (visit.at - START) as f64 / (365 * DAY) as f64);
        let amount = libm::round(random.lognormal(median, BASKET_SIGMA)).max(100.0) as i64;
        let (status, refund) = refund(random, amount, visit.decisive || first);
        let fulfilment = random.pick(FULFILMENT_SHARE[channel].iter().copied());
        let presale = random.chance(PRESALE_SHARE[channel]);
        let staffed = channel != POS || random.chance(0.5);
        Order {
            at: visit.at,
            person: Some(person),
            store,
            channel,
            fulfilment,
            presale,
            status,
            category,
            amount,
            refund,
            coupon: visit.coupon,
            staff: staffed.then(|| staff_of(store, channel)),
            pickup: (fulfilment == PICKUP).then(|| pickup(random, visit.at, presale)),
        }
    }

    /// People at the till who show no membership code.
    fn anonymous_orders(&mut self, random: &mut Random, like: Order) {
        for _ in 0..random.round(ANONYMOUS) {
            let at = like.at.div_euclid(DAY) * DAY + random.second_of_day(POS);
            let amount = libm::round(random.lognormal(2_600.0, BASKET_SIGMA)).max(100.0) as i64;
            let plain = Order { at, person: None, amount, refund: 0, status: DONE, coupon: None, staff: None, ..like };
            self.anonymous.push(plain);
        }
    }

    /// Some members rate an order, some talk to their adviser; the better store is rated better.
    fn interact(&mut self, random: &mut Random, order: &Order, joined: Option<i64>) {
        let Some(person) = order.person.filter(|_| joined.is_some_and(|joined| joined <= order.at)) else { return };
        let at = order.at + 3600 + random.wait(0.6, 4.0);
        let (is_rating, is_chat) = (random.chance(0.05), random.chance(0.04));
        let weights = if order.store == BETTER_STORE { [1.0, 1.0, 5.0, 25.0, 68.0] } else { [3.0, 4.0, 12.0, 33.0, 48.0] };
        let rating = is_rating.then(|| 1 + random.pick(weights.into_iter()) as u8);
        if at < END && (is_rating || is_chat) {
            self.interactions.push(Interaction { person, at, rating, staff: staff_of(order.store, order.channel) });
        }
    }

    fn invite(&mut self, random: &mut Random, inviter: usize, store: usize, at: i64) {
        let guest = Guest::Lead(self.leads);
        let invitation = self.referrals.len();
        let accepted = random.chance(0.3).then_some(at + 7200).filter(|&accepted| accepted < END);
        self.referrals.push(Referral { inviter, guest, at, accepted });
        self.leads += 1;
        let channel = random.pick([0.25, 0.4, 0.28, 0.07].into_iter());
        let wait = random.wait(7.0, 28.5);
        let first_order = on_that_day(random, at + 3600 + wait, channel);
        let store = if random.chance(0.85) { store } else { self.open_store(random, month_of(at)) };
        if random.chance(ACCEPT) && first_order < END {
            self.schedule(Arrival { at: first_order, store, channel, inviter: Some(inviter) }, invitation);
        }
    }

    /// What real referral tables hold as well: a second invitation of the same guest, and invitations of people who had ordered before.
    fn disturb_referrals(&mut self, random: &mut Random) {
        for known in 0..self.referrals.len() {
            let Guest::Person(guest) = self.referrals[known].guest else { continue };
            let inviter = random.below(self.people.len());
            let first_order = self.people[guest].arrival.at;
            if random.chance(0.02) && inviter != guest && self.people[inviter].arrival.at < self.referrals[known].at {
                let at = (self.referrals[known].at + first_order) / 2;
                self.referrals.push(Referral { inviter, guest: Guest::Person(guest), at, accepted: None });
            }
        }
        for _ in 0..120 {
            let (inviter, guest) = (random.below(self.people.len()), random.below(self.people.len()));
            let first_order = self.people[guest].arrival.at;
            let at = first_order + DAY + random.wait(30.0, 200.0);
            if inviter != guest && first_order >= START && at < END {
                self.referrals.push(Referral { inviter, guest: Guest::Person(guest), at, accepted: Some(at) });
            }
        }
        self.referrals.sort_by_key(|referral| (referral.at, referral.inviter));
    }
}

fn first_channel(random: &mut Random) -> usize {
    random.pick(CHANNEL_SHARE.iter().copied())
}

fn refund(random: &mut Random, amount: i64, decisive: bool) -> (usize, i64) {
    let draw = random.unit();
    if decisive || draw >= REFUND.0 + REFUND.1 {
        (DONE, 0)
    } else if draw < REFUND.1 {
        (REFUNDED, amount)
    } else {
        (PART_REFUNDED, amount * (10 + random.below(60) as i64) / 100)
    }
}

/// Presale: two hours in the next evening; otherwise within the next hours. One in fourteen is late, one in fifty never comes.
fn pickup(random: &mut Random, at: i64, presale: bool) -> Pickup {
    let next_evening = (at.div_euclid(DAY) + 1) * DAY + (16 + random.below(3) as i64) * 3600;
    let promised_from = if presale { next_evening } else { at - at.rem_euclid(1800) + 3600 };
    let promised_to = promised_from + 2 * 3600;
    let on_time = promised_from + random.below(2 * 3600) as i64;
    let came = if random.chance(0.07) { on_that_day(random, promised_to, POS) } else { on_time };
    Pickup { promised_from, promised_to, picked_up: (!random.chance(0.02) && came < END).then_some(came) }
}
