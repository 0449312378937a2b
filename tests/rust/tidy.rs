//! The walls and habits of the repository, held by a program: a rule nothing checks is a wish.
//!
//! In: every source file of the repository. Out: one complaint per file and rule. Each rule carries an example it must complain about
//! and one it must let pass, so that none can quietly stop working.

use std::path::{Path, PathBuf};

/// A file as a rule sees it.
struct Source<'a> {
    /// From the root of the repository, with `/`.
    path: &'a str,
    text: &'a str,
}

struct Rule {
    name: &'static str,
    /// What is wrong with the file, if anything.
    complaint: fn(&Source) -> Option<String>,
    /// Path and text of a file that breaks the rule.
    bad: &'static [(&'static str, &'static str)],
    /// Path and text of a file that keeps it.
    good: &'static [(&'static str, &'static str)],
}

const RULES: &[Rule] = &[
    Rule {
        name: "every source file begins with a header comment",
        complaint: |file| {
            let openings: &[&str] = match file.extension() {
                "rs" => &["//!"],
                "ts" | "mts" | "mjs" | "js" => &["//", "/*", "#!"],
                "css" => &["/*"],
                "html" => &["<!doctype html>\n<!--", "<!--"],
                "sql" => &["--"],
                "toml" | "sh" | "yml" => &["#"],
                _ => return None,
            };
            let begins = openings.iter().any(|opening| file.text.starts_with(opening));
            (!begins).then(|| format!("begins with none of {openings:?}"))
        },
        bad: &[("crate/src/x.rs", "use std::fmt;\n"), ("sql/x.sql", "select 1"), ("index.html", "<!doctype html>\n<html>")],
        good: &[("crate/src/x.rs", "//! Says what it does.\n"), ("index.html", "<!doctype html>\n<!-- The page. -->")],
    },
    Rule {
        name: "foreign crates stay behind their walls",
        complaint: |file| {
            const WALLS: [(&[&str], &[&str]); 3] = [
                (
                    &["arrow2", "arrow_format", "polars_arrow_format", "planus"],
                    &["crate/src/ingest/", "crate/src/export/", "xtask/src/made/"],
                ),
                (&["plotters", "plotters_backend", "plotters_svg"], &["crate/src/charts/"]),
                (&["wasm_bindgen", "wasm_bindgen_futures", "js_sys", "web_sys", "serde_wasm_bindgen"], &["crate/src/js/"]),
            ];
            let is_ours = file.is_in(&["crate/src/", "xtask/src/"]) && file.extension() == "rs";
            let code = file.code();
            let outside = WALLS.iter().filter(|(_, folders)| is_ours && !file.is_in(folders));
            let named = outside.flat_map(|(crates, _)| crates.iter()).find(|name| has_word(&code, name))?;
            Some(format!("names `{named}`"))
        },
        bad: &[
            ("crate/src/history/x.rs", "//! X\nuse arrow2::array::Array;"),
            ("crate/src/ingest/x.rs", "//! X\nfn f() { plotters::f() }"),
            ("crate/src/lib.rs", "//! X\nuse {wasm_bindgen};"),
        ],
        good: &[
            ("crate/src/ingest/x.rs", "//! X\nuse arrow2::array::Array;"),
            ("crate/src/lib.rs", "//! Not arrow2 itself.\nfn f() {} // nor plotters"),
        ],
    },
    Rule {
        name: "the data flows one way",
        complaint: |file| {
            const FORBIDDEN: [(&str, &[&str]); 10] = [
                ("text", &["ingest", "history", "cohort", "rfm", "flywheel", "charts", "js"]),
                ("result", &["ingest", "history", "cohort", "rfm", "flywheel", "charts", "js"]),
                ("ingest", &["history", "cohort", "rfm", "flywheel", "charts", "js"]),
                ("history", &["cohort", "rfm", "flywheel", "charts", "js"]),
                ("cohort", &["rfm", "flywheel", "charts", "js"]),
                ("rfm", &["cohort", "flywheel", "charts", "js"]),
                ("flywheel", &["cohort", "rfm", "charts", "js"]),
                ("charts", &["ingest", "history", "cohort", "rfm", "flywheel", "js"]),
                ("export", &["ingest", "history", "cohort", "rfm", "flywheel", "charts", "js"]),
                ("privacy", &["ingest", "history", "cohort", "rfm", "flywheel", "charts", "js"]),
            ];
            let inside = file.path.strip_prefix("crate/src/")?;
            let (_, forbidden) = FORBIDDEN.iter().find(|(folder, _)| inside.starts_with(&format!("{folder}/")))?;
            let named = modules_named(&file.code(), inside.ends_with("mod.rs"));
            let wrong = named.into_iter().find(|module| forbidden.contains(&module.as_str()))?;
            Some(format!("names the module `{wrong}`"))
        },
        bad: &[
            ("crate/src/rfm/x.rs", "//! X\nuse crate::cohort::compute;"),
            ("crate/src/charts/x.rs", "//! X\nuse crate::{result::Lang, history::{Histories, View}};"),
            ("crate/src/history/x.rs", "//! X\nfn f() { crate::flywheel::compute() }"),
            ("crate/src/cohort/mod.rs", "//! X\nuse super::rfm;"),
        ],
        good: &[
            (
                "crate/src/rfm/x.rs",
                "//! [`crate::cohort`] is no concern of ours.\nuse crate::{Result, result::{cohort::CohortTable}};",
            ),
            ("crate/src/charts/cohort/x.rs", "//! X\nuse super::cohort; use crate::result::Lang;"),
        ],
    },
    Rule {
        name: "the crate reads no clock, environment, file or network",
        complaint: |file| {
            const OUTSIDE: [&str; 9] = [
                "std::time",
                "std::env",
                "std::fs",
                "std::net",
                "std::process",
                "Instant",
                "SystemTime",
                "Date::now",
                "Date.now",
            ];
            let code = file.code();
            let found = OUTSIDE.iter().find(|name| file.is_in(&["crate/src/"]) && has_word(&code, name))?;
            Some(format!("names `{found}`"))
        },
        bad: &[
            ("crate/src/rfm/x.rs", "//! X\nuse std::time::Duration;"),
            ("crate/src/js/x.rs", "//! X\nfn f() { js_sys::Date::now(); }"),
        ],
        good: &[("xtask/src/x.rs", "//! X\nuse std::time::Instant;"), ("crate/src/rfm/x.rs", "//! X\nstruct Instants;")],
    },
    Rule {
        name: "lib.rs, mod.rs and index.ts hold no logic",
        complaint: |file| {
            const LOGIC: [&str; 13] = [
                "fn",
                "impl",
                "struct",
                "enum",
                "trait",
                "const",
                "static",
                "macro_rules",
                "let",
                "function",
                "class",
                "if",
                "new",
            ];
            let name = file.path.rsplit('/').next()?;
            let code = file.code();
            let found = words(&code).find(|word| ["lib.rs", "mod.rs", "index.ts"].contains(&name) && LOGIC.contains(word))?;
            Some(format!("holds `{found}`"))
        },
        bad: &[("crate/src/x/mod.rs", "//! X\nfn f() {}"), ("pkg/src/index.ts", "// X\nexport const a = 1;")],
        good: &[
            ("crate/src/x/mod.rs", "//! If new, let fn be.\nmod y;\npub use y::f;"),
            ("pkg/src/index.ts", "/** The new class.\n * const */\nexport { a } from \"./a.js\";"),
        ],
    },
    Rule {
        name: "files have at most 600 lines, tests and docs not counted",
        complaint: |file| {
            let is_source = ["rs", "ts", "mjs", "js", "css", "html", "sql"].contains(&file.extension());
            let lines = file.code().lines().filter(|line| !line.trim().is_empty()).count();
            (is_source && !file.is_in(&["tests/"]) && lines > 600).then(|| format!("has {lines} lines"))
        },
        bad: &[("crate/src/x.rs", LONG)],
        good: &[("tests/rust/x.rs", LONG)],
    },
    Rule {
        name: "nothing is left undone, skipped or singled out",
        complaint: |file| {
            const UNDONE: [&str; 5] = ["todo!(", "unimplemented!(", "dbg!(", "#[ignore", "FIXME"];
            const SKIPPED: [&str; 9] = [
                "test.skip",
                "it.skip",
                "describe.skip",
                "test.only",
                "it.only",
                "describe.only",
                "test.todo",
                "skip: true",
                "only: true",
            ];
            let words: &[&str] = match file.extension() {
                "rs" => &UNDONE,
                "ts" | "mts" | "mjs" | "js" => &SKIPPED,
                _ => return None,
            };
            words.iter().find(|word| file.text.contains(**word)).map(|word| format!("holds `{word}`"))
        },
        bad: &[("crate/src/x.rs", "//! X\nfn f() { todo!() }"), ("tests/x.test.mjs", "// X\ntest.only(\"x\", f);")],
        good: &[("crate/src/x.rs", "//! X\nfn f() { rows.iter().skip(1) }"), ("tests/x.test.mjs", "// X\ntest(\"x\", f);")],
    },
    Rule {
        name: "the project stands alone",
        complaint: |file| {
            const PLACES: [&str; 4] = ["/tmp/", "/root/", "/home/", "/Users/"];
            let is_lock = file.path.ends_with("lock.json") || file.path.ends_with(".lock");
            let found = PLACES.iter().find(|place| !is_lock && file.text.contains(**place))?;
            Some(format!("names `{found}`"))
        },
        bad: &[("docs/x.md", "See `/home/me/x`."), ("xtask/src/x.rs", "//! X\nconst A: &str = \"/tmp/x\";")],
        good: &[("docs/x.md", "A home/office view."), ("package-lock.json", "\"/tmp/x\"")],
    },
    Rule {
        name: "the dashboard uses only the public API of `feilun`, and Lit",
        complaint: |file| {
            let is_page = file.is_in(&["web/src/"]) && file.extension() == "ts";
            let depth = file.path.matches('/').count().saturating_sub(1);
            let package =
                |from: &str| ["feilun", "lit"].iter().any(|name| from == *name || from.starts_with(&format!("{name}/")));
            let is_inside = |from: &str| from.starts_with('.') && from.matches("../").count() <= depth;
            let wrong = imports(file.text).into_iter().find(|from| is_page && !package(from) && !is_inside(from))?;
            Some(format!("imports from `{wrong}`"))
        },
        bad: &[
            ("web/src/x.ts", "// X\nimport { a } from \"../../pkg/src/a.js\";"),
            ("web/src/x.ts", "// X\nimport \"littlest\";"),
            ("web/src/x.ts", "// X\nconst a = await import(\"lodash\");"),
        ],
        good: &[(
            "web/src/pages/x.ts",
            "// X\nimport { open } from \"feilun\";\nimport \"../state.js\";\nimport \"feilun/elements\";",
        )],
    },
    Rule {
        name: "no file is a drawer for odds and ends",
        complaint: |file| {
            let stem = file.path.rsplit('/').next()?.split('.').next()?;
            ["helpers", "helper", "utils", "util", "misc", "common"].contains(&stem).then(|| format!("is called `{stem}`"))
        },
        bad: &[("crate/src/utils.rs", ""), ("web/src/helpers.ts", "")],
        good: &[("crate/src/history/calendar.rs", "")],
    },
];

