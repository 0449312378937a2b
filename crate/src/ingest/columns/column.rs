//! One mapped column: its batches → codes, fingerprints, amounts, moments or flags of a slice of rows.

use std::ops::Range;

use super::amount::{Money, amounts};
use super::codes::{codes, fingerprints};
use super::decode::{Values, decode};
use super::dictionary::{CodeMap, Dictionaries, Dictionary};
use super::intern::Interner;
use super::time::{Moment, TimeScale, moments};
use crate::Result;
use crate::ingest::LocalClock;
use crate::ingest::ipc::{BatchView, Column, Schema};
use crate::sorting::sort_by;

/// A mapped column.
pub(super) struct MappedColumn {
    /// Place among the columns read.
    pub(super) position: usize,
    pub(super) column: Column,
    map: CodeMap,
}

/// A mapped column of times.
pub(super) struct TimeColumn {
    pub(super) column: MappedColumn,
    pub(super) scale: TimeScale,
}

/// The columns of a schema that are read, ascending.
pub(super) fn selection(indices: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut selection: Vec<usize> = indices.collect();
    sort_by(&mut selection, usize::cmp);
    selection.dedup();
    selection
}

impl MappedColumn {
    /// Column `index` of the schema, which is among those selected.
    pub(super) fn new(schema: &Schema, selection: &[usize], index: usize) -> Option<Self> {
        let position = selection.iter().position(|&selected| selected == index)?;
        Some(Self::at(position, schema.columns.get(index)?.clone()))
    }

    /// The column read at a place.
    pub(super) fn at(position: usize, column: Column) -> Self {
        Self { position, column, map: CodeMap::default() }
    }

    /// Whether the values of dictionary `id` are its own.
    pub(super) fn uses(&self, id: i64) -> bool {
        self.column.leaf().encoding.is_some_and(|encoding| encoding.id == id)
    }

    pub(super) fn decode(&self, batch: &BatchView<'_>, rows: &Range<usize>) -> Result<Values> {
        let view = batch.column(self.position)?;
        decode(&self.column, &view, rows)
    }

    fn dictionary<'a>(&self, dictionaries: &'a Dictionaries) -> Option<&'a Dictionary> {
        self.column.leaf().encoding.map(|encoding| dictionaries.get(encoding.id))
    }

    pub(super) fn read_codes(
        &mut self,
        batch: &BatchView<'_>,
        rows: &Range<usize>,
        kept: &[u32],
        interner: &mut Interner,
        dictionaries: &Dictionaries,
    ) -> Result<Vec<u32>> {
        let mut out = Vec::new();
        let values = self.decode(batch, rows);
        let dictionary = self.dictionary(dictionaries);
        let Self { map, column, .. } = self;
        let codes =
            values.and_then(|values| codes(&values, dictionary.map(|dictionary| (dictionary, map)), kept, interner, &mut out));
        codes.map_err(|error| error.at_column(&column.name))?;
        Ok(out)
    }

    pub(super) fn read_orders(
        &self,
        batch: &BatchView<'_>,
        rows: &Range<usize>,
        kept: &[u32],
        dictionaries: &Dictionaries,
    ) -> Result<Vec<u128>> {
        let mut out = Vec::new();
        let dictionary = self.dictionary(dictionaries);
        let read = self.decode(batch, rows).and_then(|values| fingerprints(&values, dictionary, kept, &mut out));
        read.map_err(|error| error.at_column(&self.column.name))?;
        Ok(out)
    }

    pub(super) fn read_amounts(
        &self,
        batch: &BatchView<'_>,
        rows: &Range<usize>,
        dictionaries: &Dictionaries,
    ) -> Result<Vec<Money>> {
        let mut out = Vec::with_capacity(rows.len());
        let dictionary = self.dictionary(dictionaries);
        let read = self.decode(batch, rows).and_then(|values| amounts(&values, dictionary, &mut out));
        read.map_err(|error| error.at_column(&self.column.name))?;
        Ok(out)
    }
}

impl TimeColumn {
    pub(super) fn read(
        &self,
        batch: &BatchView<'_>,
        rows: &Range<usize>,
        clock: &LocalClock,
        dictionaries: &Dictionaries,
    ) -> Result<Vec<Moment>> {
        let mut out = Vec::with_capacity(rows.len());
        let dictionary = self.column.dictionary(dictionaries);
        let values = self.column.decode(batch, rows);
        let read = values.and_then(|values| moments(&values, dictionary, self.scale, clock, &mut out));
        read.map_err(|error| error.at_column(&self.column.column.name))?;
        Ok(out)
    }
}
