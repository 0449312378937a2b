//! Score modes, presets and what M is, on tables checkable by head; and every combination of options that is refused.

use feilun::ErrorKind;
use feilun::result::{
    Cn8By, Cn8Levels, CustomSegments, Monetary, RfmConfig, RfmPreset, RfmWeights, ScoreAxis, ScoreMode, SegmentRule, SliceConfig,
    SliceRule,
};
use feilun::rfm::{compute, compute_customers};

use crate::table::{GOLDEN, histories};

/// Customers whose purchases have the nets 1 … 7, one a day, the best on the last.
const SEVEN: &str = "
    a 2025-01-01 10:00 1
    b 2025-01-02 10:00 2
    c 2025-01-03 10:00 3
    d 2025-01-04 10:00 3
    e 2025-01-05 10:00 3
    f 2025-01-06 10:00 6
    g 2025-01-07 10:00 7";

fn all_history() -> RfmConfig {
    RfmConfig { window_days: None, ..RfmConfig::default() }
}

/// The scores r f m of every customer in the order of ids.
fn scores(table: &str, config: &RfmConfig) -> [String; 3] {
    let c = compute_customers(&histories(table), config, None).unwrap();
    [&c.r, &c.f, &c.m].map(|scores| scores.iter().map(u8::to_string).collect())
}

fn check_money(mode: ScoreMode, thresholds: Option<Vec<i64>>, bins: u8, expected: &str) {
    let preset = RfmPreset::Cn8;
    let config = RfmConfig { monetary_mode: mode, monetary_thresholds: thresholds, bins, preset, ..all_history() };
    assert_eq!(scores(SEVEN, &config)[2], expected, "{mode:?} {bins}");
}

#[test]
fn every_mode_scores_as_documented() {
    check_money(ScoreMode::Midrank, None, 5, "1233345");
    check_money(ScoreMode::Midrank, None, 4, "1133344");
    check_money(ScoreMode::Midrank, None, 3, "1122233");
    // Cut-points at ranks 2, 3, 5, 6: 2, 3, 3, 6.
    check_money(ScoreMode::NearestRank, None, 5, "1122245");
    // At ranks 3, 5: 3, 3.
    check_money(ScoreMode::NearestRank, None, 3, "1111133");
    check_money(ScoreMode::Fixed, Some(vec![2, 3, 4, 7]), 5, "1233345");
    check_money(ScoreMode::Ntile, None, 5, "1122345");
    check_money(ScoreMode::Ntile, None, 3, "1112233");
}

#[test]
fn recency_limits_descend() {
    let limits =
        |limits: &[i64]| RfmConfig { recency_mode: ScoreMode::Fixed, recency_limits: Some(limits.to_vec()), ..all_history() };
    // Days since: a 6, b 5, c 4, d 3, e 2, f 1, g 0.
    let config = limits(&[5, 3, 2, 0]);
    assert_eq!(scores(SEVEN, &config)[0], "1223445");
    let shown = compute(&histories(SEVEN), &config).unwrap().recency;
    assert_eq!(shown.cuts[0].at, [5.0, 3.0, 2.0, 0.0].map(Some));
    assert_eq!((shown.groups[1].min, shown.groups[1].max), (Some(4.0), Some(5.0)));
}

#[test]
fn frequency_thresholds_count_orders() {
    let config = RfmConfig { frequency_mode: ScoreMode::Fixed, frequency_thresholds: Some(vec![2, 3, 4, 5]), ..all_history() };
    assert_eq!(scores(GOLDEN, &config)[1], "322212");
}

#[test]
fn ntile_splits_ties_by_the_last_purchase_then_the_id() {
    let tied = "
        b 2025-01-01 10:00 5
        a 2025-01-01 10:00 5
        c 2025-01-01 11:00 5";
    let config = RfmConfig { monetary_mode: ScoreMode::Ntile, bins: 3, preset: RfmPreset::Cn8, ..all_history() };
    assert_eq!(scores(tied, &config)[2], "123");
    assert!(compute(&histories(tied), &config).unwrap().monetary.splits_ties);
}

