//! The pure modules, xtask itself, and the examples in the documentation.

use super::count::libtest;
use super::{Run, runner};
use crate::plan::Lane;
use crate::wasm::cargo;

pub fn plan(run: &mut Run<'_>) {
    run.add(
        "host",
        "pure modules and xtask",
        60,
        |job| job.lane(Lane::Debug),
        |project| {
            let mut tests = cargo(project);
            tests.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
            runner(project, "cargo-test", &mut tests, libtest)
        },
    );
    // With every feature: what the edge keeps apart from the browser, the toggle's markup, and the examples of hooks and
    // components.
    run.add(
        "host",
        "the edge, without a browser",
        60,
        |job| job.lane(Lane::Debug),
        |project| {
            let mut edge = cargo(project);
            edge.args(["test", "--lib", "--test", "toggle", "--package", "chatkit-widget"]);
            edge.args(["--features", "components,container,element"]);
            runner(project, "cargo-test-edge", &mut edge, libtest)
        },
    );
    run.add(
        "host",
        "examples in the documentation",
        20,
        |job| job.lane(Lane::Debug),
        |project| {
            let mut examples = cargo(project);
            examples.args(["test", "--doc", "--package", "chatkit-widget"]);
            examples.args(["--features", "components,container,element"]);
            runner(project, "cargo-doc-test", &mut examples, libtest)
        },
    );
}
