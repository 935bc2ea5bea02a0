//! The demo server's own tests, on SQLite, and on PostgreSQL where it is installed; and whether what the other suites have
//! of the SDK (recordings, schemas) is what the installed one says.

use std::process::Command;

use anyhow::Result;

use super::count::pytest;
use super::postgres::Cluster;
use super::{Report, runner, single};
use crate::project::Project;
use crate::python::{self, For};
use crate::step::step;

pub fn run(project: &Project) -> Result<Report> {
    step("Python environment with test tools", || python::environment(project, For::Development))?;
    let mut tests = Command::new(python::python(project));
    tests.current_dir(project.path("demo-server")).args(["-m", "pytest", "--color=no", "-ra"]);
    // Dropped, and with it ended, after the tests.
    let cluster = match std::env::var("TEST_POSTGRES_URL") {
        Ok(_) => None,
        Err(_) => Cluster::start(project)?,
    };
    if let Some(cluster) = &cluster {
        tests.env("TEST_POSTGRES_URL", cluster.url());
    }
    let mut report = runner(project, "pytest", &mut tests, pytest)?;
    for script in ["record", "schema"] {
        let mut check = Command::new(python::python(project));
        check.current_dir(project.path("tests/server")).args([
            "-W",
            "ignore",
            &format!("{script}.py"),
            "--check",
        ]);
        report = report.and(single(project, script, &mut check)?);
    }
    Ok(report)
}
