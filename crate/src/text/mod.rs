//! Names and sentences that results and charts carry, in zh-CN and en: the one catalogue of the crate's words.
//!
//! In: nothing. Out: [`Localized`] texts by topic. The npm package's copy (`terms.ts`) is generated from here; words only the page uses live in the page.

mod terms;

pub use terms::{TERMS, Term, term};

use crate::result::{Granularity, Lang, Localized};

impl Localized {
    /// Both languages.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Granularity {
    /// Its name: 月, month.
    #[must_use]
    pub fn name(self) -> Localized {
        term(match self {
            Self::Day => "granularity.day",
            Self::Week => "granularity.week",
            Self::Month => "granularity.month",
            Self::Quarter => "granularity.quarter",
            Self::Year => "granularity.year",
        })
    }
}
