//! What surrounds every figure: heading, legend, notes; and the small makers of marks and table cells.

use super::color::Rgb;
use super::measure::wrap;
use super::scene::{Area, Font, Scene};
use super::words::Context;
use super::{Detail, Mark, TableCell};

/// Draws title and subtitle, if they are asked for; returns the y below them.
pub(super) fn heading(scene: &mut Scene, context: &Context<'_>, title: &str, subtitle: &str) -> f64 {
    if !context.options.heading {
        return context.pad;
    }
    let mut y = context.pad + 14.0;
    let bold = Font::new(16.0, context.palette.ink).bold();
    for line in wrap(title, bold.size, true, context.inner()) {
        scene.text((context.pad, y), line, bold);
        y += 21.0;
    }
    paragraph(scene, context, (context.pad, y - 1.0), context.inner(), 12.0, subtitle) + 10.0
}

/// Draws muted wrapped text with its first baseline at the point; returns the next baseline.
pub(super) fn paragraph(scene: &mut Scene, context: &Context<'_>, at: (f64, f64), max: f64, size: f64, text: &str) -> f64 {
    let font = Font::new(size, context.palette.muted);
    let mut y = at.1;
    for line in wrap(text, size, false, max) {
        scene.text((at.0, y), line, font);
        y += (size * 1.5).round();
    }
    y
}

/// Draws notes below a figure; returns the height of the whole drawing.
pub(super) fn notes(scene: &mut Scene, context: &Context<'_>, y: f64, notes: &[String]) -> f64 {
    let mut y = y + 11.0;
    for note in notes {
        y = paragraph(scene, context, (context.pad, y), context.inner(), 11.0, note) + 2.0;
    }
    y - 11.0 + context.pad
}

/// The sign of a legend's item.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    Fill(Rgb),
    Striped(Rgb),
    Hatched(Rgb),
    Framed(Rgb),
    Empty,
    Line(Rgb),
    Hollow(Rgb),
}

const SIGN: f64 = 14.0;

/// Draws a legend that wraps; returns the y below it.
pub(super) fn legend(scene: &mut Scene, context: &Context<'_>, at: (f64, f64), max: f64, items: &[(Sign, String)]) -> f64 {
    let font = Font::new(12.0, context.palette.ink);
    let (mut x, mut y) = at;
    for (sign, label) in items {
        let width = SIGN + 6.0 + font.width(label);
        if x > at.0 && x + width > at.0 + max {
            (x, y) = (at.0, y + 20.0);
        }
        draw_sign(scene, context, *sign, Area::new(x, y + 2.0, SIGN, 12.0));
        scene.text_at((x + SIGN + 6.0, y + 8.0), label.as_str(), font);
        x += width + 16.0;
    }
    y + 20.0
}

fn draw_sign(scene: &mut Scene, context: &Context<'_>, sign: Sign, area: Area) {
    let palette = &context.palette;
    let middle = area.center().1;
    match sign {
        Sign::Fill(fill) => scene.rect(area, fill),
        Sign::Striped(fill) => {
            scene.rect(area, fill);
            scene.stripe(area, stripes(context, fill));
        }
        Sign::Hatched(fill) => {
            scene.rect(area, fill);
            scene.hatch(area, palette.hatch_on(fill));
        }
        Sign::Framed(stroke) => scene.frame(area.inset(1.5), stroke, 3.0),
        Sign::Empty => scene.frame(area.inset(0.5), palette.rule, 1.0),
        Sign::Line(stroke) => scene.line((area.x, middle), (area.right(), middle), stroke, 3.0),
        Sign::Hollow(stroke) => {
            scene.dashed((area.x, middle), (area.right(), middle), stroke, 1.5);
            scene.hollow(area.center(), 3.5, stroke, palette.background);
        }
    }
}

/// The colour of stripes over a series' fill.
pub(super) fn stripes(context: &Context<'_>, fill: Rgb) -> Rgb {
    fill.mix(context.background(), 0.55)
}

/// A mark without its place in the grid of arrow keys yet.
pub(super) fn mark(area: Area, key: String, label: String, details: Vec<Detail>) -> Mark {
    Mark { x: area.x, y: area.y, width: area.width, height: area.height, key, row: 0, col: 0, label, details }
}

impl Mark {
    /// The same mark at a row and column for arrow keys.
    pub(super) fn at(self, row: usize, col: usize) -> Self {
        let index = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { row: index(row), col: index(col), ..self }
    }
}

/// A line of a tooltip.
pub(super) fn detail(name: impl Into<String>, value: impl Into<String>) -> Detail {
    Detail { name: name.into(), value: value.into() }
}

/// A cell of the table twin.
pub(super) fn cell(text: impl Into<String>, value: Option<f64>, key: Option<String>) -> TableCell {
    TableCell { text: text.into(), value, key }
}
