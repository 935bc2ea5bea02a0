//! The demo page `www/`: installs the tarball as a user would, and is built with Vite.

use anyhow::Result;

use crate::project::Project;
use crate::stamp::{self, Inputs};
use crate::step::{Outcome, step};
use crate::{npm, pack, process};

/// The page's folder.
pub const WWW: &str = "www";

/// A host of plain files, which runs no server of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// The folder the page is in there: `/chatkit-widget/`.
    pub base: String,
    /// The demo server that answers its chat, elsewhere; empty if there is none, which the page then says.
    pub backend: String,
}

/// From the tarball to the page as `demo` serves it.
pub fn build(project: &Project) -> Result<()> {
    build_for(project, None)
}

/// From nothing to the page as a host of plain files serves it, in `www/dist`.
pub fn hosted(project: &Project, host: &Host) -> Result<()> {
    pack::pack(project)?;
    build_for(project, Some(host))
}

fn build_for(project: &Project, host: Option<&Host>) -> Result<()> {
    step("npm packages of the demo page", || npm::ci_with_tarball(project, WWW))?;
    step("demo page", || step_build(project, host))
}

fn step_build(project: &Project, host: Option<&Host>) -> Result<Outcome> {
    let at = project.path(WWW);
    let inputs = Inputs::new(project).paths(&[WWW, pack::TARBALL])?.text(&format!("{host:?}"));
    stamp::once("www", &inputs, &[&at.join("dist/index.html")], || {
        let mut build = npm::npm(&at)?;
        match host {
            Some(host) => build.env("DEMO_BASE", &host.base).env("DEMO_BACKEND_URL", &host.backend),
            None => build.env_remove("DEMO_BASE").env_remove("DEMO_BACKEND_URL"),
        };
        process::run(project, "www", build.args(["run", "build"])).map(drop)
    })
}
