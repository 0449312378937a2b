//! Histories of customers → histories of the staff, leaders or stores their orders name.

use crate::ingest::{Dimension, Ids, NONE, NamedDimension, Orders};
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
    let dimension = |named: &NamedDimension| {
        let Dimension { codes, labels } = &named.dimension;
        NamedDimension { key: named.key.clone(), dimension: Dimension { codes: gather(codes, &rows), labels: labels.clone() } }
    };
    let instants = |column: &Option<Vec<i64>>| column.as_ref().map(|column| gather(column, &rows));
    let mut ids = Ids::default();
    for label in labels {
        ids.push(label.as_bytes());
    }
    let entities = build(Orders {
        customer_idx: gather(codes, &rows),
        time_us: gather(&histories.time_us, &rows),
        day: gather(&histories.day, &rows),
        net_minor: gather(&histories.net_minor, &rows),
        dimensions: histories.dimensions.iter().map(dimension).collect(),
        cost_minor: instants(&histories.cost_minor),
        refunded: histories.refunded.as_ref().map(|column| gather(column, &rows)),
        promised_to_us: instants(&histories.promised_to_us),
        picked_up_us: instants(&histories.picked_up_us),
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
    /// A dimension that the option `name` asks for.
    ///
    /// # Errors
    /// `Config` when the data has none of this key.
    pub fn dimension_or_refuse(&self, name: &str, key: &str) -> Result<&Dimension> {
        self.dimension(key).ok_or_else(|| Error::new(ErrorKind::Config, format!("`{name}` needs a mapped column `{key}`")))
    }
}
