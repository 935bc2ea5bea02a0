//! The Python environment of the demo server.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::tools;

/// What the environment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Running the server.
    Running,
    /// Its tests and linter as well.
    Development,
}

impl For {
    const fn requirements(self) -> &'static str {
        match self {
            Self::Running => "requirements.txt",
            Self::Development => "requirements-dev.txt",
        }
    }
}

/// The environment's Python.
pub fn python(project: &Project) -> PathBuf {
    let folder = project.path("demo-server/.venv");
    if cfg!(windows) { folder.join("Scripts").join("python.exe") } else { folder.join("bin").join("python") }
}

/// Creates the environment and installs what the server needs.
pub fn environment(project: &Project, purpose: For) -> Result<Outcome> {
    let created = create(project)?;
    let requirements = purpose.requirements();
    let inputs = Inputs::new(project)
        .paths(&["demo-server/requirements.txt", &format!("demo-server/{requirements}")])?;
    let name = stamp_name(purpose);
    let installed = stamp::once(&name, &inputs, &[&python(project)], || {
        let mut pip = Command::new(python(project));
        pip.current_dir(project.path("demo-server"))
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .env("PIP_NO_INPUT", "1");
        pip.args(["-m", "pip", "install", "--requirement", requirements]);
        process::run(project, &name, &mut pip).map(drop)
    })?;
    Ok(if created == Outcome::Done { created } else { installed })
}

fn stamp_name(purpose: For) -> String {
    format!("python-{}", purpose.requirements())
}

fn create(project: &Project) -> Result<Outcome> {
    // A link to a Python that was removed since is still there, but does not run.
    if tools::ask(&python(project), &["-m", "pip", "--version"]).is_some() {
        return Ok(Outcome::UpToDate);
    }
    project::remove_dir(&project.path("demo-server/.venv"))?;
    for purpose in [For::Running, For::Development] {
        stamp::forget(project, &stamp_name(purpose))?;
    }
    let base = tools::python().context("Python is not installed")?;
    let mut venv = Command::new(base);
    venv.current_dir(project.path("demo-server")).args(["-m", "venv", ".venv"]);
    process::run(project, "venv", &mut venv)?;
    Ok(Outcome::Done)
}
