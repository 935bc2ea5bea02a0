//! `cargo xtask bench`: measured in a headless browser. `open`: what a reader waits for, against the real demo server.
//! `stream`: what a streamed answer costs the page, beside others that draw the same text. `thread`: what a long
//! conversation costs to open and to read.
//! They print; whether the numbers are good enough is for people to say, on the machine they care about.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::plan::{Job, Plan};
use crate::project::{self, Project};
use crate::python::{self, For};
use crate::step::{Outcome, step};
use crate::tools::{self, Need};
use crate::wasm::Profile;
use crate::{browser, npm, pack, page, process};

const FOLDER: &str = "tests/e2e";
/// What ours is compared with: packages that nothing else needs.
pub const CONTENDERS: &str = "tests/e2e/bench/stream";

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bench {
    /// Opening the widget.
    Open,
    /// An answer while it is written.
    Stream,
    /// A long conversation: opening it, and reading it up and down.
    Thread,
}

impl Bench {
    /// The bench of this name.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "open" => Ok(Self::Open),
            "stream" => Ok(Self::Stream),
            "thread" => Ok(Self::Thread),
            _ => bail!("there is no bench \"{name}\"; there are open, stream and thread"),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Stream => "stream",
            Self::Thread => "thread",
        }
    }
}

/// Prepares what the browser tests need, measures, prints a table.
pub fn bench(project: &Project, bench: Bench) -> Result<()> {
    tools::check(&[Need::Node, Need::Chrome])?;
    let mut jobs = Plan::new(project);
    match bench {
        Bench::Open | Bench::Thread => {
            tools::check(&[Need::Python])?;
            page::plan(&mut jobs);
            python::plan(&mut jobs, For::Running);
        }
        Bench::Stream => {
            let tarball = pack::plan(&mut jobs, Profile::Release);
            let packages =
                npm::plan_with_tarball(&mut jobs, CONTENDERS, "npm packages to compare with", 20, tarball);
            let pages = Job::new("the pages to compare", 60, move || contenders(project));
            jobs.add(pages.after(&[packages]));
        }
    }
    npm::plan(&mut jobs, FOLDER, "npm packages of the browser tests", 3);
    jobs.announce();
    jobs.run()?;
    let file = project.work("bench.json");
    let at = project.path(FOLDER);
    let mut run = npm::node(&at)?;
    run.arg(npm::bin(&at, "@playwright/test", "playwright")?);
    run.args(["test", "--config", "bench.config.ts", "--reporter=line"]).arg(bench.name());
    run.env("CKW_BENCH", &file).env("CKW_PYTHON", python::python(project)).env("NO_COLOR", "1");
    run.env("CHROME", browser::chrome().context("there is no browser")?);
    // Numbers of the last run must not pass for those of this one.
    let _ = std::fs::remove_file(&file);
    step(&format!("bench {}", bench.name()), || {
        process::run(project, &format!("bench-{}", bench.name()), &mut run).map(|_| Outcome::Done)
    })?;
    println!("\n{}", table(&project::read_json(&file)?).context("the bench left no numbers")?);
    Ok(())
}

/// The pages that draw the same answer, each in its own way; ours as it was packed.
fn contenders(project: &Project) -> Result<Outcome> {
    let at = project.path(CONTENDERS);
    process::run(project, "bench-pages", npm::npm(&at)?.args(["run", "build"]))?;
    Ok(Outcome::Done)
}

/// The lines of the report, one under the other.
fn table(report: &Value) -> Option<String> {
    let lines = report.as_array()?.iter().map(|line| {
        let (what, result) = (line.get("what")?.as_str()?, line.get("result")?.as_str()?);
        Some(format!("{what:<52} n = {:<4} {result}\n", line.get("count")?.as_u64()?))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_number_is_printed_with_what_it_is() {
        let report = json!([{"what": "session", "count": 30, "result": "median 12 ms"}]);
        let printed = table(&report).unwrap();
        assert!(printed.starts_with("session ") && printed.ends_with("n = 30   median 12 ms\n"), "{printed}");
        assert_eq!(table(&json!([{"what": "session"}])), None);
    }

    #[test]
    fn a_mistyped_bench_is_named() {
        assert_eq!(Bench::named("open").unwrap(), Bench::Open);
        assert_eq!(Bench::named("stream").unwrap(), Bench::Stream);
        assert!(Bench::named("opne").unwrap_err().to_string().contains("opne"));
    }
}
