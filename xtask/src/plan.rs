//! A **plan**: the jobs of a command, in which each names the jobs it comes after. Jobs that wait for nothing run side by
//! side, as many as the machine has cores for; a job whose inputs did not change says so at once (`stamp.rs`).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

use crate::project::{self, Project};
use crate::step::{Outcome, ending, seconds};

/// A job of one plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobId(usize);

impl JobId {
    /// Whether it is the job that was added as this one, counted from 0.
    pub fn is(self, at: usize) -> bool {
        self.0 == at
    }
}

/// What a job keeps busy while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// The network, or nothing: it waits.
    Network,
    /// One core.
    Core,
    /// All cores: nothing that computes runs beside it.
    Machine,
}

/// What cannot be used by two jobs at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Cargo's `target/debug`, in which builds for wasm have their build scripts, too: a second cargo would wait for the first.
    Debug,
    /// The Python environment.
    Python,
}

/// One thing to be done.
pub struct Job<'a> {
    name: String,
    /// How long it takes from nothing on two cores.
    expected: Duration,
    load: Load,
    lane: Option<Lane>,
    after: Vec<JobId>,
    work: Work<'a>,
}

type Work<'a> = Box<dyn FnOnce() -> Result<Outcome> + Send + 'a>;

impl<'a> Job<'a> {
    /// A job that takes one core for about `seconds` when everything is new.
    pub fn new(
        name: impl Into<String>,
        seconds: u64,
        work: impl FnOnce() -> Result<Outcome> + Send + 'a,
    ) -> Self {
        let (name, expected) = (name.into(), Duration::from_secs(seconds));
        Self { name, expected, load: Load::Core, lane: None, after: Vec::new(), work: Box::new(work) }
    }

    /// The same with another load.
    pub fn load(self, load: Load) -> Self {
        Self { load, ..self }
    }

    /// The same, never beside another job of the lane.
    pub fn lane(self, lane: Lane) -> Self {
        Self { lane: Some(lane), ..self }
    }

    /// The same, once these are done.
    pub fn after(mut self, jobs: &[JobId]) -> Self {
        self.after.extend_from_slice(jobs);
        self
    }
}

/// The jobs of a command, in the order in which they are begun where nothing else decides.
pub struct Plan<'a> {
    pub project: &'a Project,
    jobs: Vec<Job<'a>>,
}

impl<'a> Plan<'a> {
    /// A plan without jobs.
    pub fn new(project: &'a Project) -> Self {
        Self { project, jobs: Vec::new() }
    }

    /// Adds a job. Several parts of a command may need the same: of jobs with one name only the first is added.
    pub fn add(&mut self, job: Job<'a>) -> JobId {
        let known = self.jobs.iter().position(|known| known.name == job.name);
        JobId(known.unwrap_or_else(|| {
            self.jobs.push(job);
            self.jobs.len() - 1
        }))
    }

    /// Prints the jobs that were never done in this checkout, with the time that each may take.
    pub fn announce(&self) {
        let new: Vec<&Job<'_>> = self.jobs.iter().filter(|job| !self.done_before(job)).collect();
        let total: Duration = new.iter().map(|job| job.expected).sum();
        if total < Duration::from_secs(10) {
            return;
        }
        println!("  Once, before anything can start; each with the time it takes on two cores:");
        for job in new {
            println!("    {:<44} {:>12}", job.name, seconds(job.expected));
        }
        println!("  Some of it is done side by side.\n");
    }

    /// Does all jobs; those that come after a failed one are left out. The error names every job that failed.
    pub fn run(self) -> Result<()> {
        let failed: Vec<String> =
            self.run_all().into_iter().filter_map(Result::err).map(|error| format!("{error:#}")).collect();
        if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n\n")) }
    }

    /// Does all jobs; gives how each ended, in the order in which they were added. One that comes after a failed job is an
    /// error that names it.
    pub fn run_all(self) -> Vec<Result<()>> {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        let project = self.project;
        let board = Board::new(self.jobs, cores);
        thread::scope(|scope| {
            // As many as can be at work at once: those that compute, and those that wait for the network.
            for _ in 0..cores + DOWNLOADS {
                scope.spawn(|| board.work(project));
            }
            if stdout().is_terminal() {
                scope.spawn(|| board.show());
            }
        });
        let ended = board.state().ended.drain(..).collect::<Vec<_>>();
        ended.into_iter().map(|ended| ended.unwrap_or_else(|| Err(anyhow!("it was never begun")))).collect()
    }

