//! Migration and concentration on tables checkable by head.

use feilun::ErrorKind;
use feilun::result::{
    ConcentrationConfig, ConcentrationTable, Entity, MigrationMode, RfmConfig, RfmMigration, RfmMigrationConfig, RfmPreset,
    ScoreMode, SliceConfig, SliceRule,
};
use feilun::rfm::{compute_concentration, compute_migration};

use crate::table::{GOLDEN, histories};

fn migrate(table: &str, config: &RfmMigrationConfig) -> RfmMigration {
    compute_migration(&histories(table), config).unwrap()
}

fn between(from: &str, to: &str, mode: MigrationMode) -> RfmMigrationConfig {
    let rfm = RfmConfig { window_days: None, ..RfmConfig::default() };
    RfmMigrationConfig { from: Some(from.to_owned()), to: Some(to.to_owned()), mode, rfm, ..RfmMigrationConfig::default() }
}

/// The flows as lines `source target customers net`.
fn flows(found: &RfmMigration) -> Vec<String> {
    let mut lines = Vec::new();
    for (source, (customers, nets)) in found.states.iter().zip(found.customers.iter().zip(&found.flow_minor)) {
        for (target, (n, net)) in found.states.iter().zip(customers.iter().zip(nets)).filter(|(_, (n, _))| **n > 0) {
            lines.push(format!("{} {} {n} {net}", source.id, target.id));
        }
    }
    lines
}

/// On 1 February a and b have days 21, 11; on 1 March a has bought again, b not, c is new.
const THREE: &str = "
    a 2025-01-10 10:00 100
    b 2025-01-20 10:00 300
    a 2025-02-27 10:00 400
    c 2025-02-28 10:00 200";

#[test]
fn frozen_tells_what_the_customer_did_refit_how_it_stands_among_the_others() {
    // Cut-points of 1 February, two customers each: R 2 from 21 days, 4 from 11; M 2 from 100, 4 from 300; F 1 for one order, else 2.
    // a: R 2 F 1 M 2 at_risk? fm = 2: dormant; b: R 4 F 1 M 4, fm = 3: active.
    // 1 March, frozen: a 1 day, 2 orders, 500: 4 2 4, fm 3: active. b 39 days, 300: 1 1 4, fm 3: at_risk. c 0 days, 200: 4 1 2, fm 2: active.
    let frozen = migrate(THREE, &between("2025-02-01", "2025-03-01", MigrationMode::Frozen));
    assert_eq!(flows(&frozen), ["active at_risk 1 0", "dormant active 1 400", "not_yet active 1 200"]);
    // Refit: days 39, 1, 0; net 300, 500, 200 of three: scores 1, 3, 5; F 1, 1 and for a, the one repeater, 4.
    // a 3 4 5, fm 5: loyal. b 1 1 3, fm 2: dormant. c 5 1 1: new.
    let refit = migrate(THREE, &between("2025-02-01", "2025-03-01", MigrationMode::Refit));
    assert_eq!(flows(&refit), ["active dormant 1 0", "dormant loyal 1 400", "not_yet new 1 200"]);
    let state = |id: &str| frozen.states.iter().find(|state| state.id == id).unwrap();
    let active = state("active");
    assert_eq!(
        (active.n_before, active.n_after, active.net_flow, active.net_before_minor, active.net_after_minor),
        (1, 2, 1, 0, 600)
    );
    assert_eq!(
        (frozen.from.as_str(), frozen.to.as_str(), frozen.n_customers, frozen.net_minor),
        ("2025-02-01", "2025-03-01", 3, 600)
    );
    assert_eq!(state("not_yet").name.zh, feilun::text::term("segment.not_yet").zh);
}

#[test]
fn who_left_the_window_lapsed_out() {
    let table = "a 2025-01-10 10:00 100\n b 2025-02-20 10:00 100\n p 2025-01-15 10:00 0\n q 2025-02-25 10:00 0";
    let rfm = RfmConfig { window_days: Some(30), preset: RfmPreset::Cn8, ..RfmConfig::default() };
    let found = migrate(table, &RfmMigrationConfig { rfm, ..between("2025-02-01", "2025-03-01", MigrationMode::Frozen) });
    // a alone is the mean, so low in everything; b has 8 days where a had 21.
    let expected =
        ["general_win_back lapsed_out 1 0", "prospects prospects 1 0", "not_yet general_develop 1 100", "not_yet prospects 1 0"];
    assert_eq!(flows(&found), expected);
}

