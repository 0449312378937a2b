//! Values → dense indices, through one open hash table.
//!
//! A slot holds what is compared, so that a lookup costs one cache miss: a text of up to 15 bytes itself, of a longer one its hash (its bytes in
//! [`Ids`] are compared too), or an integer. Keys of some rows are made before any is looked up: then no lookup waits for the one before.

use arrow2::array::Utf8Array;
use xxhash_rust::xxh3::xxh3_128;

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

/// What a slot is compared by. The highest byte tells its kind: 1 to 15 the length of a text, else [`INT`] or [`LONG`]; 0 for no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Key {
    low: u64,
    high: u64,
}

const INT: u64 = 0xfe << 56;
const LONG: u64 = 0xff << 56;
const NO_KEY: Key = Key { low: 0, high: 0 };

impl Key {
    /// Of a text that lies at `start..end` of `bytes`.
    fn of(bytes: &[u8], start: usize, end: usize) -> Self {
        let len = end.wrapping_sub(start);
        let Some(word) = bytes.get(start..).and_then(<[u8]>::first_chunk::<16>).filter(|_| len < 16) else {
            return Self::slow(bytes.get(start..end).unwrap_or_default());
        };
        let bits = u128::from_le_bytes(*word) & ((1 << (8 * len)) - 1);
        Self { low: bits as u64, high: (bits >> 64) as u64 | (len as u64) << 56 }
    }

    /// Of a long text, or one at the end of its buffer.
    fn slow(text: &[u8]) -> Self {
        if let Some(room) = 16usize.checked_sub(text.len()).filter(|&room| room > 0) {
            let bits = text.iter().rev().fold(0u128, |bits, &byte| bits << 8 | u128::from(byte));
            return Self { low: bits as u64, high: (bits >> 64) as u64 | (16 - room as u64) << 56 };
        }
        let hash = xxh3_128(text);
        Self { low: hash as u64, high: (hash >> 64) as u64 | LONG }
    }

    fn of_int(value: i64) -> Self {
        Self { low: value as u64, high: INT }
    }

    /// Bits of all of it, the highest best mixed.
    fn hash(self) -> u64 {
        let mixed = (self.low ^ self.high.wrapping_mul(0xff51_afd7_ed55_8ccd)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ mixed >> 32).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
    }
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    index: u32,
}

/// The keys are spread over so many tables, as a power of two, by the highest bits of their hashes: each grows by itself, so that no growing takes
/// long.
const SHARD_BITS: u32 = 5;

/// One of the tables.
#[derive(Debug, Default)]
struct Shard {
    /// A power of two of them, in the order of their hashes but for collisions.
    slots: Vec<Slot>,
    used: usize,
}

/// Interns texts and integers; an integer is the same as its decimal text.
#[derive(Debug, Default)]
pub(super) struct Interner {
    pub(super) ids: Ids,
    shards: [Shard; 1 << SHARD_BITS],
    /// The indices of small integers.
    dense: Vec<u32>,
}

/// Rows whose keys are made together.
const ROWS: usize = 64;
/// Small integers are those below this, or below a few times the number of ids.
const SMALL: usize = 1 << 16;

impl Interner {
    /// The index of a text; none for the empty one.
    #[inline]
    pub(super) fn text(&mut self, text: &[u8]) -> u32 {
        self.find(Key::of(text, 0, text.len()), text)
    }

    /// Appends to `out` the indices of the texts in `rows`; none for null and for the empty text.
    pub(super) fn texts(&mut self, array: &Utf8Array<i64>, rows: &[u32], out: &mut Vec<u32>) {
        let (bytes, offsets) = (array.values().as_slice(), array.offsets().buffer().as_slice());
        let place = |row: u32| match offsets.get(row as usize..) {
            Some(&[start, end, ..]) if array.validity().is_none_or(|valid| valid.get(row as usize) == Some(true)) => {
                (start as usize, end as usize)
            }
            _ => (0, 0),
        };
        for rows in rows.chunks(ROWS) {
            let mut keys = [NO_KEY; ROWS];
            for (key, &row) in keys.iter_mut().zip(rows) {
                let (start, end) = place(row);
                *key = Key::of(bytes, start, end);
            }
            // Brings the slots into the cache, all at once.
            let touched = keys.iter().filter_map(|&key| self.shard(key).home(key)).fold(0, |sum, slot| sum ^ slot.key.low);
            std::hint::black_box(touched);
            out.extend(keys.iter().zip(rows).map(|(&key, &row)| match self.look_up(key) {
                Some(index) => index,
                None => {
                    let (start, end) = place(row);
                    self.find(key, bytes.get(start..end).unwrap_or_default())
                }
            }));
        }
    }

    /// The index of an integer.
    pub(super) fn int(&mut self, value: i64) -> u32 {
        let small = usize::try_from(value).ok();
        match small.and_then(|small| self.dense.get(small)) {
            Some(&index) if index != NONE => index,
            _ => self.new_int(value, small),
        }
    }

