//! The laws of RFM, migration and concentration (docs/metrics.md) over random tables and every score mode and preset.

use std::collections::BTreeSet;

use feilun::history::iso_date;
use feilun::result::{
    Cn8By, ConcentrationConfig, CustomSegments, MigrationMode, Monetary, RfmConfig, RfmCustomers, RfmMigrationConfig, RfmPreset,
    RfmTable, ScoreMode, SegmentRule,
};
use feilun::rfm::{compute, compute_concentration, compute_customers, compute_migration};
use proptest::prelude::*;

use crate::laws::{read, shuffled, table};
use crate::table::{DAY_US, Row, histories};

/// A score triple.
type Triple = [u8; 3];

/// Options over all modes, bins, presets and windows.
pub(crate) fn rfm_config() -> impl Strategy<Value = RfmConfig> {
    (3u8..=5).prop_flat_map(|bins| {
        use ScoreMode::{Fixed, Midrank, NearestRank, Nested, Ntile, OnePlusQuartile};
        let recency = prop_oneof![Just(Midrank), Just(NearestRank), Just(Fixed), Just(Ntile)];
        let monetary = prop_oneof![Just(Midrank), Just(NearestRank), Just(Fixed), Just(Ntile), Just(Nested)];
        let frequency =
            prop_oneof![Just(Midrank), Just(OnePlusQuartile), Just(NearestRank), Just(Fixed), Just(Ntile), Just(Nested)];
        let window_days = prop_oneof![Just(None), Just(Some(365)), Just(Some(30))];
        let money = prop_oneof![Just(Monetary::Net), Just(Monetary::Aov)];
        ((recency, frequency, monetary), segments(bins), window_days, money, any::<bool>(), any::<bool>()).prop_map(
            move |(
                (recency_mode, frequency_mode, monetary_mode),
                segments,
                window_days,
                monetary,
                frequency_by_day,
                count_zero,
            )| {
                let limits = |mode, all: [i64; 4]| (mode == Fixed).then(|| all[..usize::from(bins) - 1].to_vec());
                RfmConfig {
                    recency_mode,
                    recency_limits: limits(recency_mode, [200, 90, 30, 7]),
                    frequency_mode,
                    frequency_thresholds: limits(frequency_mode, [2, 3, 5, 8]),
                    monetary_mode,
                    monetary_thresholds: limits(monetary_mode, [-100, 800, 2000, 6000]),
                    window_days,
                    monetary,
                    frequency_by_day,
                    count_zero,
                    ..segments
                }
            },
        )
    })
}

/// Options of a preset that these bins allow.
fn segments(bins: u8) -> impl Strategy<Value = RfmConfig> {
    let base = move |preset| RfmConfig { bins, preset, ..RfmConfig::default() };
    let built_in = prop_oneof![Just(RfmPreset::Grid), Just(RfmPreset::Rules11)].prop_map(move |preset| match bins {
        5 => base(preset),
        _ => base(RfmPreset::Cn8),
    });
    let cn8 = prop_oneof![
        Just((Cn8By::Mean, None)),
        Just((Cn8By::Median, None)),
        (2..=bins).prop_map(|from| (Cn8By::Score, Some(from)))
    ];
    let cn8 = cn8.prop_map(move |(cn8_by, cn8_score)| RfmConfig { cn8_by, cn8_score, ..base(RfmPreset::Cn8) });
    let own = partition(bins).prop_map(move |rules| RfmConfig {
        custom_segments: Some(CustomSegments { rules, first_match: false, default: None }),
        ..base(RfmPreset::Custom)
    });
    prop_oneof![built_in, cn8, own]
}

