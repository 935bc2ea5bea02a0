//! `cargo xtask release --dry-run`: everything a release does but the publishing, which is done by the workflow of a tag
//! (`.github/workflows/release.yml`, `docs/releasing.md`). `cargo xtask version` prepares one.

mod changelog;
mod date;
mod krate;
mod manifests;
mod repository;
mod tarball;
mod version;
mod worktree;

use anyhow::{Result, bail};

pub use self::changelog::check_form as check_changelog;
use self::krate::Tree;
use self::version::Version;
pub use self::worktree::git;
use crate::project::Project;
use crate::step::{Outcome, step};
use crate::test::{self, Verdict};
use crate::{audit, msrv, pack};

/// How a release is tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The tag it is made for: then nothing may be missing that publishing needs.
    pub tag: Option<String>,
    /// Uncommitted changes are said and no failure.
    pub allow_dirty: bool,
    /// Lint, audit and tests are left out, because they were run for this commit.
    pub skip_checks: bool,
}

/// Writes a version, or Cargo.toml's, into every file that repeats it, and gives it its entry in the changelog.
pub fn set_version(project: &Project, version: Option<&str>) -> Result<()> {
    let version: Version = match version {
        Some(text) => text.parse()?,
        None => manifests::version(project)?,
    };
    changelog::move_unreleased(project, &version, &date::today())?;
    for file in manifests::write(project, &version)? {
        println!("  {file}: {version}");
    }
    println!(
        "  chatkit-widget is {version}. Read its entry in CHANGELOG.md, commit, and `cargo xtask release --dry-run`."
    );
    Ok(())
}

/// Does it all, and publishes nothing.
pub fn dry_run(project: &Project, options: &Options) -> Result<()> {
    let version = manifests::version(project)?;
    println!("  chatkit-widget {version}");
    prepared(project, options, &version)?;
    if !options.skip_checks {
        audit::audit(project)?;
        msrv::msrv(project)?;
        if test::test(project, &[]) == Verdict::Failed {
            bail!("tests failed");
        }
    }
    pack::pack(project)?;
    step("no path of this machine", || tarball::says_nothing_of_here(project))?;
    step("a second pack, the same bytes", || tarball::reproduce(project))?;
    let mut sent = String::new();
    step("npm publish --dry-run", || {
        sent = tarball::publish_dry_run(project, version.is_preview())?;
        Ok(Outcome::Done)
    })?;
    krate::publish_dry_run(project, if options.allow_dirty { Tree::Dirty } else { Tree::Clean })?;
    println!("\n  {} is ready: {sent}", pack::tarball(project).display());
    if options.skip_checks {
        println!("  Lint, audit and tests were not run (--skip-checks).");
    }
    Ok(())
}

/// What takes a second to see is seen before what takes half an hour, all of it at once.
fn prepared(project: &Project, options: &Options, version: &Version) -> Result<()> {
    let mut failures = Vec::new();
    let mut check = |what: &str, work: &dyn Fn() -> Result<Outcome>| {
        if let Err(error) = step(what, work) {
            failures.push(format!("{error:#}"));
        }
    };
    check("one version in every manifest", &|| {
        manifests::check(project, version)?;
        pack::check_manifest(project)?;
        Ok(Outcome::Done)
    });
    check("an entry in the changelog", &|| changelog::check_entry(project, version).map(|()| Outcome::Done));
    check("nothing uncommitted", &|| clean(&worktree::changes(project)?, options.allow_dirty));
    if let Some(tag) = &options.tag {
        check(&format!("the tag {tag}"), &|| fits(tag, version).map(|()| Outcome::Done));
    }
    let strict = options.tag.is_some();
    check("where the sources are", &|| repository::check(project, strict));
    if failures.is_empty() { Ok(()) } else { bail!("{}", failures.join("\n\n")) }
}

fn clean(changes: &[String], allowed: bool) -> Result<Outcome> {
    match changes {
        [] => Ok(Outcome::Done),
        _ if allowed => {
            Ok(Outcome::Skipped(format!("{} files are not committed, as allowed", changes.len())))
        }
        _ => bail!(
            "commit what is to be released, and nothing else (or try with --allow-dirty):\n  {}",
            changes.join("\n  ")
        ),
    }
}

fn fits(tag: &str, version: &Version) -> Result<()> {
    if tag == format!("v{version}") {
        return Ok(());
    }
    bail!("the tag is {tag} and Cargo.toml says {version}: the tag of this version is v{version}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_committed_is_released_by_nobody() {
        let changes = [" M src/lib.rs".to_owned()];
        assert!(clean(&changes, false).unwrap_err().to_string().contains("src/lib.rs"));
        assert!(matches!(clean(&changes, true).unwrap(), Outcome::Skipped(_)));
        assert_eq!(clean(&[], false).unwrap(), Outcome::Done);
    }

    #[test]
    fn a_tag_of_another_version_releases_nothing() {
        let version: Version = "1.2.3".parse().unwrap();
        assert!(fits("v1.2.3", &version).is_ok());
        assert!(fits("v1.2.4", &version).is_err());
        assert!(fits("1.2.3", &version).is_err());
    }
}
