//! Named steps and the commands they run.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A step that failed, why, and what to do about it.
pub(crate) struct Failure {
    step: String,
    reason: String,
    advice: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "✗ step `{}` failed: {}\n  {}", self.step, self.reason, self.advice)
    }
}

/// Runs one step under its name; `advice` is what to do when it fails.
pub(crate) fn step<T>(name: &str, advice: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, Failure> {
    println!("▸ {name}");
    let started = Instant::now();
    let value = work().map_err(|reason| Failure { step: name.to_owned(), reason, advice: advice.to_owned() })?;
    println!("  {name}: done in {:.1} s", started.elapsed().as_secs_f64());
    Ok(value)
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A command in the workspace's folder, its output shown as it comes.
pub(crate) fn command(program: impl Into<PathBuf>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program.into());
    command.args(arguments).current_dir(root());
    command
}

/// The same program `cargo` that runs us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    command(std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from), arguments)
}

/// A program of the npm packages.
pub(crate) fn npm_program(name: &str, arguments: &[&str]) -> Command {
    command(root().join("node_modules/.bin").join(name), arguments)
}

/// Runs a command to its end; anything but success is an error that shows the command.
pub(crate) fn run(mut command: Command) -> Result<(), String> {
    let shown = shown(&command);
    let status = command.status().map_err(|error| format!("`{shown}` did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` ended with {status}")) }
}

/// What a command says.
pub(crate) fn output(mut command: Command) -> Result<String, String> {
    let shown = shown(&command);
    let said = command.output().map_err(|error| format!("`{shown}` did not start: {error}"))?;
    if said.status.success() {
        Ok(String::from_utf8_lossy(&said.stdout).into_owned())
    } else {
        Err(format!("`{shown}` ended with {}", said.status))
    }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    command.get_args().fold(program, |line, argument| line + " " + &argument.to_string_lossy())
}

/// Removes a folder if it is there, then makes it.
pub(crate) fn fresh_folder(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

/// Reads a file, naming it in the error.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

/// Writes a file, naming it in the error.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(file, bytes).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// A short name for a content, to see whether it changed.
pub(crate) fn digest(bytes: &[u8]) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
