//! The npm package: two wasm modules and the TypeScript half, joined in one folder and packed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::plan::{Job, JobId, Plan};
use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::tools::{self, Need};
use crate::wasm::{self, Module, Profile};
use crate::{notices, npm, process};

/// What a tarball holds besides code, from the top of the checkout.
const DOCUMENTS: [&str; 5] =
    ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "LICENSE-THIRD-PARTY"];
const TYPESCRIPT: &str = "pkg-template";
/// The hashes of what a page loads, in the package.
const INTEGRITY: &str = "integrity.json";

/// The folder that is packed.
pub fn folder(project: &Project) -> PathBuf {
    project.work("package")
}

/// The tarball under the name that does not change, for those who install it.
pub const TARBALL: &str = "dist/chatkit-widget.tgz";

/// The path of [`TARBALL`].
pub fn tarball(project: &Project) -> PathBuf {
    project.path(TARBALL)
}

/// From nothing to the tarball that is shipped.
pub fn pack(project: &Project) -> Result<()> {
    pack_as(project, Profile::Release)
}

/// The same to a tarball for trying things out, where `profile` says so.
pub fn pack_as(project: &Project, profile: Profile) -> Result<()> {
    tools::check(&[Need::Node])?;
    let mut jobs = Plan::new(project);
    plan(&mut jobs, profile);
    jobs.announce();
    jobs.run()?;
    print_integrity(project)
}

/// The job that packs the tarball, with those that it needs.
pub fn plan(plan: &mut Plan<'_>, profile: Profile) -> JobId {
    let project = plan.project;
    let packages = npm::plan(plan, TYPESCRIPT, "npm packages of pkg-template", 15);
    let modules = Module::ALL.map(|module| wasm::plan(plan, module, profile));
    let typescript = Job::new("TypeScript half", 5, move || typescript(project)).after(&[packages]);
    let typescript = plan.add(typescript);
    let tarball = Job::new("npm tarball", 1, move || pack_tarball(project));
    plan.add(tarball.after(&modules).after(&[typescript]))
}

/// What a page without a bundler names in its HTML; the rest of them is in the package's [`INTEGRITY`].
const NAMED_BY_HAND: [&str; 4] =
    ["dist/public/script.js", "styles.css", "wasm/container_bg.wasm", "wasm/element_bg.wasm"];

/// Prints the Subresource Integrity values of the script tag build.
fn print_integrity(project: &Project) -> Result<()> {
    let values = project::read_json(&folder(project).join(INTEGRITY))?;
    println!("  Subresource Integrity, see docs/csp.md (all files: {INTEGRITY} in the package):");
    for file in NAMED_BY_HAND {
        let value = values.get(file).and_then(|value| value.as_str());
        println!("    {file}  {}", value.with_context(|| format!("{INTEGRITY} does not name {file}"))?);
    }
    Ok(())
}

fn typescript(project: &Project) -> Result<Outcome> {
    let at = project.path(TYPESCRIPT);
    let inputs = Inputs::new(project).path(TYPESCRIPT)?;
    stamp::once("typescript", &inputs, &[&at.join("dist")], || {
        process::run(project, "typescript", npm::npm(&at)?.args(["run", "build"])).map(drop)
    })
}

fn pack_tarball(project: &Project) -> Result<Outcome> {
    let version = project.version()?;
    let versioned = project.path("dist").join(format!("chatkit-widget-{version}.tgz"));
    let mut inputs = Inputs::new(project)
        .text(&version)
        .paths(&["Cargo.lock", TYPESCRIPT, "package.json.tmpl", "Cargo.toml", "pkg-template/dist"])?
        .paths(&DOCUMENTS)?;
    for module in Module::ALL {
        inputs = inputs.path(&format!("target/xtask/wasm/{}", module.name()))?;
    }
    let package = folder(project);
    let manifest = package.join("package.json");
    stamp::once("tarball", &inputs, &[&manifest, &versioned, &tarball(project)], || {
        pack_into(project, &package, &project.path("dist"))?;
        project::copy(&versioned, &tarball(project))
    })
}

