//! `cargo xtask test`: every suite in turn, also after one failed. A **suite** is one runner's tests (or two that
//! belong together); its **report** is how many passed and what to read when some did not.

mod browsers;
mod count;
mod e2e;
mod host;
mod npm;
mod packaging;
mod postgres;
mod server;
mod wasm;
mod yew;

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;
use crate::step::seconds;
use crate::test::count::Counts;
use crate::tools::{self, Need};

/// One of the suites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// Pure Rust, and xtask itself.
    Host,
    /// Rust in a headless browser.
    Wasm,
    /// The TypeScript half under jsdom.
    Npm,
    /// The demo server.
    Server,
    /// The demo page in a browser, with the real server.
    E2e,
    /// The main story in Firefox and WebKit.
    Browsers,
    /// The tarball in somebody else's project.
    Packaging,
    /// The example of a Yew app, in a browser, with the real server.
    Yew,
}

impl Suite {
    const ALL: [Self; 8] = [
        Self::Host,
        Self::Wasm,
        Self::Npm,
        Self::Server,
        Self::Packaging,
        Self::Yew,
        Self::E2e,
        Self::Browsers,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Wasm => "wasm",
            Self::Npm => "npm",
            Self::Server => "server",
            Self::E2e => "e2e",
            Self::Browsers => "browsers",
            Self::Packaging => "packaging",
            Self::Yew => "yew",
        }
    }

    /// The suite of this name.
    pub fn named(name: &str) -> Result<Self> {
        match Self::ALL.into_iter().find(|suite| suite.name() == name) {
            Some(suite) => Ok(suite),
            None => bail!("there is no suite \"{name}\"; there are {}", Self::ALL.map(Self::name).join(", ")),
        }
    }

    const fn needs(self) -> &'static [Need] {
        match self {
            Self::Host => &[],
            Self::Wasm => &[Need::Node, Need::Chrome, Need::ChromeDriver],
            Self::Npm => &[Need::Node],
            Self::Server => &[Need::Python],
            Self::E2e | Self::Yew | Self::Packaging => &[Need::Node, Need::Python, Need::Chrome],
            // WebKit for its own sake exists on Linux alone; elsewhere Firefox does.
            Self::Browsers if cfg!(target_os = "linux") => {
                &[Need::Node, Need::Python, Need::Firefox, Need::WebKitDriver, Need::Display]
            }
            Self::Browsers => &[Need::Node, Need::Python, Need::Firefox],
        }
    }

    fn run(self, project: &Project) -> Result<Report> {
        tools::check(self.needs())?;
        match self {
            Self::Host => host::run(project),
            Self::Wasm => wasm::run(project),
            Self::Npm => npm::run(project),
            Self::Server => server::run(project),
            Self::E2e => e2e::run(project),
            Self::Browsers => browsers::run(project),
            Self::Packaging => packaging::run(project),
            Self::Yew => yew::run(project),
        }
    }
}

/// How a test run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing failed.
    Passed,
    /// Something failed, or could not run.
    Failed,
}

/// What a suite found.
#[derive(Debug, Default, PartialEq, Eq)]
struct Report {
    counts: Counts,
    /// The output of runners in which something failed.
    failures: Vec<String>,
}

impl Report {
    fn and(mut self, other: Self) -> Self {
        self.counts = self.counts + other.counts;
        self.failures.extend(other.failures);
        self
    }
}

/// Runs these suites, or all, and ends with the line `N passed, N failed`.
pub fn test(project: &Project, suites: &[Suite]) -> Verdict {
    let suites = if suites.is_empty() { &Suite::ALL } else { suites };
    let mut total = Counts::default();
    let mut lines = Vec::new();
    for suite in suites {
        println!("{}", suite.name());
        let started = Instant::now();
        let report = suite.run(project).unwrap_or_else(could_not_run);
        for failure in &report.failures {
            println!("\n{failure}\n");
        }
        let line = format!("{:<10} {} in {}", suite.name(), report.counts, seconds(started.elapsed()));
        println!("  {}\n", report.counts);
        lines.push(line);
        total = total + report.counts;
    }
    for line in lines {
        println!("{line}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { Verdict::Passed } else { Verdict::Failed }
}

/// A suite that could not run has not passed: it counts as a failure, with its reason.
fn could_not_run(error: anyhow::Error) -> Report {
    Report {
        counts: Counts { failed: 1, ..Counts::default() },
        failures: vec![format!("  could not run: {error:#}")],
    }
}

/// Runs a test runner and reads its counts from what it printed.
fn runner(
    project: &Project,
    log: &str,
    command: &mut Command,
    read: impl FnOnce(&str) -> Option<Counts>,
) -> Result<Report> {
    println!("  {log} …");
    let finished = process::finish(project, &format!("test-{log}"), command)?;
    let counts = read(&finished.output);
    Ok(judge(log, finished.ok, &finished.status, finished.output, counts))
}

/// A runner that fails without a failed test (it did not compile, it crashed) counts as one failure; so does
/// one that ran nothing, for a suite that lost its tests must not look green.
fn judge(log: &str, ok: bool, status: &str, output: String, counts: Option<Counts>) -> Report {
    let mut counts = counts.unwrap_or_default();
    let nothing = counts.passed + counts.failed == 0;
    if (!ok || nothing) && counts.failed == 0 {
        counts.failed = 1;
    }
    if counts.failed == 0 {
        return Report { counts, failures: Vec::new() };
    }
    let reason = if nothing && ok { "it ran no test" } else { status };
    Report {
        counts, failures: vec![format!("── {log}: {reason}\n{}\n── end of {log}", output.trim_end())]
    }
}

/// A check that is one test by itself: a compiler that must accept something.
fn single(project: &Project, log: &str, command: &mut Command) -> Result<Report> {
    runner(project, log, command, |_| Some(Counts { passed: 1, ..Counts::default() })).map(|mut report| {
        if report.counts.failed > 0 {
            report.counts.passed = 0;
        }
        report
    })
}

/// The report file that a runner was told to write.
fn json_report(path: &std::path::Path) -> Option<serde_json::Value> {
    crate::project::read_json(path).context("no report").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(ok: bool, counts: Option<Counts>) -> (u64, u64, bool) {
        let report = judge("x", ok, "exit status: 1", "output".to_owned(), counts);
        (report.counts.passed, report.counts.failed, report.failures.is_empty())
    }

    #[test]
    fn only_tests_that_ran_and_passed_look_green() {
        let counts = |passed, failed| Some(Counts { passed, failed, skipped: 0 });
        assert_eq!(judged(true, counts(3, 0)), (3, 0, true));
        assert_eq!(judged(false, counts(3, 2)), (3, 2, false));
        assert_eq!(judged(false, counts(3, 0)), (3, 1, false));
        assert_eq!(judged(false, None), (0, 1, false));
        assert_eq!(judged(true, None), (0, 1, false));
        assert_eq!(judged(true, counts(0, 0)), (0, 1, false));
    }

    #[test]
    fn a_suite_that_could_not_run_counts_as_failed_with_its_reason() {
        let report = could_not_run(anyhow::anyhow!("no browser"));
        assert_eq!(report.counts.failed, 1);
        assert!(report.failures[0].contains("no browser"));
    }
}
