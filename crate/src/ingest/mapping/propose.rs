//! Names, types and first rows → a proposal for each role.
//!
//! Four passes over all roles, from sure to likely: exact alias, usual alias, alias as a part of the name, the only column of the type. A column taken by
//! a surer pass is not offered again; two that fit equally well are both alternatives and neither is proposed, unless the first rows of all but one are
//! empty. At last the first rows are asked what speaks against the columns found.

use super::{aliases, fits, looks_personal};
use crate::ingest::ipc::{Column, Schema};
use crate::result::{ColumnSample, Proposal, ProposalReason, Role};

/// A name as aliases are compared: lower case, letters and digits only.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Confidence and reason of each pass.
const PASSES: [(f64, ProposalReason, Matches); 4] = [
    (1.0, ProposalReason::ExactName, is_exact),
    (0.8, ProposalReason::UsualName, is_usual),
    (0.5, ProposalReason::PartOfName, is_part),
    (0.3, ProposalReason::OnlyOfType, is_only_type),
];

/// Fewer rows say nothing.
const ENOUGH_ROWS: u32 = 50;
/// Confidence in a column that only its unique values speak for.
const UNIQUE: f64 = 0.3;
/// Most confidence in a column that its first rows speak against.
const DOUBTED: f64 = 0.4;

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
pub(in crate::ingest) fn propose(schema: &Schema, samples: &[Option<ColumnSample>]) -> Vec<Proposal> {
    let names: Vec<String> = schema.columns.iter().map(|column| plain(&column.name)).collect();
    let none =
        |role| Proposal { role, column: None, alternatives: Vec::new(), confidence: 0.0, reason: ProposalReason::NoneFits };
    let sample = |at: usize| samples.get(at).copied().flatten();
    let mut proposals = Role::ALL.map(none);
    let mut taken = vec![false; names.len()];
    for (confidence, reason, matches) in PASSES {
        let before = taken.clone();
        for proposal in proposals.iter_mut().filter(|proposal| proposal.confidence == 0.0) {
            let free = |column: &Column, at: usize| !before.get(at).copied().unwrap_or(true) && fits(proposal.role, column);
            let candidates = schema.columns.iter().zip(&names).enumerate();
            let candidates = candidates.filter(|(at, (column, name))| free(column, *at) && matches(proposal.role, name));
            let found: Vec<_> = candidates
                .filter(|(_, (column, _))| !looks_personal(&column.name))
                .map(|(at, (column, _))| (at, column))
                .collect();
            let full: Vec<_> =
                found.iter().filter(|(at, _)| !sample(*at).is_some_and(|sample| is_mostly_empty(&sample))).collect();
            (proposal.confidence, proposal.reason) = match (found.as_slice(), full.as_slice()) {
                ([], _) => continue,
                ([(_, column)], _) => {
                    proposal.column = Some(column.name.clone());
                    (confidence, reason)
                }
                (_, [(_, column)]) => {
                    proposal.column = Some(column.name.clone());
                    (confidence * 0.9, ProposalReason::OthersEmpty)
                }
                (several, _) => {
                    proposal.alternatives = several.iter().map(|(_, column)| column.name.clone()).collect();
                    (confidence, ProposalReason::SeveralFit)
                }
            };
            for (at, _) in found {
                if let Some(taken) = taken.get_mut(at) {
                    *taken = true;
                }
            }
        }
    }
    propose_unique(&mut proposals, schema, &names, &taken, samples);
    for proposal in &mut proposals {
        let Some(column) = &proposal.column else {
            proposal.confidence = 0.0;
            continue;
        };
        let at = schema.columns.iter().position(|other| other.name == *column);
        if let Some(reason) = at.and_then(sample).and_then(|sample| doubt(proposal.role, &sample)) {
            (proposal.confidence, proposal.reason) = (proposal.confidence.min(DOUBTED), reason);
        }
    }
    proposals.to_vec()
}

