//! npm's lock files: whether what is installed is what they name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project;

/// Fails where `node_modules` of a folder has another version of a package than its `package-lock.json` names, or a
/// package that it does not name, or lacks one that every system needs.
pub fn installed(folder: &Path) -> Result<()> {
    let lock = project::read_json(&folder.join("package-lock.json"))?;
    let locked =
        lock.get("packages").and_then(Value::as_object).context("package-lock.json has no packages")?;
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found)?;
    let mut differences = Vec::new();
    for (path, version) in &found {
        match locked.get(path).and_then(|entry| entry.get("version")).and_then(Value::as_str) {
            Some(wanted) if wanted == version => {}
            Some(wanted) => differences.push(format!("{path}: {wanted} is locked, {version} is installed")),
            None => differences.push(format!("{path}: {version} is installed and not locked")),
        }
    }
    for (path, entry) in locked {
        // The empty path is the folder itself. Of optional packages each system takes its own.
        let optional = ["optional", "devOptional", "peer"].iter().any(|kind| entry.get(kind).is_some());
        if !path.is_empty() && !optional && !found.contains_key(path) {
            differences.push(format!("{path} is locked and not installed"));
        }
    }
    if differences.is_empty() {
        return Ok(());
    }
    bail!("{} is not what package-lock.json names:\n  {}", folder.display(), differences.join("\n  "))
}

/// The packages in `node_modules` of a package, and in those of its packages: version by path.
fn collect(root: &Path, package: &str, found: &mut BTreeMap<String, String>) -> Result<()> {
    let prefix = if package.is_empty() { String::new() } else { format!("{package}/") };
    let modules = format!("{prefix}node_modules");
    for name in names(&root.join(&modules))? {
        let inner = if name.starts_with('@') {
            names(&root.join(&modules).join(&name))?
                .into_iter()
                .map(|inner| format!("{name}/{inner}"))
                .collect()
        } else {
            vec![name]
        };
        for name in inner {
            let path = format!("{modules}/{name}");
            // Folders that tools keep among the packages (caches) are none.
            let Ok(manifest) = project::read_json(&root.join(&path).join("package.json")) else { continue };
            let version = manifest.get("version").and_then(Value::as_str).unwrap_or_default();
            found.insert(path.clone(), version.to_owned());
            collect(root, &path, found)?;
        }
    }
    Ok(())
}

/// The names in a folder that could be packages; none for a folder that is not there.
fn names(folder: &Path) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::project::{Project, write};

    fn folder(name: &str, lock: &Value, installed: &[(&str, &str)]) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-lock-{}-{name}", std::process::id()));
        project::remove_dir(&folder).unwrap();
        write(&folder.join("package-lock.json"), lock.to_string()).unwrap();
        for (path, version) in installed {
            let manifest = json!({ "version": version }).to_string();
            write(&folder.join(path).join("package.json"), manifest).unwrap();
        }
        folder
    }

    #[test]
    fn an_installation_that_is_not_the_locked_one_is_named() {
        let lock = json!({ "packages": {
            "": {},
            "node_modules/vite": { "version": "8.3.8" },
            "node_modules/vite/node_modules/@x/y": { "version": "1.0.0" },
            "node_modules/only-macos": { "version": "1.0.0", "optional": true },
        }});
        let nested = "node_modules/vite/node_modules/@x/y";
        let right = folder("right", &lock, &[("node_modules/vite", "8.3.8"), (nested, "1.0.0")]);
        installed(&right).unwrap();
        let wrong =
            folder("wrong", &lock, &[("node_modules/vite", "8.4.0"), ("node_modules/left-pad", "1.3.0")]);
        let error = installed(&wrong).unwrap_err().to_string();
        for said in [
            "node_modules/vite: 8.3.8 is locked, 8.4.0 is installed",
            "node_modules/left-pad: 1.3.0 is installed and not locked",
            "node_modules/vite/node_modules/@x/y is locked and not installed",
        ] {
            assert!(error.contains(said), "{error}");
        }
        assert!(!error.contains("only-macos"), "{error}");
        for made in [right, wrong] {
            project::remove_dir(&made).unwrap();
        }
    }

    /// Every lock in the checkout.
    fn locks(project: &Project) -> Vec<(String, Value)> {
        let skip = ["node_modules", "target", ".git", ".venv", "dist"];
        let files = project::files(&project.root, &skip).unwrap();
        files
            .into_iter()
            .filter(|file| file.ends_with("package-lock.json"))
            .map(|file| (file.display().to_string(), project::read_json(&file).unwrap()))
            .collect()
    }

    #[test]
    fn locks_name_no_address_that_only_one_machine_reaches() {
        for (file, lock) in locks(&Project::find().unwrap()) {
            for (path, entry) in lock["packages"].as_object().unwrap() {
                let resolved = entry.get("resolved").and_then(Value::as_str).unwrap_or("file:");
                assert!(resolved.starts_with("file:"), "{file}: {path} has an address: {resolved}");
            }
        }
    }

    #[test]
    fn locks_have_our_tarball_with_the_dependencies_that_it_is_published_with() {
        let project = Project::find().unwrap();
        let template = project::read(&project.path("package.json.tmpl")).unwrap();
        let published: Value = serde_json::from_str(&template).unwrap();
        let mut seen = 0;
        for (file, lock) in locks(&project) {
            let Some(ours) = lock["packages"].get("node_modules/chatkit-widget") else { continue };
            for kind in ["dependencies", "peerDependencies", "peerDependenciesMeta"] {
                assert_eq!(ours.get(kind), published.get(kind), "{file}: {kind} of chatkit-widget");
            }
            assert_eq!(ours.get("integrity"), None, "{file}: the tarball is packed anew, its hash changes");
            seen += 1;
        }
        assert!(seen > 10, "{seen}");
    }
}
