//! The scored customers one by one, under their ids or under pseudonyms.

use crate::Result;
use crate::history::{Histories, iso_date};
use crate::listing::names;
use crate::privacy::Pseudonyms;
use crate::result::{Parameters, RfmConfig, RfmCustomers};

use super::compute::until;
use super::preset::Segmentation;
use super::scored::{Scored, look};
use super::sentence::sentence;

/// The scored customers behind [`compute`](super::compute), by id, or by the pseudonyms of their ids.
///
/// # Errors
/// As [`compute`](super::compute).
///
/// # Example
/// ```
/// use feilun::ingest::{LocalClock, Orders};
/// use feilun::privacy::Pseudonyms;
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
/// let customers = feilun::rfm::compute_customers(&histories, &RfmConfig::default(), None)?;
/// assert_eq!(customers.customer_id, ["a", "b", "c"]);
/// assert_eq!(customers.recency_days, [0, 7, 195]);
/// assert_eq!((customers.r, customers.f), (vec![5, 3, 1], vec![1, 4, 1]));
///
/// let pseudonyms = Pseudonyms::new(b"sixteen bytes or more")?;
/// let customers = feilun::rfm::compute_customers(&histories, &RfmConfig::default(), Some(&pseudonyms))?;
/// assert_eq!(customers.customer_id[0].len(), 32);
/// # Ok::<(), feilun::Error>(())
/// ```
pub fn compute_customers(histories: &Histories, config: &RfmConfig, pseudonyms: Option<&Pseudonyms>) -> Result<RfmCustomers> {
    let view = look(histories, config, until(config))?;
    let segmentation = Segmentation::of(config)?;
    let scored = Scored::of(&view, config, &segmentation, None)?.or_empty()?;
    let values = &scored.values;
    let (mut names, order) = names(histories, &values.customer_idx, pseudonyms);
    let by_name = order.iter().map(|&idx| idx as usize);
    let monetary = |idx: usize| {
        let (minor, per) = values.monetary(idx);
        minor as f64 / f64::from(per)
    };
    let resolved = RfmConfig { as_of: Some(iso_date(view.end_day)), ..config.clone() };
    Ok(RfmCustomers {
        definition: view.definition(Parameters::Rfm(resolved), sentence(&view, config)),
        pseudonyms: pseudonyms.is_some(),
        recency_days: by_name.clone().map(|idx| values.recency_days[idx]).collect(),
        frequency: by_name.clone().map(|idx| values.frequency[idx]).collect(),
        monetary_minor: by_name.clone().map(monetary).collect(),
        orders: by_name.clone().map(|idx| values.orders[idx]).collect(),
        net_minor: by_name.clone().map(|idx| values.net_minor[idx]).collect(),
        r: by_name.clone().map(|idx| scored.r.scores[idx]).collect(),
        f: by_name.clone().map(|idx| scored.f.scores[idx]).collect(),
        m: by_name.clone().map(|idx| scored.m.scores[idx]).collect(),
        weighted: config.weights.map(|weights| by_name.clone().map(|idx| scored.weighted(weights, idx)).collect()),
        segments: segmentation.segments.iter().map(|segment| segment.id.clone()).collect(),
        segment: by_name.clone().map(|idx| scored.segment[idx]).collect(),
        customer_id: by_name.map(|idx| std::mem::take(&mut names[idx])).collect(),
    })
}