#[test]
fn who_was_known_before_anybody_bought_was_a_prospect() {
    let found = migrate(
        "p 2025-01-15 10:00 0\n q 2025-01-16 10:00 0\n p 2025-02-20 10:00 100",
        &between("2025-02-01", "2025-03-01", MigrationMode::Refit),
    );
    assert_eq!(flows(&found), ["prospects almost_lost 1 100", "prospects prospects 1 0"]);
}

#[test]
fn small_streams_are_joined_and_still_add_up() {
    let config = |min_cell| RfmMigrationConfig { min_cell, ..between("2025-03-01", "2025-04-01", MigrationMode::Refit) };
    let links = |min_cell| {
        let links = migrate(GOLDEN, &config(min_cell)).links;
        links
            .iter()
            .map(|link| format!("{} {} {} {}", link.source, link.target, link.n_customers, link.net_minor))
            .collect::<Vec<_>>()
    };
    let all = links(1);
    assert_eq!(all.len(), flows(&migrate(GOLDEN, &config(1))).len());
    assert_eq!(links(100), ["other other 6 7700"]);
    assert_eq!(all.iter().map(|line| line.split(' ').nth(2).unwrap().parse::<u32>().unwrap()).sum::<u32>(), 6);
}

#[test]
fn the_days_follow_from_the_data_unless_given() {
    let config = RfmMigrationConfig { mode: MigrationMode::Refit, ..RfmMigrationConfig::default() };
    let found = migrate(GOLDEN, &config);
    // 90 days before the end nobody had bought.
    assert_eq!((found.from.as_str(), found.to.as_str()), ("2025-01-01", "2025-04-01"));
    assert_eq!(found.states.last().map(|state| (state.id.as_str(), state.n_before)), Some(("not_yet", 6)));
    assert_eq!(found.definition.as_of, "2025-04-01");
}

#[test]
fn migrations_that_make_no_sense_are_refused() {
    let check = |config: RfmMigrationConfig, kind: ErrorKind, expected: &str| {
        let error = compute_migration(&histories(GOLDEN), &config).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().starts_with(expected), "{error}");
    };
    let base = || between("2025-03-01", "2025-04-01", MigrationMode::Frozen);
    let with = |rfm: RfmConfig| RfmMigrationConfig { rfm, ..base() };
    let refused = ErrorKind::Config;
    check(
        with(RfmConfig { as_of: Some("2025-04-01".into()), ..RfmConfig::default() }),
        refused,
        "`rfm.asOf` has no place in a migration",
    );
    let slice = Some(SliceConfig { by: "store_id".to_owned(), rule: SliceRule::FirstOrder });
    check(with(RfmConfig { slice, ..RfmConfig::default() }), refused, "`rfm.slice` has no place in a migration");
    check(RfmMigrationConfig { min_cell: 0, ..base() }, refused, "`minCell` must be at least 1, found `0`");
    check(
        between("2025-04-01", "2025-03-01", MigrationMode::Refit),
        refused,
        "`from` must not be after `to`, found `2025-04-01` after `2025-03-01`",
    );
    check(between("soon", "2025-04-01", MigrationMode::Refit), refused, "`from`");
    check(with(RfmConfig { bins: 2, ..RfmConfig::default() }), refused, "`bins` must be 3, 4 or 5");
    let ntile = RfmConfig { recency_mode: ScoreMode::Ntile, ..RfmConfig::default() };
    check(with(ntile.clone()), refused, "`mode` `frozen` cannot be with `rfm.recencyMode` `ntile`");
    assert!(compute_migration(&histories(GOLDEN), &RfmMigrationConfig { mode: MigrationMode::Refit, ..with(ntile) }).is_ok());
    let nested = RfmConfig { monetary_mode: ScoreMode::Nested, ..RfmConfig::default() };
    check(with(nested), refused, "`mode` `frozen` cannot be with `rfm.monetaryMode` `nested`");
    check(
        between("2025-01-01", "2025-04-01", MigrationMode::Frozen),
        ErrorKind::Empty,
        "nobody bought in the window before `from`",
    );
    let short = RfmConfig { window_days: Some(1), ..RfmConfig::default() };
    check(with(short), ErrorKind::Empty, "nobody bought in the window before `from`");
}

