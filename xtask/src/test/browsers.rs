//! The main story in the browsers that Playwright cannot drive as their makers ship them: Firefox, and on Linux
//! WebKit, each through its own WebDriver. From here they get what the e2e suite gets, and where the browsers are.

use std::env;
use std::process::Command;

use anyhow::{Context, Result};

use super::e2e::{plan_needs, playwright_run};
use super::{Report, Run};
use crate::plan::{Job, Load};
use crate::project::Project;
use crate::tools::{self, find};
use crate::{browser, page, programs};

pub fn plan(run: &mut Run<'_>) {
    let project = run.project;
    let install = Job::new("geckodriver", 70, move || programs::install_geckodriver(project));
    let geckodriver = run.plan.add(install);
    let page = page::plan(&mut run.plan);
    let [python, packages] = plan_needs(run);
    let needs = [geckodriver, page, python, packages];
    run.add(
        "browsers",
        "stories in Firefox and WebKit",
        60,
        |job| job.load(Load::Machine).after(&needs),
        stories,
    );
}

fn stories(project: &Project) -> Result<Report> {
    let mut tests = on_a_display()?;
    tests.env("GECKODRIVER", programs::geckodriver(project)?);
    tests.env("FIREFOX", browser::firefox().context("there is no Firefox")?);
    if let Some(driver) = browser::webkit_driver() {
        tests.env("WEBKITDRIVER", driver);
    }
    playwright_run(project, "browsers", "browsers.config.ts", None, tests)
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
