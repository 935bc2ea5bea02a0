//! The demo server's own tests, on SQLite, and on PostgreSQL where it is installed.

use std::process::Command;

use anyhow::Result;

use super::count::pytest;
use super::postgres::Cluster;
use super::{Report, runner};
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
    runner(project, "pytest", &mut tests, pytest)
}
