//! `test`: every check, one build for all of them.

use std::path::PathBuf;

use crate::browser::{chromium, firefox};
use crate::build::{build, twice};
use crate::prepare::npm_ci;
use crate::python::transpile_sql;
use crate::step::{Failure, cargo, command, npm_program, root, run, step};

/// The folders of `node --test` suites that need no browser, and how many of their files run at a time: one where some measure time or memory.
const NODE_SUITES: [(&str, usize); 2] = [("tests/node", 1), ("tests/oracle", 2)];

/// The suites that open pages in browsers.
const BROWSER_SUITES: [&str; 2] = ["tests/packaging", "tests/browser"];

/// Runs everything.
pub(crate) fn test() -> Result<(), Failure> {
    let lint = ["--", "-D", "warnings"];
    step("formatting", "run `cargo fmt`", || run(cargo(&["fmt", "--all", "--check"])))?;
    build()?;
    step("clippy, native", "mend what clippy names above", || {
        run(cargo(&[&["clippy", "--workspace", "--all-targets", "--all-features"][..], &lint].concat()))
    })?;
    step("clippy, wasm", "mend what clippy names above", || {
        run(cargo(&[&["clippy", "--package", "feilun", "--lib", "--target", "wasm32-unknown-unknown"][..], &lint].concat()))
    })?;
    step("Rust tests", "the failing test names what differs; `UPDATE=1 cargo test` rewrites goldens", || {
        run(cargo(&["test", "--package", "feilun", "--all-features"]))
    })?;
    // In the profile this program itself was built in: its dependencies are not compiled a second time.
    step("tests of the made sample", "the failing test names what differs", || {
        run(cargo(&["test", "--package", "xtask", "--profile", "dev"]))
    })?;
    step("packages of the packaging fixtures", "check that the package registry can be reached", || {
        npm_ci(&root().join("tests/packaging/fixtures"))
    })?;
    for project in ["web", "tests"] {
        step(&format!("types of {project}/"), "read tsc's messages above", || {
            run(npm_program("tsc", &["--noEmit", "--project", project]))
        })?;
    }
    step(
        "sql for Spark",
        "what cannot be carried over is named above; needs Python 3 with venv and the package index",
        transpile_sql,
    )?;
    for (suite, at_a_time) in NODE_SUITES {
        step(suite, "the failing test names what differs", || node_suite(suite, at_a_time, &[]))?;
    }
    let chrome =
        step("Chromium", "install it (Debian: `apt-get install chromium fonts-noto-cjk`) or set CHROME to its path", chromium)?;
    let firefox = step("Firefox", "install it (Debian: `apt-get install firefox-esr`) or set FIREFOX to its path", firefox)?;
    let browsers = [("CHROME", chrome), ("FIREFOX", firefox)];
    for suite in BROWSER_SUITES {
        step(suite, "the failing test names what differs", || node_suite(suite, 1, &browsers))?;
    }
    twice()?;
    println!("\nall tests passed");
    Ok(())
}

/// Runs the `*.test.mjs` files of a folder; files are listed here because Node 20 and 22 read a folder's name differently.
fn node_suite(folder: &str, at_a_time: usize, browsers: &[(&str, PathBuf)]) -> Result<(), String> {
    let entries = std::fs::read_dir(root().join(folder)).map_err(|error| format!("cannot read {folder}: {error}"))?;
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let mut files: Vec<String> =
        names.filter(|name| name.ends_with(".test.mjs")).map(|name| format!("{folder}/{name}")).collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("{folder} holds no *.test.mjs"));
    }
    // A file that hangs fails; the longest takes minutes.
    let mut node = command("node", &["--test", "--test-reporter=spec", "--test-timeout=900000"]);
    node.arg(format!("--test-concurrency={at_a_time}")).args(&files);
    node.envs(browsers.iter().map(|(variable, path)| (variable, path)));
    run(node)
}
