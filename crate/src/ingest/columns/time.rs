//! Timestamps and dates → instants in microseconds and local days.

use super::decode::Values;
use super::dictionary::Dictionary;
use crate::Result;
use crate::ingest::LocalClock;
use crate::ingest::ipc::{TimeUnit, Type, corrupt};

const MICROS_PER_DAY: i64 = 86_400_000_000;
/// 1900-01-01T00:00:00 as written in the file.
const MIN_US: i64 = -25_567 * MICROS_PER_DAY;
/// 2201-01-01T00:00:00 as written in the file.
const END_US: i64 = 84_371 * MICROS_PER_DAY;

/// A time of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Null,
    OutOfRange,
    At { time_us: i64, day: i32 },
}

/// How a time column is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeScale {
    /// Units of the column times `mul`, divided by `div`, are microseconds.
    mul: i64,
    div: i64,
    /// Whether the column holds wall clock times, not instants.
    pub(super) wall_clock: bool,
}

impl TimeScale {
    /// Of a column that is not read as times.
    pub(super) const NONE: Self = Self { mul: 1, div: 1, wall_clock: true };

    /// `None` for a type that holds no time.
    pub(super) fn new(data_type: &Type, naive_is_utc: bool) -> Option<Self> {
        let scale = |mul, div, wall_clock| Some(Self { mul, div, wall_clock });
        match data_type {
            Type::Null => Some(Self::NONE),
            Type::Date32 => scale(MICROS_PER_DAY, 1, true),
            Type::Date64 => scale(1_000, 1, true),
            Type::Timestamp { unit, zone } => {
                let wall_clock = zone.is_none() && !naive_is_utc;
                match unit {
                    TimeUnit::Second => scale(1_000_000, 1, wall_clock),
                    TimeUnit::Milli => scale(1_000, 1, wall_clock),
                    TimeUnit::Micro => scale(1, 1, wall_clock),
                    TimeUnit::Nano => scale(1, 1_000, wall_clock),
                }
            }
            _ => None,
        }
    }

    fn moment(self, value: i64, clock: &LocalClock) -> Moment {
        let Some(us) = value.checked_mul(self.mul).map(|us| us.div_euclid(self.div)).filter(|us| (MIN_US..END_US).contains(us))
        else {
            return Moment::OutOfRange;
        };
        if self.wall_clock {
            Moment::At { time_us: clock.instant_us(us), day: us.div_euclid(MICROS_PER_DAY) as i32 }
        } else {
            Moment::At { time_us: us, day: clock.day(us) }
        }
    }
}

/// Appends the moment of every row to `out`.
pub(super) fn moments(
    values: &Values,
    dictionary: Option<&Dictionary>,
    scale: TimeScale,
    clock: &LocalClock,
    out: &mut Vec<Moment>,
) -> Result<()> {
    let moment = |value: Option<i64>| value.map_or(Moment::Null, |value| scale.moment(value, clock));
    match (values, dictionary) {
        (Values::Nulls(rows), _) => out.resize(out.len() + rows, Moment::Null),
        (Values::Ints(array), _) => out.extend(array.iter().map(|value| moment(value.copied()))),
        (Values::Keys(keys), Some(dictionary)) => {
            for row in 0..keys.len() {
                let value = dictionary.look_up(keys, row)?.and_then(|(values, at)| match values {
                    Values::Ints(array) => array.get(at),
                    _ => None,
                });
                out.push(moment(value));
            }
        }
        _ => return Err(corrupt("a time column of another type")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(data_type: Type, value: i64, expected: Moment) {
        let scale = TimeScale::new(&data_type, false).unwrap();
        assert_eq!(scale.moment(value, &LocalClock::fixed(480)), expected, "{data_type} {value}");
    }

    #[test]
    fn wall_clock_keeps_its_day_and_instants_move_to_the_local_one() {
        let naive = Type::Timestamp { unit: TimeUnit::Second, zone: None };
        let zoned = Type::Timestamp { unit: TimeUnit::Second, zone: Some("UTC".into()) };
        check(naive.clone(), 86_399, Moment::At { time_us: (86_399 - 8 * 3600) * 1_000_000, day: 0 });
        check(zoned, 86_399, Moment::At { time_us: 86_399_000_000, day: 1 });
        check(Type::Date32, -1, Moment::At { time_us: -MICROS_PER_DAY - 8 * 3_600_000_000, day: -1 });
        check(Type::Timestamp { unit: TimeUnit::Nano, zone: None }, -1, Moment::At { time_us: -1 - 8 * 3_600_000_000, day: -1 });
        check(naive.clone(), i64::MAX, Moment::OutOfRange);
        check(naive.clone(), -2_208_988_801, Moment::OutOfRange);
        check(naive.clone(), -2_208_988_800, Moment::At { time_us: MIN_US - 8 * 3_600_000_000, day: -25_567 });
        check(naive.clone(), 7_289_654_399, Moment::At { time_us: END_US - 8 * 3_600_000_000 - 1_000_000, day: 84_370 });
        check(naive, 7_289_654_400, Moment::OutOfRange);
    }
}
