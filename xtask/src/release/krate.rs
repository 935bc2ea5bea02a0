//! The crate as crates.io gets it.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::step::{Outcome, step};
use crate::{process, wasm};

/// Everything that `include` in Cargo.toml is to let through, and what cargo adds itself.
const BELONGS: [&str; 10] = [
    "src/",
    "pkg-template/styles.css",
    "pkg-template/src/styles/",
    "Cargo.toml",
    "Cargo.lock",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "LICENSE-THIRD-PARTY",
    "README.md",
    "CHANGELOG.md",
];
/// cargo's own: the manifest as written, and the commit.
const CARGOS: [&str; 2] = ["Cargo.toml.orig", ".cargo_vcs_info.json"];
/// Without which it would not be the crate.
const NEEDED: [&str; 6] =
    ["src/lib.rs", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "LICENSE-THIRD-PARTY"];
/// KiB of the compressed crate: everybody who builds an app downloads it.
const CEILING: u32 = 480;

/// Whether uncommitted files may be in the crate; cargo refuses them if not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tree {
    Clean,
    Dirty,
}

/// Looks at the list of files, then has cargo do all of a publishing but the publishing: it packs the crate, unpacks it
/// elsewhere and compiles that with everything apps can have of it.
pub fn publish_dry_run(project: &Project, tree: Tree) -> Result<()> {
    step("the files of the crate", || contents(project, tree))?;
    step("cargo publish --dry-run", || {
        let mut publish = cargo(project, &["publish", "--dry-run", "--locked"], tree);
        publish.args(["--target", wasm::TARGET, "--features", "components,locales,container,element"]);
        let output = process::run(project, "cargo-publish", &mut publish)?;
        let complaints = complaints(&output);
        if !complaints.is_empty() {
            bail!("cargo would publish, but says:\n  {}", complaints.join("\n  "));
        }
        match packed(&output).context("cargo does not say how large the crate is")? {
            size if size > CEILING => bail!("the crate is {size} KiB, more than the {CEILING} it may be"),
            _ => {}
        }
        Ok(Outcome::Done)
    })
}

fn contents(project: &Project, tree: Tree) -> Result<Outcome> {
    let listed =
        process::run(project, "cargo-list", &mut cargo(project, &["package", "--list", "--quiet"], tree))?;
    let files: Vec<&str> = listed.lines().filter(|line| !line.starts_with("warning")).collect();
    let problems = wrong(&files);
    if problems.is_empty() { Ok(Outcome::Done) } else { bail!("{}", problems.join("\n")) }
}

fn wrong(files: &[&str]) -> Vec<String> {
    let belongs = |file: &str| {
        let ours =
            BELONGS.iter().any(|part| file == *part || (part.ends_with('/') && file.starts_with(part)));
        ours || CARGOS.contains(&file)
    };
    let strange =
        files.iter().filter(|file| !belongs(file)).map(|file| format!("{file} does not belong in the crate"));
    let missing = NEEDED.iter().filter(|file| !files.contains(file)).map(|file| format!("{file} is missing"));
    strange.chain(missing).collect()
}

fn cargo(project: &Project, args: &[&str], tree: Tree) -> Command {
    let mut cargo = wasm::cargo(project);
    cargo.args(args).args(["--package", "chatkit-widget"]);
    if tree == Tree::Dirty {
        cargo.arg("--allow-dirty");
    }
    cargo
}

/// The KiB of `Packaged 296 files, 1.4MiB (392.4KiB compressed)`.
fn packed(output: &str) -> Option<u32> {
    let (_, rest) =
        output.lines().find(|line| line.trim_start().starts_with("Packaged "))?.split_once('(')?;
    let size = rest.strip_suffix(" compressed)")?;
    let whole = |number: &str| number.split('.').next()?.parse::<u32>().ok();
    match size.strip_suffix("KiB") {
        Some(number) => whole(number),
        None => size.strip_suffix("MiB").and_then(whole).map(|number| number.saturating_mul(1024)),
    }
}

/// What cargo warns of. That our tests stay at home is meant, and a dry run always ends in a warning that it is one.
fn complaints(output: &str) -> Vec<&str> {
    let meant = [
        "ignoring test ",
        "aborting upload due to dry run",
        "manifest has no documentation, homepage or repository",
    ];
    output
        .lines()
        .filter(|line| {
            line.strip_prefix("warning: ")
                .is_some_and(|text| !meant.iter().any(|part| text.starts_with(part)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_part_of_the_crate_is_found_and_what_is_missing_too() {
        let files =
            [&NEEDED[1..], &["Cargo.toml", "Cargo.lock", "tests/host/main.rs", "src/web/mod.rs"]].concat();
        assert_eq!(
            wrong(&files),
            ["tests/host/main.rs does not belong in the crate", "src/lib.rs is missing"]
        );
    }

    #[test]
    fn a_crate_that_grew_is_weighed() {
        assert_eq!(packed("x\n   Packaged 296 files, 1.4MiB (392.4KiB compressed)\n"), Some(392));
        assert_eq!(packed("    Packaged 2 files, 4.0MiB (2.1MiB compressed)"), Some(2048));
        assert_eq!(packed("nothing"), None);
    }

    #[test]
    fn a_new_warning_of_cargos_is_not_overlooked() {
        let output = "warning: ignoring test `host` as it is not included\nwarning: aborting upload due to dry run\n\
            warning: something new\n   Uploading chatkit-widget";
        assert_eq!(complaints(output), ["warning: something new"]);
    }
}
