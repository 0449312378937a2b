//! The one-line texts of RFM results, both languages side by side.

use crate::history::{View, iso_date};
use crate::result::{
    Cn8By, ConcentrationConfig, Entity, Localized, MigrationMode, Monetary, RfmConfig, RfmMigrationConfig, RfmPreset, ScoreMode,
};

/// What the table shows, over what.
pub(super) fn sentence(view: &View<'_>, config: &RfmConfig) -> Localized {
    let (window, scores, scope) = (window(config.window_days, ("客户", "Customers")), scores(config), view.scope());
    Localized::new(format!("{}：{}；{}", window.zh, scores.zh, scope.zh), format!("{}, {}; {}", window.en, scores.en, scope.en))
}

/// Between what the customers move, and over what.
pub(super) fn migration_sentence(before: &View<'_>, after: &View<'_>, config: &RfmMigrationConfig) -> Localized {
    let (window, scores, scope) = (window(config.rfm.window_days, ("客户", "Customers")), scores(&config.rfm), after.scope());
    let (from, to) = (iso_date(before.end_day), iso_date(after.end_day));
    let (mode_zh, mode_en) = match config.mode {
        MigrationMode::Frozen => ("两日都用前一日的分界", "both by the cut-points of the earlier day"),
        MigrationMode::Refit => ("两日各用当日的分界", "each day by its own cut-points"),
    };
    Localized::new(
        format!("{from} 与 {to} 之间的分层迁移，{mode_zh}。{}：{}；{}", window.zh, scores.zh, scope.zh),
        format!("Migration between segments from {from} to {to}, {mode_en}. {}, {}; {}", window.en, scores.en, scope.en),
    )
}

/// Whose net is concentrated, over what.
pub(super) fn concentration_sentence(view: &View<'_>, config: &ConcentrationConfig) -> Localized {
    let who = match config.entity {
        Entity::Customer => ("客户", "customers"),
        Entity::Staff => ("员工", "members of staff"),
        Entity::Leader => ("团长", "group leaders"),
        Entity::Store => ("门店", "stores"),
    };
    let (days, scope) = (window(config.window_days, who), view.scope());
    Localized::new(
        format!("净额集中度：{}，负净额按 0 计；{}", days.zh, scope.zh),
        format!("Concentration of net among {}, negative nets as 0; {}", days.en, scope.en),
    )
}

/// Who is looked at.
fn window(days: Option<u32>, (who_zh, who_en): (&str, &str)) -> Localized {
    let verb = if who_en.eq_ignore_ascii_case("customers") { "bought" } else { "sold" };
    let (verb_zh, all) = if verb == "bought" { ("购买", "who bought") } else { ("成交", "that sold") };
    match days {
        Some(days) => Localized::new(
            format!("截止日前 {days} 天内有{verb_zh}的{who_zh}"),
            format!("{who_en} {all} in the {days} days before the end"),
        ),
        None => Localized::new(format!("全部有{verb_zh}的{who_zh}"), format!("{who_en} {all}, all of them")),
    }
}

/// How they are scored and put into segments.
fn scores(config: &RfmConfig) -> Localized {
    let (unit_zh, unit_en) =
        if config.frequency_by_day { ("下单天数", "days with an order") } else { ("订单数", "orders") };
    let (money_zh, money_en) = match config.monetary {
        Monetary::Net => ("净额", "net"),
        Monetary::Aov => ("客单价", "average order value"),
        Monetary::Margin => ("毛利", "margin"),
    };
    let [r, f, m] = [config.recency_mode, config.frequency_mode, config.monetary_mode].map(mode);
    let (bins, preset) = (config.bins, preset(config));
    Localized::new(
        format!("R 距末次购买天数（{}）、F {unit_zh}（{}）、M {money_zh}（{}），各 1–{bins} 分，{}", r.0, f.0, m.0, preset.zh),
        format!(
            "scored 1–{bins} on days since the last purchase ({}), {unit_en} ({}) and {money_en} ({}), {}",
            r.1, f.1, m.1, preset.en
        ),
    )
}

fn mode(mode: ScoreMode) -> (&'static str, &'static str) {
    match mode {
        ScoreMode::Midrank => ("中位秩", "midrank"),
        ScoreMode::OnePlusQuartile => ("一次为 1 分，其余中位秩", "1 for a single one, else midrank"),
        ScoreMode::NearestRank => ("最近秩分位", "nearest rank"),
        ScoreMode::Fixed => ("固定分界", "fixed cut-points"),
        ScoreMode::Ntile => ("等人数", "groups of equal size"),
        ScoreMode::Nested => ("组内中位秩", "midrank within the scores before"),
    }
}

fn preset(config: &RfmConfig) -> Localized {
    match config.preset {
        RfmPreset::Grid => Localized::new("按 R×FM 网格分 10 层", "ten segments on the R × FM grid"),
        RfmPreset::Rules11 => Localized::new("按 11 条规则分层", "eleven segments by rules over R, F and M"),
        RfmPreset::Custom => Localized::new("按自定义得分区间分层", "segments by ranges of scores of one's own"),
        RfmPreset::Cn8 => {
            let (by_zh, by_en) = match (config.cn8_by, config.cn8_score) {
                (Cn8By::Mean, _) => ("高于平均".to_owned(), "above the mean".to_owned()),
                (Cn8By::Median, _) => ("高于中位数".to_owned(), "above the median".to_owned()),
                (Cn8By::Score, score) => {
                    let score = score.unwrap_or(config.bins);
                    (format!("{score} 分及以上"), format!("of score {score} or more"))
                }
            };
            Localized::new(format!("按三项是否{by_zh}分 8 层"), format!("eight segments by which of the three are {by_en}"))
        }
    }
}
