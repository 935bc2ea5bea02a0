//! Programs from crates.io that commands need: compiled on first use into `target/tools`, unoptimised, for each runs for
//! seconds at a time; one of the same version on the user's `PATH` is taken as it is.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::tools::{self, ask, find};
use crate::wasm::{ask_rustc, cargo};

/// The programs of `xtask/tools`, compiled together at the versions of its lock.
pub const TOOLS: &str = "xtask/tools";
const PROGRAMS: [&str; 3] = ["wasm-pack", "wasm-bindgen", "wasm-bindgen-test-runner"];

/// Compiles [`PROGRAMS`] into the folder of tools, unless the same versions are on the user's `PATH`.
pub fn compile(project: &Project) -> Result<Outcome> {
    if on_path("wasm-pack", &tool_version(project, "wasm-pack")?)
        && on_path("wasm-bindgen", &tool_version(project, "wasm-bindgen-cli")?)
        && find(&["wasm-bindgen-test-runner"]).is_some()
    {
        return Ok(Outcome::UpToDate);
    }
    let root = tools_folder(project);
    let inputs = Inputs::new(project).text(&ask_rustc(&["--version"]).unwrap_or_default()).paths(&[
        "xtask/tools/Cargo.toml",
        "xtask/tools/Cargo.lock",
        "xtask/tools/src",
    ])?;
    let installed = PROGRAMS.map(|program| program_file(project, program));
    let outputs = installed.each_ref().map(PathBuf::as_path);
    stamp::once("wasm-tools", &inputs, &outputs, || {
        let mut install = cargo(project);
        install.args(["install", "--path", TOOLS, "--debug", "--locked", "--force", "--no-track", "--root"]);
        // A folder of its own: its profile is not that of the project.
        install.arg(&root).env("CARGO_TARGET_DIR", root.join("build"));
        process::run(project, "install-wasm-tools", &mut install).map(drop)
    })
}

/// The version of a crate that `xtask/tools/Cargo.toml` names, `=1.2.3`.
fn tool_version(project: &Project, krate: &str) -> Result<String> {
    let file = format!("{TOOLS}/Cargo.toml");
    let manifest = project::read_toml(&project.path(&file))?;
    let named = manifest.get("dependencies").and_then(|all| all.get(krate));
    let version = named.and_then(|named| named.as_str().or_else(|| named.get("version")?.as_str()));
    let exact = version.and_then(|version| version.strip_prefix('='));
    Ok(exact.with_context(|| format!("{file}: {krate} needs an exact version, \"=1.2.3\""))?.to_owned())
}

/// The version on the user's `PATH` fits: then it need not be compiled.
fn on_path(program: &str, version: &str) -> bool {
    find(&[program]).is_some_and(|path| is_version(ask(&path, &["--version"]).as_deref(), version))
}

/// `wasm-bindgen 0.2.130` is version `0.2.130`.
fn is_version(answer: Option<&str>, version: &str) -> bool {
    answer.and_then(|answer| answer.split_whitespace().nth(1)) == Some(version)
}

fn tools_folder(project: &Project) -> PathBuf {
    project.path("target/tools")
}

/// A program that was installed into the folder of tools.
fn program_file(project: &Project, program: &str) -> PathBuf {
    tools_folder(project).join("bin").join(format!("{program}{}", env::consts::EXE_SUFFIX))
}

/// The one that was installed there, else the user's own.
fn program(project: &Project, name: &str) -> Result<PathBuf> {
    let installed = Some(program_file(project, name)).filter(|path| path.is_file());
    installed.or_else(|| find(&[name])).with_context(|| format!("{name} is not installed"))
}

/// Firefox's WebDriver. Its makers ship it as a download; the same source is on crates.io.
const GECKODRIVER: &str = "0.37.1";

/// Makes Firefox's WebDriver available.
pub fn install_geckodriver(project: &Project) -> Result<Outcome> {
    install_tool(project, "geckodriver", GECKODRIVER)
}

/// The path of Firefox's WebDriver.
pub fn geckodriver(project: &Project) -> Result<PathBuf> {
    program(project, "geckodriver")
}

/// Runs fuzz targets.
const CARGO_FUZZ: &str = "0.13.1";

/// Makes cargo-fuzz available.
pub fn install_cargo_fuzz(project: &Project) -> Result<Outcome> {
    install_tool(project, "cargo-fuzz", CARGO_FUZZ)
}

/// `cargo fuzz`, ours before that on `PATH`.
pub fn cargo_fuzz(project: &Project) -> Result<Command> {
    let mut command = cargo(project);
    command.env("PATH", tools::path_with(&[tools_folder(project).join("bin")])?).arg("fuzz");
    Ok(command)
}

/// Looks at licences, duplicates, sources and known faults of crates.
const CARGO_DENY: &str = "0.20.2";

/// Makes cargo-deny available.
pub fn install_cargo_deny(project: &Project) -> Result<Outcome> {
    install_tool(project, "cargo-deny", CARGO_DENY)
}

/// `cargo deny`, ours before that on `PATH`.
pub fn cargo_deny(project: &Project) -> Result<Command> {
    let mut command = cargo(project);
    command.env("PATH", tools::path_with(&[tools_folder(project).join("bin")])?).arg("deny");
    Ok(command)
}

/// Takes a tool that is already there, on the user's `PATH` or from an earlier run, or compiles it with the versions of
/// its own lock. Each runs for seconds at a time: unoptimised it is compiled in a quarter of the time.
fn install_tool(project: &Project, program: &str, version: &str) -> Result<Outcome> {
    let installed = program_file(project, program);
    if on_path(program, version) || is_version(ask(&installed, &["--version"]).as_deref(), version) {
        return Ok(Outcome::UpToDate);
    }
    let mut install = cargo(project);
    install.args(["install", program, "--version", version, "--debug", "--locked", "--force", "--root"]);
    // Not into the project's own target folder: its profile and lock would be mixed up with ours.
    install.arg(tools_folder(project)).env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "false");
    process::run(project, &format!("install-{program}"), &mut install)?;
    Ok(Outcome::Done)
}

/// `wasm-bindgen`, ours before that on `PATH`.
pub fn wasm_bindgen(project: &Project) -> Result<Command> {
    Ok(Command::new(program(project, "wasm-bindgen")?))
}

/// `wasm-pack` with our tools before all others on `PATH`, so that it downloads nothing.
pub fn wasm_pack(project: &Project) -> Result<Command> {
    let path = tools::path_with(&[
        tools_folder(project).join("bin"),
        project.path("xtask/tools/node_modules/.bin"),
    ])?;
    let mut command = Command::new(program(project, "wasm-pack")?);
    command.current_dir(&project.root).env("PATH", path);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_of_another_version_is_not_taken_for_ours() {
        assert!(is_version(Some("wasm-bindgen 0.2.130"), "0.2.130"));
        assert!(!is_version(Some("wasm-bindgen 0.2.13"), "0.2.130"));
        assert!(!is_version(Some(""), "0.2.130"));
        assert!(!is_version(None, "0.2.130"));
    }

    #[test]
    fn the_bindgen_program_is_the_one_that_the_crate_asks_for() {
        let project = Project::find().unwrap();
        let crates = project.locked("wasm-bindgen").unwrap();
        assert_eq!(tool_version(&project, "wasm-bindgen-cli").unwrap(), crates, "xtask/tools/Cargo.toml");
        assert!(tool_version(&project, "wasm-pack").is_ok());
    }
}
