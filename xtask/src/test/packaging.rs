//! The tarball as a stranger gets it: weighed, installed into a small project of another kind, built there and
//! looked at.

use anyhow::{Context, Result};

use super::count::{Counts, tap};
use super::{Report, runner};
use crate::project::{self, Project};
use crate::step::{Outcome, step};
use crate::{npm, pack, process, size};

const APP: &str = "tests/packaging/vite-react";

pub fn run(project: &Project) -> Result<Report> {
    pack::pack(project)?;
    let app = project.work("packaging/vite-react");
    step("the tarball in a new Vite and React app", || {
        // A copy outside the checkout's sources: nothing of ours may be found by walking up the folders, and
        // installing the tarball must not change the lock file.
        project::remove_dir(&app)?;
        project::copy_dir(&project.path(APP), &app, &["node_modules", "dist"])?;
        process::run(project, "packaging-ci", npm::npm(&app)?.arg("ci"))?;
        let mut install = npm::npm(&app)?;
        process::run(project, "packaging-tarball", install.arg("install").arg(pack::tarball(project)))?;
        Ok(Outcome::Done)
    })?;
    let mut checks = npm::node(&app)?;
    checks.args(["--test", "--test-reporter=tap", "checks.test.mjs"]);
    checks.env("CKW_VERSION", project.version().context("no version")?);
    Ok(weighed(size::ceilings_kept(project)?).and(runner(project, "packaging", &mut checks, tap)?))
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
}
