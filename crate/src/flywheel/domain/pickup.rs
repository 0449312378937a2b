//! Pickups: when they happen, how long they take, what else is bought on the way; and how steady presale is.

use crate::flywheel::metric::{Tally, Timed, needs, overall};
use crate::flywheel::people::DAY_US;
use crate::flywheel::periods::Periods;
use crate::flywheel::quantile;
use crate::flywheel::service::Pickups;
use crate::history::View;
use crate::ingest::NONE;
use crate::result::{Metric, Unit};
use crate::sorting::sort_coded_days;

/// Microseconds after a pickup in which another order counts as bought on the way.
const ADD_ON_US: i64 = 120 * 60_000_000;
const HOUR_US: i64 = 3_600_000_000;
/// Labels of a presale order.
const PRESALE: [&str; 7] = ["true", "1", "yes", "y", "是", "预售", "presale"];

/// Orders picked up in t that the customer followed by a purchase at the same store on the same day within 120 minutes / orders picked up in t.
pub(super) fn add_on(view: &View<'_>, periods: &Periods) -> Timed {
    const ID: &str = "pickup_add_on";
    let histories = view.histories;
    let Some(picked) = &histories.picked_up_us else { return needs(ID, Unit::Share, "orders.picked_up_at").into() };
    let Some(stores) = histories.dimension("store_id") else { return needs(ID, Unit::Share, "orders.store_id").into() };
    let pickups = Pickups::of(view);
    let mut tally = Tally::new(periods);
    for customer in 0..view.n_customers() {
        for row in view.orders(customer).filter(|&row| picked[row] != i64::MAX && pickups.has(row)) {
            let day = histories.clock.day(picked[row]);
            let Some(period) = periods.index(day) else { continue };
            let follows = |other: usize| {
                other != row
                    && (picked[row]..picked[row] + ADD_ON_US).contains(&histories.time_us[other])
                    && histories.day[other] == day
                    && stores.codes[row] != NONE
                    && stores.codes[other] == stores.codes[row]
            };
            tally.den[period] += 1;
            tally.num[period] += i64::from(view.purchases(customer).any(follows));
        }
    }
    Timed::of(ID, Unit::Share, tally.series(periods, 0, periods.after(0)))
}

/// The median wait from an order to its pickup.
pub(super) fn lead_time(view: &View<'_>) -> Metric {
    const ID: &str = "pickup_lead_time";
    let Some(picked) = &view.histories.picked_up_us else { return needs(ID, Unit::Days, "orders.picked_up_at") };
    let pickups = Pickups::of(view);
    let end_us = view.histories.clock.day_start_us(view.end_day);
    let rows = (0..view.n_customers()).flat_map(|customer| view.orders(customer));
    let rows = rows.filter(|&row| picked[row] < end_us && pickups.has(row));
    let mut waits_us: Vec<i64> = rows.map(|row| picked[row] - view.histories.time_us[row]).collect();
    overall(ID, Unit::Days, quantile::days(&mut waits_us, 0.5), waits_us.len() as u32)
}

/// Pickups by weekday, Monday first, and hour of the local day; `None` without the column.
pub(super) fn hours(view: &View<'_>) -> Option<Vec<[u32; 24]>> {
    let (picked, clock) = (view.histories.picked_up_us.as_ref()?, &view.histories.clock);
    let pickups = Pickups::of(view);
    let end_us = clock.day_start_us(view.end_day);
    let mut counts = vec![[0; 24]; 7];
    for row in
        (0..view.n_customers()).flat_map(|customer| view.orders(customer)).filter(|&row| picked[row] < end_us && pickups.has(row))
    {
        let local_us = picked[row] + clock.offset_us(picked[row]);
        // 1970-01-01 was a Thursday.
        let (weekday, hour) = ((local_us.div_euclid(DAY_US) + 3).rem_euclid(7), local_us.rem_euclid(DAY_US) / HOUR_US);
        counts[weekday as usize][hour as usize] += 1;
    }
    Some(counts)
}

/// Share of the orders of t that were presale, and the median over stores of the coefficient of variation of their daily presale orders, from a store's
/// first to the end of the observation.
pub(super) fn presale(view: &View<'_>, periods: &Periods) -> [Timed; 2] {
    const IDS: [(&str, Unit); 2] = [("presale_share", Unit::Share), ("presale_variation", Unit::Ratio)];
    let histories = view.histories;
    let Some(column) = histories.dimension("is_presale") else {
        return IDS.map(|(id, unit)| needs(id, unit, "orders.is_presale").into());
    };
    let is_label: Vec<bool> = column.labels.iter().map(|label| PRESALE.contains(&label.trim().to_lowercase().as_str())).collect();
    let is_presale = |row: usize| is_label.get(column.codes[row] as usize).copied().unwrap_or(false);
    let stores = histories.dimension("store_id");
    let mut tally = Tally::new(periods);
    let mut by_day: Vec<(u32, i32)> = Vec::new();
    for row in (0..view.n_customers()).flat_map(|customer| view.orders(customer)) {
        let Some(period) = periods.index(histories.day[row]) else { continue };
        tally.den[period] += 1;
        if is_presale(row) {
            tally.num[period] += 1;
            by_day.extend(stores.map(|stores| (stores.codes[row], histories.day[row])));
        }
    }
    let share = Timed::of(IDS[0].0, IDS[0].1, tally.series(periods, 0, periods.after(0)));
    if stores.is_none() {
        return [share, needs(IDS[1].0, IDS[1].1, "orders.store_id").into()];
    }
    by_day.retain(|&(store, _)| store != NONE);
    sort_coded_days(&mut by_day);
    let mut variations: Vec<f64> = by_day.chunk_by(|a, b| a.0 == b.0).map(|orders| variation(orders, view.end_day)).collect();
    variations.sort_unstable_by(f64::total_cmp);
    [share, overall(IDS[1].0, IDS[1].1, quantile::of_sorted(&variations, 0.5), variations.len() as u32).into()]
}

/// Standard deviation over mean of a store's orders per day, days without any included.
fn variation(orders: &[(u32, i32)], end_day: i32) -> f64 {
    let days = f64::from(end_day - orders[0].1);
    let squares: i64 = orders.chunk_by(|a, b| a.1 == b.1).map(|day| (day.len() * day.len()) as i64).sum();
    let mean = orders.len() as f64 / days;
    (squares as f64 / days - mean * mean).max(0.0).sqrt() / mean
}
