//! Dictionaries of the mapped columns, and what each role has made of their values so far.

use std::collections::BTreeMap;
use std::ops::Range;

use arrow2::array::PrimitiveArray;

use super::decode::{Values, decode};
use crate::Result;
use crate::ingest::ipc::{BatchView, Column, corrupt};

/// A dictionary: the values it began with and those appended since.
#[derive(Default)]
pub(super) struct Dictionary {
    /// Raised whenever the values are replaced.
    version: u64,
    chunks: Vec<Values>,
    /// Number of values up to the end of each chunk.
    ends: Vec<usize>,
    /// Bytes of all chunks.
    held: u64,
}

impl Dictionary {
    pub(super) fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// The chunk a value is in and its place there.
    #[inline]
    pub(super) fn value(&self, key: usize) -> Option<(&Values, usize)> {
        let chunk = self.ends.partition_point(|&end| end <= key);
        let start = chunk.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.chunks.get(chunk).map(|values| (values, key - start))
    }

    /// The value that `row` of `keys` refers to: its chunk and its place there, `None` for null.
    #[inline]
    pub(super) fn look_up(&self, keys: &PrimitiveArray<u32>, row: usize) -> Result<Option<(&Values, usize)>> {
        Ok(self.key(keys, row)?.and_then(|key| self.value(key)))
    }

    /// The value's number that `row` of `keys` holds, `None` for null.
    pub(super) fn key(&self, keys: &PrimitiveArray<u32>, row: usize) -> Result<Option<usize>> {
        match keys.get(row).map(|key| key as usize) {
            Some(key) if key >= self.len() => {
                Err(corrupt(format!("a row refers to value `{key}` of a dictionary of `{}`", self.len())))
            }
            key => Ok(key),
        }
    }
}

/// All dictionaries by id.
#[derive(Default)]
pub(super) struct Dictionaries {
    by_id: BTreeMap<i64, Dictionary>,
    missing: Dictionary,
}

impl Dictionaries {
    /// Takes the values of a dictionary message: a delta appends, anything else replaces.
    pub(super) fn put(&mut self, id: i64, delta: bool, values: Values, len: usize) {
        let dictionary = self.by_id.entry(id).or_default();
        if !delta {
            *dictionary = Dictionary { version: dictionary.version + 1, ..Dictionary::default() };
        }
        dictionary.ends.push(dictionary.len() + len);
        dictionary.held += values.held();
        dictionary.chunks.push(values);
    }

    /// Takes some values of a dictionary message, and says where to go on; `values` begins at a multiple of 8.
    pub(super) fn read(
        &mut self,
        id: i64,
        delta: bool,
        column: &Column,
        batch: &BatchView<'_>,
        values: Range<usize>,
    ) -> Result<Option<usize>> {
        // Keys are 32-bit; values beyond them are never referred to.
        let len = usize::try_from(batch.rows().min(u64::from(UNSEEN))).unwrap_or_default();
        let values = values.start..values.end.min(len);
        let decoded = decode(&column.leaf().dictionary_values(), &batch.column(0)?, &values);
        self.put(id, delta, decoded.map_err(|error| error.at_column(&column.name))?, values.len());
        Ok((values.end < len).then_some(values.end))
    }

    /// Bytes of all values, and of the codes that each role gives to them.
    pub(super) fn held(&self) -> u64 {
        self.by_id.values().map(|dictionary| dictionary.held + 4 * dictionary.len() as u64).sum()
    }

    /// The dictionary of an id; writers may leave out one that only nulls would refer to.
    pub(super) fn get(&self, id: i64) -> &Dictionary {
        self.by_id.get(&id).unwrap_or(&self.missing)
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
