//! Names and types → which of the six tables a file is, and its mapping.

use std::collections::BTreeMap;

use super::propose::plain;
use super::table_aliases::names;
use super::{fits_field, looks_personal};
use crate::ingest::ipc::{Column, Schema};
use crate::result::{Proposal, Role, TableField, TableKind, TableMapping, TableProposal};
use crate::sorting::sort_by;

/// Confidence of a name that means the field, and of one that often does.
const SURE: f64 = 1.0;
const USUAL: f64 = 0.6;
/// What each optional column found adds to the confidence in a table, up to 1.
const OPTIONAL: f64 = 0.05;

/// All tables the columns could be, the likeliest first; of equally likely ones in the order of [`TableKind::ALL`].
pub(in crate::ingest) fn tables(schema: &Schema, orders: &[Proposal]) -> Vec<TableProposal> {
    let mut proposals: Vec<TableProposal> = TableKind::ALL
        .iter()
        .map(|&table| if table == TableKind::Orders { of_orders(orders) } else { of(table, schema) })
        .collect();
    sort_by(&mut proposals, |a, b| b.confidence.total_cmp(&a.confidence));
    proposals
}

/// Orders have roles of their own, proposed already.
fn of_orders(roles: &[Proposal]) -> TableProposal {
    let of = |role: Role| roles.iter().find(|proposal| proposal.role == role);
    let required = Role::ALL.into_iter().filter(|role| role.required());
    let missing: Vec<String> = required
        .clone()
        .filter(|&role| of(role).is_none_or(|proposal| proposal.column.is_none()))
        .map(|role| role.name().to_owned())
        .collect();
    let sure = required.filter_map(of).map(|proposal| proposal.confidence);
    let optional = roles.iter().filter(|proposal| !proposal.role.required() && proposal.column.is_some()).count();
    TableProposal {
        table: TableKind::Orders,
        confidence: confidence(&missing, sure, optional),
        missing,
        mapping: TableMapping::default(),
    }
}

fn of(table: TableKind, schema: &Schema) -> TableProposal {
    let (fields, required) = table.fields();
    let mut mapping = BTreeMap::new();
    let mut sure = BTreeMap::new();
    let mut taken = vec![false; schema.columns.len()];
    for (confidence, is_sure) in [(SURE, true), (USUAL, false)] {
        for &field in fields {
            if mapping.contains_key(&field) {
                continue;
            }
            let (exact, usual) = names(table, field);
            let aliases = if is_sure { exact } else { usual };
            let serves = |(at, column): &(usize, &Column)| {
                !taken.get(*at).copied().unwrap_or(true)
                    && aliases.contains(&plain(&column.name).as_str())
                    && fits_field(field, column)
                    && !looks_personal(&column.name)
            };
            let found: Vec<_> = schema.columns.iter().enumerate().filter(serves).collect();
            // Several that fit equally well are asked about, not guessed.
            if let [(at, column)] = found[..] {
                mapping.insert(field, column.name.clone());
                sure.insert(field, confidence);
                if let Some(taken) = taken.get_mut(at) {
                    *taken = true;
                }
            }
        }
    }
    let needed = || fields.iter().take(required);
    let missing: Vec<String> =
        needed().filter(|field| !mapping.contains_key(field)).map(|field| TableField::name(*field).to_owned()).collect();
    let of_required = needed().filter_map(|field| sure.get(field).copied());
    let optional = mapping.len() - (required - missing.len());
    TableProposal { table, confidence: confidence(&missing, of_required, optional), missing, mapping: TableMapping(mapping) }
}

/// The least sure of the required columns, a little less where no other column speaks for the table.
fn confidence(missing: &[String], required: impl Iterator<Item = f64>, optional: usize) -> f64 {
    if !missing.is_empty() {
        return 0.0;
    }
    let least = required.fold(1.0, f64::min);
    least * (0.8 + OPTIONAL * optional.min(4) as f64)
}