    fn done_before(&self, job: &Job<'_>) -> bool {
        mark(self.project, &job.name).is_file()
    }
}

/// How many jobs may wait for the network at once.
const DOWNLOADS: usize = 3;

/// The file that says that a job was done once in this checkout.
fn mark(project: &Project, job: &str) -> std::path::PathBuf {
    let name: String = job.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    project.work("jobs").join(name)
}

/// Where a job is.
enum At<'a> {
    Waiting(Work<'a>),
    Running(Instant),
    Ended,
}

/// What the workers share.
struct State<'a> {
    at: Vec<At<'a>>,
    ended: Vec<Option<Result<()>>>,
}

/// The jobs with what is known of them, and the workers that do them.
struct Board<'a> {
    jobs: Vec<Facts>,
    cores: usize,
    began: Instant,
    state: Mutex<State<'a>>,
    changed: Condvar,
}

/// What does not change of a job.
struct Facts {
    name: String,
    expected: Duration,
    load: Load,
    lane: Option<Lane>,
    after: Vec<JobId>,
}

impl<'a> Board<'a> {
    fn new(jobs: Vec<Job<'a>>, cores: usize) -> Self {
        let (mut facts, mut at) = (Vec::new(), Vec::new());
        for Job { name, expected, load, lane, after, work } in jobs {
            facts.push(Facts { name, expected, load, lane, after });
            at.push(At::Waiting(work));
        }
        let ended = at.iter().map(|_| None).collect();
        let state = Mutex::new(State { at, ended });
        Self { jobs: facts, cores, began: Instant::now(), state, changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<'a>> {
        // What a job that panicked left is still true.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does one job after the other until all have ended.
    fn work(&self, project: &Project) {
        let mut state = self.state();
        loop {
            self.leave_out(&mut state);
            if state.at.iter().all(|at| matches!(at, At::Ended)) {
                self.changed.notify_all();
                return;
            }
            let Some(next) = self.next(&state) else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let started = Instant::now();
            let At::Waiting(work) = std::mem::replace(&mut state.at[next], At::Running(started)) else {
                continue;
            };
            drop(state);
            let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(anyhow!("it panicked")));
            self.say(next, started, &result);
            if result.is_ok() {
                // Without it the next run expects the job to take its time again.
                let _ = project::write(&mark(project, &self.jobs[next].name), "");
            }
            state = self.state();
            state.ended[next] = Some(result.map(drop));
            state.at[next] = At::Ended;
            self.changed.notify_all();
        }
    }

    /// Ends the jobs that come after a failed one.
    fn leave_out(&self, state: &mut State<'a>) {
        for at in 0..self.jobs.len() {
            if !matches!(state.at[at], At::Waiting(_)) {
                continue;
            }
            let failed = |job: &&JobId| matches!(state.ended[job.0], Some(Err(_)));
            if let Some(failed) = self.jobs[at].after.iter().find(failed) {
                let error = anyhow!(
                    "{}: left out, for it comes after: {}",
                    self.jobs[at].name,
                    self.jobs[failed.0].name
                );
                state.ended[at] = Some(Err(error));
                state.at[at] = At::Ended;
            }
        }
    }

    /// The first job that may begin now.
    fn next(&self, state: &State<'a>) -> Option<usize> {
        let running = |at: &usize| matches!(state.at[*at], At::Running(_));
        let running: Vec<&Facts> = (0..self.jobs.len()).filter(running).map(|at| &self.jobs[at]).collect();
        let count = |load| running.iter().filter(|job| job.load == load).count();
        let lanes: BTreeSet<Lane> = running.iter().filter_map(|job| job.lane).collect();
        let (downloads, busy, whole) = (count(Load::Network), count(Load::Core), count(Load::Machine));
        (0..self.jobs.len()).find(|&at| {
            let job = &self.jobs[at];
            let fits = match job.load {
                Load::Network => downloads < DOWNLOADS,
                Load::Core => whole == 0 && busy < self.cores,
                Load::Machine => whole == 0 && busy == 0,
            };
            fits && matches!(state.at[at], At::Waiting(_))
                && job.lane.is_none_or(|lane| !lanes.contains(&lane))
                && job.after.iter().all(|before| matches!(state.ended[before.0], Some(Ok(()))))
        })
    }

    fn say(&self, job: usize, started: Instant, result: &Result<Outcome>) {
        let ended = ending(result, started.elapsed());
        let clear = if stdout().is_terminal() { "\r\x1b[K" } else { "" };
        println!("{clear}  {} … {ended}", self.jobs[job].name);
    }

    /// Keeps a line on the terminal that says what is being done, until all has ended.
    fn show(&self) {
        let mut state = self.state();
        while !state.at.iter().all(|at| matches!(at, At::Ended)) {
            print!("\r\x1b[K{}", self.line(&state));
            // A terminal that went away is no reason to stop working.
            let _ = stdout().flush();
            let waited = self.changed.wait_timeout(state, Duration::from_secs(1));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        print!("\r\x1b[K");
    }

    /// `  [3/9] 1 min 2 s · container wasm 20 s of about 50 s`
    fn line(&self, state: &State<'a>) -> String {
        let ended = state.at.iter().filter(|at| matches!(at, At::Ended)).count();
        let whole = |time: Duration| seconds(Duration::from_secs(time.as_secs()));
        let mut line = format!("  [{ended}/{}] {}", self.jobs.len(), whole(self.began.elapsed()));
        for (at, job) in state.at.iter().zip(&self.jobs) {
            if let At::Running(since) = at {
                let _ = write!(
                    line,
                    " · {} {} of about {}",
                    job.name,
                    whole(since.elapsed()),
                    seconds(job.expected)
                );
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn project(name: &str) -> Project {
        Project { root: std::env::temp_dir().join(format!("xtask-plan-{}-{name}", std::process::id())) }
    }

    #[test]
    fn a_job_begins_when_those_before_it_are_done_and_one_name_is_one_job() {
        let project = project("order");
        let done = Mutex::new(Vec::new());
        let work = |name: &'static str| {
            let done = &done;
            move || {
                done.lock().unwrap().push(name);
                Ok(Outcome::Done)
            }
        };
        let mut plan = Plan::new(&project);
        let a = plan.add(Job::new("a", 0, work("a")));
        let b = plan.add(Job::new("b", 0, work("b")).after(&[a]));
        assert_eq!(plan.add(Job::new("a", 0, work("again"))), a);
        plan.add(Job::new("c", 0, work("c")).after(&[a, b]).load(Load::Machine));
        plan.run().unwrap();
        assert_eq!(*done.lock().unwrap(), ["a", "b", "c"]);
        project::remove_dir(&project.root).unwrap();
    }

    #[test]
    fn what_comes_after_a_failed_job_is_left_out_and_the_rest_is_done() {
        let project = project("failed");
        let mut plan = Plan::new(&project);
        let bad = plan.add(Job::new("bad", 0, || bail!("no network")));
        plan.add(Job::new("behind", 0, || Ok(Outcome::Done)).after(&[bad]));
        plan.add(Job::new("beside", 0, || Ok(Outcome::Done)));
        let ended = plan.run_all();
        assert_eq!(ended.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, false, true]);
        let why = ended[1].as_ref().unwrap_err().to_string();
        assert!(why.contains("behind") && why.contains("bad"), "{why}");
        project::remove_dir(&project.root).unwrap();
    }

    #[test]
    fn two_jobs_of_a_lane_never_run_at_once() {
        let project = project("lane");
        let inside = AtomicUsize::new(0);
        let mut plan = Plan::new(&project);
        for name in ["a", "b", "c", "d"] {
            let inside = &inside;
            let work = move || {
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "another job of the lane runs");
                thread::yield_now();
                inside.fetch_sub(1, Ordering::SeqCst);
                Ok(Outcome::Done)
            };
            plan.add(Job::new(name, 0, work).lane(Lane::Debug).load(Load::Network));
        }
        plan.run().unwrap();
        project::remove_dir(&project.root).unwrap();
    }
}
