//! Concentration of net: Lorenz curve, Gini coefficient and the shares of the top. Exact in integers until one division at the end.

use crate::history::{Histories, View, ViewOptions, iso_date};
use crate::ingest::NONE;
use crate::result::{ConcentrationConfig, ConcentrationTable, LorenzPoint, Parameters, TopShare};
use crate::{Error, ErrorKind, Result};

use super::sentence::concentration_sentence;

/// Points of the curve beyond the first, at most.
const POINTS: u64 = 200;
/// The tops, in percent.
const TOPS: [u32; 3] = [1, 10, 20];

/// Computes how few make how much of the net.
///
/// # Errors
/// `Config` for a window of 0 days or an entity the data does not name; `Empty` when nobody bought in the window.
///
/// # Source
/// C. Gini, *Variabilità e mutabilità* (1912), as Σ (2i − n − 1) xᵢ / (n Σ xᵢ) over the ascending xᵢ.
pub fn compute_concentration(histories: &Histories, config: &ConcentrationConfig) -> Result<ConcentrationTable> {
    if config.window_days == Some(0) {
        return Err(Error::new(ErrorKind::Config, "`windowDays` must be at least 1, found `0`"));
    }
    let until = config.as_of.as_deref().map(|text| ("asOf", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: config.count_zero })?;
    let Nets { of_buyers: mut nets, left_out } = Nets::of(&view, config)?;
    if nets.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "no purchase matches the filter in the window"));
    }
    let net_minor = nets.iter().sum();
    let n_without_net = nets.iter().filter(|&&net| net <= 0).count() as u32;
    nets.iter_mut().for_each(|net| *net = (*net).max(0));
    nets.sort_unstable();
    let total: i64 = nets.iter().sum();
    let resolved = ConcentrationConfig { as_of: Some(iso_date(view.end_day)), ..config.clone() };
    Ok(ConcentrationTable {
        n_entities: nets.len() as u32,
        net_minor,
        positive_net_minor: total,
        n_without_net,
        left_out_net_minor: left_out,
        gini: gini(&nets, total),
        lorenz: lorenz(&nets, total),
        top: TOPS.iter().map(|&percent| top(&nets, total, percent)).collect(),
        definition: view.definition(Parameters::Concentration(resolved), concentration_sentence(&view, config)),
    })
}

/// Net in the window.
struct Nets {
    /// One entry per entity with a purchase in it.
    of_buyers: Vec<i64>,
    /// Of the window's other orders.
    left_out: i64,
}

impl Nets {
    fn of(view: &View<'_>, config: &ConcentrationConfig) -> Result<Self> {
        let histories = view.histories;
        let window_start = config.window_days.map_or(i64::MIN, |days| i64::from(view.end_day) - i64::from(days));
        let dimension = config.entity.dimension().map(|key| histories.dimension_or_refuse("entity", key)).transpose()?;
        let mut nets = vec![(0i64, false); dimension.map_or(view.n_customers(), |dimension| dimension.labels.len())];
        let mut left_out = 0;
        for customer in 0..view.n_customers() {
            for row in view.orders(customer).filter(|&row| i64::from(histories.day[row]) >= window_start) {
                let entity = dimension.map_or(customer as u32, |dimension| dimension.codes[row]);
                match nets.get_mut(entity as usize).filter(|_| entity != NONE) {
                    Some((net, bought)) => {
                        *net += histories.net_minor[row];
                        *bought |= view.is_purchase(row);
                    }
                    None => left_out += histories.net_minor[row],
                }
            }
        }
        left_out += nets.iter().filter(|(_, bought)| !bought).map(|(net, _)| net).sum::<i64>();
        Ok(Self { of_buyers: nets.iter().filter(|(_, bought)| *bought).map(|&(net, _)| net).collect(), left_out })
    }
}

/// Σ (2i − n − 1) xᵢ / (n Σ xᵢ), i from 1, x ascending.
fn gini(ascending: &[i64], total: i64) -> Option<f64> {
    let n = ascending.len() as i128;
    let sum: i128 = (1..).zip(ascending).map(|(i, &net)| (2 * i - n - 1) * i128::from(net)).sum();
    (total > 0).then(|| sum as f64 / (n * i128::from(total)) as f64)
}

fn lorenz(ascending: &[i64], total: i64) -> Vec<LorenzPoint> {
    if total == 0 {
        return Vec::new();
    }
    let n = ascending.len() as u64;
    let steps = n.min(POINTS);
    let (mut net_minor, mut done) = (0, 0);
    let point = |step: u64| {
        let n_entities = step * n / steps;
        net_minor += ascending[done..n_entities as usize].iter().sum::<i64>();
        done = n_entities as usize;
        let (share, net_share) = (n_entities as f64 / n as f64, net_minor as f64 / total as f64);
        LorenzPoint { n_entities: n_entities as u32, net_minor, share, net_share }
    };
    (0..=steps).map(point).collect()
}

fn top(ascending: &[i64], total: i64, percent: u32) -> TopShare {
    let n_entities = (ascending.len() as u64 * u64::from(percent)).div_ceil(100);
    let net_minor: i64 = ascending.iter().rev().take(n_entities as usize).sum();
    let net_share = (total > 0).then(|| net_minor as f64 / total as f64);
    TopShare { percent, n_entities: n_entities as u32, net_minor, net_share }
}
