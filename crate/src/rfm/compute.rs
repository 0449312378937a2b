//! The entry: checks the options, scores the customers, and hands them to the table or to the list.

use crate::history::{Histories, View, ViewOptions, iso_date};
use crate::result::{Parameters, RfmConfig, RfmCustomers, RfmTable, ScoreMode};
use crate::{Error, ErrorKind, Result};

use super::preset::{RfmScore, Segmentation};
use super::score::Scores;
use super::sentence::sentence;
use super::table::{cells, segments};
use super::values::Values;

/// Computes the RFM table.
///
/// # Errors
/// `Config` for options that make no sense; `Empty` when there is no purchase before the as-of day.
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
/// let customers = feilun::rfm::compute_customers(&histories, &RfmConfig::default())?;
/// assert_eq!(customers.recency_days, [0, 7, 195]);
/// assert_eq!((customers.r, customers.f), (vec![5, 3, 1], vec![1, 4, 1]));
/// # Ok::<(), feilun::Error>(())
/// ```
pub fn compute(histories: &Histories, config: &RfmConfig) -> Result<RfmTable> {
    let view = look(histories, config)?;
    let scored = Scored::of(&view, config)?;
    let resolved = RfmConfig { as_of: Some(iso_date(view.end_day)), ..config.clone() };
    Ok(RfmTable {
        n_customers: scored.values.len() as u32,
        net_minor: scored.net_minor(),
        recency: scored.r.axis(|key| -key),
        frequency: scored.f.axis(|key| key),
        monetary: scored.m.axis(|key| key),
        cells: cells(&scored, config.preset),
        segments: segments(&scored),
        definition: view.definition(Parameters::Rfm(resolved), sentence(&view, config)),
    })
}

/// The scored customers behind the table.
///
/// # Errors
/// As [`compute`].
pub fn compute_customers(histories: &Histories, config: &RfmConfig) -> Result<RfmCustomers> {
    let scored = Scored::of(&look(histories, config)?, config)?;
    let Scored { values, r, f, m, segmentation } = &scored;
    let id = |idx: usize| histories.ids.get(values.customer_idx[idx]);
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&a, &b| id(a).cmp(id(b)));
    let by_id = order.iter().copied();
    Ok(RfmCustomers {
        customer_id: by_id.clone().map(|idx| String::from_utf8_lossy(id(idx)).into_owned()).collect(),
        recency_days: by_id.clone().map(|idx| values.recency_days[idx]).collect(),
        frequency: by_id.clone().map(|idx| values.frequency[idx]).collect(),
        monetary_minor: by_id.clone().map(|idx| values.monetary_minor[idx]).collect(),
        r: by_id.clone().map(|idx| r.scores[idx]).collect(),
        f: by_id.clone().map(|idx| f.scores[idx]).collect(),
        m: by_id.clone().map(|idx| m.scores[idx]).collect(),
        segments: segmentation.ids.iter().map(|&id| id.to_owned()).collect(),
        segment: by_id.map(|idx| scored.segment(idx)).collect(),
    })
}

/// The view of the options, after refusing those that make no sense.
fn look<'a>(histories: &'a Histories, config: &RfmConfig) -> Result<View<'a>> {
    let refuse = |message: String| Err(Error::new(ErrorKind::Config, message));
    if config.window_days == Some(0) {
        return refuse("`windowDays` must be at least 1, found `0`".to_owned());
    }
    for (name, mode) in [("recencyMode", config.recency_mode), ("monetaryMode", config.monetary_mode)] {
        if mode == ScoreMode::OnePlusQuartile {
            return refuse(format!(
                "`{name}` cannot be `one_plus_quartile`, which sets one-time buyers apart: it is for `frequencyMode`"
            ));
        }
    }
    let until = config.as_of.as_deref().map(|text| ("asOf", text));
    View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: config.count_zero })
}

/// Everybody's raw values and scores.
pub(super) struct Scored {
    pub(super) values: Values,
    pub(super) segmentation: Segmentation,
    r: Scores,
    f: Scores,
    m: Scores,
}

impl Scored {
    fn of(view: &View<'_>, config: &RfmConfig) -> Result<Self> {
        let values = Values::of(view, config);
        if values.len() == 0 && values.lapsed_out == 0 {
            return Err(Error::new(ErrorKind::Empty, "no purchase matches the filter before the as-of day"));
        }
        let recency: Vec<i64> = values.recency_days.iter().map(|&days| -i64::from(days)).collect();
        let frequency: Vec<i64> = values.frequency.iter().map(|&orders| i64::from(orders)).collect();
        Ok(Self {
            r: Scores::of(&recency, config.recency_mode),
            f: Scores::of(&frequency, config.frequency_mode),
            m: Scores::of(&values.monetary_minor, config.monetary_mode),
            segmentation: Segmentation::of(config.preset),
            values,
        })
    }

    pub(super) fn score(&self, idx: usize) -> RfmScore {
        RfmScore { r: self.r.scores[idx], f: self.f.scores[idx], m: self.m.scores[idx] }
    }

    pub(super) fn segment(&self, idx: usize) -> u8 {
        self.segmentation.segment(self.score(idx))
    }

    pub(super) fn net_minor(&self) -> i64 {
        self.values.monetary_minor.iter().sum()
    }
}
