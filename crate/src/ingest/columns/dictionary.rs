//! Dictionaries of the mapped columns, and what each role has made of their values so far.

use std::collections::BTreeMap;

use super::decode::Values;
use crate::Result;
use crate::ingest::ipc::corrupt;

/// A dictionary: the values it began with and those appended since.
#[derive(Default)]
pub(super) struct Dictionary {
    /// Raised whenever the values are replaced.
    version: u64,
    chunks: Vec<Values>,
    /// Number of values up to the end of each chunk.
    ends: Vec<usize>,
}

impl Dictionary {
    pub(super) fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// The chunk a value is in and its place there.
    pub(super) fn value(&self, key: usize) -> Option<(&Values, usize)> {
        let chunk = self.ends.partition_point(|&end| end <= key);
        let start = chunk.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.chunks.get(chunk).map(|values| (values, key - start))
    }
}

/// All dictionaries by id.
#[derive(Default)]
pub(super) struct Dictionaries {
    by_id: BTreeMap<i64, Dictionary>,
}

impl Dictionaries {
    /// Takes the values of a dictionary message: a delta appends, anything else replaces.
    pub(super) fn put(&mut self, id: i64, delta: bool, values: Values, len: usize) {
        let dictionary = self.by_id.entry(id).or_default();
        if !delta {
            *dictionary = Dictionary { version: dictionary.version + 1, ..Dictionary::default() };
        }
        dictionary.ends.push(dictionary.len() + len);
        dictionary.chunks.push(values);
    }

    pub(super) fn get(&self, id: i64) -> Result<&Dictionary> {
        self.by_id.get(&id).ok_or_else(|| corrupt(format!("dictionary `{id}` is used before it is defined")))
    }
}

/// Not asked for yet.
pub(super) const UNSEEN: u32 = u32::MAX - 1;

/// The codes one role has given to a dictionary's values, filled as values are used.
#[derive(Default)]
pub(super) struct CodeMap {
    version: u64,
    codes: Vec<u32>,
}

impl CodeMap {
    /// The codes, as many as the dictionary has values; those of a replaced dictionary are forgotten.
    pub(super) fn of(&mut self, dictionary: &Dictionary) -> &mut [u32] {
        if self.version != dictionary.version {
            self.version = dictionary.version;
            self.codes.clear();
        }
        self.codes.resize(dictionary.len(), UNSEEN);
        &mut self.codes
    }
}
