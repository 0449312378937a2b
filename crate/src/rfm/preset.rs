//! Score triples → segments.
//!
//! In: a preset. Out: its segments, best first, and a table of all 125 triples: total by construction.

use crate::result::RfmPreset;

/// The scores of a customer, each 1..=5.
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

/// A preset, looked up by score.
pub(super) struct Segmentation {
    /// Segment ids, best first.
    pub(super) ids: &'static [&'static str],
    by_score: [u8; 125],
}

impl Segmentation {
    pub(super) fn of(preset: RfmPreset) -> Self {
        let (ids, segment): (&'static [&'static str], fn(RfmScore) -> &'static str) = match preset {
            RfmPreset::Grid => (&GRID_IDS, |score| grid(score.r, score.fm())),
            RfmPreset::Rules11 => (&RULES11_IDS, rules11),
        };
        let mut by_score = [0; 125];
        for (slot, score) in by_score.iter_mut().zip(all_scores()) {
            let wanted = segment(score);
            *slot = ids.iter().take_while(|&&id| id != wanted).count() as u8;
        }
        Self { ids, by_score }
    }

    /// The index into `ids` of a score's segment.
    pub(super) fn segment(&self, score: RfmScore) -> u8 {
        self.by_score[((score.r - 1) * 25 + (score.f - 1) * 5 + score.m - 1) as usize]
    }
}

/// All triples, m fastest.
fn all_scores() -> impl Iterator<Item = RfmScore> {
    (0..125).map(|idx| RfmScore { r: idx / 25 + 1, f: idx / 5 % 5 + 1, m: idx % 5 + 1 })
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
        let segmentation = Segmentation::of(preset);
        let count = |id: &str| {
            let of_id = |score: &RfmScore| segmentation.ids.get(usize::from(segmentation.segment(*score))) == Some(&id);
            all_scores().filter(of_id).count()
        };
        assert_eq!(expected.iter().map(|&(id, _)| (id, count(id))).collect::<Vec<_>>(), expected);
        assert_eq!(expected.iter().map(|&(_, n)| n).sum::<usize>(), 125);
        assert_eq!(segmentation.ids.len(), expected.len());
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
}
