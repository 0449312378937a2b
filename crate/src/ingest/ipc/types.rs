//! Arrow's logical types as the schema names them, and how a person writes them.

use std::fmt;

/// Resolution of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum TimeUnit {
    Second,
    Milli,
    Micro,
    Nano,
}

/// How a dictionary-encoded column refers to its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Encoding {
    pub(in crate::ingest) id: i64,
    pub(in crate::ingest) bits: u8,
    pub(in crate::ingest) signed: bool,
}

/// A logical type. Nested ones keep their children only as far as counting buffers and naming the type need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum Type {
    Null,
    Bool,
    Int {
        bits: u8,
        signed: bool,
    },
    Float {
        bits: u8,
    },
    Decimal {
        bits: u16,
        precision: i32,
        scale: i32,
    },
    Utf8,
    LargeUtf8,
    Utf8View,
    Binary,
    LargeBinary,
    BinaryView,
    FixedSizeBinary(i32),
    Date32,
    Date64,
    Time {
        bits: u8,
        unit: TimeUnit,
    },
    Timestamp {
        unit: TimeUnit,
        zone: Option<String>,
    },
    Duration(TimeUnit),
    Interval,
    List(Vec<Child>),
    LargeList(Vec<Child>),
    ListView(Vec<Child>),
    LargeListView(Vec<Child>),
    FixedSizeList(Vec<Child>, i32),
    Map(Vec<Child>),
    Struct(Vec<Child>),
    Union {
        children: Vec<Child>,
        dense: bool,
    },
    RunEnd(Vec<Child>),
    /// Of a version of Arrow that came after this reader.
    Unknown,
}

/// A nested field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Child {
    pub(in crate::ingest) name: String,
    pub(in crate::ingest) data_type: Type,
    pub(in crate::ingest) encoding: Option<Encoding>,
}

impl Child {
    /// What the values are once runs are unrolled: the column itself, or the values of its runs.
    pub(in crate::ingest) fn leaf(&self) -> &Self {
        match &self.data_type {
            Type::RunEnd(children) if self.encoding.is_none() => children.get(1).unwrap_or(self),
            _ => self,
        }
    }

    /// The values of its dictionary, as a column of their own.
    pub(in crate::ingest) fn dictionary_values(&self) -> Self {
        Self { encoding: None, ..self.clone() }
    }

    /// The type of one value, dictionaries and runs seen through.
    pub(in crate::ingest) fn value_type(&self) -> &Type {
        let leaf = self.leaf();
        match &leaf.data_type {
            // The values of a dictionary may be runs in their turn.
            Type::RunEnd(children) => children.get(1).map_or(&leaf.data_type, |values| &values.data_type),
            data_type => data_type,
        }
    }
}

impl Type {
    pub(in crate::ingest) fn children(&self) -> &[Child] {
        match self {
            Self::List(children)
            | Self::LargeList(children)
            | Self::ListView(children)
            | Self::LargeListView(children)
            | Self::FixedSizeList(children, _)
            | Self::Map(children)
            | Self::Struct(children)
            | Self::Union { children, .. }
            | Self::RunEnd(children) => children,
            _ => &[],
        }
    }

    /// Whether the buffers of a column of this type cannot be counted.
    pub(super) fn is_unknown(&self) -> bool {
        let of_child = |child: &Child| child.encoding.is_none() && child.data_type.is_unknown();
        *self == Self::Unknown || self.children().iter().any(of_child)
    }

    pub(in crate::ingest) fn is_view(&self) -> bool {
        matches!(self, Self::Utf8View | Self::BinaryView)
    }
}

impl fmt::Display for TimeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Second => "s",
            Self::Milli => "ms",
            Self::Micro => "us",
            Self::Nano => "ns",
        })
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}int{}", if self.signed { "" } else { "u" }, self.bits)
    }
}

impl fmt::Display for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.encoding {
            Some(encoding) => write!(f, "dictionary<{encoding}, {}>", self.data_type),
            None => self.data_type.fmt(f),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Int { bits, signed } => return write!(f, "{}int{bits}", if *signed { "" } else { "u" }),
            Self::Float { bits } => return write!(f, "float{bits}"),
            Self::Decimal { bits, precision, scale } => return write!(f, "decimal{bits}({precision}, {scale})"),
            Self::FixedSizeBinary(width) => return write!(f, "fixed_size_binary[{width}]"),
            Self::Time { bits, unit } => return write!(f, "time{bits}[{unit}]"),
            Self::Timestamp { unit, zone: None } => return write!(f, "timestamp[{unit}]"),
            Self::Timestamp { unit, zone: Some(zone) } => return write!(f, "timestamp[{unit}, {zone}]"),
            Self::Duration(unit) => return write!(f, "duration[{unit}]"),
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Utf8 => "utf8",
            Self::LargeUtf8 => "large_utf8",
            Self::Utf8View => "utf8_view",
            Self::Binary => "binary",
            Self::LargeBinary => "large_binary",
            Self::BinaryView => "binary_view",
            Self::Date32 => "date32",
            Self::Date64 => "date64",
            Self::Interval => "interval",
            Self::List(_) => "list",
            Self::LargeList(_) => "large_list",
            Self::ListView(_) => "list_view",
            Self::LargeListView(_) => "large_list_view",
            Self::FixedSizeList(_, size) => return write!(f, "fixed_size_list[{size}]{}", Children(self.children(), false)),
            Self::Map(_) => "map",
            Self::Struct(_) => "struct",
            Self::Union { dense: true, .. } => "dense_union",
            Self::Union { dense: false, .. } => "sparse_union",
            Self::RunEnd(_) => "run_end_encoded",
            Self::Unknown => "unknown",
        };
        let named = matches!(self, Self::Struct(_) | Self::Union { .. });
        write!(f, "{name}{}", Children(self.children(), named))
    }
}

/// `<a, b>`, or nothing without children.
struct Children<'a>(&'a [Child], bool);

impl fmt::Display for Children<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, child) in self.0.iter().enumerate() {
            f.write_str(if position == 0 { "<" } else { ", " })?;
            if self.1 {
                write!(f, "{}: ", child.name)?;
            }
            child.fmt(f)?;
        }
        f.write_str(if self.0.is_empty() { "" } else { ">" })
    }
}
