//! `build`: the npm package and the dashboard; `types`: the generated TypeScript.

use crate::prepare::prepare;
use crate::step::{Failure, cargo, command, npm_program, run, step};
use crate::wasm::Profile;
use crate::{samples, wasm};

/// Builds `pkg/dist` and `dist/dashboard`.
pub(crate) fn build() -> Result<(), Failure> {
    npm_package(Profile::Release)?;
    step("samples", "check that there is room on the disk", samples::write)?;
    step("dashboard: bundle", "read vite's message above", dashboard)?;
    println!("\nbuilt pkg/dist (npm package `feilun`) and dist/dashboard (static files for any server)");
    Ok(())
}

/// Builds `pkg/dist` alone, as published.
pub(crate) fn release_package() -> Result<(), Failure> {
    npm_package(Profile::Release)
}

/// Builds `pkg/dist` alone, hardly optimised: enough to try a change out with the Node suites.
pub(crate) fn quick() -> Result<(), Failure> {
    npm_package(Profile::Quick)
}

fn npm_package(profile: Profile) -> Result<(), Failure> {
    prepare()?;
    step("wasm: compile", "read the compiler's message above; Rust 1.95 or newer is needed", || wasm::compile(profile))?;
    step("wasm: bind", "remove pkg/src/wasm and try again; `npm ci` restores wasm-opt", || wasm::bind(profile))?;
    step("package: types and bundles", "read the messages of tsc, vite and rolldown above", package)
}

/// Rewrites `pkg/src/generated`.
pub(crate) fn types() -> Result<(), Failure> {
    step("types", "read the compiler's message above", || {
        let mut test = cargo(&["test", "--package", "feilun", "--features", "typegen", "--test", "rust", "typescript"]);
        test.env("UPDATE", "1");
        run(test)
    })
}

/// Everything npm packs, the release notes and the sealed page.
fn package() -> Result<(), String> {
    run(command("node", &["pkg/build.mjs"]))
}

fn dashboard() -> Result<(), String> {
    run(npm_program("vite", &["build"]))
}