/// Boxes that hold every triple once: one box, cut in two again and again; some bear the same name.
fn partition(bins: u8) -> impl Strategy<Value = Vec<SegmentRule>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0usize..3, 1..bins), 0..8).prop_map(move |splits| {
        let mut boxes = vec![[[1, bins]; 3]];
        for (which, axis, at) in splits {
            let which = which.index(boxes.len());
            let [low, high] = boxes[which][axis];
            if (low..high).contains(&at) {
                let mut rest = boxes[which];
                boxes[which][axis] = [low, at];
                rest[axis] = [at + 1, high];
                boxes.push(rest);
            }
        }
        let rule = |(place, [r, f, m]): (usize, [[u8; 2]; 3])| {
            let range = |range: [u8; 2]| (range != [1, bins]).then_some(range);
            SegmentRule { name: format!("s{}", place % 5), r: range(r), f: range(f), m: range(m) }
        };
        boxes.into_iter().enumerate().map(rule).collect()
    })
}

/// A partition of which single ranges were changed: gaps, overlaps, both or neither.
fn rules(bins: u8) -> impl Strategy<Value = Vec<SegmentRule>> {
    let change = (any::<prop::sample::Index>(), 0usize..3, 1..=bins, 1..=bins);
    (partition(bins), prop::collection::vec(change, 0..3)).prop_map(|(mut rules, changes)| {
        for (which, axis, a, b) in changes {
            let which = which.index(rules.len());
            let SegmentRule { r, f, m, .. } = &mut rules[which];
            *[r, f, m][axis] = Some([a.min(b), a.max(b)]);
        }
        rules
    })
}

fn triples(bins: u8) -> impl Iterator<Item = Triple> {
    (1..=bins).flat_map(move |r| (1..=bins).flat_map(move |f| (1..=bins).map(move |m| [r, f, m])))
}

fn holds(rule: &SegmentRule, triple: Triple) -> bool {
    [rule.r, rule.f, rule.m]
        .iter()
        .zip(triple)
        .all(|(range, score)| range.is_none_or(|[low, high]| low <= score && score <= high))
}

/// The triples that a complaint names after some words: `R1 F2 M3–5, R4 F1 M1 (…`.
fn named(complaint: &str, after: &str) -> BTreeSet<Triple> {
    let Some((_, list)) = complaint.split_once(after) else { return BTreeSet::new() };
    let (list, _) = list.split_once(" (").unwrap();
    let cell = |cell: &str| {
        let [r, f, m] = cell.split(' ').map(|word| word[1..].to_owned()).collect::<Vec<_>>().try_into().unwrap();
        let (first, last) = m.split_once('–').unwrap_or((&m, &m));
        let (r, f): (u8, u8) = (r.parse().unwrap(), f.parse().unwrap());
        (first.parse::<u8>().unwrap()..=last.parse().unwrap()).map(move |m| [r, f, m])
    };
    list.split(", ").flat_map(cell).collect()
}

/// Bins³ customers, one of every triple under the thresholds of [`every_triple`]: named `rfm`, with f orders of 100·m in all on the r-th of January.
fn one_of_every(bins: u8) -> String {
    let mut lines = String::new();
    for [r, f, m] in triples(bins) {
        for order in 1..=f {
            let fen = if order == 1 { 100 * i64::from(m) - i64::from(f) + 1 } else { 1 };
            lines += &format!("{r}{f}{m} 2025-01-0{r} 10:0{order} {fen}\n");
        }
    }
    lines
}

fn every_triple(bins: u8, config: RfmConfig) -> RfmConfig {
    let fixed = |all: [i64; 4]| Some(all[..usize::from(bins) - 1].to_vec());
    RfmConfig {
        as_of: Some("2025-02-01".to_owned()),
        bins,
        recency_mode: ScoreMode::Fixed,
        recency_limits: fixed([29, 28, 27, 26]),
        frequency_mode: ScoreMode::Fixed,
        frequency_thresholds: fixed([2, 3, 4, 5]),
        monetary_mode: ScoreMode::Fixed,
        monetary_thresholds: fixed([200, 300, 400, 500]),
        ..config
    }
}

