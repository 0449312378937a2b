//! The entry: checks the options, scores the customers, and assembles the table.

use crate::Result;
use crate::history::{Histories, Slices, iso_date};
use crate::result::{Monetary, Parameters, RfmConfig, RfmTable};

use super::preset::Segmentation;
use super::scored::{Scored, look};
use super::sentence::sentence;
use super::table::{cells, segments, slices};

/// Computes the RFM table.
///
/// # Errors
/// `Config` for options that make no sense; `Empty` when there is no purchase before the as-of day; `Overflow` when margins leave 63 bits.
///
/// # Example
/// ```
/// use feilun::ingest::{LocalClock, Orders};
/// use feilun::result::RfmConfig;
///
/// // a bought today, b twice last week, c long ago.
/// let mut orders = Orders { clock: LocalClock::fixed(0), ..Orders::default() };
/// for customer in ["a", "b", "c"] {
///     orders.ids.push(customer.as_bytes());
/// }
/// orders.customer_idx = vec![0, 1, 1, 2];
/// orders.day = vec![200, 192, 193, 5];
/// orders.time_us = orders.day.iter().map(|&day| i64::from(day) * 86_400_000_000).collect();
/// orders.net_minor = vec![900, 100, 200, 50];
///
/// let histories = feilun::history::build(orders)?;
/// let table = feilun::rfm::compute(&histories, &RfmConfig::default())?;
/// let loyal = table.segments.iter().find(|segment| segment.id == "loyal").unwrap();
/// assert_eq!((table.n_customers, loyal.n_customers, loyal.orders), (3, 1, 2));
/// # Ok::<(), feilun::Error>(())
/// ```
pub fn compute(histories: &Histories, config: &RfmConfig) -> Result<RfmTable> {
    let view = look(histories, config, until(config))?;
    let segmentation = Segmentation::of(config)?;
    let sliced = config.slice.as_ref().map(|slice| Slices::new(&view, slice)).transpose()?;
    let scored = Scored::of(&view, config, &segmentation, None)?.or_empty()?;
    let [r, f, m] = &scored.scales;
    let resolved = RfmConfig { as_of: Some(iso_date(view.end_day)), ..config.clone() };
    Ok(RfmTable {
        n_customers: scored.values.len() as u32,
        net_minor: scored.values.net_minor(),
        recency: scored.r.shown(r),
        frequency: scored.f.shown(f),
        monetary: scored.m.shown(m),
        cn8_levels: scored.levels.map(|levels| levels.shown()),
        uncosted_orders: (config.monetary == Monetary::Margin).then_some(scored.values.uncosted_orders),
        cells: cells(&scored, config),
        segments: segments(&scored, &segmentation.segments),
        slices: sliced.map_or_else(Vec::new, |sliced| slices(&scored, &segmentation.segments, &sliced)),
        definition: view.definition(Parameters::Rfm(resolved), sentence(&view, config)),
    })
}

pub(super) fn until(config: &RfmConfig) -> Option<(&str, &str)> {
    config.as_of.as_deref().map(|text| ("asOf", text))
}
