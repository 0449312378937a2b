//! The six steps put together.
//!
//! In: histories. Out: [`FlywheelTable`], always six steps; what cannot be computed says what it needs.

use crate::Result;
use crate::history::{Calendar, Histories, Slices, View, ViewOptions};
use crate::result::{FlywheelConfig, FlywheelStep, FlywheelTable, Metric, Parameters, StepId, Unit};
use crate::text::term;

use super::bottleneck::BySlice;
use super::costs::Worth;
use super::gain::{self, Gains};
use super::metric::{Series, Timed, latest, needs};
use super::people::Person;
use super::periods::Periods;
use super::pool::{self, Pool};
use super::referral::{self, Referrals};
use super::scan::{Scan, scan};
use super::touches::{self, Touches};
use super::{bottleneck, chain, costs, invitations, lag, momentum, options, repeat, sentence};

/// Days of the headline of step 4.
const REPEAT_DAYS: u32 = 60;

/// Computes the flywheel.
///
/// # Errors
/// `Config` for options that make no sense (a granularity other than week or month, a horizon beyond a century, too few resamples, weights all 0, slices by
/// single orders, a filter or date that is none); `Empty` when the view holds no order.
pub fn compute(histories: &Histories, config: &FlywheelConfig) -> Result<FlywheelTable> {
    options::check(config)?;
    let until = config.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: false })?;
    let periods = Periods::of(&view, Calendar::new(config.granularity, config.week_start)?)?;
    let Scan { people, pool, rows, kept } = scan(&view, &periods);
    let referrals = (histories.referrals.is_some() || histories.inviter_idx.is_some())
        .then(|| Referrals::of(&view, &people, &periods, config.horizons.h56));
    let slices = config.slice.as_ref().map(|slice| Slices::new(&view, slice)).transpose()?;
    let slices = slices.as_ref();
    let retained = repeat::retained(&view, &rows, &people, &periods, slices);
    let repeated = repeat::repeat_within(&people, &periods, slices, REPEAT_DAYS);
    let members = view.histories.joined_us.is_some().then_some(&pool);
    let worth = Worth::of(&view, &people, &periods);
    let (costs, of_costs) = costs::costs(&view, &worth, &people, members, &periods, &config.filter);
    let steps = [
        step(
            StepId::Experience,
            latest("retained_rate", Unit::Share, &retained),
            repeat::experience(&view, &rows, &people, &periods),
            Some(retained),
        ),
        pool_step(&view, &people, &pool, &periods, slices, config.horizons.h12),
        precision_step(&view, &people, members, &periods, slices, config.attribution_days),
        step(
            StepId::Repeat,
            latest("repeat_60", Unit::Share, &repeated),
            repeat::satisfaction(&view, &rows, &kept, &periods),
            Some(repeated),
        ),
        advocacy_step(referrals.as_ref(), &view, &pool, &periods, slices),
        loop_step(referrals.as_ref(), &view, &worth, &periods, slices, of_costs),
    ];
    let (steps, by_slice): (Vec<FlywheelStep>, Vec<Option<BySlice>>) = steps.into_iter().unzip();
    let referrals = referrals.as_ref();
    let cycle_time = referrals.map_or_else(|| needs("cycle_time", Unit::Days, referral::TABLE), Referrals::cycle_time);
    let total_days = config.gain.horizon_days.unwrap_or_else(|| config.horizons.total());
    let mut walk = chain::walk(&view, &people, &periods, referrals, config.horizons, total_days);
    let gains = Gains::of(&walk, &periods, total_days);
    let referred = referrals.map(|referrals| latest("referred_share", Unit::Share, &referrals.referred_share(&periods)));
    let gain = gain::gain(&walk, &gains, &periods, &config.gain, &cycle_time, referred.as_ref());
    let gain_strict = gain.others.iter().find(|metric| metric.id == "gain_strict").and_then(|metric| metric.value);
    Ok(FlywheelTable {
        chain: walk.chain(&periods, &gains, referrals.and_then(|referrals| invitations::counts(&view, referrals))),
        lags: lag::lags(&mut walk, &steps, &periods),
        momentum: momentum::momentum(&steps, config.granularity, &config.momentum),
        bottleneck: bottleneck::bottleneck(&steps, slices.is_some().then_some(&by_slice[..]), gain_strict),
        definition: view.definition(Parameters::Flywheel(config.clone()), sentence::flywheel(&view, config)),
        steps,
        costs,
        gain: gain.total,
        gains: gain.others,
        cycle_time,
    })
}

/// A step, and its headline by slice.
type Step = (FlywheelStep, Option<BySlice>);

fn step<M: Into<Timed>>(id: StepId, headline: Metric, metrics: Vec<M>, series: Option<Series>) -> Step {
    let metrics = metrics.into_iter().map(|metric| metric.into().metric).collect();
    let (series, by_slice) = series.map_or_else(Default::default, |series| (series.points, series.by_slice));
    (FlywheelStep { id, name: term(id.term()), headline, metrics, series }, by_slice)
}

impl StepId {
    /// The id of the step's name in the terms.
    pub(super) fn term(self) -> &'static str {
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

fn pool_step(view: &View<'_>, people: &[Person], pool: &Pool, periods: &Periods, slices: Option<&Slices<'_>>, h12: u32) -> Step {
    if view.histories.joined_us.is_none() {
        return step(StepId::Pool, needs("precipitation", Unit::Share, "members"), pool::missing(), None);
    }
    let series = pool::precipitation(people, periods, slices, h12);
    step(StepId::Pool, latest("precipitation", Unit::Share, &series), pool.metrics(view, periods), Some(series))
}

fn precision_step(
    view: &View<'_>,
    people: &[Person],
    members: Option<&Pool>,
    periods: &Periods,
    slices: Option<&Slices<'_>>,
    days: u32,
) -> Step {
    let Some(touches) = Touches::of(view, periods, days) else {
        return step(StepId::Precision, needs("response_rate", Unit::Share, "touches"), touches::missing(view, periods), None);
    };
    let series = touches.response(slices);
    step(StepId::Precision, latest("response_rate", Unit::Share, &series), touches.metrics(people, members), Some(series))
}

fn advocacy_step(
    referrals: Option<&Referrals<'_>>,
    view: &View<'_>,
    pool: &Pool,
    periods: &Periods,
    slices: Option<&Slices<'_>>,
) -> Step {
    let Some(referrals) = referrals else {
        let headline = needs("advocacy_rate", Unit::Share, referral::TABLE);
        return step(StepId::Advocacy, headline, referral::advocacy_missing(), None);
    };
    let series = referrals.advocacy(view, pool, periods, slices);
    let headline = referrals.marked(latest("advocacy_rate", Unit::Share, &series));
    step(StepId::Advocacy, headline, referrals.advocacy_metrics(periods), Some(series))
}

fn loop_step(
    referrals: Option<&Referrals<'_>>,
    view: &View<'_>,
    worth: &Worth,
    periods: &Periods,
    slices: Option<&Slices<'_>>,
    costs: Vec<Metric>,
) -> Step {
    let Some(referrals) = referrals else {
        let metrics = referral::loop_missing().into_iter().chain(costs).collect();
        return step(StepId::Loop, needs("m56", Unit::Ratio, referral::TABLE), metrics, None);
    };
    let series = referrals.brought_per_inviter(view, periods, slices);
    let headline = referrals.marked(latest("m56", Unit::Ratio, &series));
    let metrics = referrals.loop_metrics(worth, periods).into_iter().chain(costs).collect();
    step(StepId::Loop, headline, metrics, Some(series))
}
