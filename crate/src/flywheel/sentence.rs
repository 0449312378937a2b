//! The one-line texts of growth accounting and the flywheel.

use crate::history::View;
use crate::result::{FlywheelConfig, GrowthConfig, GrowthWindow, Horizons, Localized, PrivateDomainConfig, SliceConfig};
use crate::{Error, ErrorKind};

/// The error of a view without orders.
pub(super) fn nothing_to_look_at() -> Error {
    Error::new(ErrorKind::Empty, "no order matches the filter before the as-of day")
}

/// The sentence of growth accounting.
pub(super) fn growth(view: &View<'_>, config: &GrowthConfig) -> Localized {
    let (who, scope) = (config.entity.name(), view.scope());
    let window = match config.window {
        GrowthWindow::Calendar => {
            let Localized { zh, en } = config.granularity.name();
            Localized::new(format!("按{zh}"), format!("of each {en}"))
        }
        GrowthWindow::Rolling => {
            let days = config.rolling_days.unwrap_or(GrowthConfig::ROLLING_DAYS);
            Localized::new(
                format!("逐日取截至当日的 {days} 天（与再往前 {days} 天相比），"),
                format!("of the {days} days up to each day, against the {days} days before them,"),
            )
        }
    };
    let slices = config.slice.as_ref().map_or_else(Localized::default, SliceConfig::clause);
    Localized::new(
        format!("{}把活跃{}分为新客、留存、唤回，把未回来的计为流失{}；{}", window.zh, who.zh, slices.zh, scope.zh),
        format!(
            "Active {} {} as new, retained or resurrected, those who did not come back as churned{}; {}",
            who.en, window.en, slices.en, scope.en
        ),
    )
}

/// The sentence of the flywheel.
pub(super) fn flywheel(view: &View<'_>, config: &FlywheelConfig) -> Localized {
    let (Localized { zh, en }, scope) = (config.granularity.name(), view.scope());
    let Horizons { h12, h23, h34, h45, h56 } = config.horizons;
    let horizons = [h12, h23, h34, h45, h56].map(|days| days.to_string()).join("/");
    let total_days = config.gain.horizon_days.unwrap_or_else(|| config.horizons.total());
    let days = config.attribution_days;
    let (resamples, seed) = (config.gain.bootstrap, config.gain.seed);
    let (resampled_zh, resampled_en) = match resamples {
        0 => (String::new(), String::new()),
        _ => (
            format!("，区间为按客户自助抽样 {resamples} 次（种子 {seed}）"),
            format!(", its interval from {resamples} resamples of customers (seed {seed})"),
        ),
    };
    Localized::new(
        format!(
            "飞轮六步取最近一个完整{zh}或已到期的首购{zh}群；链条各步时限 {horizons} 天，触达后 {days} 天内的订单算响应，增益计首购后 {total_days} 天内{resampled_zh}；{}",
            scope.zh
        ),
        format!(
            "Six steps of the loop, each of the last complete {en} or mature entry cohort; horizons of the chain {horizons} days, an order within \
             {days} days of a touch answers it, gain within {total_days} days of the first purchase{resampled_en}; {}",
            scope.en
        ),
    )
}

/// The sentence of the private-domain metrics.
pub(super) fn private_domain(view: &View<'_>, config: &PrivateDomainConfig) -> Localized {
    let (Localized { zh, en }, scope) = (config.granularity.name(), view.scope());
    let (window, horizon) = (config.window_days, config.horizon_days);
    Localized::new(
        format!("私域指标按{zh}，复购取截至期末 {window} 天，带来的新客计首购后 {horizon} 天内；{}", scope.zh),
        format!(
            "Private-domain metrics by {en}: buying again within {window} days up to its end, whom customers bring within {horizon} days of their first \
             purchase; {}",
            scope.en
        ),
    )
}
