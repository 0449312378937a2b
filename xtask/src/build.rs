//! `build`: the npm package and the dashboard; `types`: the generated TypeScript.

use std::path::Path;

use crate::prepare::prepare;
use crate::step::{Failure, cargo, command, digest, fresh_folder, npm_program, output, root, run, step};
use crate::wasm::{Place, Profile};
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
    let here = Place::here();
    step("wasm: compile", "read the compiler's message above; Rust 1.95 or newer is needed", || wasm::compile(&here, profile))?;
    step("wasm: bind", "remove pkg/src/wasm and try again; `npm ci` restores wasm-opt", || wasm::bind(&here, profile))?;
    step("package: types and bundles", "read the messages of tsc, vite and rolldown above", package)
}

/// Builds the published wasm module here and from a copy of the sources in another folder: both must be the same, byte for byte.
pub(crate) fn reproducible() -> Result<(), Failure> {
    release_package()?;
    twice()
}

/// The second build and the comparison; the first has to stand already.
pub(crate) fn twice() -> Result<(), Failure> {
    step("wasm, twice: the same bytes", "look for what a path, the time or the order of a map puts into the module", || {
        let sources = std::env::temp_dir().join(format!("feilun-{}", std::process::id()));
        fresh_folder(&sources)?;
        let modules = copy_sources(&sources).and_then(|()| {
            let (here, copy) = (Place::here(), Place::copy(&sources));
            wasm::compile(&copy, Profile::Release)?;
            wasm::bind(&copy, Profile::Release)?;
            Ok((here.module()?, copy.module()?))
        });
        std::fs::remove_dir_all(&sources).map_err(|error| format!("{}: {error}", sources.display()))?;
        let (here, copy) = modules?;
        println!("  here {}\n  copy {}", digest(&here), digest(&copy));
        if here == copy { Ok(()) } else { Err("the two modules differ".into()) }
    })
}

/// Copies what the crate is built from: its files, the workspace's, what cargo is told.
fn copy_sources(to: &Path) -> Result<(), String> {
    let listed = command(
        "git",
        &["ls-files", "-z", "Cargo.toml", "Cargo.lock", ".cargo", "crate", "xtask", "bench/data", "sql", "tests/rust"],
    );
    for path in output(listed)?.split('\0').filter(|path| !path.is_empty()) {
        let target = to.join(path);
        target.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(|error| format!("{path}: {error}"))?;
        std::fs::copy(root().join(path), target).map_err(|error| format!("{path}: {error}"))?;
    }
    Ok(())
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
