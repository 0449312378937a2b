//! A record or dictionary batch → the byte ranges of the chosen columns, checked before anything is read.

use std::collections::BTreeMap;
use std::ops::Range;

use polars_arrow_format::ipc::{BodyCompressionMethod, CompressionType, RecordBatchRef, planus};

use super::fetch::Fetch;
use super::inflate::{Codec, Inflate};
use super::layout::{Layout, Slot, Start, Total};
use super::message::{corrupt, malformed};
use crate::{Error, ErrorKind, Result};

/// What to read of every batch.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// The chosen columns.
    pub(super) columns: Vec<Slot>,
    /// All columns of a record batch.
    pub(super) total: Total,
    pub(super) layout: Layout,
    /// The values of the chosen columns' dictionaries, by id: each the only column of its batches.
    pub(super) dictionaries: BTreeMap<i64, Selection>,
}

/// The ranges of one batch.
#[derive(Debug, Default)]
pub(super) struct BatchPlan {
    rows: u64,
    layout: Layout,
    /// How the buffers are compressed, if they are.
    pub(super) codec: Option<Codec>,
    columns: Vec<ColumnPlan>,
}

#[derive(Debug)]
struct ColumnPlan {
    nodes: Vec<Node>,
    buffers: Vec<Range<u64>>,
}

/// Rows and nulls of a column or of one of its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Node {
    pub(in crate::ingest) rows: u64,
    pub(in crate::ingest) nulls: u64,
}

impl BatchPlan {
    /// Checks `batch`, whose body lies at `body`, and picks the selected columns out of it.
    pub(super) fn new(batch: RecordBatchRef<'_>, selection: &Selection, body: &Range<u64>, budget: u64) -> Result<Self> {
        let Selection { columns: slots, total, layout, .. } = selection;
        let rows = batch.length().map_err(malformed)?;
        let rows = u64::try_from(rows).map_err(|_| corrupt(format!("a batch of `{rows}` rows")))?;
        let variadic = variadic_counts(&batch, *total)?;
        let extra = |views: Range<usize>| variadic.get(views).unwrap_or_default().iter().sum::<usize>();
        let nodes = batch.nodes().map_err(malformed)?.unwrap_or_else(planus::Vector::new_empty);
        let buffers = batch.buffers().map_err(malformed)?.unwrap_or_else(planus::Vector::new_empty);
        let found = (nodes.len(), buffers.len());
        let expected = (total.extent.nodes, total.extent.buffers + extra(0..variadic.len()));
        if found != expected && !(total.is_open && found.0 >= expected.0 && found.1 >= expected.1) {
            let text = format!("a batch has (nodes, buffers) `{found:?}` where its schema has `{expected:?}`");
            return Err(corrupt(text));
        }
        // What lies before a column; nothing here can be negative, as the batch has at least what its schema counts.
        let before = |slot: &Slot| match slot.start {
            Start::Front(before) => (before.nodes, before.buffers + extra(0..before.views), before.views),
            Start::Back(after) => {
                let views = variadic.len() - after.views;
                (nodes.len() - after.nodes, buffers.len() - after.buffers - extra(views..variadic.len()), views)
            }
            Start::Unknown => (nodes.len(), buffers.len(), variadic.len()),
        };
        let mut planned = 0;
        let mut columns = Vec::with_capacity(slots.len());
        for slot in slots {
            let (node, first, views) = before(slot);
            let nodes = (node..node + slot.own.nodes).filter_map(|at| nodes.get(at));
            let nodes = nodes.map(|node| checked_node(node.length(), node.null_count())).collect::<Result<Vec<_>>>()?;
            if nodes.first().is_none_or(|node| node.rows != rows) {
                return Err(corrupt(format!("a column whose length is not the `{rows}` rows of its batch")));
            }
            let count = slot.own.buffers + extra(views..views + slot.own.views);
            let ranges = (first..first + count).filter_map(|at| buffers.get(at));
            let ranges = ranges.map(|buffer| checked_range(buffer.offset(), buffer.length(), body));
            let ranges = ranges.collect::<Result<Vec<_>>>()?;
            planned += ranges.iter().map(|range| range.end - range.start).sum::<u64>();
            columns.push(ColumnPlan { nodes, buffers: ranges });
        }
        if planned > budget {
            let text = format!(
                "one batch holds `{planned}` bytes of mapped columns, more than the budget of `{budget}`; write smaller batches, or raise `budgetBytes`"
            );
            return Err(Error::new(ErrorKind::Budget, text));
        }
        Ok(Self { rows, layout: *layout, codec: codec(&batch)?, columns })
    }

    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<u64>> + '_ {
        self.columns.iter().flat_map(|column| column.buffers.iter().cloned())
    }
}

