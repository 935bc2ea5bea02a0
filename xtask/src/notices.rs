//! The notices of others' crates in the wasm modules: their licences ask to be handed on with what is built of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::project::{self, Project};
use crate::wasm::{self, cargo};

const RULE: &str = "--------------------------------------------------------------------------------";

/// The text of `wasm/LICENSES.txt`: each crate with its version and licence, crates with the same words together.
pub fn notices(project: &Project) -> Result<String> {
    let mut metadata = cargo(project);
    metadata.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", wasm::TARGET]);
    let output = metadata.args(["--features", "container,element"]).output().context("cargo metadata")?;
    anyhow::ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let mut crates_by_words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in shipped(&metadata, "chatkit-widget") {
        let field = |name: &str| package.get(name).and_then(Value::as_str).unwrap_or_default();
        let folder = Path::new(field("manifest_path")).parent().context("a crate without a folder")?;
        let title = format!("{} {} ({})", field("name"), field("version"), field("license"));
        let words = match words(folder)? {
            words if words.is_empty() => {
                format!("The crate names its licence alone; see {}", field("repository"))
            }
            words => words,
        };
        crates_by_words.entry(words).or_default().insert(title);
    }
    let mut sections: Vec<String> = crates_by_words
        .into_iter()
        .map(|(words, crates)| format!("{}\n\n{words}\n", crates.into_iter().collect::<Vec<_>>().join("\n")))
        .collect();
    sections.sort();
    sections.push(
        "Rust's standard library (MIT OR Apache-2.0)\n\nsee https://github.com/rust-lang/rust\n".to_owned(),
    );
    Ok(format!(
        "The wasm modules beside this file contain work of others:\n\n{}",
        sections.join(&format!("\n{RULE}\n\n"))
    ))
}

/// The packages that are compiled into `root` besides itself. Macros and build scripts leave nothing of theirs behind.
fn shipped<'a>(metadata: &'a Value, root: &str) -> Vec<&'a Value> {
    let list = |path: &str| metadata.pointer(path).and_then(Value::as_array).into_iter().flatten();
    let by_id = |path: &str| -> BTreeMap<&str, &Value> {
        list(path).filter_map(|entry| Some((entry.get("id")?.as_str()?, entry))).collect()
    };
    let (packages, nodes) = (by_id("/packages"), by_id("/resolve/nodes"));
    let is_root = |package: &Value| package.get("name").and_then(Value::as_str) == Some(root);
    let mut open: Vec<&str> =
        packages.iter().filter(|(_, package)| is_root(package)).map(|(id, _)| *id).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let dependencies = nodes.get(id).and_then(|node| node.get("deps")?.as_array()).into_iter().flatten();
        for dependency in dependencies.filter(|dependency| is_normal(dependency)) {
            let id = dependency.get("pkg").and_then(Value::as_str).unwrap_or_default();
            if packages.get(id).is_some_and(|package| !is_macro(package)) {
                open.push(id);
            }
        }
    }
    packages
        .into_iter()
        .filter(|(id, package)| seen.contains(id) && !is_root(package))
        .map(|(_, package)| package)
        .collect()
}

fn is_normal(dependency: &Value) -> bool {
    let kinds = dependency.get("dep_kinds").and_then(Value::as_array).into_iter().flatten();
    kinds.into_iter().any(|kind| kind.get("kind").is_some_and(Value::is_null))
}

fn is_macro(package: &Value) -> bool {
    let targets = package.get("targets").and_then(Value::as_array).into_iter().flatten();
    let kinds = targets.filter_map(|target| target.get("kind")?.as_array()).flatten();
    kinds.into_iter().any(|kind| kind == "proc-macro")
}

/// The licence files of a crate. Where the MIT licence may be chosen, the far longer Apache licence is left out.
fn words(folder: &Path) -> Result<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            let name = name.to_lowercase();
            ["license", "licence", "notice"].iter().any(|start| name.starts_with(start))
        })
        .collect();
    names.sort();
    if names.iter().any(|name| name.to_uppercase().contains("MIT")) {
        names.retain(|name| !name.to_uppercase().contains("APACHE"));
    }
    let texts = names.iter().map(|name| Ok(project::read(&folder.join(name))?.trim().replace("\r\n", "\n")));
    Ok(texts.collect::<Result<Vec<_>>>()?.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_is_in_the_wasm_is_named_and_who_only_helped_to_build_it_is_not() {
        let package = |id: &str, kind: &str| json!({"id": id, "name": id, "targets": [{"kind": [kind]}]});
        let needs = |id: &str, kind: Value| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [
                package("ours", "lib"), package("view", "lib"), package("deep", "lib"),
                package("derive", "proc-macro"), package("parser-of-derive", "lib"), package("test-only", "lib"),
            ],
            "resolve": {"nodes": [
                {"id": "ours", "deps": [needs("view", Value::Null), needs("test-only", json!("dev"))]},
                {"id": "view", "deps": [needs("deep", Value::Null), needs("derive", Value::Null)]},
                {"id": "derive", "deps": [needs("parser-of-derive", Value::Null)]},
            ]},
        });
        let names: Vec<_> =
            shipped(&metadata, "ours").into_iter().map(|package| package["name"].clone()).collect();
        assert_eq!(names, ["deep", "view"]);
    }
}
