//! `cargo xtask fuzz`: what hostile servers might send, looked for by a machine (`fuzz/`).
//!
//! It starts from the kept corpus, which it only reads; what it finds new stays in `target/xtask/fuzz`. It fails when an
//! input makes a target panic, and names the file with that input.

use anyhow::{Context, Result};

use crate::process;
use crate::project::Project;
use crate::step::{Outcome, step};
use crate::wasm;

const TARGETS: [&str; 3] = ["sse", "protocol", "markdown"];
/// Seconds a target is fuzzed.
pub const SECONDS: u32 = 60;

/// Fuzzes every target for so many seconds.
pub fn fuzz(project: &Project, seconds: u32) -> Result<()> {
    step("cargo-fuzz, compiled once", || wasm::install_cargo_fuzz(project))?;
    for target in TARGETS {
        let found = project.work("fuzz").join(target);
        std::fs::create_dir_all(&found)?;
        // Without a sanitizer: those need a nightly Rust, and look for faults that safe Rust does not have.
        let common = ["--fuzz-dir", "fuzz", "--sanitizer", "none", target];
        step(&format!("{target}, compiled for fuzzing"), || {
            let mut build = wasm::cargo_fuzz(project)?;
            process::run(project, &format!("fuzz-build-{target}"), build.arg("build").args(common))?;
            Ok(Outcome::Done)
        })?;
        step(&format!("{target}, fuzzed for {seconds} s"), || {
            let mut run = wasm::cargo_fuzz(project)?;
            run.arg("run").args(common).arg(&found).arg(project.path("fuzz/corpus").join(target)).arg("--");
            run.arg(format!("-max_total_time={seconds}")).args(["-max_len=8192", "-timeout=10", "-seed=1"]);
            run.arg(format!("-artifact_prefix={}/", found.display()));
            process::run(project, &format!("fuzz-{target}"), &mut run)
                .with_context(|| format!("{target} did not hold; the input is named above"))?;
            Ok(Outcome::Done)
        })?;
    }
    Ok(())
}
