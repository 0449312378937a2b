//! Numbers as people of one language read them: exact for tooltips and tables, short for the drawing.

use crate::result::Lang;

/// What stands where there is no number.
pub(super) const NOTHING: &str = "–";

/// How to write numbers.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    pub lang: Lang,
    pub currency: String,
}

impl Numbers {
    /// `12,345`.
    pub(super) fn count(&self, value: f64) -> String {
        signed(value, |size| grouped(size, 0))
    }

    /// `12,345` in English, `1.2万` in Chinese; millions shortened in both.
    pub(super) fn count_short(&self, value: f64) -> String {
        signed(value, |size| self.shortened(size, 0))
    }

    /// `¥12,345.60` of minor units.
    pub(super) fn money(&self, minor: f64) -> String {
        signed(minor / 100.0, |size| format!("{}{}", self.currency, grouped(size, 2)))
    }

    /// `¥12.3`, `¥1,235`, `¥1.2万` or `¥12.3K` of minor units.
    pub(super) fn money_short(&self, minor: f64) -> String {
        signed(minor / 100.0, |size| {
            let text = match self.lang {
                Lang::En if (9_999.5..999_500.0).contains(&size) => scaled(size / 1e3) + "K",
                _ => self.shortened(size, if size < 100.0 { 1 } else { 0 }),
            };
            self.currency.clone() + &text
        })
    }

    fn shortened(&self, size: f64, decimals: usize) -> String {
        let (unit, divisor) = match self.lang {
            Lang::Zh if size >= 99_995_000.0 => ("亿", 1e8),
            Lang::Zh if size >= 9_999.5 => ("万", 1e4),
            Lang::En if size >= 999_500_000.0 => ("B", 1e9),
            Lang::En if size >= 999_500.0 => ("M", 1e6),
            _ => return trimmed(grouped(size, decimals)),
        };
        scaled(size / divisor) + unit
    }

    /// `12.3%`.
    pub(super) fn percent(&self, share: f64) -> String {
        signed(share * 100.0, |size| grouped(size, 1)) + "%"
    }

    /// `12%`.
    pub(super) fn percent_short(&self, share: f64) -> String {
        signed(share * 100.0, |size| grouped(size, 0)) + "%"
    }

    /// `1.25`.
    pub(super) fn ratio(&self, value: f64) -> String {
        signed(value, |size| grouped(size, 2))
    }

    /// `12.5 天`, `1 day`.
    pub(super) fn days(&self, value: f64) -> String {
        let number = signed(value, |size| trimmed(grouped(size, 1)));
        match self.lang {
            Lang::Zh => format!("{number} 天"),
            Lang::En if number == "1" => "1 day".into(),
            Lang::En => format!("{number} days"),
        }
    }
}

/// The number of one language, or the sign for none.
pub(super) fn or_nothing(value: Option<f64>, write: impl Fn(f64) -> String) -> String {
    value.filter(|value| value.is_finite()).map_or_else(|| NOTHING.into(), write)
}

/// Writes the size and puts a minus in front where the written number is below zero.
fn signed(value: f64, write: impl Fn(f64) -> String) -> String {
    let text = write(value.abs());
    let zero = !text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if value < 0.0 && !zero { format!("−{text}") } else { text }
}

/// Fixed decimals and commas between thousands.
fn grouped(size: f64, decimals: usize) -> String {
    let text = format!("{size:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// A size in front of its unit: one decimal below 100.
fn scaled(size: f64) -> String {
    trimmed(grouped(size, if size < 99.95 { 1 } else { 0 }))
}

/// Without a decimal part of zeros.
fn trimmed(text: String) -> String {
    match text.split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|byte| byte == b'0') => whole.into(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(lang: Lang) -> Numbers {
        Numbers { lang, currency: "¥".into() }
    }

    #[test]
    fn counts_have_separators_and_chinese_units() {
        let (zh, en) = (numbers(Lang::Zh), numbers(Lang::En));
        assert_eq!(en.count(1_234_567.0), "1,234,567");
        assert_eq!(zh.count(12_345.0), "12,345");
        let short = |value: f64| (zh.count_short(value), en.count_short(value));
        assert_eq!(short(9_999.0), ("9,999".into(), "9,999".into()));
        assert_eq!(short(12_345.0), ("1.2万".into(), "12,345".into()));
        assert_eq!(short(10_000.0), ("1万".into(), "10,000".into()));
        assert_eq!(short(1_234_567.0), ("123万".into(), "1.2M".into()));
        assert_eq!(short(123_456_789.0), ("1.2亿".into(), "123M".into()));
        assert_eq!(short(-12_345.0), ("−1.2万".into(), "−12,345".into()));
        assert_eq!(short(0.0), ("0".into(), "0".into()));
    }

    #[test]
    fn money_is_minor_units_and_shares_are_percent() {
        let zh = numbers(Lang::Zh);
        assert_eq!(zh.money(1_234_560.0), "¥12,345.60");
        assert_eq!(zh.money(-50.0), "−¥0.50");
        assert_eq!(zh.money_short(1_234_560.0), "¥1.2万");
        assert_eq!(numbers(Lang::En).money_short(1_234_560.0), "¥12.3K");
        assert_eq!(numbers(Lang::En).money_short(123_456_700.0), "¥1.2M");
        assert_eq!(zh.money_short(4_567.0), "¥45.7");
        assert_eq!(zh.money_short(45_670.0), "¥457");
        assert_eq!(zh.percent(0.1234), "12.3%");
        assert_eq!(zh.percent(-0.0001), "0.0%");
        assert_eq!(zh.ratio(1.239), "1.24");
        assert_eq!(zh.days(1.0), "1 天");
        assert_eq!(numbers(Lang::En).days(1.0), "1 day");
        assert_eq!(numbers(Lang::En).days(30.5), "30.5 days");
        assert_eq!(or_nothing(None, |value| zh.ratio(value)), "–");
        assert_eq!(or_nothing(Some(f64::NAN), |value| zh.ratio(value)), "–");
    }
}