/// The table of one customer of every triple, and everybody's triple and segment.
fn map_of(bins: u8, config: RfmConfig) -> (RfmTable, Vec<(Triple, String)>) {
    let (data, config) = (histories(&one_of_every(bins)), every_triple(bins, config));
    let c = compute_customers(&data, &config, None).unwrap();
    let line = |at: usize| {
        let triple = [c.r[at], c.f[at], c.m[at]];
        assert_eq!(c.customer_id[at], triple.map(|score| score.to_string()).concat());
        (triple, c.segments[usize::from(c.segment[at])].clone())
    };
    (compute(&data, &config).unwrap(), (0..c.r.len()).map(line).collect())
}

fn check_counts(config: RfmConfig, expected: &str) {
    let (table, map) = map_of(5, config);
    assert_eq!(map.iter().map(|(triple, _)| *triple).collect::<Vec<_>>(), triples(5).collect::<Vec<_>>());
    let scored = table.segments.iter().filter(|segment| segment.scored);
    let found: Vec<String> = scored.map(|segment| format!("{} {}", segment.id, segment.n_customers)).collect();
    assert_eq!(found.join(", "), expected);
    for segment in table.segments.iter().filter(|segment| segment.scored) {
        assert_eq!(map.iter().filter(|(_, id)| *id == segment.id).count(), segment.n_customers as usize, "{}", segment.id);
    }
}

#[test]
fn law_i20_every_preset_puts_each_of_the_125_triples_into_one_segment() {
    let preset = |preset| RfmConfig { preset, ..RfmConfig::default() };
    check_counts(
        preset(RfmPreset::Grid),
        "champions 10, loyal 20, active 28, new 1, promising 1, needs_attention 9, almost_lost 6, at_risk 32, previously_loyal 6, dormant 12",
    );
    check_counts(
        preset(RfmPreset::Rules11),
        "champions 8, loyal 22, potential_loyal 20, new 5, promising 5, needs_attention 9, about_to_sleep 6, cannot_lose 8, at_risk 30, \
         hibernating 6, lost 6",
    );
    // High are 2 of 5 scores: 2·2·2, 2·3·2, …, 3·3·3.
    check_counts(
        RfmConfig { cn8_by: Cn8By::Score, cn8_score: Some(4), ..preset(RfmPreset::Cn8) },
        "important_value 8, important_develop 12, important_keep 12, important_win_back 18, general_value 12, general_develop 18, \
         general_keep 18, general_win_back 27",
    );
}

/// The scored customers; `None` when nobody bought.
pub(crate) fn scored(rows: &[Row], config: &RfmConfig) -> Option<RfmCustomers> {
    compute_customers(&read(rows), config, None).ok()
}

fn sizes(table: &RfmTable) -> Vec<(String, u32)> {
    table.segments.iter().map(|segment| (segment.id.clone(), segment.n_customers)).collect()
}

