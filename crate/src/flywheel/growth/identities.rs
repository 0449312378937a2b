//! The identities of growth accounting, evaluated on a result's own numbers.

use crate::result::{GrowthCounts, GrowthPeriod, GrowthRevenue, IdentityCheck, Localized};

/// An identity: its id, its equation in Chinese and English, and whether it holds in a period given the one before.
type Identity = (&'static str, &'static str, &'static str, fn(&GrowthPeriod, &GrowthPeriod) -> bool);

const IDENTITIES: [Identity; 9] = [
    ("I1", "活跃 = 新客 + 留存 + 唤回", "active = new + retained + resurrected", |t, _| {
        t.counts.active == t.counts.new + t.counts.retained + t.counts.resurrected
    }),
    ("I2", "上期活跃 = 留存 + 流失", "active before = retained + churned", |t, p| {
        p.counts.active == t.counts.retained + t.counts.churned
    }),
    (
        "I3",
        "活跃 − 上期活跃 = 新客 + 唤回 − 流失",
        "active − active before = new + resurrected − churned",
        |t, p| {
            let c = t.counts;
            i64::from(c.active) - i64::from(p.counts.active) == i64::from(c.new) + i64::from(c.resurrected) - i64::from(c.churned)
        },
    ),
    ("I4", "累计客户 = 活跃 + 流失 + 沉睡", "customers to date = active + churned + dormant", |t, _| {
        t.customers_to_date == t.counts.active + t.counts.churned + t.counts.dormant
    }),
    ("I5", "沉睡池 = 上期沉睡池 + 流失 − 唤回", "pool = pool before + churned − resurrected", |t, p| {
        pool(t) == pool(p) + i64::from(t.counts.churned) - i64::from(t.counts.resurrected)
    }),
    ("I10a", "收入 = 新客 + 留存 + 唤回 + 扩张", "revenue = new + retained + resurrected + expansion", |t, _| {
        let r = t.revenue;
        r.total == r.new + r.retained + r.resurrected + r.expansion
    }),
    ("I10b", "上期收入 = 留存 + 流失 + 缩减", "revenue before = retained + churned + contraction", |t, p| {
        p.revenue.total == t.revenue.retained + t.revenue.churned + t.revenue.contraction
    }),
    (
        "I10c",
        "收入 − 上期收入 = 新客 + 唤回 + 扩张 − 流失 − 缩减",
        "revenue − revenue before = new + resurrected + expansion − churned − contraction",
        |t, p| {
            let r = t.revenue;
            r.total - p.revenue.total == r.new + r.resurrected + r.expansion - r.churned - r.contraction
        },
    ),
    ("I11", "收入 + 退款调整 = 报告净额", "revenue + refund adjustment = reported net", |t, _| {
        t.revenue.total + t.revenue.refund_adjust == t.revenue.reported_net
    }),
];

/// Customers to date who are not active.
fn pool(period: &GrowthPeriod) -> i64 {
    i64::from(period.customers_to_date) - i64::from(period.counts.active)
}

/// Evaluates the identities on every period; the one before is `lag` rows earlier.
pub(super) fn identities(rows: &[GrowthPeriod], lag: usize) -> Vec<IdentityCheck> {
    let Some(first) = rows.first() else { return Vec::new() };
    let nothing = GrowthPeriod {
        counts: GrowthCounts::default(),
        revenue: GrowthRevenue::default(),
        customers_to_date: 0,
        ..first.clone()
    };
    let check = |&(id, zh, en, holds): &Identity| {
        let before = |index: usize| index.checked_sub(lag).map_or(&nothing, |before| &rows[before]);
        let failed = rows.iter().enumerate().filter(|&(index, row)| !holds(row, before(index))).count();
        IdentityCheck { id: id.into(), equation: Localized::new(zh, en), checked: rows.len() as u32, failed: failed as u32 }
    };
    IDENTITIES.iter().map(check).collect()
}

/// I16: slices that part the customers add up to the whole.
pub(super) fn slices_add_up<'a>(whole: &[GrowthPeriod], slices: impl Iterator<Item = &'a [GrowthPeriod]>) -> IdentityCheck {
    let mut sums: Vec<[i64; 16]> = vec![[0; 16]; whole.len()];
    for slice in slices {
        for (sum, row) in sums.iter_mut().zip(slice) {
            sum.iter_mut().zip(numbers(row)).for_each(|(sum, number)| *sum += number);
        }
    }
    let failed = whole.iter().zip(&sums).filter(|&(row, sum)| numbers(row) != *sum).count();
    IdentityCheck {
        id: "I16".into(),
        equation: Localized::new("各切片之和 = 总体", "Σ slices = the whole"),
        checked: whole.len() as u32,
        failed: failed as u32,
    }
}

fn numbers(row: &GrowthPeriod) -> [i64; 16] {
    let (c, r) = (row.counts, row.revenue);
    [
        c.active.into(),
        c.new.into(),
        c.retained.into(),
        c.resurrected.into(),
        c.churned.into(),
        c.dormant.into(),
        row.customers_to_date.into(),
        r.total,
        r.new,
        r.retained,
        r.expansion,
        r.contraction,
        r.resurrected,
        r.churned,
        r.refund_adjust,
        r.reported_net,
    ]
}
