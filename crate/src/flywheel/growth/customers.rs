//! The customers behind a count of growth accounting.

use crate::flywheel::periods::Periods;
use crate::flywheel::sentence;
use crate::history::{Calendar, Histories, View, ViewOptions, by_entity};
use crate::privacy::Pseudonyms;
use crate::result::{CustomerList, GrowthCustomersConfig, GrowthPart, Localized, Parameters};
use crate::text::term;
use crate::{Error, ErrorKind, Result, listing};

use super::account::{Pace, describe};
use super::activity::{Activity, collect};
use super::compute::pace;

/// The customers of a count: who was new, stayed, came back or left in a period.
///
/// # Errors
/// As [`compute`](super::compute); `Config` for a period that the account has not.
pub fn compute_customers(
    histories: &Histories,
    config: &GrowthCustomersConfig,
    pseudonyms: Option<&Pseudonyms>,
) -> Result<CustomerList> {
    let pace = pace(&config.growth)?;
    match config.growth.entity.dimension() {
        Some(key) => of_histories(&by_entity(histories, key)?, config, pace, pseudonyms),
        None => of_histories(histories, config, pace, pseudonyms),
    }
}

fn of_histories(
    histories: &Histories,
    config: &GrowthCustomersConfig,
    pace: Pace,
    pseudonyms: Option<&Pseudonyms>,
) -> Result<CustomerList> {
    let growth = &config.growth;
    let until = growth.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &growth.filter, until, count_zero: growth.count_zero })?;
    let periods = Periods::of(&view, Calendar::new(growth.granularity, growth.week_start)?)?;
    let Some(period) = (0..periods.len).find(|&period| describe(&periods, pace, period).label == config.period) else {
        let message = format!("`period`: the account has no period `{}`", config.period);
        return Err(Error::new(ErrorKind::Config, message));
    };
    let mut activities = Vec::new();
    let mut listed = Vec::new();
    for customer in 0..view.n_customers() {
        collect(&view, &periods, customer, |_| true, &mut activities);
        if belongs(&activities, period, pace.lag(), config.part) {
            listed.push(customer as u32);
        }
    }
    let text = text(config, sentence::growth(&view, growth));
    let definition = view.definition(Parameters::GrowthCustomers(config.clone()), text);
    Ok(listing::list(&view, &listed, pseudonyms, definition))
}

/// Whether a customer is counted: `lag` periods end with `period`, as many lie before them.
fn belongs(activities: &[Activity], period: usize, lag: usize, part: GrowthPart) -> bool {
    let mut purchases = activities.iter().filter(|activity| activity.active).map(|activity| activity.period);
    let Some(first) = purchases.clone().next() else { return false };
    let now = |active: usize| active <= period && active + lag > period;
    let before = |active: usize| active + lag <= period && active + 2 * lag > period;
    let (is_active, was_active) = (purchases.clone().any(now), purchases.any(before));
    let is_known = first + lag <= period;
    match part {
        GrowthPart::Active => is_active,
        GrowthPart::New => is_active && !is_known,
        GrowthPart::Retained => is_active && was_active,
        GrowthPart::Resurrected => is_active && !was_active && is_known,
        GrowthPart::Churned => !is_active && was_active,
        GrowthPart::Dormant => !is_active && !was_active && is_known,
    }
}

fn text(config: &GrowthCustomersConfig, of: Localized) -> Localized {
    let part = term(match config.part {
        GrowthPart::Active => "growth.active",
        GrowthPart::New => "growth.new",
        GrowthPart::Retained => "growth.retained",
        GrowthPart::Resurrected => "growth.resurrected",
        GrowthPart::Churned => "growth.churned",
        GrowthPart::Dormant => "growth.dormant",
    });
    let period = &config.period;
    Localized::new(format!("{period} 的{}名单。{}", part.zh, of.zh), format!("{} in {period}. {}", part.en, of.en))
}
