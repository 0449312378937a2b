//! How wide a text is, without asking a document: a width table, CJK one em, Latin by letter.
//!
//! The widths are those of Helvetica, with digits as wide as the widest of the product's fonts, so that a text drawn in any of them
//! is at most as wide as measured.

/// Widths of U+0020 … U+007E in thousandths of an em.
const LATIN: [u16; 95] = [
    278, 278, 355, 600, 600, 920, 700, 200, 340, 340, 389, 600, 278, 400, 278, 380, 600, 600, 600, 600, 600, 600, 600, 600, 600,
    600, 278, 278, 600, 600, 600, 556, 1015, 680, 680, 722, 722, 667, 611, 778, 740, 300, 530, 680, 560, 860, 740, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 300, 380, 300, 500, 556, 333, 570, 600, 530, 600, 570, 340, 600, 590, 270, 270,
    540, 270, 880, 590, 590, 600, 600, 370, 510, 370, 590, 530, 770, 520, 530, 500, 334, 260, 334, 600,
];

fn em(character: char) -> f64 {
    let width = match character {
        ' '..='~' => LATIN.get(character as usize - 0x20).copied().unwrap_or(1000),
        '–' | '¥' | '£' | '€' | '−' | '≈' => 600,
        '\u{300}'..='\u{36f}' => 0,
        '\u{a0}'..='\u{17f}' => 700,
        _ => 1000,
    };
    f64::from(width) / 1000.0
}

/// Width of a text in CSS pixels at a font size, a little more than any of the product's fonts needs.
#[must_use]
pub fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text.chars().map(em).sum();
    ems * size * if bold { 1.06 } else { 1.0 }
}

/// The text in lines of at most `max` pixels: broken at spaces, and between Chinese characters.
pub(super) fn wrap(text: &str, size: f64, bold: bool, max: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        let longer = format!("{line}{word}");
        if !line.is_empty() && text_width(longer.trim_end(), size, bold) > max {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            line = word.trim_start().to_owned();
        } else {
            line = longer;
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines.iter().map(|line| fit(line, size, bold, max)).collect()
}

/// Pieces that may not be broken, each with the space after it.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for character in text.chars() {
        let wide = em(character) >= 1.0;
        let closing = matches!(character, '，' | '。' | '；' | '、' | '）' | '：' | '！' | '？' | '”' | '…' | '%' | ')' | ',');
        let glue = closing || character == ' ' || (open && !wide);
        match words.last_mut() {
            Some(word) if glue => word.push(character),
            _ => words.push(character.into()),
        }
        open = matches!(character, '（' | '“') || (!wide && character != ' ');
    }
    words
}

/// The text, or as much of it as fits with an ellipsis.
pub(super) fn fit(text: &str, size: f64, bold: bool, max: f64) -> String {
    if text_width(text, size, bold) <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        if text_width(&format!("{kept}{character}…"), size, bold) > max {
            break;
        }
        kept.push(character);
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_one_em_and_a_digit_less() {
        assert!((text_width("留存", 10.0, false) - 20.0).abs() < 1e-9);
        assert!((text_width("2025", 10.0, false) - 24.0).abs() < 1e-9);
    }

    #[test]
    fn lines_break_at_spaces_and_between_characters_and_keep_all_text() {
        assert_eq!(wrap("Needs attention", 10.0, false, 60.0), ["Needs", "attention"]);
        assert_eq!(wrap("留存一，二三", 10.0, false, 30.0), ["留存", "一，二", "三"]);
        assert_eq!(wrap("a", 10.0, false, 100.0), ["a"]);
        assert!(wrap("", 10.0, false, 100.0).is_empty());
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(fit("客户数", 10.0, false, 30.0), "客户数");
        assert_eq!(fit("客户数量", 10.0, false, 35.0), "客户…");
    }
}
