//! The columns that ingest hands on: one entry per order, everything decoded, checked and interned.

use crate::result::{IngestReport, LocalTimeNote};

/// A value that marks "none" in index columns.
pub const NONE: u32 = u32::MAX;

/// A column of few distinct labels.
///
/// Codes follow the bytewise order of the labels, so that they do not depend on the order of rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dimension {
    /// Index into `labels` per order, or [`NONE`].
    pub codes: Vec<u32>,
    /// Distinct labels, ascending by bytes.
    pub labels: Vec<String>,
}

/// Ids interned to dense indices, kept as one run of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    bytes: Vec<u8>,
    ends: Vec<u64>,
}

impl Default for Ids {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0] }
    }
}

impl Ids {
    /// The number of ids.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of all of them.
    pub(super) fn held(&self) -> u64 {
        (self.bytes.len() + self.ends.len() * size_of::<u64>()) as u64
    }

    /// Appends an id and returns its index.
    #[inline]
    pub fn push(&mut self, id: &[u8]) -> u32 {
        let idx = self.len();
        self.bytes.extend_from_slice(id);
        self.ends.push(self.bytes.len() as u64);
        idx as u32
    }

    /// The id at `idx`: utf8 bytes as in the file, integers in decimal.
    #[must_use]
    #[inline]
    pub fn get(&self, idx: u32) -> &[u8] {
        let idx = idx as usize;
        &self.bytes[self.ends[idx] as usize..self.ends[idx + 1] as usize]
    }
}

/// A column of labels under the name filters and slices know it by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NamedDimension {
    /// The role in snake case, as `store_id`, or the name of the column.
    pub key: String,
    /// One code per order.
    pub dimension: Dimension,
}

/// Decoded orders, in no particular order.
///
/// **Shape** every column has one entry per order; customer columns one per id in `ids`.
/// **Units** instants in microseconds since 1970-01-01 UTC, days since 1970-01-01 local, money in minor units.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Orders {
    /// Index into `ids`.
    pub customer_idx: Vec<u32>,
    /// Instant of the order.
    pub time_us: Vec<i64>,
    /// Local day of the order.
    pub day: Vec<i32>,
    /// Amount minus refund.
    pub net_minor: Vec<i64>,
    /// The mapped columns of labels: those of roles in their order, then the mapping's further ones.
    pub dimensions: Vec<NamedDimension>,
    /// Who invited the customer, per order as index into `ids` or [`NONE`], if mapped.
    pub inviter_idx: Option<Vec<u32>>,
    /// What the goods cost, `i64::MAX` where unknown, if mapped.
    pub cost_minor: Option<Vec<i64>>,
    /// Whether something was refunded of each order, if refunds are mapped.
    pub refunded: Option<Vec<bool>>,
    /// Until when each order was promised, `i64::MAX` where unknown, if mapped.
    pub promised_to_us: Option<Vec<i64>>,
    /// When each order was picked up, `i64::MAX` where it was not, if mapped.
    pub picked_up_us: Option<Vec<i64>>,
    /// Instant the customer joined the pool, per customer (minimum over its rows), `i64::MAX` where never, if mapped.
    pub joined_us: Option<Vec<i64>>,
    /// Instant of the customer's first order ever, per customer (minimum over its rows), `i64::MAX` where unknown, if mapped.
    pub first_order_us: Option<Vec<i64>>,
    /// Customer ids; inviters without an order of their own are among them.
    pub ids: Ids,
    /// How instants became local days.
    pub clock: LocalClock,
    /// What happened to every row.
    pub report: IngestReport,
}

/// Instants → local days: a fixed offset, or the transitions of a time zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalClock {
    /// `(first instant, local minus UTC)` in microseconds, ascending; the first holds for all earlier instants too.
    offsets_us: Vec<(i64, i64)>,
    /// For the definition of results.
    pub note: Option<LocalTimeNote>,
}

const MICROS_PER_DAY: i64 = 86_400_000_000;

impl LocalClock {
    /// A fixed offset.
    #[must_use]
    pub fn fixed(offset_minutes: i32) -> Self {
        Self { offsets_us: vec![(i64::MIN, i64::from(offset_minutes) * 60_000_000)], note: None }
    }

    /// Transitions `(utc_start_seconds, offset_seconds)`, ascending and not empty.
    #[must_use]
    pub fn from_transitions(transitions: &[(i64, i32)]) -> Self {
        let offsets_us = transitions.iter().map(|&(start, offset)| (start * 1_000_000, i64::from(offset) * 1_000_000));
        Self { offsets_us: offsets_us.collect(), note: None }
    }

    /// Local minus UTC at an instant, microseconds.
    #[must_use]
    #[inline]
    pub fn offset_us(&self, time_us: i64) -> i64 {
        let after = self.offsets_us.partition_point(|&(start, _)| start <= time_us);
        self.offsets_us.get(after.saturating_sub(1)).map_or(0, |&(_, offset)| offset)
    }

    /// The local day of an instant, days since 1970-01-01.
    #[must_use]
    pub fn day(&self, time_us: i64) -> i32 {
        (time_us + self.offset_us(time_us)).div_euclid(MICROS_PER_DAY) as i32
    }

    /// The instant of a wall-clock time in microseconds; in a repeated hour the earlier, in a skipped hour the one after it.
    #[must_use]
    pub fn instant_us(&self, local_us: i64) -> i64 {
        // The offset before and after any nearby transition: real offsets differ by less than a day.
        let before = local_us - self.offset_us(local_us - MICROS_PER_DAY);
        let after = local_us - self.offset_us(before);
        let is_local = |instant: i64| instant + self.offset_us(instant) == local_us;
        if !is_local(before) && is_local(after) { after } else { before }
    }

    /// The instant a local day starts.
    #[must_use]
    pub fn day_start_us(&self, day: i32) -> i64 {
        self.instant_us(i64::from(day) * MICROS_PER_DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_offset_moves_the_day_border() {
        let clock = LocalClock::fixed(480);
        assert_eq!(clock.day(16 * 3_600_000_000 - 1), 0);
        assert_eq!(clock.day(16 * 3_600_000_000), 1);
        assert_eq!(clock.day(-8 * 3_600_000_000 - 1), -1);
        assert_eq!(clock.day_start_us(1), 16 * 3_600_000_000);
    }

    #[test]
    fn wall_clock_at_a_transition() {
        // +1 h, from day 10 10:00 UTC +2 h (local 11:00-12:00 is skipped), from day 20 20:00 UTC +1 h again (21:00-22:00 repeats).
        let hour = 3_600_000_000.0;
        let clock = LocalClock::from_transitions(&[(i64::MIN / 2_000_000, 3600), (900_000, 7200), (1_800_000, 3600)]);
        let check = |day: i64, local_hours: f64, utc_hours: f64| {
            let at = |hours: f64| day * MICROS_PER_DAY + (hours * hour) as i64;
            assert_eq!(clock.instant_us(at(local_hours)), at(utc_hours), "day {day} {local_hours}");
        };
        check(10, 10.5, 9.5);
        check(10, 11.5, 10.5);
        check(10, 12.0, 10.0);
        check(20, 21.5, 19.5);
        check(20, 22.0, 21.0);
    }
}
