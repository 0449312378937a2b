//! Both languages of a text, and the names of what results speak of.

use crate::result::{Entity, Granularity, Lang, Localized, Role, SliceConfig, SliceRule};

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

impl Entity {
    /// Its name, of several: 客户, customers.
    #[must_use]
    pub fn name(self) -> Localized {
        term(match self {
            Self::Customer => "entity.customer",
            Self::Staff => "entity.staff",
            Self::Leader => "entity.leader",
            Self::Store => "entity.store",
        })
    }
}

impl SliceConfig {
    /// What a sentence says of slices: `，按首单的渠道分组`, `, by the channel of the first order`.
    #[must_use]
    pub fn clause(&self) -> Localized {
        let name = dimension_name(&self.by);
        let rule = term(match self.rule {
            SliceRule::FirstOrder => "slice.first_order",
            SliceRule::Home => "slice.home",
            SliceRule::Order => "slice.order",
        });
        Localized::new(format!("，按{}的{}分组", rule.zh, name.zh), format!(", by the {} of {}", name.en, rule.en))
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