/// An order id no name tells of: the one column named like an id whose first rows are all different.
fn propose_unique(
    proposals: &mut [Proposal],
    schema: &Schema,
    names: &[String],
    taken: &[bool],
    samples: &[Option<ColumnSample>],
) {
    let role = Role::OrderId;
    let Some(proposal) = proposals.iter_mut().find(|proposal| proposal.role == role && proposal.confidence == 0.0) else {
        return;
    };
    let is_named = |name: &String| ["id", "no", "sn", "号", "编码", "编号"].iter().any(|end| name.ends_with(end));
    let is_unique =
        |at: usize| samples.get(at).copied().flatten().is_some_and(|sample| sample.nulls == 0 && never_repeats(&sample));
    let mut candidates = schema.columns.iter().zip(names).enumerate().filter(|(at, (column, name))| {
        !taken.get(*at).copied().unwrap_or(true)
            && fits(role, column)
            && is_named(name)
            && !looks_personal(&column.name)
            && is_unique(*at)
    });
    if let (Some((_, (column, _))), None) = (candidates.next(), candidates.next()) {
        proposal.column = Some(column.name.clone());
        (proposal.confidence, proposal.reason) = (UNIQUE, ProposalReason::UniqueValues);
    }
}

/// What the first rows say against a column of a role.
fn doubt(role: Role, sample: &ColumnSample) -> Option<ProposalReason> {
    match role {
        Role::CustomerId if never_repeats(sample) => Some(ProposalReason::NeverRepeats),
        Role::CustomerId | Role::OrderedAt | Role::Amount | Role::OrderId if is_mostly_empty(sample) => {
            Some(ProposalReason::MostlyEmpty)
        }
        Role::OrderId if repeats(sample) => Some(ProposalReason::Repeats),
        _ => None,
    }
}

fn is_mostly_empty(sample: &ColumnSample) -> bool {
    sample.rows > 0 && u64::from(sample.nulls) * 20 >= u64::from(sample.rows) * 19
}

fn never_repeats(sample: &ColumnSample) -> bool {
    let filled = sample.rows - sample.nulls;
    filled >= ENOUGH_ROWS && sample.distinct == Some(filled)
}

/// One in twenty values or more has been there before.
fn repeats(sample: &ColumnSample) -> bool {
    let filled = sample.rows - sample.nulls;
    filled >= ENOUGH_ROWS && sample.distinct.is_some_and(|distinct| u64::from(distinct) * 20 <= u64::from(filled) * 19)
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
        let proposals = propose(&schema(columns), &[]);
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

    #[test]
    fn first_rows_decide_between_names_and_speak_against_them() {
        let columns = [
            ("member_id", Type::Utf8),
            ("user_id", Type::Utf8),
            ("下单时间", time()),
            ("amount", Type::Float { bits: 64 }),
            ("记录编号", Type::Utf8),
        ];
        let rows = |nulls, distinct| Some(ColumnSample { rows: 1_000, nulls, distinct });
        let check =
            |samples: [Option<ColumnSample>; 5], role: Role, column: Option<&str>, reason: ProposalReason, confidence: f64| {
                let proposals = propose(&schema(&columns), &samples);
                let found = proposals.iter().find(|proposal| proposal.role == role).unwrap();
                assert_eq!((found.column.as_deref(), found.reason), (column, reason));
                assert!((found.confidence - confidence).abs() < 1e-9, "{}", found.confidence);
            };
        let few = rows(0, Some(400));
        let others = [rows(0, None), rows(0, None), rows(0, Some(1_000))];
        let with = |first, second| [first, second, others[0], others[1], others[2]];
        check(with(few, few), Role::CustomerId, None, ProposalReason::SeveralFit, 0.0);
        check(with(few, rows(990, Some(3))), Role::CustomerId, Some("member_id"), ProposalReason::OthersEmpty, 0.9);
        check(with(rows(1_000, Some(0)), few), Role::CustomerId, Some("user_id"), ProposalReason::OthersEmpty, 0.9);
        check(
            with(rows(0, Some(1_000)), rows(1_000, Some(0))),
            Role::CustomerId,
            Some("member_id"),
            ProposalReason::NeverRepeats,
            0.4,
        );
        check(with(few, few), Role::OrderId, Some("记录编号"), ProposalReason::UniqueValues, 0.3);
        check([few, few, rows(999, None), others[1], few], Role::OrderedAt, Some("下单时间"), ProposalReason::MostlyEmpty, 0.4);
        check([few, few, others[0], others[1], few], Role::OrderId, None, ProposalReason::NoneFits, 0.0);
    }
}
