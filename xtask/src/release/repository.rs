//! Where the sources are, by `repository` in Cargo.toml. npm puts a package's **provenance** (which workflow built it,
//! from which commit) on its page only where the package names the very repository that the workflow ran in.

use std::env;

use anyhow::{Result, bail};

use crate::pack;
use crate::project::Project;
use crate::step::Outcome;

/// Whether the repository is named, and is the one this runs in, where it runs in GitHub's. Publishing needs both;
/// trying a release out does without.
pub fn check(project: &Project, needed: bool) -> Result<Outcome> {
    let named = pack::repository(project)?;
    let here = env::var("GITHUB_REPOSITORY").ok();
    match verdict(named.as_deref(), here.as_deref()) {
        Ok(()) => Ok(Outcome::Done),
        Err(why) if needed => bail!("{why}"),
        Err(why) => Ok(Outcome::Skipped(why)),
    }
}

/// `here` is `owner/name`, as GitHub gives it to its workflows.
fn verdict(named: Option<&str>, here: Option<&str>) -> Result<(), String> {
    let Some(named) = named else {
        return Err(
            "publishing will need `repository = \"https://github.com/<owner>/<name>\"` in Cargo.toml"
                .to_owned(),
        );
    };
    match here {
        Some(here) if !named.trim_end_matches(".git").ends_with(&format!("/{here}")) => {
            Err(format!("Cargo.toml names {named} as repository, and this is {here}"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fork_does_not_publish_in_the_originals_name() {
        let named = Some("https://github.com/somebody/chatkit-widget");
        assert_eq!(verdict(named, None), Ok(()));
        assert_eq!(verdict(named, Some("somebody/chatkit-widget")), Ok(()));
        assert!(verdict(named, Some("fork/chatkit-widget")).is_err());
        assert!(verdict(None, None).is_err());
    }
}
