// Generated from the Rust crate by `cargo xtask types`; the test run fails where this file differs. Do not edit.
import type { DictionaryEntry } from "./types.js";

/** The metrics of private-domain retail, each with its one definition. */
export const dictionary: readonly DictionaryEntry[] = [
  {
    "id": "repeat_in_window",
    "zh": "复购率",
    "en": "Repeat rate in a window",
    "formulaZh": "截至 t 期末的 w 天内有效订单不少于 2 单的客户 / 不少于 1 单的客户；w 默认 30",
    "formulaEn": "customers with ≥ 2 valid orders in the w days up to the end of t / customers with ≥ 1; w = 30 by default",
    "unit": "share",
    "needs": [
      "orders"
    ],
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
    "formulaZh": "第二单距首单不超过 h 天的客户 / 客户，只算首单后已观察满 h 天的人；h = 30、60、90",
    "formulaEn": "customers with t₂ − t₁ ≤ h days / customers, of those with t₁ + h ≤ the end of the observation; h = 30, 60, 90",
    "unit": "share",
    "needs": [
      "orders"
    ],
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
    "formulaZh": "净额 / 下单人数",
    "formulaEn": "net / buyers",
    "unit": "minor",
    "needs": [
      "orders"
    ],
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
    "formulaZh": "净额 / 有效订单数",
    "formulaEn": "net / valid orders",
    "unit": "minor",
    "needs": [
      "orders"
    ],
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
    "formulaZh": "（t 期加入 − t 期离开）/ t − 1 期末会员",
    "formulaEn": "(joined in t − left in t) / members at the end of t − 1",
    "unit": "change",
    "needs": [
      "members"
    ],
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
    "formulaZh": "t 期发出、7 天内且在下一次申请前通过的好友申请 / t 期发出的好友申请",
    "formulaEn": "friend requests of t accepted within 7 days and before the next one / friend requests of t",
    "unit": "share",
    "needs": [
      "interactions.kind"
    ],
    "computedBy": {
      "call": "privateDomain",
      "result": "friend_accept_rate",
      "sql": "sql/cases.sql"
    }
  },
  {
    "id": "pool_leavers",
    "zh": "流失好友数（去重）",
    "en": "Pool leavers",
    "formulaZh": "最后一段会员关系在 t 期结束的客户，按人去重",
    "formulaEn": "distinct customers whose last active link ended in t",
    "unit": "count",
    "needs": [
      "members"
    ],
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
    "formulaZh": "t 期首购客户中，首购前已加入或首购后 30 天内加入私域的人 / t 期首购客户",
    "formulaEn": "first buyers of t who joined before, or within 30 days after, the first purchase / first buyers of t",
    "unit": "share",
    "needs": [
      "members"
    ],
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
    "formulaZh": "t 期有互动或有效订单的会员 / t 期末会员",
    "formulaEn": "members with ≥ 1 interaction or valid order in t / members at the end of t",
    "unit": "share",
    "needs": [
      "members",
      "interactions"
    ],
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
    "formulaZh": "t 期发放且在到期前核销的券 / t 期发放的券，须全部到期",
    "formulaEn": "coupons sent in t and redeemed before they expired / coupons sent in t, once all have expired",
    "unit": "share",
    "needs": [
      "touches.coupon_id"
    ],
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
    "formulaZh": "t 期首购客户所邀请、且在邀请人首购后 H 天内购买的人 / t 期首购客户",
    "formulaEn": "invitees of the first buyers of t who bought within H days of the inviter's first purchase / first buyers of t",
    "unit": "ratio",
    "needs": [
      "referrals"
    ],
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
    "formulaZh": "t 期唤醒的客户 / t − 1 期未活跃的老客户",
    "formulaEn": "resurrected in t / earlier customers not active in t − 1",
    "unit": "share",
    "needs": [
      "orders"
    ],
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
    "formulaZh": "t 期流失的客户 / t − 1 期活跃客户",
    "formulaEn": "churned in t / active in t − 1",
    "unit": "share",
    "needs": [
      "orders"
    ],
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
    "formulaZh": "会员数 × t 期触达比例 × 其中 t 期购买比例 × 人均订单数 × 笔均净额",
    "formulaEn": "members × share touched in t × share of these who bought in t × their orders × net per order",
    "unit": "minor",
    "needs": [
      "members",
      "touches"
    ],
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
    "formulaZh": "自提订单 / 有效订单",
    "formulaEn": "pickup orders / valid orders",
    "unit": "share",
    "needs": [
      "orders.fulfilment"
    ],
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
    "formulaZh": "在承诺时间前提走的订单 / 到期的自提订单",
    "formulaEn": "picked up by the promised end / pickup orders due",
    "unit": "share",
    "needs": [
      "orders.picked_up_at",
      "orders.promised_to"
    ],
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
    "formulaZh": "承诺时间后 3 天内仍未提走的订单 / 到期的自提订单",
    "formulaEn": "due and not picked up within 3 days after the promised end / pickup orders due",
    "unit": "share",
    "needs": [
      "orders.picked_up_at",
      "orders.promised_to"
    ],
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
    "formulaZh": "t 期有有效订单的团长 / 至今的全部团长",
    "formulaEn": "leaders with ≥ 1 valid order in t / leaders to date",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
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
    "formulaZh": "t 期团长的有效订单 / t 期有订单的团长",
    "formulaEn": "valid orders in t / leaders with ≥ 1 of them",
    "unit": "ratio",
    "needs": [
      "orders.staff_id"
    ],
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
    "formulaZh": "t 期净额最高的 10% 团长（向上取整）的净额 / t 期净额为正的全部团长的净额",
    "formulaEn": "net in t of the 10 % of leaders, rounded up, with the most / net in t of all leaders with net > 0",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
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
    "formulaZh": "t − 1 期与 t 期都有订单的团长 / t − 1 期有订单的团长",
    "formulaEn": "leaders active in t − 1 and t / leaders active in t − 1",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
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
    "formulaZh": "截至 t 期末的 w 天内在同一团长处下单不少于 2 单的客户 / 不少于 1 单的客户，全部团长合计",
    "formulaEn": "a leader's buyers with ≥ 2 valid orders from them in the w days up to the end of t / those with ≥ 1, over all leaders",
    "unit": "share",
    "needs": [
      "orders.staff_id"
    ],
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
    "formulaZh": "t 期有退款的订单 / t 期的购买与有退款的订单",
    "formulaEn": "orders of t of which something was refunded / purchases and refunded orders of t",
    "unit": "share",
    "needs": [
      "orders.refund_amount"
    ],
    "computedBy": {
      "call": "privateDomain",
      "result": "refund_order_rate",
      "sql": "sql/private_domain.sql"
    }
  },
  {
    "id": "pickup_add_on",
    "zh": "自提二次营销率",
    "en": "Pickup add-on rate",
    "formulaZh": "t 期提货后 120 分钟内，同一客户当天在同一门店又下单的自提订单 / t 期提走的自提订单",
    "formulaEn": "orders picked up in t that their customer followed by another at the same store on the same local day within 120 minutes / orders picked up in t",
    "unit": "share",
    "needs": [
      "orders.picked_up_at",
      "orders.store_id"
    ],
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
    "formulaZh": "全部已提订单从下单到提货时长的中位数",
    "formulaEn": "median of pickup − order, over all orders picked up",
    "unit": "days",
    "needs": [
      "orders.picked_up_at"
    ],
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
    "formulaZh": "预售订单 / 有效订单",
    "formulaEn": "presale orders / valid orders",
    "unit": "share",
    "needs": [
      "orders.is_presale"
    ],
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
    "formulaZh": "各门店每日预售单量的标准差 / 均值，从首个预售日到观察期末，取门店中位数",
    "formulaEn": "median over stores of standard deviation / mean of their daily presale orders, from the first to the end of the observation",
    "unit": "ratio",
    "needs": [
      "orders.is_presale",
      "orders.store_id"
    ],
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
    "formulaZh": "t 期既在门店又在线上购买的客户 / t 期购买的客户",
    "formulaEn": "customers who bought both in a store and online in t / customers who bought in t",
    "unit": "share",
    "needs": [
      "orders.channel"
    ],
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
    "formulaZh": "t 期双渠道客户人均净额 / 单渠道客户人均净额",
    "formulaEn": "net per customer who bought in both ways in t / net per customer who bought in one",
    "unit": "ratio",
    "needs": [
      "orders.channel"
    ],
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
    "formulaZh": "t 期末绑定了员工的会员 / 这些员工人数",
    "formulaEn": "members at the end of t who are bound to a member of staff / members of staff they are bound to",
    "unit": "ratio",
    "needs": [
      "members.staff_id"
    ],
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
    "formulaZh": "t 期被触达的绑定会员 / t 期末绑定会员",
    "formulaEn": "bound members touched in t / bound members at the end of t",
    "unit": "share",
    "needs": [
      "members.staff_id",
      "touches"
    ],
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
    "formulaZh": "t 期开团的有效订单 / t 期开团数",
    "formulaEn": "valid orders of the groups opened in t / groups opened in t",
    "unit": "ratio",
    "needs": [
      "orders.group_buy_id"
    ],
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
    "formulaZh": "t 期开团中有效订单不少于 3 单的团 / t 期开团数",
    "formulaEn": "groups opened in t with ≥ 3 valid orders / groups opened in t",
    "unit": "share",
    "needs": [
      "orders.group_buy_id"
    ],
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
    "formulaZh": "t 期购买的不同服务种类数，按客户累计 / 购买过服务的客户",
    "formulaEn": "different services bought in t, over customers / customers who bought one",
    "unit": "ratio",
    "needs": [
      "orders.service_type"
    ],
    "computedBy": {
      "call": "privateDomain",
      "result": "service_breadth",
      "sql": "sql/cases.sql"
    }
  }
];
