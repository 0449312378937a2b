//! Enums that name their variant in one field and hold it in another.
//!
//! The content stays text until its name is known: derived reading would keep it as a tree of values, and with it two more readers of everything
//! that can be inside, which are a third of the wasm.

/// Implements `Deserialize` for an enum of one value a variant that is written as `{tag: name, content: value}`.
macro_rules! read_by_tag {
    ($of:ident, $tag:literal, $content:literal, { $($name:literal => $variant:ident),+ $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $of {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                use serde::de::Error as _;
                #[derive(serde::Deserialize)]
                struct Tagged {
                    #[serde(rename = $tag)]
                    tag: String,
                    #[serde(rename = $content)]
                    content: Box<serde_json::value::RawValue>,
                }
                // Names every variant, so that one left out does not compile.
                let _ = |all: &Self| match all { $(Self::$variant(_) => ()),+ };
                let Tagged { tag, content } = Tagged::deserialize(deserializer)?;
                match tag.as_str() {
                    $($name => serde_json::from_str(content.get()).map(Self::$variant).map_err(D::Error::custom),)+
                    other => Err(D::Error::unknown_variant(other, &[$($name),+])),
                }
            }
        }
    };
}

pub(crate) use read_by_tag;
