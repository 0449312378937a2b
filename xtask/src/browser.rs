//! The browsers of the tests: named by `CHROME` and `FIREFOX`, else on PATH, else from Debian's packages when we are root there.

use std::path::{Path, PathBuf};

use crate::step::{command, run};

/// A browser and where it is found.
struct Browser {
    /// The environment variable that names its program.
    variable: &'static str,
    programs: &'static [&'static str],
    mac: &'static str,
    /// What Debian calls it, and what its pages need besides.
    packages: &'static [&'static str],
}

const CHROMIUM: Browser = Browser {
    variable: "CHROME",
    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    mac: "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    packages: &["chromium", "fonts-noto-cjk"],
};

const FIREFOX: Browser = Browser {
    variable: "FIREFOX",
    programs: &["firefox-esr", "firefox"],
    mac: "/Applications/Firefox.app/Contents/MacOS/firefox",
    packages: &["firefox-esr", "fonts-noto-cjk"],
};

/// The path of a Chromium, installed if need be and possible.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    CHROMIUM.path()
}

/// The path of a Firefox, installed if need be and possible.
pub(crate) fn firefox() -> Result<PathBuf, String> {
    FIREFOX.path()
}

impl Browser {
    fn path(&self) -> Result<PathBuf, String> {
        if let Some(path) = std::env::var_os(self.variable).map(PathBuf::from) {
            let no_file = || format!("{} names `{}`, which is no file", self.variable, path.display());
            return if path.is_file() { Ok(path) } else { Err(no_file()) };
        }
        if let Some(found) = self.on_path() {
            return Ok(found);
        }
        install_on_debian(self.packages)?;
        self.on_path().ok_or_else(|| format!("the packages {} installed none of {:?}", self.packages.join(", "), self.programs))
    }

    fn on_path(&self) -> Option<PathBuf> {
        let path = std::env::var_os("PATH")?;
        let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        let named = self.programs.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        named.chain([PathBuf::from(self.mac)]).find(|program| program.is_file())
    }
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

fn is_root_on_debian() -> bool {
    let user = std::process::Command::new("id").arg("-u").output();
    Path::new("/etc/debian_version").exists() && user.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}
