//! `cargo xtask msrv`: the crate compiles with the oldest Rust it promises (`rust-version` in Cargo.toml).
//!
//! Clippy, which `lint` runs, already refuses what the standard library got later. Here the promised compiler itself
//! reads the crate, in every form that apps compile; where it cannot be had, the installed one does, and the line says
//! so.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};
use crate::step::{Outcome, step};
use crate::tools::{ask, find};
use crate::{process, wasm};

/// The feature sets that apps in Rust compile, and those of the npm modules.
const FEATURES: [&str; 6] = ["", "hooks", "components", "components,locales", "container", "element"];

/// Checks with the promised Rust, or says that only the installed one could.
pub fn msrv(project: &Project) -> Result<()> {
    let promised = promised(&project::read_toml(&project.path("Cargo.toml"))?)?;
    let mut toolchain = None;
    step(&format!("Rust {promised}"), || {
        Ok(match installed(project, &promised) {
            Ok(outcome) => {
                toolchain = Some(promised.clone());
                outcome
            }
            Err(why) => Outcome::Skipped(format!("{why:#}; what is installed checks in its place")),
        })
    })?;
    if toolchain.is_none() {
        wasm::rust_target(project)?;
    }
    let with = toolchain.as_deref().unwrap_or("the installed Rust");
    for features in FEATURES {
        let name = if features.is_empty() { "no feature" } else { features };
        step(&format!("cargo check with {with}, {name}"), || check(project, toolchain.as_deref(), features))?;
    }
    Ok(())
}

fn check(project: &Project, toolchain: Option<&str>, features: &str) -> Result<Outcome> {
    let mut check = match toolchain {
        Some(version) => {
            let mut rustup = Command::new(find(&["rustup"]).context("rustup is gone")?);
            // The cargo that runs us tells its children to be of its own version.
            rustup.env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC").env_remove("CARGO");
            rustup.current_dir(&project.root).args(["run", version, "cargo"]);
            rustup
        }
        None => wasm::cargo(project),
    };
    check.args(["check", "--locked", "--lib", "--target", wasm::TARGET, "--no-default-features"]);
    check.args(["--features", features, "--target-dir"]).arg(project.path("target/msrv"));
    process::run(project, "msrv", &mut check)?;
    Ok(Outcome::Done)
}

/// Makes the promised toolchain available; an error says why it cannot be had.
fn installed(project: &Project, promised: &str) -> Result<Outcome> {
    let rustup = find(&["rustup"]).context("there is no rustup to install it")?;
    let works = || {
        let library = ["run", promised, "rustc", "--print", "target-libdir", "--target", wasm::TARGET];
        ask(&rustup, &library).is_some_and(|folder| PathBuf::from(folder).is_dir())
    };
    // Asked before: rustup looks for news of what it has, too, and fails without a network.
    if works() {
        return Ok(Outcome::UpToDate);
    }
    let mut install = Command::new(&rustup);
    install.args(["toolchain", "install", promised, "--profile", "minimal", "--target", wasm::TARGET]);
    install.arg("--no-self-update").env("RUSTUP_MAX_RETRIES", "1");
    process::finish(project, "msrv-rustup", &mut install)?;
    if works() { Ok(Outcome::Done) } else { bail!("rustup could not install it") }
}

fn promised(manifest: &toml::Table) -> Result<String> {
    let version = manifest.get("package").and_then(|package| package.get("rust-version")?.as_str());
    version
        .map(str::to_owned)
        .context("Cargo.toml: package.rust-version is missing: it is what we promise to apps")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_a_promised_rust_is_told_to_promise_one() {
        let manifest = |text: &str| promised(&text.parse().unwrap());
        assert_eq!(manifest("[package]\nrust-version = \"1.88\"").unwrap(), "1.88");
        assert!(manifest("[package]\nname = \"x\"").is_err());
    }
}
