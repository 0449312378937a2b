//! The six steps put together.
//!
//! In: histories. Out: [`FlywheelTable`], always six steps; what cannot be computed says what it needs.

use crate::history::{Calendar, Histories, View, ViewOptions};
use crate::result::{FlywheelConfig, FlywheelStep, FlywheelTable, Granularity, Horizons, Metric, Parameters, StepId, Unit};
use crate::text::term;
use crate::{Error, ErrorKind, Result};

use super::metric::{Series, latest, needs};
use super::people::{self, Person};
use super::periods::Periods;
use super::pool::{self, Pool};
use super::referral::{self, Referrals};
use super::{growth, repeat, sentence};

/// Days of the headline of step 4.
const REPEAT_DAYS: u32 = 60;

/// Computes the flywheel.
///
/// # Errors
/// `Config` for a granularity other than week or month, a horizon beyond a century, or a filter or date that makes no sense; `Empty` when the view holds no order.
pub fn compute(histories: &Histories, config: &FlywheelConfig) -> Result<FlywheelTable> {
    if !matches!(config.granularity, Granularity::Week | Granularity::Month) {
        return Err(Error::new(ErrorKind::Config, "`granularity` of the flywheel must be `week` or `month`"));
    }
    check_horizons(config.horizons)?;
    let until = config.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: false })?;
    let periods = Periods::of(&view, Calendar::new(config.granularity, config.week_start)?)?;
    let people = people::collect(&view, &periods);
    let pool = Pool::of(&view, &people, &periods);
    let rows = growth::account(&view, &periods);
    let referrals = (histories.referrals.is_some() || histories.inviter_idx.is_some()).then(|| Referrals::of(&view, &people));
    let retained = repeat::retained(&rows, &periods);
    let repeated = repeat::repeat_within(&people, &periods, REPEAT_DAYS);
    let steps = vec![
        step(
            StepId::Experience,
            latest("retained_rate", Unit::Share, &retained),
            repeat::experience(&rows, &people, &periods),
            Some(retained),
        ),
        pool_step(&view, &people, &pool, &periods, config.horizons.h12),
        precision_step(),
        step(
            StepId::Repeat,
            latest("repeat_60", Unit::Share, &repeated),
            repeat::satisfaction(&view, &rows, &people, &periods),
            Some(repeated),
        ),
        advocacy_step(referrals.as_ref(), &view, &pool, &periods),
        loop_step(referrals.as_ref(), &view, &periods),
    ];
    let missing = |id: &str, unit| needs(id, unit, referral::TABLE);
    let horizon = config.horizons.total();
    Ok(FlywheelTable {
        definition: view.definition(Parameters::Flywheel(config.clone()), sentence::flywheel(&view, config.granularity)),
        steps,
        gain: referrals.as_ref().map_or_else(|| missing("gain", Unit::Ratio), |r| r.gain(&periods, horizon)),
        cycle_time: referrals.as_ref().map_or_else(|| missing("cycle_time", Unit::Days), Referrals::cycle_time),
    })
}

/// Longer than any data: horizons are added to days.
const MAX_HORIZON_DAYS: u32 = 36_500;

fn check_horizons(Horizons { h12, h23, h34, h45, h56 }: Horizons) -> Result<()> {
    match [h12, h23, h34, h45, h56].into_iter().find(|&days| days > MAX_HORIZON_DAYS) {
        None => Ok(()),
        Some(days) => {
            let message = format!("`horizons` must be at most `{MAX_HORIZON_DAYS}` days each, found `{days}`");
            Err(Error::new(ErrorKind::Config, message))
        }
    }
}

fn step(id: StepId, headline: Metric, metrics: Vec<Metric>, series: Option<Series>) -> FlywheelStep {
    FlywheelStep { id, name: term(id.term()), headline, metrics, series: series.map_or_else(Vec::new, |series| series.points) }
}

impl StepId {
    /// The id of the step's name in the terms.
    fn term(self) -> &'static str {
        match self {
            Self::Experience => "step.experience",
            Self::Pool => "step.pool",
            Self::Precision => "step.precision",
            Self::Repeat => "step.repeat",
            Self::Advocacy => "step.advocacy",
            Self::Loop => "step.loop",
        }
    }
}

fn pool_step(view: &View<'_>, people: &[Person], pool: &Pool, periods: &Periods, h12: u32) -> FlywheelStep {
    if view.histories.joined_us.is_none() {
        return step(StepId::Pool, needs("precipitation", Unit::Share, "members"), pool::missing(), None);
    }
    let series = pool::precipitation(people, periods, h12);
    step(StepId::Pool, latest("precipitation", Unit::Share, &series), pool::metrics(pool, periods), Some(series))
}

fn precision_step() -> FlywheelStep {
    let metrics = [("reach_rate", Unit::Share), ("redemption_rate", Unit::Share), ("incremental_rate", Unit::Ratio)];
    let metrics = metrics.map(|(id, unit)| needs(id, unit, "touches")).to_vec();
    step(StepId::Precision, needs("response_rate", Unit::Share, "touches"), metrics, None)
}

fn advocacy_step(referrals: Option<&Referrals<'_>>, view: &View<'_>, pool: &Pool, periods: &Periods) -> FlywheelStep {
    let Some(referrals) = referrals else {
        let headline = needs("advocacy_rate", Unit::Share, referral::TABLE);
        return step(StepId::Advocacy, headline, referral::advocacy_missing(), None);
    };
    let series = referrals.advocacy(view, pool, periods);
    let headline = referral::by_first_order(latest("advocacy_rate", Unit::Share, &series));
    step(StepId::Advocacy, headline, referrals.advocacy_metrics(periods), Some(series))
}

fn loop_step(referrals: Option<&Referrals<'_>>, view: &View<'_>, periods: &Periods) -> FlywheelStep {
    let Some(referrals) = referrals else {
        return step(StepId::Loop, needs("m56", Unit::Ratio, referral::TABLE), referral::loop_missing(), None);
    };
    let series = referrals.brought_per_inviter(periods);
    let headline = referral::by_first_order(latest("m56", Unit::Ratio, &series));
    step(StepId::Loop, headline, referrals.loop_metrics(view, periods), Some(series))
}
