//! The crate → `pkg/src/wasm`: release build, panics silenced, wasm-bindgen from its library, wasm-opt from npm.
//!
//! The features of wasm-opt are named one by one: with all of them it writes modules that Node 20 does not load.

use std::path::{Path, PathBuf};

use rustc_demangle::demangle;
use walrus::ir::{InstrLocId, Unreachable};
use walrus::{FunctionKind, Module};
use wasm_bindgen_cli_support::Bindgen;

use crate::step::{cargo, command, digest, fresh_folder, npm_program, output, read, root, run, write};

/// What the module may use: the features rustc enables by default, and the SIMD we ask for.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Sources, and where what is compiled of them goes.
pub(crate) struct Place {
    sources: PathBuf,
    target: PathBuf,
}

impl Place {
    /// This workspace.
    pub(crate) fn here() -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        Self { sources: root().to_path_buf(), target }
    }

    /// A copy of it elsewhere.
    pub(crate) fn copy(sources: &Path) -> Self {
        Self { sources: sources.to_path_buf(), target: sources.join("target") }
    }

    /// The folder the bound module goes to.
    fn bound(&self) -> PathBuf {
        self.sources.join("pkg/src/wasm")
    }

    /// The bound module.
    pub(crate) fn module(&self) -> Result<Vec<u8>, String> {
        read(&self.bound().join("feilun_bg.wasm"))
    }
}

/// How much the module is optimised.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// What is published: minutes.
    Release,
    /// For trying a change out: seconds.
    Quick,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Quick => "quick",
        }
    }
}

/// Compiles the crate, without the names of this machine's folders, so that the same bytes come out on every machine.
pub(crate) fn compile(place: &Place, profile: Profile) -> Result<(), String> {
    let flags: Vec<String> =
        folders(&place.sources)?.into_iter().map(|(from, to)| format!("'--remap-path-prefix={}={to}'", from.display())).collect();
    let config = format!("target.wasm32-unknown-unknown.rustflags=[{}]", flags.join(", "));
    let target = ["--package", "feilun", "--lib", "--target", "wasm32-unknown-unknown", "--config", &config];
    let mut build = cargo(&[&["build", "--profile", profile.name()][..], &target].concat());
    build.current_dir(&place.sources).env("CARGO_TARGET_DIR", &place.target);
    run(build)
}

/// Folders whose files' names go into the module, and what stands for them: the sources, the standard library's sources, the packages'.
fn folders(sources: &Path) -> Result<Vec<(PathBuf, &'static str)>, String> {
    let sysroot = PathBuf::from(output(command("rustc", &["--print", "sysroot"]))?.trim());
    let mut folders = vec![(sources.to_path_buf(), "."), (sysroot.join("lib/rustlib/src/rust"), "rust")];
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let registries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    folders.extend(registries.into_iter().flatten().filter_map(|entry| Some((entry.ok()?.path(), "crates"))));
    Ok(folders)
}

/// Binds the compiled module, unless that was done for these very bytes; a release is optimised once more.
pub(crate) fn bind(place: &Place, profile: Profile) -> Result<(), String> {
    let compiled = read(&place.target.join("wasm32-unknown-unknown").join(profile.name()).join("feilun.wasm"))?;
    let folder = place.bound();
    let stamp = folder.join(".built-from");
    let built_from = digest(&compiled);
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == built_from) {
        return Ok(());
    }
    fresh_folder(&folder)?;
    let silent = silent(&compiled)?;
    let mut bindgen = Bindgen::new();
    let bound = bindgen.web(true).and_then(|bindgen| {
        bindgen.input_bytes("feilun", silent).omit_default_module_path(true).reset_state_function(true).typescript(true);
        bindgen.remove_producers_section(true).generate(&folder)
    });
    bound.map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    if profile == Profile::Release {
        optimise(&folder.join("feilun_bg.wasm"))?;
    }
    write(&stamp, built_from.as_bytes())
}

/// What a panic calls: it builds a message, and ends in a trap.
const PANICS: [&str; 12] = [
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already",
    "core::slice::index::slice_",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::handle_error",
    "std::panicking::",
    "__rustc::rust_begin_unwind",
];

/// The module with panics that trap at once. Nobody sees their messages: a trap is all that JavaScript is told. The code that builds them goes, and at
/// every check of an index the call.
fn silent(compiled: &[u8]) -> Result<Vec<u8>, String> {
    let mut module = Module::from_buffer(compiled).map_err(|error| format!("walrus: {error:#}"))?;
    let mut silenced = 0;
    for function in module.funcs.iter_mut() {
        let name = function.name.as_deref().map(|name| format!("{:#}", demangle(name))).unwrap_or_default();
        if let FunctionKind::Local(local) = &mut function.kind
            && PANICS.iter().any(|prefix| name.starts_with(prefix))
        {
            let entry = local.entry_block();
            local.block_mut(entry).instrs = vec![(Unreachable {}.into(), InstrLocId::default())];
            silenced += 1;
        }
    }
    // Another compiler may name them otherwise: then it is time to look again.
    if silenced < PANICS.len() { Err(format!("only {silenced} functions that panic were found")) } else { Ok(module.emit_wasm()) }
}

fn optimise(module: &Path) -> Result<(), String> {
    let before = read(module)?.len();
    let path = module.to_string_lossy();
    let mut arguments = vec![&*path, "-O3", "--output", &*path];
    arguments.extend(FEATURES);
    run(npm_program("wasm-opt", &arguments))?;
    println!("  feilun_bg.wasm: {} kB before wasm-opt, {} kB after", before / 1000, read(module)?.len() / 1000);
    Ok(())
}
