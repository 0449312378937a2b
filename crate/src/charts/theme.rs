//! The two themes, and a theme's colours made ready to draw with.

use super::color::{BLACK, Rgb, WHITE};
use super::{DrawOptions, GridValue, GrowthUnit, Theme};
use crate::result::Lang;
use crate::{Error, ErrorKind, Result};

/// The contrast any text must have against what it stands on (WCAG 2.2 AA).
pub(super) const MIN_CONTRAST: f64 = 4.5;

const FONTS: &str = r#""PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif"#;

impl Theme {
    /// Dark text on white.
    #[must_use]
    pub fn light() -> Self {
        let series = ["#0957b4", "#a9c9e8", "#00a088", "#cc5937", "#d99a1f", "#895880"];
        Self {
            background: "#ffffff".into(),
            ink: "#17212e".into(),
            ink_muted: "#566374".into(),
            rule: "#dbe1e9".into(),
            neutral: "#f0f3f7".into(),
            scale_low: "#e6f0fd".into(),
            scale_high: "#0d50a8".into(),
            series: series.map(Into::into).into(),
            font_family: FONTS.into(),
        }
    }

    /// Light text on near-black blue.
    #[must_use]
    pub fn dark() -> Self {
        let series = ["#67aafa", "#35597d", "#2cdec7", "#e87f5b", "#e9b74a", "#c28bb6"];
        Self {
            background: "#0f1721".into(),
            ink: "#e7ecf3".into(),
            ink_muted: "#9dabbc".into(),
            rule: "#2a3747".into(),
            neutral: "#1b2633".into(),
            scale_low: "#16283d".into(),
            scale_high: "#74b7f7".into(),
            series: series.map(Into::into).into(),
            font_family: FONTS.into(),
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::light()
    }
}

impl Default for DrawOptions {
    fn default() -> Self {
        Self {
            lang: Lang::Zh,
            width: 960,
            theme: Theme::default(),
            grid_value: GridValue::default(),
            growth_unit: GrowthUnit::default(),
            curves: None,
            currency: "¥".into(),
            heading: true,
        }
    }
}

/// The colours of a theme as numbers.
#[derive(Debug)]
pub(super) struct Palette {
    pub background: Rgb,
    pub ink: Rgb,
    pub muted: Rgb,
    pub rule: Rgb,
    pub neutral: Rgb,
    low: Rgb,
    high: Rgb,
    series: Vec<Rgb>,
}

impl Palette {
    pub(super) fn new(theme: &Theme) -> Result<Self> {
        let series = theme.series.iter().map(|text| read(text)).collect::<Result<Vec<_>>>()?;
        if series.len() < 6 {
            let message = format!("expected at least six colours in `theme.series`, found `{}`", series.len());
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self {
            background: read(&theme.background)?,
            ink: read(&theme.ink)?,
            muted: read(&theme.ink_muted)?,
            rule: read(&theme.rule)?,
            neutral: read(&theme.neutral)?,
            low: read(&theme.scale_low)?,
            high: read(&theme.scale_high)?,
            series,
        })
    }

    /// The sequential scale at `t` in [0, 1].
    pub(super) fn heat(&self, t: f64) -> Rgb {
        self.low.mix(self.high, t)
    }

    /// A categorical colour.
    pub(super) fn series(&self, index: usize) -> Rgb {
        self.series.get(index).copied().unwrap_or(self.muted)
    }

    /// Ink that can be read on `fill`: the theme's own where it can, else black or white.
    pub(super) fn ink_on(&self, fill: Rgb) -> Rgb {
        let own = [self.ink, self.background].into_iter().find(|ink| ink.contrast(fill) >= MIN_CONTRAST);
        own.unwrap_or(if BLACK.contrast(fill) > WHITE.contrast(fill) { BLACK } else { WHITE })
    }

    /// The colour of hatching over `fill`: seen, but quiet.
    pub(super) fn hatch_on(&self, fill: Rgb) -> Rgb {
        fill.mix(self.ink_on(fill), 0.3)
    }
}

fn read(text: &str) -> Result<Rgb> {
    Rgb::parse(text)
        .ok_or_else(|| Error::new(ErrorKind::Config, format!("expected a colour like #1a2b3c in the theme, found `{text}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_everywhere_on_both_themes() {
        for theme in [Theme::light(), Theme::dark()] {
            let palette = Palette::new(&theme).unwrap();
            for fill in (0..=100).map(|t| palette.heat(f64::from(t) / 100.0)).chain((0..6).map(|i| palette.series(i))) {
                assert!(palette.ink_on(fill).contrast(fill) >= MIN_CONTRAST, "{fill:?}");
            }
            for ground in [palette.background, palette.neutral] {
                assert!(palette.muted.contrast(ground) >= MIN_CONTRAST);
            }
        }
    }

    /// Every two series colours differ by at least so much in OKLab.
    const MIN_DISTANCE: f64 = 0.1;

    /// What each kind of full colour blindness makes of linear RGB (Machado, Oliveira and Fernandes 2009), and none.
    const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
        ("full colour", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        ("deuteranopia", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    ];

    fn times(matrix: &[[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
    }

    /// OKLab of a colour as it is seen (Ottosson 2020).
    fn seen(color: Rgb, sight: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = times(sight, color.linear()).map(|part| part.clamp(0.0, 1.0));
        let cones = [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ];
        let lab = [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ];
        times(&lab, times(&cones, linear).map(f64::cbrt))
    }

    #[test]
    fn every_two_series_differ_in_any_sight() {
        for theme in [Theme::light(), Theme::dark()] {
            let palette = Palette::new(&theme).unwrap();
            for (name, sight) in &SIGHTS {
                let colors: Vec<_> = palette.series.iter().map(|&color| seen(color, sight)).collect();
                for (index, one) in colors.iter().enumerate() {
                    for (other, two) in colors[..index].iter().enumerate() {
                        let distance = one.iter().zip(two).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                        assert!(distance >= MIN_DISTANCE, "series {other} and {index} in {name}: {distance:.3}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_heat_scale_only_gets_darker_or_lighter_in_any_sight() {
        for theme in [Theme::light(), Theme::dark()] {
            let palette = Palette::new(&theme).unwrap();
            for (name, sight) in &SIGHTS {
                let lightness: Vec<_> = (0..=20).map(|t| seen(palette.heat(f64::from(t) / 20.0), sight)[0]).collect();
                let rises = lightness[20] > lightness[0];
                assert!(lightness.is_sorted_by(|a, b| if rises { a < b } else { a > b }), "{name}: {lightness:?}");
            }
        }
    }

    #[test]
    fn a_theme_with_a_bad_colour_is_refused() {
        let theme = Theme { ink: "red".into(), ..Theme::light() };
        assert_eq!(Palette::new(&theme).unwrap_err().to_string(), "expected a colour like #1a2b3c in the theme, found `red`");
        let theme = Theme { series: vec!["#000000".into()], ..Theme::light() };
        assert_eq!(Palette::new(&theme).unwrap_err().kind(), ErrorKind::Config);
    }
}
