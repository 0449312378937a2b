//! The one pass over the orders: recency, frequency and monetary of every customer with a purchase in the window.

use crate::history::View;
use crate::result::{Filter, Monetary, RfmConfig};
use crate::{Error, ErrorKind, Result};

/// Raw values, one entry per customer with a purchase in the window, ascending by customer index.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) customer_idx: Vec<u32>,
    /// Local days from the last purchase to the last day looked at.
    pub(super) recency_days: Vec<i32>,
    /// The instant of that purchase.
    pub(super) last_us: Vec<i64>,
    /// Purchases, or days with a purchase.
    pub(super) frequency: Vec<u32>,
    /// Purchases.
    pub(super) orders: Vec<u32>,
    /// Net of all orders in the window, minor units.
    pub(super) net_minor: Vec<i64>,
    /// Net − cost of the orders in the window with a cost; empty unless M is the margin.
    margin_minor: Vec<i64>,
    /// Orders in the window without one, of the customers scored.
    pub(super) uncosted_orders: u32,
    monetary: Monetary,
    /// Customers known before the as-of day without a purchase before it, ascending.
    pub(super) prospects: Vec<u32>,
    /// Customers with a purchase before the window and none in it, ascending.
    pub(super) lapsed_out: Vec<u32>,
}

/// What a customer did before the as-of day.
#[derive(Default)]
struct Past {
    orders: u32,
    days: u32,
    net: i64,
    last_row: Option<usize>,
    bought_before_window: bool,
    seen: bool,
}

impl Values {
    /// # Errors
    /// `Config` when margins are asked for and there is no cost; `Overflow` when a customer's leaves 64 bits.
    pub(super) fn of(view: &View<'_>, config: &RfmConfig) -> Result<Self> {
        let histories = view.histories;
        let window_start = config.window_days.map_or(i64::MIN, |days| i64::from(view.end_day) - i64::from(days));
        let mut known = known_members(view, &config.filter);
        let mut bought = vec![false; view.n_customers()];
        let mut values = Self { monetary: config.monetary, ..Self::default() };
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
                        past.days += u32::from(past.last_row.is_none_or(|last| histories.day[last] != day));
                        past.last_row = Some(row);
                    }
                    (true, false) => past.bought_before_window = true,
                    (false, _) => {}
                }
            }
            bought[customer] = past.bought_before_window || past.orders > 0;
            known[customer] |= past.seen;
            match past.last_row {
                Some(last) => {
                    values.customer_idx.push(customer as u32);
                    values.recency_days.push(view.end_day - 1 - histories.day[last]);
                    values.last_us.push(histories.time_us[last]);
                    values.frequency.push(if config.frequency_by_day { past.days } else { past.orders });
                    values.orders.push(past.orders);
                    values.net_minor.push(past.net);
                }
                None if past.bought_before_window => values.lapsed_out.push(customer as u32),
                None => {}
            }
        }
        let is_prospect = |&customer: &u32| known[customer as usize] && !bought[customer as usize];
        values.prospects = (0..view.n_customers() as u32).filter(is_prospect).collect();
        if config.monetary == Monetary::Margin {
            values.add_margins(view, window_start)?;
        }
        Ok(values)
    }

    fn add_margins(&mut self, view: &View<'_>, window_start: i64) -> Result<()> {
        let histories = view.histories;
        let Some(cost_minor) = &histories.cost_minor else {
            return Err(Error::new(ErrorKind::Config, "`monetary` `margin` needs a mapped column `cost`"));
        };
        for &customer in &self.customer_idx {
            let mut margin = 0i128;
            for row in view.orders(customer as usize).filter(|&row| i64::from(histories.day[row]) >= window_start) {
                match cost_minor[row] {
                    i64::MAX => self.uncosted_orders += 1,
                    cost => margin += i128::from(histories.net_minor[row]) - i128::from(cost),
                }
            }
            let margin = i64::try_from(margin);
            let overflow =
                |_| Error::new(ErrorKind::Overflow, "the margin of a customer is more than 63 bits of minor units hold");
            self.margin_minor.push(margin.map_err(overflow)?);
        }
        Ok(())
    }

    /// Customers scored.
    pub(super) fn len(&self) -> usize {
        self.customer_idx.len()
    }

    /// M of a customer as a fraction of minor units.
    pub(super) fn monetary(&self, idx: usize) -> (i64, u32) {
        match self.monetary {
            Monetary::Net => (self.net_minor[idx], 1),
            Monetary::Aov => (self.net_minor[idx], self.orders[idx]),
            Monetary::Margin => (self.margin_minor[idx], 1),
        }
    }

    /// M of every customer where it is whole: net or margin.
    pub(super) fn whole_monetary(&self) -> Option<&[i64]> {
        match self.monetary {
            Monetary::Net => Some(&self.net_minor),
            Monetary::Aov => None,
            Monetary::Margin => Some(&self.margin_minor),
        }
    }

    pub(super) fn net_minor(&self) -> i64 {
        self.net_minor.iter().sum()
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
