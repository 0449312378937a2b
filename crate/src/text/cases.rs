//! Three ways community retail works, each as a preset: what to slice by, and what to ask.
//!
//! In: nothing. Out: [`CASES`]. The npm package's copy (`cases.ts`) is generated from it; a test computes every question.

use serde::Serialize;

/// A question, and the call that answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CaseQuestion {
    /// Stable id within its case.
    pub id: &'static str,
    /// The question in Chinese.
    pub zh: &'static str,
    /// The question in English.
    pub en: &'static str,
    /// The call: `cohorts`, `rfm`, `rfmMigration`, `concentration`, `flywheel` or `privateDomain`.
    pub call: &'static str,
    /// Its options as JSON.
    pub config: &'static str,
    /// The entries of the dictionary that answer it, where the call is `privateDomain`.
    pub metrics: &'static [&'static str],
    /// The tables and columns it is asked of, beside those of every order.
    pub needs: &'static [&'static str],
}

/// A way of retailing, as slices and questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Stable id.
    pub id: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// Keys of the dimensions it is looked at by, the most telling first.
    pub slices: &'static [&'static str],
    /// What to ask.
    pub questions: &'static [CaseQuestion],
}

macro_rules! cases {
    ($($id:ident $zh:literal $en:literal [$($slice:literal),+] { $($question:ident $ask_zh:literal $ask_en:literal $call:ident $config:literal [$($metric:literal),*] [$($needs:literal),*])+ })+) => {
        /// The cases.
        pub const CASES: &[Case] = &[$(Case {
            id: stringify!($id),
            zh: $zh,
            en: $en,
            slices: &[$($slice),+],
            questions: &[$(CaseQuestion {
                id: stringify!($question),
                zh: $ask_zh,
                en: $ask_en,
                call: stringify!($call),
                config: $config,
                metrics: &[$($metric),*],
                needs: &[$($needs),*],
            }),+],
        }),+];
    };
}

cases! {
    presale_pickup "预售自提" "Presale and pickup" ["fulfilment", "is_presale", "store_id", "distance_band"] {
        fulfilment "首单自提与配送的客户，谁留得更久？" "Who stays longer, customers who began with pickup or with delivery?"
            cohorts r#"{"slice":{"by":"fulfilment","rule":"first_order"}}"# [] ["orders.fulfilment"]
        presale "首单预售的客户回来得更多吗？" "Do customers who began with a presale come back more?"
            cohorts r#"{"slice":{"by":"is_presale","rule":"first_order"}}"# [] ["orders.is_presale"]
        distance "住得远的客户复购少多少？" "How much less do customers from farther away buy again?"
            cohorts r#"{"criterion":"repeat_by","slice":{"by":"distance_band","rule":"first_order"}}"# [] ["orders.distance_band"]
        pickup "提货准时吗？多少没来取？等了多久？" "Is pickup on time, how many never come, how long do they wait?"
            privateDomain r#"{"granularity":"week"}"# ["pickup_rate", "pickup_on_time", "no_show", "pickup_lead_time"] ["orders.fulfilment", "orders.promised_to", "orders.picked_up_at"]
        add_on "来提货的人，当场又买了多少？" "How many who pick up buy again on the spot?"
            privateDomain r#"{"granularity":"week"}"# ["pickup_add_on"] ["orders.store_id", "orders.picked_up_at"]
        presale_rhythm "预售量稳不稳，好不好备货？" "Is presale steady enough to plan for?"
            privateDomain r#"{"granularity":"week"}"# ["presale_share", "presale_variation"] ["orders.is_presale", "orders.store_id"]
        stores "哪家门店在哪一步漏得最多？" "Which step leaks most, against the best stores?"
            flywheel r#"{"slice":{"by":"store_id","rule":"first_order"}}"# [] ["orders.store_id"]
    }
    advisor_cloud_store "导购一对一与云店" "Advisors one to one and the cloud store" ["staff_id", "channel", "store_id"] {
        portfolio "每位导购绑定了多少会员，服务到多少？" "How many members is each advisor bound to, and how many are served?"
            privateDomain r#"{"granularity":"month"}"# ["members_per_staff", "serve_rate"] ["members.staff_id", "touches"]
        redemption "发出的券核销了多少？" "How many of the coupons sent are redeemed?"
            privateDomain r#"{"granularity":"month"}"# ["redemption_rate"] ["touches.coupon_id"]
        dual_channel "门店、线上都买的客户有多少，多值多少？" "How many buy both in store and online, and what more are they worth?"
            privateDomain r#"{"granularity":"month"}"# ["dual_channel_share", "dual_channel_value"] ["orders.channel"]
        channel "从云店进来的客户留得住吗？" "Do customers who came by the cloud store stay?"
            cohorts r#"{"slice":{"by":"channel","rule":"first_order"}}"# [] ["orders.channel"]
        mix "客户结构如何，谁该唤醒？" "What is the mix of customers, and whom to win back?"
            rfm "{}" [] []
        movement "这个季度客户从哪层去了哪层？" "From which segment to which did customers move this quarter?"
            rfmMigration r#"{"mode":"frozen"}"# [] []
        concentration "业绩靠几位导购？" "On how many advisors do sales rest?"
            concentration r#"{"entity":"staff"}"# [] ["orders.staff_id"]
    }
    steward_leader "管家兼团长" "Stewards who lead groups" ["community_id", "building_id", "service_type", "staff_id"] {
        leaders "团长留得住吗？" "Do leaders stay?"
            cohorts r#"{"entity":"leader"}"# [] ["orders.staff_id"]
        active_leaders "多少团长还在开团，每人多少单？" "How many leaders still sell, and how much each?"
            privateDomain r#"{"granularity":"month"}"# ["leader_active_rate", "orders_per_active_leader", "leader_retention", "leader_buyer_repeat", "leader_gmv_share_top10pct"] ["orders.staff_id"]
        groups "每团多少单，多少团成了？" "How many orders does a group bring, and how many groups succeed?"
            privateDomain r#"{"granularity":"month"}"# ["orders_per_group", "group_success_rate"] ["orders.group_buy_id"]
        breadth "客户用了几种服务？" "How many services does a customer use?"
            privateDomain r#"{"granularity":"month"}"# ["service_breadth"] ["orders.service_type"]
        first_service "从哪种服务进来的客户留得更久？" "Which first service keeps customers longest?"
            cohorts r#"{"slice":{"by":"service_type","rule":"first_order"}}"# [] ["orders.service_type"]
        communities "哪个小区在哪一步漏得最多？" "Which step leaks most, against the best communities?"
            flywheel r#"{"slice":{"by":"community_id","rule":"first_order"}}"# [] ["orders.community_id"]
    }
}
