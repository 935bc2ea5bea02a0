//! The tools that are compiled on first use, and the two wasm modules built with them.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::{Outcome, step};
use crate::tools::{self, ask, find};
use crate::{npm, process, remap};

/// Builds the crate into a package folder and runs its browser tests.
const WASM_PACK: &str = "0.15.1";
/// What both modules are compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// One of the two wasm modules, named like the feature that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// Toggle, panel, session.
    Container,
    /// The self-hosted `<openai-chatkit>`.
    Element,
}

impl Module {
    /// Both, in the order in which they are loaded.
    pub const ALL: [Self; 2] = [Self::Container, Self::Element];

    /// The feature, and the name of the module's files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::Element => "element",
        }
    }

    /// Where wasm-pack puts the module.
    pub fn folder(self, project: &Project) -> PathBuf {
        project.work("wasm").join(self.name())
    }
}

/// How a module is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As shipped: small and fast, minutes.
    Release,
    /// For trying things out: large and slow, seconds once it was built before.
    Dev,
}

/// The cargo that runs us.
pub fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&project.root);
    cargo
}

/// The steps that make all wasm tools available.
pub fn install_tools(project: &Project) -> Result<()> {
    install_bindgen(project)?;
    install_tool(project, "wasm-pack", "wasm-pack", WASM_PACK)?;
    step("wasm-opt", || npm::ci(project, "xtask/tools"))
}

/// The steps that make what a Rust app needs available.
pub fn install_bindgen(project: &Project) -> Result<()> {
    step("Rust target wasm32-unknown-unknown", || rust_target(project))?;
    let wasm_bindgen = project.locked("wasm-bindgen")?;
    install_tool(project, "wasm-bindgen-cli", "wasm-bindgen", &wasm_bindgen)
}

/// Adds the target to the Rust that is here.
pub fn rust_target(project: &Project) -> Result<Outcome> {
    let library = ask_rustc(&["--print", "target-libdir", "--target", TARGET]);
    if library.is_some_and(|folder| PathBuf::from(folder).is_dir()) {
        return Ok(Outcome::UpToDate);
    }
    let Some(rustup) = find(&["rustup"]) else {
        bail!(
            "this Rust has no {TARGET} target and there is no rustup to add it: install Rust from https://rustup.rs"
        );
    };
    process::run(project, "rustup", Command::new(rustup).args(["target", "add", TARGET]))?;
    Ok(Outcome::Done)
}

/// What the compiler prints when asked.
pub fn ask_rustc(args: &[&str]) -> Option<String> {
    ask(&env::var_os("RUSTC").map_or_else(|| "rustc".into(), PathBuf::from), args)
}

/// The version on the user's `PATH` fits: then it need not be compiled.
fn on_path(program: &str, version: &str) -> bool {
    // wasm-bindgen comes with a test runner of the same version; a lone copy is of no use.
    let whole = program != "wasm-bindgen" || find(&["wasm-bindgen-test-runner"]).is_some();
    whole && find(&[program]).is_some_and(|path| is_version(ask(&path, &["--version"]).as_deref(), version))
}

/// `wasm-bindgen 0.2.130` is version `0.2.130`.
fn is_version(answer: Option<&str>, version: &str) -> bool {
    answer.and_then(|answer| answer.split_whitespace().nth(1)) == Some(version)
}

fn tools_folder(project: &Project) -> PathBuf {
    project.path("target/tools")
}

/// Firefox's WebDriver. Its makers ship it as a download; the same source is on crates.io.
const GECKODRIVER: &str = "0.37.1";

/// Makes Firefox's WebDriver available; gives its path.
pub fn geckodriver(project: &Project) -> Result<PathBuf> {
    install_tool(project, "geckodriver", "geckodriver", GECKODRIVER)?;
    let installed = tools_folder(project).join("bin").join(format!("geckodriver{}", env::consts::EXE_SUFFIX));
    Some(installed)
        .filter(|path| path.is_file())
        .or_else(|| find(&["geckodriver"]))
        .context("geckodriver is not installed")
}

/// Runs fuzz targets.
const CARGO_FUZZ: &str = "0.13.1";

/// The step that makes cargo-fuzz available.
pub fn install_cargo_fuzz(project: &Project) -> Result<()> {
    install_tool(project, "cargo-fuzz", "cargo-fuzz", CARGO_FUZZ)
}

/// `cargo fuzz`, ours before that on `PATH`.
pub fn cargo_fuzz(project: &Project) -> Result<Command> {
    let mut command = cargo(project);
    command.env("PATH", tools::path_with(&[tools_folder(project).join("bin")])?).arg("fuzz");
    Ok(command)
}

