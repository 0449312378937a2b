//! The task runner: `cargo xtask start | test | build | package | quick | bench | made | types | reproducible`.
//!
//! In: a fresh clone with Rust and Node. Out: the npm package in `pkg/dist`, the dashboard in `dist/dashboard`, a local server, or a full test run.
//! Every step says its name; a failing one says what to do.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a task runner talks to the terminal")]

mod bench;
mod browser;
mod build;
mod made;
mod prepare;
mod python;
mod samples;
mod start;
mod step;
mod test;
mod wasm;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <task>

  start   build everything and serve the dashboard at a local address
  test    run every check and test (formatting, clippy, Rust, TypeScript, Node, browser)
  build   build the npm package (pkg/dist) and the dashboard (dist/dashboard, for any file server)
  package build the npm package alone, as published
  quick   build the npm package alone, in seconds, hardly optimised: for trying a change out
  bench   measure against other engines in a browser and write bench/RESULTS.md; about 20 minutes [--quick: 3]
  made    write the made sample's tables and their planted truths [to a folder, else dist/made]
  types   rewrite pkg/src/generated from the Rust types
  reproducible  build the published wasm module twice, in two folders, and compare: about 5 minutes";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let outcome = match (arguments.next().as_deref(), arguments.next().as_deref()) {
        (Some("start"), None) => start::start(),
        (Some("test"), None) => test::test(),
        (Some("build"), None) => build::build(),
        (Some("package"), None) => build::release_package(),
        (Some("quick"), None) => build::quick(),
        (Some("bench"), None) => bench::bench(false),
        (Some("bench"), Some("--quick")) => bench::bench(true),
        (Some("made"), folder) => samples::made(folder),
        (Some("types"), None) => build::types(),
        (Some("reproducible"), None) => build::reproducible(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
