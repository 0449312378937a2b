//! Customers of a view → [`CustomerList`]: named by their ids or under pseudonyms, in the order of the names.

use crate::history::{Histories, View};
use crate::privacy::Pseudonyms;
use crate::result::{CustomerList, Definition};
use crate::sorting::sort_indices;

/// The names of customers, and their places by ascending name.
pub(crate) fn names(histories: &Histories, customers: &[u32], pseudonyms: Option<&Pseudonyms>) -> (Vec<String>, Vec<u32>) {
    let name = |&customer: &u32| {
        let id = histories.ids.get(customer);
        pseudonyms.map_or_else(|| String::from_utf8_lossy(id).into_owned(), |pseudonyms| pseudonyms.of(id))
    };
    let names: Vec<String> = customers.iter().map(name).collect();
    let mut order: Vec<u32> = (0..names.len() as u32).collect();
    sort_indices(&mut order, &|a, b| names[a as usize].cmp(&names[b as usize]));
    (names, order)
}

/// These customers, with what they did in the view.
pub(crate) fn list(view: &View<'_>, customers: &[u32], pseudonyms: Option<&Pseudonyms>, definition: Definition) -> CustomerList {
    let histories = view.histories;
    let (mut names, order) = names(histories, customers, pseudonyms);
    let by_name = order.iter().map(|&idx| customers[idx as usize] as usize);
    let last = |customer| view.purchases(customer).map(|row| histories.day[row]).max();
    CustomerList {
        definition,
        pseudonyms: pseudonyms.is_some(),
        recency_days: by_name.clone().map(|customer| last(customer).map_or(0, |day| view.end_day - 1 - day)).collect(),
        orders: by_name.clone().map(|customer| view.purchases(customer).count() as u32).collect(),
        net_minor: by_name.map(|customer| view.orders(customer).map(|row| histories.net_minor[row]).sum()).collect(),
        customer_id: order.iter().map(|&idx| std::mem::take(&mut names[idx as usize])).collect(),
    }
}
