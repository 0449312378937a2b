//! The call: options checked, whose orders, the view, the slices, the identities.

use crate::flywheel::periods::Periods;
use crate::flywheel::sentence;
use crate::history::{Calendar, Histories, Slices, View, ViewOptions, by_entity};
use crate::result::{Granularity, GrowthConfig, GrowthSlice, GrowthTable, GrowthWindow, Parameters, SliceRule};
use crate::{Error, ErrorKind, Result};

use super::account::{Accounts, Pace};
use super::identities::{identities, slices_add_up};

/// Longer than any data.
const MAX_ROLLING_DAYS: u32 = 3_660;

/// Computes growth accounting.
///
/// # Errors
/// `Config` for a filter or date that makes no sense, a rolling window that does not step by day, slices by the entity itself, or more slices and
/// periods than anybody reads; `Empty` when the view holds no order.
///
/// # Source
/// "Growth accounting" as in J. Hsu, *Diligence at Social Capital* (2015), with resurrected and dormant customers; docs/metrics.md, section Growth.
pub fn compute(histories: &Histories, config: &GrowthConfig) -> Result<GrowthTable> {
    let pace = pace(config)?;
    refuse_slices_by_entity(config)?;
    match config.entity.dimension() {
        Some(key) => of_histories(&by_entity(histories, key)?, config, pace),
        None => of_histories(histories, config, pace),
    }
}

fn of_histories(histories: &Histories, config: &GrowthConfig, pace: Pace) -> Result<GrowthTable> {
    let until = config.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: config.count_zero })?;
    let periods = Periods::of(&view, Calendar::new(config.granularity, config.week_start)?)?;
    let slices = config.slice.as_ref().map(|slice| Slices::new(&view, slice)).transpose()?;
    let accounts = Accounts::of(&view, &periods, pace, slices.as_ref())?;
    let mut checks = identities(&accounts.whole, pace.lag());
    if config.slice.as_ref().is_some_and(|slice| slice.rule != SliceRule::Order) {
        checks.push(slices_add_up(&accounts.whole, accounts.slices.iter().map(|(_, rows)| rows.as_slice())));
    }
    let slice = |(slice, rows): (usize, Vec<_>)| GrowthSlice {
        label: slices.as_ref().and_then(|slices| slices.label(slice)).map(str::to_owned),
        identities: identities(&rows, pace.lag()),
        periods: rows,
    };
    Ok(GrowthTable {
        definition: view.definition(Parameters::Growth(config.clone()), sentence::growth(&view, config)),
        identities: checks,
        periods: accounts.whole,
        slices: accounts.slices.into_iter().map(slice).collect(),
    })
}

pub(super) fn pace(config: &GrowthConfig) -> Result<Pace> {
    let refuse = |message: String| Err(Error::new(ErrorKind::Config, message));
    match (config.window, config.rolling_days) {
        (GrowthWindow::Calendar, None) => Ok(Pace::Calendar),
        (GrowthWindow::Calendar, Some(_)) => refuse("`rollingDays` needs `window` `rolling`".into()),
        (GrowthWindow::Rolling, _) if config.granularity != Granularity::Day => {
            refuse("a rolling window moves by day: `window` `rolling` needs `granularity` `day`".into())
        }
        (GrowthWindow::Rolling, days) => match days.unwrap_or(GrowthConfig::ROLLING_DAYS) {
            days @ 1..=MAX_ROLLING_DAYS => Ok(Pace::Rolling(days as usize)),
            days => refuse(format!("`rollingDays` must be 1 to {MAX_ROLLING_DAYS}, found `{days}`")),
        },
    }
}

fn refuse_slices_by_entity(config: &GrowthConfig) -> Result<()> {
    match (&config.slice, config.entity.dimension()) {
        (Some(slice), Some(key)) if slice.by == key => {
            let message = format!("`slice.by` `{key}` is what `entity` follows: every slice would be one of them");
            Err(Error::new(ErrorKind::Config, message))
        }
        _ => Ok(()),
    }
}
