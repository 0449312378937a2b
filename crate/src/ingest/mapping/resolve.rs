//! A mapping against a schema: columns exist, once, and have a type that can serve.

use crate::ingest::ipc::{Column, Schema, Type};
use crate::result::{Mapping, Role};
use crate::{Error, ErrorKind, Result};

/// Column names listed in an error message.
const MAX_NAMES: usize = 30;

/// The index of the column that serves `role`, if one is mapped.
pub(in crate::ingest) fn column_of(schema: &Schema, mapping: &Mapping, role: Role) -> Result<Option<usize>> {
    check_required(mapping, role)?;
    let Some(name) = mapping.get(role) else { return Ok(None) };
    let mut found = schema.columns.iter().enumerate().filter(|(_, column)| column.name == name);
    let Some((index, column)) = found.next() else {
        let names: Vec<_> = schema.columns.iter().take(MAX_NAMES).map(|column| format!("`{}`", column.name)).collect();
        let text = format!("mapped to `{}`, but the file has no such column; it has {}", role_name(role), names.join(", "));
        return Err(Error::new(ErrorKind::MissingColumn, text).at_column(name));
    };
    if found.next().is_some() {
        return Err(Error::new(ErrorKind::Unsupported, "the file has more than one column of this name").at_column(name));
    }
    if !fits(role, column) {
        return Err(expected(role, column));
    }
    Ok(Some(index))
}

/// A required role needs a column.
pub(in crate::ingest) fn check_required(mapping: &Mapping, role: Role) -> Result<()> {
    if role.required() && mapping.get(role).is_none() {
        return Err(Error::new(ErrorKind::MissingColumn, format!("no column is mapped to `{}`", role_name(role))));
    }
    Ok(())
}

/// Whether a column's type can serve a role. Dictionaries and runs are seen through; a column of nulls can serve any role.
pub(in crate::ingest) fn fits(role: Role, column: &Column) -> bool {
    let data_type = column.value_type();
    let is_number = matches!(data_type, Type::Int { .. } | Type::Float { .. } | Type::Decimal { .. });
    let is_text =
        matches!(data_type, Type::Utf8 | Type::LargeUtf8 | Type::Utf8View | Type::Binary | Type::LargeBinary | Type::BinaryView);
    let serves = match role {
        Role::CustomerId | Role::OrderId | Role::InviterId => is_text || is_number,
        Role::Status | Role::StoreId | Role::Channel => is_text || is_number || *data_type == Type::Bool,
        Role::OrderedAt | Role::JoinedAt => matches!(data_type, Type::Timestamp { .. } | Type::Date32 | Type::Date64),
        Role::Amount | Role::RefundAmount => is_number,
    };
    serves || *data_type == Type::Null
}

/// The error of a column whose type cannot serve its role.
pub(in crate::ingest) fn expected(role: Role, column: &Column) -> Error {
    let what = match role {
        Role::CustomerId | Role::OrderId | Role::InviterId => "text or a whole number",
        Role::Status | Role::StoreId | Role::Channel => "text, a whole number or a boolean",
        Role::OrderedAt | Role::JoinedAt => "a timestamp or date",
        Role::Amount | Role::RefundAmount => "an integer, a float or a decimal",
    };
    Error::new(ErrorKind::ColumnType, format!("expected {what}, found `{column}`")).at_column(&column.name)
}

/// The role as the mapping names it.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::CustomerId => "customer_id",
        Role::OrderedAt => "ordered_at",
        Role::Amount => "amount",
        Role::OrderId => "order_id",
        Role::Status => "status",
        Role::RefundAmount => "refund_amount",
        Role::StoreId => "store_id",
        Role::Channel => "channel",
        Role::InviterId => "inviter_id",
        Role::JoinedAt => "joined_at",
    }
}
