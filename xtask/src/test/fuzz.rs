//! What hostile servers might send, looked for by a machine (`fuzz/`).
//!
//! It starts from the kept corpus, which it only reads; what it finds new stays in `target/xtask/fuzz`. A target fails when
//! an input makes it panic; the report names the file with that input.

use anyhow::Result;

use super::{Run, single};
use crate::plan::Job;
use crate::process;
use crate::programs;
use crate::project::Project;
use crate::step::Outcome;

const TARGETS: [&str; 3] = ["sse", "protocol", "markdown"];
/// Seconds a target is fuzzed, if not said otherwise.
pub const SECONDS: u32 = 30;
/// Without a sanitizer: those need a nightly Rust, and look for faults that safe Rust does not have.
const COMMON: [&str; 4] = ["--fuzz-dir", "fuzz", "--sanitizer", "none"];

pub fn plan(run: &mut Run<'_>, seconds: u32) {
    let project = run.project;
    let install = run.plan.add(Job::new("cargo-fuzz", 20, move || programs::install_cargo_fuzz(project)));
    // All at once: what they share is compiled once.
    let compile = run.plan.add(Job::new("fuzz targets", 40, move || compile(project)).after(&[install]));
    for target in TARGETS {
        run.add(
            "fuzz",
            target,
            seconds.into(),
            |job| job.after(&[compile]),
            move |project| {
                let found = project.work("fuzz").join(target);
                std::fs::create_dir_all(&found)?;
                let mut fuzz = programs::cargo_fuzz(project)?;
                fuzz.arg("run").args(COMMON).arg(target).arg(&found);
                fuzz.arg(project.path("fuzz/corpus").join(target)).arg("--");
                fuzz.arg(format!("-max_total_time={seconds}")).args([
                    "-max_len=8192",
                    "-timeout=10",
                    "-seed=1",
                ]);
                fuzz.arg(format!("-artifact_prefix={}/", found.display()));
                single(project, &format!("fuzz-{target}"), &mut fuzz)
            },
        );
    }
}

fn compile(project: &Project) -> Result<Outcome> {
    process::run(project, "fuzz-build", programs::cargo_fuzz(project)?.arg("build").args(COMMON))?;
    Ok(Outcome::Done)
}
