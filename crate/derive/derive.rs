//! `#[derive(Read, Write)]` for options and results: the same JSON as serde's derives, in a fifth of the code.
//!
//! In: a struct or an enum with serde's attributes. Out: its `feilun::json::Read` and `Write`. Known are the attributes the crate uses; another one does
//! not compile, so that the two can never differ in silence (tests/rust/json.rs compares them besides).

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, LitStr, Variant};

/// Derives `feilun::json::Read`.
#[proc_macro_derive(Read)]
pub fn read(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input, read_body, |name, body| {
        quote! {
            impl crate::json::Read for #name {
                fn read(from: &mut crate::json::Reader<'_>, at: crate::json::At) -> Self { #body }
            }
        }
    })
}

/// Derives `feilun::json::Write`.
#[proc_macro_derive(Write)]
pub fn write(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input, write_body, |name, body| {
        quote! {
            impl crate::json::Write for #name {
                fn write(&self, to: &mut crate::json::Writer) { #body }
            }
        }
    })
}

fn expand(
    input: proc_macro::TokenStream,
    body: impl Fn(&Shape) -> TokenStream,
    whole: impl Fn(&Ident, TokenStream) -> TokenStream,
) -> proc_macro::TokenStream {
    let parsed = syn::parse::<DeriveInput>(input).and_then(|input| {
        let shape = Shape::of(&input)?;
        Ok(whole(&input.ident, body(&shape)))
    });
    parsed.unwrap_or_else(Error::into_compile_error).into()
}

/// A field, its name in JSON, and whether it may be left out.
struct Field {
    ident: Ident,
    name: String,
    default: bool,
}

/// What can be derived for.
enum Shape {
    /// `{name: value}`; with `default`, what is left out stays as it is by default.
    Struct { fields: Vec<Field>, default: bool, deny: bool },
    /// A struct around one value, written as that value.
    Transparent,
    /// A name.
    Names(Vec<(Ident, String)>),
    /// `{tag: name, content: value}`.
    Tagged { variants: Vec<(Ident, String)>, tag: String, content: String },
}

impl Shape {
    fn of(input: &DeriveInput) -> Result<Self, Error> {
        let serde = Serde::of(&input.attrs)?;
        match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(named) => {
                    let fields = named.named.iter().map(|field| {
                        let ident = field.ident.clone().ok_or_else(|| Error::new_spanned(field, "expected a name"))?;
                        let name = serde.renamed(&ident.to_string());
                        Ok(Field { name, default: Serde::of(&field.attrs)?.default, ident })
                    });
                    Ok(Self::Struct { fields: fields.collect::<Result<_, Error>>()?, default: serde.default, deny: serde.deny })
                }
                Fields::Unnamed(unnamed) if serde.transparent && unnamed.unnamed.len() == 1 => Ok(Self::Transparent),
                _ => Err(Error::new_spanned(input, "expected named fields, or one that is transparent")),
            },
            Data::Enum(data) => {
                let named = |variant: &Variant| (variant.ident.clone(), serde.renamed(&variant.ident.to_string()));
                let variants: Vec<_> = data.variants.iter().map(named).collect();
                match (&serde.tag, &serde.content) {
                    (Some(tag), Some(content)) => Ok(Self::Tagged { variants, tag: tag.clone(), content: content.clone() }),
                    _ if data.variants.iter().all(|variant| variant.fields.is_empty()) => Ok(Self::Names(variants)),
                    _ => Err(Error::new_spanned(input, "expected variants without values, or `tag` and `content`")),
                }
            }
            Data::Union(_) => Err(Error::new_spanned(input, "expected a struct or an enum")),
        }
    }
}

/// The attributes of serde that the crate uses.
#[derive(Default)]
struct Serde {
    rename: Option<String>,
    default: bool,
    deny: bool,
    transparent: bool,
    tag: Option<String>,
    content: Option<String>,
}

