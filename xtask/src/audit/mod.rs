//! `cargo xtask audit`: what others wrote, looked at. Crates by `cargo deny` (licences, duplicates, sources, known
//! faults, by `deny.toml`), npm packages by `npm audit`.
//!
//! Lists of known faults are on the network. Where they cannot be had the line says so and the audit goes on: that
//! somebody works on a train is no fault of the project.

mod deny;
mod node;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::step::step;
use crate::tools::{self, Need};

/// Runs every check, also after one failed, and fails when any did.
pub fn audit(project: &Project) -> Result<()> {
    tools::check(&[Need::Node])?;
    deny::install(project)?;
    let mut failures = Vec::new();
    let mut check = |what: &str, result: Result<()>| {
        if let Err(error) = result {
            failures.push(format!("{what}: {error:#}"));
        }
    };
    for (what, work) in deny::CHECKS {
        check(what, step(&format!("crates: {what}"), || work(project)));
    }
    for folder in node::FOLDERS {
        check(folder, step(&format!("npm packages of {folder}"), || node::audit(project, folder)));
    }
    if failures.is_empty() { Ok(()) } else { bail!("{}", failures.join("\n\n")) }
}
