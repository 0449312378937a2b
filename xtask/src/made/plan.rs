//! The plan of the made retailer: its calendar, its labels and the truths planted in it.
//!
//! Everything a reader may want to change is here; the other files only act it out. Times are local seconds since 1970-01-01 (UTC+8).

use serde_json::{Value, json};

/// Every random stream starts from here.
pub(super) const SEED: u64 = 20_240_701;
/// Local minus UTC, seconds.
pub(super) const UTC_OFFSET_S: i64 = 8 * 3600;
/// Seconds in a day.
pub(super) const DAY: i64 = 86_400;
/// 2024-07-01, days since 1970-01-01.
pub(super) const START_DAY: i64 = 19_905;
/// Lengths of the months from July 2024 to December 2025.
pub(super) const MONTH_DAYS: [i64; N_MONTHS] = [31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// Months of data.
pub(super) const N_MONTHS: usize = 18;
/// Demand by month: year-end and the weeks before Spring Festival are strong, the festival month and high summer are weak.
pub(super) const SEASON: [f64; N_MONTHS] =
    [0.94, 0.92, 1.02, 1.0, 1.12, 1.08, 1.2, 0.78, 0.98, 1.0, 1.02, 1.1, 0.93, 0.92, 1.03, 1.02, 1.15, 1.1];
/// Demand by weekday, Monday first.
pub(super) const WEEKDAY: [f64; 7] = [0.92, 0.88, 0.9, 0.95, 1.08, 1.18, 1.09];

/// Stores; the last three open late.
pub(super) const N_STORES: usize = 60;
/// First month with customers of the three late stores.
pub(super) const LATE_STORES_OPEN_MONTH: usize = 8;
/// The store where more customers come back (index; `S07` in the files).
pub(super) const BETTER_STORE: usize = 6;

/// Channels.
pub(super) const CHANNELS: [&str; 4] = ["pos", "mini_program", "community_group", "app"];
/// Index of `pos`.
pub(super) const POS: usize = 0;
/// Index of `community_group`, the channel that leaks.
pub(super) const COMMUNITY_GROUP: usize = 2;
/// Share of new customers by channel.
pub(super) const CHANNEL_SHARE: [f64; 4] = [0.44, 0.29, 0.19, 0.08];
/// Chance that an order is in the customer's first channel; otherwise the channel is drawn anew.
pub(super) const SAME_CHANNEL: f64 = 0.7;

/// Ways an order reaches the customer.
pub(super) const FULFILMENTS: [&str; 3] = ["in_store", "pickup", "delivery"];
/// Index of `pickup`.
pub(super) const PICKUP: usize = 1;
/// Share of the fulfilments by channel.
pub(super) const FULFILMENT_SHARE: [[f64; 3]; 4] = [[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.0, 0.94, 0.06], [0.0, 0.2, 0.8]];
/// Share of presale orders by channel.
pub(super) const PRESALE_SHARE: [f64; 4] = [0.0, 0.15, 0.75, 0.1];

/// Statuses, as a Chinese system names them.
pub(super) const STATUSES: [&str; 4] = ["已完成", "部分退款", "已退款", "已取消"];
/// Index of the status of a fulfilled order.
pub(super) const DONE: usize = 0;
/// Index of the status of a partly refunded order.
pub(super) const PART_REFUNDED: usize = 1;
/// Index of the status of a refunded order.
pub(super) const REFUNDED: usize = 2;
/// Index of the status of a cancelled order.
pub(super) const CANCELLED: usize = 3;

/// Categories, their share and their median basket in minor units.
pub(super) const CATEGORIES: [(&str, f64, f64); 8] = [
    ("生鲜", 0.27, 3_900.0),
    ("水果", 0.17, 4_300.0),
    ("乳品", 0.13, 4_700.0),
    ("熟食", 0.12, 3_300.0),
    ("零食", 0.11, 2_900.0),
    ("粮油", 0.09, 7_400.0),
    ("日化", 0.07, 5_900.0),
    ("酒饮", 0.04, 8_900.0),
];
/// Spread of baskets: standard deviation of their logarithm.
pub(super) const BASKET_SIGMA: f64 = 0.55;

/// Orders by hour of the day and channel.
pub(super) const HOURS: [[f64; 24]; 4] = [
    [0.1, 0.05, 0.03, 0.03, 0.05, 0.2, 1.2, 3.0, 5.2, 6.8, 7.4, 6.6, 4.6, 3.4, 3.4, 4.2, 6.2, 8.6, 9.0, 7.4, 5.2, 3.0, 1.2, 0.4],
    [0.8, 0.4, 0.2, 0.2, 0.2, 0.4, 1.4, 3.0, 4.2, 5.0, 5.6, 6.2, 5.4, 4.2, 4.0, 4.4, 5.4, 6.6, 6.8, 7.0, 7.4, 7.0, 4.6, 2.2],
    [0.6, 0.2, 0.1, 0.1, 0.2, 0.5, 1.6, 3.0, 3.8, 4.0, 4.0, 4.6, 4.2, 3.0, 2.8, 3.0, 3.8, 5.2, 7.0, 9.6, 11.4, 10.2, 5.6, 2.0],
    [1.6, 0.9, 0.5, 0.3, 0.3, 0.5, 1.2, 2.6, 4.0, 4.8, 5.6, 6.6, 5.6, 4.0, 3.8, 4.2, 5.4, 6.8, 7.2, 7.0, 6.8, 6.6, 5.2, 3.2],
];

/// A way of buying: share among returning customers, mean days between orders, chance that an order is the last of its run.
pub(super) struct Rhythm {
    pub(super) share: f64,
    pub(super) mean_gap_days: f64,
    pub(super) dropout: f64,
}
/// Occasional, regular, loyal core.
pub(super) const RHYTHMS: [Rhythm; 3] = [
    Rhythm { share: 0.44, mean_gap_days: 30.0, dropout: 0.12 },
    Rhythm { share: 0.39, mean_gap_days: 10.5, dropout: 0.035 },
    Rhythm { share: 0.17, mean_gap_days: 4.6, dropout: 0.008 },
];
/// Index of the loyal core.
pub(super) const CORE: usize = 2;
/// Chance that a run that ended, or a customer who did not come back in time, is followed by a later run.
pub(super) const LATE_RETURN: f64 = 0.25;

/// New customers per day who come by themselves, at the start.
pub(super) const ARRIVALS_PER_DAY: f64 = 24.0;
/// Growth of that number over the 18 months.
pub(super) const ARRIVALS_GROWTH: f64 = 0.25;
/// Customers from before the file who are tried; about half still buy in it.
pub(super) const PRIOR_TRIES: usize = 3_000;

/// Share of new customers who join the pool within 30 days, by first channel.
pub(super) const JOIN: [f64; 4] = [0.55, 0.72, 0.74, 0.66];
/// From this month on the pool leaks in the leaking channel (11 = June 2025).
pub(super) const LEAK_MONTH: usize = 11;
/// Share who join there from then on.
pub(super) const JOIN_LEAKING: f64 = 0.32;
/// Share of joiners touched within 30 days of joining.
pub(super) const TOUCH: f64 = 0.82;
/// Share of touched joiners who order again within 60 days of the touch.
pub(super) const RETURN_TOUCHED: f64 = 0.64;
/// Share of all others who order again within 60 days of the first order.
pub(super) const RETURN_UNTOUCHED: f64 = 0.4;
/// Added to both at the better store.
pub(super) const BETTER_STORE_BONUS: f64 = 0.18;
/// Added to both for customers who were invited.
pub(super) const INVITED_BONUS: f64 = 0.06;
/// Share of those who went through every step so far who invite within 90 days.
pub(super) const INVITE: f64 = 0.34;
/// Chance of inviting one more, again and again, up to [`MAX_INVITES`].
pub(super) const INVITE_AGAIN: f64 = 0.55;
/// Most invitations of one customer in one go.
pub(super) const MAX_INVITES: usize = 6;
/// Chance that an invitation leads to a first order within 30 days.
pub(super) const ACCEPT: f64 = 0.58;
/// Share of returning customers outside the loop who invite once or more.
pub(super) const INVITE_OUTSIDE: f64 = 0.12;
/// Chance per month that a member is part of the month's campaign.
pub(super) const CAMPAIGN: f64 = 0.5;
/// Share of a campaign held back as control group.
pub(super) const CONTROL: f64 = 0.1;
/// Added chance of an order within 7 days by being touched in a campaign.
pub(super) const CAMPAIGN_LIFT: f64 = 0.08;
/// Cost of one new customer in the first month, minor units, and its change per month.
pub(super) const CAC: (f64, f64) = (4_200.0, -0.015);

/// Chance that an order is preceded by a cancelled attempt.
pub(super) const CANCEL: f64 = 0.022;
/// Chance that a later order is refunded in part, or in full.
pub(super) const REFUND: (f64, f64) = (0.025, 0.008);
/// Anonymous orders per known order at the till.
pub(super) const ANONYMOUS: f64 = 0.2;
/// Share of rows exported twice under one order id.
pub(super) const DUPLICATE: f64 = 0.003;

/// The first local second of the data.
pub(super) const START: i64 = START_DAY * DAY;
/// The first local second after the data.
pub(super) const END: i64 = MONTH_STARTS[N_MONTHS];

/// First second of each month, and the end of the last.
const MONTH_STARTS: [i64; N_MONTHS + 1] = {
    let mut starts = [START; N_MONTHS + 1];
    let mut month = 0;
    while month < N_MONTHS {
        starts[month + 1] = starts[month] + MONTH_DAYS[month] * DAY;
        month += 1;
    }
    starts
};

/// First second of a month, counted from the first; month `N_MONTHS` starts where the data ends.
pub(super) fn month_start(month: usize) -> i64 {
    MONTH_STARTS[month]
}

/// The month of a local second in the data.
pub(super) fn month_of(at: i64) -> usize {
    MONTH_STARTS[1..N_MONTHS].partition_point(|&start| start <= at)
}

/// `2024-07` …
pub(super) fn month_label(month: usize) -> String {
    format!("{}-{:02}", 2024 + (month + 6) / 12, (month + 6) % 12 + 1)
}

/// `S01` …
pub(super) fn store_label(store: usize) -> String {
    format!("S{:02}", store + 1)
}

/// Staff of a store: an adviser (BA), a steward and a group leader. Index into the labels of [`staff_labels`].
pub(super) fn staff_of(store: usize, channel: usize) -> usize {
    store * 2 + usize::from(channel == COMMUNITY_GROUP)
}

/// Two people a store: `BA01` or, at every third store, the property steward `GJ03`; and the group leader `TZ01`.
pub(super) fn staff_labels() -> Vec<String> {
    let adviser = |store: usize| if store % 3 == 2 { "GJ" } else { "BA" };
    (1..=N_STORES).flat_map(|n| [format!("{}{n:02}", adviser(n - 1)), format!("TZ{n:02}")]).collect()
}

/// The welcome coupon, then one for each month's campaign.
pub(super) fn coupon_labels() -> Vec<String> {
    let campaigns = (0..N_MONTHS).map(|month| format!("CAMPAIGN-{}", month_label(month)));
    std::iter::once("WELCOME".to_owned()).chain(campaigns).collect()
}

/// Mean number of invitations of one who invites.
pub(super) fn mean_invites() -> f64 {
    (0..MAX_INVITES as i32).map(|more| INVITE_AGAIN.powi(more)).sum()
}

/// The parameters as written to `truths.json`.
pub(super) fn planted() -> Value {
    json!({
        "precipitation_p12": {
            "by_first_channel": { "pos": JOIN[0], "mini_program": JOIN[1], "community_group": JOIN[2], "app": JOIN[3] },
            "leak": { "channel": CHANNELS[COMMUNITY_GROUP], "from_cohort": month_label(LEAK_MONTH), "value": JOIN_LEAKING },
        },
        "touch_p23": TOUCH,
        "repeat_p34": RETURN_TOUCHED,
        "repeat_within_60_days_untouched": RETURN_UNTOUCHED,
        "better_store": { "store_id": store_label(BETTER_STORE), "added_to_repeat": BETTER_STORE_BONUS },
        "invited_added_to_repeat": INVITED_BONUS,
        "invite_p45": INVITE,
        "loop_m56": mean_invites() * ACCEPT,
        "campaign_lift_7_days": CAMPAIGN_LIFT,
        "cac": { "first_month_minor": CAC.0, "change_per_month": CAC.1 },
    })
}
