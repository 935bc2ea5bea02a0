//! The browsers on this machine: any of the Chromium family with the WebDriver that belongs to it, Firefox, WebKit.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::project::{self, Project};
use crate::tools::find;

const CHROMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
];

/// Where installers put a browser without putting it on `PATH`.
const CHROMES_ELSEWHERE: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

const DRIVERS_ELSEWHERE: [&str; 3] = [
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
    "/opt/homebrew/bin/chromedriver",
];

/// The browser: `CHROME`, else the first that is found.
pub fn chrome() -> Option<PathBuf> {
    named("CHROME").or_else(|| find(&CHROMES)).or_else(|| first_file(&CHROMES_ELSEWHERE))
}

/// The browser for stories, which open hundreds of windows: `CHROME`, else Chromium's headless shell, the same engine without
/// the browser's own window around each page (what Playwright downloads for itself), else [`chrome`].
pub fn chrome_for_stories() -> Option<PathBuf> {
    named("CHROME").or_else(|| find(&["chromium-headless-shell", "chrome-headless-shell"])).or_else(chrome)
}

/// Its WebDriver: `CHROMEDRIVER`, else the first that is found. Hosted CI names a folder, `CHROMEWEBDRIVER`.
pub fn chromedriver() -> Option<PathBuf> {
    let hosted = env::var_os("CHROMEWEBDRIVER").map(|folder| Path::new(&folder).join("chromedriver"));
    named("CHROMEDRIVER")
        .or_else(|| find(&["chromedriver", "chromium.chromedriver"]))
        .or_else(|| hosted.filter(|path| path.is_file()))
        .or_else(|| first_file(&DRIVERS_ELSEWHERE))
}

/// Firefox: `FIREFOX`, else the first that is found.
pub fn firefox() -> Option<PathBuf> {
    const ELSEWHERE: [&str; 2] =
        ["/Applications/Firefox.app/Contents/MacOS/firefox", r"C:\Program Files\Mozilla Firefox\firefox.exe"];
    named("FIREFOX").or_else(|| find(&["firefox", "firefox-esr"])).or_else(|| first_file(&ELSEWHERE))
}

/// WebKitGTK's WebDriver: `WEBKITDRIVER`, else the one that is found.
pub fn webkit_driver() -> Option<PathBuf> {
    named("WEBKITDRIVER").or_else(|| find(&["WebKitWebDriver"]))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn first_file(paths: &[&str]) -> Option<PathBuf> {
    paths.iter().map(PathBuf::from).find(|path| path.is_file())
}

/// Writes the WebDriver capabilities for wasm-bindgen's test runner: those of `webdriver.json`, with the
/// browser that was found here. Without its path chromedriver only knows the usual places.
pub fn webdriver_json(project: &Project) -> Result<PathBuf> {
    let mut capabilities = project::read_json(&project.path("webdriver.json"))?;
    let chrome = chrome().context("there is no browser")?;
    name_browser(&mut capabilities, &chrome.to_string_lossy());
    let file = project.work("webdriver.json");
    project::write(&file, capabilities.to_string())?;
    Ok(file)
}

fn name_browser(capabilities: &mut Value, chrome: &str) {
    if let Some(options) = capabilities.get_mut("goog:chromeOptions").and_then(Value::as_object_mut) {
        options.insert("binary".to_owned(), json!(chrome));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_run_in_the_browser_that_was_found_with_the_flags_of_the_project() {
        let mut capabilities = json!({"goog:chromeOptions": {"args": ["--headless"]}});
        name_browser(&mut capabilities, "/opt/chrome");
        assert_eq!(
            capabilities,
            json!({"goog:chromeOptions": {"args": ["--headless"], "binary": "/opt/chrome"}})
        );
    }
}