proptest! {
    #[test]
    fn law_i20_boxes_cover_every_triple_once_or_are_refused_with_the_triples(
        (bins, rules) in (3u8..=5).prop_flat_map(|bins| (Just(bins), rules(bins))), first_match in any::<bool>(), default in any::<bool>(),
    ) {
        let names = |triple| rules.iter().filter(|rule| holds(rule, triple)).map(|rule| rule.name.as_str()).collect::<Vec<_>>();
        let gaps: BTreeSet<Triple> = triples(bins).filter(|&triple| !default && names(triple).is_empty()).collect();
        let several = |triple| names(triple).into_iter().collect::<BTreeSet<_>>().len() > 1;
        let overlaps: BTreeSet<Triple> = triples(bins).filter(|&triple| !first_match && several(triple)).collect();
        let own = CustomSegments { rules: rules.clone(), first_match, default: default.then(|| "rest".to_owned()) };
        let config = RfmConfig { preset: RfmPreset::Custom, custom_segments: Some(own), ..RfmConfig::default() };
        if gaps.is_empty() && overlaps.is_empty() {
            let (table, map) = map_of(bins, config);
            for (triple, id) in map {
                prop_assert_eq!(id.as_str(), names(triple).first().copied().unwrap_or("rest"), "{:?}", triple);
            }
            let covered: u32 = table.segments.iter().map(|segment| segment.n_customers).sum();
            prop_assert_eq!(covered, u32::from(bins).pow(3));
        } else {
            let complaint = compute(&histories("a 2025-01-01 10:00 1"), &RfmConfig { bins, ..config }).unwrap_err().to_string();
            prop_assert_eq!(named(&complaint, "in no segment: "), gaps, "{}", complaint);
            prop_assert_eq!(named(&complaint, "in several segments: "), overlaps, "{}", complaint);
        }
    }

    #[test]
    fn law_i21_segments_add_up(rows in table(), config in rfm_config()) {
        let histories = read(&rows);
        let Ok(table) = compute(&histories, &config) else { return Ok(()) };
        let inside = || table.segments.iter().filter(|segment| segment.scored);
        prop_assert_eq!(inside().map(|segment| segment.n_customers).sum::<u32>(), table.n_customers);
        prop_assert_eq!(inside().map(|segment| segment.net_minor).sum::<i64>(), table.net_minor);
        prop_assert_eq!(table.cells.len(), usize::from(config.bins).pow(2));
        prop_assert_eq!(table.cells.iter().map(|cell| cell.n_customers).sum::<u32>(), table.n_customers);
        prop_assert_eq!(table.cells.iter().map(|cell| cell.net_minor).sum::<i64>(), table.net_minor);
        for axis in [&table.recency, &table.frequency, &table.monetary] {
            prop_assert_eq!(axis.groups.len(), usize::from(config.bins));
            prop_assert_eq!(axis.groups.iter().map(|group| group.n_customers).sum::<u32>(), table.n_customers);
        }
        if table.n_customers > 0 {
            let share: f64 = inside().filter_map(|segment| segment.share).sum();
            prop_assert!((share - 1.0).abs() < 1e-12);
        }
        let everybody = table.segments.iter().map(|segment| segment.n_customers).sum::<u32>();
        prop_assert_eq!(everybody as usize, histories.n_customers());
        let start = config.window_days.map_or(i64::MIN, |days| i64::from(histories.end_day) - i64::from(days));
        let scored = scored(&rows, &config).unwrap().customer_id;
        let in_window = |row: &&Row| row.local_us.div_euclid(DAY_US) >= start && scored.contains(&row.customer);
        prop_assert_eq!(table.net_minor, rows.iter().filter(in_window).map(|row| row.net_minor).sum::<i64>());
    }

    #[test]
    fn law_i22_scores_follow_the_values(rows in table(), config in rfm_config(), factor in 2i64..9) {
        let Some(c) = scored(&rows, &config) else { return Ok(()) };
        // Better or worse, and whether equal values have to have equal scores; nested axes compare within the scores before.
        let follows = |mode: ScoreMode, better: bool, equal: bool, a: u8, b: u8| {
            if better { a >= b } else { !equal || mode == ScoreMode::Ntile || a == b }
        };
        for i in 0..c.r.len() {
            for j in 0..c.r.len() {
                let (days, orders, money) = ([i, j].map(|at| c.recency_days[at]), [i, j].map(|at| c.frequency[at]), [i, j].map(|at| c.monetary_minor[at]));
                prop_assert!(follows(config.recency_mode, days[0] < days[1], days[0] == days[1], c.r[i], c.r[j]));
                if config.frequency_mode != ScoreMode::Nested || c.r[i] == c.r[j] {
                    prop_assert!(follows(config.frequency_mode, orders[0] > orders[1], orders[0] == orders[1], c.f[i], c.f[j]));
                }
                if config.monetary_mode != ScoreMode::Nested || (c.r[i], c.f[i]) == (c.r[j], c.f[j]) {
                    prop_assert!(follows(config.monetary_mode, money[0] > money[1], money[0] == money[1], c.m[i], c.m[j]));
                }
            }
        }
        let dearer: Vec<Row> = rows.iter().map(|row| Row { net_minor: row.net_minor * factor, ..row.clone() }).collect();
        let thresholds = config.monetary_thresholds.as_ref().map(|at| at.iter().map(|at| at * factor).collect());
        let dearer = scored(&dearer, &RfmConfig { monetary_thresholds: thresholds, ..config }).unwrap();
        prop_assert_eq!((c.r, c.f, c.m, c.segment), (dearer.r, dearer.f, dearer.m, dearer.segment));
    }

    #[test]
    fn equal_groups_differ_by_one_customer_at_most(rows in table(), config in rfm_config()) {
        let config = RfmConfig { monetary_mode: ScoreMode::Ntile, monetary_thresholds: None, ..config };
        let Ok(table) = compute(&read(&rows), &config) else { return Ok(()) };
        let sizes: Vec<u32> = table.monetary.groups.iter().map(|group| group.n_customers).collect();
        prop_assert!(sizes[0] - sizes[sizes.len() - 1] <= 1 && sizes.is_sorted_by(|a, b| a >= b), "{:?}", sizes);
    }

    #[test]
    fn law_i23_migration_adds_up_to_the_segments_of_both_days(
        rows in table(), rfm in rfm_config(), back in 0i32..120, min_cell in 1u32..4, frozen in any::<bool>(),
    ) {
        let mode = if frozen { MigrationMode::Frozen } else { MigrationMode::Refit };
        let histories = read(&rows);
        let (from, to) = (iso_date(histories.end_day - back), iso_date(histories.end_day));
        let config = RfmMigrationConfig { from: Some(from.clone()), to: Some(to.clone()), mode, min_cell, rfm: rfm.clone() };
        let Ok(found) = compute_migration(&histories, &config) else { return Ok(()) };
        let on = |day: &String| compute(&histories, &RfmConfig { as_of: Some(day.clone()), ..rfm.clone() });
        let [not_yet] = found.states.iter().filter(|state| state.id == "not_yet").collect::<Vec<_>>().try_into().unwrap();
        let known = || found.states.iter().filter(|state| state.id != "not_yet");
        if let Ok(before) = on(&from) {
            prop_assert_eq!(known().map(|state| (state.id.clone(), state.n_before)).collect::<Vec<_>>(), sizes(&before));
        }
        let after = on(&to).unwrap();
        if frozen {
            let outside = |id: &str| found.states.iter().find(|state| state.id == id).unwrap().n_after;
            let unscored = after.segments.iter().filter(|segment| !segment.scored);
            unscored.for_each(|segment| assert_eq!(outside(&segment.id), segment.n_customers, "{}", segment.id));
        } else {
            prop_assert_eq!(known().map(|state| (state.id.clone(), state.n_after)).collect::<Vec<_>>(), sizes(&after));
        }
        prop_assert_eq!((not_yet.n_after, found.n_customers as usize), (0, histories.n_customers()));
        let between = |row: &&Row| row.local_us.div_euclid(DAY_US) >= i64::from(histories.end_day - back);
        prop_assert_eq!(found.net_minor, rows.iter().filter(between).map(|row| row.net_minor).sum::<i64>());
        for (place, state) in found.states.iter().enumerate() {
            let column: u32 = found.customers.iter().map(|row| row[place]).sum();
            prop_assert_eq!((found.customers[place].iter().sum::<u32>(), column), (state.n_before, state.n_after));
            prop_assert_eq!(found.flow_minor[place].iter().sum::<i64>(), state.net_before_minor);
            prop_assert_eq!(found.flow_minor.iter().map(|row| row[place]).sum::<i64>(), state.net_after_minor);
            let share: f64 = found.row_share[place].iter().flatten().sum();
            prop_assert!(state.n_before == 0 || (share - 1.0).abs() < 1e-12);
        }
        prop_assert_eq!(found.states.iter().map(|state| state.net_flow).sum::<i64>(), 0);
        prop_assert_eq!(found.links.iter().map(|link| link.n_customers).sum::<u32>(), found.n_customers);
        prop_assert_eq!(found.links.iter().map(|link| link.net_minor).sum::<i64>(), found.net_minor);
        let small = found.links.iter().filter(|link| link.n_customers < min_cell);
        prop_assert!(small.into_iter().all(|link| (link.source.as_str(), link.target.as_str()) == ("other", "other")));
    }

    #[test]
    fn law_i23_nobody_moves_between_a_day_and_itself(rows in table(), rfm in rfm_config(), frozen in any::<bool>()) {
        let mode = if frozen { MigrationMode::Frozen } else { MigrationMode::Refit };
        let histories = read(&rows);
        let day = Some(iso_date(histories.end_day));
        let config = RfmMigrationConfig { from: day.clone(), to: day, mode, rfm, ..RfmMigrationConfig::default() };
        let Ok(found) = compute_migration(&histories, &config) else { return Ok(()) };
        for (source, row) in found.customers.iter().enumerate() {
            prop_assert!(row.iter().enumerate().all(|(target, &n)| n == 0 || target == source), "{:?}", found.customers);
        }
        prop_assert_eq!(found.net_minor, 0);
    }

    #[test]
    fn migration_does_not_depend_on_row_order((rows, shuffled) in shuffled(), rfm in rfm_config()) {
        let config = RfmMigrationConfig { rfm, ..RfmMigrationConfig::default() };
        prop_assert_eq!(compute_migration(&read(&rows), &config).ok(), compute_migration(&read(&shuffled), &config).ok());
    }

    #[test]
    fn concentration_is_the_mean_difference_of_any_two((rows, shuffled) in shuffled(), all in any::<bool>(), count_zero in any::<bool>()) {
        let config = ConcentrationConfig { window_days: (!all).then_some(60), count_zero, ..ConcentrationConfig::default() };
        let found = compute_concentration(&read(&rows), &config);
        prop_assert_eq!(&found, &compute_concentration(&read(&shuffled), &config));
        let Ok(found) = found else { return Ok(()) };
        let rfm = RfmConfig { window_days: config.window_days, count_zero, preset: RfmPreset::Cn8, ..RfmConfig::default() };
        let nets = scored(&rows, &rfm).unwrap().net_minor;
        prop_assert_eq!((found.n_entities as usize, found.net_minor), (nets.len(), nets.iter().sum::<i64>()));
        let start = i64::from(read(&rows).end_day) - config.window_days.map_or(100_000, i64::from);
        let window: i64 = rows.iter().filter(|row| row.local_us.div_euclid(DAY_US) >= start).map(|row| row.net_minor).sum();
        prop_assert_eq!(found.net_minor + found.left_out_net_minor, window);
        let mut nets: Vec<i64> = nets.into_iter().map(|net| net.max(0)).collect();
        let (n, total) = (nets.len() as i64, nets.iter().sum::<i64>());
        prop_assert_eq!(found.positive_net_minor, total);
        let differences: i64 = nets.iter().flat_map(|a| nets.iter().map(move |b| (a - b).abs())).sum();
        let gini = (total > 0).then(|| differences as f64 / (2 * n * total) as f64);
        prop_assert_eq!(found.gini.map(|gini| (gini * 1e12).round()), gini.map(|gini| (gini * 1e12).round()));
        nets.sort_unstable();
        let curve: Vec<i64> = found.lorenz.windows(2).map(|pair| pair[1].net_minor - pair[0].net_minor).collect();
        prop_assert_eq!(curve, if total > 0 { nets.clone() } else { Vec::new() });
        for top in &found.top {
            prop_assert_eq!(u64::from(top.n_entities), (n as u64 * u64::from(top.percent)).div_ceil(100));
            prop_assert_eq!(top.net_minor, nets.iter().rev().take(top.n_entities as usize).sum::<i64>());
        }
    }
}
