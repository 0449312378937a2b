//! Which column serves which role: what a mapping must satisfy, and a proposal for one.
//!
//! In: the schema's names and types. Out: a proposal that never guesses; where several columns fit equally well it lists them.

mod aliases;
mod pii;
mod propose;
mod resolve;
mod table_aliases;
mod table_proposal;

pub(super) use pii::looks_personal;
pub(super) use propose::propose;
pub(super) use resolve::{
    check_required, column_of, column_of_field, columns_of_dimensions, dimension_keys, expected, expected_field, fits, fits_field,
};
pub(super) use table_proposal::tables;
