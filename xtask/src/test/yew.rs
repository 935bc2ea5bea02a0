//! The example of a Yew app (`examples/yew`): built as its README says, without Trunk, with the crate as cargo packages
//! it for others, and driven in a real browser against the real server.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Run;
use super::e2e::{FOLDER, plan_needs, playwright_run};
use crate::plan::Job;
use crate::programs::wasm_bindgen;
use crate::project::{self, Project};
use crate::stamp::{self, Inputs};
use crate::step::Outcome;
use crate::wasm::{self, cargo};
use crate::{browser, npm, process};

const EXAMPLE: &str = "examples/yew";

pub fn plan(run: &mut Run<'_>) {
    let project = run.project;
    let tools = wasm::plan_tools(&mut run.plan);
    let example = run.plan.add(Job::new("the Yew example", 60, move || build(project)).after(&tools));
    let [python, packages] = plan_needs(run);
    run.add(
        "yew",
        "stories",
        20,
        |job| job.after(&[example, python, packages]),
        |project| {
            let mut tests = npm::node(&project.path(FOLDER))?;
            tests.env("CKW_YEW", project.work("yew"));
            tests.env("CHROME", browser::chrome_for_stories().context("there is no browser")?);
            playwright_run(project, "playwright-yew", "yew.config.ts", None, tests)
        },
    );
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
        let mut bind = wasm_bindgen(project)?;
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
