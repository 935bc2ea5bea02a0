//! Formatting and static checks of every language in the project. Each check counts as one test.

use std::process::Command;

use super::e2e::plan_needs;
use super::{Run, could_not_run, single};
use crate::plan::{Job, JobId, Lane};
use crate::project::{self, Project};
use crate::python::{self, For};
use crate::test::Report;
use crate::test::count::Counts;
use crate::wasm::{self, Profile, cargo};
use crate::{bench, npm, pack, page, programs, release};

/// The feature sets that users compile, each with the browser tests that belong to it.
const FEATURES: [(&str, &[&str]); 5] = [
    ("hooks", &[]),
    ("components", &["wasm_components"]),
    ("container", &["wasm_container"]),
    ("element", &["wasm_element"]),
    ("container,element", &["wasm_container", "wasm_element"]),
];

pub fn plan(run: &mut Run<'_>) {
    run.add(
        "lint",
        "CHANGELOG.md",
        0,
        |job| job,
        |project| {
            release::check_changelog(project)?;
            Ok(Report { counts: Counts { passed: 1, ..Counts::default() }, ..Report::default() })
        },
    );
    rust(run);
    python(run);
    typescript(run);
}

fn rust(run: &mut Run<'_>) {
    let project = run.project;
    let target = run
        .plan
        .add(Job::new(format!("Rust target {}", wasm::TARGET), 5, move || wasm::rust_target(project)));
    for (name, folder) in [("cargo fmt", "."), ("xtask/tools: cargo fmt", programs::TOOLS)] {
        check(run, name, 1, &[], None, move |project| {
            let mut fmt = cargo(project);
            fmt.args(["fmt", "--all", "--check", "--manifest-path", &format!("{folder}/Cargo.toml")]);
            fmt
        });
    }
    check(run, "clippy, no feature and xtask", 20, &[], Some(Lane::Debug), |project| {
        let mut clippy = cargo(project);
        clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        clippy
    });
    for (features, tests) in FEATURES {
        check(run, &format!("clippy, {features}"), 10, &[target], Some(Lane::Debug), move |project| {
            let mut clippy = cargo(project);
            clippy.args([
                "clippy",
                "--target",
                wasm::TARGET,
                "--no-default-features",
                "--features",
                features,
            ]);
            clippy.arg("--lib");
            for test in tests {
                clippy.args(["--test", test]);
            }
            clippy.args(["--", "-D", "warnings"]);
            clippy
        });
    }
    // Workspaces of their own, with what their clippy needs besides.
    for (folder, flags) in [("examples/yew", &["--target", wasm::TARGET][..]), ("fuzz", &["--all-targets"])] {
        let inside = move |project: &Project, command: &str| {
            let mut cargo = cargo(project);
            cargo.args([command, "--manifest-path", &format!("{folder}/Cargo.toml")]);
            cargo
        };
        check(run, &format!("{folder}: cargo fmt"), 1, &[], None, move |project| {
            let mut fmt = inside(project, "fmt");
            fmt.args(["--", "--check"]);
            fmt
        });
        // With what the first clippy compiled, in its folder.
        check(run, &format!("{folder}: clippy"), 10, &[target], Some(Lane::Debug), move |project| {
            let mut clippy = inside(project, "clippy");
            clippy.arg("--target-dir").arg(project.path("target"));
            clippy.arg("--locked").args(flags).args(["--", "-D", "warnings"]);
            clippy
        });
    }
    check(run, "rustdoc", 15, &[], Some(Lane::Debug), |project| {
        // A module's own words may lead contributors to what is private; a link that leads nowhere may not.
        let flags = "-D warnings -A rustdoc::private-intra-doc-links";
        let mut doc = cargo(project);
        doc.args(["doc", "--no-deps", "--package", "chatkit-widget"]);
        doc.args(["--features", "components,container,element"]).env("RUSTDOCFLAGS", flags);
        doc
    });
}

fn python(run: &mut Run<'_>) {
    let environment = python::plan(&mut run.plan, For::Development);
    for folder in ["demo-server", "tests/server"] {
        for args in [&["check", "."][..], &["format", "--check", "."]] {
            let name = format!("{folder}: ruff {}", args[0]);
            check(run, &name, 1, &[environment], None, move |project| {
                let mut ruff = Command::new(python::python(project));
                ruff.current_dir(project.path(folder)).args(["-m", "ruff"]).args(args);
                ruff
            });
        }
    }
    run.add(
        "lint",
        "workflows",
        1,
        |job| job.after(&[environment]),
        |project| {
            let mut schema = Command::new(python::python(project));
            schema.current_dir(&project.root).args(["-m", "check_jsonschema"]);
            schema.args(["--builtin-schema", "vendor.github-workflows"]);
            schema.args(project::files(&project.path(".github/workflows"), &[])?);
            single(project, "lint-workflows", &mut schema)
        },
    );
}

fn typescript(run: &mut Run<'_>) {
    // The page and the browser tests are typed against the package as it is shipped.
    let page = page::plan(&mut run.plan);
    let tarball = pack::plan(&mut run.plan, Profile::Release);
    let [_, tests] = plan_needs(run);
    let bench = bench::CONTENDERS;
    let compared = npm::plan_with_tarball(&mut run.plan, bench, "npm packages to compare with", 20, tarball);
    for (folder, packages) in
        [("pkg-template", page), (page::WWW, page), ("tests/e2e", tests), (bench, compared)]
    {
        run.add(
            "lint",
            format!("{folder}: npm run typecheck"),
            5,
            |job| job.after(&[page, packages]),
            move |project| {
                let log = format!("lint-typecheck-{}", folder.replace('/', "-"));
                single(project, &log, npm::npm(&project.path(folder))?.args(["run", "typecheck"]))
            },
        );
    }
}

/// Adds a check that is one command.
fn check<'a>(
    run: &mut Run<'a>,
    name: &str,
    seconds: u64,
    after: &[JobId],
    lane: Option<Lane>,
    command: impl FnOnce(&'a Project) -> Command + Send + 'a,
) {
    let log = format!("lint-{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let shape = |job: Job<'a>| match lane {
        Some(lane) => job.after(after).lane(lane),
        None => job.after(after),
    };
    run.add("lint", name, seconds, shape, move |project| {
        Ok(single(project, &log, &mut command(project)).unwrap_or_else(could_not_run))
    });
}
