//! The pure modules, xtask itself, and the examples in the documentation.

use anyhow::Result;

use super::count::libtest;
use super::{Report, runner};
use crate::project::Project;
use crate::wasm::cargo;

pub fn run(project: &Project) -> Result<Report> {
    let mut tests = cargo(project);
    tests.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    let tests = runner(project, "cargo-test", &mut tests, libtest)?;
    // With every feature: what the edge keeps apart from the browser, the toggle's
    // markup, and the examples of hooks and components.
    let mut edge = cargo(project);
    edge.args(["test", "--lib", "--test", "toggle", "--package", "chatkit-widget"]);
    edge.args(["--features", "components,container,element"]);
    let edge = runner(project, "cargo-test-edge", &mut edge, libtest)?;
    let mut examples = cargo(project);
    examples.args([
        "test",
        "--doc",
        "--package",
        "chatkit-widget",
        "--features",
        "components,container,element",
    ]);
    let examples = runner(project, "cargo-doc-test", &mut examples, libtest)?;
    Ok(tests.and(edge).and(examples))
}
