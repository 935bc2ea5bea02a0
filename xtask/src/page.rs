//! The demo page `www/`: installs the tarball as a user would, and is built with Vite.

use anyhow::Result;

use crate::project::Project;
use crate::stamp::{self, Inputs};
use crate::step::{Outcome, step};
use crate::{npm, pack, process};

/// The page's folder.
pub const WWW: &str = "www";

/// From the tarball to the built page.
pub fn build(project: &Project) -> Result<()> {
    step("npm packages of the demo page", || npm::ci(project, WWW))?;
    step("demo page", || step_build(project))
}

fn step_build(project: &Project) -> Result<Outcome> {
    let at = project.path(WWW);
    let inputs = Inputs::new(project).paths(&[WWW, "dist/chatkit-widget.tgz"])?;
    stamp::once("www", &inputs, &[&at.join("dist/index.html")], || {
        install_tarball(project, WWW)?;
        process::run(project, "www", npm::npm(&at)?.args(["run", "build"])).map(drop)
    })
}

/// Puts the tarball that was just packed into a folder's packages, in place of the one that is there.
///
/// `--no-save`: a tarball that changed must not change the page's lock file. npm compares versions only, so
/// the old one is removed first.
pub fn install_tarball(project: &Project, folder: &str) -> Result<()> {
    let at = project.path(folder);
    crate::project::remove_dir(&at.join("node_modules/chatkit-widget"))?;
    let mut install = npm::npm(&at)?;
    install
        .args(["install", "--no-save", "--no-package-lock", "--prefer-offline"])
        .arg(pack::tarball(project));
    process::run(project, &format!("tarball-{}", folder.replace('/', "-")), &mut install).map(drop)
}
