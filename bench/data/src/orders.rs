//! Draws orders in the order of time, as exports have them.
//!
//! An urn holds the active customers: one who buys often lies in it many times. Each order draws from it, or brings somebody new; after a purchase
//! the drawn ticket may be thrown away, and with the last one the customer is gone. Out come skewed order counts, dropout, and a business that
//! grows fourfold in two years.

/// One order and what its customer brought along.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Order {
    /// 0 for the first customer ever, 1 for the next.
    pub customer: u32,
    /// Milliseconds since 1970-01-01 UTC, ascending.
    pub time_ms: i64,
    /// Minor units; some are 0 or negative.
    pub amount_minor: i64,
    /// `0..STORES`.
    pub store: u8,
    /// Who invited the customer.
    pub inviter: Option<u32>,
    /// When the customer joined the pool.
    pub joined_ms: Option<i64>,
}

/// Stores of the made retailer.
pub(crate) const STORES: u8 = 60;

/// 2024-01-01T00:00+08:00.
const START_MS: i64 = 1_704_038_400_000;
const SPAN_MS: f64 = 731.0 * 86_400_000.0;
const DAY_S: u64 = 86_400;

/// The made orders, one after the other.
#[derive(Debug)]
pub struct Orders {
    random: Random,
    n: u64,
    made: u64,
    /// Tickets of active customers.
    urn: Vec<u32>,
    customers: Vec<Customer>,
}

#[derive(Debug, Clone, Copy)]
struct Customer {
    inviter: Option<u32>,
    joined_ms: Option<i64>,
    home_store: u8,
}

impl Orders {
    /// So many orders; the customers are about a ninth of them.
    #[must_use]
    pub fn new(n: u64) -> Self {
        Self { random: Random(20_260_211), n, made: 0, urn: Vec::new(), customers: Vec::new() }
    }

    /// Customers so far.
    #[must_use]
    pub fn customers(&self) -> u32 {
        self.customers.len() as u32
    }

    fn arrive(&mut self, time_ms: i64) -> u32 {
        let random = &mut self.random;
        let new = self.customers.len() as u32;
        let inviter = (new > 0 && random.percent(18)).then(|| random.below(u64::from(new)) as u32);
        let joined_ms = random.percent(55).then(|| time_ms + (random.below(60 * DAY_S) as i64 - 10 * DAY_S as i64) * 1000);
        // The smaller of two draws: some stores are much larger than others.
        let home_store = random.below(STORES.into()).min(random.below(STORES.into())) as u8;
        let tickets = match random.below(100) {
            0..35 => 0,
            35..70 => 1,
            70..88 => 3,
            88..98 => 10,
            _ => 30,
        };
        self.urn.extend(std::iter::repeat_n(new, tickets));
        self.customers.push(Customer { inviter, joined_ms, home_store });
        new
    }
}

impl Iterator for Orders {
    type Item = Order;

    fn next(&mut self) -> Option<Order> {
        if self.made == self.n {
            return None;
        }
        // Orders per day grow from 1 to 4: their number up to t is (t + 1.5 t²) / 2.5.
        let done = self.made as f64 / self.n as f64;
        let time_ms = START_MS + (SPAN_MS * ((1.0 + 15.0 * done).sqrt() - 1.0) / 3.0) as i64;
        self.made += 1;
        let customer = if self.urn.is_empty() || self.random.below(1000) < 116 {
            self.arrive(time_ms)
        } else {
            let at = self.random.below(self.urn.len() as u64) as usize;
            let customer = self.urn.get(at).copied().unwrap_or_default();
            if self.random.percent(32) {
                self.urn.swap_remove(at);
            }
            customer
        };
        let Customer { inviter, joined_ms, home_store } = *self.customers.get(customer as usize)?;
        let random = &mut self.random;
        let store = if random.percent(85) { home_store } else { random.below(STORES.into()) as u8 };
        let amount_minor = match random.below(1000) {
            0..5 => 0,
            5..10 => -(random.below(5_000) as i64) - 1,
            // The product of two draws: many small baskets, few large ones.
            _ => 500 + (random.below(200) * random.below(200)) as i64,
        };
        Some(Order { customer, time_ms, amount_minor, store, inviter, joined_ms })
    }
}

/// A customer's number in the exporting system: dense as autoincrement keys are, but not in the order of first orders. `customers` is at least as
/// many as there are.
#[must_use]
pub fn customer_number(customer: u32, customers: u32) -> u64 {
    let range = u64::from(customers.max(1)).next_power_of_two();
    // An odd factor permutes the range.
    100_000 + (u64::from(customer) * 2_654_435_761) % range
}

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug)]
struct Random(u64);

impl Random {
    /// Uniform in `0..n` but for 2⁻³²'s worth of bias; `n` is below 2³².
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((mixed ^ mixed >> 31) >> 32) * n) >> 32
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_skewed_grow_and_lose_customers() {
        let mut orders = Orders::new(100_000);
        let all: Vec<Order> = orders.by_ref().collect();
        assert!((10_000..13_000).contains(&orders.customers()), "{}", orders.customers());
        assert!(all.is_sorted_by_key(|order| order.time_ms));
        let mut counts = vec![0u32; orders.customers() as usize];
        for order in &all {
            counts[order.customer as usize] += 1;
        }
        let once = counts.iter().filter(|&&count| count == 1).count();
        assert!(once * 5 > counts.len() && counts.iter().any(|&count| count > 80), "{once}");
        let half_way = START_MS + SPAN_MS as i64 / 2;
        let early = all.iter().filter(|order| order.time_ms < half_way).count();
        assert!((30_000..40_000).contains(&early), "{early}");
        assert!(all.iter().all(|order| order.time_ms < START_MS + SPAN_MS as i64 && order.store < STORES));
    }

    #[test]
    fn numbers_are_distinct() {
        let numbers: std::collections::BTreeSet<u64> = (0..10_000).map(|customer| customer_number(customer, 10_000)).collect();
        assert_eq!(numbers.len(), 10_000);
    }
}
