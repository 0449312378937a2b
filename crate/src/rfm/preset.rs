//! Score triples → segments.
//!
//! In: a preset. Out: its segments, best first, and a table of all triples: total by construction, or checked to be (`custom`).

use crate::Result;
use crate::result::{Localized, RfmConfig, RfmPreset};
use crate::text::term;

use super::custom::custom;

/// The scores of a customer, each 1 to bins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RfmScore {
    pub(super) r: u8,
    pub(super) f: u8,
    pub(super) m: u8,
}

impl RfmScore {
    /// Frequency and monetary in one: their mean, rounded half up.
    pub(super) fn fm(self) -> u8 {
        (self.f + self.m).div_ceil(2)
    }
}

/// A segment of a preset.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) id: String,
    pub(super) name: Localized,
}

/// A preset.
pub(super) struct Segmentation {
    /// Best first.
    pub(super) segments: Vec<Segment>,
    bins: u8,
    /// By score triple; `cn8` by raw values has no other use of it than that of triples of low and high.
    by_score: Vec<u8>,
}

impl Segmentation {
    /// # Errors
    /// `Config` for segments of one's own with gaps or overlaps.
    pub(super) fn of(config: &RfmConfig) -> Result<Self> {
        let bins = config.bins;
        if let (RfmPreset::Custom, Some(own)) = (config.preset, &config.custom_segments) {
            let (names, by_score) = custom(own, bins)?;
            let segments = names.into_iter().map(|name| Segment { name: Localized::new(&*name, &*name), id: name }).collect();
            return Ok(Self { segments, bins, by_score });
        }
        let from = config.cn8_score.unwrap_or(bins);
        let segment = |score: RfmScore| match config.preset {
            RfmPreset::Grid => place(&GRID_IDS, grid(score.r, score.fm())),
            RfmPreset::Rules11 => place(&RULES11_IDS, rules11(score)),
            RfmPreset::Cn8 | RfmPreset::Custom => cn8([score.r, score.f, score.m].map(|score| score >= from)),
        };
        let ids: &[&str] = match config.preset {
            RfmPreset::Grid => &GRID_IDS,
            RfmPreset::Rules11 => &RULES11_IDS,
            RfmPreset::Cn8 | RfmPreset::Custom => &CN8_IDS,
        };
        let named = |id: &&str| Segment { id: (*id).to_owned(), name: term(&format!("segment.{id}")) };
        Ok(Self { segments: ids.iter().map(named).collect(), bins, by_score: all_scores(bins).map(segment).collect() })
    }

    /// The index into `segments` of a score's segment.
    pub(super) fn segment(&self, score: RfmScore) -> u8 {
        let bins = usize::from(self.bins);
        let [r, f, m] = [score.r, score.f, score.m].map(|score| usize::from(score - 1));
        self.by_score[(r * bins + f) * bins + m]
    }
}

fn place(ids: &[&str], id: &str) -> u8 {
    ids.iter().take_while(|&&known| known != id).count() as u8
}

/// All triples, m fastest.
pub(super) fn all_scores(bins: u8) -> impl Iterator<Item = RfmScore> {
    let scores = move || 1..=bins;
    scores().flat_map(move |r| scores().flat_map(move |f| scores().map(move |m| RfmScore { r, f, m })))
}

const CN8_IDS: [&str; 8] = [
    "important_value",
    "important_develop",
    "important_keep",
    "important_win_back",
    "general_value",
    "general_develop",
    "general_keep",
    "general_win_back",
];

/// The index into [`CN8_IDS`] of who is high on R, F and M or not.
pub(super) fn cn8([r, f, m]: [bool; 3]) -> u8 {
    4 * u8::from(!m) + 2 * u8::from(!r) + u8::from(!f)
}

const GRID_IDS: [&str; 10] = [
    "champions",
    "loyal",
    "active",
    "new",
    "promising",
    "needs_attention",
    "almost_lost",
    "at_risk",
    "previously_loyal",
    "dormant",
];

/// The segment of a cell of the R × FM grid.
#[inline]
pub(super) fn grid(r: u8, fm: u8) -> &'static str {
    match (r, fm) {
        (5, 1) => "new",
        (5, 2 | 3) => "active",
        (5, _) => "champions",
        (4, 1) => "promising",
        (4, 2 | 3) => "active",
        (3 | 4, 4 | 5) => "loyal",
        (3, 1 | 2) => "almost_lost",
        (3, _) => "needs_attention",
        (_, 1 | 2) => "dormant",
        (_, 3 | 4) => "at_risk",
        (_, _) => "previously_loyal",
    }
}

const RULES11_IDS: [&str; 11] = [
    "champions",
    "loyal",
    "potential_loyal",
    "new",
    "promising",
    "needs_attention",
    "about_to_sleep",
    "cannot_lose",
    "at_risk",
    "hibernating",
    "lost",
];

