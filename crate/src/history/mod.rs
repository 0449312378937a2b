//! Columns → customer histories.
//!
//! In: [`Orders`](crate::ingest::Orders), in any order. Out: [`Histories`], the same orders sorted by customer, then time, with CSR offsets,
//! with the tables beside orders attached; [`by_entity`], the same by staff, leader or store; [`View`], the orders a filter and an observation end
//! leave; [`Slices`] of a view.
//!
//! Invariants: rows of customer `c` are `offsets[c]..offsets[c + 1]`, ascending by (time, net, store, channel, inviter), so that no result
//! depends on the order of the input's rows.

mod arrange;
mod attach;
mod build;
mod calendar;
mod entity;
mod slice;
mod view;

pub use attach::Referral;
pub use build::{Build, Histories, build};
pub use calendar::{Calendar, civil_from_days, days_from_civil, iso_date, parse_date};
pub use entity::by_entity;
pub use slice::Slices;
pub use view::{View, ViewOptions};
