//! The words of a drawing in its language: terms of the catalogue, with values filled in.

use super::DrawOptions;
use super::color::Rgb;
use super::number::Numbers;
use super::theme::Palette;
use crate::result::{Granularity, Lang, Localized};
use crate::text::term;
use crate::{Error, ErrorKind, Result};

/// The smallest and largest width a chart is laid out for.
const WIDTHS: std::ops::RangeInclusive<u32> = 280..=4000;

/// What every figure needs to draw: language, numbers, colours, width.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub options: &'a DrawOptions,
    pub lang: Lang,
    pub palette: Palette,
    pub numbers: Numbers,
    /// Whole width, CSS pixels.
    pub width: f64,
    /// Empty space along each side.
    pub pad: f64,
}

impl<'a> Context<'a> {
    pub(super) fn new(options: &'a DrawOptions) -> Result<Self> {
        if !WIDTHS.contains(&options.width) {
            let message = format!("expected a width of {} to {}, found `{}`", WIDTHS.start(), WIDTHS.end(), options.width);
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self {
            options,
            lang: options.lang,
            palette: Palette::new(&options.theme)?,
            numbers: Numbers { lang: options.lang, currency: options.currency.clone() },
            width: f64::from(options.width),
            pad: match (options.heading, options.width) {
                (false, _) => 4.0,
                (true, ..560) => 12.0,
                (true, _) => 20.0,
            },
        })
    }

    /// Whether the layout is that of a phone.
    pub(super) fn narrow(&self) -> bool {
        self.width < 560.0
    }

    /// Whether a curve of this label is drawn beside the mean.
    pub(super) fn wants_curve(&self, label: &str) -> bool {
        self.options.curves.as_ref().is_none_or(|chosen| chosen.iter().any(|each| each == label))
    }

    /// Width between the paddings.
    pub(super) fn inner(&self) -> f64 {
        self.width - 2.0 * self.pad
    }

    pub(super) fn background(&self) -> Rgb {
        self.palette.background
    }

    /// A term.
    pub(super) fn word(&self, id: &str) -> String {
        term(id).get(self.lang).to_owned()
    }

    /// A term with `{names}` filled in.
    pub(super) fn say(&self, id: &str, values: &[(&str, &str)]) -> String {
        fill(term(id).get(self.lang), values)
    }

    /// One of a result's own texts.
    pub(super) fn of<'t>(&self, text: &'t Localized) -> &'t str {
        text.get(self.lang)
    }

    /// Sentences in a row.
    pub(super) fn join(&self, parts: &[String]) -> String {
        parts.join(match self.lang {
            Lang::Zh => "，",
            Lang::En => ", ",
        })
    }

    /// The word for a period length.
    pub(super) fn period(&self, granularity: Granularity) -> String {
        self.word(match granularity {
            Granularity::Day => "granularity.day",
            Granularity::Week => "granularity.week",
            Granularity::Month => "granularity.month",
            Granularity::Quarter => "granularity.quarter",
            Granularity::Year => "granularity.year",
        })
    }
}

/// Fills `{names}` in one pass, so that a value with braces stays what it is.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            continue;
        };
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_once() {
        assert_eq!(fill("第 {n} {unit}", &[("n", "3"), ("unit", "月")]), "第 3 月");
        assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "x")]), "{b}x");
        assert_eq!(fill("plain", &[]), "plain");
    }

    #[test]
    fn widths_outside_the_range_are_refused() {
        for width in [0, 279, 4001] {
            let options = DrawOptions { width, ..DrawOptions::default() };
            assert_eq!(Context::new(&options).unwrap_err().kind(), ErrorKind::Config);
        }
    }
}
