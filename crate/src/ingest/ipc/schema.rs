//! The schema message → columns.

use polars_arrow_format::ipc::{self as flatbuf, TypeRef, planus};

use super::message::{corrupt, malformed};
use super::types::{Child, Encoding, TimeUnit, Type};
use crate::{Error, ErrorKind, Result};

/// Deepest nesting of a type; real exports have a handful.
const MAX_DEPTH: u32 = 64;
/// Most fields of a schema, nested ones included: flatbuffers can refer to one table many times over.
const MAX_FIELDS: u32 = 100_000;

/// The columns of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Schema {
    pub(in crate::ingest) columns: Vec<Column>,
}

#[cfg(test)]
impl Schema {
    /// A schema of these columns.
    pub(in crate::ingest) fn of(columns: Vec<Column>) -> Self {
        Self { columns }
    }
}

/// A top-level column; for a dictionary-encoded one `data_type` is that of the values.
pub(in crate::ingest) type Column = Child;

/// Reads the schema of a message or footer.
pub(super) fn decode(schema: flatbuf::SchemaRef<'_>) -> Result<Schema> {
    if schema.endianness().map_err(malformed)? != flatbuf::Endianness::Little {
        return Err(Error::new(ErrorKind::Unsupported, "the data is big-endian; export it on a little-endian machine"));
    }
    let mut fields = FieldReader { left: MAX_FIELDS };
    let columns = fields.children(schema.fields().map_err(malformed)?, 0)?;
    Ok(Schema { columns })
}

type Fields<'a> = Option<planus::Vector<'a, planus::Result<flatbuf::FieldRef<'a>>>>;

struct FieldReader {
    left: u32,
}

impl FieldReader {
    fn children(&mut self, fields: Fields<'_>, depth: u32) -> Result<Vec<Child>> {
        let Some(fields) = fields else { return Ok(Vec::new()) };
        if depth > MAX_DEPTH {
            return Err(Error::new(ErrorKind::Unsupported, format!("types nest deeper than `{MAX_DEPTH}` levels")));
        }
        fields.iter().map(|field| self.field(field.map_err(malformed)?, depth)).collect()
    }

    fn field(&mut self, field: flatbuf::FieldRef<'_>, depth: u32) -> Result<Child> {
        self.left = self
            .left
            .checked_sub(1)
            .ok_or_else(|| Error::new(ErrorKind::Unsupported, format!("the schema has more than `{MAX_FIELDS}` fields")))?;
        let name = field.name().map_err(malformed)?.unwrap_or_default().to_owned();
        let encoding = field.dictionary().map_err(malformed)?.map(encoding).transpose()?;
        let children = self.children(field.children().map_err(malformed)?, depth + 1)?;
        let data_type = match field.type_() {
            Ok(Some(found)) => data_type(found, children)?,
            Err(planus::Error { error_kind: planus::errors::ErrorKind::UnknownUnionTag { .. }, .. }) => Type::Unknown,
            Ok(None) | Err(_) => return Err(corrupt("a field without a type").at_column(name)),
        };
        Ok(Child { name, data_type, encoding })
    }
}

fn encoding(encoding: flatbuf::DictionaryEncodingRef<'_>) -> Result<Encoding> {
    let id = encoding.id().map_err(malformed)?;
    let Some(index) = encoding.index_type().map_err(malformed)? else {
        return Ok(Encoding { id, bits: 32, signed: true });
    };
    let bits = int_bits(index.bit_width().map_err(malformed)?)?;
    Ok(Encoding { id, bits, signed: index.is_signed().map_err(malformed)? })
}

fn int_bits(bits: i32) -> Result<u8> {
    match bits {
        8 | 16 | 32 | 64 => Ok(bits as u8),
        _ => Err(Error::new(ErrorKind::Corrupt, format!("an integer type of `{bits}` bits"))),
    }
}

fn data_type(type_: TypeRef<'_>, children: Vec<Child>) -> Result<Type> {
    Ok(match type_ {
        TypeRef::Null(_) => Type::Null,
        TypeRef::Bool(_) => Type::Bool,
        TypeRef::Int(int) => {
            Type::Int { bits: int_bits(int.bit_width().map_err(malformed)?)?, signed: int.is_signed().map_err(malformed)? }
        }
        TypeRef::FloatingPoint(float) => Type::Float {
            bits: match float.precision().map_err(malformed)? {
                flatbuf::Precision::Half => 16,
                flatbuf::Precision::Single => 32,
                flatbuf::Precision::Double => 64,
            },
        },
        TypeRef::Decimal(decimal) => {
            let bits = decimal.bit_width().map_err(malformed)?;
            if !matches!(bits, 32 | 64 | 128 | 256) {
                return Err(Error::new(ErrorKind::Corrupt, format!("a decimal type of `{bits}` bits")));
            }
            Type::Decimal {
                bits: bits as u16,
                precision: decimal.precision().map_err(malformed)?,
                scale: decimal.scale().map_err(malformed)?,
            }
        }
        TypeRef::Utf8(_) => Type::Utf8,
        TypeRef::LargeUtf8(_) => Type::LargeUtf8,
        TypeRef::Utf8View(_) => Type::Utf8View,
        TypeRef::Binary(_) => Type::Binary,
        TypeRef::LargeBinary(_) => Type::LargeBinary,
        TypeRef::BinaryView(_) => Type::BinaryView,
        TypeRef::FixedSizeBinary(binary) => Type::FixedSizeBinary(binary.byte_width().map_err(malformed)?),
        TypeRef::Date(date) => match date.unit().map_err(malformed)? {
            flatbuf::DateUnit::Day => Type::Date32,
            flatbuf::DateUnit::Millisecond => Type::Date64,
        },
        TypeRef::Time(time) => Type::Time {
            bits: if time.bit_width().map_err(malformed)? == 64 { 64 } else { 32 },
            unit: unit(time.unit().map_err(malformed)?),
        },
        TypeRef::Timestamp(timestamp) => Type::Timestamp {
            unit: unit(timestamp.unit().map_err(malformed)?),
            zone: timestamp.timezone().map_err(malformed)?.filter(|zone| !zone.is_empty()).map(str::to_owned),
        },
        TypeRef::Duration(duration) => Type::Duration(unit(duration.unit().map_err(malformed)?)),
        TypeRef::Interval(_) => Type::Interval,
        TypeRef::List(_) => Type::List(children),
        TypeRef::LargeList(_) => Type::LargeList(children),
        TypeRef::ListView(_) => Type::ListView(children),
        TypeRef::LargeListView(_) => Type::LargeListView(children),
        TypeRef::FixedSizeList(list) => Type::FixedSizeList(children, list.list_size().map_err(malformed)?),
        TypeRef::Map(_) => Type::Map(children),
        TypeRef::Struct(_) => Type::Struct(children),
        TypeRef::Union(union) => Type::Union { children, dense: union.mode().map_err(malformed)? == flatbuf::UnionMode::Dense },
        TypeRef::RunEndEncoded(_) => Type::RunEnd(children),
    })
}

fn unit(unit: flatbuf::TimeUnit) -> TimeUnit {
    match unit {
        flatbuf::TimeUnit::Second => TimeUnit::Second,
        flatbuf::TimeUnit::Millisecond => TimeUnit::Milli,
        flatbuf::TimeUnit::Microsecond => TimeUnit::Micro,
        flatbuf::TimeUnit::Nanosecond => TimeUnit::Nano,
    }
}
