//! The chain of the loop and its gain: by head, and as laws over random tables beside random orders.

use feilun::flywheel::compute_flywheel;
use feilun::history::Histories;
use feilun::result::{
    BottleneckMode, ChainCohort, FlywheelConfig, FlywheelTable, GainConfig, Granularity, Horizons, Metric, MetricStatus,
    MomentumConfig, SliceConfig, SliceRule, StepId,
};
use proptest::prelude::*;

use crate::beside::Beside;
use crate::table::{DAY_US, GOLDEN, OFFSET_MINUTES, Row, histories, histories_of};

/// A goes all the way; B joins in time and comes back a minute too late; C joins a minute too late; D never does.
const ORDERS: &str = "
    A 2025-01-05 10:00 1000
    B 2025-01-06 10:00 1000
    C 2025-01-07 10:00 1000
    D 2025-01-08 10:00 1000
    B 2025-02-05 09:58 1000
    A 2025-02-20 10:00 1000
    G 2025-03-05 10:00 1000
    E 2025-03-22 09:59 1000
    B 2025-04-06 09:59 1000
    F 2025-05-25 10:00 1000
";
const BESIDE: &str = "
    member A 2025-01-01 00:00
    member B 2025-02-05 09:59
    member C 2025-02-06 10:00
    touch A 2025-01-04 10:00
    touch A 2025-01-06 10:00 held
    touch A 2025-01-20 10:00
    touch B 2025-02-05 09:59
    touch C 2025-02-06 10:00
    invite A E 2025-02-20 10:00
    invite B G 2025-02-25 10:00
    invite A G 2025-03-01 10:00
    invite A B 2025-03-01 10:00
    invite A A 2025-03-02 10:00
    invite A F 2025-05-21 10:00
    invite A nobody 2025-03-03 10:00
";

fn wheel(histories: &Histories, until: &str) -> FlywheelTable {
    let config = FlywheelConfig { complete_until: Some(until.into()), ..FlywheelConfig::default() };
    compute_flywheel(histories, &config).unwrap()
}

/// Without the lines of a table.
fn without(kind: &str) -> Beside {
    let kept: Vec<&str> = BESIDE.lines().filter(|line| !line.trim().starts_with(kind)).collect();
    Beside::of(&kept.join("\n"))
}

fn metric<'a>(table: &'a FlywheelTable, id: &str) -> &'a Metric {
    let mut all = table.gains.iter().chain(&table.chain.links).chain([&table.gain]);
    all.find(|metric| metric.id == id).unwrap_or_else(|| panic!("no metric `{id}`"))
}