/// The first of eleven rules that matches.
fn rules11(RfmScore { r, f, m }: RfmScore) -> &'static str {
    match r {
        4.. if f >= 4 && m >= 4 => "champions",
        ..=2 if f >= 4 && m >= 4 => "cannot_lose",
        ..=2 if f >= 3 || m >= 4 => "at_risk",
        1 => "lost",
        2 => "hibernating",
        _ if f >= 4 => "loyal",
        5 if f == 1 => "new",
        4 if f == 1 => "promising",
        4.. => "potential_loyal",
        _ if f == 3 || m >= 4 => "needs_attention",
        _ => "about_to_sleep",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_counts(preset: RfmPreset, expected: &[(&str, usize)]) {
        let segmentation = Segmentation::of(&RfmConfig { preset, ..RfmConfig::default() }).unwrap();
        let ids: Vec<&str> = segmentation.segments.iter().map(|segment| segment.id.as_str()).collect();
        let count = |id: &str| {
            let of_id = |score: &RfmScore| ids.get(usize::from(segmentation.segment(*score))) == Some(&id);
            all_scores(5).filter(of_id).count()
        };
        assert_eq!(expected.iter().map(|&(id, _)| (id, count(id))).collect::<Vec<_>>(), expected);
        assert_eq!(expected.iter().map(|&(_, n)| n).sum::<usize>(), 125);
        assert_eq!(ids.len(), expected.len());
    }

    #[test]
    fn law_i20_grid_covers_all_125_scores_once() {
        let expected = [
            ("dormant", 12),
            ("at_risk", 32),
            ("previously_loyal", 6),
            ("almost_lost", 6),
            ("needs_attention", 9),
            ("loyal", 20),
            ("promising", 1),
            ("active", 28),
            ("new", 1),
            ("champions", 10),
        ];
        check_counts(RfmPreset::Grid, &expected);
    }

    #[test]
    fn law_i20_rules11_covers_all_125_scores_once() {
        let expected = [
            ("champions", 8),
            ("cannot_lose", 8),
            ("at_risk", 30),
            ("lost", 6),
            ("hibernating", 6),
            ("loyal", 22),
            ("new", 5),
            ("promising", 5),
            ("potential_loyal", 20),
            ("needs_attention", 9),
            ("about_to_sleep", 6),
        ];
        check_counts(RfmPreset::Rules11, &expected);
    }

    #[test]
    fn the_grid_is_the_table_of_the_documentation() {
        let rows = [
            "new active active champions champions",
            "promising active active loyal loyal",
            "almost_lost almost_lost needs_attention loyal loyal",
            "dormant dormant at_risk at_risk previously_loyal",
            "dormant dormant at_risk at_risk previously_loyal",
        ];
        for (r, row) in (1..=5).rev().zip(rows) {
            assert_eq!((1..=5).map(|fm| grid(r, fm)).collect::<Vec<_>>().join(" "), row, "R {r}");
        }
    }

    #[test]
    fn rules11_is_the_map_of_the_documentation() {
        let map = "
            LYLYLYCHCH LYLYLYCHCH LYLYLYLYLY ARARARCLCL ARARARCLCL
            LYLYLYCHCH LYLYLYCHCH LYLYLYLYLY ARARARCLCL ARARARCLCL
            PLPLPLPLPL PLPLPLPLPL NANANANANA ARARARARAR ARARARARAR
            PLPLPLPLPL PLPLPLPLPL ASASASNANA HIHIHIARAR LOLOLOARAR
            NWNWNWNWNW PRPRPRPRPR ASASASNANA HIHIHIARAR LOLOLOARAR";
        let short = |id| match id {
            "champions" => "CH",
            "loyal" => "LY",
            "potential_loyal" => "PL",
            "new" => "NW",
            "promising" => "PR",
            "needs_attention" => "NA",
            "about_to_sleep" => "AS",
            "cannot_lose" => "CL",
            "at_risk" => "AR",
            "hibernating" => "HI",
            "lost" => "LO",
            other => other,
        };
        let mut blocks = map.split_whitespace();
        for f in (1..=5).rev() {
            for r in (1..=5).rev() {
                let found: String = (1..=5).map(|m| short(rules11(RfmScore { r, f, m }))).collect();
                assert_eq!(Some(found.as_str()), blocks.next(), "R {r} F {f}");
            }
        }
    }

    #[test]
    fn cn8_is_the_map_of_the_documentation() {
        let expected = [
            ("R↑F↑M↑", "重要价值"),
            ("R↑F↓M↑", "重要发展"),
            ("R↓F↑M↑", "重要保持"),
            ("R↓F↓M↑", "重要挽留"),
            ("R↑F↑M↓", "一般价值"),
            ("R↑F↓M↓", "一般发展"),
            ("R↓F↑M↓", "一般保持"),
            ("R↓F↓M↓", "一般挽留"),
        ];
        for bins in 3..=5 {
            for from in 2..=bins {
                let config = RfmConfig { preset: RfmPreset::Cn8, bins, cn8_score: Some(from), ..RfmConfig::default() };
                let segmentation = Segmentation::of(&config).unwrap();
                for score in all_scores(bins) {
                    let [r, f, m] = [score.r, score.f, score.m].map(|score| if score >= from { '↑' } else { '↓' });
                    let key = format!("R{r}F{f}M{m}");
                    let (_, zh) = expected.iter().find(|(known, _)| *known == key).unwrap();
                    assert_eq!(segmentation.segments[usize::from(segmentation.segment(score))].name.zh, *zh, "{score:?} {from}");
                }
            }
        }
    }
}
