//! A **step** is one thing a command does, with a line on the terminal: what it is, and how it ended.

use std::io::{IsTerminal, Write, stdout};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

/// How a step ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The work was done.
    Done,
    /// Nothing had changed since it was last done.
    UpToDate,
    /// Tests were run; how many passed and failed.
    Tested(String),
    /// It could not be done here, which is no fault of the project; the reason.
    Skipped(String),
}

/// Does `work` and prints `what … done in 1.2 s`, `… up to date`, `… skipped: why` or `… failed after 1.2 s`.
pub fn step(what: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
    let started = Instant::now();
    let ticker = Ticker::start(what, started);
    let result = work();
    drop(ticker);
    let ended = ending(&result, started.elapsed());
    if stdout().is_terminal() {
        print!("\r\x1b[K");
    }
    println!("  {what} … {ended}");
    result.map(drop)
}

/// How a step ended, as the end of its line.
pub fn ending(result: &Result<Outcome>, took: Duration) -> String {
    let took = seconds(took);
    match result {
        Ok(Outcome::Done) => format!("done in {took}"),
        Ok(Outcome::UpToDate) => "up to date".to_owned(),
        Ok(Outcome::Tested(counts)) => format!("{counts} in {took}"),
        Ok(Outcome::Skipped(why)) => format!("skipped: {why}"),
        Err(_) => format!("failed after {took}"),
    }
}

/// A duration as a person reads it: `0.3 s`, `42 s`, `3 min 20 s`.
pub fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..=9 => format!("{:.1} s", duration.as_secs_f64()),
        whole @ 10..=119 => format!("{whole} s"),
        whole => format!("{} min {} s", whole / 60, whole % 60),
    }
}

/// Shows on a terminal that a step is still at work. Elsewhere (a log) it prints nothing.
struct Ticker {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Ticker {
    fn start(what: &str, started: Instant) -> Self {
        if !stdout().is_terminal() {
            return Self { stop: None, thread: None };
        }
        let what = what.to_owned();
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = thread::spawn(move || {
            loop {
                print!("\r\x1b[K  {what} … {}", seconds(Duration::from_secs(started.elapsed().as_secs())));
                // A terminal that went away is no reason to stop working.
                let _ = stdout().flush();
                if stopped.recv_timeout(Duration::from_secs(1)) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // Joined, so that its last line cannot overwrite the step's end.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiting_person_reads_minutes_and_not_hundreds_of_seconds() {
        assert_eq!(seconds(Duration::from_millis(340)), "0.3 s");
        assert_eq!(seconds(Duration::from_secs(42)), "42 s");
        assert_eq!(seconds(Duration::from_secs(200)), "3 min 20 s");
    }
}
