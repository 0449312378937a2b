//! Values from JSON text.

use std::borrow::Cow;

use super::nodes::{At, Kind, Node, nodes};
use crate::{Error, ErrorKind, Result};

/// What can be read from JSON. Derived for options and results.
pub trait Read: Sized {
    /// The value there; anything, once the reader has been told of something wrong.
    fn read(from: &mut Reader<'_>, at: At) -> Self;
}

/// A value from its text.
///
/// # Errors
/// [`Config`](ErrorKind::Config) with the first thing that is wrong: text that is not JSON, unknown or missing fields, wrong types.
pub fn read<T: Read>(text: &str) -> Result<T> {
    let wrong = |reason| Error::new(ErrorKind::Config, reason);
    let mut reader = Reader::new(text).ok_or_else(|| wrong("expected JSON".to_owned()))?;
    let value = T::read(&mut reader, At(0));
    reader.wrong.map_or(Ok(value), |reason| Err(wrong(reason)))
}

/// A text being read.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    /// The field asked for last.
    asked: &'static str,
    /// The first thing found wrong.
    wrong: Option<String>,
}

/// The fields of an object: where to look next, and where again from the start.
#[derive(Debug)]
pub struct Fields {
    next: u32,
    first: u32,
    end: u32,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Option<Self> {
        Some(Self { text, nodes: nodes(text)?, asked: "", wrong: None })
    }

    fn node(&self, at: At) -> Option<&Node> {
        self.nodes.get(at.0 as usize)
    }

    pub(super) fn kind(&self, at: At) -> Option<Kind> {
        self.node(at).map(|node| node.kind)
    }

    /// The text of a value as it stands there.
    pub(super) fn raw(&self, at: At) -> &'a str {
        self.node(at).and_then(|node| self.text.get(node.start as usize..node.end as usize)).unwrap_or("")
    }

    /// Keeps what is wrong, unless something was before.
    fn complain(&mut self, reason: String) {
        self.wrong.get_or_insert(reason);
    }

    /// Complains that `expected` is not there.
    #[cold]
    pub(super) fn mismatch(&mut self, at: At, expected: &str) {
        let raw = self.raw(at);
        let found = match self.kind(at) {
            None => return self.complain(format!("missing field `{}`", self.asked)),
            Some(Kind::Null) => "null".to_owned(),
            Some(Kind::False | Kind::True) => format!("boolean `{raw}`"),
            Some(Kind::Number) => format!("number `{raw}`"),
            Some(Kind::Text) => format!("string {:?}", self.string(at)),
            Some(Kind::List) => "sequence".to_owned(),
            Some(Kind::Object) => "map".to_owned(),
        };
        self.complain(format!("invalid type: {found}, expected {expected}"));
    }

    /// The fields of an object; of those `known`, unless none is.
    pub fn object(&mut self, at: At, known: &'static [&'static str]) -> Fields {
        let Some(&Node { kind: Kind::Object, after, .. }) = self.node(at) else {
            self.mismatch(at, "an object");
            return Fields { next: 0, first: 0, end: 0 };
        };
        let fields = Fields { next: at.0 + 1, first: at.0 + 1, end: after };
        if !known.is_empty() {
            let mut key = fields.first;
            while key < fields.end {
                let name = self.raw(At(key));
                if !known.contains(&name) {
                    self.one_of("field", At(key), known);
                }
                key = self.after(At(key + 1));
            }
        }
        fields
    }

    #[cold]
    fn one_of(&mut self, what: &str, at: At, known: &[&str]) {
        let found = self.string(at).into_owned();
        self.complain(format!("unknown {what} `{found}`, expected one of `{}`", known.join("`, `")));
    }

    fn after(&self, at: At) -> u32 {
        self.node(at).map_or(u32::MAX, |node| node.after)
    }

    /// The value of a field, if it is there. Fields asked for in the order of the text are found at once.
    pub fn given(&mut self, fields: &mut Fields, name: &'static str) -> Option<At> {
        self.asked = name;
        let (mut key, mut around) = (fields.next, false);
        loop {
            if key >= fields.end {
                if around {
                    return None;
                }
                (key, around) = (fields.first, true);
            }
            if around && key >= fields.next {
                return None;
            }
            let value = At(key + 1);
            let after = self.after(value);
            if self.raw(At(key)) == name {
                fields.next = after;
                return Some(value);
            }
            key = after;
        }
    }

    /// The value of a field that has to be there, unless `null` is as good.
    pub fn field(&mut self, fields: &mut Fields, name: &'static str) -> At {
        self.given(fields, name).unwrap_or(At::ABSENT)
    }

    /// Which of the names a text is.
    pub fn name(&mut self, at: At, names: &[&str]) -> usize {
        if self.kind(at) != Some(Kind::Text) {
            self.mismatch(at, "a name");
            return usize::MAX;
        }
        let raw = self.raw(at);
        names.iter().position(|name| *name == raw).unwrap_or_else(|| {
            self.one_of("variant", at, names);
            usize::MAX
        })
    }

    /// The values of a list, or the keys and values of an object in turn.
    pub(super) fn inside(&mut self, at: At, kind: Kind, expected: &str) -> Vec<At> {
        let Some(&Node { after, .. }) = self.node(at).filter(|node| node.kind == kind) else {
            self.mismatch(at, expected);
            return Vec::new();
        };
        let mut inside = Vec::new();
        let mut next = at.0 + 1;
        while next < after {
            inside.push(At(next));
            next = self.after(At(next));
        }
        inside
    }

    /// The values of a list of so many.
    pub(super) fn places<const N: usize>(&mut self, at: At) -> [At; N] {
        let inside = self.inside(at, Kind::List, "a sequence");
        if inside.len() != N {
            self.complain(format!("invalid length {}, expected {N} values", inside.len()));
        }
        std::array::from_fn(|index| inside.get(index).copied().unwrap_or(At::ABSENT))
    }

    /// A text with its escapes resolved. Half a surrogate pair, which is no text, becomes the replacement character.
    pub(super) fn string(&self, at: At) -> Cow<'a, str> {
        let raw = self.raw(at);
        if !raw.contains('\\') {
            return Cow::Borrowed(raw);
        }
        let mut units: Vec<u16> = Vec::new();
        let mut letters = raw.chars();
        while let Some(letter) = letters.next() {
            let letter = match letter {
                '\\' => match letters.next().unwrap_or('\\') {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => {
                        let digits = letters.as_str().get(..4).unwrap_or("");
                        units.push(u16::from_str_radix(digits, 16).unwrap_or(0xfffd));
                        letters = letters.as_str().get(4..).unwrap_or("").chars();
                        continue;
                    }
                    other => other,
                },
                other => other,
            };
            units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
        }
        Cow::Owned(String::from_utf16_lossy(&units))
    }
}
