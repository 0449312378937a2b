//! The chain of the loop per entry cohort, and the options of its gain.

use serde::{Deserialize, Serialize};

use super::{Localized, Metric, Period, StepId};
use crate::json::{Read, Write};

/// How the gain of the loop is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct GainConfig {
    /// H, days after a customer's first purchase in which those they bring count for `gain`; `None` takes the sum of the horizons.
    pub horizon_days: Option<u32>,
    /// Resamples of the interval's bootstrap, 40 to 2000; 0 for no interval.
    pub bootstrap: u32,
    /// Seed of the resampling.
    pub seed: u32,
}

impl Default for GainConfig {
    fn default() -> Self {
        Self { horizon_days: None, bootstrap: 400, seed: 20_260_211 }
    }
}

/// A step the chain leaves out because its table is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SkippedStep {
    /// Which step.
    pub id: StepId,
    /// The table to export.
    pub needs: String,
}

/// One entry cohort's way through the loop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChainCohort {
    /// The period of the first purchases.
    pub period: Period,
    /// |Q1| … |Q6|: everybody, joined, touched, ordered again, invited; and the new buyers these brought. `None` where the step is left out or the
    /// horizons up to it have not passed.
    pub sizes: [Option<u32>; 6],
    /// p12, p23, p34, p45, m56: each size over the one before it that is there. `None` where that is 0.
    pub conversions: [Option<f64>; 5],
    /// |Q6| / |Q1|.
    pub gain_strict: Option<f64>,
    /// New buyers the cohort brought within H days of their own first purchases, by whatever way.
    pub brought: Option<u32>,
    /// `brought` / |Q1|.
    pub gain_total: Option<f64>,
    /// Whether all horizons have passed.
    pub mature: bool,
    /// The day on which they have, ISO date.
    pub mature_on: String,
}

/// Rows of the referrals table by what they come to; they add up to `rows`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReferralCounts {
    /// Invitations before the end of the observation.
    pub rows: u32,
    /// To oneself.
    pub self_referrals: u32,
    /// After the invitee's first purchase.
    pub late_referrals: u32,
    /// Somebody else's invitation of the same invitee, or an earlier one, counts.
    pub superseded: u32,
    /// Of somebody who has not bought.
    pub unanswered: u32,
    /// Of somebody who bought afterwards.
    pub effective: u32,
}

/// The nested chain Q1 … Q6.
///
/// **Shape** `cohorts` one per period, ascending; `links` five.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Chain {
    /// What its gain is called: `G_strict`, or `G_strict*` and the steps left out.
    pub label: Localized,
    /// Steps left out.
    pub skipped: Vec<SkippedStep>,
    /// Every entry cohort.
    pub cohorts: Vec<ChainCohort>,
    /// p12, p23, p34, p45 and m56 of the last cohort for which all horizons have passed: their product is `gain_strict`.
    pub links: Vec<Metric>,
    /// What became of the invitations; `None` without a referrals table.
    pub referrals: Option<ReferralCounts>,
}

/// How long those who took a step waited for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Lag {
    /// The median, days.
    pub median: Metric,
    /// The quarter who waited least waited at most so long, days.
    pub p25: Option<f64>,
    /// The quarter who waited most waited at least so long, days.
    pub p75: Option<f64>,
}

/// The waits along the chain, over all cohorts observed long enough for the step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Lags {
    /// First purchase → join → touch → next order → invitation → the invitee's first purchase.
    pub steps: Vec<Lag>,
    /// First purchase → the invitee's first purchase, of those who went all the way: the median of the sums.
    pub whole: Lag,
    /// The sum of the medians, which is another number than the median of the sums.
    pub sum_of_medians: Metric,
    /// Which step's changes the next step's changes follow, and after how many periods. Association, not cause.
    pub associations: Vec<Association>,
}

/// How the changes of two neighbouring steps move together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Association {
    /// The step that changes first.
    pub from: StepId,
    /// The step after it.
    pub to: StepId,
    /// The lag of the highest correlation, periods (0 to 6).
    pub lag: Option<u32>,
    /// That correlation: its value, and the pairs of changes `n` behind it.
    pub correlation: Metric,
}