/// Joins what was built in the folder `package`, and packs it to a tarball in the folder `to`; gives its path. npm sorts
/// the files and gives them all one date, so that the same files are the same bytes.
pub fn pack_into(project: &Project, package: &Path, to: &Path) -> Result<PathBuf> {
    let version = project.version()?;
    assemble(project, package, &version)?;
    let mut hash = npm::node(&project.path(TYPESCRIPT))?;
    process::run(project, "integrity", hash.arg("scripts/integrity.mjs").arg(package))?;
    same_modes(package)?;
    std::fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    let mut pack = npm::npm(package)?;
    pack.args(["pack", "--pack-destination"]).arg(to);
    process::run(project, "npm-pack", &mut pack)?;
    Ok(to.join(format!("chatkit-widget-{version}.tgz")))
}

/// Gives every file the mode of an ordinary one. npm packs modes as they are, and those are a matter of the umask under
/// which somebody checked out.
#[cfg(unix)]
fn same_modes(package: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for file in project::files(package, &[])? {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644))
            .with_context(|| format!("cannot change the mode of {}", file.display()))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn same_modes(_: &Path) -> Result<()> {
    Ok(())
}

/// Whether the published manifest can be made of its template.
pub fn check_manifest(project: &Project) -> Result<()> {
    let template = project::read(&project.path("package.json.tmpl"))?;
    manifest(&template, &project.version()?, repository(project)?.as_deref()).map(drop)
}

/// Where the sources are, if Cargo.toml says it.
pub fn repository(project: &Project) -> Result<Option<String>> {
    let manifest = project::read_toml(&project.path("Cargo.toml"))?;
    let named = manifest.get("package").and_then(|package| package.get("repository")?.as_str());
    Ok(named.map(str::to_owned))
}

/// Copies everything into the folder. wasm-pack's own output folder cannot be shipped as it is: the
/// `.gitignore` of `*` that it writes there makes npm leave the folder out.
fn assemble(project: &Project, package: &Path, version: &str) -> Result<()> {
    project::remove_dir(package)?;
    let template = project::read(&project.path("package.json.tmpl"))?;
    project::write(
        &package.join("package.json"),
        manifest(&template, version, repository(project)?.as_deref())?,
    )?;
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

/// The published manifest; version and repository are written in Cargo.toml and nowhere else.
fn manifest(template: &str, version: &str, repository: Option<&str>) -> Result<String> {
    const BLANK: &str = "{{repository}}";
    // The line goes with its value.
    let lines = template.split_inclusive('\n').filter(|line| repository.is_some() || !line.contains(BLANK));
    let filled = lines.collect::<String>().replace("{{version}}", version);
    let filled = filled.replace(BLANK, repository.unwrap_or_default().trim_end_matches(".git"));
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
        let made = |template: &str| manifest(template, "1.2.3", None);
        assert_eq!(made(r#"{"version": "{{version}}"}"#).unwrap(), r#"{"version": "1.2.3"}"#);
        let forgotten = made(r#"{"version": "0.0.0"}"#).unwrap_err();
        assert_eq!(forgotten.to_string(), r#"package.json.tmpl: write "version": "{{version}}""#);
        assert!(made("{").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_checkout_that_others_may_not_read_packs_the_same() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("xtask-pack-{}", std::process::id()));
        let file = folder.join("dist/a.js");
        project::write(&file, "").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
        same_modes(&folder).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o644);
        project::remove_dir(&folder).unwrap();
    }

    #[test]
    fn the_published_repository_is_the_one_of_the_crate_or_none() {
        let template = "{\n\"repository\": \"{{repository}}\",\n\"version\": \"{{version}}\"\n}\n";
        let made = |repository| manifest(template, "1.2.3", repository).unwrap();
        let address = "https://example.org/x";
        assert_eq!(
            made(Some(address)),
            format!("{{\n\"repository\": \"{address}\",\n\"version\": \"1.2.3\"\n}}\n")
        );
        assert_eq!(made(None), "{\n\"version\": \"1.2.3\"\n}\n");
    }
}
