//! Rows in the order of the file → rows by customer: two counting sorts, so that no step walks memory at random.
//!
//! In: the customer of each row. The first sort takes every column to runs of neighbouring customers (buckets) small enough for the cache, writing
//! a few hundred streams; the second works within a bucket. Both keep the order of rows, so that only customers whose rows did not ascend
//! in the file are sorted by comparison. A column is replaced as soon as it is copied: at most one is held twice.

use std::cmp::Ordering;

use crate::sorting::{Sorting, sort_indices};

/// Buckets at most: as many streams as a cache takes at once.
const BUCKETS: usize = 512;
/// Rows brought into order in one step.
const PIECE: u32 = 1 << 18;

/// Where the rows of each customer go.
pub(super) struct Arrangement {
    /// Rows of customer `c`: `offsets[c]..offsets[c + 1]`.
    pub(super) offsets: Vec<u32>,
    customer: Vec<u32>,
    /// Customers of a bucket, as a power of two.
    shift: u32,
    /// For each row by customer its row within the buckets.
    order: Vec<u32>,
    sort: Sort,
}

/// How far the order within the buckets is found.
#[derive(Default)]
struct Sort {
    /// The customer of each row within the buckets.
    customer: Vec<u32>,
    /// Where the next row of each customer goes.
    next: Vec<u32>,
    /// Buckets, and customers, that are done.
    buckets: usize,
    customers: usize,
    /// The rows of a customer who has too many of them for one step.
    many: Option<Sorting>,
}

impl Arrangement {
    pub(super) fn new(customer: Vec<u32>, n_customers: usize) -> Self {
        let mut offsets = vec![0u32; n_customers + 1];
        for &customer in &customer {
            offsets[customer as usize + 1] += 1;
        }
        for customer in 0..n_customers {
            offsets[customer + 1] += offsets[customer];
        }
        let shift = n_customers.div_ceil(BUCKETS).next_power_of_two().trailing_zeros();
        Self { offsets, customer, shift, order: Vec::new(), sort: Sort::default() }
    }

    /// First row of each bucket, and the end of the last.
    fn starts(&self) -> Vec<u32> {
        let last = self.offsets.len() - 1;
        (0..=last.div_ceil(1 << self.shift)).map(|bucket| self.offsets[(bucket << self.shift).min(last)]).collect()
    }

    /// The first sort.
    pub(super) fn spread<T: Copy + Default>(&self, column: &mut Vec<T>) {
        *column = self.spread_of(column);
    }

    fn spread_of<T: Copy + Default>(&self, column: &[T]) -> Vec<T> {
        let mut next = self.starts();
        let mut spread = vec![T::default(); column.len()];
        for (&value, &customer) in column.iter().zip(&self.customer) {
            let next = &mut next[(customer >> self.shift) as usize];
            spread[*next as usize] = value;
            *next += 1;
        }
        spread
    }

    /// Begins to find the order within the buckets, once every column is spread.
    pub(super) fn begin_sort(&mut self) {
        let customer = self.spread_of(&self.customer);
        self.order = std::mem::take(&mut self.customer);
        self.sort = Sort { customer, next: self.offsets.clone(), ..Sort::default() };
    }

    /// Goes on for a moment; whether there is more to do. `compare` tells the order of two rows of spread columns.
    pub(super) fn sort(&mut self, compare: impl Fn(usize, usize) -> Ordering) -> bool {
        let starts = self.starts();
        let Self { offsets, order, sort, .. } = self;
        let mut rows_done = 0;
        while let Some(&[start, end]) = starts.get(sort.buckets..).and_then(|starts| starts.first_chunk::<2>()) {
            for row in start..end {
                let next = &mut sort.next[sort.customer[row as usize] as usize];
                order[*next as usize] = row;
                *next += 1;
            }
            sort.buckets += 1;
            rows_done += end - start;
            if rows_done >= PIECE {
                return true;
            }
        }
        let compare = |a: u32, b: u32| compare(a as usize, b as usize);
        while let Some(&[start, end]) = offsets.get(sort.customers..).and_then(|offsets| offsets.first_chunk::<2>()) {
            if rows_done >= PIECE {
                return true;
            }
            let rows = &mut order[start as usize..end as usize];
            rows_done += end - start;
            if let Some(many) = &mut sort.many {
                if many.step(&compare) {
                    return true;
                }
                rows.copy_from_slice(&sort.many.take().unwrap_or_default().finish());
            } else if !rows.is_sorted_by(|&a, &b| compare(a, b).is_le()) {
                if end - start > PIECE {
                    sort.many = Some(Sorting::new(rows.to_vec()));
                    return true;
                }
                sort_indices(rows, &compare);
            }
            sort.customers += 1;
        }
        self.sort = Sort::default();
        false
    }

    /// The share of the rows whose order is found.
    pub(super) fn sorted(&self) -> f64 {
        let done = self.sort.buckets + self.sort.customers;
        done as f64 / (self.offsets.len() + self.offsets.len().div_ceil(1 << self.shift)) as f64
    }

    /// The second sort, of a column that is spread.
    pub(super) fn place<T: Copy>(&self, column: &mut [T]) {
        let mut placed: Vec<T> = Vec::new();
        for bucket in self.starts().windows(2) {
            let rows = bucket[0] as usize..bucket[1] as usize;
            placed.clear();
            placed.extend(self.order[rows.clone()].iter().map(|&row| column[row as usize]));
            column[rows].copy_from_slice(&placed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_ascend_by_customer_then_by_the_comparison() {
        check(5_000, 40_000);
        // More rows of one customer than a step takes.
        check(2, 4 * PIECE);
    }

    fn check(n_customers: u32, n_rows: u32) {
        let mut state = 1u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        let rows: Vec<(u32, u32)> = (0..n_rows).map(|_| (random() % n_customers, random() % 50)).collect();
        let mut customer: Vec<u32> = rows.iter().map(|row| row.0).collect();
        let mut value: Vec<u32> = rows.iter().map(|row| row.1).collect();
        let mut arrangement = Arrangement::new(customer.clone(), n_customers as usize);
        arrangement.spread(&mut customer);
        arrangement.spread(&mut value);
        arrangement.begin_sort();
        while arrangement.sort(|a, b| value[a].cmp(&value[b])) {}
        arrangement.place(&mut customer);
        arrangement.place(&mut value);
        let mut expected = rows;
        expected.sort_unstable();
        assert_eq!(customer.into_iter().zip(value).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_customers_and_no_rows_are_fine() {
        let mut arrangement = Arrangement::new(Vec::new(), 0);
        arrangement.begin_sort();
        assert!(!arrangement.sort(|_, _| Ordering::Equal));
        assert_eq!(arrangement.offsets, [0]);
        let mut column: Vec<u8> = Vec::new();
        arrangement.spread(&mut column);
        arrangement.place(&mut column);
        assert!(column.is_empty());
    }
}
