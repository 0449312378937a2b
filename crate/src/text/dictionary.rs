//! The metrics of private-domain retail as the trade speaks of them, each with one definition.
//!
//! In: nothing. Out: [`DICTIONARY`]. The table in docs/metrics.md is checked against it, and the npm package's copy (`dictionary.ts`) is generated
//! from it. It also names the metrics that no call computes yet, so that a page can say which table they would need.

use serde::Serialize;

use crate::result::Unit;

/// Whether a call answers with a metric of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DictionaryStatus {
    /// As the formula says.
    Computed,
    /// Defined, and computed by no call yet.
    NotComputed,
}

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
    /// What is divided by what.
    pub formula: &'static str,
    /// How its value is read.
    pub unit: Unit,
    /// The tables and columns it is made of.
    pub needs: &'static [&'static str],
    /// Whether a call computes it.
    pub status: DictionaryStatus,
    /// Which one; `None` where none does.
    pub computed_by: Option<ComputedBy>,
}

macro_rules! dictionary {
    ($($id:literal $zh:literal $en:literal $unit:ident [$($needs:literal),+] $formula:literal $status:ident $(($call:literal $result:literal $sql:literal))?)*) => {
        /// Every metric of the dictionary, in the order of the documentation.
        pub const DICTIONARY: &[DictionaryEntry] = &[$(DictionaryEntry {
            id: $id,
            zh: $zh,
            en: $en,
            formula: $formula,
            unit: Unit::$unit,
            needs: &[$($needs),+],
            status: DictionaryStatus::$status,
            computed_by: dictionary!(@by $(($call $result $sql))?),
        }),*];
    };
    (@by) => { None };
    (@by ($call:literal $result:literal $sql:literal)) => { Some(ComputedBy { call: $call, result: $result, sql: $sql }) };
}

