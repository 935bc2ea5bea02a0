//! What git knows of the checkout.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::tools::find;

/// All files that belong to the project.
pub fn files(project: &Project) -> Result<Vec<String>> {
    Ok(git(project, &["ls-files", "-z"])?.split_terminator('\0').map(str::to_owned).collect())
}

/// What is not committed, as git says it: a line a file.
pub fn changes(project: &Project) -> Result<Vec<String>> {
    Ok(git(project, &["status", "--porcelain"])?.lines().map(str::to_owned).collect())
}

/// The output of a git command, run at the top of the checkout.
pub fn git(project: &Project, args: &[&str]) -> Result<String> {
    let git = find(&["git"]).context("git is not installed")?;
    let output =
        Command::new(git).current_dir(&project.root).args(args).output().context("cannot start git")?;
    if !output.status.success() {
        bail!("git {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
