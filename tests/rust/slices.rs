//! Slices and entities on tables checkable by head.

use feilun::ErrorKind;
use feilun::history::{Slices, View, ViewOptions, by_entity};
use feilun::result::{Filter, SliceConfig, SliceRule};

use crate::table::histories;

const TABLE: &str = "
    a 2025-01-01 10:00 1 store=S2
    a 2025-01-02 10:00 1 store=S1
    a 2025-01-03 10:00 1 store=S1
    b 2025-01-01 10:00 0 store=S1
    b 2025-01-02 10:00 1 store=S2
    b 2025-01-03 10:00 1 store=S1
    c 2025-01-01 10:00 1
    c 2025-01-05 10:00 1 store=S1
    d 2025-01-02 10:00 1 store=S2
    d 2025-01-02 10:00 1 store=S1
    e 2025-01-09 10:00 1";

/// The slices of each customer's orders, as labels.
fn check(rule: SliceRule, expected: [&str; 5]) {
    let histories = histories(TABLE);
    let filter = Filter::default();
    let view = View::new(&histories, ViewOptions { filter: &filter, until: None, count_zero: false }).unwrap();
    let slices = Slices::new(&view, &SliceConfig { by: "store_id".to_owned(), rule }).unwrap();
    let label = |slice| slices.label(slice).unwrap_or("-");
    let mut found = Vec::new();
    for (customer, expected) in expected.into_iter().enumerate() {
        let of_orders: Vec<&str> = view.orders(customer).map(|row| label(slices.of(customer, row))).collect();
        assert_eq!(of_orders.join(" "), expected, "{rule:?} {customer}");
        slices.of_customer(&view, customer, &mut found);
        let mut distinct = of_orders;
        distinct.sort_by_key(|label| (*label == "-", *label));
        distinct.dedup();
        assert_eq!(found.iter().map(|&slice| label(slice)).collect::<Vec<_>>(), distinct);
    }
    let parts: usize = (0..slices.count()).map(|slice| orders(&slices.view(&view, slice))).sum();
    assert_eq!(parts, orders(&view), "the slices part the orders");
}

fn orders(view: &View<'_>) -> usize {
    (0..view.n_customers()).map(|customer| view.orders(customer).count()).sum()
}

#[test]
fn customers_are_sliced_by_rule() {
    check(SliceRule::FirstOrder, ["S2 S2 S2", "S2 S2 S2", "- -", "S1 S1", "-"]);
    check(SliceRule::Home, ["S1 S1 S1", "S1 S1 S1", "S1 S1", "S2 S2", "-"]);
    check(SliceRule::Order, ["S2 S1 S1", "S1 S2 S1", "- S1", "S1 S2", "-"]);
}

#[test]
fn stores_have_histories_as_customers_have() {
    let histories = histories(TABLE);
    let stores = by_entity(&histories, "store_id").unwrap();
    assert_eq!((stores.ids.get(0), stores.ids.get(1)), (&b"S1"[..], &b"S2"[..]));
    assert_eq!(stores.offsets, [0, 6, 9]);
    assert!(stores.rows(0).map(|row| stores.time_us[row]).is_sorted());
    assert_eq!((stores.first_day, stores.end_day), (histories.first_day, histories.end_day));
    assert_eq!(by_entity(&histories, "staff_id").unwrap_err().kind(), ErrorKind::Config);
}
