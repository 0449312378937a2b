//! The life of one customer: first order, joining, touch, coming back, inviting, campaigns.
//!
//! In: how a customer arrives and a stream of random draws. Out: a [`Life`] with every order and event up to the end of the data. The order of the
//! draws follows the loop of the flywheel, so that each planted chance is drawn once, for exactly the people its definition speaks of.

use super::plan::{
    BETTER_STORE, BETTER_STORE_BONUS, CAMPAIGN, CAMPAIGN_LIFT, COMMUNITY_GROUP, CONTROL, CORE, DAY, END, INVITE, INVITE_AGAIN,
    INVITE_OUTSIDE, INVITED_BONUS, JOIN, JOIN_LEAKING, LATE_RETURN, LEAK_MONTH, MAX_INVITES, N_MONTHS, RETURN_TOUCHED,
    RETURN_UNTOUCHED, RHYTHMS, Rhythm, SEASON, START, TOUCH, month_of, month_start,
};
use super::random::Random;

/// How a customer comes to the retailer.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    /// First order.
    pub(super) at: i64,
    /// Home store.
    pub(super) store: usize,
    /// First channel.
    pub(super) channel: usize,
    /// Who brought them, as person.
    pub(super) inviter: Option<usize>,
}

/// A time at which an order is placed.
#[derive(Clone, Copy)]
pub(super) struct Visit {
    pub(super) at: i64,
    /// Coupon used.
    pub(super) coupon: Option<usize>,
    /// Decides a planted step: never refunded in full.
    pub(super) decisive: bool,
}

/// Something sent to a member, or held back.
pub(super) struct Touch {
    pub(super) at: i64,
    pub(super) coupon: usize,
    pub(super) expires: i64,
    /// The visit that redeemed the coupon.
    pub(super) redeemed: Option<i64>,
    pub(super) is_control: bool,
}

/// What one customer does.
pub(super) struct Life {
    /// Ascending, no two at one second, all inside the data.
    pub(super) visits: Vec<Visit>,
    pub(super) joined: Option<i64>,
    pub(super) left: Option<i64>,
    pub(super) touches: Vec<Touch>,
    /// Times of invitations sent.
    pub(super) invites: Vec<i64>,
}

/// The life of a customer whose first order is in the data.
pub(super) fn live(random: &mut Random, arrival: Arrival) -> Life {
    let mut life = Life { visits: Vec::new(), joined: None, left: None, touches: Vec::new(), invites: Vec::new() };
    life.visit(arrival.at, None, true);
    life.join(random, arrival);
    let touched = life.welcome(random, arrival);
    let comes_back = random.chance(return_chance(arrival, touched.is_some()));
    let anchor = touched.unwrap_or(arrival.at);
    if comes_back {
        let rhythm = random.pick(RHYTHMS.iter().map(|rhythm| rhythm.share));
        let last = life.come_back(random, arrival, anchor, &RHYTHMS[rhythm]);
        life.redeem_welcome();
        life.invite(random, touched, rhythm);
        life.late_return(random, last, arrival.channel);
    } else {
        life.late_return(random, Some(anchor), arrival.channel);
    }
    // Campaigns begin once every window of the loop up to the next order has closed.
    if let Some(joined) = life.joined {
        life.campaigns(random, joined.max(arrival.at) + 95 * DAY);
    }
    life.finish()
}

/// The life, inside the data, of a customer who was there before it; `None` when nothing of it falls inside.
pub(super) fn live_on(random: &mut Random, arrival: Arrival) -> Option<Life> {
    let mut life = Life { visits: Vec::new(), joined: None, left: None, touches: Vec::new(), invites: Vec::new() };
    if random.chance(0.6) {
        life.joined = Some(arrival.at + random.wait(4.0, 27.0));
    }
    let rhythm = random.pick(RHYTHMS.iter().map(|rhythm| rhythm.share));
    let last = life.come_back(random, arrival, arrival.at, &RHYTHMS[rhythm]);
    life.late_return(random, last, arrival.channel);
    life.visits.retain(|visit| visit.at >= START);
    let first = life.visits.iter().map(|visit| visit.at).min()?;
    if random.chance(0.1) {
        life.invites.push(first + random.wait(50.0, 200.0));
    }
    if let Some(joined) = life.joined {
        life.campaigns(random, (joined + 95 * DAY).max(START));
    }
    Some(life.finish())
}

