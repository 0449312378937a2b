//! The committed TypeScript equals what the Rust types generate; `UPDATE=1` rewrites it.

use std::path::Path;

fn check(file: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pkg/src/generated").join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "{file} differs from the Rust types: run `cargo xtask types` and commit it");
}

#[test]
fn generated_types_are_committed() {
    check("types.ts", &feilun::typegen::types());
}

#[test]
fn generated_terms_are_committed() {
    check("terms.ts", &feilun::typegen::terms());
}

#[test]
fn the_generated_dictionary_is_committed() {
    check("dictionary.ts", &feilun::typegen::dictionary());
}

#[test]
fn the_generated_formulas_are_committed() {
    check("formulas.ts", &feilun::typegen::formulas());
}

#[test]
fn the_generated_cases_are_committed() {
    check("cases.ts", &feilun::typegen::cases());
}

#[test]
fn generated_themes_are_committed() {
    check("themes.ts", &feilun::typegen::themes());
}

#[test]
fn no_bigint_reaches_typescript() {
    assert!(!feilun::typegen::types().contains("bigint"));
}
