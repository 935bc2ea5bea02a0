//! `cargo xtask lint`: formatting and static checks of every language in the project.

use std::process::Command;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::python::{self, For};
use crate::step::{Outcome, step};
use crate::tools::{self, Need};
use crate::wasm::{self, cargo};
use crate::{npm, pack, page, process, release};

/// The feature sets that users compile, each with the browser tests that belong to it.
const FEATURES: [(&str, &[&str]); 5] = [
    ("hooks", &[]),
    ("components", &["wasm_components"]),
    ("container", &["wasm_container"]),
    ("element", &["wasm_element"]),
    ("container,element", &["wasm_container", "wasm_element"]),
];

/// Runs every check, also after one failed, and fails when any did.
pub fn lint(project: &Project) -> Result<()> {
    tools::check(&[Need::Node, Need::Python])?;
    let mut failures = Vec::new();
    let mut check = |what: &str, work: &dyn Fn() -> Result<()>| {
        if let Err(error) = step(what, || work().map(|()| Outcome::Done)) {
            failures.push(format!("{what}: {error:#}"));
        }
    };

    check("CHANGELOG.md", &|| release::check_changelog(project));
    check("cargo fmt", &|| run(project, "fmt", cargo(project).args(["fmt", "--all", "--check"])));
    check("clippy, no feature and xtask", &|| {
        let mut clippy = cargo(project);
        clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        run(project, "clippy-none", &mut clippy)
    });
    check("Rust target wasm32-unknown-unknown", &|| wasm::rust_target(project).map(drop));
    for (features, tests) in FEATURES {
        check(&format!("clippy, {features}"), &|| {
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
            run(project, &format!("clippy-{features}"), clippy.args(["--", "-D", "warnings"]))
        });
    }
    // Workspaces of their own, with what their clippy needs besides.
    for (folder, flags) in [("examples/yew", &["--target", wasm::TARGET][..]), ("fuzz", &["--all-targets"])] {
        let inside = |command: &str| {
            let mut cargo = cargo(project);
            cargo.args([command, "--manifest-path", &format!("{folder}/Cargo.toml")]);
            cargo
        };
        let log = folder.replace('/', "-");
        check(&format!("{folder}: cargo fmt"), &|| {
            run(project, &format!("fmt-{log}"), inside("fmt").args(["--", "--check"]))
        });
        check(&format!("{folder}: clippy"), &|| {
            let mut clippy = inside("clippy");
            clippy.arg("--locked").args(flags).args(["--", "-D", "warnings"]);
            run(project, &format!("clippy-{log}"), &mut clippy)
        });
    }
    check("rustdoc", &|| {
        // A module's own words may lead contributors to what is private; a link that leads nowhere may not.
        let flags = "-D warnings -A rustdoc::private-intra-doc-links";
        let mut doc = cargo(project);
        doc.args([
            "doc",
            "--no-deps",
            "--package",
            "chatkit-widget",
            "--features",
            "components,container,element",
        ]);
        run(project, "rustdoc", doc.env("RUSTDOCFLAGS", flags))
    });
    check("Python environment", &|| python::environment(project, For::Development).map(drop));
    for folder in ["demo-server", "tests/server"] {
        for args in [&["check", "."][..], &["format", "--check", "."]] {
            check(&format!("{folder}: ruff {}", args[0]), &|| {
                let mut ruff = Command::new(python::python(project));
                ruff.current_dir(project.path(folder)).args(["-m", "ruff"]).args(args);
                run(project, &format!("ruff-{}-{}", args[0], folder.replace('/', "-")), &mut ruff)
            });
        }
    }
    check("workflows", &|| {
        let mut schema = Command::new(python::python(project));
        schema.current_dir(&project.root).args(["-m", "check_jsonschema"]);
        schema.args(["--builtin-schema", "vendor.github-workflows"]);
        run(
            project,
            "workflows",
            schema.args(crate::project::files(&project.path(".github/workflows"), &[])?),
        )
    });
    // The page and the browser tests are typed against the package as it is shipped.
    if let Err(error) = pack::pack(project).and_then(|()| page::build(project)) {
        check("the package", &|| bail!("{error:#}"));
    }
    for folder in ["pkg-template", page::WWW, "tests/e2e", "tests/e2e/bench/stream"] {
        for script in ["typecheck", "lint"] {
            if npm::has_script(&project.path(folder), script) {
                check(&format!("{folder}: npm run {script}"), &|| {
                    npm::ci(project, folder)?;
                    let log = format!("{script}-{}", folder.replace('/', "-"));
                    run(project, &log, npm::npm(&project.path(folder))?.args(["run", script]))
                });
            }
        }
    }

    if failures.is_empty() { Ok(()) } else { bail!("{}", failures.join("\n\n")) }
}

fn run(project: &Project, log: &str, command: &mut Command) -> Result<()> {
    process::run(project, &format!("lint-{log}"), command).map(drop)
}