dictionary! {
    "repeat_in_window" "复购率" "Repeat rate in a window" Share ["orders"] "customers with ≥ 2 valid orders in the w days up to the end of t / customers with ≥ 1; w = 30" Computed ("privateDomain" "repeat_in_window" "sql/private_domain.sql")
    "repeat_after_first" "首单后 h 天复购率" "Repeat within h days of the first order" Share ["orders"] "customers with t₂ − t₁ ≤ h days / customers, of those with t₁ + h ≤ the end of the observation; h = 30, 60, 90" Computed ("privateDomain" "repeat_after_first_30" "sql/private_domain.sql")
    "value_per_buyer" "客单价（人均）" "Value per buyer" Minor ["orders"] "net / buyers" Computed ("privateDomain" "value_per_buyer" "sql/private_domain.sql")
    "aov" "笔单价" "Average order value" Minor ["orders"] "net / valid orders" Computed ("privateDomain" "aov" "sql/private_domain.sql")
    "pool_net_growth" "私域净增率" "Pool net growth" Ratio ["members"] "(joined in t − left in t) / members at the end of t − 1" Computed ("flywheel" "pool_net_growth" "sql/pool.sql")
    "friend_accept_rate" "好友通过率" "Friend accept rate" Share ["friend requests"] "requests accepted / requests sent" NotComputed
    "pool_leavers" "流失好友数（去重）" "Pool leavers" Count ["members"] "distinct customers whose last active link ended in t" Computed ("flywheel" "pool_leavers" "sql/pool.sql")
    "precipitation" "沉淀率" "Joined the pool within 30 days" Share ["members"] "first buyers of t who joined before, or within 30 days after, the first purchase / first buyers of t" Computed ("flywheel" "precipitation" "sql/flywheel.sql")
    "pool_activity" "私域活跃率" "Pool activity" Share ["members", "interactions"] "members with ≥ 1 interaction or valid order in t / members at the end of t" Computed ("flywheel" "pool_activity" "sql/pool.sql")
    "redemption_rate" "核销率" "Redemption rate" Share ["touches.coupon_id"] "coupons sent in t and redeemed before they expired / coupons sent in t, once all have expired" Computed ("flywheel" "redemption_rate" "sql/touched.sql")
    "k_buyers" "裂变系数" "Buyers brought per buyer" Ratio ["referrals"] "invitees of the first buyers of t who bought within H days of the inviter's first purchase / first buyers of t" Computed ("flywheel" "gain" "sql/gain.sql")
    "wake_rate" "沉睡唤醒率" "Wake rate" Share ["orders"] "resurrected in t / earlier customers not active in t − 1" Computed ("flywheel" "wake_rate" "sql/growth.sql")
    "churn_rate" "流失率" "Churn rate" Share ["orders"] "churned in t / active in t − 1" Computed ("flywheel" "churn_rate" "sql/growth.sql")
    "pool_gmv_tree" "私域 GMV" "Pool GMV as a product" Minor ["members", "touches"] "members × share touched in t × share of these who bought in t × their orders × net per order" Computed ("privateDomain" "pool_gmv_tree" "sql/private_domain.sql")
    "pickup_rate" "自提率" "Pickup rate" Share ["orders.fulfilment"] "pickup orders / valid orders" Computed ("privateDomain" "pickup_rate" "sql/private_domain.sql")
    "pickup_on_time" "自提准时率" "Pickup on time" Share ["orders.picked_up_at", "orders.promised_to"] "picked up by the promised end / pickup orders due" Computed ("flywheel" "pickup_on_time" "sql/service.sql")
    "no_show" "未取率" "No show" Share ["orders.picked_up_at", "orders.promised_to"] "due and not picked up within 3 days after the promised end / pickup orders due" Computed ("flywheel" "no_show" "sql/service.sql")
    "leader_active_rate" "团长活跃率" "Active leaders" Share ["orders.staff_id"] "leaders with ≥ 1 valid order in t / leaders to date" Computed ("privateDomain" "leader_active_rate" "sql/private_domain.sql")
    "orders_per_active_leader" "活跃团长人均单量" "Orders per active leader" Ratio ["orders.staff_id"] "valid orders in t / leaders with ≥ 1 of them" Computed ("privateDomain" "orders_per_active_leader" "sql/private_domain.sql")
    "leader_gmv_share_top10pct" "头部 10% 团长销售占比" "Net share of the top 10 % of leaders" Share ["orders.staff_id"] "net in t of the 10 % of leaders, rounded up, with the most / net in t of all leaders with net > 0" Computed ("privateDomain" "leader_gmv_share_top10pct" "sql/private_domain.sql")
    "leader_retention" "团长留存率" "Leader retention" Share ["orders.staff_id"] "leaders active in t − 1 and t / leaders active in t − 1" Computed ("privateDomain" "leader_retention" "sql/private_domain.sql")
    "leader_buyer_repeat" "团长客户复购率" "Repeat rate of a leader's buyers" Share ["orders.staff_id"] "a leader's buyers with ≥ 2 valid orders from them in the w days up to the end of t / those with ≥ 1, over all leaders" Computed ("privateDomain" "leader_buyer_repeat" "sql/private_domain.sql")
    "refund_order_rate" "退货率" "Refunded orders" Share ["orders.refund"] "orders with refund > 0 / valid or refunded orders" NotComputed
    "pickup_add_on" "自提二次营销率" "Pickup add-on rate" Share ["orders.picked_up_at", "orders.store_id"] "orders picked up in t that their customer followed by another at the same store on the same local day within 120 minutes / orders picked up in t" Computed ("privateDomain" "pickup_add_on" "sql/cases.sql")
    "pickup_lead_time" "自提等待时长（中位）" "Pickup lead time, median" Days ["orders.picked_up_at"] "median of pickup − order, over all orders picked up" Computed ("privateDomain" "pickup_lead_time" "sql/cases.sql")
    "presale_share" "预售订单占比" "Presale share" Share ["orders.is_presale"] "presale orders / valid orders" Computed ("privateDomain" "presale_share" "sql/cases.sql")
    "presale_variation" "预售波动系数" "Variation of presale" Ratio ["orders.is_presale", "orders.store_id"] "median over stores of standard deviation / mean of their daily presale orders, from the first to the end of the observation" Computed ("privateDomain" "presale_variation" "sql/cases.sql")
    "dual_channel_share" "双渠道客户占比" "Dual-channel share" Share ["orders.channel"] "customers who bought both in a store and online in t / customers who bought in t" Computed ("privateDomain" "dual_channel_share" "sql/cases.sql")
    "dual_channel_value" "双渠道价值比" "Dual-channel value" Ratio ["orders.channel"] "net per customer who bought in both ways in t / net per customer who bought in one" Computed ("privateDomain" "dual_channel_value" "sql/cases.sql")
    "members_per_staff" "人均绑定会员" "Members per member of staff" Ratio ["members.staff_id"] "members at the end of t who are bound to a member of staff / members of staff they are bound to" Computed ("privateDomain" "members_per_staff" "sql/cases.sql")
    "serve_rate" "服务率" "Serve rate" Share ["members.staff_id", "touches"] "bound members touched in t / bound members at the end of t" Computed ("privateDomain" "serve_rate" "sql/cases.sql")
    "orders_per_group" "每团单量" "Orders per group" Ratio ["orders.group_buy_id"] "valid orders of the groups opened in t / groups opened in t" Computed ("privateDomain" "orders_per_group" "sql/cases.sql")
    "group_success_rate" "成团率" "Group success rate" Share ["orders.group_buy_id"] "groups opened in t with ≥ 3 valid orders / groups opened in t" Computed ("privateDomain" "group_success_rate" "sql/cases.sql")
    "service_breadth" "人均服务种类" "Services per customer" Ratio ["orders.service_type"] "different services bought in t, over customers / customers who bought one" Computed ("privateDomain" "service_breadth" "sql/cases.sql")
}
