//! The Python environment of the demo server: exactly the packages that `requirements.txt` names, by their hashes. Made with
//! `uv` where that is installed, which takes a few seconds; else with Python's own `venv` and `pip`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::plan::{Job, JobId, Lane, Load, Plan};
use crate::process;
use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::tools;

const FOLDER: &str = "demo-server";

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
    let folder = project.path(FOLDER).join(".venv");
    if cfg!(windows) { folder.join("Scripts").join("python.exe") } else { folder.join("bin").join("python") }
}

/// The job that makes the environment.
pub fn plan(plan: &mut Plan<'_>, purpose: For) -> JobId {
    let project = plan.project;
    let name = match purpose {
        For::Running => "Python environment",
        For::Development => "Python environment with test tools",
    };
    let job = Job::new(name, 20, move || environment(project, purpose));
    plan.add(job.load(Load::Network).lane(Lane::Python))
}

/// Creates the environment and installs what the server needs.
fn environment(project: &Project, purpose: For) -> Result<Outcome> {
    let created = create(project)?;
    let requirements = purpose.requirements();
    let file = format!("{FOLDER}/{requirements}");
    let inputs = Inputs::new(project).path(&file)?;
    let name = stamp_name(purpose);
    let installed = stamp::once(&name, &inputs, &[&python(project)], || {
        let mut install = installer(project);
        install.current_dir(project.path(FOLDER)).args(["--require-hashes", "--requirement", requirements]);
        process::run(project, &name, &mut install)?;
        as_locked(project)
    })?;
    Ok(if created == Outcome::Done { created } else { installed })
}

/// `uv pip install` or `pip install` into the environment.
fn installer(project: &Project) -> Command {
    let python = python(project);
    match tools::find(&["uv"]) {
        Some(uv) => {
            let mut command = Command::new(uv);
            command.args(["pip", "install", "--python"]).arg(python);
            command
        }
        None => {
            let mut command = Command::new(python);
            command.env("PIP_DISABLE_PIP_VERSION_CHECK", "1").env("PIP_NO_INPUT", "1");
            command.args(["-m", "pip", "install"]);
            command
        }
    }
}

fn stamp_name(purpose: For) -> String {
    format!("python-{}", purpose.requirements())
}

fn create(project: &Project) -> Result<Outcome> {
    // A link to a Python that was removed since is still there, but does not run.
    if tools::ask(&python(project), &["--version"]).is_some() {
        return Ok(Outcome::UpToDate);
    }
    project::remove_dir(&project.path(FOLDER).join(".venv"))?;
    for purpose in [For::Running, For::Development] {
        stamp::forget(project, &stamp_name(purpose))?;
    }
    let base = tools::python().context("Python is not installed")?;
    let mut venv = match tools::find(&["uv"]) {
        Some(uv) => {
            let mut command = Command::new(uv);
            // With pip, for those who go on by hand.
            command.args(["venv", "--seed", "--python"]).arg(base);
            command
        }
        None => {
            let mut command = Command::new(base);
            command.args(["-m", "venv"]);
            command
        }
    };
    process::run(project, "venv", venv.current_dir(project.path(FOLDER)).arg(".venv"))?;
    Ok(Outcome::Done)
}

/// Fails where the environment has another version than the requirements name, or a package that they do not name. One for
/// running may have been one for development before: those requirements name all that either has.
fn as_locked(project: &Project) -> Result<()> {
    const LIST: &str = "from importlib.metadata import distributions as all\n\
                        for found in all(): print(found.name + '==' + found.version)";
    let installed =
        tools::ask(&python(project), &["-c", LIST]).context("the environment's Python does not run")?;
    let requirements = format!("{FOLDER}/{}", For::Development.requirements());
    let differences = differences(&project::read(&project.path(&requirements))?, &installed);
    if differences.is_empty() {
        return Ok(());
    }
    bail!("the Python environment is not what {requirements} names:\n  {}", differences.join("\n  "))
}

/// The packages of a list of `name==version` lines; other lines and what follows the version are passed over.
fn packages(list: &str) -> BTreeMap<String, String> {
    let lines = list.lines().filter(|line| !line.starts_with([' ', '#']));
    lines
        .filter_map(|line| {
            let (name, version) = line.split_once("==")?;
            let (name, _extras) = name.split_once('[').unwrap_or((name, ""));
            // PEP 503: runs of these are one hyphen.
            let name = name.to_lowercase().replace(['_', '.'], "-");
            Some((name, version.split_whitespace().next()?.to_owned()))
        })
        .collect()
}

/// What is installed and not locked, in words. That a locked package is missing is pip's to find: some are for other
/// systems only.
fn differences(locked: &str, installed: &str) -> Vec<String> {
    /// Parts of the environment itself.
    const OWN: [&str; 3] = ["pip", "setuptools", "wheel"];
    let locked = packages(locked);
    let installed = packages(installed).into_iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
    installed
        .filter_map(|(name, version)| match locked.get(&name) {
            Some(wanted) if *wanted == version => None,
            Some(wanted) => Some(format!("{name}: {wanted} is locked, {version} is installed")),
            None => Some(format!("{name} {version} is installed and not locked")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_or_another_package_than_the_locked_ones_is_named() {
        let locked = "# by uv\nruamel-yaml==0.19.1 \\\n    --hash=sha256:0\nwin==1 ; sys_platform == 'win32' \\\nmcp[cli]==2\n";
        let found = |installed| differences(locked, installed);
        assert_eq!(found("ruamel.yaml==0.19.1\nmcp==2\npip==23.0\n"), [] as [&str; 0]);
        assert_eq!(found("mcp==3\n"), ["mcp: 2 is locked, 3 is installed"]);
        assert_eq!(found("left_pad==1\n"), ["left-pad 1 is installed and not locked"]);
    }

    #[test]
    fn every_package_that_the_server_names_is_locked_with_a_hash() {
        let project = Project::find().unwrap();
        let read = |name: &str| project::read(&project.path(FOLDER).join(name)).unwrap();
        for (named, locked) in
            [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]
        {
            let lock = read(locked);
            let all = packages(&lock);
            for (name, version) in packages(&read(named)) {
                assert_eq!(all.get(&name), Some(&version), "{locked}: {name}, which {named} names");
            }
            // One environment serves both.
            let development = packages(&read("requirements-dev.txt"));
            assert!(all.iter().all(|(name, version)| development.get(name) == Some(version)), "{locked}");
            let hashed =
                lock.split("==").skip(1).filter(|package| package.contains("--hash=sha256:")).count();
            assert_eq!(hashed, all.len(), "{locked}");
        }
    }
}
