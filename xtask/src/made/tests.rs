//! The made sample is the same everywhere, and what is planted in it is there.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::Value;

use super::plan::{self, BETTER_STORE, COMMUNITY_GROUP, END, INVITE, LEAK_MONTH, RETURN_TOUCHED, START, TOUCH, store_label};
use super::tables::{OrderRows, order_rows};
use super::truths::truths;
use super::world::{World, simulate};

struct Made {
    world: World,
    orders: OrderRows,
    truths: Value,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let world = simulate();
        let orders = order_rows(&world);
        let truths = truths(&world, &orders);
        Made { world, orders, truths }
    })
}

/// A share in the truths.
fn share(value: &Value) -> (f64, f64) {
    let count = |name: &str| value[name].as_f64().unwrap_or_else(|| panic!("no `{name}` in {value}"));
    (count("num"), count("den"))
}

/// Within four standard errors of the planted chance.
fn check_share(name: &str, (num, den): (f64, f64), planted: f64) {
    let error = 4.0 * (planted * (1.0 - planted) / den).sqrt();
    assert!((num / den - planted).abs() < error, "{name}: {num} / {den} is not {planted} ± {error}");
}

#[test]
fn the_bytes_are_the_same_everywhere() {
    // Changes with the plan and with nothing else: not with the platform, the profile or the run.
    const EXPECTED: [(&str, u64); 8] = [
        ("interactions.arrow", 4_146_236_350_880_338_305),
        ("members.arrow", 7_700_660_800_713_798_772),
        ("orders.arrow", 7_599_587_842_286_601_684),
        ("pickups.arrow", 17_690_157_692_600_909_848),
        ("referrals.arrow", 8_475_119_070_249_446_515),
        ("spend.arrow", 4_339_787_302_482_851_507),
        ("touches.arrow", 12_807_220_407_258_906_444),
        ("truths.json", 2_257_470_603_457_174_220),
    ];
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/made-test");
    super::write(&folder).unwrap();
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let found = EXPECTED.map(|(name, _)| (name, xxhash_rust::xxh3::xxh3_64(&read(name))));
    assert!(read("orders.arrow").len() < 10_000_000);
    assert_eq!(found, EXPECTED);
}

#[test]
fn sizes_are_those_of_a_retailer() {
    let rows = |name: &str| made().truths["rows"][name].as_u64().unwrap();
    assert!((240_000..330_000).contains(&rows("read")));
    assert!((18_000..22_000).contains(&rows("customers")));
    let set_aside = rows("duplicate") + rows("anonymous") + rows("cancelled");
    assert!(rows("valid") + set_aside <= rows("read"));
    assert!(made().orders.rows.iter().all(|(_, order)| (START..END).contains(&order.at)));
    assert!(made().orders.rows.is_sorted_by_key(|&(id, _)| id));
}

#[test]
fn the_loop_converts_as_planted() {
    let mut sums = [0.0; 6];
    // Cohorts that hold neither customers from before the data nor people whose loop is still open.
    for cohort in made().truths["realised"]["cohorts"].as_array().unwrap().iter().skip(3) {
        let chain: Vec<f64> = cohort["chain"].as_array().unwrap().iter().map(|size| size.as_f64().unwrap()).collect();
        assert!(chain[..5].is_sorted_by(|a, b| a >= b), "{chain:?}");
        let gain = share(&cohort["gain_total"]);
        assert!(chain[5] <= gain.0, "strict gain over total gain in {cohort}");
        if cohort["loop_mature"] == true {
            sums = std::array::from_fn(|step| sums[step] + chain[step]);
        }
    }
    check_share("touch", (sums[2], sums[1]), TOUCH);
    // Invited customers and those of the better store return more often; the share of both is small.
    check_share("return", (sums[3], sums[2]), RETURN_TOUCHED + 0.02);
    check_share("invite", (sums[4], sums[3]), INVITE);
    let m56 = sums[5] / sums[4];
    assert!((m56 - plan::mean_invites() * plan::ACCEPT).abs() < 0.1, "{m56}");
}

#[test]
fn the_leak_is_there_from_its_month_on() {
    let mut sums = [(0.0, 0.0); 2];
    for person in made().world.people.iter().filter(|person| person.arrival.at >= START) {
        let arrival = person.arrival;
        if arrival.channel == COMMUNITY_GROUP && arrival.at + 30 * plan::DAY <= END {
            let sum = &mut sums[usize::from(plan::month_of(arrival.at) >= LEAK_MONTH)];
            let joined = person.life.joined.is_some_and(|joined| joined < arrival.at + 30 * plan::DAY);
            *sum = (sum.0 + f64::from(u8::from(joined)), sum.1 + 1.0);
        }
    }
    check_share("before", sums[0], plan::JOIN[COMMUNITY_GROUP]);
    check_share("after", sums[1], plan::JOIN_LEAKING);
}

#[test]
fn the_better_store_is_the_best() {
    let stores = made().truths["realised"]["stores"].as_array().unwrap();
    let rate = |store: &&Value| {
        let (num, den) = share(&store["repeat_60"]);
        num / den
    };
    let best = stores.iter().max_by(|a, b| rate(a).total_cmp(&rate(b))).unwrap();
    assert_eq!(best["store_id"], store_label(BETTER_STORE).as_str());
}

#[test]
fn the_months_add_up() {
    let months = made().truths["realised"]["growth"].as_array().unwrap();
    let count = |month: &Value, name: &str| month[name].as_u64().unwrap();
    let mut before = 0;
    for month in months {
        assert_eq!(count(month, "retained") + count(month, "churned"), before);
        before = count(month, "new") + count(month, "retained") + count(month, "resurrected");
    }
    let net: i64 = months.iter().map(|month| month["net_minor"].as_i64().unwrap()).sum();
    assert_eq!(net, made().truths["rows"]["valid_net_minor"]);
}
