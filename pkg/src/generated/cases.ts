// Generated from the Rust crate by `cargo xtask types`; the test run fails where this file differs. Do not edit.
import type { CohortConfig, RfmConfig, RfmMigrationConfig, ConcentrationConfig, FlywheelConfig, PrivateDomainConfig } from "./types.js";

/** A question, the call that answers it, the entries of the dictionary that do, and the columns it needs. */
export type CaseQuestion = {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly metrics: readonly string[];
  readonly needs: readonly string[];
} & (
  | { readonly call: "cohorts"; readonly config: CohortConfig }
  | { readonly call: "rfm"; readonly config: RfmConfig }
  | { readonly call: "rfmMigration"; readonly config: RfmMigrationConfig }
  | { readonly call: "concentration"; readonly config: ConcentrationConfig }
  | { readonly call: "flywheel"; readonly config: FlywheelConfig }
  | { readonly call: "privateDomain"; readonly config: PrivateDomainConfig }
);

/** A way of retailing: keys of the dimensions to slice by, and what to ask. */
export interface Case {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly slices: readonly string[];
  readonly questions: readonly CaseQuestion[];
}

/** Three ways community retail works, each as a preset. */
export const cases: readonly Case[] = [
  {
    "en": "Presale and pickup",
    "id": "presale_pickup",
    "questions": [
      {
        "call": "cohorts",
        "config": {
          "slice": {
            "by": "fulfilment",
            "rule": "first_order"
          }
        },
        "en": "Who stays longer, customers who began with pickup or with delivery?",
        "id": "fulfilment",
        "metrics": [],
        "needs": [
          "orders.fulfilment"
        ],
        "zh": "首单自提与配送的客户，谁留得更久？"
      },
      {
        "call": "cohorts",
        "config": {
          "slice": {
            "by": "is_presale",
            "rule": "first_order"
          }
        },
        "en": "Do customers who began with a presale come back more?",
        "id": "presale",
        "metrics": [],
        "needs": [
          "orders.is_presale"
        ],
        "zh": "首单预售的客户回来得更多吗？"
      },
      {
        "call": "cohorts",
        "config": {
          "criterion": "repeat_by",
          "slice": {
            "by": "distance_band",
            "rule": "first_order"
          }
        },
        "en": "How much less do customers from farther away buy again?",
        "id": "distance",
        "metrics": [],
        "needs": [
          "orders.distance_band"
        ],
        "zh": "住得远的客户复购少多少？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "week"
        },
        "en": "Is pickup on time, how many never come, how long do they wait?",
        "id": "pickup",
        "metrics": [
          "pickup_rate",
          "pickup_on_time",
          "no_show",
          "pickup_lead_time"
        ],
        "needs": [
          "orders.fulfilment",
          "orders.promised_to",
          "orders.picked_up_at"
        ],
        "zh": "提货准时吗？多少没来取？等了多久？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "week"
        },
        "en": "How many who pick up buy again on the spot?",
        "id": "add_on",
        "metrics": [
          "pickup_add_on"
        ],
        "needs": [
          "orders.store_id",
          "orders.picked_up_at"
        ],
        "zh": "来提货的人，当场又买了多少？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "week"
        },
        "en": "Is presale steady enough to plan for?",
        "id": "presale_rhythm",
        "metrics": [
          "presale_share",
          "presale_variation"
        ],
        "needs": [
          "orders.is_presale",
          "orders.store_id"
        ],
        "zh": "预售量稳不稳，好不好备货？"
      },
      {
        "call": "flywheel",
        "config": {
          "slice": {
            "by": "store_id",
            "rule": "first_order"
          }
        },
        "en": "Which step leaks most, against the best stores?",
        "id": "stores",
        "metrics": [],
        "needs": [
          "orders.store_id"
        ],
        "zh": "哪家门店在哪一步漏得最多？"
      }
    ],
    "slices": [
      "fulfilment",
      "is_presale",
      "store_id",
      "distance_band"
    ],
    "zh": "预售自提"
  },
  {
    "en": "Advisors one to one and the cloud store",
    "id": "advisor_cloud_store",
    "questions": [
      {
        "call": "privateDomain",
        "config": {
          "granularity": "month"
        },
        "en": "How many members is each advisor bound to, and how many are served?",
        "id": "portfolio",
        "metrics": [
          "members_per_staff",
          "serve_rate"
        ],
        "needs": [
          "members.staff_id",
          "touches"
        ],
        "zh": "每位导购绑定了多少会员，服务到多少？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "month"
        },
        "en": "How many of the coupons sent are redeemed?",
        "id": "redemption",
        "metrics": [
          "redemption_rate"
        ],
        "needs": [
          "touches.coupon_id"
        ],
        "zh": "发出的券核销了多少？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "month"
        },
        "en": "How many buy both in store and online, and what more are they worth?",
        "id": "dual_channel",
        "metrics": [
          "dual_channel_share",
          "dual_channel_value"
        ],
        "needs": [
          "orders.channel"
        ],
        "zh": "门店、线上都买的客户有多少，多值多少？"
      },
      {
        "call": "cohorts",
        "config": {
          "slice": {
            "by": "channel",
            "rule": "first_order"
          }
        },
        "en": "Do customers who came by the cloud store stay?",
        "id": "channel",
        "metrics": [],
        "needs": [
          "orders.channel"
        ],
        "zh": "从云店进来的客户留得住吗？"
      },
      {
        "call": "rfm",
        "config": {},
        "en": "What is the mix of customers, and whom to win back?",
        "id": "mix",
        "metrics": [],
        "needs": [],
        "zh": "客户结构如何，谁该唤醒？"
      },
      {
        "call": "rfmMigration",
        "config": {
          "mode": "frozen"
        },
        "en": "From which segment to which did customers move this quarter?",
        "id": "movement",
        "metrics": [],
        "needs": [],
        "zh": "这个季度客户从哪层去了哪层？"
      },
      {
        "call": "concentration",
        "config": {
          "entity": "staff"
        },
        "en": "On how many advisors do sales rest?",
        "id": "concentration",
        "metrics": [],
        "needs": [
          "orders.staff_id"
        ],
        "zh": "业绩靠几位导购？"
      }
    ],
    "slices": [
      "staff_id",
      "channel",
      "store_id"
    ],
    "zh": "导购一对一与云店"
  },
  {
    "en": "Stewards who lead groups",
    "id": "steward_leader",
    "questions": [
      {
        "call": "cohorts",
        "config": {
          "entity": "leader"
        },
        "en": "Do leaders stay?",
        "id": "leaders",
        "metrics": [],
        "needs": [
          "orders.staff_id"
        ],
        "zh": "团长留得住吗？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "month"
        },
        "en": "How many leaders still sell, and how much each?",
        "id": "active_leaders",
        "metrics": [
          "leader_active_rate",
          "orders_per_active_leader",
          "leader_retention",
          "leader_buyer_repeat",
          "leader_gmv_share_top10pct"
        ],
        "needs": [
          "orders.staff_id"
        ],
        "zh": "多少团长还在开团，每人多少单？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "month"
        },
        "en": "How many orders does a group bring, and how many groups succeed?",
        "id": "groups",
        "metrics": [
          "orders_per_group",
          "group_success_rate"
        ],
        "needs": [
          "orders.group_buy_id"
        ],
        "zh": "每团多少单，多少团成了？"
      },
      {
        "call": "privateDomain",
        "config": {
          "granularity": "month"
        },
        "en": "How many services does a customer use?",
        "id": "breadth",
        "metrics": [
          "service_breadth"
        ],
        "needs": [
          "orders.service_type"
        ],
        "zh": "客户用了几种服务？"
      },
      {
        "call": "cohorts",
        "config": {
          "slice": {
            "by": "service_type",
            "rule": "first_order"
          }
        },
        "en": "Which first service keeps customers longest?",
        "id": "first_service",
        "metrics": [],
        "needs": [
          "orders.service_type"
        ],
        "zh": "从哪种服务进来的客户留得更久？"
      },
      {
        "call": "flywheel",
        "config": {
          "slice": {
            "by": "community_id",
            "rule": "first_order"
          }
        },
        "en": "Which step leaks most, against the best communities?",
        "id": "communities",
        "metrics": [],
        "needs": [
          "orders.community_id"
        ],
        "zh": "哪个小区在哪一步漏得最多？"
      }
    ],
    "slices": [
      "community_id",
      "building_id",
      "service_type",
      "staff_id"
    ],
    "zh": "管家兼团长"
  }
];
