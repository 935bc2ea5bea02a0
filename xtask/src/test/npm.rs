//! The TypeScript half: its types, and Vitest.

use anyhow::Result;

use super::count::vitest;
use super::{Report, Run, json_report, runner, single, slowest};
use crate::npm;
use crate::project::Project;

const FOLDER: &str = "pkg-template";

pub fn plan(run: &mut Run<'_>) {
    let packages = npm::plan(&mut run.plan, FOLDER, "npm packages of pkg-template", 15);
    run.add(
        "npm",
        "types",
        5,
        |job| job.after(&[packages]),
        |project| single(project, "npm-types", npm::npm(&project.path(FOLDER))?.args(["run", "typecheck"])),
    );
    let since = run.selection.since.as_deref();
    run.add("npm", "vitest", 40, |job| job.after(&[packages]), move |project| vitest_run(project, since));
}

fn vitest_run(project: &Project, since: Option<&str>) -> Result<Report> {
    let at = project.path(FOLDER);
    let file = project.work("vitest.json");
    let _ = std::fs::remove_file(&file);
    let mut tests = npm::node(&at)?;
    tests.arg(npm::bin(&at, "vitest", "vitest")?).args(["run", "--reporter=default", "--reporter=json"]);
    tests.arg(format!("--outputFile.json={}", file.display())).env("CI", "1").env("NO_COLOR", "1");
    tests.args(since.map(|commit| format!("--changed={commit}")));
    let report = runner(project, "vitest", &mut tests, |_| vitest(&json_report(&file)?))?;
    Ok(Report { timed: json_report(&file).map(|file| slowest::vitest(&file)).unwrap_or_default(), ..report })
}
