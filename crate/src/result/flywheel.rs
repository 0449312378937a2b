//! The flywheel: options, six steps, gain and cycle time, each with the status of its data.

use serde::{Deserialize, Serialize};

use super::{
    Bottleneck, Chain, Costs, Definition, Filter, GainConfig, Granularity, Interval, Lags, Localized, Momentum, MomentumConfig,
    Period, SliceConfig,
};
use crate::json::{Read, Write};

/// Options of the flywheel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FlywheelConfig {
    /// Length of the periods t and of the entry cohorts c (month or week).
    pub granularity: Granularity,
    /// First day of the week, Monday 0 … Sunday 6.
    pub week_start: u8,
    /// Observation ends before this ISO date; `None` takes the day after the last order.
    pub complete_until: Option<String>,
    /// Which orders to look at.
    pub filter: Filter,
    /// Days in which each step must follow the one before.
    pub horizons: Horizons,
    /// Days in which an order counts as the answer to a touch.
    pub attribution_days: u32,
    /// How the gain is computed.
    pub gain: GainConfig,
    /// How the momentum is computed.
    pub momentum: MomentumConfig,
    /// Labels among which the bottleneck looks for what is possible; `None` compares each step with its own best.
    pub slice: Option<SliceConfig>,
}

impl Default for FlywheelConfig {
    fn default() -> Self {
        Self {
            granularity: Granularity::Month,
            week_start: 0,
            complete_until: None,
            filter: Filter::default(),
            horizons: Horizons::default(),
            attribution_days: 7,
            gain: GainConfig::default(),
            momentum: MomentumConfig::default(),
            slice: None,
        }
    }
}

/// Days in which each step must follow the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Horizons {
    /// First order → join.
    pub h12: u32,
    /// Join → touch.
    pub h23: u32,
    /// Touch → next order.
    pub h34: u32,
    /// Next order → invite.
    pub h45: u32,
    /// Invite → the invitee's first order.
    pub h56: u32,
}

impl Default for Horizons {
    fn default() -> Self {
        Self { h12: 30, h23: 30, h34: 60, h45: 90, h56: 30 }
    }
}

impl Horizons {
    /// H, the days one turn of the loop may take.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.h12 + self.h23 + self.h34 + self.h45 + self.h56
    }
}

/// Whether a metric has a value, and if not, why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MetricStatus {
    /// Computed as defined.
    Ok,
    /// Computed from a stand-in that `note` names.
    Proxy,
    /// A table or column is missing: see `needs`.
    NeedsTable,
    /// The horizon has not passed for any period.
    Immature,
    /// Too few cases.
    Insufficient,
    /// Hidden because too few people are in it.
    Suppressed,
}

/// How a metric's value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share in [0, 1].
    Share,
    /// A ratio, not bounded by 1.
    Ratio,
    /// A difference of two shares, in [-1, 1].
    Difference,
    /// A relative change, from -1 up: 0.06 is 6 % more.
    Change,
    /// A number of people or orders.
    Count,
    /// Days.
    Days,
    /// Minor units.
    Minor,
}

/// One metric with everything needed to trust it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Metric {
    /// Stable id, e.g. `retained_rate`.
    pub id: String,
    /// Its names.
    pub name: Localized,
    /// How to read `value`.
    pub unit: Unit,
    /// Whether there is a value.
    pub status: MetricStatus,
    /// The value; `None` unless `ok` or `proxy`, and when the denominator is 0.
    pub value: Option<f64>,
    /// Numerator, where the metric is a ratio or a sum.
    pub num: Option<f64>,
    /// Denominator.
    pub den: Option<f64>,
    /// People or orders the value rests on.
    pub n: Option<u32>,
    /// 95 % interval (Wilson for shares).
    pub interval: Option<Interval>,
    /// The table or column to export, e.g. `members`, `touches`, `orders.inviter_id`.
    pub needs: Option<String>,
    /// What to know when reading it.
    pub note: Option<Localized>,
    /// The period or entry cohort it speaks of (label), where it speaks of one.
    pub period: Option<String>,
}

/// The value of a step's headline in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StepPoint {
    /// The period or entry cohort.
    pub period: Period,
    /// The headline; `None` where undefined or not mature.
    pub value: Option<f64>,
    /// Numerator (people, or minor units).
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub num: i64,
    /// Denominator.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub den: i64,
    /// Whether its period is complete and its horizon has passed.
    pub mature: bool,
}

/// The six steps of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StepId {
    /// 1 体验: community stores attract customers.
    Experience,
    /// 2 沉淀: the private-domain pool keeps them.
    Pool,
    /// 3 智慧: data makes selection and service precise.
    Precision,
    /// 4 复购: satisfied customers buy again.
    Repeat,
    /// 5 裂变: they invite others.
    Advocacy,
    /// 6 闭环: the invited become customers.
    Loop,
}

/// One step of the loop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FlywheelStep {
    /// Which step.
    pub id: StepId,
    /// Its names.
    pub name: Localized,
    /// The headline, of the last complete period or mature cohort.
    pub headline: Metric,
    /// The step's other metrics.
    pub metrics: Vec<Metric>,
    /// The headline over time, ascending; empty where it cannot be computed.
    pub series: Vec<StepPoint>,
}

/// The flywheel.
///
/// **Shape** `steps` six, in the order of the loop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FlywheelTable {
    /// How it was computed.
    pub definition: Definition,
    /// The steps.
    pub steps: Vec<FlywheelStep>,
    /// G_total of the last mature entry cohort: new buyers its members brought, per member.
    pub gain: Metric,
    /// Median days from the inviter's first order to the invitee's.
    pub cycle_time: Metric,
    /// What the chain and the gain come to: `chain_to_repeat`, `gain_strict`, `bypass_share`, `amplification`, `steady_new_buyers`, `loop_growth` (per
    /// day), `loops_per_year`, `doubling_days`.
    pub gains: Vec<Metric>,
    /// How far each entry cohort went.
    pub chain: Chain,
    /// The waits between the steps.
    pub lags: Lags,
    /// What new buyers cost and are worth, and the claims of growth.
    pub costs: Costs,
    /// Whether the loop turns faster than before.
    pub momentum: Momentum,
    /// The step that holds it back.
    pub bottleneck: Bottleneck,
}
