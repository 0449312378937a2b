//! Which options of the flywheel make sense.

use crate::result::{FlywheelConfig, GainConfig, Granularity, Horizons, PrivateDomainConfig, SliceRule};
use crate::{Error, ErrorKind, Result};

/// Longer than any data: horizons are added to days.
const MAX_DAYS: u32 = 36_500;
/// Fewer resamples have no 2.5th percentile; more take long and change nothing.
const RESAMPLES: std::ops::RangeInclusive<u32> = 40..=2000;
/// Beyond any sense, and sums stay finite.
const MAX_WEIGHT: f64 = 1e6;

/// Refuses what makes no sense, saying why.
pub(super) fn check(config: &FlywheelConfig) -> Result<()> {
    let FlywheelConfig { granularity, horizons: Horizons { h12, h23, h34, h45, h56 }, attribution_days, .. } = config;
    let FlywheelConfig { gain, momentum, slice, .. } = config;
    let refuse = |message: String| Err(Error::new(ErrorKind::Config, message));
    month_or_week(*granularity)?;
    let &GainConfig { horizon_days, bootstrap, .. } = gain;
    let horizons = [h12, h23, h34, h45, h56].into_iter().map(|&days| ("horizons", days));
    let attribution = ("attributionDays", *attribution_days);
    let mut days = horizons.chain([attribution]).chain(horizon_days.map(|days| ("gain.horizonDays", days)));
    if let Some((name, days)) = days.find(|&(_, days)| days > MAX_DAYS) {
        return refuse(format!("`{name}` must be at most `{MAX_DAYS}` days, found `{days}`"));
    }
    if bootstrap != 0 && !RESAMPLES.contains(&bootstrap) {
        let (least, most) = (RESAMPLES.start(), RESAMPLES.end());
        return refuse(format!(
            "`gain.bootstrap` must be `{least}` to `{most}` resamples, or `0` for no interval, found `{bootstrap}`"
        ));
    }
    if let Some(weight) = momentum.weights.iter().find(|weight| !(0.0..=MAX_WEIGHT).contains(*weight)) {
        return refuse(format!("`momentum.weights` must be `0` to `{MAX_WEIGHT}`, found `{weight}`"));
    }
    if momentum.weights.iter().sum::<f64>() == 0.0 {
        return refuse("`momentum.weights` must not all be `0`".into());
    }
    if slice.as_ref().is_some_and(|slice| slice.rule == SliceRule::Order) {
        return refuse(
            "`slice.rule` of the flywheel must not be `order`: its steps follow customers, who may order under several labels"
                .into(),
        );
    }
    Ok(())
}

/// The same of the private-domain metrics.
pub(super) fn check_domain(config: &PrivateDomainConfig) -> Result<()> {
    month_or_week(config.granularity)?;
    let days = [("windowDays", config.window_days), ("horizonDays", config.horizon_days)];
    match days.into_iter().find(|&(_, days)| days == 0 || days > MAX_DAYS) {
        Some((name, days)) => {
            Err(Error::new(ErrorKind::Config, format!("`{name}` must be `1` to `{MAX_DAYS}` days, found `{days}`")))
        }
        None => Ok(()),
    }
}

fn month_or_week(granularity: Granularity) -> Result<()> {
    match granularity {
        Granularity::Week | Granularity::Month => Ok(()),
        _ => Err(Error::new(ErrorKind::Config, "`granularity` of the flywheel must be `week` or `month`")),
    }
}
