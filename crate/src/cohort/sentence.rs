//! The one-line text of a cohort table, both languages side by side.

use crate::history::View;
use crate::result::{
    CohortConfig, CohortEntry, CohortReference, CohortWindow, Criterion, Entity, Granularity, Localized, Measure,
    RollingCompleteness, SliceConfig,
};

/// What the table shows, over what.
pub(super) fn sentence(view: &View<'_>, config: &CohortConfig) -> Localized {
    let period = config.granularity.name();
    let (shown, scope) = (shown(config, &column(config)), view.scope());
    let (by_zh, by_en) = match config.entry {
        CohortEntry::FirstEver => (format!("按首购{}分组", period.zh), format!("the {} of their first order", period.en)),
        CohortEntry::FirstInRange => {
            (format!("按所选范围内首购{}分组", period.zh), format!("the {} of their first order in the range", period.en))
        }
        CohortEntry::Recurring => (format!("每个有购买的{}各成一组", period.zh), format!("every {} they ordered in", period.en)),
    };
    let mut text = Localized::new(format!("{by_zh}：{}", shown.zh), format!("Customers by {by_en}: {}", shown.en));
    if config.entity != Entity::Customer {
        let who = config.entity.name();
        text.zh = format!("以{}代替客户，{}", who.zh, text.zh);
        text.en = format!("With {} in place of customers. {}", who.en, text.en);
    }
    if let Some(from) = &config.range.from {
        text.zh += &format!("，{}自 {from} 起", period.zh);
        text.en += &format!(", of {}s from {from} on", period.en);
    }
    if let Some(until) = &config.range.until {
        text.zh += &format!("，{}至 {until} 前", period.zh);
        text.en += &format!(", of {}s before {until}", period.en);
    }
    if config.completeness == RollingCompleteness::Eligible {
        text.zh += "，每列只计已观察满该列的客户";
        text.en += ", each column over the members observed for the whole of it";
    }
    if config.reference == CohortReference::Previous {
        text.zh += "，再除以前一列的数值";
        text.en += ", over the same of the column before";
    }
    let slices = config.slice.as_ref().map_or_else(Localized::default, SliceConfig::clause);
    text.zh += &slices.zh;
    text.en += &slices.en;
    text.zh += &format!("；{}", scope.zh);
    text.en += &format!("; {}", scope.en);
    text
}

/// How column k is called.
fn column(config: &CohortConfig) -> Localized {
    if config.window == CohortWindow::Rolling {
        let days = config.granularity.rolling_days();
        let (zh, en) = match config.entry {
            CohortEntry::FirstEver => ("首单", "the first order"),
            CohortEntry::FirstInRange => ("范围内首单", "the first order in the range"),
            CohortEntry::Recurring => ("当期首单", "the first order of the period"),
        };
        let text = numbered(config, &format!("个 {days} 天"), &format!("{days}-day span"));
        return Localized::new(format!("{zh}后{}", text.zh), format!("{} since {en}", text.en));
    }
    let (zh, en) = match config.granularity {
        Granularity::Day => ("天", "day"),
        Granularity::Week => ("周", "week"),
        Granularity::Month => ("个月", "month"),
        Granularity::Quarter => ("季", "quarter"),
        Granularity::Year => ("年", "year"),
    };
    let after = if config.entry == CohortEntry::Recurring { "之后" } else { "首购后" };
    let text = numbered(config, zh, en);
    Localized::new(format!("{after}{}", text.zh), text.en)
}

/// Period k, or what takes its place.
fn numbered(config: &CohortConfig, zh: &str, en: &str) -> Localized {
    if !config.brackets.is_empty() {
        let labels: Vec<String> = (1..=config.brackets.len()).map(|column| config.span(column).label()).collect();
        return Localized::new(
            format!("第 k 段（第 {} {zh}）", labels.join("、")),
            format!("bracket k ({en}s {})", labels.join(", ")),
        );
    }
    match config.smooth {
        1 => Localized::new(format!("第 k {zh}"), format!("{en} k")),
        periods => Localized::new(format!("第 k 至 k+{} {zh}", periods - 1), format!("{en}s k to k+{}", periods - 1)),
    }
}

/// The measure in words.
fn shown(config: &CohortConfig, column: &Localized) -> Localized {
    let (zh, en) = (&column.zh, &column.en);
    let present = present(config, column);
    match config.measure {
        Measure::Rate => Localized::new(format!("{}的客户占比", present.zh), format!("share of them who {}", present.en)),
        Measure::Count => Localized::new(format!("{}的客户数", present.zh), format!("number of them who {}", present.en)),
        Measure::Orders => Localized::new(format!("{zh}的订单数"), format!("their orders in {en}")),
        Measure::Net => Localized::new(format!("{zh}的净额"), format!("their net in {en}")),
        Measure::Aov => Localized::new(format!("{zh}的净额÷订单数"), format!("their net in {en} per order")),
        Measure::ValuePerReturning => {
            Localized::new(format!("{zh}的净额÷当期下单客户数"), format!("their net in {en} per member who ordered in it"))
        }
        Measure::ValuePerMember => Localized::new(format!("{zh}的净额÷全体成员数"), format!("their net in {en} per member")),
        Measure::CumValuePerMember => {
            Localized::new(format!("截至{zh}的累计净额÷全体成员数"), format!("their net up to and with {en} per member"))
        }
        Measure::Nrr => Localized::new(
            format!("{zh}的收入÷第 0 期收入（每位客户的净额低于 0 按 0 计）"),
            format!("their revenue in {en} over that of column 0 (a member's net below 0 taken as 0)"),
        ),
        Measure::Grr => Localized::new(
            format!("{zh}的收入÷第 0 期收入（每位客户以其第 0 期收入为上限，净额低于 0 按 0 计）"),
            format!(
                "their revenue in {en} over that of column 0 (each member's capped at its own of column 0, net below 0 taken as 0)"
            ),
        ),
    }
}

/// Who is present, as a predicate.
fn present(config: &CohortConfig, column: &Localized) -> Localized {
    let (zh, en) = (&column.zh, &column.en);
    let (orders_zh, orders_en) = match config.min_orders {
        1 => ("下单".to_owned(), "ordered".to_owned()),
        n => (format!("下单至少 {n} 次"), format!("ordered at least {n} times")),
    };
    match config.criterion {
        Criterion::On => Localized::new(format!("{zh}内{orders_zh}"), format!("{orders_en} in {en}")),
        Criterion::OnOrAfter => {
            Localized::new(format!("{zh}或以后某一期内{orders_zh}"), format!("{orders_en} in {en} or in a later one"))
        }
        Criterion::OnOrBefore => Localized::new(
            format!("截至{zh}、首期之后某一期内{orders_zh}"),
            format!("{orders_en} in a column after the first, up to {en}"),
        ),
        Criterion::Streak => {
            Localized::new(format!("从首期到{zh}每期都{orders_zh}"), format!("{orders_en} in every column up to {en}"))
        }
        Criterion::RepeatBy => {
            let nth = u64::from(config.min_orders) + 1;
            Localized::new(
                format!("截至{zh}末已下第 {nth} 单"),
                match nth {
                    2 => format!("placed their second order by the end of {en}"),
                    nth => format!("placed order number {nth} by the end of {en}"),
                },
            )
        }
    }
}