fn return_chance(arrival: Arrival, touched: bool) -> f64 {
    let base = if touched { RETURN_TOUCHED } else { RETURN_UNTOUCHED };
    let store = if arrival.store == BETTER_STORE { BETTER_STORE_BONUS } else { 0.0 };
    let invited = if arrival.inviter.is_some() { INVITED_BONUS } else { 0.0 };
    base + store + invited
}

impl Life {
    fn visit(&mut self, at: i64, coupon: Option<usize>, decisive: bool) {
        if at < END {
            self.visits.push(Visit { at, coupon, decisive });
        }
    }

    /// Joins within 28 days (some before the first order), late (after 36 days), or never.
    fn join(&mut self, random: &mut Random, arrival: Arrival) {
        let leaking = arrival.channel == COMMUNITY_GROUP && month_of(arrival.at) >= LEAK_MONTH;
        let chance = if leaking { JOIN_LEAKING } else { JOIN[arrival.channel] };
        let joined = if random.chance(chance) {
            let before = random.chance(0.12);
            arrival.at + if before { -random.wait(3.0, 20.0) } else { random.wait(3.0, 28.0) }
        } else if random.chance(0.07) {
            arrival.at + 36 * DAY + random.wait(30.0, 90.0)
        } else {
            return;
        };
        if joined < END {
            self.joined = Some(joined);
            let left = joined.max(arrival.at) + 60 * DAY + random.wait(90.0, 300.0);
            self.left = (random.chance(0.08) && left < END).then_some(left);
        }
    }

    /// The welcome touch of those who joined in time: when it was sent.
    fn welcome(&mut self, random: &mut Random, arrival: Arrival) -> Option<i64> {
        let joined = self.joined.filter(|&joined| joined < arrival.at + 30 * DAY)?;
        if !random.chance(TOUCH) {
            return None;
        }
        let after = joined.max(arrival.at) + DAY / 2 + random.wait(4.0, 24.0);
        let at = daytime(random, after);
        if at < END {
            self.touches.push(Touch { at, coupon: 0, expires: at + 14 * DAY, redeemed: None, is_control: false });
        }
        Some(at)
    }

    /// A run of orders with at least one in the 58 days from `anchor`. The last one when the run ended inside the data.
    fn come_back(&mut self, random: &mut Random, arrival: Arrival, anchor: i64, rhythm: &Rhythm) -> Option<i64> {
        let mut at = arrival.at;
        let mut won = false;
        loop {
            at = next_visit(random, at, rhythm, arrival.channel);
            if !won && at >= anchor + 58 * DAY {
                let wait = random.wait(18.0, 55.0);
                at = on_that_day(random, anchor + wait, arrival.channel);
            }
            let decisive = !won;
            won |= at >= anchor;
            self.visit(at, None, decisive);
            if at >= END {
                return None;
            }
            if won && random.chance(rhythm.dropout) {
                return Some(at);
            }
        }
    }

    /// Some who stopped return once more, at least 62 days later, as occasional customers.
    fn late_return(&mut self, random: &mut Random, stopped: Option<i64>, channel: usize) {
        let Some(stopped) = stopped.filter(|_| random.chance(LATE_RETURN)) else { return };
        let mut at = stopped + 62 * DAY + random.wait(50.0, 140.0);
        loop {
            at = on_that_day(random, at, channel);
            self.visit(at, None, false);
            if at >= END || random.chance(RHYTHMS[0].dropout) {
                return;
            }
            at = next_visit(random, at, &RHYTHMS[0], channel);
        }
    }

