//! Where things are in this checkout.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

/// The checkout these commands work on.
pub struct Project {
    /// The folder with the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Project {
    /// The checkout that xtask was started from.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let xtask = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = xtask.parent().context("xtask/ has no folder above it")?.to_path_buf();
        Ok(Self { root })
    }

    /// A path inside the checkout.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// A path in the folder for what these commands make and may throw away.
    pub fn work(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join("target").join("xtask").join(relative)
    }

    /// The version of the crate, which is the version of the npm package.
    pub fn version(&self) -> Result<String> {
        let manifest = read_toml(&self.path("Cargo.toml"))?;
        let version =
            manifest.get("package").and_then(|package| package.get("version")).and_then(|v| v.as_str());
        version.map(str::to_owned).context("Cargo.toml: package.version is missing")
    }

    /// The exact version of a crate in `Cargo.lock`.
    pub fn locked(&self, krate: &str) -> Result<String> {
        let lock = read_toml(&self.path("Cargo.lock"))?;
        let packages = lock.get("package").and_then(|packages| packages.as_array());
        packages
            .into_iter()
            .flatten()
            .find(|package| package.get("name").and_then(|name| name.as_str()) == Some(krate))
            .and_then(|package| package.get("version")?.as_str().map(str::to_owned))
            .with_context(|| format!("Cargo.lock: there is no package \"{krate}\""))
    }
}

/// A parsed TOML file; the error names the file.
pub fn read_toml(path: &Path) -> Result<toml::Table> {
    let text = read(path)?;
    text.parse().with_context(|| format!("{} is not valid TOML", path.display()))
}

/// A parsed JSON file; the error names the file.
pub fn read_json(path: &Path) -> Result<serde_json::Value> {
    let text = read(path)?;
    serde_json::from_str(&text).with_context(|| format!("{} is not valid JSON", path.display()))
}

/// A text file; the error names the file.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the folders above it; the error names the file.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(path, contents).with_context(|| format!("cannot write {}", path.display()))
}

/// Removes a folder with all in it; one that is not there is fine.
pub fn remove_dir(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Copies a file, creating the folders above it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// All files under a folder, sorted, without those in folders that `skip` names.
pub fn files(folder: &Path, skip: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            if skip.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a folder with all in it, without those files and folders that `skip` names.
pub fn copy_dir(from: &Path, to: &Path, skip: &[&str]) -> Result<()> {
    for file in files(from, skip)? {
        copy(&file, &to.join(file.strip_prefix(from)?))?;
    }
    Ok(())
}
