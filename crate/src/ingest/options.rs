//! The options of reading, checked once and turned into what the readers use.

use super::LocalClock;
use crate::result::{IngestOptions, LocalTimeNote};
use crate::{Error, ErrorKind, Result};

/// Statuses whose orders do not count unless said otherwise.
pub const DEFAULT_EXCLUDED_STATUSES: [&str; 7] = ["cancelled", "canceled", "closed", "void", "已取消", "已关闭", "未支付"];

/// Statuses of orders that count, as systems usually name them. Not among them is a refunded order, which counts unless its refund says otherwise.
const KNOWN_STATUSES: [&str; 38] = [
    "paid",
    "done",
    "complete",
    "completed",
    "finished",
    "success",
    "successful",
    "succeeded",
    "settled",
    "confirmed",
    "processing",
    "fulfilled",
    "shipped",
    "delivered",
    "received",
    "picked_up",
    "picked up",
    "pickedup",
    "已支付",
    "已付款",
    "支付成功",
    "已完成",
    "完成",
    "交易成功",
    "交易完成",
    "待发货",
    "待自提",
    "待取货",
    "配送中",
    "已发货",
    "已送达",
    "已签收",
    "已收货",
    "已自提",
    "已提货",
    "已取货",
    "已核销",
    "已评价",
];

const DAY_MINUTES: i32 = 24 * 60;
const DAY_SECONDS: i32 = DAY_MINUTES * 60;
/// Transitions lie within this many seconds of 1970, so that microseconds fit.
const MAX_TRANSITION: i64 = i64::MAX / 2_000_000;

/// The clock the options describe.
pub(super) fn clock(options: &IngestOptions) -> Result<LocalClock> {
    let config = |text: String| Err(Error::new(ErrorKind::Config, text));
    let offset = options.utc_offset_minutes;
    if !(-DAY_MINUTES..=DAY_MINUTES).contains(&offset) {
        return config(format!("expected `utcOffsetMinutes` within -1440..=1440, found `{offset}`"));
    }
    for &(start, offset) in &options.transitions {
        if !(-DAY_SECONDS..=DAY_SECONDS).contains(&offset) {
            return config(format!("expected offsets of `transitions` within a day, found `{offset}` seconds"));
        }
        if !(-MAX_TRANSITION..=MAX_TRANSITION).contains(&start) {
            return config(format!("expected `transitions` in seconds since 1970, found `{start}`"));
        }
    }
    if let Some(pair) = options.transitions.windows(2).find(|pair| matches!(pair, [a, b] if a.0 >= b.0)) {
        let starts: Vec<_> = pair.iter().map(|&(start, _)| start).collect();
        return config(format!("expected `transitions` ascending, found `{starts:?}`"));
    }
    Ok(match options.transitions.is_empty() {
        true => LocalClock::fixed(offset),
        false => LocalClock::from_transitions(&options.transitions),
    })
}

/// What definitions say about local time.
pub(super) fn local_time_note(options: &IngestOptions, wall_clock: bool) -> LocalTimeNote {
    LocalTimeNote {
        utc_offset_minutes: options.transitions.is_empty().then_some(options.utc_offset_minutes),
        time_zone: options.time_zone.clone(),
        wall_clock,
    }
}

/// The exclude list in the form [`is_excluded`] compares with.
pub(super) fn excluded_statuses(options: &IngestOptions) -> Vec<String> {
    match &options.exclude_statuses {
        Some(statuses) => statuses.iter().map(|status| normalised(status)).collect(),
        None => DEFAULT_EXCLUDED_STATUSES.map(str::to_owned).to_vec(),
    }
}

/// Whether orders of a status do not count: surrounding space and the case of ASCII letters do not matter.
pub(super) fn is_excluded(status: &str, excluded: &[String]) -> bool {
    excluded.contains(&normalised(status))
}

/// Whether a status is a usual one of orders that count, or none at all.
pub(super) fn is_known(status: &str) -> bool {
    let status = normalised(status);
    status.is_empty() || KNOWN_STATUSES.contains(&status.as_str())
}

fn normalised(status: &str) -> String {
    status.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_make_no_sense_are_refused() {
        let check = |options: IngestOptions, part: &str| {
            let error = clock(&options).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().contains(part), "{error}");
        };
        let with = |transitions: &[(i64, i32)]| IngestOptions { transitions: transitions.to_vec(), ..IngestOptions::default() };
        check(IngestOptions { utc_offset_minutes: 1441, ..IngestOptions::default() }, "`1441`");
        check(IngestOptions { utc_offset_minutes: i32::MIN, ..IngestOptions::default() }, "`-2147483648`");
        check(with(&[(0, 86_401)]), "`86401`");
        check(with(&[(i64::MIN, 0)]), "since 1970");
        check(with(&[(5, 0), (5, 3600)]), "`[5, 5]`");
        assert!(clock(&with(&[(-5, 0), (5, 3600)])).is_ok());
        assert_eq!(clock(&IngestOptions::default()).unwrap().offset_us(0), 8 * 3_600_000_000);
    }

    #[test]
    fn statuses_compare_without_case_and_space() {
        let default = excluded_statuses(&IngestOptions::default());
        assert!(is_excluded(" Cancelled\n", &default) && is_excluded("已取消", &default));
        assert!(!is_excluded("paid", &default) && !is_excluded("", &default));
        let own = excluded_statuses(&IngestOptions { exclude_statuses: Some(vec![" Test ".into()]), ..IngestOptions::default() });
        assert!(is_excluded("TEST", &own) && !is_excluded("void", &own));
    }
}