    /// The first order after the welcome touch redeems its coupon while that is valid.
    fn redeem_welcome(&mut self) {
        let Some(touch) = self.touches.first_mut() else { return };
        let next = self.visits.iter_mut().skip(1).find(|visit| visit.at >= touch.at);
        if let Some(visit) = next.filter(|visit| visit.at < touch.expires) {
            visit.coupon = Some(touch.coupon);
            touch.redeemed = Some(visit.at);
        }
    }

    /// Invitations: in the 90 days after the next order for those in the loop, sometimes for other returning customers, late for a few of the core.
    fn invite(&mut self, random: &mut Random, touched: Option<i64>, rhythm: usize) {
        let after = touched.unwrap_or(i64::MIN);
        let Some(next) = self.visits.iter().skip(1).map(|visit| visit.at).find(|&at| at >= after) else { return };
        if random.chance(if touched.is_some() { INVITE } else { INVITE_OUTSIDE }) {
            let mut invites = 1;
            while invites < MAX_INVITES && random.chance(INVITE_AGAIN) {
                invites += 1;
            }
            for _ in 0..invites {
                self.invites.push(next + 600 + random.wait(30.0, 88.0));
            }
        }
        if rhythm == CORE && random.chance(0.08) {
            self.invites.push(next + 92 * DAY + random.wait(40.0, 90.0));
        }
    }

    /// Monthly campaigns to members, with a control group; being touched adds some orders.
    fn campaigns(&mut self, random: &mut Random, from: i64) {
        for month in 0..N_MONTHS {
            let after = month_start(month) + 7 * DAY + random.wait(5.0, 13.0);
            let at = daytime(random, after);
            let is_member = at >= from && self.left.is_none_or(|left| at < left);
            if !is_member || !random.chance(CAMPAIGN) {
                continue;
            }
            let (coupon, expires, is_control) = (month + 1, at + 10 * DAY, random.chance(CONTROL));
            let lifted = !is_control && random.chance(CAMPAIGN_LIFT);
            let redeemed = Some(at + 3600 + random.wait(2.0, 6.5)).filter(|&visit| lifted && visit < END);
            if let Some(visit) = redeemed {
                self.visit(visit, Some(coupon), false);
            }
            self.touches.push(Touch { at, coupon, expires, redeemed, is_control });
        }
    }

    /// Orders everything by time and drops what lies behind the end.
    fn finish(mut self) -> Self {
        self.visits.sort_by_key(|visit| visit.at);
        self.visits.dedup_by_key(|visit| visit.at);
        self.touches.retain(|touch| touch.at < END);
        self.touches.sort_by_key(|touch| touch.at);
        self.invites.retain(|&at| at < END);
        self.invites.sort_unstable();
        self
    }
}

fn next_visit(random: &mut Random, at: i64, rhythm: &Rhythm, channel: usize) -> i64 {
    let season = if at < START { 1.0 } else { SEASON[month_of(at)] };
    let gap = rhythm.mean_gap_days * (random.exponential() + random.exponential()) / 2.0 / season;
    let day = at.div_euclid(DAY) + libm::round(gap).max(1.0) as i64;
    random.shopping_day(day) * DAY + random.second_of_day(channel)
}

/// A shopping hour on the day of `at`, or the next day when that hour has passed.
pub(super) fn on_that_day(random: &mut Random, at: i64, channel: usize) -> i64 {
    let moved = at.div_euclid(DAY) * DAY + random.second_of_day(channel);
    if moved < at { moved + DAY } else { moved }
}

/// Between 10:00 and 18:00 on the day of `at`, or of the next day when that has passed.
fn daytime(random: &mut Random, at: i64) -> i64 {
    let moved = at.div_euclid(DAY) * DAY + 10 * 3600 + random.below(8 * 3600) as i64;
    if moved < at { moved + DAY } else { moved }
}
