//! Names and types → a proposal for each role.
//!
//! Four passes over all roles, from sure to likely: exact alias, usual alias, alias as a part of the name, the only column of the type. A column taken by
//! a surer pass is not offered again; two that fit equally well are both alternatives and neither is proposed.

use super::{aliases, fits, looks_personal};
use crate::ingest::ipc::{Column, Schema};
use crate::result::{Proposal, Role};

/// A name as aliases are compared: lower case, letters and digits only.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Confidence of each pass.
const PASSES: [(f64, Matches); 4] = [(1.0, is_exact), (0.8, is_usual), (0.5, is_part), (0.3, is_only_type)];

type Matches = fn(Role, &str) -> bool;

fn is_exact(role: Role, name: &str) -> bool {
    aliases::exact(role).contains(&name)
}

fn is_usual(role: Role, name: &str) -> bool {
    aliases::usual(role).contains(&name)
}

/// Short aliases are parts of too many words.
fn is_part(role: Role, name: &str) -> bool {
    let says = |alias: &&str| name.contains(*alias) && (alias.len() >= 6 || !alias.is_ascii());
    aliases::exact(role).iter().any(says)
}

/// Without a word of the name, only an order's time is told by its type.
fn is_only_type(role: Role, _: &str) -> bool {
    role == Role::OrderedAt
}

/// A proposal for every role, required ones first.
pub(in crate::ingest) fn propose(schema: &Schema) -> Vec<Proposal> {
    let names: Vec<String> = schema.columns.iter().map(|column| plain(&column.name)).collect();
    let none = |role| Proposal { role, column: None, alternatives: Vec::new(), confidence: 0.0 };
    let mut proposals = Role::ALL.map(none);
    let mut taken = vec![false; names.len()];
    for (confidence, matches) in PASSES {
        let before = taken.clone();
        for proposal in proposals.iter_mut().filter(|proposal| proposal.confidence == 0.0) {
            let free = |column: &Column, at: usize| !before.get(at).copied().unwrap_or(true) && fits(proposal.role, column);
            let candidates = schema.columns.iter().zip(&names).enumerate();
            let candidates = candidates.filter(|(at, (column, name))| free(column, *at) && matches(proposal.role, name));
            let found: Vec<_> = candidates
                .filter(|(_, (column, _))| !looks_personal(&column.name))
                .map(|(at, (column, _))| (at, column))
                .collect();
            match found.as_slice() {
                [] => continue,
                [(_, column)] => proposal.column = Some(column.name.clone()),
                several => proposal.alternatives = several.iter().map(|(_, column)| column.name.clone()).collect(),
            }
            proposal.confidence = confidence;
            for (at, _) in found {
                if let Some(taken) = taken.get_mut(at) {
                    *taken = true;
                }
            }
        }
    }
    for proposal in proposals.iter_mut().filter(|proposal| proposal.column.is_none()) {
        proposal.confidence = 0.0;
    }
    proposals.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::ipc::{TimeUnit, Type};

    fn schema(columns: &[(&str, Type)]) -> Schema {
        let column =
            |(name, data_type): &(&str, Type)| Column { name: (*name).to_owned(), data_type: data_type.clone(), encoding: None };
        Schema::of(columns.iter().map(column).collect())
    }

    fn check(columns: &[(&str, Type)], expected: &[(Role, Option<&str>, &[&str])]) {
        let proposals = propose(&schema(columns));
        for (role, column, alternatives) in expected {
            let proposal = proposals.iter().find(|proposal| proposal.role == *role).unwrap();
            assert_eq!(
                (proposal.column.as_deref(), proposal.alternatives.as_slice()),
                (*column, &alternatives.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>()[..]),
                "{role:?}"
            );
        }
    }

    fn time() -> Type {
        Type::Timestamp { unit: TimeUnit::Milli, zone: None }
    }

    #[test]
    fn chinese_and_english_names_are_found_whatever_their_case_and_separators() {
        let float = Type::Float { bits: 64 };
        check(
            &[
                ("会员编号", Type::Utf8),
                ("下单时间", time()),
                ("实付金额", float.clone()),
                ("退款 金额", float.clone()),
                ("手机号", Type::Utf8),
            ],
            &[
                (Role::CustomerId, Some("会员编号"), &[]),
                (Role::OrderedAt, Some("下单时间"), &[]),
                (Role::Amount, Some("实付金额"), &[]),
                (Role::RefundAmount, Some("退款 金额"), &[]),
                (Role::StoreId, None, &[]),
            ],
        );
        check(
            &[("Customer ID", Type::Utf8), ("InvoiceDate", time()), ("ORDER-TOTAL", float), ("Invoice_No", Type::LargeUtf8)],
            &[
                (Role::CustomerId, Some("Customer ID"), &[]),
                (Role::OrderedAt, Some("InvoiceDate"), &[]),
                (Role::Amount, Some("ORDER-TOTAL"), &[]),
                (Role::OrderId, Some("Invoice_No"), &[]),
            ],
        );
    }

    #[test]
    fn equal_candidates_are_alternatives_and_none_is_guessed() {
        let float = Type::Float { bits: 64 };
        check(
            &[
                ("created_at", time()),
                ("paid_at", time()),
                ("user_id", Type::Utf8),
                ("member_id", Type::Utf8),
                ("amount", Type::Utf8),
            ],
            &[
                (Role::OrderedAt, None, &["created_at", "paid_at"]),
                (Role::CustomerId, None, &["user_id", "member_id"]),
                (Role::Amount, None, &[]),
            ],
        );
        check(
            &[("refund_amount", float.clone()), ("x_order_amount_cny", float), ("when", time())],
            &[
                (Role::RefundAmount, Some("refund_amount"), &[]),
                (Role::Amount, Some("x_order_amount_cny"), &[]),
                (Role::OrderedAt, Some("when"), &[]),
            ],
        );
    }
}