/// 601 lines of code.
const LONG: &str = match std::str::from_utf8(&LONG_BYTES) {
    Ok(text) => text,
    Err(_) => panic!("ascii"),
};
const LONG_BYTES: [u8; 1202] = {
    let mut bytes = [b';'; 1202];
    let mut line = 0;
    while line < 601 {
        bytes[line * 2 + 1] = b'\n';
        line += 1;
    }
    bytes
};

impl Source<'_> {
    fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// The text without comments and, in Rust, without the test module at the end.
    fn code(&self) -> String {
        let text = match self.extension() {
            "rs" => self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default(),
            _ => self.text,
        };
        let line_comment = if self.extension() == "sql" { "--" } else { "//" };
        without_blocks(text).lines().map(|line| line.split(line_comment).next().unwrap_or_default().to_owned() + "\n").collect()
    }
}

/// The text without `/* … */`.
fn without_blocks(text: &str) -> String {
    let mut parts = text.split("/*");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept += part.split_once("*/").map_or("", |(_, after)| after);
    }
    kept
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Whether `name` stands in the code as a word of its own.
fn has_word(code: &str, name: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(name)
        .any(|(at, _)| !is_word(code[..at].chars().next_back()) && !is_word(code[at + name.len()..].chars().next()))
}

/// The modules of the crate that Rust code names: the first segment of every path from the crate's root, groups opened.
fn modules_named(code: &str, is_top: bool) -> Vec<String> {
    let roots: &[&str] = if is_top { &["crate::", "super::"] } else { &["crate::", "super::super::"] };
    let mut named = Vec::new();
    for (at, root) in roots.iter().flat_map(|root| code.match_indices(root)) {
        let path = &code[at + root.len()..];
        let Some(group) = path.strip_prefix('{') else {
            named.extend(words(path).next().map(str::to_owned));
            continue;
        };
        let mut depth = 0;
        let mut first = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                _ if first && c.is_alphabetic() => {
                    named.extend(words(&group[at..]).next().map(str::to_owned));
                    first = false;
                }
                _ => {}
            }
        }
    }
    named
}

