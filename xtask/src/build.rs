//! `build`: the npm package and the dashboard; `types`: the generated TypeScript.

use crate::prepare::prepare;
use crate::step::{Failure, cargo, fresh_folder, npm_program, root, run, step};
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
    step("package: compile TypeScript", "read the messages of tsc and vite above", package)
}

/// Rewrites `pkg/src/generated`.
pub(crate) fn types() -> Result<(), Failure> {
    step("types", "read the compiler's message above", || {
        let mut test = cargo(&["test", "--package", "feilun", "--features", "typegen", "--test", "rust", "typescript"]);
        test.env("UPDATE", "1");
        run(test)
    })
}

/// `tsc` file by file, with the bound wasm and the dashboard beside the result; the licences go along, npm packs them by name.
fn package() -> Result<(), String> {
    let dist = root().join("pkg/dist");
    fresh_folder(&dist)?;
    run(npm_program("tsc", &["--project", "pkg"]))?;
    let to = dist.join("wasm");
    fresh_folder(&to)?;
    for file in ["feilun.js", "feilun.d.ts", "feilun_bg.wasm", "feilun_bg.wasm.d.ts"] {
        std::fs::copy(wasm::folder().join(file), to.join(file)).map_err(|error| format!("cannot copy {file}: {error}"))?;
    }
    let declared = "elements/dashboard.d.ts";
    std::fs::copy(root().join("pkg/src").join(declared), dist.join(declared))
        .map_err(|error| format!("cannot copy {declared}: {error}"))?;
    run(npm_program("vite", &["build", "--config", "web/vite.config.ts", "--logLevel", "warn"]))?;
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        std::fs::copy(root().join(file), root().join("pkg").join(file))
            .map_err(|error| format!("cannot copy {file}: {error}"))?;
    }
    Ok(())
}

fn dashboard() -> Result<(), String> {
    run(npm_program("vite", &["build"]))
}
