//! The step that holds the loop back. The gain is a product, so that a step twice as good doubles it, whichever step it is: what counts is how far each is
//! below what it has shown to be possible.
//!
//! In: the steps with their series, and by slice where slices are asked for. Out: each step's headroom, ln(best) − ln(now), and the step with the most.

use crate::result::{Bottleneck, BottleneckMode, FlywheelStep, Metric, MetricStatus, StepHeadroom, StepId};

use super::metric::ratio;
use super::momentum::of_headline;
use super::quantile::of_sorted;

/// Periods among which a step's own best is looked for.
const PERIODS: usize = 12;
/// People a slice needs, and slices a step needs.
const SLICE_PEOPLE: i64 = 30;
const SLICES: usize = 5;

/// Numerator and denominator of a headline in each slice, in the period the headline speaks of.
pub(super) type BySlice = Vec<(i64, i64)>;

/// The bottleneck. `slices` has one entry per step where slices are asked for.
pub(super) fn bottleneck(steps: &[FlywheelStep], slices: Option<&[Option<BySlice>]>, gain_strict: Option<f64>) -> Bottleneck {
    let rooms: Vec<StepHeadroom> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| match slices {
            Some(slices) => among_slices(step, slices.get(index).and_then(Option::as_ref)),
            None => own_best(step),
        })
        .map(|room| StepHeadroom { gain_then: gain_then(&room, gain_strict), ..room })
        .collect();
    let mode = if slices.is_some() { BottleneckMode::Slices } else { BottleneckMode::OwnBest };
    Bottleneck { mode, step: widest(&rooms), steps: rooms }
}

/// The first of the steps with the most headroom: a step at 0 with something to reach has no end of it.
fn widest(rooms: &[StepHeadroom]) -> Option<StepId> {
    let room = |room: &StepHeadroom| match (room.now, room.best, room.headroom.value) {
        (Some(now), Some(best), _) if now == 0.0 && best > 0.0 => f64::INFINITY,
        (_, _, Some(headroom)) => headroom,
        _ => 0.0,
    };
    let most = rooms.iter().map(room).fold(0.0, f64::max);
    rooms.iter().find(|one| most > 0.0 && room(one) == most).map(|one| one.id)
}

fn gain_then(room: &StepHeadroom, gain_strict: Option<f64>) -> Option<f64> {
    Some(gain_strict? * libm::exp(room.headroom.value?))
}

/// Against the best of the last 12 complete periods or mature cohorts, the present one included.
fn own_best(step: &FlywheelStep) -> StepHeadroom {
    let mature: Vec<_> = step.series.iter().filter(|point| point.mature).collect();
    let recent = &mature[mature.len().saturating_sub(PERIODS)..];
    let known = recent.iter().filter_map(|point| Some((point.value?, &point.period.label)));
    // The latest of equals.
    let best = known.fold(None, |best: Option<(f64, &String)>, one| match best {
        Some(best) if best.0 > one.0 => Some(best),
        _ => Some(one),
    });
    let room = headroom(step, best.map(|(value, _)| value));
    StepHeadroom { best_period: best.map(|(_, label)| label.clone()), ..room }
}

/// Against the 90th percentile of the slices with enough people, where there are enough of these.
fn among_slices(step: &FlywheelStep, slices: Option<&BySlice>) -> StepHeadroom {
    let Some(slices) = slices else { return headroom(step, None) };
    let large = slices.iter().filter(|&&(_, den)| den >= SLICE_PEOPLE);
    let mut values: Vec<f64> = large.filter_map(|&(num, den)| ratio(num, den)).collect();
    values.sort_unstable_by(f64::total_cmp);
    let enough = values.len() >= SLICES;
    let mut room = headroom(step, of_sorted(&values, 0.9).filter(|_| enough));
    if !enough {
        room.headroom = room.headroom.noted("不足 5 个满 30 人的切片", "fewer than 5 slices with 30 people");
    }
    StepHeadroom { slices: Some(values.len() as u32), ..room }
}

fn headroom(step: &FlywheelStep, best: Option<f64>) -> StepHeadroom {
    let point = step.series.iter().rev().find(|point| point.mature);
    let now = point.and_then(|point| point.value);
    let room = now.zip(best).filter(|&(now, best)| now > 0.0 && best > 0.0).map(|(now, best)| libm::log(best) - libm::log(now));
    let mut metric: Metric = of_headline(step, "headroom", room, point);
    if metric.status == MetricStatus::Insufficient && now == Some(0.0) && best.is_some_and(|best| best > 0.0) {
        metric = metric.noted("目前为 0：空间没有上限", "0 now: there is no end to its headroom");
    }
    StepHeadroom { id: step.id, headroom: metric, now, best, best_period: None, slices: None, gain_then: None }
}
