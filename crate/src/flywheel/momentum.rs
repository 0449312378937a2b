//! Whether the loop turns faster than before: each step's headline against its own recent past, and all of them in one index.
//!
//! In: the steps with their series. Out: 100 · exp of the weighted mean of g over the steps that have one, g = ln ĥ(t) − mean of ln ĥ over the base. Each
//! step speaks of its own last complete period or mature cohort, as its headline does. ĥ is smoothed, so that a 0 has a logarithm.

use crate::result::{
    FlywheelStep, Granularity, Metric, MetricStatus, Momentum, MomentumBase, MomentumConfig, StepId, StepMomentum, StepPoint,
    Unit,
};

use super::metric::{blank, overall};

/// Periods of the base.
const PREVIOUS: [usize; 3] = [1, 2, 3];

/// ln ĥ of a mature point with a denominator: ĥ = (x + ½) / (n + 1) of a share, (x + ½) / (n + ½) of step 6, which may pass 1.
pub(super) fn log_headline(id: StepId, point: &StepPoint) -> Option<f64> {
    let more = if id == StepId::Loop { 0.5 } else { 1.0 };
    let known = point.mature && point.den > 0 && point.num >= 0;
    known.then(|| libm::log((point.num as f64 + 0.5) / (point.den as f64 + more)))
}

/// The momentum of the loop.
pub(super) fn momentum(steps: &[FlywheelStep], granularity: Granularity, config: &MomentumConfig) -> Momentum {
    let back: &[usize] = match (config.base, granularity) {
        (MomentumBase::PreviousThree, _) => &PREVIOUS,
        (MomentumBase::LastYear, Granularity::Week) => &[52],
        (MomentumBase::LastYear, _) => &[12],
    };
    let changes: Vec<Change> = steps.iter().map(|step| Change::of(step, back)).collect();
    let weighed = || changes.iter().zip(config.weights).filter(|&(_, weight)| weight > 0.0);
    let used: Vec<_> = weighed().filter_map(|(change, weight)| Some((change.now?, weight))).collect();
    let faster: Vec<_> = weighed().filter_map(|(change, weight)| Some((change.acceleration()?, weight))).collect();
    let index = overall("momentum", Unit::Ratio, mean(&used).map(index), used.len() as u32);
    let acceleration = overall("acceleration", Unit::Ratio, mean(&faster), faster.len() as u32);
    let stands_in = weighed().any(|(change, _)| change.now.is_some() && change.step.headline.status == MetricStatus::Proxy);
    let marked =
        |metric: Metric| if stands_in { metric.proxy("含代用口径的步骤", "some steps are stand-ins") } else { metric };
    Momentum {
        index: marked(index),
        acceleration: marked(acceleration),
        steps_used: weighed().filter(|(change, _)| change.now.is_some()).map(|(change, _)| change.step.id).collect(),
        steps: changes.iter().zip(config.weights).map(|(change, weight)| change.result(weight)).collect(),
    }
}

fn index(change: f64) -> f64 {
    100.0 * libm::exp(change)
}

fn mean(weighted: &[(f64, f64)]) -> Option<f64> {
    let weights: f64 = weighted.iter().map(|&(_, weight)| weight).sum();
    let sum: f64 = weighted.iter().map(|&(value, weight)| value * weight).sum();
    (weights > 0.0).then(|| sum / weights)
}

/// A step's g in its last mature period and in the one before.
struct Change<'a> {
    step: &'a FlywheelStep,
    point: Option<&'a StepPoint>,
    now: Option<f64>,
    before: Option<f64>,
}

impl<'a> Change<'a> {
    fn of(step: &'a FlywheelStep, back: &[usize]) -> Self {
        let last = step.series.iter().rposition(|point| point.mature);
        let log = |at: usize| step.series.get(at).and_then(|point| log_headline(step.id, point));
        let change = |at: Option<usize>| {
            let at = at?;
            let base = back.iter().map(|&back| log(at.checked_sub(back)?)).sum::<Option<f64>>()?;
            Some(log(at)? - base / back.len() as f64)
        };
        Self {
            step,
            point: last.and_then(|at| step.series.get(at)),
            now: change(last),
            before: change(last.and_then(|at| at.checked_sub(1))),
        }
    }

    fn acceleration(&self) -> Option<f64> {
        Some(self.now? - self.before?)
    }

    fn result(&self, weight: f64) -> StepMomentum {
        StepMomentum { id: self.step.id, index: self.metric(), acceleration: self.acceleration(), weight }
    }

    fn metric(&self) -> Metric {
        of_headline(self.step, "step_momentum", self.now.map(index), self.point)
            .noted("需要基期内每一期都完整且有分母", "needs every period of the base complete, with a denominator")
    }
}

/// A metric computed from a step's headline: its status where that has none, else insufficient where there is no value.
pub(super) fn of_headline(step: &FlywheelStep, id: &str, value: Option<f64>, point: Option<&StepPoint>) -> Metric {
    let Metric { status, needs, note, .. } = &step.headline;
    let status = match (status, value) {
        (MetricStatus::Ok | MetricStatus::Proxy, None) => MetricStatus::Insufficient,
        (&status, _) => status,
    };
    Metric {
        value,
        needs: needs.clone(),
        note: note.clone(),
        n: point.and_then(|point| u32::try_from(point.den).ok()),
        period: point.map(|point| point.period.label.clone()),
        ..blank(id, Unit::Ratio, status)
    }
}
