//! Buffers of some rows → one of the few shapes the roles read from, through arrow2's validating constructors.
//!
//! Widening happens while bytes become aligned numbers, which has to be done anyhow: every integer is an `i64` (or `u64`), every float an `f64`,
//! every text has 64-bit offsets. Rows begin at a multiple of 8, so that validity bits need no shift.

use std::ops::Range;

use arrow2::array::{BooleanArray, PrimitiveArray, Utf8Array};
use arrow2::bitmap::Bitmap;
use arrow2::datatypes::DataType;
use arrow2::offset::OffsetsBuffer;

use super::runs;
use super::wide::narrowed;
use crate::ingest::ipc::{Column, ColumnView, Encoding, Type, corrupt};
use crate::{Error, ErrorKind, Result};

/// Most bytes of texts decoded at once, thousands for each row: no column of ids or labels has more.
const MAX_TEXTS: usize = 64 << 20;

/// Some rows of a column.
pub(super) enum Values {
    /// So many nulls.
    Nulls(usize),
    Bools(BooleanArray),
    Ints(PrimitiveArray<i64>),
    Uints(PrimitiveArray<u64>),
    /// With the relative precision of the type they came from.
    Floats(PrimitiveArray<f64>, f64),
    Decimals(PrimitiveArray<i128>, i32),
    Texts(Utf8Array<i64>),
    /// Indices into a dictionary; those that cannot be one are `u32::MAX`.
    Keys(PrimitiveArray<u32>),
}

impl Values {
    /// Bytes they take.
    pub(super) fn held(&self) -> u64 {
        let (rows, width, texts) = match self {
            Self::Nulls(_) => (0, 0, 0),
            Self::Bools(array) => (array.len(), 1, 0),
            Self::Ints(array) => (array.len(), 8, 0),
            Self::Uints(array) => (array.len(), 8, 0),
            Self::Floats(array, _) => (array.len(), 8, 0),
            Self::Decimals(array, _) => (array.len(), 16, 0),
            Self::Texts(array) => (array.len(), 8, array.values().len()),
            Self::Keys(array) => (array.len(), 4, 0),
        };
        (rows * width + texts) as u64
    }
}

/// Refuses texts of more than [`MAX_TEXTS`] bytes.
pub(super) fn check_texts(bytes: usize, rows: usize) -> Result<()> {
    if bytes <= MAX_TEXTS {
        return Ok(());
    }
    let text = format!("more than `{MAX_TEXTS}` bytes of text in `{rows}` rows: no column of ids or labels");
    Err(Error::new(ErrorKind::Budget, text))
}

/// Decodes `rows` of a column; `rows` begins at a multiple of 8.
pub(super) fn decode(column: &Column, view: &ColumnView<'_>, rows: &Range<usize>) -> Result<Values> {
    match (&column.data_type, &column.encoding) {
        (data_type, Some(encoding)) => keys(encoding, data_type, view, rows),
        (Type::RunEnd(children), None) => runs::decode(children, view, rows),
        (Type::Null, None) => Ok(Values::Nulls(rows.len())),
        (data_type, None) => plain(data_type, view, rows),
    }
}