impl Serde {
    fn of(attributes: &[Attribute]) -> Result<Self, Error> {
        let mut serde = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let text = || meta.value()?.parse::<LitStr>().map(|text| Some(text.value()));
                match meta.path.get_ident().map(ToString::to_string).unwrap_or_default().as_str() {
                    "rename_all" => serde.rename = text()?,
                    "tag" => serde.tag = text()?,
                    "content" => serde.content = text()?,
                    "default" => serde.default = true,
                    "deny_unknown_fields" => serde.deny = true,
                    "transparent" => serde.transparent = true,
                    _ => return Err(meta.error("not known to feilun-derive")),
                }
                match serde.rename.as_deref() {
                    None | Some("camelCase" | "snake_case") => Ok(()),
                    Some(_) => Err(meta.error("expected camelCase or snake_case")),
                }
            })?;
        }
        Ok(serde)
    }

    /// `net_minor` → `netMinor`, `OnOrAfter` → `on_or_after`.
    fn renamed(&self, name: &str) -> String {
        match self.rename.as_deref() {
            Some("camelCase") => {
                let mut parts = name.split('_');
                let first = parts.next().unwrap_or_default().to_owned();
                parts.fold(first, |renamed, part| {
                    let mut letters = part.chars();
                    renamed
                        + &letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
                })
            }
            Some(_) => name.char_indices().fold(String::new(), |renamed, (at, letter)| {
                let gap = if letter.is_uppercase() && at > 0 { "_" } else { "" };
                renamed + gap + &letter.to_lowercase().to_string()
            }),
            None => name.to_owned(),
        }
    }
}

fn read_body(shape: &Shape) -> TokenStream {
    match shape {
        Shape::Struct { fields, default, deny } => {
            let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
            let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
            let known = if *deny { quote!(&[#(#names),*]) } else { quote!(&[]) };
            if *default {
                return quote! {
                    let mut fields = from.object(at, #known);
                    let mut read = Self::default();
                    #(if let Some(at) = from.given(&mut fields, #names) { read.#idents = crate::json::Read::read(from, at); })*
                    read
                };
            }
            let values = fields.iter().map(|Field { ident, name, default }| {
                if *default {
                    quote!(#ident: match from.given(&mut fields, #name) {
                        Some(at) => crate::json::Read::read(from, at),
                        None => ::std::default::Default::default(),
                    })
                } else {
                    quote!(#ident: { let at = from.field(&mut fields, #name); crate::json::Read::read(from, at) })
                }
            });
            quote! { let mut fields = from.object(at, #known); Self { #(#values),* } }
        }
        Shape::Transparent => quote!(Self(crate::json::Read::read(from, at))),
        Shape::Names(variants) => {
            let (idents, names): (Vec<_>, Vec<_>) = variants.iter().cloned().unzip();
            let (numbers, first) = (0..idents.len(), &idents[..1]);
            quote! { match from.name(at, &[#(#names),*]) { #(#numbers => Self::#idents,)* _ => Self::#(#first)* } }
        }
        Shape::Tagged { variants, tag, content } => {
            let (idents, names): (Vec<_>, Vec<_>) = variants.iter().cloned().unzip();
            let (numbers, first) = (0..idents.len(), &idents[..1]);
            quote! {
                let mut fields = from.object(at, &[]);
                let tag = from.field(&mut fields, #tag);
                let number = from.name(tag, &[#(#names),*]);
                let at = from.field(&mut fields, #content);
                match number {
                    #(#numbers => Self::#idents(crate::json::Read::read(from, at)),)*
                    _ => Self::#(#first)*(crate::json::Read::read(from, at)),
                }
            }
        }
    }
}

fn write_body(shape: &Shape) -> TokenStream {
    match shape {
        Shape::Struct { fields, .. } => {
            let (idents, names): (Vec<_>, Vec<_>) = fields.iter().map(|field| (&field.ident, &field.name)).unzip();
            quote! { to.open(b'{'); #(to.key(#names); crate::json::Write::write(&self.#idents, to);)* to.close(b'}'); }
        }
        Shape::Transparent => quote!(crate::json::Write::write(&self.0, to)),
        Shape::Names(variants) => {
            let (idents, names): (Vec<_>, Vec<_>) = variants.iter().cloned().unzip();
            quote! { to.text(match self { #(Self::#idents => #names),* }) }
        }
        Shape::Tagged { variants, tag, content } => {
            let (idents, names): (Vec<_>, Vec<_>) = variants.iter().cloned().unzip();
            quote! {
                to.open(b'{');
                to.key(#tag);
                match self {
                    #(Self::#idents(value) => { to.text(#names); to.key(#content); crate::json::Write::write(value, to); })*
                }
                to.close(b'}');
            }
        }
    }
}
