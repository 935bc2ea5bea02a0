//! The example of a Yew app (`examples/yew`): built as its README says, without Trunk, with the crate as cargo packages
//! it for others, and driven in a real browser against the real server.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::count::playwright;
use super::{Report, json_report, runner};
use crate::project::{self, Project};
use crate::python::{self, For};
use crate::stamp::{self, Inputs};
use crate::step::{Outcome, step};
use crate::wasm::{self, cargo};
use crate::{browser, npm, process};

const EXAMPLE: &str = "examples/yew";
const FOLDER: &str = "tests/e2e";

pub fn run(project: &Project) -> Result<Report> {
    wasm::install_tools(project)?;
    step("the Yew example", || build(project))?;
    step("Python environment", || python::environment(project, For::Running))?;
    step("npm packages of the browser tests", || npm::ci(project, FOLDER))?;
    let at = project.path(FOLDER);
    let file = project.work("playwright-yew.json");
    let _ = std::fs::remove_file(&file);
    let mut tests = npm::node(&at)?;
    tests.arg(npm::bin(&at, "@playwright/test", "playwright")?);
    tests.args(["test", "--config", "yew.config.ts", "--reporter=list,json"]);
    tests.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &file).env("CI", "1").env("NO_COLOR", "1");
    tests.env("CKW_PYTHON", python::python(project)).env("CKW_YEW", project.work("yew"));
    tests.env("CHROME", browser::chrome().context("there is no browser")?);
    runner(project, "playwright-yew", &mut tests, |_| playwright(&json_report(&file)?))
}

/// Into a folder that any web server can serve.
fn build(project: &Project) -> Result<Outcome> {
    let built = project.work("yew");
    let inputs = Inputs::new(project).text(&project.locked("wasm-bindgen")?).paths(&[
        EXAMPLE,
        "src",
        "Cargo.toml",
        "pkg-template/styles.css",
        "pkg-template/src/styles",
    ])?;
    stamp::once("yew", &inputs, &[&built.join("index.html")], || {
        project::remove_dir(&built)?;
        let at = beside_packaged(project)?;
        let target = project.work("yew-target");
        let mut compile = cargo(project);
        compile.current_dir(&at).args(["build", "--release", "--locked", "--target", wasm::TARGET]);
        process::run(project, "yew-cargo", compile.arg("--target-dir").arg(&target))?;
        let module = target.join(wasm::TARGET).join("release").join("yew-example.wasm");
        let mut bind = wasm::wasm_bindgen(project)?;
        bind.args(["--target", "web", "--out-dir"]).arg(&built).arg(module);
        process::run(project, "yew-wasm-bindgen", &mut bind)?;
        project::copy(&at.join("styles.css"), &built.join("styles.css"))?;
        let index = without_trunk(&project::read(&at.join("index.html"))?)?;
        project::write(&built.join("index.html"), index)
    })
}

/// A copy of the example that finds, where the checkout was, what somebody gets from crates.io: a file that cargo leaves
/// out, such as a stylesheet beside the sources, would be missed by them alone.
fn beside_packaged(project: &Project) -> Result<PathBuf> {
    let packaged = project.work("yew-crate");
    project::remove_dir(&packaged)?;
    let target = project.work("package-target");
    let mut package = cargo(project);
    package.args(["package", "--package", "chatkit-widget", "--no-verify", "--allow-dirty", "--target-dir"]);
    process::run(project, "yew-package", package.arg(&target))?;
    let archive = target.join("package").join(format!("chatkit-widget-{}.crate", project.version()?));
    std::fs::create_dir_all(&packaged).context("cannot create the crate's folder")?;
    let mut unpack = Command::new("tar");
    unpack.arg("-xzf").arg(archive).args(["--strip-components", "1", "-C"]).arg(&packaged);
    process::run(project, "yew-unpack", &mut unpack)?;
    let example = packaged.join(EXAMPLE);
    project::copy_dir(&project.path(EXAMPLE), &example, &["target", "dist"])?;
    Ok(example)
}

/// The page with ordinary links in place of those that Trunk fills in.
fn without_trunk(page: &str) -> Result<String> {
    let mut links = [
        "<link rel=\"stylesheet\" href=\"/styles.css\" />",
        "<script type=\"module\">import init from \"/yew-example.js\"; init();</script>",
    ]
    .into_iter();
    let lines = page.lines().filter_map(|line| match line.trim() {
        "<base data-trunk-public-url />" => None,
        line if line.starts_with("<link data-trunk ") => links.next(),
        _ => Some(line),
    });
    let filled = lines.map(|line| format!("{line}\n")).collect::<String>();
    let whole = links.next().is_none() && !filled.contains("data-trunk");
    ensure!(whole, "{EXAMPLE}/index.html: there should be one stylesheet and one program for Trunk");
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_for_trunk_works_without_it() {
        let page = "<base data-trunk-public-url />\n<link data-trunk rel=\"css\" />\n<link data-trunk rel=\"rust\" />\n<p>\n";
        let filled = without_trunk(page).unwrap();
        assert!(
            filled.starts_with("<link rel=\"stylesheet\"") && filled.ends_with("</script>\n<p>\n"),
            "{filled}"
        );
        assert!(without_trunk("<link data-trunk rel=\"rust\" />").is_err());
    }
}