/// The module names TypeScript imports or re-exports from.
fn imports(text: &str) -> Vec<&str> {
    let after = ["from \"", "import \"", "import(\""];
    let starts = after.iter().flat_map(|opening| text.match_indices(opening).map(|(at, opening)| at + opening.len()));
    starts.filter_map(|start| text[start..].split('"').next()).collect()
}

/// Every text file of the repository but what is built, downloaded or locked, as path and text.
fn sources() -> Vec<(String, String)> {
    const NOT_OURS: [&str; 9] =
        [".git", ".cache", "target", "node_modules", "dist", "generated", "samples", "wasm", "proptest-regressions"];
    const TEXT: [&str; 14] = ["rs", "ts", "mts", "mjs", "js", "css", "html", "sql", "toml", "md", "json", "yml", "sh", "lock"];
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let extension = path.extension().map_or("", |extension| extension.to_str().unwrap());
            if path.is_dir() && !NOT_OURS.contains(&name) {
                folders.push(path);
            } else if path.is_file() && TEXT.contains(&extension) {
                found.push((relative(&root, &path), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap().components();
    parts.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
}

#[test]
fn the_repository_is_tidy() {
    let sources = sources();
    assert!(sources.iter().any(|(path, _)| path == "crate/src/lib.rs"), "the sources were not found");
    let mut complaints = Vec::new();
    // This file holds the words the rules look for.
    for (path, text) in sources.iter().filter(|(path, _)| path != "tests/rust/tidy.rs") {
        for rule in RULES {
            let complaint = (rule.complaint)(&Source { path, text });
            complaints.extend(complaint.map(|complaint| format!("{path}: {complaint} ({})", rule.name)));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn every_rule_can_fail_and_pass() {
    for rule in RULES {
        let complaint = |&(path, text): &(&str, &str)| (rule.complaint)(&Source { path, text });
        for bad in rule.bad {
            assert!(complaint(bad).is_some(), "`{}` lets {bad:?} pass", rule.name);
        }
        for good in rule.good {
            assert_eq!(complaint(good), None, "`{}` complains about {good:?}", rule.name);
        }
    }
}
