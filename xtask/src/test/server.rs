//! The demo server's own tests, on SQLite, and on PostgreSQL where it is installed; and whether what the other suites have
//! of the SDK (recordings, schemas) is what the installed one says.

use std::process::Command;

use anyhow::Result;

use super::count::pytest;
use super::postgres::Cluster;
use super::{Report, Run, runner, single, slowest};
use crate::project::Project;
use crate::python::{self, For};

pub fn plan(run: &mut Run<'_>) {
    let python = python::plan(&mut run.plan, For::Development);
    run.add("server", "pytest", 50, |job| job.after(&[python]), tests);
    for script in ["record", "schema"] {
        run.add(
            "server",
            format!("{script}.py --check"),
            5,
            |job| job.after(&[python]),
            move |project| {
                let mut check = Command::new(python::python(project));
                check.current_dir(project.path("tests/server"));
                check.args(["-W", "ignore", &format!("{script}.py"), "--check"]);
                single(project, script, &mut check)
            },
        );
    }
}

fn tests(project: &Project) -> Result<Report> {
    let mut tests = Command::new(python::python(project));
    tests.current_dir(project.path("demo-server"));
    tests.args(["-m", "pytest", "--color=no", "-ra", "--durations=20", "--durations-min=0.05"]);
    // Dropped, and with it ended, after the tests.
    let cluster = match std::env::var("TEST_POSTGRES_URL") {
        Ok(_) => None,
        Err(_) => Cluster::start(project)?,
    };
    if let Some(cluster) = &cluster {
        tests.env("TEST_POSTGRES_URL", cluster.url());
    }
    let mut timed = Vec::new();
    let report = runner(project, "pytest", &mut tests, |output| {
        timed = slowest::pytest(output);
        pytest(output)
    })?;
    Ok(Report { timed, ..report })
}