    /// The index of an integer that is not among the small ones known.
    fn new_int(&mut self, value: i64, small: Option<usize>) -> u32 {
        if let Some(index) = self.look_up(Key::of_int(value)) {
            return index;
        }
        let index = self.text(value.to_string().as_bytes());
        let limit = SMALL.max(self.ids.len().saturating_mul(4));
        match small.filter(|&small| small < limit) {
            Some(small) => {
                if self.dense.len() <= small {
                    self.dense.resize((small + 1).next_power_of_two(), NONE);
                }
                if let Some(slot) = self.dense.get_mut(small) {
                    *slot = index;
                }
            }
            None => self.shard_mut(Key::of_int(value)).insert(Key::of_int(value), index),
        }
        index
    }

    /// The index of a key that says all of its value; `None` too for long texts.
    #[inline]
    fn look_up(&self, key: Key) -> Option<u32> {
        if key.high >= LONG {
            return None;
        }
        self.shard(key).find(key, |_| true)
    }

    /// The index of a text, a new one if need be.
    fn find(&mut self, key: Key, text: &[u8]) -> u32 {
        if key == NO_KEY {
            return NONE;
        }
        let is_same = |index| key.high < LONG || self.ids.get(index) == text;
        if let Some(index) = self.shard(key).find(key, is_same) {
            return index;
        }
        let index = self.ids.push(text);
        self.shard_mut(key).insert(key, index);
        index
    }

    #[inline]
    fn shard(&self, key: Key) -> &Shard {
        &self.shards[(key.hash() >> (64 - SHARD_BITS)) as usize]
    }

    fn shard_mut(&mut self, key: Key) -> &mut Shard {
        &mut self.shards[(key.hash() >> (64 - SHARD_BITS)) as usize]
    }

    /// Bytes of all of it.
    pub(super) fn held(&self) -> u64 {
        let slots: usize = self.shards.iter().map(|shard| shard.slots.len()).sum();
        self.ids.held() + (slots * size_of::<Slot>() + self.dense.len() * size_of::<u32>()) as u64
    }
}

impl Shard {
    /// The index at a key of which `is_same` is true.
    #[inline]
    fn find(&self, key: Key, is_same: impl Fn(u32) -> bool) -> Option<u32> {
        let mut at = self.place(key);
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.key != NO_KEY) {
            if slot.key == key && is_same(slot.index) {
                return Some(slot.index);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        None
    }

    /// The slot where the search for a key begins.
    fn home(&self, key: Key) -> Option<&Slot> {
        self.slots.get(self.place(key))
    }

    fn place(&self, key: Key) -> usize {
        let bits = self.slots.len().trailing_zeros();
        ((key.hash() << SHARD_BITS) >> 1 >> (63 - bits.min(63))) as usize
    }

    /// Adds a key that is not there.
    fn insert(&mut self, key: Key, index: u32) {
        if (self.used + 1) * 3 > self.slots.len() * 2 {
            let new = vec![Slot { key: NO_KEY, index: NONE }; (self.slots.len() * 2).max(16)];
            for slot in std::mem::replace(&mut self.slots, new).into_iter().filter(|slot| slot.key != NO_KEY) {
                self.put(slot);
            }
        }
        self.used += 1;
        self.put(Slot { key, index });
    }

    #[inline]
    fn put(&mut self, new: Slot) {
        let mut at = self.place(new.key);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.key == NO_KEY {
                *slot = new;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
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
        for value in [i64::MIN, i64::MAX, -1, 5_000_000, 16_000_000_000] {
            let index = interner.int(value);
            assert_eq!((interner.int(value), interner.text(value.to_string().as_bytes())), (index, index));
        }
    }

    #[test]
    fn texts_of_any_length_are_told_apart() {
        let texts: Vec<String> = (0..40).flat_map(|len| ["a", "b"].map(|letter| letter.repeat(len))).collect();
        let texts: Vec<String> = texts.iter().flat_map(|text| [text.clone(), format!("{text}\0"), format!("{text}!")]).collect();
        let mut one_by_one = Interner::default();
        let expected: Vec<u32> = texts.iter().map(|text| one_by_one.text(text.as_bytes())).collect();
        let array = Utf8Array::<i64>::from_iter_values(texts.iter());
        let rows: Vec<u32> = (0..texts.len() as u32).chain(0..texts.len() as u32).collect();
        let mut codes = Vec::new();
        let mut together = Interner::default();
        together.texts(&array, &rows, &mut codes);
        assert_eq!(codes, [&expected[..], &expected[..]].concat());
        for (text, &code) in texts.iter().zip(&expected).filter(|(_, code)| **code != NONE) {
            assert_eq!(together.ids.get(code), text.as_bytes());
        }
        let distinct: std::collections::BTreeSet<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(together.ids.len(), distinct.len());
    }
}
