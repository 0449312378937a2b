//! Histories of customers → histories of the staff, leaders or stores their orders name.

use crate::ingest::{Dimension, Ids, NONE, Orders};
use crate::{Error, ErrorKind, Result};

use super::build::{Histories, build};

/// The same orders by the labels of a dimension instead of customers: label by label a "customer", with the label as its id.
///
/// Orders without a label are left out. Observation begins and ends as in `histories`; tables beside orders speak of customers and are left out too.
///
/// # Errors
/// `Config` when the data has no such dimension; `Empty` when no order has a label.
pub fn by_entity(histories: &Histories, key: &str) -> Result<Histories> {
    let Dimension { codes, labels } = histories.dimension_or_refuse("entity", key)?;
    let rows: Vec<usize> = (0..codes.len()).filter(|&row| codes[row] != NONE).collect();
    let dimension = |dimension: &Option<Dimension>| {
        let dimension = dimension.as_ref()?;
        Some(Dimension { codes: gather(&dimension.codes, &rows), labels: dimension.labels.clone() })
    };
    let mut ids = Ids::default();
    for label in labels {
        ids.push(label.as_bytes());
    }
    let entities = build(Orders {
        customer_idx: gather(codes, &rows),
        time_us: gather(&histories.time_us, &rows),
        day: gather(&histories.day, &rows),
        net_minor: gather(&histories.net_minor, &rows),
        store: dimension(&histories.store),
        channel: dimension(&histories.channel),
        ids,
        clock: histories.clock.clone(),
        report: histories.report.clone(),
        ..Orders::default()
    })?;
    Ok(Histories { first_day: histories.first_day, end_day: histories.end_day, ..entities })
}

fn gather<T: Copy>(column: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter().map(|&row| column[row]).collect()
}

impl Histories {
    /// A dimension of the orders by its key.
    #[must_use]
    pub fn dimension(&self, key: &str) -> Option<&Dimension> {
        match key {
            "store_id" => self.store.as_ref(),
            "channel" => self.channel.as_ref(),
            _ => None,
        }
    }

    /// A dimension that the option `name` asks for.
    ///
    /// # Errors
    /// `Config` when the data has none of this key.
    pub fn dimension_or_refuse(&self, name: &str, key: &str) -> Result<&Dimension> {
        self.dimension(key).ok_or_else(|| Error::new(ErrorKind::Config, format!("`{name}` needs a mapped column `{key}`")))
    }
}
