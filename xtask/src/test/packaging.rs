//! The tarball as a stranger gets it: weighed, then installed into one project after another (`tests/packaging/`),
//! built there and looked at in a browser. A **project** is somebody else's site; its **checks** (`checks.test.mjs`)
//! run in a copy of it, with the helpers of the **harness** (`tests/packaging/harness`, in `CKW_HARNESS`).
//!
//! `CKW_ONLY=webpack,esbuild` runs these projects alone, and `CKW_TARBALL` names a tarball to be used as it is; both are
//! for working on one project.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use super::count::{Counts, tap};
use super::{Report, Run, runner, slowest};
use crate::plan::Job;
use crate::project::{self, Project};
use crate::python::{self, For};
use crate::step::Outcome;
use crate::wasm::Profile;
use crate::{browser, npm, pack, size};

const PROJECTS: &str = "tests/packaging";
const EXAMPLES: &str = "examples";
/// The copies, in the folder for what may be thrown away.
const SITES: &str = "sites";
const HARNESS: &str = "tests/packaging/harness";
const CHECKS: &str = "checks.test.mjs";

pub fn plan(run: &mut Run<'_>) {
    let given = env::var_os("CKW_TARBALL").map(PathBuf::from);
    let mut ready = vec![
        python::plan(&mut run.plan, For::Running),
        npm::plan(&mut run.plan, HARNESS, "npm packages of the checks", 2),
    ];
    if given.is_none() {
        let packed = pack::plan(&mut run.plan, Profile::Release);
        ready.push(packed);
        run.add(
            "packaging",
            "sizes",
            5,
            |job| job.after(&[packed]),
            |project| Ok(weighed(size::ceilings_kept(project)?)),
        );
    }
    let project = run.project;
    let place = Job::new("tarball for the projects", 0, move || {
        let tarball = given.unwrap_or_else(|| pack::tarball(project));
        project::copy(&tarball, &project.work(SITES).join(pack::TARBALL))?;
        Ok(Outcome::Done)
    });
    let placed = run.plan.add(place.after(&ready));
    let only = env::var("CKW_ONLY").ok();
    match names(project).and_then(|names| chosen(&names, only.as_deref())) {
        Ok(names) => {
            let wanted = run.selection.projects.as_ref();
            for name in names.into_iter().filter(|name| wanted.is_none_or(|wanted| wanted.contains(name))) {
                run.add(
                    "packaging",
                    name.clone(),
                    30,
                    |job| job.after(&[placed]),
                    move |project| check(project, &name),
                );
            }
        }
        Err(error) => {
            run.add("packaging", "projects", 0, |job| job, move |_| Err(error));
        }
    }
}

/// Installs one project with the tarball, and runs its checks.
fn check(project: &Project, name: &str) -> Result<Report> {
    // Some examples are checked, too: the example is the project, and only its checks are here.
    let is_example = project.path(EXAMPLES).join(name).is_dir();
    let parent = if is_example { EXAMPLES } else { PROJECTS };
    // A copy outside the checkout's sources: nothing of ours may be found by walking up the folders. It lies in `SITES` as
    // the project does in the checkout, so that its manifest finds the tarball.
    let site = project.work(SITES).join(parent).join(name);
    let log = format!("packaging-{name}");
    project::remove_dir(&site)?;
    let built = ["node_modules", "dist", "build", ".docusaurus"];
    if is_example {
        project::copy_dir(&project.path(EXAMPLES).join(name), &site, &built)?;
    }
    project::copy_dir(&project.path(PROJECTS).join(name), &site, &built)?;
    npm::install_locked(project, &site, &format!("{log}-ci"))?;
    let mut checks = npm::node(&site)?;
    checks.args(["--test", "--test-reporter=tap", CHECKS]).env("CI", "1").env("NO_COLOR", "1");
    checks
        .env("CKW_HARNESS", project.path(HARNESS))
        .env("CKW_TARBALL", project.work(SITES).join(pack::TARBALL));
    checks.env("CKW_VERSION", project.version().context("no version")?);
    checks.env("CKW_PYTHON", python::python(project));
    checks.env("CHROME", browser::chrome().context("there is no browser")?);
    let mut timed = Vec::new();
    let report = runner(project, &log, &mut checks, |output| {
        timed = slowest::tap(name, output);
        tap(output)
    })?;
    Ok(Report { timed, ..report })
}

/// The projects: the folders that have checks.
fn names(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(project.path(PROJECTS)).context(PROJECTS)? {
        let entry = entry?;
        if entry.path().join(CHECKS).is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Those of `names` that a list with commas names; all without a list. A name that is not there is an error: a
/// mistyped one would otherwise pass for checked.
fn chosen(names: &[String], only: Option<&str>) -> Result<Vec<String>> {
    let Some(only) = only else { return Ok(names.to_vec()) };
    only.split(',')
        .map(|name| {
            let known = names.iter().any(|known| known == name);
            ensure!(known, "there is no packaging project \"{name}\"; there are {}", names.join(", "));
            Ok(name.to_owned())
        })
        .collect()
}

/// A ceiling is a test: somebody on a slow connection loses when it is exceeded.
fn weighed(verdicts: Vec<Result<(), String>>) -> Report {
    let mut report = Report::default();
    for verdict in verdicts {
        let (passed, failed) = if verdict.is_ok() { (1, 0) } else { (0, 1) };
        report.counts = report.counts + Counts { passed, failed, skipped: 0 };
        report.failures.extend(verdict.err());
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_ceiling_fails_the_suite() {
        let report = weighed(vec![Ok(()), Err("too big".to_owned())]);
        assert_eq!(report.counts, Counts { passed: 1, failed: 1, skipped: 0 });
        assert_eq!(report.failures, ["too big"]);
    }

    #[test]
    fn a_mistyped_project_does_not_pass_for_checked() {
        let names = ["esbuild", "webpack"].map(str::to_owned);
        assert_eq!(chosen(&names, None).unwrap(), names);
        assert_eq!(chosen(&names, Some("webpack")).unwrap(), ["webpack"]);
        let error = chosen(&names, Some("webpakc")).unwrap_err().to_string();
        assert!(error.contains("webpakc") && error.contains("esbuild, webpack"), "{error}");
    }
}
