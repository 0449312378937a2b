//! Which options make sense together, and what they say of each axis.

use crate::result::{Cn8By, Monetary, RfmConfig, RfmPreset, ScoreMode, SliceRule};
use crate::{Error, ErrorKind, Result};

use super::keys::{ratio_key, ratio_of};
use super::score::Scale;

/// Refuses options that contradict each other or leave something open.
pub(super) fn check(config: &RfmConfig) -> Result<()> {
    let bins = config.bins;
    if config.window_days == Some(0) {
        return refuse("`windowDays` must be at least 1, found `0`".to_owned());
    }
    if !(3..=5).contains(&bins) {
        return refuse(format!("`bins` must be 3, 4 or 5, found `{bins}`"));
    }
    for (name, mode) in [("recencyMode", config.recency_mode), ("monetaryMode", config.monetary_mode)] {
        if mode == ScoreMode::OnePlusQuartile {
            return refuse(format!(
                "`{name}` cannot be `one_plus_quartile`, which sets one-time buyers apart: it is for `frequencyMode`"
            ));
        }
    }
    if config.recency_mode == ScoreMode::Nested {
        return refuse("`recencyMode` cannot be `nested`: recency is the first axis, there is none to nest it in".to_owned());
    }
    check_thresholds(config)?;
    check_preset(config)?;
    if let Some(weights) = config.weights {
        let parts = [weights.r, weights.f, weights.m];
        let sum: f64 = parts.iter().sum();
        if parts.iter().any(|part| !(0.0..=1.0).contains(part)) || (sum - 1.0).abs() > 1e-9 {
            let [r, f, m] = parts;
            return refuse(format!("`weights` must lie in [0, 1] and add up to 1, found `{r}`, `{f}`, `{m}`"));
        }
    }
    if config.slice.as_ref().is_some_and(|slice| slice.rule == SliceRule::Order) {
        return refuse("`slice.rule` cannot be `order`: a segment is a customer's, not an order's; use `filter.only`".to_owned());
    }
    Ok(())
}

fn refuse<T>(message: String) -> Result<T> {
    Err(Error::new(ErrorKind::Config, message))
}

fn check_thresholds(config: &RfmConfig) -> Result<()> {
    let axes = [
        ("recencyMode", "recencyLimits", config.recency_mode, &config.recency_limits),
        ("frequencyMode", "frequencyThresholds", config.frequency_mode, &config.frequency_thresholds),
        ("monetaryMode", "monetaryThresholds", config.monetary_mode, &config.monetary_thresholds),
    ];
    for (mode_name, name, mode, thresholds) in axes {
        let wanted = usize::from(config.bins) - 1;
        let Some(thresholds) = thresholds else {
            if mode == ScoreMode::Fixed {
                return refuse(format!("`{mode_name}` `fixed` needs `{name}`, `{wanted}` of them"));
            }
            continue;
        };
        if mode != ScoreMode::Fixed {
            return refuse(format!("`{name}` needs `{mode_name}` `fixed`: other modes find their own cut-points"));
        }
        if thresholds.len() != wanted {
            return refuse(format!("`{name}` must be `{wanted}`, one less than `bins`, found `{}`", thresholds.len()));
        }
        let is_recency = name == "recencyLimits";
        let in_order = |pair: &[i64]| if is_recency { pair[0] > pair[1] } else { pair[0] < pair[1] };
        if !thresholds.windows(2).all(in_order) {
            let order = if is_recency { "descend, the limit of score 2 first" } else { "ascend" };
            return refuse(format!("`{name}` must {order}, found `{thresholds:?}`"));
        }
        let (first, last) = (thresholds[0], thresholds[wanted - 1]);
        if is_recency && last < 0 {
            return refuse(format!("`{name}` must be at least 0 days, found `{last}`"));
        }
        if name == "frequencyThresholds" && first < 2 {
            return refuse(format!("`{name}` must be at least 2, found `{first}`: everybody scored has 1"));
        }
    }
    Ok(())
}

fn check_preset(config: &RfmConfig) -> Result<()> {
    let (preset, bins) = (config.preset, config.bins);
    if let (RfmPreset::Grid | RfmPreset::Rules11, 3 | 4) = (preset, bins) {
        let name = if preset == RfmPreset::Grid { "grid" } else { "rules11" };
        return refuse(format!("`preset` `{name}` needs `bins` 5, found `{bins}`: its segments are defined on scores 1 to 5"));
    }
    if (preset == RfmPreset::Custom) != config.custom_segments.is_some() {
        return refuse("`preset` `custom` and `customSegments` need each other".to_owned());
    }
    if preset != RfmPreset::Cn8 && (config.cn8_by != Cn8By::Mean || config.cn8_score.is_some()) {
        return refuse("`cn8By` and `cn8Score` need `preset` `cn8`".to_owned());
    }
    match (config.cn8_by, config.cn8_score) {
        (Cn8By::Score, Some(score)) if (2..=bins).contains(&score) => Ok(()),
        (Cn8By::Score, Some(score)) => {
            refuse(format!("`cn8Score` must lie in 2 to {bins}, found `{score}`: otherwise all are high, or all are low"))
        }
        (Cn8By::Score, None) => refuse("`cn8By` `score` needs `cn8Score`".to_owned()),
        (_, Some(_)) => refuse("`cn8Score` needs `cn8By` `score`".to_owned()),
        (_, None) => Ok(()),
    }
}

/// How R, F and M are scored.
pub(super) fn scales(config: &RfmConfig) -> [Scale; 3] {
    let scale = |mode, thresholds: &Option<Vec<i64>>, key: fn(i64) -> i128, raw| Scale {
        mode,
        bins: config.bins,
        thresholds: thresholds.iter().flatten().map(|&threshold| key(threshold)).collect(),
        raw,
    };
    let whole = |mode, thresholds| scale(mode, thresholds, i128::from, |key| key as f64);
    let ratio = |mode, thresholds| scale(mode, thresholds, |minor| ratio_key(minor, 1), ratio_of);
    [
        scale(config.recency_mode, &config.recency_limits, |days| -i128::from(days), |key| -key as f64),
        whole(config.frequency_mode, &config.frequency_thresholds),
        match config.monetary {
            Monetary::Aov => ratio(config.monetary_mode, &config.monetary_thresholds),
            Monetary::Net | Monetary::Margin => whole(config.monetary_mode, &config.monetary_thresholds),
        },
    ]
}
