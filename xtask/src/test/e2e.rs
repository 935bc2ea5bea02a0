//! The demo page in a real browser against the real server. The suite starts its own servers; from here it gets
//! the built page, the server's Python (`CKW_PYTHON`) and the browser (`CHROME`).

use anyhow::{Context, Result};

use super::count::playwright;
use super::{Report, json_report, runner};
use crate::project::Project;
use crate::python::{self, For};
use crate::step::step;
use crate::{browser, npm, pack, page};

const FOLDER: &str = "tests/e2e";

pub fn run(project: &Project) -> Result<Report> {
    pack::pack(project)?;
    page::build(project)?;
    step("Python environment", || python::environment(project, For::Running))?;
    step("npm packages of the browser tests", || npm::ci(project, FOLDER))?;
    let at = project.path(FOLDER);
    let file = project.work("playwright.json");
    let _ = std::fs::remove_file(&file);
    let mut tests = npm::node(&at)?;
    tests.arg(npm::bin(&at, "@playwright/test", "playwright")?).args(["test", "--reporter=list,json"]);
    tests.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &file).env("CI", "1").env("NO_COLOR", "1");
    tests.env("CKW_PYTHON", python::python(project));
    tests.env("CHROME", browser::chrome().context("there is no browser")?);
    runner(project, "playwright", &mut tests, |_| playwright(&json_report(&file)?))
}
