//! A Python with the packages of tests/sql/requirements.txt, in a virtual environment of its own.

use std::path::{Path, PathBuf};

use crate::browser::install_on_debian;
use crate::step::{command, digest, read, root, run, write};

/// Reads every file of sql/ as DuckDB's SQL, writes it as Spark's and reads it again.
pub(crate) fn transpile_sql() -> Result<(), String> {
    let python = python(&root().join("tests/sql/requirements.txt"))?;
    run(command(python, &["tests/sql/transpile.py", "sql"]))
}

/// A Python that has the packages of a list, made if need be.
fn python(requirements: &Path) -> Result<PathBuf, String> {
    let folder = root().join("target/python");
    let (python, stamp) = (folder.join("bin/python"), folder.join(".feilun-requirements"));
    let wanted = digest(&read(requirements)?);
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let path = folder.to_string_lossy();
    let make = || run(command("python3", &["-m", "venv", "--clear", &path]));
    // Debian's python3 comes without the part that makes environments.
    make().or_else(|_| install_on_debian(&["python3-venv"]).and_then(|()| make()))?;
    let list = requirements.to_string_lossy();
    run(command(
        &python,
        &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement", &list],
    ))?;
    write(&stamp, wanted.as_bytes())?;
    Ok(python)
}
