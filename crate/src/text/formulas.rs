//! What is divided by what: the formulas of results that the dictionary does not have, one line each, id, zh, en, SQL.
//!
//! In: nothing. Out: [`FORMULAS`]. The npm package's copy (`formulas.ts`) is generated from it; the definitions in full are in docs/metrics.md.

/// How a number is computed, in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formula {
    /// The id of a metric, e.g. `retained_rate`; of other numbers with its topic in front: `growth.new`.
    pub id: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// The file with its SQL.
    pub sql: &'static str,
}

macro_rules! formulas {
    ($($id:literal $zh:literal $en:literal $sql:literal)*) => {
        /// Every formula, ascending by id.
        pub const FORMULAS: &[Formula] = &[$(Formula { id: $id, zh: $zh, en: $en, sql: concat!("sql/", $sql, ".sql") }),*];
    };
}

formulas! {
    "acceleration" "各步 g(t) − g(t − 1) 的加权平均；g 是平滑后标题指标的对数减去基准期的对数" "weighted mean over the steps of g(t) − g(t − 1); g is the log of a smoothed headline less that of its base" "momentum"
    "accept_rate" "t 期发出的邀请中被接受，或对方在 h56 天内首购的 / t 期发出的邀请" "invitations of t accepted, or followed by the invitee's first purchase within h56 days / invitations of t" "invited"
    "advocacy_rate" "t 期发出邀请的人 / t − 1 期的活跃客户与期末会员" "who sent an invitation in t / customers active in t − 1 and members at its end" "invited"
    "amplification" "1 / (1 − 增益)：每位新客最终带来的买家数，含其本人" "1 / (1 − gain): buyers each entrant comes to in the end, itself included" "gain"
    "bypass_share" "1 − 严格增益 / 增益" "1 − strict gain / gain" "gain"
    "cac" "t 期投放 / t 期新客" "spend of t / new buyers of t" "costs"
    "cohort.column" "各完整首购期该列的分子之和 / 分母之和；观察期开头的首购期不计" "numerators of the column / its denominators, summed over complete cohorts; those at the start of the data are left out" "cohorts"
    "cohort.customers" "各首购期的不同成员" "distinct members of the cohorts" "cohorts"
    "community_share" "t 期自提或到店的订单 / t 期订单" "orders of t picked up or bought in a store / orders of t" "service"
    "concentration.gini" "Σᵢ(2i − n − 1) × 净额ᵢ / (n × Σ 净额)，净额从低到高，负值按 0；0 为均等，1 为一家独占" "Σᵢ(2i − n − 1) × netᵢ / (n × Σ net), net ascending, negatives as 0; 0 is all alike, 1 is one with everything" "concentration"
    "concentration.top" "净额最高的百分之 p（向上取整）的净额 / 全部净额" "net of the top p percent, rounded up / net of all" "concentration"
    "coupon_order_share" "t 期用券的订单 / t 期订单" "orders of t with a coupon / orders of t" "service"
    "cycle_time" "被邀人首购 − 邀请人首购，天，取中位数" "invitee's first purchase − inviter's first purchase in days, median" "flywheel"
    "cycle_time_mean" "被邀人首购 − 邀请人首购，天，取平均" "invitee's first purchase − inviter's first purchase in days, mean" "flywheel"
    "cycle_time_p90" "被邀人首购 − 邀请人首购，天，取第 90 百分位" "invitee's first purchase − inviter's first purchase in days, 90th percentile" "flywheel"
    "data.customers" "有有效订单的不同客户" "distinct customers with a valid order" "orders"
    "data.net" "Σ（金额 − 退款），全部有效订单" "Σ (amount − refund) over valid orders" "orders"
    "data.orders" "未被搁置的订单；同一订单号的多行算一单" "orders not set aside; the lines of one order id are one order" "orders"
    "doubling_days" "ln 2 × 循环周期 / ln 增益，仅当增益大于 1" "ln 2 × cycle time / ln gain, where the gain is above 1" "gain"
    "gain_strict" "走完链条六步后带来的新客 / 首购客户 = p12 × p23 × p34 × p45 × m56" "new buyers brought by taking every step of the chain / first buyers = p12 × p23 × p34 × p45 × m56" "gain"
    "gain_then" "严格增益 × 最佳 / 现值：只有这一步达到最佳时的增益" "strict gain × best / now: the gain if this step alone reached its best" "bottleneck"
    "growth.active" "t 期购买过的客户" "customers with a purchase in t" "growth"
    "growth.churned" "t − 1 期活跃、t 期不活跃的客户；按收入时为其 t − 1 期净额" "active in t − 1, not in t; in revenue their net of t − 1" "growth"
    "growth.dormant" "t 与 t − 1 期都不活跃的老客户" "earlier customers active neither in t nor in t − 1" "growth"
    "growth.net" "t 期全部有效订单的净额" "net of all valid orders of t" "growth"
    "growth.new" "首购在 t 期的客户；按收入时为其 t 期净额" "first purchase in t; in revenue their net of t" "growth"
    "growth.quick_ratio" "（新客 + 唤回）/ 流失" "(new + resurrected) / churned" "growth"
    "growth.resurrected" "t 期活跃、t − 1 期不活跃的老客户" "earlier customers active in t, not in t − 1" "growth"
    "growth.retained" "t 与 t − 1 期都活跃的客户" "active in t and in t − 1" "growth"
    "growth.revenue_quick_ratio" "（新客 + 唤回 + 扩张收入）/（流失 + 缩减收入）" "(new + resurrected + expansion) / (churned + contraction), in revenue" "growth"
    "grr_1" "Σ min（次期净额，首期净额）/ Σ 首期净额，按客户封顶" "Σ min(net of the period after, net of the entry period) / Σ net of the entry period, capped customer by customer" "flywheel"
    "headroom.best" "近 12 个成熟期中的最高值；按维度比较时为各标签的第 90 百分位" "highest of the last 12 mature periods; across slices their 90th percentile" "bottleneck"
    "incremental_rate" "t 期被触达者 7 天内购买的比例 − 对照组的同一比例" "share of those touched in t who bought within 7 days − the same of those held back" "touched"
    "invites_per_inviter" "t 期发出的邀请 / 发出邀请的人" "invitations sent in t / people who sent them" "invited"
    "loop_growth" "ln 增益 / 循环周期，每天" "ln gain / cycle time, per day" "gain"
    "loops_per_year" "365 / 循环周期" "365 / cycle time" "gain"
    "ltv_cac" "t 期首购客户首购后 90 天的净额 / t 期投放" "net of the first buyers of t within 90 days / spend of t" "costs"
    "m56" "t 期的邀请在 h56 天内带来的新客 / t 期发出邀请的人" "new buyers the invitations of t brought within h56 days / those who sent them" "invited"
    "measure.aov" "该列净额 / 该列订单" "net of the column / its orders" "cohorts"
    "measure.count" "该列在场的成员" "members present in the column" "cohorts"
    "measure.cum_value_per_member" "第 0 列到该列的净额 / 成员" "net of columns 0 to this one / members" "cohorts"
    "measure.grr" "Σ min（该列净额，首期净额）/ Σ 首期净额，按客户封顶" "Σ min(net of the column, net of the first) / Σ net of the first, capped customer by customer" "cohorts"
    "measure.net" "该列净额" "net of the column" "cohorts"
    "measure.nrr" "该列净额 / 首期净额，负值按 0" "net of the column / net of the first, negatives as 0" "cohorts"
    "measure.orders" "该列的购买" "purchases in the column" "cohorts"
    "measure.rate" "该列在场的成员 / 成员" "members present in the column / members" "cohorts"
    "measure.value_per_member" "该列净额 / 成员" "net of the column / members" "cohorts"
    "measure.value_per_returning" "该列净额 / 在场的成员" "net of the column / members present" "cohorts"
    "momentum" "100 × exp（各步 g 的加权平均）；g 是平滑后标题指标的对数减去基准期的对数，100 为持平" "100 × exp(weighted mean of g over the steps); g is the log of a smoothed headline less that of its base, 100 is unchanged" "momentum"
    "net_adds" "（新客 + 唤回 − 流失）/ t − 1 期活跃客户" "(new + resurrected − churned) / active in t − 1" "flywheel"
    "new_buyers" "首购在 t 期的客户" "customers whose first purchase is in t" "flywheel"
    "nrr_1" "t 期首购客户次期的净额 / 首期的净额" "net of the first buyers of t in the period after / their net in t" "flywheel"
    "observational_gap" "按最近购买与购买次数分层，Σ 权重 ×（被触达者购买比例 − 其他人的比例）；非因果" "by strata of recency and frequency, Σ weight × (share of the touched who bought − share of the others); not causal" "touched"
    "payback" "首购客户的毛利累计达到投放所需的 30 天数" "spans of 30 days until the margin of the first buyers has reached the spend" "costs"
    "pool_members" "t 期末在私域中的客户" "customers in the pool at the end of t" "pool"
    "pool_penetration" "活跃会员 / t 期活跃客户" "active members / customers active in t" "pool"
    "reach_rate" "t 期被触达的会员 / t 期末会员" "members touched in t / members at the end of t" "pool"
    "referred_repeat" "60 天复购率：被邀客户 / 其他新客" "repeat within 60 days: invited / other new buyers" "flywheel"
    "referred_share" "t 期新客中由他人邀请的 / t 期新客" "new buyers of t whom somebody invited / new buyers of t" "flywheel"
    "referred_value" "首购后 90 天人均净额：被邀客户 / 其他新客" "mean net of the first 90 days: invited / other new buyers" "flywheel"
    "repeat_60" "t 期首购客户中 60 天内第二次购买的 / t 期首购客户" "first buyers of t who bought again within 60 days / first buyers of t" "flywheel"
    "response_rate" "t 期被触达的客户中归因期内购买或核销的 / t 期被触达的客户" "customers touched in t who bought or redeemed within the attribution days / customers touched in t" "touched"
    "retained_rate" "t 与 t − 1 期都活跃的客户 / t − 1 期活跃客户" "customers active in t and t − 1 / active in t − 1" "flywheel"
    "rfm.aov" "窗口内净额 / 窗口内购买数" "net in the window / purchases in the window" "rfm"
    "rfm.customers" "窗口内购买过、按分层规则归入该层的客户" "customers who bought in the window and belong to the segment by its rule" "rfm"
    "rfm.frequency" "F 的人均值：窗口内购买数或购买天数，依所选" "mean F per customer: purchases or purchase days in the window, as chosen" "rfm"
    "rfm.monetary" "M 的人均值：窗口内净额、毛利或笔均净额，依所选" "mean M per customer: net, margin or net per order in the window, as chosen" "rfm"
    "rfm.net" "窗口内全部有效订单的净额" "net of all valid orders in the window" "rfm"
    "rfm.net_share" "该分层净额 / 全部得分客户净额" "net of the segment / net of all scored customers" "rfm"
    "rfm.recency" "最近购买日到截至日前一天的天数，取中位数" "local days from the last purchase to the day before the as-of day, median" "rfm"
    "rfm.scored" "窗口内至少购买一次的客户" "customers with a purchase in the window" "rfm"
    "rfm.share" "该分层客户 / 全部得分客户" "customers of the segment / scored customers" "rfm"
    "satisfied_share" "t 期评分不低于 4 的 / t 期评分" "ratings of t of at least 4 / ratings of t" "service"
    "second_visit_30" "t 期首购客户中 30 天内第二次购买的 / t 期首购客户" "first buyers of t who bought again within 30 days / first buyers of t" "flywheel"
    "steady_new_buyers" "末期未被邀请的新客 / (1 − 增益)" "new buyers of the last complete period nobody invited / (1 − gain)" "gain"
    "step_momentum" "100 × exp(g)；g 是平滑后标题指标的对数减去基准期的对数，100 为持平" "100 × exp(g), g the log of the smoothed headline less that of its base; 100 is unchanged" "momentum"
}
