//! `cargo xtask test --changed`: the suites that a change can have broken. Which files changed is git's to say; what a file
//! can break is read off the imports where files name each other (Rust's modules here, stories and TypeScript by Playwright
//! and Vitest themselves), and off a table of folders where they do not.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::Suite;
use crate::project::{self, Project};
use crate::release::git;

/// What is to be run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The suites.
    pub suites: Vec<Suite>,
    /// A commit: of stories and Vitest's tests only those run that import what changed since. `None` runs all.
    pub since: Option<String>,
    /// The packaging projects; `None` for all of them.
    pub projects: Option<BTreeSet<String>>,
}

/// What the files that differ from `main` can have broken, committed or not.
pub fn select(project: &Project) -> Result<Selection> {
    let base = base(project)?;
    let mut files: BTreeSet<String> = lines(&git(project, &["diff", "--name-only", &base])?);
    files.extend(lines(&git(project, &["ls-files", "--others", "--exclude-standard"])?));
    let modules = Modules::read(project)?;
    let selection = chosen(&files, &modules, &base);
    println!("  {} files differ from main ({})", files.len(), base.get(..9).unwrap_or(&base));
    Ok(selection)
}

/// The commit at which this branch left `main`; on `main` itself, what was last pushed, or the last commit.
fn base(project: &Project) -> Result<String> {
    let on_main = git(project, &["rev-parse", "--abbrev-ref", "HEAD"])?.trim() == "main";
    let names = if on_main { ["origin/main", "HEAD"] } else { ["main", "origin/main"] };
    let found = names.iter().find_map(|name| git(project, &["merge-base", "HEAD", name]).ok());
    Ok(found.context("there is no branch `main` to compare with")?.trim().to_owned())
}

fn lines(text: &str) -> BTreeSet<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Suites by the beginning of a path; the first line that fits decides. An empty list is a file that no suite reads, and
/// a path without a line can break everything.
const READERS: [(&str, &[&str]); 32] = [
    ("tests/host/", &["host", "lint"]),
    ("tests/toggle/", &["host", "lint"]),
    ("tests/proptest-regressions/", &["host"]),
    ("tests/fixtures/", &["host", "wasm", "server"]),
    ("tests/wasm/", &["wasm", "lint"]),
    ("webdriver.json", &["wasm"]),
    ("tests/server/", &["server", "e2e", "faults", "lint"]),
    ("tests/e2e/browsers", &["browsers", "lint"]),
    ("tests/e2e/yew", &["yew", "lint"]),
    ("tests/e2e/support/", &["e2e", "browsers", "yew", "faults", "lint"]),
    ("tests/e2e/bench", &["lint"]),
    ("tests/e2e/faults", &["faults", "lint"]),
    ("tests/e2e/", &["e2e", "lint"]),
    ("tests/packaging/", &["packaging", "host"]),
    ("tests/size.toml", &["packaging"]),
    ("tests/times.toml", &["host"]),
    ("pkg-template/tests/", &["npm"]),
    ("pkg-template/src/internal/toggle-markup.ts", &["host", "npm", "packaging", "e2e", "browsers"]),
    ("pkg-template/", &["npm", "packaging", "e2e", "browsers", "yew", "faults", "lint"]),
    ("package.json.tmpl", &["host", "packaging"]),
    ("www/book/", &["server", "e2e", "browsers", "packaging"]),
    ("www/", &["e2e", "browsers", "faults", "lint", "host"]),
    ("demo-server/tests/", &["server", "lint"]),
    ("demo-server/", &["server", "e2e", "browsers", "yew", "packaging", "faults", "lint", "host"]),
    ("examples/docusaurus/", &["packaging", "host"]),
    ("examples/yew/", &["yew", "lint"]),
    ("fuzz/", &["fuzz", "lint"]),
    ("docs/csp.md", &["npm", "packaging", "e2e"]),
    ("docs/", &["npm", "packaging", "host"]),
    ("README.md", &["npm", "packaging", "host"]),
    (".github/", &["lint", "host"]),
    ("LICENSE", &["packaging"]),
];

fn chosen(files: &BTreeSet<String>, modules: &Modules, base: &str) -> Selection {
    let mut names = BTreeSet::new();
    for file in files {
        if let Some(module) = file.strip_prefix("src/").and_then(|path| path.split(['/', '.']).next()) {
            names.extend(modules.readers(module));
            continue;
        }
        let line = READERS.iter().find(|(start, _)| file.starts_with(start));
        match line {
            Some((_, suites)) => names.extend(suites.iter().copied()),
            None => names.extend(Suite::ALL.into_iter().map(Suite::name)),
        }
    }
    let suites = Suite::ALL.into_iter().filter(|suite| names.contains(suite.name())).collect();
    // A story imports stories' support alone, a test of Vitest the TypeScript half; of a change anywhere else neither knows.
    let folders = ["stories/", "support/", "browsers/", "yew/"].map(|folder| format!("tests/e2e/{folder}"));
    let imported = |file: &String| {
        let in_story = folders.iter().any(|folder| file.starts_with(folder));
        file.ends_with(".ts") && (in_story || file.starts_with("pkg-template/tests/"))
    };
    let projects = files.iter().map(|file| project_of(file)).collect::<Option<BTreeSet<String>>>();
    Selection {
        suites,
        since: (!files.is_empty() && files.iter().all(imported)).then(|| base.to_owned()),
        projects: projects.filter(|projects| !projects.is_empty()),
    }
}

/// The one packaging project that a file is part of.
fn project_of(file: &str) -> Option<String> {
    let (name, _) = file.strip_prefix("tests/packaging/")?.split_once('/')?;
    (name != "harness").then(|| name.to_owned())
}

