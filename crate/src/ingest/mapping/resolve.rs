//! A mapping against a schema: columns exist, once, and have a type that can serve.

use crate::ingest::ipc::{Column, Schema, Type};
use crate::result::{FieldValues, Mapping, Role, TableField};
use crate::{Error, ErrorKind, Result};

/// Column names listed in an error message.
const MAX_NAMES: usize = 30;

/// The index of the column that serves `role`, if one is mapped.
pub(in crate::ingest) fn column_of(schema: &Schema, mapping: &Mapping, role: Role) -> Result<Option<usize>> {
    check_required(mapping, role)?;
    let Some(name) = mapping.get(role) else { return Ok(None) };
    let (index, column) = named(schema, name, role.name())?;
    if fits(role, column) { Ok(Some(index)) } else { Err(expected(role, column)) }
}

/// The indices of the further columns to filter and slice by.
pub(in crate::ingest) fn columns_of_dimensions(schema: &Schema, mapping: &Mapping) -> Result<Vec<usize>> {
    let names = &mapping.dimensions;
    let refuse = |text: String| Err(Error::new(ErrorKind::Config, text));
    if names.len() > Mapping::MAX_DIMENSIONS {
        return refuse(format!("`dimensions` names `{}` columns, the limit is `{}`", names.len(), Mapping::MAX_DIMENSIONS));
    }
    let keys = dimension_keys(mapping);
    if let Some((_, twice)) = keys.iter().enumerate().find(|(at, key)| keys.iter().skip(at + 1).any(|other| other == *key)) {
        return refuse(format!("two columns would be filtered as `{twice}`"));
    }
    let index = |name: &String| {
        let (index, column) = named(schema, name, "dimensions")?;
        if holds(FieldValues::Label, column) { Ok(index) } else { Err(mismatch(FieldValues::Label, column)) }
    };
    names.iter().map(index).collect()
}

/// The names of a mapping's dimensions: its roles', then its further columns'.
pub(in crate::ingest) fn dimension_keys(mapping: &Mapping) -> Vec<String> {
    let roles = Role::DIMENSIONS.into_iter().filter(|role| mapping.get(*role).is_some());
    roles.map(|role| role.name().to_owned()).chain(mapping.dimensions.iter().cloned()).collect()
}

/// The index of the column that holds `field` of a table beside orders.
pub(in crate::ingest) fn column_of_field(schema: &Schema, field: TableField, name: &str) -> Result<usize> {
    let (index, column) = named(schema, name, field.name())?;
    if fits_field(field, column) { Ok(index) } else { Err(expected_field(field, column)) }
}

fn named<'a>(schema: &'a Schema, name: &str, mapped_to: &str) -> Result<(usize, &'a Column)> {
    let mut found = schema.columns.iter().enumerate().filter(|(_, column)| column.name == name);
    let Some(first) = found.next() else {
        let names: Vec<_> = schema.columns.iter().take(MAX_NAMES).map(|column| format!("`{}`", column.name)).collect();
        let text = format!("mapped to `{mapped_to}`, but the file has no such column; it has {}", names.join(", "));
        return Err(Error::new(ErrorKind::MissingColumn, text).at_column(name));
    };
    if found.next().is_some() {
        return Err(Error::new(ErrorKind::Unsupported, "the file has more than one column of this name").at_column(name));
    }
    Ok(first)
}

/// A required role needs a column.
pub(in crate::ingest) fn check_required(mapping: &Mapping, role: Role) -> Result<()> {
    if role.required() && mapping.get(role).is_none() {
        return Err(Error::new(ErrorKind::MissingColumn, format!("no column is mapped to `{}`", role.name())));
    }
    Ok(())
}

/// Whether a column's type can serve a role.
pub(in crate::ingest) fn fits(role: Role, column: &Column) -> bool {
    holds(values_of(role), column)
}

/// Whether a column's type can hold a field.
pub(in crate::ingest) fn fits_field(field: TableField, column: &Column) -> bool {
    holds(field.values(), column)
}

/// The error of a column whose type cannot serve its role.
pub(in crate::ingest) fn expected(role: Role, column: &Column) -> Error {
    mismatch(values_of(role), column)
}

/// The error of a column whose type cannot hold its field.
pub(in crate::ingest) fn expected_field(field: TableField, column: &Column) -> Error {
    mismatch(field.values(), column)
}

fn values_of(role: Role) -> FieldValues {
    match role {
        Role::CustomerId | Role::OrderId | Role::InviterId => FieldValues::Person,
        Role::Status
        | Role::StoreId
        | Role::Channel
        | Role::Fulfilment
        | Role::StaffId
        | Role::Category
        | Role::CouponId
        | Role::IsPresale => FieldValues::Label,
        Role::OrderedAt | Role::JoinedAt | Role::FirstOrderAt | Role::PromisedTo | Role::PickedUpAt => FieldValues::Time,
        Role::Amount | Role::RefundAmount | Role::Cost => FieldValues::Money,
    }
}

/// Dictionaries and runs are seen through; a column of nulls can hold anything.
fn holds(values: FieldValues, column: &Column) -> bool {
    let data_type = column.value_type();
    let is_number = matches!(data_type, Type::Int { .. } | Type::Float { .. } | Type::Decimal { .. });
    let is_text =
        matches!(data_type, Type::Utf8 | Type::LargeUtf8 | Type::Utf8View | Type::Binary | Type::LargeBinary | Type::BinaryView);
    let holds = match values {
        FieldValues::Person => is_text || is_number,
        FieldValues::Label | FieldValues::Flag => is_text || is_number || *data_type == Type::Bool,
        FieldValues::Time => matches!(data_type, Type::Timestamp { .. } | Type::Date32 | Type::Date64),
        FieldValues::Money | FieldValues::Rating => is_number,
    };
    holds || *data_type == Type::Null
}

fn mismatch(values: FieldValues, column: &Column) -> Error {
    let what = match values {
        FieldValues::Person => "text or a whole number",
        FieldValues::Label => "text, a whole number or a boolean",
        FieldValues::Flag => "a boolean, or text or a number that says yes or no",
        FieldValues::Time => "a timestamp or date",
        FieldValues::Money => "an integer, a float or a decimal",
        FieldValues::Rating => "a number from 1 to 5",
    };
    Error::new(ErrorKind::ColumnType, format!("expected {what}, found `{column}`")).at_column(&column.name)
}