/// The values of a column without dictionary and runs.
fn plain(data_type: &Type, view: &ColumnView<'_>, rows: &Range<usize>) -> Result<Values> {
    let validity = validity(view, rows)?;
    let ints = |values| Ok(Values::Ints(array(DataType::Int64, values, validity.clone())?));
    let uints = |values| Ok(Values::Uints(array(DataType::UInt64, values, validity.clone())?));
    let floats = |values, precision| Ok(Values::Floats(array(DataType::Float64, values, validity.clone())?, precision));
    let at = |index| data(view, index);
    let decimals = |values, scale| Ok(Values::Decimals(array(DataType::Decimal(38, 0), values, validity.clone())?, scale));
    match *data_type {
        Type::Bool => {
            let values = bits(at(1)?, rows)?;
            Ok(Values::Bools(BooleanArray::try_new(DataType::Boolean, values, validity).map_err(invalid)?))
        }
        Type::Int { bits: 8, signed: true } => ints(numbers(at(1)?, rows, |b| i64::from(i8::from_le_bytes(b)))?),
        Type::Int { bits: 16, signed: true } => ints(numbers(at(1)?, rows, |b| i64::from(i16::from_le_bytes(b)))?),
        Type::Int { bits: 32, signed: true } | Type::Date32 => ints(numbers(at(1)?, rows, |b| i64::from(i32::from_le_bytes(b)))?),
        Type::Int { signed: true, .. } | Type::Date64 | Type::Timestamp { .. } => {
            ints(numbers(at(1)?, rows, i64::from_le_bytes)?)
        }
        Type::Int { bits: 8, .. } => uints(numbers(at(1)?, rows, |b| u64::from(u8::from_le_bytes(b)))?),
        Type::Int { bits: 16, .. } => uints(numbers(at(1)?, rows, |b| u64::from(u16::from_le_bytes(b)))?),
        Type::Int { bits: 32, .. } => uints(numbers(at(1)?, rows, |b| u64::from(u32::from_le_bytes(b)))?),
        Type::Int { .. } => uints(numbers(at(1)?, rows, u64::from_le_bytes)?),
        Type::Float { bits: 16 } => floats(numbers(at(1)?, rows, half)?, 1e-3),
        Type::Float { bits: 32 } => floats(numbers(at(1)?, rows, |b| f64::from(f32::from_le_bytes(b)))?, f64::from(f32::EPSILON)),
        Type::Float { .. } => floats(numbers(at(1)?, rows, f64::from_le_bytes)?, f64::EPSILON),
        Type::Decimal { bits: 32, scale, .. } => decimals(numbers(at(1)?, rows, |b| i128::from(i32::from_le_bytes(b)))?, scale),
        Type::Decimal { bits: 64, scale, .. } => decimals(numbers(at(1)?, rows, |b| i128::from(i64::from_le_bytes(b)))?, scale),
        Type::Decimal { bits: 128, scale, .. } => decimals(numbers(at(1)?, rows, i128::from_le_bytes)?, scale),
        Type::Decimal { scale, .. } => {
            let narrow = narrowed(scale);
            decimals(numbers(at(1)?, rows, |b| narrow.value(b))?, narrow.scale)
        }
        Type::Utf8 | Type::Binary => {
            texts(numbers(at(1)?, &offset_rows(rows), |b| i64::from(i32::from_le_bytes(b)))?, at(2)?, validity)
        }
        Type::LargeUtf8 | Type::LargeBinary => texts(numbers(at(1)?, &offset_rows(rows), i64::from_le_bytes)?, at(2)?, validity),
        Type::Utf8View | Type::BinaryView => {
            let (offsets, bytes) =
                gather_views(numbers(at(1)?, rows, |b| b)?, view.buffers.get(2..).unwrap_or_default(), validity.as_ref())?;
            text_array(offsets, bytes, validity)
        }
        ref other => Err(corrupt(format!("type `{other}` has no decoder"))),
    }
}

pub(super) fn data<'a>(view: &ColumnView<'a>, index: usize) -> Result<&'a [u8]> {
    view.buffers.get(index).copied().ok_or_else(|| corrupt("a column has too few buffers"))
}

fn validity(view: &ColumnView<'_>, rows: &Range<usize>) -> Result<Option<Bitmap>> {
    match view.nodes.first() {
        Some(node) if node.nulls > 0 => bits(data(view, 0)?, rows).map(Some),
        _ => Ok(None),
    }
}

fn bits(bytes: &[u8], rows: &Range<usize>) -> Result<Bitmap> {
    let bytes = bytes.get(rows.start / 8..rows.end.div_ceil(8)).ok_or_else(short)?;
    Bitmap::try_new(bytes.to_vec(), rows.len()).map_err(invalid)
}

fn numbers<const N: usize, T>(bytes: &[u8], rows: &Range<usize>, read: impl Fn([u8; N]) -> T) -> Result<Vec<T>> {
    let range = rows.start.checked_mul(N).zip(rows.end.checked_mul(N)).ok_or_else(short)?;
    let bytes = bytes.get(range.0..range.1).ok_or_else(short)?;
    Ok(bytes.as_chunks::<N>().0.iter().map(|chunk| read(*chunk)).collect())
}

/// An array of `n` texts has `n + 1` offsets; one of none may have no offset at all.
fn offset_rows(rows: &Range<usize>) -> Range<usize> {
    rows.start..rows.end + usize::from(!rows.is_empty())
}

