//! A dimension's labels as slices of a view: which slices a customer is in, and which of its orders are in each.
//!
//! By `first_order` and `home` all orders of a customer are in one slice; by `order` each is in its own. Orders, or customers, without a label are in
//! the last slice, which has none.

use crate::Result;
use crate::ingest::NONE;
use crate::result::{SliceConfig, SliceRule};
use crate::sorting::sort_short;

use super::view::View;

/// The slices of a view.
#[derive(Debug)]
pub struct Slices<'a> {
    /// The dimension's labels: slice `i` is `labels[i]`, slice `labels.len()` holds what has none.
    pub labels: &'a [String],
    /// Slice of each order's own label.
    codes: &'a [u32],
    /// Slice of each customer; `None` by `order`.
    of_customer: Option<Vec<u32>>,
}

impl<'a> Slices<'a> {
    /// Assigns the customers of a view.
    ///
    /// # Errors
    /// `Config` when the data has no such dimension.
    pub fn new(view: &View<'a>, config: &SliceConfig) -> Result<Self> {
        let dimension = view.histories.dimension_or_refuse("slice.by", &config.by)?;
        let codes = dimension.codes.as_slice();
        let of_customer = match config.rule {
            SliceRule::Order => None,
            SliceRule::FirstOrder => Some((0..view.n_customers()).map(|customer| first(view, codes, customer)).collect()),
            SliceRule::Home => {
                let mut found = Vec::new();
                Some((0..view.n_customers()).map(|customer| home(view, codes, customer, &mut found)).collect())
            }
        };
        Ok(Self { labels: &dimension.labels, codes, of_customer })
    }

    /// Slices, the one without a label included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.labels.len() + 1
    }

    /// A slice's label; `None` for the one without.
    #[must_use]
    pub fn label(&self, slice: usize) -> Option<&'a str> {
        self.labels.get(slice).map(String::as_str)
    }

    /// The slice of an order.
    #[must_use]
    #[inline]
    pub fn of(&self, customer: usize, row: usize) -> usize {
        let code = self.of_customer.as_ref().map_or_else(|| self.codes[row], |slices| slices[customer]);
        self.labels.len().min(code as usize)
    }

    /// The slice all orders of a customer are in; by `order` the one without a label.
    #[must_use]
    pub fn of_whole_customer(&self, customer: usize) -> usize {
        self.of_customer.as_ref().map_or(self.labels.len(), |slices| self.labels.len().min(slices[customer] as usize))
    }

    /// Puts the slices that a customer's orders in the view are in into `found`, ascending.
    pub fn of_customer(&self, view: &View<'_>, customer: usize, found: &mut Vec<usize>) {
        found.clear();
        found.extend(view.orders(customer).map(|row| self.of(customer, row)));
        sort_short(found);
        found.dedup();
    }

    /// The view that shows one slice alone.
    #[must_use]
    pub fn view(&self, view: &View<'a>, slice: usize) -> View<'a> {
        view.keeping(|customer, row| self.of(customer, row) == slice)
    }
}

/// The label of a customer's first purchase; of several at one instant the least, bytewise, and none only where none has one.
fn first(view: &View<'_>, codes: &[u32], customer: usize) -> u32 {
    let time_us = &view.histories.time_us;
    let first = view.purchases(customer).min_by_key(|&row| (time_us[row], codes[row]));
    first.map_or(NONE, |row| codes[row])
}

/// The most frequent label of a customer's purchases that have one; of several that of the latest purchase among them, then the greatest.
fn home(view: &View<'_>, codes: &[u32], customer: usize, found: &mut Vec<(u32, i64)>) -> u32 {
    found.clear();
    found.extend(view.purchases(customer).map(|row| (codes[row], view.histories.time_us[row])).filter(|&(code, _)| code != NONE));
    sort_short(found);
    let runs = found.chunk_by(|a, b| a.0 == b.0);
    let most = runs.filter_map(|run| run.last().map(|&(code, time_us)| (run.len(), time_us, code))).max();
    most.map_or(NONE, |(_, _, code)| code)
}
