//! CHANGELOG.md, in the form of <https://keepachangelog.com>: what a release brings, newest first, by kinds of change.
//!
//! An **entry** is what a version brings; what has no version yet is under `[Unreleased]`.

use anyhow::{Context, Result, bail};

use super::version::Version;
use crate::project::{self, Project};

const FILE: &str = "CHANGELOG.md";
const KINDS: [&str; 6] = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
const UNRELEASED: &str = "## [Unreleased]";

/// The entry of one version.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    version: Version,
    kinds: Vec<String>,
}

/// Whether the file has the form that its readers, and tools, expect.
pub fn check_form(project: &Project) -> Result<()> {
    entries(&project::read(&project.path(FILE))?).map(drop)
}

/// Whether the file says what this version brings.
pub fn check_entry(project: &Project, version: &Version) -> Result<()> {
    let entries = entries(&project::read(&project.path(FILE))?)?;
    if entries.iter().any(|entry| entry.version == *version) {
        return Ok(());
    }
    bail!(
        "{FILE} does not say what {version} brings: `cargo xtask version {version}` puts what is under \
         \"Unreleased\" under it"
    )
}

/// Puts what is under `[Unreleased]` under this version, unless the version has its entry already.
pub fn move_unreleased(project: &Project, version: &Version, today: &str) -> Result<()> {
    let text = project::read(&project.path(FILE))?;
    if let Some(moved) = with_entry(&text, version, today)? {
        project::write(&project.path(FILE), moved)?;
    }
    Ok(())
}

fn with_entry(text: &str, version: &Version, today: &str) -> Result<Option<String>> {
    if entries(text)?.iter().any(|entry| entry.version == *version) {
        return Ok(None);
    }
    let moved = text.replacen(UNRELEASED, &format!("{UNRELEASED}\n\n## [{version}] - {today}"), 1);
    entries(&moved).context("there is nothing under \"Unreleased\" that the version could bring")?;
    Ok(Some(moved))
}

/// All entries, newest first; an error names every line that is not as it should be.
fn entries(text: &str) -> Result<Vec<Entry>> {
    let mut problems = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut unreleased: Option<Vec<String>> = None;
    // How many changes the heading above names.
    let mut changes: Option<(usize, String, usize)> = None;
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    let close = |changes: &mut Option<(usize, String, usize)>, problems: &mut Vec<String>| {
        if let Some((at, kind, 0)) = changes.take() {
            problems.push(format!("{FILE}:{at}: there is nothing under \"{kind}\""));
        }
    };
    for (at, line) in lines {
        let mut problem = |what: String| problems.push(format!("{FILE}:{at}: {what}"));
        if at == 1 && line != "# Changelog" {
            problem("the first line is \"# Changelog\"".to_owned());
        }
        if line == UNRELEASED {
            if unreleased.is_some() || !entries.is_empty() {
                problem("\"Unreleased\" is there once, above all versions".to_owned());
            }
            unreleased = Some(Vec::new());
            close(&mut changes, &mut problems);
        } else if let Some(heading) = line.strip_prefix("## ") {
            match version_of(heading) {
                None => problem(format!("write \"## [1.2.3] - 2026-01-31\", not \"{line}\"")),
                Some(version) => {
                    if entries.last().is_some_and(|newer| newer.version <= version) {
                        problem(format!("{version} is not older than what is above it"));
                    }
                    entries.push(Entry { version, kinds: Vec::new() });
                }
            }
            close(&mut changes, &mut problems);
        } else if let Some(kind) = line.strip_prefix("### ") {
            let known = entries.last_mut().map(|entry| &mut entry.kinds).or(unreleased.as_mut());
            match known {
                _ if !KINDS.contains(&kind) => problem(format!("\"{kind}\" is none of {}", KINDS.join(", "))),
                None => problem(format!("\"{kind}\" belongs to no version")),
                Some(kinds) if kinds.iter().any(|other| other == kind) => {
                    problem(format!("\"{kind}\" is there twice"));
                }
                Some(kinds) => kinds.push(kind.to_owned()),
            }
            close(&mut changes, &mut problems);
            changes = Some((at, kind.to_owned(), 0));
        } else if line.starts_with("- ")
            && let Some((.., count)) = &mut changes
        {
            *count += 1;
        }
    }
    close(&mut changes, &mut problems);
    if unreleased.is_none() {
        problems.push(format!("{FILE}: \"{UNRELEASED}\" is missing: what is done next needs a place"));
    }
    let empty = entries.iter().filter(|entry| entry.kinds.is_empty());
    problems.extend(empty.map(|entry| format!("{FILE}: {} brings nothing", entry.version)));
    if problems.is_empty() { Ok(entries) } else { bail!("{}", problems.join("\n")) }
}

/// `[1.2.3] - 2026-01-31`, also with ` [YANKED]` after it.
fn version_of(heading: &str) -> Option<Version> {
    let (version, rest) = heading.strip_prefix('[')?.split_once("] - ")?;
    let date = rest.strip_suffix(" [YANKED]").unwrap_or(rest);
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = |part: &str, most| part.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number));
    match parts.as_slice() {
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            (in_range(month, 12) && in_range(day, 31)).then(|| version.parse().ok())?
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.2.0] - 2026-11-21\n\n### Fixed\n\n- B.\n\n## [0.1.0] - 2026-01-31 [YANKED]\n\n### Added\n\n- C.\n";

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn a_version_that_nobody_wrote_about_is_not_found() {
        let versions: Vec<String> =
            entries(GOOD).unwrap().iter().map(|entry| entry.version.to_string()).collect();
        assert_eq!(versions, ["0.2.0", "0.1.0"]);
    }

    #[test]
    fn a_form_that_readers_do_not_expect_is_named_with_its_line() {
        let complaint = |from: &str, to: &str| {
            assert!(GOOD.contains(from), "{from}");
            entries(&GOOD.replacen(from, to, 1)).unwrap_err().to_string()
        };
        assert!(complaint("# Changelog\n", "# Changes\n").starts_with("CHANGELOG.md:1: "));
        assert!(complaint("## [Unreleased]\n\n### Added\n\n- A thing.\n\n", "").contains("is missing"));
        assert!(complaint("### Fixed", "### Mended").contains("CHANGELOG.md:11: \"Mended\" is none of"));
        assert!(complaint("- B.\n", "").contains("CHANGELOG.md:11: there is nothing under \"Fixed\""));
        assert!(complaint("### Fixed\n\n- B.\n", "").contains("0.2.0 brings nothing"));
        assert!(complaint("2026-11-21", "21.11.2026").contains("CHANGELOG.md:9: write"));
        assert!(complaint("2026-11-21", "2026-13-21").contains("CHANGELOG.md:9: write"));
        assert!(complaint("[0.2.0]", "[0.1.0]").contains("0.1.0 is not older"));
        assert!(complaint("- B.\n", "- B.\n\n### Fixed\n\n- D.\n").contains("is there twice"));
    }

    #[test]
    fn what_is_unreleased_becomes_the_versions_and_is_moved_once() {
        let text = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n";
        let moved = with_entry(text, &version("0.3.0"), "2026-12-01").unwrap().unwrap();
        assert_eq!(
            moved,
            "# Changelog\n\n## [Unreleased]\n\n## [0.3.0] - 2026-12-01\n\n### Added\n\n- A thing.\n"
        );
        assert_eq!(with_entry(&moved, &version("0.3.0"), "2026-12-02").unwrap(), None);
        assert!(with_entry(&moved, &version("0.4.0"), "2026-12-02").is_err(), "it would bring nothing");
    }
}
