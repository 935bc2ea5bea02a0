//! Two packs of the same build are the same bytes: who builds a release again can compare.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};
use crate::step::Outcome;
use crate::{npm, pack, process};

/// Packs the built files a second time, elsewhere, and compares.
pub fn reproduce(project: &Project) -> Result<Outcome> {
    let (package, folder) = (project.work("again/package"), project.work("again"));
    project::remove_dir(&folder)?;
    let second = pack::pack_into(project, &package, &folder)?;
    let differing = differing(&pack::folder(project), &package)?;
    if !differing.is_empty() {
        bail!("two packs differ in:\n  {}", differing.join("\n  "));
    }
    if bytes(&pack::tarball(project))? != bytes(&second)? {
        bail!(
            "two packs have the same files and are not the same bytes: compare {} and {}",
            pack::tarball(project).display(),
            second.display()
        );
    }
    Ok(Outcome::Done)
}

/// Whether a packed file says where on this machine it was built: nobody's business, and other bytes elsewhere.
pub fn says_nothing_of_here(project: &Project) -> Result<Outcome> {
    let root = project.root.to_string_lossy().into_owned();
    let mut found = Vec::new();
    for file in project::files(&pack::folder(project), &[])? {
        let text = bytes(&file)?;
        let told = needles(&root).into_iter().find(|needle| contains(&text, needle));
        found.extend(told.map(|needle| format!("{}: {needle}", file.display())));
    }
    if found.is_empty() {
        Ok(Outcome::Done)
    } else {
        bail!("paths of this machine are in:\n  {}", found.join("\n  "))
    }
}

/// Parts of paths that only a machine has. A checkout in `/app` is left out: those letters are in honest texts, too.
fn needles(root: &str) -> Vec<&str> {
    let deep = root.matches(['/', '\\']).count() > 1;
    let own = Some(root).filter(|_| deep);
    ["/.cargo/registry/", "/.rustup/toolchains/"].into_iter().chain(own).collect()
}

fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// Has npm do all of a publishing but the publishing, and say nothing but what it would send; gives that.
pub fn publish_dry_run(project: &Project, preview: bool) -> Result<String> {
    let mut publish = npm::npm(&project.root)?;
    publish.arg("publish").arg(pack::tarball(project)).args(["--dry-run", "--access", "public"]);
    publish.args(["--tag", if preview { "next" } else { "latest" }]);
    let output = process::run(project, "npm-publish", &mut publish)?;
    let complaints = complaints(&output);
    if !complaints.is_empty() {
        bail!("npm would publish, but says:\n  {}", complaints.join("\n  "));
    }
    Ok(summary(&output))
}

/// Files that are in one folder only, or not the same in both.
fn differing(one: &Path, other: &Path) -> Result<Vec<String>> {
    let list = |folder: &Path| -> Result<Vec<String>> {
        let files = project::files(folder, &[])?;
        files.iter().map(|file| Ok(file.strip_prefix(folder)?.to_string_lossy().into_owned())).collect()
    };
    let (ours, theirs) = (list(one)?, list(other)?);
    let mut differing: Vec<String> = theirs.iter().filter(|file| !ours.contains(file)).cloned().collect();
    for file in ours {
        if !theirs.contains(&file) || bytes(&one.join(&file))? != bytes(&other.join(&file))? {
            differing.push(file);
        }
    }
    Ok(differing)
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// What npm complains about in our package. What it says of this machine's settings is not about us, and that nobody is
/// logged in is as it should be.
fn complaints(output: &str) -> Vec<&str> {
    let ours = |line: &&str| {
        let told = line.strip_prefix("npm warn publish ").or_else(|| line.strip_prefix("npm warn pack "));
        told.is_some_and(|what| !what.starts_with("This command requires you to be logged in"))
    };
    output.lines().filter(ours).collect()
}

/// `package size`, `total files` and `integrity` of npm's notice.
fn summary(output: &str) -> String {
    let value =
        |name: &str| output.lines().find_map(|line| line.strip_prefix("npm notice ")?.strip_prefix(name));
    let known = ["package size:", "total files:", "shasum:"].map(|name| value(name).unwrap_or("?").trim());
    let [size, files, sha] = known;
    format!("{size}, {files} files, SHA-1 {sha}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_about_the_package_is_told_from_one_about_the_machine() {
        let output = "npm warn Unknown user config \"x\"\nnpm warn publish npm auto-corrected some errors\n\
            npm warn publish This command requires you to be logged in (dry-run)\nnpm notice package size: 1.2 MB\n\
            npm notice shasum: abc\nnpm notice total files: 12";
        assert_eq!(complaints(output), ["npm warn publish npm auto-corrected some errors"]);
        assert_eq!(summary(output), "1.2 MB, 12 files, SHA-1 abc");
    }

    #[test]
    fn a_path_of_this_machine_is_found_between_other_bytes() {
        assert!(contains(b"\0x/home/me/chatkit/src\xff", "/home/me/chatkit"));
        assert!(!contains(b"./src/lib.rs", "/home/me/chatkit"));
        assert!(needles("/home/me/chatkit").contains(&"/home/me/chatkit"));
        assert!(!needles("/app").contains(&"/app"));
    }

    #[test]
    fn a_file_that_changes_from_pack_to_pack_is_named() {
        let root = std::env::temp_dir().join(format!("xtask-tarball-{}", std::process::id()));
        for (file, text) in
            [("a/same", "1"), ("b/same", "1"), ("a/x", "1"), ("b/x", "2"), ("a/y", ""), ("b/z", "")]
        {
            project::write(&root.join(file), text).unwrap();
        }
        let mut found = differing(&root.join("a"), &root.join("b")).unwrap();
        found.sort();
        assert_eq!(found, ["x", "y", "z"]);
        project::remove_dir(&root).unwrap();
    }
}
