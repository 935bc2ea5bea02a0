//! The tarball as a stranger gets it: installed into a small project of another kind, built there and looked at.

use anyhow::{Context, Result};

use super::count::tap;
use super::{Report, runner};
use crate::project::{self, Project};
use crate::step::{Outcome, step};
use crate::{npm, pack, process};

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
    runner(project, "packaging", &mut checks, tap)
}
