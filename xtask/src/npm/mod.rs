//! npm and Node in a folder of the project.

mod lock;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::plan::{Job, JobId, Load, Plan};
use crate::process;
use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::tools;

/// `npm` to be run in a folder.
pub fn npm(folder: &Path) -> Result<Command> {
    let mut npm = Command::new(tools::find(&["npm"]).context("npm is not installed")?);
    // Nobody reads advertisements and funding notes in a log; CI=1 turns off progress bars and questions.
    npm.current_dir(folder).env("CI", "1").env("npm_config_fund", "false").env("npm_config_audit", "false");
    npm.env("npm_config_update_notifier", "false");
    Ok(npm)
}

/// `node` to be run in a folder.
pub fn node(folder: &Path) -> Result<Command> {
    let (node, _) = tools::node().context("Node is not installed")?;
    let mut command = Command::new(node);
    command.current_dir(folder);
    Ok(command)
}

/// The start file of a command of an installed package, by the package's own manifest. Started with Node it
/// runs the same on every system, and without the shell script of `.bin` in between, which swallows signals.
pub fn bin(folder: &Path, package: &str, command: &str) -> Result<PathBuf> {
    let package = folder.join("node_modules").join(package);
    let manifest = project::read_json(&package.join("package.json"))?;
    let bin = manifest.get("bin").with_context(|| format!("{} has no commands", package.display()))?;
    let file = bin.as_str().or_else(|| bin.get(command)?.as_str());
    let file = file.with_context(|| format!("{} has no command {command}", package.display()))?;
    Ok(package.join(file))
}

/// Installs exactly what the folder's lock file names, unless that was done already.
pub fn ci(project: &Project, folder: &str) -> Result<Outcome> {
    install(project, folder, &[])
}

/// The job that does [`ci`]; `what` is its name, `seconds` how long it takes.
pub fn plan(plan: &mut Plan<'_>, folder: &'static str, what: &str, seconds: u64) -> JobId {
    let project = plan.project;
    plan.add(Job::new(what, seconds, move || ci(project, folder)).load(Load::Network))
}

/// [`ci`] in a folder whose manifest names our tarball: a tarball that was packed anew is installed anew.
fn ci_with_tarball(project: &Project, folder: &str) -> Result<Outcome> {
    install(project, folder, &[crate::pack::TARBALL])
}

/// The job that does [`ci_with_tarball`], after the one that packs it.
pub fn plan_with_tarball(
    plan: &mut Plan<'_>,
    folder: &'static str,
    what: &str,
    seconds: u64,
    tarball: JobId,
) -> JobId {
    let project = plan.project;
    let install = Job::new(what, seconds, move || ci_with_tarball(project, folder));
    plan.add(install.load(Load::Network).after(&[tarball]))
}

fn install(project: &Project, folder: &str, also: &[&str]) -> Result<Outcome> {
    let at = project.path(folder);
    let inputs = Inputs::new(project)
        .text(&tools::node().map(|(_, (major, _))| major.to_string()).unwrap_or_default())
        .paths(&[&format!("{folder}/package.json"), &format!("{folder}/package-lock.json")])?
        .paths(also)?;
    let name = format!("npm-ci-{}", folder.replace('/', "-"));
    stamp::once(&name, &inputs, &[&at.join("node_modules")], || install_locked(project, &at, &name))
}

/// Installs what the lock file of `folder` names, and makes sure that nothing else is there. `log` names the log.
pub fn install_locked(project: &Project, folder: &Path, log: &str) -> Result<()> {
    // No look at the registry for what npm has in its cache by its hash.
    process::run(project, log, npm(folder)?.args(["ci", "--prefer-offline"]))?;
    lock::installed(folder)
}
