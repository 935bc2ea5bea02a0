//! The slowest tests of each suite, from what the runners say of single tests. Rust's test harness says nothing of them.

use std::fmt::Write;
use std::time::Duration;

use serde_json::Value;

use super::Report;
use crate::project::{self, Project};

/// How long one test took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    pub name: String,
    pub took: Duration,
}

impl Timed {
    fn new(name: impl Into<String>, milliseconds: f64) -> Self {
        Self { name: name.into(), took: Duration::from_secs_f64((milliseconds / 1000.0).max(0.0)) }
    }
}

/// How many of a suite are named.
const NAMED: usize = 20;
/// Those that took less are not worth a line.
const WORTH: Duration = Duration::from_millis(500);

/// Prints the slowest tests of each suite, and keeps them in `target/xtask/slowest-tests.txt`.
pub fn print(project: &Project, suites: &[(&str, Report)]) {
    let mut table = String::new();
    for (suite, report) in suites {
        let mut timed: Vec<&Timed> = report.timed.iter().filter(|timed| timed.took >= WORTH).collect();
        if timed.is_empty() {
            continue;
        }
        timed.sort_by_key(|timed| std::cmp::Reverse(timed.took));
        let _ =
            writeln!(table, "{suite}: the slowest of {} tests", report.counts.passed + report.counts.failed);
        for Timed { name, took } in timed.into_iter().take(NAMED) {
            let _ = writeln!(table, "  {:>6.1} s  {name}", took.as_secs_f64());
        }
    }
    if table.is_empty() {
        return;
    }
    println!("\n{table}");
    // It was printed; the file is for those who compare two runs.
    let _ = project::write(&project.work("slowest-tests.txt"), table);
}

/// From Vitest's JSON report.
pub fn vitest(report: &Value) -> Vec<Timed> {
    let files = list(report, "testResults");
    files
        .flat_map(|file| list(file, "assertionResults"))
        .filter_map(|test| Some(Timed::new(test.get("fullName")?.as_str()?, test.get("duration")?.as_f64()?)))
        .collect()
}

/// From Playwright's JSON report, in which suites are nested.
pub fn playwright(report: &Value) -> Vec<Timed> {
    let mut timed = Vec::new();
    for suite in list(report, "suites") {
        for spec in list(suite, "specs") {
            let (Some(file), Some(title)) = (text(spec, "file"), text(spec, "title")) else { continue };
            let results = list(spec, "tests").flat_map(|test| list(test, "results"));
            let took = results.filter_map(|result| result.get("duration")?.as_f64()).sum();
            timed.push(Timed::new(format!("{file}: {title}"), took));
        }
        timed.extend(playwright(suite));
    }
    timed
}

/// From pytest's lines of `--durations`: `1.23s call     tests/test_x.py::test_y`.
pub fn pytest(output: &str) -> Vec<Timed> {
    output
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let seconds: f64 = words.next()?.strip_suffix('s')?.parse().ok()?;
            let phase = words.next().filter(|phase| ["call", "setup", "teardown"].contains(phase))?;
            Some(Timed::new(format!("{} ({phase})", words.next()?), seconds * 1000.0))
        })
        .collect()
}

/// From Node's TAP: each `ok 3 - name` is followed by a line `duration_ms: 12.3`. `project` is named before each test.
pub fn tap(project: &str, output: &str) -> Vec<Timed> {
    let mut timed = Vec::new();
    let mut name = None;
    for line in output.lines().map(str::trim) {
        if let Some((_, title)) =
            line.strip_prefix("ok ").or(line.strip_prefix("not ok ")).and_then(|rest| rest.split_once(" - "))
        {
            name = Some(title);
        } else if let (Some(took), Some(title)) =
            (line.strip_prefix("duration_ms: "), name.take_if(|_| line.starts_with("duration_ms")))
        {
            timed.extend(took.parse().ok().map(|took| Timed::new(format!("{project}: {title}"), took)));
        }
    }
    timed
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(timed: Vec<Timed>) -> (String, u128) {
        assert_eq!(timed.len(), 1, "{timed:?}");
        (timed[0].name.clone(), timed[0].took.as_millis())
    }

    #[test]
    fn each_runner_tells_how_long_a_test_took() {
        let report = json!({"testResults": [{"assertionResults": [{"fullName": "a b", "duration": 12.4}]}]});
        assert_eq!(one(vitest(&report)), ("a b".to_owned(), 12));
        let spec = json!({"file": "x.spec.ts", "title": "y", "tests": [{"results": [{"duration": 1500}]}]});
        let report = json!({"suites": [{"suites": [{"specs": [spec]}]}]});
        assert_eq!(one(playwright(&report)), ("x.spec.ts: y".to_owned(), 1500));
        let output = "== slowest 20 durations ==\n1.50s call     tests/test_x.py::test_y\n3 passed in 2.0s\n";
        assert_eq!(one(pytest(output)), ("tests/test_x.py::test_y (call)".to_owned(), 1500));
        let output = "TAP version 13\n    ok 1 - builds\n      ---\n      duration_ms: 812.5\n      ...\n# duration_ms 900\n";
        assert_eq!(one(tap("vite", output)), ("vite: builds".to_owned(), 812));
    }
}
