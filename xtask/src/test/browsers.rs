//! The main story in the browsers that Playwright cannot drive as their makers ship them: Firefox, and on Linux
//! WebKit, each through its own WebDriver. From here they get what the e2e suite gets, and where the browsers are.

use std::env;
use std::process::Command;

use anyhow::{Context, Result};

use super::count::playwright;
use super::{Report, json_report, runner};
use crate::project::Project;
use crate::python::{self, For};
use crate::step::step;
use crate::tools::{self, find};
use crate::{browser, npm, pack, page, wasm};

const FOLDER: &str = "tests/e2e";

pub fn run(project: &Project) -> Result<Report> {
    step("geckodriver, compiled once", || wasm::install_geckodriver(project))?;
    pack::pack(project)?;
    page::build(project)?;
    step("Python environment", || python::environment(project, For::Running))?;
    step("npm packages of the browser tests", || npm::ci(project, FOLDER))?;
    let at = project.path(FOLDER);
    let file = project.work("browsers.json");
    let _ = std::fs::remove_file(&file);
    let mut tests = on_a_display()?;
    tests.current_dir(&at).arg(npm::bin(&at, "@playwright/test", "playwright")?);
    tests.args(["test", "--config", "browsers.config.ts", "--reporter=list,json"]);
    tests.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &file).env("CI", "1").env("NO_COLOR", "1");
    tests.env("CKW_PYTHON", python::python(project));
    tests
        .env("GECKODRIVER", wasm::geckodriver(project)?)
        .env("FIREFOX", browser::firefox().context("there is no Firefox")?);
    if let Some(driver) = browser::webkit_driver() {
        tests.env("WEBKITDRIVER", driver);
    }
    runner(project, "browsers", &mut tests, |_| playwright(&json_report(&file)?))
}

/// Node, on the screen that is there or on one in memory: WebKitGTK has no headless mode.
fn on_a_display() -> Result<Command> {
    let (node, _) = tools::node().context("Node is not installed")?;
    match find(&["xvfb-run"]) {
        Some(xvfb) if env::var_os("DISPLAY").is_none() => {
            let mut command = Command::new(xvfb);
            command.arg("-a").arg(node);
            Ok(command)
        }
        _ => Ok(Command::new(node)),
    }
}