/// Which modules of the crate name which.
struct Modules {
    /// For each module at the top of `src`, those that it names.
    names: BTreeMap<String, BTreeSet<String>>,
    /// For each suite that compiles parts of the crate, the modules that it names.
    roots: Vec<(&'static str, BTreeSet<String>)>,
}

impl Modules {
    fn read(project: &Project) -> Result<Self> {
        let src = project.path("src");
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in project::files(&src, &[])? {
            let module = file.strip_prefix(&src)?.components().next().context("a file without a name")?;
            let module = module.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            // Stylesheets and locales are part of the module in whose folder they are.
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            names.entry(module).or_default().extend(named(&text, "crate::"));
        }
        let features = ["container", "element", "components", "hooks"].map(str::to_owned);
        let mut roots = vec![("wasm", BTreeSet::from(features.clone()))];
        // What the npm package is made of.
        for suite in ["packaging", "e2e", "browsers", "faults"] {
            roots.push((suite, BTreeSet::from(["container", "element"].map(str::to_owned))));
        }
        roots.push(("yew", BTreeSet::from(["components", "hooks"].map(str::to_owned))));
        let mut fuzzed = BTreeSet::new();
        for file in project::files(&project.path("fuzz/fuzz_targets"), &[])? {
            fuzzed.extend(named(&project::read(&file)?, "chatkit_widget::"));
        }
        roots.push(("fuzz", fuzzed));
        Ok(Self { names, roots })
    }

    /// The suites that a module of the crate can break.
    fn readers(&self, module: &str) -> Vec<&'static str> {
        let mut readers = vec!["host", "lint"];
        // The crate's root is part of everything.
        let whole = module == "lib";
        readers.extend(
            self.roots
                .iter()
                .filter(|(_, roots)| whole || self.reach(roots).contains(module))
                .map(|(suite, _)| suite),
        );
        readers
    }

    /// All modules that these name, directly or through others.
    fn reach(&self, roots: &BTreeSet<String>) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = roots.iter().collect();
        while let Some(module) = open.pop() {
            if seen.insert(module.clone()) {
                open.extend(self.names.get(module).into_iter().flatten());
            }
        }
        seen
    }
}

/// The modules that a source names after `prefix`: `crate::state::Turn` names `state`, `crate::{text, web::Page}` two.
fn named(source: &str, prefix: &str) -> BTreeSet<String> {
    // Comments lead readers to what the code does not use.
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let source: String = code.flat_map(|line| [line, "\n"]).collect();
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit();
    let first = |text: &str| text.split(|c: char| !is_name(c)).next().unwrap_or_default().to_owned();
    let mut found = BTreeSet::new();
    for (at, _) in source.match_indices(prefix) {
        let rest = source.get(at + prefix.len()..).unwrap_or_default();
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && is_name(c) => {
                            found.insert(first(group.get(at..).unwrap_or_default()));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
            None => {
                found.insert(first(rest));
            }
        }
    }
    found.remove("");
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(suites: &[Suite]) -> BTreeSet<&'static str> {
        suites.iter().map(|suite| suite.name()).collect()
    }

    fn select(files: &[&str]) -> Selection {
        let files = files.iter().map(|file| (*file).to_owned()).collect();
        chosen(&files, &Modules::read(&Project::find().unwrap()).unwrap(), "base")
    }

    #[test]
    fn a_source_names_the_modules_it_uses() {
        let source = "use crate::{json::{self, Value}, text::Words, web};\nlet x = crate::state::new();";
        assert_eq!(named(source, "crate::"), ["json", "state", "text", "web"].map(str::to_owned).into());
    }

    #[test]
    fn a_change_of_one_story_runs_stories_that_import_it() {
        let story = select(&["tests/e2e/stories/ask.spec.ts"]);
        assert_eq!(names(&story.suites), ["e2e", "lint"].into());
        assert_eq!(story.since.as_deref(), Some("base"));
        assert_eq!(select(&["tests/e2e/stories/ask.spec.ts", "www/src/main.tsx"]).since, None);
    }

    #[test]
    fn a_module_breaks_what_is_made_of_it() {
        let element = names(&select(&["src/element/driver.rs"]).suites);
        assert!(element.is_superset(&["host", "lint", "wasm", "e2e", "packaging"].into()), "{element:?}");
        assert!(
            !element.contains("fuzz") && !element.contains("server") && !element.contains("npm"),
            "{element:?}"
        );
        let components = names(&select(&["src/components/mod.rs"]).suites);
        assert!(components.contains("yew") && !components.contains("fuzz"), "{components:?}");
        assert!(names(&select(&["src/sse/mod.rs"]).suites).contains("fuzz"));
    }

    #[test]
    fn one_packaging_project_is_checked_alone_and_nothing_is_left_out_by_mistake() {
        let one = select(&["tests/packaging/webpack/checks.test.mjs"]);
        assert_eq!(one.projects, Some(BTreeSet::from(["webpack".to_owned()])));
        assert_eq!(select(&["tests/packaging/harness/serve.mjs"]).projects, None);
        assert_eq!(select(&["something/new"]).suites, Suite::ALL);
        assert_eq!(select(&[]).suites, []);
    }

    #[test]
    fn the_table_names_suites_and_places_that_there_are() {
        let project = Project::find().unwrap();
        for (start, suites) in READERS {
            assert!(suites.iter().all(|suite| Suite::named(suite).is_ok()), "{start}: {suites:?}");
            let folder = project.path(start.rsplit_once('/').map_or("", |(folder, _)| folder));
            let found = std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
                let path = entry.path();
                path.strip_prefix(&project.root)
                    .unwrap()
                    .to_string_lossy()
                    .starts_with(start.trim_end_matches('/'))
                    || start.ends_with('/')
            });
            assert!(found, "{start}");
        }
    }
}
