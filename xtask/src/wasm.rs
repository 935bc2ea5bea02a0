//! The two wasm modules, and what builds them.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::plan::{Job, JobId, Load, Plan};
use crate::programs::{self, wasm_pack};
use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::tools::{ask, find};
use crate::{npm, process, remap};

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

/// The jobs that make available what builds a wasm module.
pub fn plan_tools(plan: &mut Plan<'_>) -> [JobId; 3] {
    let project = plan.project;
    let target = Job::new(format!("Rust target {TARGET}"), 5, move || rust_target(project));
    let compile = Job::new("wasm-pack and wasm-bindgen", 80, move || programs::compile(project));
    [plan.add(target.load(Load::Network)), plan.add(compile), npm::plan(plan, programs::TOOLS, "wasm-opt", 3)]
}

/// The job that builds one module, with those that it needs.
pub fn plan(plan: &mut Plan<'_>, module: Module, profile: Profile) -> JobId {
    let project = plan.project;
    let tools = plan_tools(plan);
    let seconds = if module == Module::Element { 70 } else { 60 };
    let work = move || build(project, module, profile);
    plan.add(Job::new(format!("{} wasm", module.name()), seconds, work).after(&tools))
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

/// Builds one module into its folder.
fn build(project: &Project, module: Module, profile: Profile) -> Result<Outcome> {
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
        // The finished modules have one name, and may be built side by side: a folder for each. What they are compiled of is
        // shared, by cargo from 1.91 on.
        build.env("CARGO_TARGET_DIR", project.work("wasm-target").join(module.name()));
        build.env("CARGO_BUILD_BUILD_DIR", project.path("target"));
        if !flags.is_empty() {
            build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        }
        process::run(project, &name, &mut build).map(drop)
    })
}