/// Looks at licences, duplicates, sources and known faults of crates.
const CARGO_DENY: &str = "0.20.2";

/// The step that makes cargo-deny available. It runs for a second at a time: unoptimised it is compiled in a quarter of
/// the time.
pub fn install_cargo_deny(project: &Project) -> Result<()> {
    install_tool_with(project, "cargo-deny", "cargo-deny", CARGO_DENY, &["--debug"])
}

/// `cargo deny`, ours before that on `PATH`.
pub fn cargo_deny(project: &Project) -> Result<Command> {
    let mut command = cargo(project);
    command.env("PATH", tools::path_with(&[tools_folder(project).join("bin")])?).arg("deny");
    Ok(command)
}

/// Takes a tool that is already there, on the user's `PATH` or from an earlier run, or compiles it.
fn install_tool(project: &Project, krate: &str, program: &str, version: &str) -> Result<()> {
    install_tool_with(project, krate, program, version, &[])
}

fn install_tool_with(
    project: &Project,
    krate: &str,
    program: &str,
    version: &str,
    how: &[&str],
) -> Result<()> {
    let root = tools_folder(project);
    let installed = root.join("bin").join(format!("{program}{}", env::consts::EXE_SUFFIX));
    if on_path(program, version) || is_version(ask(&installed, &["--version"]).as_deref(), version) {
        return step(&format!("{program} {version}"), || Ok(Outcome::UpToDate));
    }
    let install = |flags: &[&str]| {
        let mut install = cargo(project);
        install.args(["install", krate, "--version", version, "--force", "--root"]).arg(&root);
        install.args(how).args(flags);
        // Not into the project's own target folder: its profile and lock would be mixed up with ours.
        install.env_remove("CARGO_TARGET_DIR");
        process::run(project, &format!("install-{program}"), &mut install)
    };
    step(&format!("{program} {version}, compiled once, which takes some minutes"), || {
        // A mirror of the registry may lag behind the newest versions that a tool was released with; those it
        // has then do as well.
        install(&["--locked"]).or_else(|_| install(&[]))?;
        Ok(Outcome::Done)
    })
}

/// `wasm-bindgen`, ours before that on `PATH`.
pub fn wasm_bindgen(project: &Project) -> Result<Command> {
    let installed =
        tools_folder(project).join("bin").join(format!("wasm-bindgen{}", env::consts::EXE_SUFFIX));
    let program = Some(installed).filter(|path| path.is_file()).or_else(|| find(&["wasm-bindgen"]));
    Ok(Command::new(program.context("wasm-bindgen is not installed")?))
}

/// `wasm-pack` with our tools before all others on `PATH`, so that it downloads nothing.
pub fn wasm_pack(project: &Project) -> Result<Command> {
    let ours = tools_folder(project).join("bin");
    let path = tools::path_with(&[ours.clone(), project.path("xtask/tools/node_modules/.bin")])?;
    let installed = ours.join(format!("wasm-pack{}", env::consts::EXE_SUFFIX));
    let program = Some(installed).filter(|path| path.is_file()).or_else(|| find(&["wasm-pack"]));
    let mut command = Command::new(program.context("wasm-pack is not installed")?);
    command.current_dir(&project.root).env("PATH", path);
    Ok(command)
}

/// Builds one module into its folder.
pub fn build(project: &Project, module: Module, profile: Profile) -> Result<Outcome> {
    let folder = module.folder(project);
    let (profile, flags) = match profile {
        Profile::Release => ("--release", remap::rust_flags(project)),
        // Nobody ships it, and with the flags of the tests what they compiled need not be compiled again.
        Profile::Dev => ("--dev", Vec::new()),
    };
    let inputs = Inputs::new(project)
        .text(&ask_rustc(&["--version"]).unwrap_or_default())
        .text(profile)
        .text(&flags.join(" "))
        .paths(&["src", "Cargo.toml", "Cargo.lock", "xtask/tools/package-lock.json"])?;
    let name = format!("wasm-{}", module.name());
    let wasm = folder.join(format!("{}_bg.wasm", module.name()));
    stamp::once(&name, &inputs, &[&wasm], || {
        project::remove_dir(&folder)?;
        let mut build = wasm_pack(project)?;
        build.args(["build", ".", profile, "--target", "web", "--no-pack", "--mode", "no-install"]);
        build.args(["--out-name", module.name(), "--out-dir"]).arg(&folder);
        build.args(["--", "--no-default-features", "--features", module.name()]);
        if !flags.is_empty() {
            build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        }
        process::run(project, &name, &mut build).map(drop)
    })
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
}
