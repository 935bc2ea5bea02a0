//! The pure modules, xtask itself, and the examples in the documentation.

use anyhow::Result;

use super::count::libtest;
use super::{Report, runner};
use crate::project::Project;
use crate::wasm::cargo;

pub fn run(project: &Project) -> Result<Report> {
    let mut tests = cargo(project);
    tests.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    // With every feature: the examples that matter most are those of the hooks and components.
    let mut examples = cargo(project);
    examples.args(["test", "--doc", "--package", "chatkit-widget", "--features", "container,element"]);
    Ok(runner(project, "cargo-test", &mut tests, libtest)?.and(runner(
        project,
        "cargo-doc-test",
        &mut examples,
        libtest,
    )?))
}
