//! The first rows of a file → how full and how distinct each column is, for the proposals of a mapping.

use std::ops::Range;

use super::amount::Money;
use super::column::{MappedColumn, TimeColumn};
use super::dictionary::Dictionaries;
use super::intern::Interner;
use super::time::{Moment, TimeScale};
use crate::ingest::LocalClock;
use crate::ingest::ipc::{BatchView, Schema, Type};
use crate::ingest::mapping::{fits, looks_personal};
use crate::ingest::pull::{Room, Sink};
use crate::result::{ColumnSample, Role};
use crate::{Error, ErrorKind, Result};

/// Rows looked at; a multiple of 8.
const ROWS: usize = 4_096;
/// Columns looked at.
const MAX_COLUMNS: usize = 64;

/// Looks at the first rows.
#[derive(Default)]
pub(in crate::ingest) struct Sampler {
    /// Columns of the schema that are looked at, by index.
    columns: Vec<(usize, MappedColumn)>,
    dictionaries: Dictionaries,
    samples: Vec<Option<ColumnSample>>,
    is_full: bool,
}

impl Sampler {
    /// Whether enough rows have been seen.
    pub(in crate::ingest) fn is_full(&self) -> bool {
        self.is_full
    }

    /// What was seen, by column of the schema; `None` where nothing was.
    pub(in crate::ingest) fn finish(self) -> Vec<Option<ColumnSample>> {
        self.samples
    }
}

impl Sink for Sampler {
    fn open(&mut self, schema: &Schema) -> Result<Vec<usize>> {
        let serves = |(_, column): &(usize, &crate::ingest::ipc::Column)| {
            Role::ALL.iter().any(|&role| fits(role, column)) && !looks_personal(&column.name)
        };
        let selection: Vec<usize> =
            schema.columns.iter().enumerate().filter(serves).map(|(index, _)| index).take(MAX_COLUMNS).collect();
        let column = |&index: &usize| Some((index, MappedColumn::new(schema, &selection, index)?));
        self.columns = selection.iter().filter_map(column).collect();
        self.samples = vec![None; schema.columns.len()];
        Ok(selection)
    }

    fn dictionary(&mut self, id: i64, delta: bool, batch: &BatchView<'_>, values: Range<usize>) -> Result<Option<usize>> {
        let Some((_, column)) = self.columns.iter().find(|(_, column)| column.uses(id)) else { return Ok(None) };
        let column = column.column.clone();
        self.dictionaries.read(id, delta, &column, batch, values)
    }

    fn check_rows(&self, batch: &BatchView<'_>) -> Result<usize> {
        usize::try_from(batch.rows()).map_err(|_| Error::new(ErrorKind::Budget, "a batch of more rows than memory has bytes"))
    }

    fn held(&self, _rows: usize) -> u64 {
        self.dictionaries.held()
    }

    fn make_room(&mut self, _room: Room) -> Result<bool> {
        Ok(false)
    }

    fn rows(&mut self, batch: &BatchView<'_>, rows: Range<usize>) -> Result<()> {
        let rows = rows.start..rows.end.min(rows.start + ROWS);
        if rows.is_empty() || self.is_full {
            return Ok(());
        }
        for (index, column) in &mut self.columns {
            let sample = look(column, batch, &rows, &self.dictionaries);
            // A column that cannot be read says nothing here; whoever maps it hears why.
            if let (Some(slot), Ok(sample)) = (self.samples.get_mut(*index), sample) {
                *slot = Some(sample);
            }
        }
        self.is_full = true;
        Ok(())
    }
}

fn look(
    column: &mut MappedColumn,
    batch: &BatchView<'_>,
    rows: &Range<usize>,
    dictionaries: &Dictionaries,
) -> Result<ColumnSample> {
    let (nulls, distinct) = match column.column.value_type() {
        Type::Timestamp { .. } | Type::Date32 | Type::Date64 => {
            let scale = TimeScale::new(column.column.value_type(), false).unwrap_or(TimeScale::NONE);
            let MappedColumn { position, column, .. } = &*column;
            let time = TimeColumn { column: MappedColumn::at(*position, column.clone()), scale };
            let moments = time.read(batch, rows, &LocalClock::fixed(0), dictionaries)?;
            (moments.iter().filter(|moment| !matches!(moment, Moment::At { .. })).count(), None)
        }
        Type::Float { .. } | Type::Decimal { .. } => {
            let amounts = column.read_amounts(batch, rows, dictionaries)?;
            (amounts.iter().filter(|amount| !matches!(amount, Money::Minor { .. })).count(), None)
        }
        _ => {
            let all: Vec<u32> = (0..rows.len() as u32).collect();
            let mut seen = Interner::default();
            let codes = column.read_codes(batch, rows, &all, &mut seen, dictionaries)?;
            (codes.iter().filter(|&&code| code == crate::ingest::NONE).count(), Some(seen.ids.len() as u32))
        }
    };
    Ok(ColumnSample { rows: rows.len() as u32, nulls: nulls as u32, distinct })
}
