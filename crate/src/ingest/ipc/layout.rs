//! Where a column's nodes and buffers lie in a record batch, counted by type as the Arrow columnar format lays them out.

use super::schema::{Column, Schema};
use super::types::{Child, Encoding, Type};

/// Counts of field nodes, fixed buffers and view columns.
///
/// A view column has as many buffers more as the batch's variadic counts say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Extent {
    pub(super) nodes: usize,
    pub(super) buffers: usize,
    pub(super) views: usize,
}

impl Extent {
    fn plus(self, other: Self) -> Self {
        Self { nodes: self.nodes + other.nodes, buffers: self.buffers + other.buffers, views: self.views + other.views }
    }
}

/// One column's part of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Slot {
    pub(super) start: Start,
    pub(super) own: Extent,
}

/// Where a column begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// After so much.
    Front(Extent),
    /// Before so much, itself included: a column of a type of some future version lies before it.
    Back(Extent),
    /// Between two such columns: nobody can tell.
    Unknown,
}

impl Default for Start {
    fn default() -> Self {
        Self::Front(Extent::default())
    }
}

/// All columns of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Total {
    pub(super) extent: Extent,
    /// Columns of unknown types have more to them.
    pub(super) is_open: bool,
}

/// Types whose validity buffer depends on the format's version: V4 gave one to all but nulls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest) enum Layout {
    V4,
    #[default]
    V5,
}

/// The slots of all columns and the batch's total.
pub(super) fn slots(schema: &Schema, layout: Layout) -> (Vec<Slot>, Total) {
    let own: Vec<Extent> =
        schema.columns.iter().map(|column| extent(&column.data_type, column.encoding.as_ref(), layout)).collect();
    let is_unknown = |column: &Column| column.encoding.is_none() && column.data_type.is_unknown();
    let first = schema.columns.iter().position(is_unknown).unwrap_or(own.len());
    let last = schema.columns.iter().rposition(is_unknown).unwrap_or(0);
    let mut before = Extent::default();
    let mut slots = Vec::with_capacity(own.len());
    for (index, &own) in own.iter().enumerate() {
        slots.push(Slot { start: if index <= first { Start::Front(before) } else { Start::Unknown }, own });
        before = before.plus(own);
    }
    let mut after = Extent::default();
    for (index, slot) in slots.iter_mut().enumerate().rev() {
        after = after.plus(slot.own);
        if index > first && index > last {
            slot.start = Start::Back(after);
        }
    }
    (slots, Total { extent: before, is_open: first < own.len() })
}

/// The slot of a dictionary's values: the only column of its batch.
pub(super) fn values_slot(column: &Column, layout: Layout) -> Slot {
    Slot { start: Start::default(), own: extent(&column.data_type, None, layout) }
}

fn extent(data_type: &Type, encoding: Option<&Encoding>, layout: Layout) -> Extent {
    if encoding.is_some() {
        return Extent { nodes: 1, buffers: 2, views: 0 };
    }
    let buffers = match data_type {
        Type::Null | Type::Unknown => 0,
        Type::RunEnd(_) => usize::from(layout == Layout::V4),
        Type::FixedSizeList(..) | Type::Struct(_) => 1,
        Type::Union { dense, .. } => 1 + usize::from(*dense) + usize::from(layout == Layout::V4),
        Type::Utf8 | Type::LargeUtf8 | Type::Binary | Type::LargeBinary | Type::ListView(_) | Type::LargeListView(_) => 3,
        _ => 2,
    };
    let own = Extent { nodes: 1, buffers, views: usize::from(data_type.is_view()) };
    let of_child = |child: &Child| extent(&child.data_type, child.encoding.as_ref(), layout);
    data_type.children().iter().map(of_child).fold(own, Extent::plus)
}
