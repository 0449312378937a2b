//! The one-line texts of growth accounting and the flywheel.

use crate::history::View;
use crate::result::{Granularity, Localized};
use crate::{Error, ErrorKind};

/// The error of a view without orders.
pub(super) fn nothing_to_look_at() -> Error {
    Error::new(ErrorKind::Empty, "no order matches the filter before the as-of day")
}

/// The sentence of growth accounting.
pub(super) fn growth(view: &View<'_>, granularity: Granularity) -> Localized {
    let (Localized { zh, en }, scope) = (granularity.name(), view.scope());
    Localized::new(
        format!("按{zh}把活跃客户分为新客、留存、唤回，把未回来的计为流失；{}", scope.zh),
        format!(
            "Active customers of each {en} as new, retained or resurrected, those who did not come back as churned; {}",
            scope.en
        ),
    )
}

/// The sentence of the flywheel.
pub(super) fn flywheel(view: &View<'_>, granularity: Granularity) -> Localized {
    let (Localized { zh, en }, scope) = (granularity.name(), view.scope());
    Localized::new(
        format!("飞轮六步取最近一个完整{zh}或已到期的首购{zh}群；{}", scope.zh),
        format!("Six steps of the loop, each of the last complete {en} or mature entry cohort; {}", scope.en),
    )
}
