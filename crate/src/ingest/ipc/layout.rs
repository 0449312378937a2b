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

/// One column's part of a batch: what comes before it, and its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Slot {
    pub(super) before: Extent,
    pub(super) own: Extent,
}

/// Types whose validity buffer depends on the format's version: V4 gave one to all but nulls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    V4,
    V5,
}

/// The slots of all columns and the batch's total.
pub(super) fn slots(schema: &Schema, layout: Layout) -> (Vec<Slot>, Extent) {
    let mut before = Extent::default();
    let slot = |column: &Column| {
        let own = extent(&column.data_type, column.encoding.as_ref(), layout);
        let slot = Slot { before, own };
        before = before.plus(own);
        slot
    };
    (schema.columns.iter().map(slot).collect(), before)
}

/// The slot of a dictionary's values: the only column of its batch.
pub(super) fn values_slot(column: &Column, layout: Layout) -> Slot {
    Slot { before: Extent::default(), own: extent(&column.data_type, None, layout) }
}

fn extent(data_type: &Type, encoding: Option<&Encoding>, layout: Layout) -> Extent {
    if encoding.is_some() {
        return Extent { nodes: 1, buffers: 2, views: 0 };
    }
    let buffers = match data_type {
        Type::Null => 0,
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