#[test]
fn nested_scores_within_the_axes_before() {
    let table = "
        a 2025-01-01 10:00 1
        b 2025-01-01 11:00 9
        c 2025-01-09 10:00 1
        c 2025-01-09 11:00 1
        d 2025-01-09 12:00 9";
    let config = RfmConfig { frequency_mode: ScoreMode::Nested, monetary_mode: ScoreMode::Nested, ..all_history() };
    // R: a and b have 2, c and d have 4. F within R: a and b alike; c before d. M within both: a below b; c and d are alone.
    let [r, f, m] = scores(table, &config);
    assert_eq!([r.as_str(), f.as_str(), m.as_str()], ["2244", "3342", "2433"]);
    let axis = compute(&histories(table), &config).unwrap().monetary;
    let within: Vec<&[u8]> = axis.cuts.iter().map(|cuts| cuts.within.as_slice()).collect();
    assert_eq!(within, [&[2, 3][..], &[4, 2], &[4, 4]]);
}

#[test]
fn cut_points_and_group_sizes_are_in_the_result() {
    let axis = |mode, thresholds: Option<Vec<i64>>| -> ScoreAxis {
        let config = RfmConfig { monetary_mode: mode, monetary_thresholds: thresholds, ..all_history() };
        compute(&histories(SEVEN), &config).unwrap().monetary
    };
    let check = |axis: ScoreAxis, at: [f64; 4], sizes: [u32; 5]| {
        assert_eq!(axis.cuts.len(), 1);
        assert_eq!(axis.cuts[0].at, at.map(Some), "{:?}", axis.mode);
        assert_eq!(axis.groups.iter().map(|group| group.n_customers).collect::<Vec<_>>(), sizes, "{:?}", axis.mode);
    };
    check(axis(ScoreMode::Midrank, None), [2.0, 3.0, 6.0, 7.0], [1, 1, 3, 1, 1]);
    check(axis(ScoreMode::NearestRank, None), [2.0, 3.0, 3.0, 6.0], [2, 3, 0, 1, 1]);
    assert!(axis(ScoreMode::NearestRank, None).past_cuts);
    check(axis(ScoreMode::Fixed, Some(vec![0, 1, 3, 8])), [0.0, 1.0, 3.0, 8.0], [0, 0, 2, 5, 0]);
    check(axis(ScoreMode::Ntile, None), [3.0, 3.0, 6.0, 7.0], [2, 2, 1, 1, 1]);
}

#[test]
fn average_order_values_compare_exactly() {
    // a 10 / 3, b 7 / 2, c 10 / 3 in other numbers, d −1 / 2.
    let table = "
        a 2025-01-01 10:00 3\n a 2025-01-01 11:00 3\n a 2025-01-01 12:00 4
        b 2025-01-01 10:00 3\n b 2025-01-01 11:00 4
        c 2025-01-01 10:00 5\n c 2025-01-01 11:00 5\n c 2025-01-01 12:00 4\n c 2025-01-01 13:00 3\n c 2025-01-01 14:00 2\n c 2025-01-01 15:00 1
        d 2025-01-01 10:00 1\n d 2025-01-01 11:00 2\n d 2025-01-01 12:00 -4";
    let config = RfmConfig { monetary: Monetary::Aov, ..all_history() };
    assert_eq!(scores(table, &config)[2], "3531");
    let c = compute_customers(&histories(table), &config, None).unwrap();
    assert_eq!(c.monetary_minor, [10.0 / 3.0, 3.5, 20.0 / 6.0, -0.5]);
    assert_eq!((c.net_minor, c.orders), (vec![10, 7, 20, -1], vec![3, 2, 6, 2]));
    let fixed = |thresholds: [i64; 4]| RfmConfig {
        monetary_mode: ScoreMode::Fixed,
        monetary_thresholds: Some(thresholds.to_vec()),
        ..config.clone()
    };
    assert_eq!(scores(table, &fixed([-1, 0, 3, 4]))[2], "4442");
    let mean = |config: &RfmConfig| {
        let table = compute(&histories(table), config).unwrap();
        table.segments.iter().filter_map(|segment| segment.mean_monetary_minor).sum::<f64>()
    };
    let one = RfmConfig { preset: RfmPreset::Custom, custom_segments: Some(everybody()), ..config };
    assert_eq!(mean(&one), 36.0 / 13.0);
}

fn everybody() -> CustomSegments {
    CustomSegments { rules: Vec::new(), first_match: false, default: Some("all".to_owned()) }
}

#[test]
fn margins_leave_out_orders_without_a_cost() {
    let table = "
        a 2025-01-01 10:00 100 cost=40
        a 2025-01-02 10:00 100
        b 2025-01-01 10:00 90 cost=95";
    let config = RfmConfig { monetary: Monetary::Margin, ..all_history() };
    let c = compute_customers(&histories(table), &config, None).unwrap();
    assert_eq!((c.monetary_minor, c.net_minor), (vec![60.0, -5.0], vec![200, 90]));
    let table = compute(&histories(table), &config).unwrap();
    assert_eq!((table.uncosted_orders, table.net_minor), (Some(1), 290));
    assert_eq!(compute(&histories(GOLDEN), &all_history()).unwrap().uncosted_orders, None);
    let refused = compute(&histories(GOLDEN), &config).unwrap_err();
    assert_eq!(
        (refused.kind(), refused.to_string().as_str()),
        (ErrorKind::Config, "`monetary` `margin` needs a mapped column `cost`")
    );
}