fn texts(mut offsets: Vec<i64>, bytes: &[u8], validity: Option<Bitmap>) -> Result<Values> {
    let first = offsets.first().copied().unwrap_or_default();
    let last = offsets.last().copied().unwrap_or_default();
    let range = usize::try_from(first).ok().zip(usize::try_from(last).ok());
    let bytes =
        range.and_then(|(first, last)| bytes.get(first..last)).ok_or_else(|| corrupt("text offsets leave their buffer"))?;
    check_texts(bytes.len(), offsets.len())?;
    if offsets.is_empty() {
        offsets.push(0);
    }
    offsets.iter_mut().for_each(|offset| *offset = offset.wrapping_sub(first));
    text_array(offsets, bytes.to_vec(), validity)
}

pub(super) fn text_array(offsets: Vec<i64>, bytes: Vec<u8>, validity: Option<Bitmap>) -> Result<Values> {
    let offsets = OffsetsBuffer::try_from(offsets).map_err(invalid)?;
    let array = Utf8Array::try_new(DataType::LargeUtf8, offsets, bytes.into(), validity).map_err(invalid)?;
    Ok(Values::Texts(array))
}

/// Views → offsets and bytes as other texts have them.
fn gather_views(views: Vec<[u8; 16]>, data: &[&[u8]], validity: Option<&Bitmap>) -> Result<(Vec<i64>, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut offsets = Vec::with_capacity(views.len() + 1);
    offsets.push(0);
    for (row, view) in views.iter().enumerate() {
        if validity.is_none_or(|validity| validity.get(row) == Some(true)) {
            let text = view_bytes(view, data).ok_or_else(|| corrupt("a text view leaves its buffers"))?;
            check_texts(bytes.len() + text.len(), views.len())?;
            bytes.extend_from_slice(text);
        }
        offsets.push(bytes.len() as i64);
    }
    Ok((offsets, bytes))
}

/// A view is a length and either up to 12 bytes, or 4 of them, a buffer and an offset.
fn view_bytes<'a>(view: &'a [u8; 16], data: &[&'a [u8]]) -> Option<&'a [u8]> {
    let word =
        |at: usize| view.get(at..at + 4)?.try_into().ok().map(i32::from_le_bytes).and_then(|word| usize::try_from(word).ok());
    let len = word(0)?;
    if len <= 12 {
        return view.get(4..4 + len);
    }
    let start = word(12)?;
    data.get(word(8)?)?.get(start..start.checked_add(len)?)
}

fn keys(encoding: &Encoding, values: &Type, view: &ColumnView<'_>, rows: &Range<usize>) -> Result<Values> {
    fn key<T: TryInto<u32>>(value: T) -> u32 {
        value.try_into().unwrap_or(u32::MAX)
    }
    // Every value of this dictionary is null, and it may have no value at all.
    if *values == Type::Null {
        return Ok(Values::Nulls(rows.len()));
    }
    let bytes = data(view, 1)?;
    let keys = match (encoding.bits, encoding.signed) {
        (8, true) => numbers(bytes, rows, |b| key(i8::from_le_bytes(b))),
        (16, true) => numbers(bytes, rows, |b| key(i16::from_le_bytes(b))),
        (32, true) => numbers(bytes, rows, |b| key(i32::from_le_bytes(b))),
        (_, true) => numbers(bytes, rows, |b| key(i64::from_le_bytes(b))),
        (8, false) => numbers(bytes, rows, |b| u32::from(u8::from_le_bytes(b))),
        (16, false) => numbers(bytes, rows, |b| u32::from(u16::from_le_bytes(b))),
        (32, false) => numbers(bytes, rows, u32::from_le_bytes),
        (_, false) => numbers(bytes, rows, |b| key(u64::from_le_bytes(b))),
    }?;
    Ok(Values::Keys(array(DataType::UInt32, keys, validity(view, rows)?)?))
}

/// IEEE 754 binary16.
fn half(bytes: [u8; 2]) -> f64 {
    f64::from(arrow2::types::f16::from_bits(u16::from_le_bytes(bytes)).to_f32())
}

pub(super) fn array<T: arrow2::types::NativeType>(
    data_type: DataType,
    values: Vec<T>,
    validity: Option<Bitmap>,
) -> Result<PrimitiveArray<T>> {
    PrimitiveArray::try_new(data_type, values.into(), validity).map_err(invalid)
}

pub(super) fn short() -> Error {
    corrupt("a buffer is shorter than its rows")
}

pub(super) fn invalid(error: arrow2::error::Error) -> Error {
    corrupt(format!("the values do not hold together: {}", error.to_string().to_lowercase()))
}
