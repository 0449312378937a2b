//! The columns of a table beside orders, as ingest hands them on.

use super::{Dimension, Ids};
use crate::result::{TableField, TableKind, TableReport};

/// A decoded table, rows in no particular order.
///
/// **Shape** every column has one entry per row used.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Which table.
    pub kind: TableKind,
    /// Rows used.
    pub rows: usize,
    /// Customers named by its columns.
    pub ids: Ids,
    /// The mapped columns.
    pub columns: Vec<(TableField, TableColumn)>,
    /// What happened to every row.
    pub report: TableReport,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub enum TableColumn {
    /// Index into the ids.
    People(Vec<u32>),
    /// Labels; [`super::NONE`] where there is none.
    Labels(Dimension),
    /// Instants in microseconds and local days; `i64::MAX` and `i32::MAX` where there is none.
    Times {
        /// Microseconds since 1970-01-01 UTC.
        time_us: Vec<i64>,
        /// Local days since 1970-01-01.
        day: Vec<i32>,
    },
    /// Minor units.
    Money(Vec<i64>),
    /// Null is no.
    Flags(Vec<bool>),
    /// 1 to 5, 0 where there is none.
    Ratings(Vec<u8>),
}

impl Table {
    /// The column of a field, if it is mapped.
    #[must_use]
    pub fn column(&self, field: TableField) -> Option<&TableColumn> {
        self.columns.iter().find(|(of, _)| *of == field).map(|(_, column)| column)
    }

    /// The customers of a field.
    #[must_use]
    pub fn people(&self, field: TableField) -> Option<&[u32]> {
        match self.column(field) {
            Some(TableColumn::People(people)) => Some(people),
            _ => None,
        }
    }

    /// The labels of a field, [`super::NONE`] where there is none.
    #[must_use]
    pub fn labels(&self, field: TableField) -> Option<&Dimension> {
        match self.column(field) {
            Some(TableColumn::Labels(labels)) => Some(labels),
            _ => None,
        }
    }

    /// The local days of a field, `i32::MAX` where there is none.
    #[must_use]
    pub fn days(&self, field: TableField) -> Option<&[i32]> {
        match self.column(field) {
            Some(TableColumn::Times { day, .. }) => Some(day),
            _ => None,
        }
    }

    /// The instants of a field, `i64::MAX` where there is none.
    #[must_use]
    pub fn times_us(&self, field: TableField) -> Option<&[i64]> {
        match self.column(field) {
            Some(TableColumn::Times { time_us, .. }) => Some(time_us),
            _ => None,
        }
    }
}