fn cn8(by: Cn8By, score: Option<u8>) -> RfmConfig {
    RfmConfig { preset: RfmPreset::Cn8, cn8_by: by, cn8_score: score, ..all_history() }
}

fn segments(table: &str, config: &RfmConfig) -> Vec<String> {
    let c = compute_customers(&histories(table), config, None).unwrap();
    c.segment.iter().map(|&segment| c.segments[usize::from(segment)].clone()).collect()
}

#[test]
fn cn8_compares_with_the_mean_and_equal_is_low() {
    // Days 0 and 2, mean 1; orders 1, 1; net 10, 30, mean 20.
    let table = "a 2025-01-03 10:00 10\n b 2025-01-01 10:00 30";
    assert_eq!(segments(table, &cn8(Cn8By::Mean, None)), ["general_develop", "important_win_back"]);
    let levels = compute(&histories(table), &cn8(Cn8By::Mean, None)).unwrap().cn8_levels;
    assert_eq!(levels, Some(Cn8Levels { recency_days: 1.0, frequency: 1.0, monetary_minor: 20.0 }));
    // c is the mean in everything: low in everything.
    let three = "a 2025-01-03 10:00 10\n b 2025-01-01 10:00 30\n c 2025-01-02 10:00 20";
    assert_eq!(segments(three, &cn8(Cn8By::Mean, None))[2], "general_win_back");
    assert_eq!(segments(three, &cn8(Cn8By::Median, None))[2], "general_win_back");
    assert_eq!(
        segments(GOLDEN, &cn8(Cn8By::Mean, None)),
        [
            "general_value",      // 16 < 27, 3 > 2, 3000 < 3100
            "important_win_back", // 58, 2, 4000
            "important_win_back", // 29, 2, 7000
            "general_develop",    // 0, 2, 1600
            "general_win_back",   // 39, 1, 600
            "general_develop",    // 20, 2, 2400
        ]
    );
}

#[test]
fn cn8_medians_of_even_numbers_lie_between() {
    let levels = compute(&histories(GOLDEN), &cn8(Cn8By::Median, None)).unwrap().cn8_levels.unwrap();
    assert_eq!((levels.recency_days, levels.frequency, levels.monetary_minor), (24.5, 2.0, 2700.0));
    let aov = RfmConfig { monetary: Monetary::Aov, ..cn8(Cn8By::Median, None) };
    // 1000, 2000, 3500, 800, 600, 1200: (1000 + 1200) / 2.
    assert_eq!(compute(&histories(GOLDEN), &aov).unwrap().cn8_levels.unwrap().monetary_minor, 1100.0);
    let mean = RfmConfig { monetary: Monetary::Aov, ..cn8(Cn8By::Mean, None) };
    assert_eq!(compute(&histories(GOLDEN), &mean).unwrap().cn8_levels.unwrap().monetary_minor, 18_600.0 / 12.0);
}

#[test]
fn cn8_by_score() {
    assert_eq!(
        segments(GOLDEN, &cn8(Cn8By::Score, Some(4))),
        ["general_value", "important_win_back", "important_win_back", "general_develop", "general_win_back", "general_win_back",]
    );
    assert_eq!(compute(&histories(GOLDEN), &cn8(Cn8By::Score, Some(4))).unwrap().cn8_levels, None);
}

fn rule(name: &str, r: [u8; 2], f: [u8; 2]) -> SegmentRule {
    SegmentRule { name: name.to_owned(), r: Some(r), f: Some(f), m: None }
}

fn custom(rules: Vec<SegmentRule>, first_match: bool, default: Option<&str>) -> RfmConfig {
    let segments = CustomSegments { rules, first_match, default: default.map(str::to_owned) };
    RfmConfig { bins: 3, preset: RfmPreset::Custom, custom_segments: Some(segments), ..all_history() }
}

