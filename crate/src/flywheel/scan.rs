//! One pass over the view for all that follows customers period by period.
//!
//! In: a view and its periods. Out: [`Scan`]. What one customer did is at hand once, and each of the books below takes from it what it counts.

use crate::history::View;
use crate::result::GrowthPeriod;

use super::growth;
use super::people::{self, Person};
use super::periods::Periods;
use super::pool::{Pool, PoolBook};
use super::repeat::Kept;

/// What the pass finds.
pub(super) struct Scan {
    /// Ascending by customer.
    pub people: Vec<Person>,
    /// Who was in the pool, and active.
    pub pool: Pool,
    /// Growth accounting.
    pub rows: Vec<GrowthPeriod>,
    /// Revenue of each entry cohort in its own period and the next.
    pub kept: Kept,
}

/// Walks over all customers of the view.
pub(super) fn scan(view: &View<'_>, periods: &Periods) -> Scan {
    let mut people = Vec::new();
    let mut pool = PoolBook::new(view, periods);
    let mut kept = Kept::new(periods);
    let rows = growth::account(view, periods, |customer, activities| {
        let Some(person) = people::person(view, periods, customer) else { return };
        pool.book(&person, activities);
        kept.book(&person, activities);
        people.push(person);
    });
    Scan { people, pool: pool.close(), rows, kept }
}