fn codec(batch: &RecordBatchRef<'_>) -> Result<Option<Codec>> {
    let Some(compression) = batch.compression().map_err(malformed)? else { return Ok(None) };
    let unknown = |_| {
        Error::new(
            ErrorKind::Unsupported,
            "the buffers are compressed in a way this reader does not know; write them as LZ4 or ZSTD",
        )
    };
    match compression.method().map_err(unknown)? {
        BodyCompressionMethod::Buffer => {}
    }
    Ok(Some(match compression.codec().map_err(unknown)? {
        CompressionType::Lz4Frame => Codec::Lz4,
        CompressionType::Zstd => Codec::Zstd,
    }))
}

/// Data buffers of each view column. Together no more than the batch has buffers, so that no sum of them overflows.
fn variadic_counts(batch: &RecordBatchRef<'_>, total: Total) -> Result<Vec<usize>> {
    if total.extent.views == 0 && !total.is_open {
        return Ok(Vec::new());
    }
    let counts = batch.variadic_buffer_counts().map_err(malformed)?.unwrap_or_else(planus::Vector::new_empty);
    let mut left = batch.buffers().map_err(malformed)?.map_or(0, planus::Vector::len);
    let checked = counts.iter().map(|count| {
        let count = usize::try_from(count).ok()?;
        left = left.checked_sub(count)?;
        Some(count)
    });
    let checked: Option<Vec<usize>> = checked.collect();
    let views = total.extent.views;
    let checked = checked.filter(|counts| counts.len() == views || (total.is_open && counts.len() > views));
    checked.ok_or_else(|| corrupt("the variadic buffer counts do not fit the schema"))
}

fn checked_node(rows: i64, nulls: i64) -> Result<Node> {
    match (u64::try_from(rows), u64::try_from(nulls)) {
        (Ok(rows), Ok(nulls)) if nulls <= rows => Ok(Node { rows, nulls }),
        _ => Err(corrupt(format!("a column of `{rows}` rows and `{nulls}` nulls"))),
    }
}

fn checked_range(offset: i64, len: i64, body: &Range<u64>) -> Result<Range<u64>> {
    let within = |offset: i64| u64::try_from(offset).ok().filter(|&at| at <= body.end - body.start);
    let end = offset.checked_add(len).and_then(within);
    match (within(offset), end) {
        (Some(start), Some(end)) if len >= 0 => Ok(body.start + start..body.start + end),
        _ => {
            let text = format!("a buffer at `{offset}` of `{len}` bytes in a body of `{}`", body.end - body.start);
            Err(corrupt(text))
        }
    }
}

/// A batch whose bytes are at hand.
#[derive(Clone, Copy)]
pub(in crate::ingest) struct BatchView<'a> {
    plan: &'a BatchPlan,
    fetch: &'a Fetch,
    inflate: &'a Inflate,
}

impl<'a> BatchView<'a> {
    pub(super) fn new(plan: &'a BatchPlan, fetch: &'a Fetch, inflate: &'a Inflate) -> Self {
        Self { plan, fetch, inflate }
    }

    pub(in crate::ingest) fn rows(&self) -> u64 {
        self.plan.rows
    }

    /// The `index`-th chosen column.
    pub(in crate::ingest) fn column(&self, index: usize) -> Result<ColumnView<'a>> {
        let column = self.plan.columns.get(index).ok_or_else(|| corrupt("a batch without one of its columns"))?;
        let before: usize = self.plan.columns.iter().take(index).map(|column| column.buffers.len()).sum();
        let buffer = |(at, range): (usize, &Range<u64>)| match self.plan.codec {
            None => self.fetch.get(range),
            Some(_) => self.inflate.get(before + at, self.fetch),
        };
        let buffers = column.buffers.iter().enumerate().map(buffer).collect::<Result<_>>()?;
        Ok(ColumnView { nodes: &column.nodes, buffers, layout: self.plan.layout })
    }
}

/// The nodes and buffers of one column, in the order of the Arrow format.
pub(in crate::ingest) struct ColumnView<'a> {
    pub(in crate::ingest) nodes: &'a [Node],
    pub(in crate::ingest) buffers: Vec<&'a [u8]>,
    pub(in crate::ingest) layout: Layout,
}