#[test]
fn custom_segments_cover_every_triple_once_or_are_refused() {
    let complaint = |config: RfmConfig| compute(&histories(GOLDEN), &config).unwrap_err().to_string();
    let halves = || vec![rule("late", [1, 1], [1, 3]), rule("soon", [2, 3], [1, 3])];
    assert_eq!(segments(GOLDEN, &custom(halves(), false, None)), ["soon", "late", "soon", "soon", "late", "soon"]);
    let gap = vec![rule("late", [1, 1], [1, 3]), SegmentRule { m: Some([2, 3]), ..rule("soon", [2, 3], [1, 3]) }];
    assert_eq!(
        complaint(custom(gap.clone(), false, None)),
        "`customSegments`: in no segment: R2 F1 M1, R2 F2 M1, R2 F3 M1, R3 F1 M1, R3 F2 M1, R3 F3 M1 (give a `default`)"
    );
    assert!(compute(&histories(GOLDEN), &custom(gap, false, Some("rest"))).is_ok());
    let overlap = vec![rule("late", [1, 2], [1, 3]), rule("soon", [2, 3], [2, 3]), rule("soon", [2, 3], [1, 1])];
    assert_eq!(
        complaint(custom(overlap.clone(), false, None)),
        "`customSegments`: in several segments: R2 F1 M1–3, R2 F2 M1–3, R2 F3 M1–3 (set `firstMatch`)"
    );
    // The first box wins.
    assert_eq!(segments(GOLDEN, &custom(overlap, true, None)), ["soon", "late", "late", "soon", "late", "late"]);
    let both = vec![rule("x", [1, 2], [1, 1]), rule("y", [1, 1], [1, 3])];
    assert_eq!(
        complaint(custom(both, false, None)),
        "`customSegments`: in no segment: R2 F2 M1–3, R2 F3 M1–3, R3 F1 M1–3, R3 F2 M1–3, R3 F3 M1–3 (give a `default`); \
         in several segments: R1 F1 M1–3 (set `firstMatch`)"
    );
    assert_eq!(
        complaint(custom(vec![rule("x", [0, 3], [1, 3])], false, None)),
        "`customSegments`: R of `x` must be a range within 1 to 3, found `0–3`"
    );
    for name in ["", " ", "other", "prospects"] {
        assert!(complaint(custom(vec![rule(name, [1, 3], [1, 3])], false, None)).contains("cannot be called"));
    }
}

#[test]
fn the_weighted_score_is_for_sorting() {
    let weights = Some(RfmWeights { r: 0.5, f: 0.25, m: 0.25 });
    let weighted = compute_customers(&histories(GOLDEN), &RfmConfig { weights, ..all_history() }, None).unwrap().weighted;
    assert_eq!(weighted, Some(vec![4.0, 2.25, 3.5, 3.75, 1.5, 3.0]));
    assert_eq!(compute_customers(&histories(GOLDEN), &all_history(), None).unwrap().weighted, None);
}

