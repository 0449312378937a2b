//! Values to JSON text.

use std::fmt::Write as _;

/// What can be written as JSON. Derived for options and results.
pub trait Write {
    /// Writes the value.
    fn write(&self, to: &mut Writer);
}

/// The text of a value.
#[must_use]
pub fn write<T: Write>(value: &T) -> String {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.text
}

/// A text being written.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// Begins an object or a list.
    pub fn open(&mut self, bracket: u8) {
        self.text.push(char::from(bracket));
    }

    /// Ends it.
    pub fn close(&mut self, bracket: u8) {
        self.text.push(char::from(bracket));
    }

    /// The comma between one value and the next.
    pub(super) fn next(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    /// Begins a field. Its name needs no escapes.
    #[inline(never)]
    pub fn key(&mut self, name: &str) {
        self.next();
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    #[inline(never)]
    pub(super) fn whole(&mut self, number: i128) {
        // Every whole number of ours is within 64 bits, signed or not.
        let digits = if number < 0 { write!(self.text, "{}", number as i64) } else { write!(self.text, "{}", number as u64) };
        debug_assert!(digits.is_ok(), "a string takes all");
    }

    /// The fewest digits that mean this very number; `null` for what is none.
    #[inline(never)]
    pub(super) fn fraction(&mut self, number: f64) {
        if number.is_finite() {
            let digits = write!(self.text, "{number}");
            debug_assert!(digits.is_ok(), "a string takes all");
        } else {
            self.raw("null");
        }
    }

    /// A text in quotes, its quotes and control characters escaped.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some(at) = rest.find(|letter: char| matches!(letter, '"' | '\\' | '\0'..='\x1f')) {
            let (plain, tail) = rest.split_at(at);
            self.text.push_str(plain);
            let mut letters = tail.chars();
            match letters.next() {
                Some('\n') => self.text.push_str("\\n"),
                Some('\r') => self.text.push_str("\\r"),
                Some('\t') => self.text.push_str("\\t"),
                Some('\x08') => self.text.push_str("\\b"),
                Some('\x0c') => self.text.push_str("\\f"),
                Some(letter @ ('"' | '\\')) => self.text.extend(['\\', letter]),
                Some(letter) => {
                    let code = letter as u32;
                    self.text.push_str("\\u00");
                    self.text.extend([code >> 4, code & 15].into_iter().filter_map(|digit| char::from_digit(digit, 16)));
                }
                None => {}
            }
            rest = letters.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }
}
