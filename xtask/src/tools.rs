//! What has to be on the machine before we can work, and cannot be installed from here: Node, Python, a
//! browser. A **need** that is not met is named with the one command that installs it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::browser;

/// The oldest Node that Vite runs on.
const NODE: (u32, u32) = (20, 19);
/// The oldest Python that the ChatKit SDK runs on, as 3.x.
const PYTHON: u32 = 11;

/// Something a command needs from the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Node and npm.
    Node,
    /// Python with `venv`.
    Python,
    /// A browser of the Chromium family.
    Chrome,
    /// The WebDriver that belongs to it.
    ChromeDriver,
    /// Firefox.
    Firefox,
    /// WebKitGTK's WebDriver, which brings a small browser.
    WebKitDriver,
    /// A screen, real or not: WebKitGTK has no headless mode.
    Display,
}

impl Need {
    /// `None` when it is there; else what is missing, with the command that installs it.
    fn missing(self) -> Option<String> {
        match self {
            Self::Node => match node() {
                None => Some(format!("Node {}.{} or newer with npm: {}", NODE.0, NODE.1, self.install())),
                Some((_, here)) if here < NODE => Some(format!(
                    "Node {}.{} or newer (here is {}.{}): {}",
                    NODE.0,
                    NODE.1,
                    here.0,
                    here.1,
                    self.install()
                )),
                Some(_) if find(&["npm"]).is_none() => Some(format!("npm: {}", self.install())),
                Some(_) => None,
            },
            Self::Python => match python() {
                None => Some(format!("Python 3.{PYTHON} or newer: {}", self.install())),
                Some(python) if !has_venv(&python) => Some(format!(
                    "Python's venv module: {}",
                    hint(
                        "apt-get install -y python3-venv",
                        "brew install python",
                        "winget install Python.Python.3.12"
                    )
                )),
                Some(_) => None,
            },
            Self::Chrome => browser::chrome()
                .is_none()
                .then(|| format!("Chromium or Chrome (or name it in CHROME): {}", self.install())),
            Self::ChromeDriver => browser::chromedriver()
                .is_none()
                .then(|| format!("chromedriver (or name it in CHROMEDRIVER): {}", self.install())),
            Self::Firefox => browser::firefox()
                .is_none()
                .then(|| format!("Firefox (or name it in FIREFOX): {}", self.install())),
            Self::WebKitDriver => browser::webkit_driver()
                .is_none()
                .then(|| format!("WebKitWebDriver (or name it in WEBKITDRIVER): {}", self.install())),
            Self::Display => (env::var_os("DISPLAY").is_none() && find(&["xvfb-run"]).is_none())
                .then(|| format!("a display, or xvfb-run to stand in for one: {}", self.install())),
        }
    }

    fn install(self) -> &'static str {
        match self {
            Self::Node => {
                hint("apt-get install -y nodejs npm", "brew install node", "winget install OpenJS.NodeJS.LTS")
            }
            Self::Python => hint(
                "apt-get install -y python3 python3-venv",
                "brew install python",
                "winget install Python.Python.3.12",
            ),
            Self::Chrome => hint(
                "apt-get install -y chromium",
                "brew install --cask google-chrome",
                "winget install Google.Chrome",
            ),
            Self::ChromeDriver => hint(
                "apt-get install -y chromium-driver",
                "brew install --cask chromedriver",
                "winget install Chromium.ChromeDriver",
            ),
            Self::Firefox => hint(
                "apt-get install -y firefox-esr",
                "brew install --cask firefox",
                "winget install Mozilla.Firefox",
            ),
            Self::WebKitDriver => "apt-get install -y webkit2gtk-driver",
            Self::Display => "apt-get install -y xvfb xauth",
        }
    }
}

const fn hint(debian: &'static str, macos: &'static str, windows: &'static str) -> &'static str {
    if cfg!(target_os = "macos") {
        macos
    } else if cfg!(windows) {
        windows
    } else {
        debian
    }
}

/// An error that names everything that is missing at once, so that nobody installs and fails in turns.
pub fn check(needs: &[Need]) -> Result<()> {
    let missing: Vec<String> = needs.iter().filter_map(|need| need.missing()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("this machine lacks:\n  - {}", missing.join("\n  - "))
}

/// The first of these programs on `PATH`.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| (folder, name)))
        .flat_map(|(folder, name)| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|path| path.is_file())
}

/// What a program prints when asked, if it can be run at all.
pub fn ask(program: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Node with its major and minor version.
pub fn node() -> Option<(PathBuf, (u32, u32))> {
    let node = find(&["node"])?;
    let version = node_version(&ask(&node, &["--version"])?)?;
    Some((node, version))
}

/// `v20.19.1` → 20 and 19.
fn node_version(answer: &str) -> Option<(u32, u32)> {
    let mut parts = answer.trim_start_matches('v').split('.').map(str::parse::<u32>);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// A Python that is new enough. Several may be installed, and `python3` need not be the newest.
pub fn python() -> Option<PathBuf> {
    let named = env::var_os("PYTHON").map(PathBuf::from).filter(|path| path.is_file());
    let names = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];
    named.into_iter().chain(names.iter().filter_map(|name| find(&[name]))).find(|python| {
        let version = ask(python, &["-c", "import sys; print(sys.version_info[0], sys.version_info[1])"]);
        version.is_some_and(|version| new_enough(&version))
    })
}

/// `3 11` → yes.
fn new_enough(version: &str) -> bool {
    let mut parts = version.split_whitespace().map(str::parse::<u32>);
    matches!((parts.next(), parts.next()), (Some(Ok(3)), Some(Ok(minor))) if minor >= PYTHON)
}

/// Debian ships Python without what `python -m venv` needs.
fn has_venv(python: &Path) -> bool {
    ask(python, &["-c", "import venv, ensurepip"]).is_some()
}

/// `PATH` with these folders before all others.
pub fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(folders.iter().cloned().chain(env::split_paths(&old)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_node_or_python_is_told_apart_from_a_new_one() {
        assert!(node_version("v20.9.0").is_some_and(|version| version < NODE));
        assert!(node_version("v20.19.0").is_some_and(|version| version >= NODE));
        assert!(node_version("v24.1.0").is_some_and(|version| version >= NODE));
        assert_eq!(node_version("nonsense"), None);
        assert!(new_enough("3 11"));
        assert!(!new_enough("3 9"));
        assert!(!new_enough("2 12"));
        assert!(!new_enough(""));
    }

    #[test]
    fn what_is_missing_is_named_with_a_command() {
        let needs = [
            Need::Node,
            Need::Python,
            Need::Chrome,
            Need::ChromeDriver,
            Need::Firefox,
            Need::WebKitDriver,
            Need::Display,
        ];
        for need in needs {
            assert!(need.install().contains("install "), "{need:?}");
        }
    }
}
