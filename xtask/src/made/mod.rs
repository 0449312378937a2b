//! The made sample: a synthetic community retailer of 18 months, with planted truths.
//!
//! In: nothing but the [`plan`]. Out: Arrow IPC files of the tables of docs/metrics.md and `truths.json`, the same bytes on every platform and
//! in every run. The plan becomes lives ([`life`]), lives become a recorded [`world`], the world becomes [`tables`] and [`truths`].

mod columns;
mod life;
mod plan;
mod random;
mod tables;
mod truths;
mod world;

mod write;

pub(crate) use write::write;

#[cfg(test)]
mod tests;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
