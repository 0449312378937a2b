//! JSON text → a flat list of nodes: a value, then what is inside it, so that the next one is reached without a walk.

/// Deeper than anything of ours, and no deeper than the stack carries.
const MAX_DEPTH: u32 = 64;

/// Where a value is; [`At::ABSENT`] for what is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(pub(super) u32);

impl At {
    /// Nowhere.
    pub const ABSENT: Self = Self(u32::MAX);
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    Number,
    /// Its text is between the quotes.
    Text,
    List,
    /// Keys and values in turn.
    Object,
}

/// A value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub kind: Kind,
    /// Its bytes in the text.
    pub start: u32,
    pub end: u32,
    /// The node after it and all that is inside it.
    pub after: u32,
}

/// The nodes of a text, the whole value first; `None` when it is not JSON, too deep or beyond 4 GiB.
pub(super) fn nodes(text: &str) -> Option<Vec<Node>> {
    u32::try_from(text.len()).ok()?;
    let mut walk = Walk { bytes: text.as_bytes(), next: 0, nodes: Vec::with_capacity(text.len() / 12) };
    walk.value(0)?;
    walk.space();
    (walk.next == text.len()).then_some(walk.nodes)
}

struct Walk<'a> {
    bytes: &'a [u8],
    next: usize,
    nodes: Vec<Node>,
}

impl Walk<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.next).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.next += 1;
        }
    }

    /// Whether `byte` comes next, then it is passed.
    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        let is_next = self.peek() == Some(byte);
        self.next += usize::from(is_next);
        is_next
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Option<Kind> {
        let found = self.bytes.get(self.next..)?.starts_with(word);
        self.next += word.len();
        found.then_some(kind)
    }

    fn value(&mut self, depth: u32) -> Option<()> {
        self.space();
        let node = self.nodes.len();
        self.nodes.push(Node { kind: Kind::Null, start: self.next as u32, end: 0, after: 0 });
        let kind = match self.peek()? {
            b'n' => self.word(b"null", Kind::Null)?,
            b't' => self.word(b"true", Kind::True)?,
            b'f' => self.word(b"false", Kind::False)?,
            b'"' => self.text()?,
            b'[' if depth < MAX_DEPTH => self.inside(depth, b']')?,
            b'{' if depth < MAX_DEPTH => self.inside(depth, b'}')?,
            b'-' | b'0'..=b'9' => self.number(),
            _ => return None,
        };
        let after = self.nodes.len() as u32;
        let quote = u32::from(kind == Kind::Text);
        let node = self.nodes.get_mut(node)?;
        *node = Node { kind, start: node.start + quote, end: self.next as u32 - quote, after };
        Some(())
    }

    fn number(&mut self) -> Kind {
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.next += 1;
        }
        Kind::Number
    }

    fn text(&mut self) -> Option<Kind> {
        self.next += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.next += 2,
                0..b' ' => return None,
                _ => self.next += 1,
            }
        }
        self.next += 1;
        Some(Kind::Text)
    }

    /// The values of a list, or the keys and values of an object, up to `close`.
    fn inside(&mut self, depth: u32, close: u8) -> Option<Kind> {
        self.next += 1;
        let kind = if close == b']' { Kind::List } else { Kind::Object };
        if self.takes(close) {
            return Some(kind);
        }
        loop {
            if kind == Kind::Object {
                self.space();
                if self.peek() != Some(b'"') {
                    return None;
                }
                self.value(depth)?;
                if !self.takes(b':') {
                    return None;
                }
            }
            self.value(depth + 1)?;
            if !self.takes(b',') {
                return self.takes(close).then_some(kind);
            }
        }
    }
}