#[test]
fn slices_hold_the_segments_of_their_customers() {
    let table = "
        a 2025-01-01 10:00 1 store=S2
        a 2025-01-02 10:00 9 store=S1
        b 2025-01-05 10:00 5 store=S1
        c 2025-01-05 10:00 5
        d 2024-01-05 10:00 5 store=S1
        e 2025-01-05 10:00 0 store=S1";
    let slice = |rule| Some(SliceConfig { by: "store_id".to_owned(), rule });
    let slices = |rule| {
        let config = RfmConfig { slice: slice(rule), window_days: Some(100), ..RfmConfig::default() };
        let slices = compute(&histories(table), &config).unwrap().slices;
        let outside = |id: &str, slice: &feilun::result::RfmSlice| {
            slice.segments.iter().find(|segment| segment.id == id).unwrap().n_customers
        };
        let line = |slice: &feilun::result::RfmSlice| {
            let label = slice.label.clone().unwrap_or_default();
            let outside = (outside("prospects", slice), outside("lapsed_out", slice));
            (label, slice.n_customers, slice.net_minor, outside)
        };
        slices.iter().map(line).collect::<Vec<_>>()
    };
    let (s1, s2) = ("S1".to_owned(), "S2".to_owned());
    // e has not bought: no label.
    let expected = [(s1.clone(), 1, 5, (0, 1)), (s2, 1, 10, (0, 0)), (String::new(), 1, 5, (1, 0))];
    assert_eq!(slices(SliceRule::FirstOrder), expected);
    // a bought once in each store: the latest purchase decides.
    assert_eq!(slices(SliceRule::Home), [(s1, 2, 15, (0, 1)), (String::new(), 1, 5, (1, 0))]);
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let check = |config: RfmConfig, expected: &str| {
        let error = compute(&histories(GOLDEN), &config).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{config:?}");
        assert!(error.to_string().starts_with(expected), "{error}");
        assert_eq!(compute_customers(&histories(GOLDEN), &config, None).unwrap_err(), error);
    };
    let base = all_history;
    let fixed = ScoreMode::Fixed;
    check(RfmConfig { window_days: Some(0), ..base() }, "`windowDays` must be at least 1");
    check(RfmConfig { bins: 2, ..base() }, "`bins` must be 3, 4 or 5, found `2`");
    check(RfmConfig { bins: 6, ..base() }, "`bins` must be 3, 4 or 5, found `6`");
    check(RfmConfig { bins: 4, ..base() }, "`preset` `grid` needs `bins` 5, found `4`");
    check(RfmConfig { bins: 3, preset: RfmPreset::Rules11, ..base() }, "`preset` `rules11` needs `bins` 5, found `3`");
    check(RfmConfig { recency_mode: ScoreMode::OnePlusQuartile, ..base() }, "`recencyMode` cannot be `one_plus_quartile`");
    check(RfmConfig { monetary_mode: ScoreMode::OnePlusQuartile, ..base() }, "`monetaryMode` cannot be `one_plus_quartile`");
    check(RfmConfig { recency_mode: ScoreMode::Nested, ..base() }, "`recencyMode` cannot be `nested`");
    check(RfmConfig { recency_mode: fixed, ..base() }, "`recencyMode` `fixed` needs `recencyLimits`, `4` of them");
    check(RfmConfig { recency_limits: Some(vec![9, 8, 7, 6]), ..base() }, "`recencyLimits` needs `recencyMode` `fixed`");
    let recency = |limits: &[i64]| RfmConfig { recency_mode: fixed, recency_limits: Some(limits.to_vec()), ..base() };
    check(recency(&[3, 2, 1]), "`recencyLimits` must be `4`, one less than `bins`, found `3`");
    check(recency(&[14, 30, 60, 90]), "`recencyLimits` must descend, the limit of score 2 first, found `[14, 30, 60, 90]`");
    check(recency(&[3, 2, 1, -1]), "`recencyLimits` must be at least 0 days, found `-1`");
    let frequency = |at: &[i64]| RfmConfig { frequency_mode: fixed, frequency_thresholds: Some(at.to_vec()), ..base() };
    check(frequency(&[1, 2, 3, 4]), "`frequencyThresholds` must be at least 2, found `1`");
    check(frequency(&[2, 3, 3, 4]), "`frequencyThresholds` must ascend, found `[2, 3, 3, 4]`");
    check(RfmConfig { monetary_mode: fixed, monetary_thresholds: Some(vec![]), ..base() }, "`monetaryThresholds` must be `4`");
    check(RfmConfig { preset: RfmPreset::Custom, ..base() }, "`preset` `custom` and `customSegments` need each other");
    check(RfmConfig { custom_segments: Some(everybody()), ..base() }, "`preset` `custom` and `customSegments` need each other");
    check(RfmConfig { cn8_by: Cn8By::Median, ..base() }, "`cn8By` and `cn8Score` need `preset` `cn8`");
    check(RfmConfig { cn8_score: Some(4), ..base() }, "`cn8By` and `cn8Score` need `preset` `cn8`");
    check(cn8(Cn8By::Score, None), "`cn8By` `score` needs `cn8Score`");
    check(cn8(Cn8By::Score, Some(1)), "`cn8Score` must lie in 2 to 5, found `1`");
    check(cn8(Cn8By::Score, Some(6)), "`cn8Score` must lie in 2 to 5, found `6`");
    check(cn8(Cn8By::Mean, Some(4)), "`cn8Score` needs `cn8By` `score`");
    let weights = |r, f, m| RfmConfig { weights: Some(RfmWeights { r, f, m }), ..base() };
    check(weights(0.5, 0.5, 0.5), "`weights` must lie in [0, 1] and add up to 1, found `0.5`, `0.5`, `0.5`");
    check(weights(1.5, -0.5, 0.0), "`weights` must lie in [0, 1]");
    check(weights(f64::NAN, 0.5, 0.5), "`weights` must lie in [0, 1]");
    let slice = Some(SliceConfig { by: "store_id".to_owned(), rule: SliceRule::Order });
    check(RfmConfig { slice, ..base() }, "`slice.rule` cannot be `order`");
    check(RfmConfig { as_of: Some("yesterday".to_owned()), ..base() }, "");
    let early = RfmConfig { as_of: Some("2025-01-05".to_owned()), ..base() };
    assert_eq!(compute(&histories(GOLDEN), &early).unwrap_err().kind(), ErrorKind::Empty);
}
