//! `cargo xtask test`: every suite, side by side where the machine has room, also after one failed. A **suite** is one
//! runner's tests (or some that belong together); its **report** is how many passed and what to read when some did not.

mod browsers;
mod budget;
mod changed;
mod count;
mod e2e;
mod faults;
mod fuzz;
mod host;
mod lint;
mod npm;
mod packaging;
mod postgres;
mod server;
mod slowest;
mod wasm;
mod yew;

use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use self::changed::Selection;
use self::slowest::Timed;
use crate::plan::{Job, JobId, Plan};
use crate::process;
use crate::project::Project;
use crate::step::{Outcome, seconds};
use crate::test::count::Counts;
use crate::tools::{self, Need};

pub use self::fuzz::SECONDS as FUZZ_SECONDS;

/// One of the suites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// Formatting and static checks of every language in the project.
    Lint,
    /// What hostile servers might send, looked for by a machine: this many seconds a target.
    Fuzz(u32),
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
    /// What goes wrong between page and server, a slice of all that can.
    Faults,
}

impl Suite {
    /// All, in the order in which they are begun.
    const ALL: [Self; 11] = [
        Self::Wasm,
        Self::Lint,
        Self::Host,
        Self::Yew,
        Self::Fuzz(FUZZ_SECONDS),
        Self::Npm,
        Self::Server,
        Self::Packaging,
        Self::Browsers,
        Self::E2e,
        Self::Faults,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Fuzz(_) => "fuzz",
            Self::Host => "host",
            Self::Wasm => "wasm",
            Self::Npm => "npm",
            Self::Server => "server",
            Self::E2e => "e2e",
            Self::Browsers => "browsers",
            Self::Packaging => "packaging",
            Self::Yew => "yew",
            Self::Faults => "faults",
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
            Self::Host | Self::Fuzz(_) => &[],
            Self::Wasm => &[Need::Node, Need::Chrome, Need::ChromeDriver],
            Self::Npm => &[Need::Node],
            Self::Server => &[Need::Python],
            Self::Lint => &[Need::Node, Need::Python],
            Self::E2e | Self::Yew | Self::Packaging | Self::Faults => {
                &[Need::Node, Need::Python, Need::Chrome]
            }
            // WebKit for its own sake exists on Linux alone; elsewhere Firefox does.
            Self::Browsers if cfg!(target_os = "linux") => {
                &[Need::Node, Need::Python, Need::Firefox, Need::WebKitDriver, Need::Display]
            }
            Self::Browsers => &[Need::Node, Need::Python, Need::Firefox],
        }
    }

    /// Adds the suite's runners, and the jobs that they need.
    fn plan(self, run: &mut Run<'_>) {
        match self {
            Self::Lint => lint::plan(run),
            Self::Fuzz(seconds) => fuzz::plan(run, seconds),
            Self::Host => host::plan(run),
            Self::Wasm => wasm::plan(run),
            Self::Npm => npm::plan(run),
            Self::Server => server::plan(run),
            Self::E2e => e2e::plan(run),
            Self::Browsers => browsers::plan(run),
            Self::Packaging => packaging::plan(run),
            Self::Yew => yew::plan(run),
            Self::Faults => faults::plan(run),
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

/// What a runner found.
#[derive(Debug, Default, PartialEq, Eq)]
struct Report {
    counts: Counts,
    /// The output of runners in which something failed.
    failures: Vec<String>,
    /// The time of single tests, where the runner tells it.
    timed: Vec<Timed>,
    /// How long the runner took.
    took: Duration,
}

impl Report {
    fn and(mut self, other: Self) -> Self {
        self.counts = self.counts + other.counts;
        self.failures.extend(other.failures);
        self.timed.extend(other.timed);
        self.took += other.took;
        self
    }
}

/// The reports of a run so far, each with its suite.
type Reports = Mutex<Vec<(&'static str, Report)>>;

/// The plan of a test run: the runners of its suites and what they need.
struct Run<'a> {
    plan: Plan<'a>,
    project: &'a Project,
    reports: &'a Reports,
    selection: &'a Selection,
    /// The runners, each with its suite.
    runners: Vec<(JobId, &'static str)>,
}

impl<'a> Run<'a> {
    /// Adds a runner. Its job fails where a test failed, so that what comes after it is left out.
    fn add(
        &mut self,
        suite: &'static str,
        name: impl Into<String>,
        seconds: u64,
        shape: impl FnOnce(Job<'a>) -> Job<'a>,
        run: impl FnOnce(&'a Project) -> Result<Report> + Send + 'a,
    ) -> JobId {
        let (project, reports) = (self.project, self.reports);
        let work = move || {
            let started = Instant::now();
            let mut report = run(project).unwrap_or_else(could_not_run);
            report.took = started.elapsed();
            let said = report.counts.to_string();
            for failure in &report.failures {
                println!("\n{failure}\n");
            }
            reports.lock().unwrap_or_else(PoisonError::into_inner).push((suite, report));
            Ok(Outcome::Tested(said))
        };
        let job = self.plan.add(shape(Job::new(format!("{suite}: {}", name.into()), seconds, work)));
        self.runners.push((job, suite));
        job
    }
}

/// Runs these suites, or all, and ends with the line `N passed, N failed`.
pub fn test(project: &Project, suites: &[Suite]) -> Verdict {
    let suites = if suites.is_empty() { Suite::ALL.to_vec() } else { suites.to_vec() };
    run(project, &Selection { suites, ..Selection::default() })
}

/// Runs what the change since `main` can have broken.
pub fn test_changed(project: &Project) -> Result<Verdict> {
    let selection = changed::select(project)?;
    if selection.suites.is_empty() {
        println!("  nothing that a suite reads has changed\n0 passed, 0 failed");
        return Ok(Verdict::Passed);
    }
    println!(
        "  suites: {}\n",
        selection.suites.iter().map(|suite| suite.name()).collect::<Vec<_>>().join(", ")
    );
    Ok(run(project, &selection))
}

fn run(project: &Project, selection: &Selection) -> Verdict {
    let suites = &selection.suites;
    let reports = Reports::default();
    let mut all =
        Run { plan: Plan::new(project), project, reports: &reports, selection, runners: Vec::new() };
    for suite in suites {
        match tools::check(suite.needs()) {
            Ok(()) => suite.plan(&mut all),
            Err(error) => {
                let report = could_not_run(error);
                println!("{}\n{}\n", suite.name(), report.failures.join("\n"));
                reports.lock().unwrap_or_else(PoisonError::into_inner).push((suite.name(), report));
            }
        }
    }
    let Run { plan, runners, .. } = all;
    let ended = plan.run_all();
    let mut reports = std::mem::take(&mut *reports.lock().unwrap_or_else(PoisonError::into_inner));
    for (at, ended) in ended.into_iter().enumerate() {
        let Err(error) = ended else { continue };
        println!("\n{error:#}\n");
        // What a runner needs and could not be made fails the runner, once.
        if let Some((_, suite)) = runners.iter().find(|(job, _)| job.is(at)) {
            reports.push((suite, could_not_run(error)));
        }
    }
    conclude(project, suites, reports)
}

/// Prints the table of suites, their slowest tests, and the closing line.
fn conclude(project: &Project, suites: &[Suite], reports: Vec<(&'static str, Report)>) -> Verdict {
    let mut whole: Vec<(&str, Report)> =
        suites.iter().map(|suite| (suite.name(), Report::default())).collect();
    for (name, report) in reports {
        if let Some((_, known)) = whole.iter_mut().find(|(known, _)| *known == name) {
            *known = std::mem::take(known).and(report);
        }
    }
    slowest::print(project, &whole);
    for (name, report) in &whole {
        println!("{name:<10} {} in {}", report.counts, seconds(report.took));
    }
    let total =
        whole.iter().map(|(_, report)| report.counts).fold(Counts::default(), |sum, counts| sum + counts);
    let took: Vec<(&str, Duration)> = whole.iter().map(|(name, report)| (*name, report.took)).collect();
    budget::print(project, &took);
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { Verdict::Passed } else { Verdict::Failed }
}

/// A suite that could not run has not passed: it counts as a failure, with its reason.
fn could_not_run(error: anyhow::Error) -> Report {
    Report {
        counts: Counts { failed: 1, ..Counts::default() },
        failures: vec![format!("  could not run: {error:#}")],
        ..Report::default()
    }
}

/// Runs a test runner and reads its counts from what it printed.
fn runner(
    project: &Project,
    log: &str,
    command: &mut Command,
    read: impl FnOnce(&str) -> Option<Counts>,
) -> Result<Report> {
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
        return Report { counts, ..Report::default() };
    }
    let reason = if nothing && ok { "it ran no test" } else { status };
    let failure = format!("── {log}: {reason}\n{}\n── end of {log}", output.trim_end());
    Report { counts, failures: vec![failure], ..Report::default() }
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
