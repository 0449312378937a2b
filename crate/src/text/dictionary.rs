//! The metrics of private-domain retail as the trade speaks of them, each with one definition.
//!
//! In: nothing. Out: [`DICTIONARY`]. The table in docs/metrics.md is checked against it, and the npm package's copy (`dictionary.ts`) is generated
//! from it.

use serde::Serialize;

use crate::result::Unit;

/// The call and the name within its result under which a metric is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ComputedBy {
    /// The call: `privateDomain`, where every entry is; `flywheel` or `growth` for what they have too.
    pub call: &'static str,
    /// The id of the metric in its result, or the field.
    pub result: &'static str,
    /// The file with its SQL.
    pub sql: &'static str,
}

/// A metric of private-domain retail with its one definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DictionaryEntry {
    /// Stable id, e.g. `wake_rate`.
    pub id: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// What is divided by what, in Chinese.
    pub formula_zh: &'static str,
    /// The same in English.
    pub formula_en: &'static str,
    /// How its value is read.
    pub unit: Unit,
    /// The tables and columns it is made of.
    pub needs: &'static [&'static str],
    /// The call that computes it.
    pub computed_by: ComputedBy,
}

macro_rules! dictionary {
    ($($id:literal $zh:literal $en:literal $unit:ident [$($needs:literal),+] $formula_zh:literal $formula_en:literal ($call:literal $result:literal $sql:literal))*) => {
        /// Every metric of the dictionary, in the order of the documentation.
        pub const DICTIONARY: &[DictionaryEntry] = &[$(DictionaryEntry {
            id: $id,
            zh: $zh,
            en: $en,
            formula_zh: $formula_zh,
            formula_en: $formula_en,
            unit: Unit::$unit,
            needs: &[$($needs),+],
            computed_by: ComputedBy { call: $call, result: $result, sql: $sql },
        }),*];
    };
}

