//! A Chromium for the browser tests: `CHROME`, else on PATH, else from Debian's packages when we are root there.

use std::path::{Path, PathBuf};

use crate::step::{command, run};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The path of a Chromium, installed if need be and possible.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("CHROME").map(PathBuf::from) {
        return if path.is_file() { Ok(path) } else { Err(format!("CHROME names `{}`, which is no file", path.display())) };
    }
    if let Some(found) = on_path() {
        return Ok(found);
    }
    install_on_debian(&["chromium", "fonts-noto-cjk"])?;
    on_path().ok_or_else(|| "the package `chromium` installed no program of that name".to_owned())
}

/// Installs packages, where this is Debian and we are root there.
pub(crate) fn install_on_debian(packages: &[&str]) -> Result<(), String> {
    if !is_root_on_debian() {
        return Err(format!("not found, and not installed: {}", packages.join(", ")));
    }
    run(command("apt-get", &["update"]))?;
    let mut install = command("apt-get", &[&["install", "--yes", "--no-install-recommends"], packages].concat());
    install.env("DEBIAN_FRONTEND", "noninteractive");
    run(install)
}

fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let named = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.chain([PathBuf::from(MAC)]).find(|program| program.is_file())
}

fn is_root_on_debian() -> bool {
    let user = std::process::Command::new("id").arg("-u").output();
    Path::new("/etc/debian_version").exists() && user.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}
