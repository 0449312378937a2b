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
    "chart.as_of" "截至 {day}" "as of {day}"
    "chart.by_customers" "按客户数" "by customers"
    "chart.by_revenue" "按收入" "by revenue"
    "chart.cohort_best" "{column}最高的是 {cohort}（{value}）。" " Best at {column}: {cohort} ({value})."
    "chart.cohort_finding" "{measure}的加权平均：{means}。" "{measure}, pooled mean: {means}."
    "chart.cohort_finding_none" "共 {n} 个首购期，还没有完整的后续观察期。" "{n} cohorts, none with a complete later period yet."
    "chart.column" "第 {n} {unit}" "{unit} {n}"
    "chart.column_rolling" "第 {n} 个 {days} 天" "{days}-day span {n}"
    "chart.columns" "首购后第几{unit}" "{unit}s since first order"
    "chart.columns_rolling" "首购后第几个 {days} 天" "{days}-day spans since first order"
    "chart.completeness" "完整性" "Completeness"
    "chart.customer_share" "客户占比" "Share of customers"
    "chart.customers" "{n} 位客户" "{n} customers"
    "chart.day_range" "{min}–{max} 天" "{min}–{max} days"
    "chart.days_observed" "已观察 {seen}/{all} 天" "{seen} of {all} days"
    "chart.degenerate" "{axes} 的取值全部相同，得分没有区分度。" "All values of {axes} are equal: the score tells nothing."
    "chart.first_column" "首购当期" "Acquisition period"
    "chart.first_period" "数据首期，“新客”可能包含老客" "first period of the data, new customers may include older ones"
    "chart.flywheel" "增长飞轮" "Growth flywheel"
    "chart.flywheel_finding" "六步中有 {n} 步可以计算。" "{n} of six steps can be computed."
    "chart.flywheel_gain" "每位首购客户带来 {gain} 位新客，一圈 {cycle}。" " Each entrant brings {gain} new buyers, one turn takes {cycle}."
    "chart.flywheel_needs" "其余需要导出：{tables}。" " The rest needs an export of: {tables}."
    "chart.flywheel_subtitle" "六步闭环，每步取最近完整期" "Six steps of the loop, each of its last complete period"
    "chart.fm_axis" "FM：频次与金额综合得分（高 → 优）" "FM: frequency and monetary score (higher is better)"
    "chart.grid_cell" "单元格" "Cell"
    "chart.growth_finding" "{period}：新客 {new}，唤回 {resurrected}，流失 {churned}，速动比 {ratio}。" "{period}: {new} new, {resurrected} resurrected, {churned} churned, quick ratio {ratio}."
    "chart.immature" "尚未满期" "not mature yet"
    "chart.insufficient" "样本不足" "too few cases"
    "chart.interval" "95% 区间" "95% interval"
    "chart.last_order" "距上次下单" "Since last order"
    "chart.left_censored" "靠近数据起点，“首购”可能并非首次" "close to the start of the data: its first order may not be the first"
    "chart.low_n" "样本不足 30 人" "fewer than 30 members"
    "chart.mean_frequency" "人均订单" "Orders per customer"
    "chart.mean_monetary" "人均金额" "Net per customer"
    "chart.measure_of" "{measure}（{criterion}）" "{measure} ({criterion})"
    "chart.median_recency" "距上次下单（中位）" "Since last order (median)"
    "chart.metric" "指标" "Metric"
    "chart.needs" "需导出 {table}" "export {table}"
    "chart.needs_table" "缺少数据" "Data missing"
    "chart.net_share" "净额占比" "Share of net"
    "chart.newest" "最新 {cohort}" "newest {cohort}"
    "chart.no_data" "缺少数据" "no data"
    "chart.not_self_sustaining" "小于 1，需外部拉新" "below 1, needs outside buyers"
    "chart.note_first_period" "* 数据首期：“新客”包含文件之前的老客，请勿用于趋势。" "* First period of the data: new customers include those from before the file; leave it out of trends."
    "chart.note_gain" "飞轮增益：每位首购客户在一圈内带来的新客数；大于 1 即可自我增长。" "Loop gain: new buyers each entrant brings within one turn; above 1 the loop grows by itself."
    "chart.note_left_censored" "* 靠近数据起点，“首购”可能并非真正首次；不计入平均。" "* Close to the start of the data: its first order may not be the first; left out of the means."
    "chart.note_means" "平均只用已满期的单元格：加权平均按人数合计，简单平均对各首购期等权。" "Means use complete cells only: pooled adds up people, simple weighs every cohort the same."
    "chart.note_unscored" "未购潜客与窗口外：窗口内没有订单，不参与打分。" "Prospects and lapsed out: no order in the window, hence no score."
    "chart.nothing" "没有可画的数据。" "Nothing to draw."
    "chart.nothing_complete" "还没有完整的周期。" "No complete period yet."
    "chart.num_den" "分子 / 分母" "Numerator / denominator"
    "chart.observed_until" "观察至 {day} 前" "observed before {day}"
    "chart.ok" "已计算" "computed"
    "chart.oldest" "最早 {cohort}" "oldest {cohort}"
    "chart.partial_value" "{value}（未满期）" "{value} (partial)"
    "chart.period" "周期" "Period"
    "chart.pooled_short" "加权" "Pooled"
    "chart.present_of" "人数 / 客户数" "Present / members"
    "chart.provisional" "未结束，流失为暂定" "not ended, churn provisional"
    "chart.proxy" "替代指标" "stand-in"
    "chart.quick_formula" "（新客 + 唤回）÷ 流失，大于 1 即净增" "(new + resurrected) / churned, above 1 means growth"
    "chart.quick_formula_revenue" "（新客 + 唤回 + 扩张）÷（流失 + 缩减），大于 1 即净增" "(new + resurrected + expansion) / (churned + contraction), above 1 means growth"
    "chart.r_axis" "R 近度" "R recency"
    "chart.reactivation_rate" "唤回率" "Reactivation rate"
    "chart.recent_cohorts" "仅画最近 {n} 个首购期，其余见表格。" "The {n} latest cohorts are drawn, all are in the table."
    "chart.recent_periods" "仅画最近 {n} 期，其余见表格。" "The {n} latest periods are drawn, all are in the table."
    "chart.remark" "备注" "Note"
    "chart.repeat_rate" "复购率" "Repeat rate"
    "chart.retention_rate" "留存率" "Retention rate"
    "chart.rfm_finding" "{n} 位客户已打分；人数最多的是{largest}（{share}），净额最高的是{richest}（{net_share}）。" "{n} customers scored; the largest segment is {largest} ({share}), the most net comes from {richest} ({net_share})."
    "chart.rfm_grid" "RFM 分层" "RFM segments"
    "chart.rows_used" "所用首购期数" "Cohorts used"
    "chart.scored" "{n} 位已打分客户" "{n} customers scored"
    "chart.segment" "分层" "Segment"
    "chart.segments" "分层规模" "Segments"
    "chart.self_sustaining" "达到 1，可自我增长" "1 or more, grows by itself"
    "chart.simple_short" "简单" "Simple"
    "chart.status" "状态" "Status"
    "chart.step" "步骤" "Step"
    "chart.turns" "约每年 {n} 圈" "about {n} turns a year"
    "chart.unobserved" "未到观察期" "Not observed"
    "chart.uses_left_censored" "没有其他首购期，平均包含靠近数据起点者" "no other cohorts: the means include those close to the start of the data"
    "chart.value" "数值" "Value"
    "chart.value_at" "{column} {value}" "{column} {value}"
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
