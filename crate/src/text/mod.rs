//! Names and sentences that results and charts carry, in zh-CN and en: the one catalogue of the crate's words.
//!
//! In: nothing. Out: [`Localized`] texts by topic. The npm package's copy (`terms.ts`) is generated from here; words only the page uses live in the page.

mod cases;
mod dictionary;
mod formulas;
mod names;
mod terms;

pub use cases::{CASES, Case, CaseQuestion};
pub use dictionary::{ComputedBy, DICTIONARY, DictionaryEntry};
pub use formulas::{FORMULAS, Formula};
pub use names::dimension_name;
pub use terms::{TERMS, Term, term};
