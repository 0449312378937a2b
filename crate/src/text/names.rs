//! Both languages of a text, and the names of what results speak of.

use crate::result::{Granularity, Lang, Localized, Role};

use super::terms::term;

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

/// The name of what orders are filtered and sliced by: of its role, or the column's own.
#[must_use]
pub fn dimension_name(key: &str) -> Localized {
    match Role::DIMENSIONS.iter().find(|role| role.name() == key) {
        Some(role) => term(&format!("role.{}", role.name())),
        None => Localized::new(key, key),
    }
}
