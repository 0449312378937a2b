//! Scene → SVG by plotters.
//!
//! plotters draws on integer coordinates, so a CSS pixel is [`FINE`] of them and the `viewBox` scales back.
//! Its `SVGBackend` would ask the document how large a text is; [`Measured`] stands in front and answers from the width table.

use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, IntoDrawingArea, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::color::Rgb;
use super::measure::text_width;
use super::scene::{Anchor, Point, Scene, Shape};
use crate::{Error, ErrorKind, Result};

/// Backend coordinates per CSS pixel.
const FINE: f64 = 10.0;

/// plotters' SVG backend divides font sizes by this; multiplying first makes ours come out as they are.
const FONT_RATIO: f64 = 1.24;

/// The name that stands for the font family in every text; the family itself is said once, at the root.
const FAMILY: &str = "f";

/// An SVG document of a scene.
pub(super) fn render(scene: &Scene, width: u32, height: u32, font_family: &str, title: &str) -> Result<String> {
    let mut body = String::new();
    let fine = (width * FINE as u32, height * FINE as u32);
    {
        let area = Measured(SVGBackend::with_string(&mut body, fine)).into_drawing_area();
        for shape in &scene.shapes {
            draw(&area, shape).map_err(|error| failed(&error))?;
        }
        area.present().map_err(|error| failed(&error))?;
    }
    let shapes = body.split_once('\n').map_or("", |(_, shapes)| shapes);
    // Texts are escaped, so these attributes can only be the backend's own.
    let shapes =
        shapes.replace(&format!(" font-family=\"{FAMILY}\""), "").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" font-family=\"{}\" \
         stroke-linejoin=\"round\">\n<title>{}</title>\n{shapes}",
        fine.0,
        fine.1,
        escape(font_family),
        escape(title),
    ))
}

fn failed<E: std::error::Error>(error: &E) -> Error {
    Error::new(ErrorKind::Config, format!("cannot draw: {error}"))
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&apos;")
}

/// Rounds twice, so that a last bit that differs between math libraries cannot move a point.
fn fine(value: f64) -> i32 {
    ((value * FINE * 1e5).round() / 1e5).round() as i32
}

fn point((x, y): Point) -> BackendCoord {
    (fine(x), fine(y))
}

fn color(Rgb(red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn stroke(rgb: Rgb, width: f64) -> ShapeStyle {
    ShapeStyle::from(color(rgb)).stroke_width(fine(width).unsigned_abs())
}

type Failure<'a> = plotters::drawing::DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>;

fn draw<'a>(area: &DrawingArea<Measured<'a>, Shift>, shape: &Shape) -> Result<(), Failure<'a>> {
    match shape {
        Shape::Rect { area: rect, fill } => {
            let corners = [point((rect.x, rect.y)), point((rect.right(), rect.bottom()))];
            area.draw(&Rectangle::new(corners, color(*fill).filled()))
        }
        Shape::Path { points, stroke: rgb, width } => {
            let points: Vec<_> = points.iter().copied().map(point).collect();
            area.draw(&PathElement::new(points, stroke(*rgb, *width)))
        }
        Shape::Polygon { points, fill } => {
            let points: Vec<_> = points.iter().copied().map(point).collect();
            area.draw(&Polygon::new(points, color(*fill).filled()))
        }
        Shape::Circle { center, radius, fill } => area.draw(&Circle::new(point(*center), fine(*radius), color(*fill).filled())),
        Shape::Text { at, text, font } => {
            let style = if font.bold { FontStyle::Bold } else { FontStyle::Normal };
            let side = match font.anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let desc = FontDesc::new(FontFamily::Name(FAMILY), font.size * FINE * FONT_RATIO, style);
            let ink = color(font.color);
            let style = TextStyle::from(desc).color(&ink).pos(Pos::new(side, VPos::Top));
            // `VPos::Top` becomes dy = 0.76em, which does not depend on the font.
            area.draw(&Text::new(text.as_str(), point((at.0, at.1 - 0.76 * font.size)), style))
        }
    }
}

/// plotters' SVG backend, with text measured by the width table.
struct Measured<'a>(SVGBackend<'a>);

type Drawn<'a> = Result<(), DrawingErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

impl<'a> DrawingBackend for Measured<'a> {
    type ErrorType = <SVGBackend<'a> as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Drawn<'a> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Drawn<'a> {
        self.0.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn<'a> {
        self.0.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn<'a> {
        self.0.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<'a> {
        self.0.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn<'a> {
        self.0.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn<'a> {
        self.0.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn<'a> {
        self.0.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Drawn<'a> {
        self.0.draw_text(text, style, pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let size = style.size() / FONT_RATIO;
        Ok((text_width(text, size, matches!(style.style(), FontStyle::Bold)).ceil() as u32, size.ceil() as u32))
    }
}
