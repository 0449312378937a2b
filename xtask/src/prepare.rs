//! What a fresh machine lacks: the wasm target and the npm packages of the lock file.

use std::path::Path;
use std::process::Command;

use crate::step::{Failure, command, digest, read, root, run, step, write};

/// Installs what is missing; does nothing on a machine that has it.
pub(crate) fn prepare() -> Result<(), Failure> {
    step("wasm target", "install it by hand: `rustup target add wasm32-unknown-unknown`", wasm_target)?;
    step(
        "npm packages",
        "check that Node 20.19 or newer and npm are installed, and that the package registry can be reached",
        || npm_ci(root()),
    )
}

fn wasm_target() -> Result<(), String> {
    if has_wasm_target() { Ok(()) } else { run(command("rustup", &["target", "add", "wasm32-unknown-unknown"])) }
}

/// Asks rustc for the target's own folder: works with and without rustup.
fn has_wasm_target() -> bool {
    let asked = Command::new("rustc").args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]).output();
    asked.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).exists())
}

/// `npm ci` in a folder, unless the packages in place are those of its lock file.
pub(crate) fn npm_ci(folder: &Path) -> Result<(), String> {
    let stamp = folder.join("node_modules/.feilun-lock");
    let lock = digest(&read(&folder.join("package-lock.json"))?);
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = command("npm", &["ci", "--no-audit", "--no-fund"]);
    npm.current_dir(folder);
    run(npm)?;
    write(&stamp, lock.as_bytes())
}
