//! `bench`: made data, the release package, the peers of bench/package.json, and the run of bench/run.mjs.

use crate::browser::chromium;
use crate::build::release_package;
use crate::prepare::npm_ci;
use crate::step::{Failure, cargo, command, root, run, step};

/// The files of bench/data that a run reads.
const FILES: [&str; 6] = ["1m-utf8", "10m-utf8", "10m-dictionary", "10m-int64", "10m-utf8-lz4", "50m-int64"];
const QUICK_FILES: [&str; 4] = ["1m-utf8", "1m-dictionary", "1m-int64", "1m-utf8-lz4"];

/// Measures feilun and its peers; `quick` at a million orders.
pub(crate) fn bench(quick: bool) -> Result<(), Failure> {
    let data = root().join("target/bench-data");
    let data = data.to_string_lossy();
    release_package()?;
    step("peers", "check that the package registry can be reached", || npm_ci(&root().join("bench")))?;
    step("data", "check that there are 6 GB of room on the disk, 1 GB with `--quick`", || {
        let maker = ["run", "--release", "--quiet", "--package", "feilun-bench-data", "--", &data];
        run(cargo(&[&maker[..], if quick { &QUICK_FILES[..] } else { &FILES[..] }].concat()))
    })?;
    let chrome =
        step("Chromium", "install it (Debian: `apt-get install chromium fonts-noto-cjk`) or set CHROME to its path", chromium)?;
    step("bench", "an answer that differs is named above; else try again on a quiet machine", || {
        let mut node = command("node", &["bench/run.mjs", &data]);
        node.args(quick.then_some("--quick")).env("CHROME", &chrome);
        run(node)
    })
}
