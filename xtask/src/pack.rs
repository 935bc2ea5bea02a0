//! The npm package: two wasm modules and the TypeScript half, joined in one folder and packed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::{Outcome, step};
use crate::tools::{self, Need};
use crate::wasm::{self, Module, Profile};
use crate::{notices, npm, process};

/// What a tarball holds besides code, from the top of the checkout.
const DOCUMENTS: [&str; 5] =
    ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "LICENSE-THIRD-PARTY"];
const TYPESCRIPT: &str = "pkg-template";

/// The folder that is packed.
pub fn folder(project: &Project) -> PathBuf {
    project.work("package")
}

/// The tarball under the name that does not change, for those who install it.
pub fn tarball(project: &Project) -> PathBuf {
    project.path("dist/chatkit-widget.tgz")
}

/// All steps from nothing to the tarball that is shipped.
pub fn pack(project: &Project) -> Result<()> {
    pack_as(project, Profile::Release)
}

/// The same to a tarball for trying things out, where `profile` says so.
pub fn pack_as(project: &Project, profile: Profile) -> Result<()> {
    tools::check(&[Need::Node])?;
    wasm::install_tools(project)?;
    for module in Module::ALL {
        step(&format!("{} wasm", module.name()), || wasm::build(project, module, profile))?;
    }
    if profile == Profile::Release {
        step("the toggle's markup", || step_toggle(project))?;
    }
    step("npm packages of pkg-template", || npm::ci(project, TYPESCRIPT))?;
    step("TypeScript half", || step_typescript(project))?;
    step("npm tarball", || step_tarball(project))
}

/// Has the test that compares the markup write it, see `tests/toggle/main.rs`.
fn step_toggle(project: &Project) -> Result<Outcome> {
    let written = project.path("pkg-template/src/internal/toggle-markup.ts");
    let inputs = Inputs::new(project).paths(&[
        "Cargo.lock",
        "src/container/view",
        "src/text",
        "tests/toggle",
        "pkg-template/src/internal/toggle-markup.ts",
    ])?;
    stamp::once("toggle", &inputs, &[&written], || {
        let mut render = wasm::cargo(project);
        render.args(["test", "--test", "toggle", "--package", "chatkit-widget"]);
        render.args(["--features", "container,element"]).env("CKW_WRITE", "1");
        process::run(project, "toggle", &mut render).map(drop)
    })
}

fn step_typescript(project: &Project) -> Result<Outcome> {
    let at = project.path(TYPESCRIPT);
    let inputs = Inputs::new(project).path(TYPESCRIPT)?;
    stamp::once("typescript", &inputs, &[&at.join("dist")], || {
        process::run(project, "typescript", npm::npm(&at)?.args(["run", "build"])).map(drop)
    })
}

fn step_tarball(project: &Project) -> Result<Outcome> {
    let version = project.version()?;
    let versioned = project.path("dist").join(format!("chatkit-widget-{version}.tgz"));
    let mut inputs = Inputs::new(project)
        .text(&version)
        .paths(&["Cargo.lock", TYPESCRIPT, "package.json.tmpl", "pkg-template/dist"])?
        .paths(&DOCUMENTS)?;
    for module in Module::ALL {
        inputs = inputs.path(&format!("target/xtask/wasm/{}", module.name()))?;
    }
    let package = folder(project);
    let manifest = package.join("package.json");
    stamp::once("tarball", &inputs, &[&manifest, &versioned, &tarball(project)], || {
        assemble(project, &package, &version)?;
        std::fs::create_dir_all(project.path("dist")).context("cannot create dist/")?;
        let mut pack = npm::npm(&package)?;
        pack.args(["pack", "--pack-destination"]).arg(project.path("dist"));
        process::run(project, "npm-pack", &mut pack)?;
        project::copy(&versioned, &tarball(project))
    })
}

/// Copies everything into the folder. wasm-pack's own output folder cannot be shipped as it is: the
/// `.gitignore` of `*` that it writes there makes npm leave the folder out.
fn assemble(project: &Project, package: &Path, version: &str) -> Result<()> {
    project::remove_dir(package)?;
    let template = project::read(&project.path("package.json.tmpl"))?;
    project::write(&package.join("package.json"), manifest(&template, version)?)?;
    project::copy_dir(&project.path("pkg-template/dist"), &package.join("dist"), &["styles.css"])?;
    project::copy(&project.path("pkg-template/dist/styles.css"), &package.join("styles.css"))?;
    for module in Module::ALL {
        // Its declarations stay here: nobody outside the package's own modules calls it.
        for ending in [".js", "_bg.wasm"] {
            let file = format!("{}{ending}", module.name());
            project::copy(&module.folder(project).join(&file), &package.join("wasm").join(&file))?;
        }
    }
    project::write(&package.join("wasm/LICENSES.txt"), notices::notices(project)?)?;
    // One that is missing is found by the packaging suite, and is no reason to have no package to try.
    for document in DOCUMENTS.iter().filter(|document| project.path(document).is_file()) {
        project::copy(&project.path(document), &package.join(document))?;
    }
    Ok(())
}

/// The published manifest; the version is written in Cargo.toml and nowhere else.
fn manifest(template: &str, version: &str) -> Result<String> {
    let filled = template.replace("{{version}}", version);
    let parsed: serde_json::Value = serde_json::from_str(&filled)
        .context("package.json.tmpl: not valid JSON once {{version}} is filled in")?;
    let named = parsed.get("version").and_then(|found| found.as_str()) == Some(version);
    anyhow::ensure!(named, "package.json.tmpl: write \"version\": \"{{{{version}}}}\"");
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_version_is_the_one_of_the_crate() {
        assert_eq!(manifest(r#"{"version": "{{version}}"}"#, "1.2.3").unwrap(), r#"{"version": "1.2.3"}"#);
        let forgotten = manifest(r#"{"version": "0.0.0"}"#, "1.2.3").unwrap_err();
        assert_eq!(forgotten.to_string(), r#"package.json.tmpl: write "version": "{{version}}""#);
        assert!(manifest("{", "1.2.3").is_err());
    }
}
