//! The demo page `www/`: installs the tarball as a user would, and is built with Vite.

use anyhow::Result;

use crate::plan::{Job, JobId, Plan};
use crate::project::Project;
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::tools::{self, Need};
use crate::wasm::Profile;
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

/// The job that builds the page as `demo` serves it, with those that it needs.
pub fn plan(plan: &mut Plan<'_>) -> JobId {
    plan_for(plan, None)
}

/// From nothing to the page as a host of plain files serves it, in `www/dist`.
pub fn hosted(project: &Project, host: &Host) -> Result<()> {
    tools::check(&[Need::Node])?;
    let mut jobs = Plan::new(project);
    plan_for(&mut jobs, Some(host));
    jobs.announce();
    jobs.run()
}

fn plan_for<'a>(plan: &mut Plan<'a>, host: Option<&'a Host>) -> JobId {
    let project = plan.project;
    let tarball = pack::plan(plan, Profile::Release);
    let packages = npm::plan_with_tarball(plan, WWW, "npm packages of the demo page", 5, tarball);
    plan.add(Job::new("demo page", 5, move || build(project, host)).after(&[packages]))
}

fn build(project: &Project, host: Option<&Host>) -> Result<Outcome> {
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