/// The sizes of a cohort as text, `-` where there is none.
fn sizes(cohort: &ChainCohort) -> String {
    let text = |size: &Option<u32>| size.map_or_else(|| "-".to_owned(), |size| size.to_string());
    cohort.sizes.iter().map(text).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_chain_takes_every_step_by_its_own_clock() {
    let table = wheel(&Beside::of(BESIDE).attach(histories(ORDERS)), "2025-09-29");
    let january = &table.chain.cohorts[0];
    assert_eq!(sizes(january), "4 2 2 1 1 1");
    assert_eq!(january.conversions, [Some(0.5), Some(1.0), Some(0.5), Some(1.0), Some(1.0)]);
    // E after 76 days, F after 140; B's G after 58.
    assert_eq!((january.gain_strict, january.brought, january.gain_total), (Some(0.25), Some(3), Some(0.75)));
    assert_eq!((january.mature, january.mature_on.as_str()), (true, "2025-09-29"));
    let counts = table.chain.referrals.unwrap();
    assert_eq!((counts.rows, counts.self_referrals, counts.late_referrals), (7, 1, 1));
    assert_eq!((counts.superseded, counts.unanswered, counts.effective), (1, 1, 3));
    assert_eq!(metric(&table, "gain_strict").value, Some(0.25));
    assert_eq!(metric(&table, "gain").value, Some(0.75));
    assert_eq!(metric(&table, "bypass_share").value, Some(1.0 - 0.25 / 0.75));
    assert_eq!(metric(&table, "amplification").value, Some(4.0));
    assert_eq!((metric(&table, "chain_p12").num, metric(&table, "chain_p12").den), (Some(2.0), Some(4.0)));
    assert_eq!(table.chain.label.en, "Strict gain G_strict");
}

#[test]
fn a_cohort_shows_the_steps_whose_horizons_have_passed() {
    let shown = |until: &str| {
        let table = wheel(&Beside::of(BESIDE).attach(histories(ORDERS)), until);
        (sizes(&table.chain.cohorts[0]), table.chain.cohorts[0].mature, metric(&table, "gain_strict").status)
    };
    for (until, expected) in [
        ("2025-01-31", "- - - - - -"),
        ("2025-02-01", "4 - - - - -"),
        ("2025-03-02", "4 - - - - -"),
        ("2025-03-03", "4 2 - - - -"),
        ("2025-04-01", "4 2 - - - -"),
        ("2025-04-02", "4 2 2 - - -"),
        ("2025-06-01", "4 2 2 1 - -"),
        ("2025-08-30", "4 2 2 1 1 -"),
    ] {
        assert_eq!(shown(until), (expected.to_owned(), false, MetricStatus::Immature), "until {until}");
    }
    let table = wheel(&Beside::of(BESIDE).attach(histories(ORDERS)), "2025-06-01");
    assert!(metric(&table, "gain_strict").note.as_ref().unwrap().en.contains("2025-09-29"));
}

#[test]
fn a_missing_table_is_left_out_and_never_taken_as_done() {
    let check = |beside: Beside, expected: &str, label: &str, needs: Option<&str>| {
        let table = wheel(&beside.attach(histories(ORDERS)), "2025-09-29");
        assert_eq!(sizes(&table.chain.cohorts[0]), expected, "{label}");
        assert_eq!(table.chain.label.en, label);
        let strict = metric(&table, "gain_strict");
        assert_eq!(strict.needs.as_deref(), needs);
        assert_eq!(strict.status == MetricStatus::Proxy, needs.is_some_and(|needs| !needs.contains('|')), "{label}");
        table
    };
    // From the first purchase: A's touch of 20 January, B's of 5 February; C's comes as late as its joining.
    let table = check(without("member"), "4 - 2 1 1 1", "Strict gain G_strict*, without Pool (needs members)", Some("members"));
    assert_eq!(table.chain.cohorts[0].conversions, [None, Some(0.5), Some(0.5), Some(1.0), Some(1.0)]);
    assert_eq!(metric(&table, "chain_p12").status, MetricStatus::NeedsTable);
    // From joining: A's order of 20 February, B's of 6 April is 60 days after.
    check(without("touch"), "4 2 - 1 1 1", "Strict gain G_strict*, without Precision (needs touches)", Some("touches"));
    let table = check(without("invite"), "4 2 2 1 - -", "Strict gain G_strict", Some("referrals | orders.inviter_id"));
    assert_eq!(table.gain.status, MetricStatus::NeedsTable);
    assert!(table.chain.referrals.is_none());
    assert_eq!(table.lags.whole.median.status, MetricStatus::NeedsTable);
    let table = wheel(&without("invite").attach(histories(ORDERS)), "2025-06-01");
    let to_repeat = metric(&table, "chain_to_repeat");
    assert_eq!((to_repeat.num, to_repeat.den, to_repeat.status), (Some(1.0), Some(4.0), MetricStatus::Ok));
}

#[test]
fn an_inviter_named_by_the_first_order_stands_in_for_the_invitation() {
    let orders = ORDERS.replace("E 2025-03-22 09:59 1000", "E 2025-03-22 09:59 1000 inviter=A");
    let table = wheel(&without("invite").attach(histories(&orders)), "2025-09-29");
    assert_eq!(sizes(&table.chain.cohorts[0]), "4 2 2 1 1 1");
    let strict = metric(&table, "gain_strict");
    assert_eq!((strict.status, strict.value), (MetricStatus::Proxy, Some(0.25)));
    assert_eq!((metric(&table, "gain").status, metric(&table, "chain_p45").status), (MetricStatus::Ok, MetricStatus::Proxy));
}

#[test]
fn an_empty_step_ends_the_chain_with_nothing() {
    let beside = Beside::of("member A 2025-01-01 00:00\n touch D 2025-01-08 10:00\n invite A E 2025-02-20 10:00");
    let table = wheel(&beside.attach(histories(ORDERS)), "2025-09-29");
    assert_eq!(sizes(&table.chain.cohorts[0]), "4 1 0 0 0 0");
    assert_eq!(table.chain.cohorts[0].conversions, [Some(0.25), Some(0.0), None, None, None]);
    assert_eq!(table.chain.cohorts[0].gain_strict, Some(0.0));
    assert_eq!(metric(&table, "bypass_share").value, Some(1.0));
}

#[test]
fn waits_are_those_of_who_took_the_step() {
    let table = wheel(&Beside::of(BESIDE).attach(histories(ORDERS)), "2025-12-31");
    let median = |index: usize| (table.lags.steps[index].median.value, table.lags.steps[index].median.n);
    // A had joined before: 0 days. B after 30 days less a minute.
    let minute = 1.0 / 1440.0;
    let near = |(value, n): (Option<f64>, Option<u32>), days: f64, of: u32| {
        assert!((value.unwrap() - days).abs() < 1e-9 && n == Some(of), "{value:?} of {n:?}, expected {days} of {of}");
    };
    near(median(0), (30.0 - minute) / 2.0, 2);
    near(median(1), 7.5, 2);
    near(median(2), 31.0, 1);
    near(median(3), 0.0, 1);
    near(median(4), 30.0 - minute, 1);
    near((table.lags.whole.median.value, table.lags.whole.median.n), 76.0 - minute, 1);
    near((table.lags.sum_of_medians.value, Some(1)), 83.5 - minute * 1.5, 1);
    assert_eq!(table.lags.steps[0].p25.map(|days| (days * 1440.0).round()), Some(10_799.75_f64.round()));
}

/// 60 customers a month who come back or not, so that steps 1 and 4 have a past.
fn months(shares: &[u32]) -> Histories {
    let mut table = String::new();
    for (month, &share) in (1..).zip(shares) {
        for customer in 0..60 {
            table += &format!("C{month}-{customer} 2024-{month:02}-03 10:00 100\n");
            if customer < share {
                table += &format!("C{month}-{customer} 2024-{month:02}-20 10:00 100 store=S{}\n", customer % 3);
            }
        }
    }
    histories(&table)
}

#[test]
fn momentum_is_the_latest_against_the_three_before() {
    let table = wheel(&months(&[30, 20, 40, 45, 6]), "2024-07-31");
    let repeat = &table.momentum.steps[3];
    // Of five cohorts the last is mature on 30 July: 6.5 / 61 against 20.5, 40.5, 45.5 of 61.
    let expected = 100.0 * 6.5 / (20.5f64 * 40.5 * 45.5).cbrt();
    assert!((repeat.index.value.unwrap() - expected).abs() < 1e-9, "{repeat:?}");
    let before = (45.5f64 / (30.5f64 * 20.5 * 40.5).cbrt()).ln();
    assert!((repeat.acceleration.unwrap() - ((expected / 100.0).ln() - before)).abs() < 1e-9);
    assert_eq!(table.momentum.steps[1].index.status, MetricStatus::NeedsTable);
    // Nobody comes back in a later month: step 1 stays at 0, its index at 100, and the mean of both steps is half the way in logarithms.
    assert_eq!(table.momentum.steps_used, [StepId::Experience, StepId::Repeat]);
    assert!((table.momentum.index.value.unwrap() - (100.0 * expected).sqrt()).abs() < 1e-9);
    let bottleneck = &table.bottleneck;
    assert_eq!(bottleneck.step, Some(StepId::Repeat));
    let room = &bottleneck.steps[3];
    assert_eq!((room.now, room.best, room.best_period.as_deref()), (Some(0.1), Some(0.75), Some("2024-04")));
    assert!((room.headroom.value.unwrap() - 7.5f64.ln()).abs() < 1e-12);
}

#[test]
fn slices_show_what_is_possible() {
    // Six stores of 40 customers, of whom 4, 8, … 24 come back; a store of 20 where all do is too small, customers without a store are none.
    let mut table = String::new();
    for store in 0..8 {
        for customer in 0..if store < 6 { 40 } else { 20 } {
            let label = if store < 7 { format!("store=S{store}") } else { String::new() };
            table += &format!("C{store}-{customer} 2025-01-03 10:00 100 {label}\n");
            if customer < (store + 1) * 4 || store == 6 {
                table += &format!("C{store}-{customer} 2025-01-20 10:00 100\n");
            }
        }
    }
    let compute = |rule| {
        let slice = Some(SliceConfig { by: "store_id".into(), rule });
        let config = FlywheelConfig { complete_until: Some("2025-04-02".into()), slice, ..FlywheelConfig::default() };
        compute_flywheel(&histories(&table), &config).unwrap().bottleneck
    };
    let bottleneck = compute(SliceRule::FirstOrder);
    let repeat = &bottleneck.steps[3];
    // Of 280: 84 and 20 come back, and all 20 without a store. The 90th percentile of 0.1, 0.2 … 0.6 lies halfway between the best two.
    assert_eq!((bottleneck.mode, repeat.slices), (BottleneckMode::Slices, Some(6)));
    assert!((repeat.best.unwrap() - 0.55).abs() < 1e-12, "{repeat:?}");
    assert!((repeat.now.unwrap() - 124.0 / 280.0).abs() < 1e-12, "{repeat:?}");
    assert_eq!(bottleneck.step, Some(StepId::Repeat));
    assert_eq!(bottleneck.steps[1].headroom.status, MetricStatus::NeedsTable);
    // The second order names no store: the first order's is the home too.
    assert_eq!(compute(SliceRule::Home), bottleneck);
}

#[test]
fn weights_choose_the_steps_of_the_index() {
    let histories = months(&[30, 20, 40, 45, 6]);
    let config = |weights| FlywheelConfig {
        complete_until: Some("2024-07-31".into()),
        momentum: MomentumConfig { weights, ..MomentumConfig::default() },
        ..FlywheelConfig::default()
    };
    let none = compute_flywheel(&histories, &config([0.0, 1.0, 1.0, 0.0, 1.0, 1.0])).unwrap().momentum;
    assert_eq!((none.index.value, none.index.status, none.steps_used), (None, MetricStatus::Insufficient, vec![]));
    let first = compute_flywheel(&histories, &config([5.0, 1.0, 1.0, 0.0, 1.0, 1.0])).unwrap().momentum;
    assert_eq!((first.index.value, first.steps_used), (Some(100.0), vec![StepId::Experience]));
}

#[test]
fn options_of_gain_momentum_and_slices_that_make_no_sense_are_refused() {
    let base = FlywheelConfig::default;
    let weights = |weights| FlywheelConfig { momentum: MomentumConfig { weights, ..MomentumConfig::default() }, ..base() };
    let gain = |gain| FlywheelConfig { gain, ..base() };
    for (config, name) in [
        (gain(GainConfig { bootstrap: 39, ..GainConfig::default() }), "`gain.bootstrap`"),
        (gain(GainConfig { bootstrap: 2001, ..GainConfig::default() }), "`gain.bootstrap`"),
        (gain(GainConfig { horizon_days: Some(u32::MAX), ..GainConfig::default() }), "`gain.horizonDays`"),
        (weights([0.0; 6]), "`momentum.weights`"),
        (weights([1.0, 1.0, -1.0, 1.0, 1.0, 1.0]), "`momentum.weights`"),
        (weights([f64::NAN; 6]), "`momentum.weights`"),
        (FlywheelConfig { slice: Some(SliceConfig { by: "store_id".into(), rule: SliceRule::Order }), ..base() }, "`slice.rule`"),
    ] {
        let error = compute_flywheel(&histories(GOLDEN), &config).unwrap_err();
        assert_eq!(error.kind().code(), "config");
        assert!(error.to_string().contains(name), "{error}");
    }
}

fn people(letters: u8) -> impl Strategy<Value = String> {
    (0..letters).prop_map(|letter| char::from(b'A' + letter).to_string())
}

/// Instants of quarters of a day over 500 days from 2024-11-15.
fn moment() -> impl Strategy<Value = i64> {
    (0i64..2000).prop_map(|quarter| 20_042 * DAY_US + quarter * DAY_US / 4)
}

/// Orders of few people, so that they meet.
fn orders() -> impl Strategy<Value = Vec<Row>> {
    let order = (people(12), moment(), prop_oneof![1 => -900i64..=0, 9 => 1i64..3000], people(4));
    let row = order.prop_map(|(customer, local_us, net_minor, store)| {
        let labels = if store == "D" { vec![] } else { vec![("store_id".to_owned(), store)] };
        Row { customer, local_us, net_minor, labels, ..Row::default() }
    });
    let rows = prop::collection::vec(row, 1..60);
    (rows, moment()).prop_map(|(mut rows, local_us)| {
        let labels = vec![("store_id".to_owned(), "A".to_owned())];
        rows.push(Row { customer: "A".to_owned(), local_us, net_minor: 70, labels, ..Row::default() });
        rows
    })
}

fn beside() -> impl Strategy<Value = Beside> {
    let members = prop::collection::vec((people(14), moment()), 0..12);
    let touches = prop::collection::vec((people(14), moment(), prop::bool::weighted(0.2)), 0..60);
    let referrals = prop::collection::vec((people(14), people(14), moment()), 0..50);
    (members, touches, referrals).prop_map(|(members, touches, referrals)| Beside {
        members,
        touches,
        referrals,
        ..Beside::default()
    })
}

fn config() -> impl Strategy<Value = FlywheelConfig> {
    let days = || prop_oneof![3 => 0u32..120, 1 => Just(0u32)];
    let horizons = (days(), days(), days(), days(), days());
    let granularity = prop_oneof![Just(Granularity::Month), Just(Granularity::Week)];
    // Slices by their mere being there: in tests of the crate every headline holds that its slices add up to the whole.
    let slice = prop_oneof![Just(None), Just(Some(SliceRule::FirstOrder)), Just(Some(SliceRule::Home))];
    (horizons, granularity, prop_oneof![Just(None), (0u32..600).prop_map(Some)], slice).prop_map(
        |((h12, h23, h34, h45, h56), granularity, horizon_days, rule)| FlywheelConfig {
            slice: rule.map(|rule| SliceConfig { by: "store_id".into(), rule }),
            granularity,
            horizons: Horizons { h12, h23, h34, h45, h56 },
            gain: GainConfig { horizon_days, ..GainConfig::default() },
            ..FlywheelConfig::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn law_i24_conversions_multiply_to_the_strict_gain_within_the_total(rows in orders(), beside in beside(), config in config()) {
        let table = compute_flywheel(&beside.attach(histories_of(&rows, OFFSET_MINUTES)), &config).unwrap();
        let covers = config.gain.horizon_days.is_none_or(|days| days >= config.horizons.total());
        for cohort in &table.chain.cohorts {
            let known: Vec<u32> = cohort.sizes[..5].iter().copied().flatten().collect();
            prop_assert!(known.is_sorted_by(|a, b| a >= b), "nested: {:?}", cohort.sizes);
            let Some(strict) = cohort.gain_strict else { continue };
            let product: Option<f64> = table.chain.links.iter().zip(cohort.conversions)
                .filter(|(link, _)| link.status != MetricStatus::NeedsTable)
                .map(|(_, conversion)| conversion).product();
            match product {
                Some(product) => prop_assert!((product - strict).abs() <= 1e-12 * strict),
                None => prop_assert_eq!(strict, 0.0, "a step nobody reached"),
            }
            if let Some(total) = cohort.gain_total.filter(|_| covers) {
                prop_assert!(strict <= total, "{} > {}", strict, total);
            }
        }
        // The links are those of the cohort the gain speaks of.
        let shown = table.chain.cohorts.iter().rfind(|cohort| cohort.mature);
        let strict = table.gains.iter().find(|metric| metric.id == "gain_strict").unwrap();
        prop_assert_eq!(strict.value, shown.and_then(|cohort| cohort.gain_strict));
        prop_assert_eq!(table.gain.value, shown.and_then(|cohort| cohort.gain_total));
    }

    #[test]
    fn the_chain_does_not_depend_on_the_order_of_rows(
        (rows, shuffled) in orders().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        beside in beside(), config in config(),
    ) {
        let mut turned = beside.clone();
        turned.members.reverse();
        turned.touches.reverse();
        turned.referrals.reverse();
        let compute = |rows: &[Row], beside: &Beside| compute_flywheel(&beside.attach(histories_of(rows, OFFSET_MINUTES)), &config).unwrap();
        prop_assert_eq!(compute(&rows, &beside), compute(&shuffled, &turned));
    }

    #[test]
    fn rows_after_the_end_change_nothing(rows in orders(), later in orders(), beside in beside(), config in config()) {
        let end_day = rows.iter().map(|row| row.local_us.div_euclid(DAY_US)).max().unwrap() + 1;
        let cut = |at: i64| at < end_day * DAY_US;
        let mut seen = beside.clone();
        seen.members.retain(|row| cut(row.1));
        seen.touches.retain(|row| cut(row.1));
        seen.referrals.retain(|row| cut(row.2));
        // A table that lost all its rows would not be there.
        prop_assume!(seen.members.is_empty() == beside.members.is_empty() && seen.touches.is_empty() == beside.touches.is_empty());
        prop_assume!(seen.referrals.is_empty() == beside.referrals.is_empty());
        let longer: Vec<Row> = rows.iter().cloned().chain(later.into_iter().filter(|row| !cut(row.local_us))).collect();
        let until = feilun::history::iso_date(end_day as i32);
        let config = FlywheelConfig { complete_until: Some(until), ..config };
        let compute = |rows: &[Row], beside: &Beside| compute_flywheel(&beside.attach(histories_of(rows, OFFSET_MINUTES)), &config).unwrap();
        let (short, long) = (compute(&rows, &seen), compute(&longer, &beside));
        prop_assert_eq!((short.chain, short.gain, short.gains), (long.chain, long.gain, long.gains));
        prop_assert_eq!(short.lags, long.lags);
    }

    #[test]
    fn more_time_to_join_loses_nobody(rows in orders(), beside in beside(), config in config(), more in 1u32..60) {
        let longer = FlywheelConfig { horizons: Horizons { h12: config.horizons.h12 + more, ..config.horizons }, ..config.clone() };
        let histories = beside.attach(histories_of(&rows, OFFSET_MINUTES));
        let (short, long) = (compute_flywheel(&histories, &config).unwrap(), compute_flywheel(&histories, &longer).unwrap());
        for (short, long) in short.chain.cohorts.iter().zip(&long.chain.cohorts) {
            for (short, long) in short.sizes.iter().zip(long.sizes) {
                prop_assert!(short.zip(long).is_none_or(|(short, long)| short <= long), "{:?} {:?}", short, long);
            }
        }
    }
}
