//! The terms: one line each, id, zh, en.

use crate::result::Localized;

/// A named thing in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Stable id, as results carry it, with its topic in front: `segment.champions`.
    pub id: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

macro_rules! terms {
    ($($id:literal $zh:literal $en:literal)*) => {
        /// Every term, ascending by id.
        pub const TERMS: &[Term] = &[$(Term { id: $id, zh: $zh, en: $en }),*];
    };
}

terms! {
    "cell.complete" "完整" "complete"
    "cell.may_rise" "仍可能上升" "may still rise"
    "cell.partial" "未满期" "partial"
    "cell.suppressed" "已隐藏" "hidden"
    "cohort.cohort" "首购期" "Cohort"
    "cohort.curves" "留存曲线" "Retention curves"
    "cohort.customers" "客户数" "Customers"
    "cohort.heatmap" "留存表" "Retention table"
    "cohort.mean_median" "中位数" "Median"
    "cohort.mean_pooled" "加权平均" "Pooled mean"
    "cohort.mean_simple" "简单平均" "Simple mean"
    "criterion.on" "当期复购" "in the period"
    "criterion.on_or_after" "当期或以后" "in the period or later"
    "criterion.on_or_before" "截至当期" "by the period"
    "criterion.repeat_by" "截至当期二次购买" "second order by the period"
    "criterion.streak" "连续复购" "in every period so far"
    "granularity.day" "日" "day"
    "granularity.month" "月" "month"
    "granularity.quarter" "季" "quarter"
    "granularity.week" "周" "week"
    "granularity.year" "年" "year"
    "growth.active" "活跃" "Active"
    "growth.chart" "增长拆解" "Growth accounting"
    "growth.churned" "流失" "Churned"
    "growth.contraction" "缩减" "Contraction"
    "growth.dormant" "沉睡" "Dormant"
    "growth.expansion" "扩张" "Expansion"
    "growth.new" "新客" "New"
    "growth.quick_ratio" "速动比" "Quick ratio"
    "growth.resurrected" "唤回" "Resurrected"
    "growth.retained" "留存" "Retained"
    "measure.aov" "笔单价" "Average order value"
    "measure.count" "人数" "Customers"
    "measure.cum_value_per_member" "累计人均价值" "Cumulative value per member"
    "measure.grr" "毛收入留存" "Gross revenue retention"
    "measure.net" "净额" "Net"
    "measure.nrr" "净收入留存" "Net revenue retention"
    "measure.orders" "订单数" "Orders"
    "measure.rate" "比例" "Rate"
    "measure.value_per_member" "人均价值" "Value per member"
    "measure.value_per_returning" "复购人均价值" "Value per returning member"
    "metric.accept_rate" "邀请接受率" "Accept rate"
    "metric.advocacy_rate" "裂变参与率" "Advocacy rate"
    "metric.cac" "获客成本" "Acquisition cost"
    "metric.churn_rate" "流失率" "Churn rate"
    "metric.community_share" "社区订单占比" "Community order share"
    "metric.cycle_time" "循环周期（中位）" "Cycle time (median)"
    "metric.cycle_time_mean" "循环周期（平均）" "Cycle time (mean)"
    "metric.cycle_time_p90" "循环周期（P90）" "Cycle time (P90)"
    "metric.gain" "飞轮增益" "Loop gain"
    "metric.grr_1" "次期毛收入留存" "Gross revenue retention, next period"
    "metric.incremental_rate" "增量响应率" "Incremental response"
    "metric.invites_per_inviter" "人均邀请数" "Invites per inviter"
    "metric.ltv_cac" "价值成本比" "LTV / CAC"
    "metric.m56" "每位邀请人带来新客" "New buyers per inviter"
    "metric.net_adds" "净增率" "Net adds rate"
    "metric.new_buyers" "新客数" "New buyers"
    "metric.nrr_1" "次期净收入留存" "Net revenue retention, next period"
    "metric.payback" "回本时间" "Payback"
    "metric.pool_activity" "私域活跃率" "Pool activity"
    "metric.pool_net_growth" "私域净增率" "Pool net growth"
    "metric.pool_penetration" "活跃客户入池率" "Pool share of active customers"
    "metric.precipitation" "沉淀率" "Joined the pool within 30 days"
    "metric.reach_rate" "触达率" "Reach rate"
    "metric.redemption_rate" "核销率" "Redemption rate"
    "metric.referred_repeat" "被邀客户60日复购比" "Repeat in 60 days, referred / others"
    "metric.referred_share" "新客中被邀占比" "Referred share of new buyers"
    "metric.referred_value" "被邀客户90日价值比" "Value in 90 days, referred / others"
    "metric.repeat_60" "60日复购率" "Repeat within 60 days"
    "metric.response_rate" "触达响应率" "Response rate"
    "metric.retained_rate" "留存率" "Retained rate"
    "metric.satisfied_share" "满意占比" "Satisfied share"
    "metric.second_visit_30" "30日二访率" "Second visit within 30 days"
    "metric.wake_rate" "沉睡唤醒率" "Wake rate"
    "segment.about_to_sleep" "将沉睡" "About to sleep"
    "segment.active" "活跃" "Active"
    "segment.almost_lost" "即将流失" "Almost lost"
    "segment.at_risk" "高风险" "At risk"
    "segment.cannot_lose" "不能失去" "Cannot lose"
    "segment.champions" "核心" "Champions"
    "segment.dormant" "沉睡" "Dormant"
    "segment.hibernating" "休眠" "Hibernating"
    "segment.lapsed_out" "窗口外" "Lapsed out"
    "segment.lost" "已流失" "Lost"
    "segment.loyal" "忠诚" "Loyal"
    "segment.needs_attention" "需关注" "Needs attention"
    "segment.new" "新客" "New"
    "segment.potential_loyal" "潜在忠诚" "Potential loyal"
    "segment.previously_loyal" "曾经忠诚" "Previously loyal"
    "segment.promising" "潜力" "Promising"
    "segment.prospects" "未购潜客" "Prospects"
    "status.immature" "未满期" "not mature"
    "status.insufficient" "样本不足" "too few cases"
    "status.needs_table" "缺数据" "data missing"
    "status.ok" "已计算" "computed"
    "status.proxy" "代用口径" "stand-in"
    "status.suppressed" "已隐藏" "hidden"
    "step.advocacy" "裂变" "Advocacy"
    "step.experience" "体验" "Experience"
    "step.loop" "闭环" "Loop"
    "step.pool" "沉淀" "Pool"
    "step.precision" "智慧" "Precision"
    "step.repeat" "复购" "Repeat"
}

/// The term with an id, or the id itself where there is none.
#[must_use]
pub fn term(id: &str) -> Localized {
    match TERMS.binary_search_by(|term| term.id.cmp(id)) {
        Ok(found) => Localized::new(TERMS[found].zh, TERMS[found].en),
        Err(_) => Localized::new(id, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_ascend_and_speak_both_languages() {
        for pair in TERMS.windows(2) {
            assert!(pair[0].id < pair[1].id, "{} before {}", pair[0].id, pair[1].id);
        }
        assert!(TERMS.iter().all(|term| !term.zh.is_empty() && !term.en.is_empty()));
    }
}
