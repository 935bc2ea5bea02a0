//! The demo page in a real browser against the real server. The suite starts its own servers; from here it gets
//! the built page, the server's Python (`CKW_PYTHON`) and the browser (`CHROME`).

use std::process::Command;

use anyhow::{Context, Result};

use super::count::playwright;
use super::{Report, Run, json_report, runner, slowest};
use crate::plan::{JobId, Load};
use crate::project::Project;
use crate::python::{self, For};
use crate::{browser, npm, page};

/// The browser tests.
pub const FOLDER: &str = "tests/e2e";

pub fn plan(run: &mut Run<'_>) {
    let page = page::plan(&mut run.plan);
    let [python, packages] = plan_needs(run);
    let needs = [page, python, packages];
    let since = run.selection.since.as_deref();
    run.add(
        "e2e",
        "stories",
        600,
        |job| job.load(Load::Machine).after(&needs),
        move |project| {
            let mut tests = npm::node(&project.path(FOLDER))?;
            tests.env("CHROME", browser::chrome_for_stories().context("there is no browser")?);
            playwright_run(project, "playwright", "playwright.config.ts", since, tests)
        },
    );
}

/// The jobs that all browser tests need: the server's Python and the npm packages.
pub fn plan_needs(run: &mut Run<'_>) -> [JobId; 2] {
    let python = python::plan(&mut run.plan, For::Running);
    [python, npm::plan(&mut run.plan, FOLDER, "npm packages of the browser tests", 3)]
}

/// Runs the stories of a configuration with `command`, which is Node; `log` names the log and the report. With a commit in
/// `since` only those that import what changed since.
pub fn playwright_run(
    project: &Project,
    log: &str,
    config: &str,
    since: Option<&str>,
    mut command: Command,
) -> Result<Report> {
    let at = project.path(FOLDER);
    let file = project.work(format!("{log}.json"));
    let _ = std::fs::remove_file(&file);
    command.current_dir(&at).arg(npm::bin(&at, "@playwright/test", "playwright")?);
    command.args(["test", "--config", config, "--reporter=list,json"]);
    command.args(since.map(|commit| format!("--only-changed={commit}")));
    command.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &file).env("CI", "1").env("NO_COLOR", "1");
    command.env("CKW_PYTHON", python::python(project));
    let report = runner(project, log, &mut command, |_| playwright(&json_report(&file)?))?;
    Ok(Report {
        timed: json_report(&file).map(|file| slowest::playwright(&file)).unwrap_or_default(),
        ..report
    })
}