fn concentration(table: &str, config: &ConcentrationConfig) -> ConcentrationTable {
    compute_concentration(&histories(table), config).unwrap()
}

#[test]
fn golden_concentration() {
    let found = concentration(GOLDEN, &ConcentrationConfig::default());
    // E 600, D 1600, F 2400, A 3000, B 4000, C 7000: −5·600 − 3·1600 − 2400 + 3000 + 3·4000 + 5·7000 = 39 800 of 6 · 18 600.
    assert_eq!((found.n_entities, found.net_minor, found.gini), (6, 18_600, Some(39_800.0 / 111_600.0)));
    let curve: Vec<(u32, i64)> = found.lorenz.iter().map(|point| (point.n_entities, point.net_minor)).collect();
    assert_eq!(curve, [(0, 0), (1, 600), (2, 2200), (3, 4600), (4, 7600), (5, 11_600), (6, 18_600)]);
    assert_eq!(found.lorenz.last().map(|point| (point.share, point.net_share)), Some((1.0, 1.0)));
    let top: Vec<(u32, u32, i64)> = found.top.iter().map(|top| (top.percent, top.n_entities, top.net_minor)).collect();
    assert_eq!(top, [(1, 1, 7000), (10, 1, 7000), (20, 2, 11_000)]);
}

#[test]
fn refunds_weigh_as_nothing_and_are_told() {
    let table = "a 2025-01-01 10:00 100\n b 2025-01-01 10:00 100\n b 2025-01-02 10:00 -400\n c 2025-01-01 10:00 -50";
    let found = concentration(table, &ConcentrationConfig::default());
    // c has no purchase; b counts with 0.
    assert_eq!((found.n_entities, found.n_without_net, found.net_minor, found.left_out_net_minor), (2, 1, -200, -50));
    assert_eq!((found.positive_net_minor, found.gini, found.top[0].net_share), (100, Some(0.5), Some(1.0)));
    let nothing = "a 2025-01-01 10:00 5\n a 2025-01-02 10:00 -5";
    let found = concentration(nothing, &ConcentrationConfig::default());
    assert_eq!((found.gini, found.lorenz.len(), found.top[2].net_share), (None, 0, None));
}

#[test]
fn staff_and_stores_concentrate_too() {
    let table = "
        a 2025-01-01 10:00 100 staff=S1 store=X
        b 2025-01-01 10:00 300 staff=S2 store=X
        a 2025-01-02 10:00 500 staff=S2 store=X
        c 2025-01-02 10:00 70 store=X";
    let of = |entity| concentration(table, &ConcentrationConfig { entity, ..ConcentrationConfig::default() });
    let staff = of(Entity::Staff);
    // S1 100, S2 800: (−100 + 800) / (2 · 900); the order of nobody is told.
    assert_eq!((staff.n_entities, staff.gini, staff.left_out_net_minor), (2, Some(700.0 / 1800.0), 70));
    assert_eq!((of(Entity::Store).n_entities, of(Entity::Store).gini), (1, Some(0.0)));
    // Group leaders are who the orders name as staff.
    assert_eq!(of(Entity::Leader).gini, staff.gini);
    let config = ConcentrationConfig { entity: Entity::Staff, ..ConcentrationConfig::default() };
    assert_eq!(compute_concentration(&histories(GOLDEN), &config).unwrap_err().kind(), ErrorKind::Config);
    let config = ConcentrationConfig { window_days: Some(0), ..ConcentrationConfig::default() };
    assert_eq!(
        compute_concentration(&histories(table), &config).unwrap_err().to_string(),
        "`windowDays` must be at least 1, found `0`"
    );
}

#[test]
fn a_long_curve_is_told_in_201_points() {
    let table: String = (1..=500).map(|net| format!("c{net} 2025-01-01 10:00 {net}\n")).collect();
    let found = concentration(&table, &ConcentrationConfig::default());
    let ends = [&found.lorenz[0], &found.lorenz[100], &found.lorenz[200]].map(|point| (point.n_entities, point.net_minor));
    assert_eq!((found.lorenz.len(), ends), (201, [(0, 0), (250, 250 * 251 / 2), (500, 500 * 501 / 2)]));
}
