//! The one-line text of an RFM table, both languages side by side.

use crate::history::View;
use crate::result::{Localized, RfmConfig, RfmPreset, ScoreMode};

/// What the table shows, over what.
pub(super) fn sentence(view: &View<'_>, config: &RfmConfig) -> Localized {
    let scope = view.scope();
    let window = match config.window_days {
        Some(days) => Localized::new(
            format!("截止日前 {days} 天内有购买的客户"),
            format!("Customers who bought in the {days} days before the end"),
        ),
        None => Localized::new("全部有购买的客户", "All customers who bought"),
    };
    let (unit_zh, unit_en) =
        if config.frequency_by_day { ("下单天数", "days with an order") } else { ("订单数", "orders") };
    let (mode_zh, mode_en) = match config.frequency_mode {
        ScoreMode::OnePlusQuartile => ("中位秩打 1–5 分（F 只购一次者为 1 分）", "scored 1–5 by midrank (F: 1 for a single one)"),
        ScoreMode::Midrank => ("中位秩打 1–5 分", "scored 1–5 by midrank"),
    };
    let (preset_zh, preset_en) = match config.preset {
        RfmPreset::Grid => ("按 R×FM 网格分 10 层", "ten segments on the R × FM grid"),
        RfmPreset::Rules11 => ("按 11 条规则分层", "eleven segments by rules over R, F and M"),
    };
    Localized::new(
        format!("{}：R 距末次购买天数、F {unit_zh}、M 净额，{mode_zh}，{preset_zh}；{}", window.zh, scope.zh),
        format!("{}, {mode_en} on days since the last purchase, {unit_en} and net, {preset_en}; {}", window.en, scope.en),
    )
}
