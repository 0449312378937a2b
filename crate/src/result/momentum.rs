//! Whether the loop turns faster, and which step holds it back.

use serde::{Deserialize, Serialize};

use super::{Metric, StepId};
use crate::json::{Read, Write};

/// What a period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MomentumBase {
    /// The geometric mean of the three periods before.
    #[default]
    PreviousThree,
    /// The same period of the year before: 12 months or 52 weeks earlier.
    LastYear,
}

/// How the momentum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct MomentumConfig {
    /// What a period is compared with.
    pub base: MomentumBase,
    /// Weights of the six steps, in their order; none negative, not all 0.
    pub weights: [f64; 6],
}

impl Default for MomentumConfig {
    fn default() -> Self {
        Self { base: MomentumBase::PreviousThree, weights: [1.0; 6] }
    }
}

/// One step's part in the momentum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StepMomentum {
    /// Which step.
    pub id: StepId,
    /// 100 · exp(g), g = ln of the smoothed headline less the mean ln of its base.
    pub index: Metric,
    /// g less that of the period before.
    pub acceleration: Option<f64>,
    /// Its weight.
    pub weight: f64,
}

/// How the steps' headlines moved against their base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Momentum {
    /// 100 · exp of the weighted mean of g over the steps used; 100 is unchanged.
    pub index: Metric,
    /// Weighted mean of the steps' acceleration, over those that have one.
    pub acceleration: Metric,
    /// Steps in the index.
    pub steps_used: Vec<StepId>,
    /// Every step.
    pub steps: Vec<StepMomentum>,
}

/// What a step is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum BottleneckMode {
    /// The 90th percentile of the slices with 30 people or more, at least five of them.
    Slices,
    /// Its own best of the last 12 complete periods.
    OwnBest,
}

/// How far a step is below what it is measured against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StepHeadroom {
    /// Which step.
    pub id: StepId,
    /// ln(best) − ln(now). Without a value where the step is at 0 now: then there is no end to it.
    pub headroom: Metric,
    /// The headline now.
    pub now: Option<f64>,
    /// What it is measured against.
    pub best: Option<f64>,
    /// The period of the own best (label).
    pub best_period: Option<String>,
    /// Slices with 30 people or more.
    pub slices: Option<u32>,
    /// What `gain_strict` would become if the step reached it: gain · exp(headroom).
    pub gain_then: Option<f64>,
}

/// The step that holds the loop back: since the gain is a product, the one farthest below its best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Bottleneck {
    /// What steps are measured against.
    pub mode: BottleneckMode,
    /// The step with the most headroom; `None` where none has any.
    pub step: Option<StepId>,
    /// Every step.
    pub steps: Vec<StepHeadroom>,
}
