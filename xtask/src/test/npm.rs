//! The TypeScript half: its types, and Vitest.

use anyhow::Result;

use super::count::vitest;
use super::{Report, json_report, runner, single};
use crate::npm;
use crate::project::Project;
use crate::step::step;

const FOLDER: &str = "pkg-template";

pub fn run(project: &Project) -> Result<Report> {
    step("npm packages of pkg-template", || npm::ci(project, FOLDER))?;
    let at = project.path(FOLDER);
    let types = single(project, "npm-types", npm::npm(&at)?.args(["run", "typecheck"]))?;

    let file = project.work("vitest.json");
    let _ = std::fs::remove_file(&file);
    let mut tests = npm::node(&at)?;
    tests.arg(npm::bin(&at, "vitest", "vitest")?).args(["run", "--reporter=default", "--reporter=json"]);
    tests.arg(format!("--outputFile.json={}", file.display())).env("CI", "1").env("NO_COLOR", "1");
    Ok(types.and(runner(project, "vitest", &mut tests, |_| vitest(&json_report(&file)?))?))
}
