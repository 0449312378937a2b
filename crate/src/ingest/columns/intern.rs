//! Values → dense indices, through one hash table over the bytes kept in [`Ids`].

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

use crate::ingest::{Ids, NONE};

/// An index and part of its hash, so that growing the table and most comparisons stay within it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) hash: u32,
    pub(super) index: u32,
}

impl Entry {
    /// The hash the table works with, spread over all 64 bits again.
    pub(super) fn spread(&self) -> u64 {
        u64::from(self.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// Interns texts and integers; an integer is the same as its decimal text.
#[derive(Debug, Default)]
pub(super) struct Interner {
    pub(super) ids: Ids,
    table: HashTable<Entry>,
    /// Integers seen, so that each is written out once.
    ints: HashTable<(i64, u32)>,
}

impl Interner {
    /// The index of a text; none for the empty one.
    pub(super) fn text(&mut self, text: &[u8]) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        let Self { ids, table, .. } = self;
        let mut entry = Entry { hash: xxh3_64(text) as u32, index: NONE };
        if let Some(found) = table.find(entry.spread(), |found| found.hash == entry.hash && ids.get(found.index) == text) {
            return found.index;
        }
        entry.index = ids.push(text);
        table.insert_unique(entry.spread(), entry, Entry::spread);
        entry.index
    }

    /// The index of an integer.
    pub(super) fn int(&mut self, value: i64) -> u32 {
        let hash = hash_int(value);
        if let Some(&(_, index)) = self.ints.find(hash, |&(seen, _)| seen == value) {
            return index;
        }
        let index = self.text(value.to_string().as_bytes());
        self.ints.insert_unique(hash, (value, index), |&(seen, _)| hash_int(seen));
        index
    }
}

fn hash_int(value: i64) -> u64 {
    xxh3_64(&value.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_an_index() {
        let mut interner = Interner::default();
        for value in 0..10_000 {
            assert_eq!(interner.int(value), value as u32);
        }
        assert_eq!(interner.text(b"42"), 42);
        assert_eq!(interner.text(b""), NONE);
        assert_eq!(interner.text(b"x"), 10_000);
    }
}
