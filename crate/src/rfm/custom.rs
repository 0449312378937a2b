//! Preset `custom`: boxes of scores → a map of all triples, or an error that names the triples in no box and in several.

use crate::result::{CustomSegments, SegmentRule};
use crate::{Error, ErrorKind, Result};

use super::preset::{RfmScore, all_scores};

/// Names that results give a meaning of their own.
const TAKEN: [&str; 4] = ["prospects", "lapsed_out", "not_yet", "other"];

/// The names of the segments in the order of their first box, the default last, and the place of each triple's segment.
pub(super) fn custom(segments: &CustomSegments, bins: u8) -> Result<(Vec<String>, Vec<u8>)> {
    let mut names: Vec<String> = Vec::new();
    let mut place_of = Vec::with_capacity(segments.rules.len());
    for rule in &segments.rules {
        check(rule, bins)?;
        place_of.push(place(&mut names, &rule.name)?);
    }
    let default = segments.default.as_deref().map(|name| place(&mut names, name)).transpose()?;
    let (mut map, mut gaps, mut overlaps) = (Vec::new(), Vec::new(), Vec::new());
    for score in all_scores(bins) {
        let mut matching = segments.rules.iter().zip(&place_of).filter(|(rule, _)| holds(rule, score)).map(|(_, &place)| place);
        let first = matching.next().or(default);
        if first.is_none() {
            gaps.push(score);
        }
        if !segments.first_match && matching.any(|place| Some(place) != first) {
            overlaps.push(score);
        }
        map.push(first.unwrap_or(0));
    }
    let mut complaints = Vec::new();
    if !gaps.is_empty() {
        complaints.push(format!("in no segment: {} (give a `default`)", cells(&gaps)));
    }
    if !overlaps.is_empty() {
        complaints.push(format!("in several segments: {} (set `firstMatch`)", cells(&overlaps)));
    }
    if complaints.is_empty() { Ok((names, map)) } else { refuse(format!("`customSegments`: {}", complaints.join("; "))) }
}

fn refuse<T>(message: String) -> Result<T> {
    Err(Error::new(ErrorKind::Config, message))
}

fn place(names: &mut Vec<String>, name: &str) -> Result<u8> {
    if name.trim().is_empty() || TAKEN.contains(&name) {
        return refuse(format!("`customSegments`: a segment cannot be called `{name}`"));
    }
    let place = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    let place = u8::try_from(place).ok().filter(|_| place < 125);
    place.map_or_else(|| refuse("`customSegments`: more than `125` segments".to_owned()), Ok)
}

fn check(rule: &SegmentRule, bins: u8) -> Result<()> {
    for (axis, range) in [("R", rule.r), ("F", rule.f), ("M", rule.m)] {
        if let Some([low, high]) = range
            && (low < 1 || low > high || high > bins)
        {
            let name = &rule.name;
            return refuse(format!(
                "`customSegments`: {axis} of `{name}` must be a range within 1 to {bins}, found `{low}–{high}`"
            ));
        }
    }
    Ok(())
}

fn holds(rule: &SegmentRule, score: RfmScore) -> bool {
    let within = |range: Option<[u8; 2]>, score: u8| range.is_none_or(|[low, high]| (low..=high).contains(&score));
    within(rule.r, score.r) && within(rule.f, score.f) && within(rule.m, score.m)
}

/// `R1 F2 M3–5, R4 F1 M1`: every triple, runs along M in one.
fn cells(scores: &[RfmScore]) -> String {
    let runs = scores.chunk_by(|a, b| (a.r, a.f, a.m + 1) == (b.r, b.f, b.m));
    let written = runs.map(|run| {
        let (RfmScore { r, f, m }, last) = (run[0], run[run.len() - 1].m);
        if m == last { format!("R{r} F{f} M{m}") } else { format!("R{r} F{f} M{m}–{last}") }
    });
    written.collect::<Vec<_>>().join(", ")
}
