//! Shapes in CSS pixels, in drawing order: the normal form between a figure's geometry and SVG.
//!
//! Hatching and dashes are lines like any other here, so the drawing needs no patterns, styles or ids.

use super::color::Rgb;
use super::measure::text_width;

/// A point in CSS pixels.
pub(super) type Point = (f64, f64);

/// Where a text stands relative to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A box in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(super) fn center(&self) -> Point {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The box with `by` taken off each side.
    pub(super) fn inset(&self, by: f64) -> Self {
        Self::new(self.x + by, self.y + by, (self.width - 2.0 * by).max(0.0), (self.height - 2.0 * by).max(0.0))
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Font {
    pub size: f64,
    pub bold: bool,
    pub color: Rgb,
    pub anchor: Anchor,
}

impl Font {
    pub(super) fn new(size: f64, color: Rgb) -> Self {
        Self { size, bold: false, color, anchor: Anchor::Start }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub(super) fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    pub(super) fn width(&self, text: &str) -> f64 {
        text_width(text, self.size, self.bold)
    }

    /// The box of a text with its baseline at `at`.
    pub(super) fn area(&self, text: &str, (x, baseline): Point) -> Area {
        let width = self.width(text);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Area::new(left, baseline - 0.82 * self.size, width, self.size * 1.04)
    }
}

/// One thing to draw.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    Rect { area: Area, fill: Rgb },
    Path { points: Vec<Point>, stroke: Rgb, width: f64 },
    Polygon { points: Vec<Point>, fill: Rgb },
    Circle { center: Point, radius: f64, fill: Rgb },
    Text { at: Point, text: String, font: Font },
}

/// Everything to draw, in order.
#[derive(Debug, Default)]
pub(super) struct Scene {
    pub shapes: Vec<Shape>,
}

impl Scene {
    pub(super) fn rect(&mut self, area: Area, fill: Rgb) {
        if area.width > 0.0 && area.height > 0.0 {
            self.shapes.push(Shape::Rect { area, fill });
        }
    }

    pub(super) fn path(&mut self, points: Vec<Point>, stroke: Rgb, width: f64) {
        if points.len() > 1 {
            self.shapes.push(Shape::Path { points, stroke, width });
        }
    }

    pub(super) fn line(&mut self, from: Point, to: Point, stroke: Rgb, width: f64) {
        self.path(vec![from, to], stroke, width);
    }

    pub(super) fn frame(&mut self, area: Area, stroke: Rgb, width: f64) {
        let (right, bottom) = (area.right(), area.bottom());
        let corners = vec![(area.x, area.y), (right, area.y), (right, bottom), (area.x, bottom), (area.x, area.y)];
        self.path(corners, stroke, width);
    }

    pub(super) fn polygon(&mut self, points: Vec<Point>, fill: Rgb) {
        self.shapes.push(Shape::Polygon { points, fill });
    }

    pub(super) fn circle(&mut self, center: Point, radius: f64, fill: Rgb) {
        self.shapes.push(Shape::Circle { center, radius, fill });
    }

    /// A circle of `ring` around a middle of `fill`.
    pub(super) fn hollow(&mut self, center: Point, radius: f64, ring: Rgb, fill: Rgb) {
        self.circle(center, radius, ring);
        self.circle(center, (radius - 1.5).max(0.5), fill);
    }

    /// A text with its baseline at `at`.
    pub(super) fn text(&mut self, at: Point, text: impl Into<String>, font: Font) {
        let text = text.into();
        if !text.is_empty() {
            self.shapes.push(Shape::Text { at, text, font });
        }
    }

    /// A text whose middle is at the height `y`.
    pub(super) fn text_at(&mut self, (x, y): Point, text: impl Into<String>, font: Font) {
        self.text((x, y + font.size * 0.35), text, font);
    }

    /// A text on a plate of `fill`, so that nothing behind it disturbs reading.
    pub(super) fn plate(&mut self, at: Point, text: &str, font: Font, fill: Rgb) {
        let middle = (at.0, at.1 + font.size * 0.35);
        let area = font.area(text, middle);
        self.rect(Area::new(area.x - 2.0, area.y - 1.0, area.width + 4.0, area.height + 2.0), fill);
        self.text(middle, text, font);
    }

    /// Dashes from one point to another.
    pub(super) fn dashed(&mut self, from: Point, to: Point, stroke: Rgb, width: f64) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        let count = (length / 7.0).ceil().max(1.0);
        for dash in 0..count as usize {
            let at = |offset: f64| {
                let t = ((dash as f64 + offset) / count).min(1.0);
                (from.0 + dx * t, from.1 + dy * t)
            };
            self.line(at(0.0), at(0.6), stroke, width);
        }
    }

    /// Diagonal hatching over a box: what is not finished or not known.
    pub(super) fn hatch(&mut self, area: Area, stroke: Rgb) {
        let gap = 6.0;
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        // Lines x + y = c: c on one grid for the whole drawing, so that hatches of neighbours meet.
        let mut c = ((left + top) / gap).floor() * gap + gap;
        while c < right + bottom {
            let from = (left.max(c - bottom), bottom.min(c - left));
            let to = (right.min(c - top), top.max(c - right));
            self.line(from, to, stroke, 1.0);
            c += gap;
        }
    }

    /// Level stripes over a box: a second sign beside colour that tells one series from the others.
    pub(super) fn stripe(&mut self, area: Area, stroke: Rgb) {
        let mut y = (area.y / 4.0).floor() * 4.0 + 4.0;
        while y < area.bottom() {
            self.line((area.x, y), (area.right(), y), stroke, 1.0);
            y += 4.0;
        }
    }
}
