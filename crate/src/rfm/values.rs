//! The one pass over the orders: recency, frequency and monetary of every customer with a purchase in the window.

use crate::history::View;
use crate::result::{Filter, RfmConfig};

/// Raw values, one entry per customer with a purchase in the window, ascending by customer index.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) customer_idx: Vec<u32>,
    /// Local days from the last purchase to the last day looked at.
    pub(super) recency_days: Vec<i32>,
    /// Purchases, or days with a purchase.
    pub(super) frequency: Vec<u32>,
    /// Net of all orders in the window, minor units.
    pub(super) monetary_minor: Vec<i64>,
    /// Purchases.
    pub(super) orders: Vec<u32>,
    /// Customers known before the as-of day without a purchase before it.
    pub(super) prospects: u32,
    /// Customers with a purchase before the window and none in it.
    pub(super) lapsed_out: u32,
}

/// What a customer did before the as-of day.
#[derive(Default)]
struct Past {
    orders: u32,
    days: u32,
    net: i64,
    last_day: Option<i32>,
    bought_before_window: bool,
    seen: bool,
}

impl Values {
    pub(super) fn of(view: &View<'_>, config: &RfmConfig) -> Self {
        let histories = view.histories;
        let window_start = config.window_days.map_or(i64::MIN, |days| i64::from(view.end_day) - i64::from(days));
        let mut known = known_members(view, &config.filter);
        let mut bought = vec![false; view.n_customers()];
        let mut values = Self::default();
        for customer in 0..view.n_customers() {
            let mut past = Past::default();
            for row in view.orders(customer) {
                if let Some(inviter) = inviter(view, row) {
                    known[inviter] = true;
                }
                past.seen = true;
                let day = histories.day[row];
                let in_window = i64::from(day) >= window_start;
                past.net += if in_window { histories.net_minor[row] } else { 0 };
                match (view.is_purchase(row), in_window) {
                    (true, true) => {
                        past.orders += 1;
                        past.days += u32::from(past.last_day != Some(day));
                        past.last_day = Some(day);
                    }
                    (true, false) => past.bought_before_window = true,
                    (false, _) => {}
                }
            }
            bought[customer] = past.bought_before_window || past.orders > 0;
            known[customer] |= past.seen;
            match past.last_day {
                Some(last_day) => {
                    values.customer_idx.push(customer as u32);
                    values.recency_days.push(view.end_day - 1 - last_day);
                    values.frequency.push(if config.frequency_by_day { past.days } else { past.orders });
                    values.monetary_minor.push(past.net);
                    values.orders.push(past.orders);
                }
                None => values.lapsed_out += u32::from(past.bought_before_window),
            }
        }
        values.prospects = known.iter().zip(&bought).filter(|&(&known, &bought)| known && !bought).count() as u32;
        values
    }

    /// Customers scored.
    pub(super) fn len(&self) -> usize {
        self.customer_idx.len()
    }
}

/// Who joined the pool before the as-of day. Joining is not tied to a store or channel: under a filter it makes nobody known.
fn known_members(view: &View<'_>, filter: &Filter) -> Vec<bool> {
    match &view.histories.joined_us {
        Some(joined_us) if *filter == Filter::default() => {
            let end_us = view.histories.clock.day_start_us(view.end_day);
            joined_us.iter().map(|&joined_us| joined_us < end_us).collect()
        }
        _ => vec![false; view.n_customers()],
    }
}

fn inviter(view: &View<'_>, row: usize) -> Option<usize> {
    let idx = view.histories.inviter_idx.as_ref()?[row];
    (idx != crate::ingest::NONE).then_some(idx as usize)
}
