// Generated from the Rust crate by `cargo xtask types`; the test run fails where this file differs. Do not edit.
import type { DictionaryEntry } from "./types.js";

/** The metrics of private-domain retail, each with its one definition. */
export const dictionary: readonly DictionaryEntry[] = [
  {
    "id": "repeat_in_window",
    "zh": "复购率",
    "en": "Repeat rate in a window",
    "formula": "customers with ≥ 2 valid orders in the w days up to the end of t / customers with ≥ 1; w = 30",
    "unit": "share",
    "needs": [
      "orders"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "repeat_in_window",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "repeat_after_first",
    "zh": "首单后 h 天复购率",
    "en": "Repeat within h days of the first order",
    "formula": "customers with t₂ − t₁ ≤ h days / customers, of those with t₁ + h ≤ the end of the observation; h = 30, 60, 90",
    "unit": "share",
    "needs": [
      "orders"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "repeat_after_first_30",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "value_per_buyer",
    "zh": "客单价（人均）",
    "en": "Value per buyer",
    "formula": "net / buyers",
    "unit": "minor",
    "needs": [
      "orders"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "value_per_buyer",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "aov",
    "zh": "笔单价",
    "en": "Average order value",
    "formula": "net / valid orders",
    "unit": "minor",
    "needs": [
      "orders"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "aov",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "pool_net_growth",
    "zh": "私域净增率",
    "en": "Pool net growth",
    "formula": "(joined in t − left in t) / members at the end of t − 1",
    "unit": "ratio",
    "needs": [
      "members"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "pool_net_growth",
      "sql": "sql/pool.sql"
    }
  },
  {
    "id": "friend_accept_rate",
    "zh": "好友通过率",
    "en": "Friend accept rate",
    "formula": "requests accepted / requests sent",
    "unit": "share",
    "needs": [
      "friend requests"
    ],
    "status": "not_computed",
    "computedBy": null
  },
  {
    "id": "pool_leavers",
    "zh": "流失好友数（去重）",
    "en": "Pool leavers",
    "formula": "distinct customers whose last active link ended in t",
    "unit": "count",
    "needs": [
      "members"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "pool_leavers",
      "sql": "sql/pool.sql"
    }
  },
  {
    "id": "precipitation",
    "zh": "沉淀率",
    "en": "Joined the pool within 30 days",
    "formula": "first buyers of t who joined before, or within 30 days after, the first purchase / first buyers of t",
    "unit": "share",
    "needs": [
      "members"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "precipitation",
      "sql": "sql/flywheel.sql"
    }
  },
  {
    "id": "pool_activity",
    "zh": "私域活跃率",
    "en": "Pool activity",
    "formula": "members with ≥ 1 interaction or valid order in t / members at the end of t",
    "unit": "share",
    "needs": [
      "members",
      "interactions"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "pool_activity",
      "sql": "sql/pool.sql"
    }
  },
  {
    "id": "redemption_rate",
    "zh": "核销率",
    "en": "Redemption rate",
    "formula": "coupons sent in t and redeemed before they expired / coupons sent in t, once all have expired",
    "unit": "share",
    "needs": [
      "touches.coupon_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "redemption_rate",
      "sql": "sql/touched.sql"
    }
  },
  {
    "id": "k_buyers",
    "zh": "裂变系数",
    "en": "Buyers brought per buyer",
    "formula": "invitees of the first buyers of t who bought within H days of the inviter's first purchase / first buyers of t",
    "unit": "ratio",
    "needs": [
      "referrals"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "gain",
      "sql": "sql/gain.sql"
    }
  },
  {
    "id": "wake_rate",
    "zh": "沉睡唤醒率",
    "en": "Wake rate",
    "formula": "resurrected in t / earlier customers not active in t − 1",
    "unit": "share",
    "needs": [
      "orders"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "wake_rate",
      "sql": "sql/growth.sql"
    }
  },
  {
    "id": "churn_rate",
    "zh": "流失率",
    "en": "Churn rate",
    "formula": "churned in t / active in t − 1",
    "unit": "share",
    "needs": [
      "orders"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "churn_rate",
      "sql": "sql/growth.sql"
    }
  },
  {
    "id": "pool_gmv_tree",
    "zh": "私域 GMV",
    "en": "Pool GMV as a product",
    "formula": "members × share touched in t × share of these who bought in t × their orders × net per order",
    "unit": "minor",
    "needs": [
      "members",
      "touches"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "pool_gmv_tree",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "pickup_rate",
    "zh": "自提率",
    "en": "Pickup rate",
    "formula": "pickup orders / valid orders",
    "unit": "share",
    "needs": [
      "orders.fulfilment"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "pickup_rate",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "pickup_on_time",
    "zh": "自提准时率",
    "en": "Pickup on time",
    "formula": "picked up by the promised end / pickup orders due",
    "unit": "share",
    "needs": [
      "orders.picked_up_at",
      "orders.promised_to"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "pickup_on_time",
      "sql": "sql/service.sql"
    }
  },
  {
    "id": "no_show",
    "zh": "未取率",
    "en": "No show",
    "formula": "due and not picked up within 3 days after the promised end / pickup orders due",
    "unit": "share",
    "needs": [
      "orders.picked_up_at",
      "orders.promised_to"
    ],
    "status": "computed",
    "computedBy": {
      "call": "flywheel",
      "result": "no_show",
      "sql": "sql/service.sql"
    }
  },
  {
    "id": "leader_active_rate",
    "zh": "团长活跃率",
    "en": "Active leaders",
    "formula": "leaders with ≥ 1 valid order in t / leaders to date",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "leader_active_rate",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "orders_per_active_leader",
    "zh": "活跃团长人均单量",
    "en": "Orders per active leader",
    "formula": "valid orders in t / leaders with ≥ 1 of them",
    "unit": "ratio",
    "needs": [
      "orders.staff_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "orders_per_active_leader",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "leader_gmv_share_top10pct",
    "zh": "头部 10% 团长销售占比",
    "en": "Net share of the top 10 % of leaders",
    "formula": "net in t of the 10 % of leaders, rounded up, with the most / net in t of all leaders with net > 0",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "leader_gmv_share_top10pct",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "leader_retention",
    "zh": "团长留存率",
    "en": "Leader retention",
    "formula": "leaders active in t − 1 and t / leaders active in t − 1",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "leader_retention",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "leader_buyer_repeat",
    "zh": "团长客户复购率",
    "en": "Repeat rate of a leader's buyers",
    "formula": "a leader's buyers with ≥ 2 valid orders from them in the w days up to the end of t / those with ≥ 1, over all leaders",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "leader_buyer_repeat",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "refund_order_rate",
    "zh": "退货率",
    "en": "Refunded orders",
    "formula": "orders with refund > 0 / valid or refunded orders",
    "unit": "share",
    "needs": [
      "orders.refund"
    ],
    "status": "not_computed",
    "computedBy": null
  },
  {
    "id": "pickup_add_on",
    "zh": "自提二次营销率",
    "en": "Pickup add-on rate",
    "formula": "orders picked up in t that their customer followed by another at the same store on the same local day within 120 minutes / orders picked up in t",
    "unit": "share",
    "needs": [
      "orders.picked_up_at",
      "orders.store_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "pickup_add_on",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "pickup_lead_time",
    "zh": "自提等待时长（中位）",
    "en": "Pickup lead time, median",
    "formula": "median of pickup − order, over all orders picked up",
    "unit": "days",
    "needs": [
      "orders.picked_up_at"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "pickup_lead_time",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "presale_share",
    "zh": "预售订单占比",
    "en": "Presale share",
    "formula": "presale orders / valid orders",
    "unit": "share",
    "needs": [
      "orders.is_presale"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "presale_share",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "presale_variation",
    "zh": "预售波动系数",
    "en": "Variation of presale",
    "formula": "median over stores of standard deviation / mean of their daily presale orders, from the first to the end of the observation",
    "unit": "ratio",
    "needs": [
      "orders.is_presale",
      "orders.store_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "presale_variation",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "dual_channel_share",
    "zh": "双渠道客户占比",
    "en": "Dual-channel share",
    "formula": "customers who bought both in a store and online in t / customers who bought in t",
    "unit": "share",
    "needs": [
      "orders.channel"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "dual_channel_share",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "dual_channel_value",
    "zh": "双渠道价值比",
    "en": "Dual-channel value",
    "formula": "net per customer who bought in both ways in t / net per customer who bought in one",
    "unit": "ratio",
    "needs": [
      "orders.channel"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "dual_channel_value",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "members_per_staff",
    "zh": "人均绑定会员",
    "en": "Members per member of staff",
    "formula": "members at the end of t who are bound to a member of staff / members of staff they are bound to",
    "unit": "ratio",
    "needs": [
      "members.staff_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "members_per_staff",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "serve_rate",
    "zh": "服务率",
    "en": "Serve rate",
    "formula": "bound members touched in t / bound members at the end of t",
    "unit": "share",
    "needs": [
      "members.staff_id",
      "touches"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "serve_rate",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "orders_per_group",
    "zh": "每团单量",
    "en": "Orders per group",
    "formula": "valid orders of the groups opened in t / groups opened in t",
    "unit": "ratio",
    "needs": [
      "orders.group_buy_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "orders_per_group",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "group_success_rate",
    "zh": "成团率",
    "en": "Group success rate",
    "formula": "groups opened in t with ≥ 3 valid orders / groups opened in t",
    "unit": "share",
    "needs": [
      "orders.group_buy_id"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "group_success_rate",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "service_breadth",
    "zh": "人均服务种类",
    "en": "Services per customer",
    "formula": "different services bought in t, over customers / customers who bought one",
    "unit": "ratio",
    "needs": [
      "orders.service_type"
    ],
    "status": "computed",
    "computedBy": {
      "call": "privateDomain",
      "result": "service_breadth",
      "sql": "sql/cases.sql"
    }
  }
];
