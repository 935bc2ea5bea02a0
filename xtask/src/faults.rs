//! `cargo xtask faults`: the screen and the store when something goes wrong between page and server. A proxy in
//! front of the scripted server breaks requests, a browser meets what comes of it (`tests/e2e/faults`).

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::plan::Plan;
use crate::process::Service;
use crate::project::Project;
use crate::python::{self, For};
use crate::test::Verdict;
use crate::tools::{self, Need};
use crate::{browser, npm, page};

const FOLDER: &str = "tests/e2e";
/// Time between two looks at what was printed.
const POLL: Duration = Duration::from_millis(200);

/// Prepares what the browser tests need, plays what `words` ask for, and shows it as it goes.
///
/// # Errors
/// Something that is needed is missing or could not be made.
pub fn faults(project: &Project, words: &[String]) -> Result<Verdict> {
    tools::check(&[Need::Node, Need::Python, Need::Chrome])?;
    let mut jobs = Plan::new(project);
    page::plan(&mut jobs);
    python::plan(&mut jobs, For::Running);
    npm::plan(&mut jobs, FOLDER, "npm packages of the browser tests", 3);
    jobs.announce();
    jobs.run()?;
    let service = Service::start(project, "faults", &mut command(project, words)?)?;
    let mut shown = 0;
    loop {
        let ended = service.ended()?;
        let output = service.output();
        print!("{}", output.get(shown..).unwrap_or_default());
        stdout().flush().context("cannot print")?;
        shown = output.len();
        match ended {
            Some(status) if status.success() => return Ok(Verdict::Passed),
            Some(_) => return Ok(Verdict::Failed),
            None => sleep(POLL),
        }
    }
}

/// Returns the command that plays what `words` ask for.
///
/// # Errors
/// Node, its packages or a browser are missing.
pub fn command(project: &Project, words: &[String]) -> Result<Command> {
    let at = project.path(FOLDER);
    let mut play = npm::node(&at)?;
    play.arg(npm::bin(&at, "@playwright/test", "playwright")?).args(["test", "--config", "faults.config.ts"]);
    play.env("CKW_FAULTS", serde_json::to_string(words).context("words that are no text")?);
    play.env("CHROME", browser::chrome_for_stories().context("there is no browser")?);
    play.env("CKW_PYTHON", python::python(project)).env("NO_COLOR", "1");
    Ok(play)
}

/// Returns the report of the last run against this kind of server, `plain` or `keyed`.
pub fn report(project: &Project, server: &str) -> PathBuf {
    project.path(format!("target/faults/{server}.json"))
}