dictionary! {
    "repeat_in_window" "复购率" "Repeat rate in a window" Share ["orders"] "截至 t 期末的 w 天内有效订单不少于 2 单的客户 / 不少于 1 单的客户；w 默认 30" "customers with ≥ 2 valid orders in the w days up to the end of t / customers with ≥ 1; w = 30 by default" ("privateDomain" "repeat_in_window" "sql/private_domain.sql")
    "repeat_after_first" "首单后 h 天复购率" "Repeat within h days of the first order" Share ["orders"] "第二单距首单不超过 h 天的客户 / 客户，只算首单后已观察满 h 天的人；h = 30、60、90" "customers with t₂ − t₁ ≤ h days / customers, of those with t₁ + h ≤ the end of the observation; h = 30, 60, 90" ("privateDomain" "repeat_after_first_30" "sql/private_domain.sql")
    "value_per_buyer" "客单价（人均）" "Value per buyer" Minor ["orders"] "净额 / 下单人数" "net / buyers" ("privateDomain" "value_per_buyer" "sql/private_domain.sql")
    "aov" "笔单价" "Average order value" Minor ["orders"] "净额 / 有效订单数" "net / valid orders" ("privateDomain" "aov" "sql/private_domain.sql")
    "pool_net_growth" "私域净增率" "Pool net growth" Change ["members"] "（t 期加入 − t 期离开）/ t − 1 期末会员" "(joined in t − left in t) / members at the end of t − 1" ("flywheel" "pool_net_growth" "sql/pool.sql")
    "friend_accept_rate" "好友通过率" "Friend accept rate" Share ["interactions.kind"] "t 期发出、7 天内且在下一次申请前通过的好友申请 / t 期发出的好友申请" "friend requests of t accepted within 7 days and before the next one / friend requests of t" ("privateDomain" "friend_accept_rate" "sql/cases.sql")
    "pool_leavers" "流失好友数（去重）" "Pool leavers" Count ["members"] "最后一段会员关系在 t 期结束的客户，按人去重" "distinct customers whose last active link ended in t" ("flywheel" "pool_leavers" "sql/pool.sql")
    "precipitation" "沉淀率" "Joined the pool within 30 days" Share ["members"] "t 期首购客户中，首购前已加入或首购后 30 天内加入私域的人 / t 期首购客户" "first buyers of t who joined before, or within 30 days after, the first purchase / first buyers of t" ("flywheel" "precipitation" "sql/flywheel.sql")
    "pool_activity" "私域活跃率" "Pool activity" Share ["members", "interactions"] "t 期有互动或有效订单的会员 / t 期末会员" "members with ≥ 1 interaction or valid order in t / members at the end of t" ("flywheel" "pool_activity" "sql/pool.sql")
    "redemption_rate" "核销率" "Redemption rate" Share ["touches.coupon_id"] "t 期发放且在到期前核销的券 / t 期发放的券，须全部到期" "coupons sent in t and redeemed before they expired / coupons sent in t, once all have expired" ("flywheel" "redemption_rate" "sql/touched.sql")
    "k_buyers" "裂变系数" "Buyers brought per buyer" Ratio ["referrals"] "t 期首购客户所邀请、且在邀请人首购后 H 天内购买的人 / t 期首购客户" "invitees of the first buyers of t who bought within H days of the inviter's first purchase / first buyers of t" ("flywheel" "gain" "sql/gain.sql")
    "wake_rate" "沉睡唤醒率" "Wake rate" Share ["orders"] "t 期唤醒的客户 / t − 1 期未活跃的老客户" "resurrected in t / earlier customers not active in t − 1" ("flywheel" "wake_rate" "sql/growth.sql")
    "churn_rate" "流失率" "Churn rate" Share ["orders"] "t 期流失的客户 / t − 1 期活跃客户" "churned in t / active in t − 1" ("flywheel" "churn_rate" "sql/growth.sql")
    "pool_gmv_tree" "私域 GMV" "Pool GMV as a product" Minor ["members", "touches"] "会员数 × t 期触达比例 × 其中 t 期购买比例 × 人均订单数 × 笔均净额" "members × share touched in t × share of these who bought in t × their orders × net per order" ("privateDomain" "pool_gmv_tree" "sql/private_domain.sql")
    "pickup_rate" "自提率" "Pickup rate" Share ["orders.fulfilment"] "自提订单 / 有效订单" "pickup orders / valid orders" ("privateDomain" "pickup_rate" "sql/private_domain.sql")
    "pickup_on_time" "自提准时率" "Pickup on time" Share ["orders.picked_up_at", "orders.promised_to"] "在承诺时间前提走的订单 / 到期的自提订单" "picked up by the promised end / pickup orders due" ("flywheel" "pickup_on_time" "sql/service.sql")
    "no_show" "未取率" "No show" Share ["orders.picked_up_at", "orders.promised_to"] "承诺时间后 3 天内仍未提走的订单 / 到期的自提订单" "due and not picked up within 3 days after the promised end / pickup orders due" ("flywheel" "no_show" "sql/service.sql")
    "leader_active_rate" "团长活跃率" "Active leaders" Share ["orders.staff_id"] "t 期有有效订单的团长 / 至今的全部团长" "leaders with ≥ 1 valid order in t / leaders to date" ("privateDomain" "leader_active_rate" "sql/private_domain.sql")
    "orders_per_active_leader" "活跃团长人均单量" "Orders per active leader" Ratio ["orders.staff_id"] "t 期团长的有效订单 / t 期有订单的团长" "valid orders in t / leaders with ≥ 1 of them" ("privateDomain" "orders_per_active_leader" "sql/private_domain.sql")
    "leader_gmv_share_top10pct" "头部 10% 团长销售占比" "Net share of the top 10 % of leaders" Share ["orders.staff_id"] "t 期净额最高的 10% 团长（向上取整）的净额 / t 期净额为正的全部团长的净额" "net in t of the 10 % of leaders, rounded up, with the most / net in t of all leaders with net > 0" ("privateDomain" "leader_gmv_share_top10pct" "sql/private_domain.sql")
    "leader_retention" "团长留存率" "Leader retention" Share ["orders.staff_id"] "t − 1 期与 t 期都有订单的团长 / t − 1 期有订单的团长" "leaders active in t − 1 and t / leaders active in t − 1" ("privateDomain" "leader_retention" "sql/private_domain.sql")
    "leader_buyer_repeat" "团长客户复购率" "Repeat rate of a leader's buyers" Share ["orders.staff_id"] "截至 t 期末的 w 天内在同一团长处下单不少于 2 单的客户 / 不少于 1 单的客户，全部团长合计" "a leader's buyers with ≥ 2 valid orders from them in the w days up to the end of t / those with ≥ 1, over all leaders" ("privateDomain" "leader_buyer_repeat" "sql/private_domain.sql")
    "refund_order_rate" "退货率" "Refunded orders" Share ["orders.refund_amount"] "t 期有退款的订单 / t 期的购买与有退款的订单" "orders of t of which something was refunded / purchases and refunded orders of t" ("privateDomain" "refund_order_rate" "sql/private_domain.sql")
    "pickup_add_on" "自提二次营销率" "Pickup add-on rate" Share ["orders.picked_up_at", "orders.store_id"] "t 期提货后 120 分钟内，同一客户当天在同一门店又下单的自提订单 / t 期提走的自提订单" "orders picked up in t that their customer followed by another at the same store on the same local day within 120 minutes / orders picked up in t" ("privateDomain" "pickup_add_on" "sql/cases.sql")
    "pickup_lead_time" "自提等待时长（中位）" "Pickup lead time, median" Days ["orders.picked_up_at"] "全部已提订单从下单到提货时长的中位数" "median of pickup − order, over all orders picked up" ("privateDomain" "pickup_lead_time" "sql/cases.sql")
    "presale_share" "预售订单占比" "Presale share" Share ["orders.is_presale"] "预售订单 / 有效订单" "presale orders / valid orders" ("privateDomain" "presale_share" "sql/cases.sql")
    "presale_variation" "预售波动系数" "Variation of presale" Ratio ["orders.is_presale", "orders.store_id"] "各门店每日预售单量的标准差 / 均值，从首个预售日到观察期末，取门店中位数" "median over stores of standard deviation / mean of their daily presale orders, from the first to the end of the observation" ("privateDomain" "presale_variation" "sql/cases.sql")
    "dual_channel_share" "双渠道客户占比" "Dual-channel share" Share ["orders.channel"] "t 期既在门店又在线上购买的客户 / t 期购买的客户" "customers who bought both in a store and online in t / customers who bought in t" ("privateDomain" "dual_channel_share" "sql/cases.sql")
    "dual_channel_value" "双渠道价值比" "Dual-channel value" Ratio ["orders.channel"] "t 期双渠道客户人均净额 / 单渠道客户人均净额" "net per customer who bought in both ways in t / net per customer who bought in one" ("privateDomain" "dual_channel_value" "sql/cases.sql")
    "members_per_staff" "人均绑定会员" "Members per member of staff" Ratio ["members.staff_id"] "t 期末绑定了员工的会员 / 这些员工人数" "members at the end of t who are bound to a member of staff / members of staff they are bound to" ("privateDomain" "members_per_staff" "sql/cases.sql")
    "serve_rate" "服务率" "Serve rate" Share ["members.staff_id", "touches"] "t 期被触达的绑定会员 / t 期末绑定会员" "bound members touched in t / bound members at the end of t" ("privateDomain" "serve_rate" "sql/cases.sql")
    "orders_per_group" "每团单量" "Orders per group" Ratio ["orders.group_buy_id"] "t 期开团的有效订单 / t 期开团数" "valid orders of the groups opened in t / groups opened in t" ("privateDomain" "orders_per_group" "sql/cases.sql")
    "group_success_rate" "成团率" "Group success rate" Share ["orders.group_buy_id"] "t 期开团中有效订单不少于 3 单的团 / t 期开团数" "groups opened in t with ≥ 3 valid orders / groups opened in t" ("privateDomain" "group_success_rate" "sql/cases.sql")
    "service_breadth" "人均服务种类" "Services per customer" Ratio ["orders.service_type"] "t 期购买的不同服务种类数，按客户累计 / 购买过服务的客户" "different services bought in t, over customers / customers who bought one" ("privateDomain" "service_breadth" "sql/cases.sql")
}
