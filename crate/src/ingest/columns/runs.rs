//! Run-end encoded columns → values of every row.

use std::ops::Range;

use arrow2::array::{BooleanArray, PrimitiveArray};
use arrow2::bitmap::Bitmap;
use arrow2::datatypes::DataType;

use super::decode::{self, Values, array, check_texts, data, invalid, short, text_array};
use crate::Result;
use crate::ingest::ipc::{Column, ColumnView, Layout, Type, corrupt};

/// Decodes `rows` of a column whose children are run ends and values.
///
/// Only the runs these rows are in are looked at: the first is found by halving, as run ends ascend.
pub(super) fn decode(children: &[Column], view: &ColumnView<'_>, rows: &Range<usize>) -> Result<Values> {
    let [ends, values] = children else { return Err(corrupt("runs without their ends or values")) };
    // Version 4 of the format gave the column itself a validity buffer; then come those of the ends, and of the values.
    let own = usize::from(view.layout == Layout::V4);
    let (nodes, buffers) = (view.nodes.get(2..).unwrap_or_default(), view.buffers.get(own + 2..).unwrap_or_default());
    let value_view = ColumnView { nodes, buffers: buffers.to_vec(), layout: view.layout };
    let runs = value_view.nodes.first().zip(view.nodes.get(1)).filter(|(values, ends)| values.rows == ends.rows);
    let (runs, _) = runs.ok_or_else(|| corrupt("runs with more ends than values, or fewer"))?;
    let ends = Ends {
        bytes: data(view, own + 1)?,
        width: end_width(&ends.data_type)?,
        len: usize::try_from(runs.rows).map_err(|_| short())?,
    };
    if rows.is_empty() {
        return decode::decode(values, &value_view, &(0..0));
    }
    let first = ends.run_of(rows.start)?;
    let aligned = first / 8 * 8;
    let mut places = Vec::with_capacity(rows.len());
    let (mut run, mut row, mut before) = (first, rows.start, None);
    while row < rows.end {
        let end = ends.get(run)?;
        if before.is_some_and(|before| end <= before) || end <= row {
            return Err(corrupt(format!("run `{run}` ends at row `{end}`, not after the one before")));
        }
        let until = end.min(rows.end);
        places.resize(places.len() + (until - row), run - aligned);
        (row, before, run) = (until, Some(end), run + 1);
    }
    take(&decode::decode(values, &value_view, &(aligned..run))?, &places)
}

fn end_width(data_type: &Type) -> Result<usize> {
    match data_type {
        Type::Int { bits: bits @ (16 | 32 | 64), signed: true } => Ok(usize::from(*bits) / 8),
        other => Err(corrupt(format!("run ends of type `{other}`"))),
    }
}

/// Ascending ends of runs, exclusive.
struct Ends<'a> {
    bytes: &'a [u8],
    width: usize,
    len: usize,
}

impl Ends<'_> {
    fn get(&self, run: usize) -> Result<usize> {
        if run >= self.len {
            return Err(corrupt(format!("the `{}` runs end before the rows do", self.len)));
        }
        let bytes = run.checked_mul(self.width).and_then(|at| self.bytes.get(at..at + self.width)).ok_or_else(short)?;
        let mut word = [if bytes.last().is_some_and(|&byte| byte >= 0x80) { 0xff } else { 0 }; 8];
        word[..self.width].copy_from_slice(bytes);
        usize::try_from(i64::from_le_bytes(word)).map_err(|_| corrupt("a run that ends before it begins"))
    }

    /// The run that holds `row`.
    fn run_of(&self, row: usize) -> Result<usize> {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle)? <= row { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }
}

/// The values at `places`.
fn take(values: &Values, places: &[usize]) -> Result<Values> {
    fn numbers<T: arrow2::types::NativeType>(
        from: &PrimitiveArray<T>,
        places: &[usize],
        data_type: DataType,
    ) -> Result<PrimitiveArray<T>> {
        let values = places.iter().map(|&place| from.values().get(place).copied().unwrap_or_default()).collect();
        array(data_type, values, validity(from.validity(), places))
    }
    Ok(match values {
        Values::Nulls(_) => Values::Nulls(places.len()),
        Values::Ints(from) => Values::Ints(numbers(from, places, DataType::Int64)?),
        Values::Uints(from) => Values::Uints(numbers(from, places, DataType::UInt64)?),
        Values::Floats(from, precision) => Values::Floats(numbers(from, places, DataType::Float64)?, *precision),
        Values::Decimals(from, scale) => Values::Decimals(numbers(from, places, DataType::Decimal(38, 0))?, *scale),
        Values::Keys(from) => Values::Keys(numbers(from, places, DataType::UInt32)?),
        Values::Bools(from) => {
            let bits: Bitmap = places.iter().map(|&place| from.get(place).unwrap_or_default()).collect();
            let taken = BooleanArray::try_new(DataType::Boolean, bits, validity(from.validity(), places));
            Values::Bools(taken.map_err(invalid)?)
        }
        Values::Texts(from) => {
            let (mut bytes, mut offsets) = (Vec::new(), Vec::with_capacity(places.len() + 1));
            offsets.push(0);
            for &place in places {
                let text = from.get(place).unwrap_or_default();
                check_texts(bytes.len() + text.len(), places.len())?;
                bytes.extend_from_slice(text.as_bytes());
                offsets.push(bytes.len() as i64);
            }
            text_array(offsets, bytes, validity(from.validity(), places))?
        }
    })
}

fn validity(from: Option<&Bitmap>, places: &[usize]) -> Option<Bitmap> {
    from.map(|from| places.iter().map(|&place| from.get(place).unwrap_or_default()).collect())
}
