//! `cargo deny`: the crates.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, tail};
use crate::programs;
use crate::project::Project;
use crate::step::{Outcome, step};

type Check = fn(&Project) -> Result<Outcome>;

/// What is asked, each with a name for a terminal.
pub const CHECKS: [(&str, Check); 2] =
    [("licences, duplicates and sources", rules), ("known faults", advisories)];

/// Makes cargo-deny available.
pub fn install(project: &Project) -> Result<()> {
    step("cargo-deny, compiled once", || programs::install_cargo_deny(project))
}

/// What can be judged from `Cargo.lock` and the sources alone.
fn rules(project: &Project) -> Result<Outcome> {
    let mut deny = deny(project)?;
    process::run(project, "deny", deny.args(["check", "licenses", "bans", "sources"]))?;
    Ok(Outcome::Done)
}

/// What others found since: RustSec's list, fetched, or else the copy of an earlier run.
fn advisories(project: &Project) -> Result<Outcome> {
    let finished = process::finish(project, "deny-advisories", deny(project)?.args(["check", "advisories"]))?;
    if finished.ok {
        return Ok(Outcome::Done);
    }
    if !out_of_reach(&finished.output) {
        bail!("{}", tail(&finished.output, 60));
    }
    let mut kept = deny(project)?;
    kept.args(["--offline", "check", "advisories"]);
    let finished = process::finish(project, "deny-advisories-kept", &mut kept)?;
    if is_finding(&finished.output) {
        bail!("{}", tail(&finished.output, 60));
    }
    let kept = if finished.ok {
        "the copy of an earlier run names no fault"
    } else {
        "there is no copy of an earlier run"
    };
    Ok(Outcome::Skipped(format!("RustSec's list on github.com could not be fetched; {kept}")))
}

fn deny(project: &Project) -> Result<Command> {
    let mut deny = programs::cargo_deny(project)?;
    deny.args(["--color", "never"]);
    Ok(deny)
}

/// The list could not be fetched, which is not a finding of it.
fn out_of_reach(output: &str) -> bool {
    output.contains("failed to fetch advisory database")
}

/// The list was read, and names one of our crates.
fn is_finding(output: &str) -> bool {
    output.contains("advisories FAILED")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_was_found_is_not_taken_for_a_dead_network() {
        let finding = "error[vulnerability]: a crate reads what it must not\nadvisories FAILED";
        assert!(!out_of_reach(finding) && is_finding(finding));
        let offline =
            "[ERROR] failed to fetch advisory database https://example.org with cli: failed to clone";
        assert!(out_of_reach(offline) && !is_finding(offline));
    }
}
