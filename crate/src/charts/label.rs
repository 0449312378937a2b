//! Direct labels: each near the point it names, none over another, as few lines crossed as possible.

use super::scene::{Area, Font, Point};

/// A label that would hide more points of lines than this is left out.
const MOST_CROSSED: usize = 5;

/// A label to place.
#[derive(Debug)]
pub(super) struct Label {
    /// The point it names.
    pub point: Point,
    pub text: String,
    pub font: Font,
}

/// Places labels in order; one that everywhere would lie over another, hide the lines or leave `bounds` gets no place.
///
/// Returns for each the middle of its box.
pub(super) fn place(labels: &[Label], lines: &[Vec<Point>], bounds: Area, taken: &[Area]) -> Vec<Option<Point>> {
    let mut taken = taken.to_vec();
    labels
        .iter()
        .map(|label| {
            let (width, height) = (label.font.width(&label.text) + 4.0, label.font.size + 4.0);
            let free = candidates(label.point, width, height).into_iter().filter(|area| {
                let inside = area.x >= bounds.x
                    && area.right() <= bounds.right()
                    && area.y >= bounds.y
                    && area.bottom() <= bounds.bottom();
                inside && !taken.iter().any(|other| other.overlaps(area))
            });
            let crossed = free.enumerate().map(|(order, area)| (crossings(lines, area), order, area));
            let (_, _, best) =
                crossed.filter(|(count, ..)| *count <= MOST_CROSSED).min_by_key(|(count, order, _)| count * 3 + order)?;
            taken.push(best);
            Some(best.center())
        })
        .collect()
}

fn candidates((x, y): Point, width: f64, height: f64) -> [Area; 8] {
    let (gap, left, above) = (6.0, x - width / 2.0, y - height);
    [
        Area::new(x + gap, y - height / 2.0, width, height),
        Area::new(x + gap, above - 2.0, width, height),
        Area::new(x + gap, y + 2.0, width, height),
        Area::new(left, above - gap, width, height),
        Area::new(left, y + gap, width, height),
        Area::new(x + gap, above - 14.0, width, height),
        Area::new(left, above - 18.0, width, height),
        Area::new(left, y + 18.0, width, height),
    ]
}

/// How many points along the lines, 4 px apart, lie in the box.
fn crossings(lines: &[Vec<Point>], area: Area) -> usize {
    let inside = |(x, y): Point| x > area.x && x < area.right() && y > area.y && y < area.bottom();
    let along = |from: Point, to: Point| {
        let steps = (((to.0 - from.0).powi(2) + (to.1 - from.1).powi(2)).sqrt() / 4.0).ceil().clamp(1.0, 500.0);
        (0..=steps as usize).filter(move |step| {
            let t = *step as f64 / steps;
            inside((from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t))
        })
    };
    lines.iter().flat_map(|line| line.windows(2)).map(|pair| along(pair[0], pair[1]).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::color::BLACK;

    #[test]
    fn labels_keep_apart_and_inside() {
        let label = |y: f64| Label { point: (50.0, y), text: "2025-01".into(), font: Font::new(10.0, BLACK) };
        let labels: Vec<_> = (0..12).map(|index| label(40.0 + f64::from(index))).collect();
        let bounds = Area::new(0.0, 0.0, 120.0, 100.0);
        let places: Vec<_> = place(&labels, &[], bounds, &[]).into_iter().flatten().collect();
        assert!(places.len() > 3 && places.len() < 12);
        for (index, one) in places.iter().enumerate() {
            for two in &places[..index] {
                assert!((one.1 - two.1).abs() >= 14.0 || (one.0 - two.0).abs() > 40.0, "{one:?} {two:?}");
            }
        }
    }
}
