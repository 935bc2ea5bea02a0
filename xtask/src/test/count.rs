//! How many tests passed, from what each runner leaves behind.

use std::fmt;
use std::ops::Add;

use serde_json::Value;

/// Tests by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that passed.
    pub passed: u64,
    /// Those that failed, and those that could not run.
    pub failed: u64,
    /// Those that were left out.
    pub skipped: u64,
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(out, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

/// Rust's test harness, in cargo and in wasm-bindgen's runner: a line a binary,
/// `test result: ok. 5 passed; 0 failed; 1 ignored; …`.
pub fn libtest(output: &str) -> Option<Counts> {
    let lines = output.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
    lines.map(|line| words(line, &["passed"], &["failed"], &["ignored"])).reduce(Add::add)
}

/// Pytest's last line: `== 1 failed, 5 passed, 2 skipped, 1 error in 3.21s ==`.
pub fn pytest(output: &str) -> Option<Counts> {
    let summary = output.lines().rev().find(|line| {
        line.contains(" in ")
            && line.trim_end_matches(['=', ' ', ')']).ends_with(|c: char| c == 's' || c.is_ascii_digit())
    })?;
    let (summary, _) = summary.split_once(" in ")?;
    Some(words(summary, &["passed", "xpassed"], &["failed", "error", "errors"], &["skipped", "xfailed"]))
}

/// Node's own runner, as TAP: `# pass 5`, `# fail 0`, `# skipped 0`.
pub fn tap(output: &str) -> Option<Counts> {
    let number = |name: &str| -> Option<u64> {
        output.lines().rev().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.trim().parse().ok())
    };
    Some(Counts {
        passed: number("pass ")?,
        failed: number("fail ")? + number("cancelled ").unwrap_or(0),
        skipped: number("skipped ").unwrap_or(0) + number("todo ").unwrap_or(0),
    })
}

/// Vitest's JSON report. A test file that could not be loaded holds no test, and counts as one.
pub fn vitest(report: &Value) -> Option<Counts> {
    let number = |name: &str| report.get(name).and_then(Value::as_u64);
    let files = report.get("testResults").and_then(Value::as_array);
    let broken = files.into_iter().flatten().filter(|file| {
        let empty = file.get("assertionResults").and_then(Value::as_array).is_none_or(Vec::is_empty);
        empty && file.get("status").and_then(Value::as_str) == Some("failed")
    });
    Some(Counts {
        passed: number("numPassedTests")?,
        failed: number("numFailedTests")? + broken.count() as u64,
        skipped: number("numPendingTests").unwrap_or(0) + number("numTodoTests").unwrap_or(0),
    })
}

/// Playwright's JSON report. A test that passed when it was tried again passed.
pub fn playwright(report: &Value) -> Option<Counts> {
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    Some(Counts {
        passed: number("expected")? + number("flaky").unwrap_or(0),
        failed: number("unexpected")?,
        skipped: number("skipped").unwrap_or(0),
    })
}

/// The report of `cargo xtask faults`: a cell, a conversation and a unit test count as one each.
pub fn faults(report: &Value) -> Option<Counts> {
    let number = |name: &str| report.get(name).and_then(Value::as_u64);
    Some(Counts { passed: number("passed")?, failed: number("failed")?, skipped: 0 })
}

/// Adds up `<number> <word>` pairs by what the words mean; other words are passed over.
fn words(line: &str, passed: &[&str], failed: &[&str], skipped: &[&str]) -> Counts {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut counts = Counts::default();
    for pair in words.windows(2) {
        let [number, word] = pair else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        if passed.contains(word) {
            counts.passed += number;
        } else if failed.contains(word) {
            counts.failed += number;
        } else if skipped.contains(word) {
            counts.skipped += number;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Option<Counts> {
        Some(Counts { passed, failed, skipped })
    }

    #[test]
    fn all_binaries_of_a_cargo_run_are_added_up() {
        let output = "running 2 tests\n..\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test tests::passed ... ok\n\
            test result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.00s\n";
        assert_eq!(libtest(output), counts(5, 4, 1));
        assert_eq!(libtest("error: could not compile"), None);
    }

    #[test]
    fn pytest_is_understood_however_it_decorates_its_last_line() {
        assert_eq!(pytest("..\n5 passed in 0.21s\n"), counts(5, 0, 0));
        assert_eq!(pytest("=== 1 failed, 5 passed, 2 skipped, 1 error in 3.21s ===\n"), counts(5, 2, 2));
        assert_eq!(pytest("==== 81 passed, 3 warnings in 65.21s (0:01:05) ====\n\n"), counts(81, 0, 0));
        assert_eq!(pytest("= no tests ran in 0.01s =\n"), counts(0, 0, 0));
        assert_eq!(pytest("ImportError"), None);
    }

    #[test]
    fn node_counts_a_cancelled_test_as_failed() {
        let output = "ok 1 - x\n# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n";
        assert_eq!(tap(output), counts(2, 2, 0));
        assert_eq!(tap("SyntaxError"), None);
    }

    #[test]
    fn a_vitest_file_that_does_not_load_is_a_failure() {
        let report = json!({
            "numPassedTests": 7, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 0,
            "testResults": [
                {"status": "failed", "assertionResults": []},
                {"status": "failed", "assertionResults": [{"status": "failed"}]},
                {"status": "passed", "assertionResults": [{"status": "passed"}]},
            ],
        });
        assert_eq!(vitest(&report), counts(7, 2, 2));
        assert_eq!(vitest(&json!({})), None);
    }

    #[test]
    fn playwright_is_read_from_its_report() {
        let report = json!({"stats": {"expected": 9, "unexpected": 1, "flaky": 1, "skipped": 2}});
        assert_eq!(playwright(&report), counts(10, 1, 2));
        assert_eq!(playwright(&json!({})), None);
    }

    #[test]
    fn cells_of_faults_are_counted_by_their_report() {
        assert_eq!(faults(&json!({"passed": 60, "failed": 2, "cells": []})), counts(60, 2, 0));
        assert_eq!(faults(&json!({"cells": []})), None);
    }

    #[test]
    fn a_total_says_what_was_left_out() {
        let total = Counts { passed: 1, failed: 0, skipped: 2 } + Counts { passed: 2, failed: 1, skipped: 0 };
        assert_eq!(total.to_string(), "3 passed, 1 failed, 2 skipped");
        assert_eq!(Counts::default().to_string(), "0 passed, 0 failed");
    }
}
