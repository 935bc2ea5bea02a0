//! Child processes. Each runs in a process group of its own and is in one list, so that Ctrl-C, an error or a
//! panic ends all that was started, grandchildren too (npm starts node, node starts esbuild).

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio, exit};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// How often a running child is looked at.
const POLL: Duration = Duration::from_millis(20);
/// What a child gets to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(5);

static LIVE: Mutex<Vec<Child>> = Mutex::new(Vec::new());

fn live() -> MutexGuard<'static, Vec<Child>> {
    // A panic elsewhere does not make the list wrong, and is just when it is needed.
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends everything that was started when it goes out of scope: at the end, on an error, on a panic.
pub struct EndAll;

impl EndAll {
    /// From here on Ctrl-C, a closed terminal and a polite kill end all children first.
    pub fn on_signals() -> Result<Self> {
        ctrlc::set_handler(|| {
            println!("\n  Stopping …");
            end_all();
            exit(130);
        })
        .context("cannot listen for Ctrl-C")?;
        Ok(Self)
    }
}

impl Drop for EndAll {
    fn drop(&mut self) {
        end_all();
    }
}

fn end_all() {
    // The list stays locked: nothing new may start meanwhile.
    let mut children = live();
    for child in children.iter() {
        signal_group(child.id(), Signal::Terminate);
    }
    let deadline = Instant::now() + GRACE;
    for child in children.iter_mut() {
        reap(child, deadline);
    }
    children.clear();
}

/// Waits for a child that was told to end; kills what is left of its group.
fn reap(child: &mut Child, deadline: Instant) {
    while Instant::now() < deadline && matches!(child.try_wait(), Ok(None)) {
        sleep(POLL);
    }
    signal_group(child.id(), Signal::Kill);
    // It is dead or was already waited for; there is nobody to tell about the rest.
    let _ = child.wait();
}

enum Signal {
    Terminate,
    Kill,
}

#[cfg(unix)]
fn signal_group(id: u32, signal: Signal) {
    use nix::sys::signal::{Signal as Unix, killpg};
    use nix::unistd::Pid;
    let Ok(id) = i32::try_from(id) else { return };
    let signal = match signal {
        Signal::Terminate => Unix::SIGTERM,
        Signal::Kill => Unix::SIGKILL,
    };
    // A group that is already gone is what we want.
    let _ = killpg(Pid::from_raw(id), signal);
}

#[cfg(windows)]
fn signal_group(id: u32, _: Signal) {
    // Windows knows no polite end for a process without a window: the whole tree is ended at once.
    let _ = Command::new("taskkill")
        .args(["/T", "/F", "/PID", &id.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

/// What a command that ran to its end left behind.
pub struct Finished {
    /// Whether it ended with success.
    pub ok: bool,
    /// How it ended, for a message: `exit status: 1`.
    pub status: String,
    /// Standard output and standard error, in the order written.
    pub output: String,
}

/// Runs a command to its end; a failure of it is an error that shows the end of its output.
///
/// `log` names the file under `target/xtask/logs` that keeps the output.
pub fn run(project: &Project, log: &str, command: &mut Command) -> Result<String> {
    let finished = finish(project, log, command)?;
    if finished.ok {
        return Ok(finished.output);
    }
    bail!(
        "`{}` ended with {}:\n\n{}\n\nAll of its output: {}",
        describe(command),
        finished.status,
        tail(&finished.output, 60),
        log_file(project, log).display()
    )
}

/// Runs a command to its end, however it ends.
pub fn finish(project: &Project, log: &str, command: &mut Command) -> Result<Finished> {
    let service = Service::start(project, log, command)?;
    let status = loop {
        match service.ended()? {
            Some(status) => break status,
            None => sleep(POLL),
        }
    };
    Ok(Finished { ok: status.success(), status: status.to_string(), output: service.output() })
}

/// A child that runs until it is ended.
pub struct Service {
    id: u32,
    log: PathBuf,
}

impl Service {
    /// Starts a command without input; `log` names the file under `target/xtask/logs` for its output.
    pub fn start(project: &Project, log: &str, command: &mut Command) -> Result<Self> {
        let log = log_file(project, log);
        crate::project::write(&log, "")?;
        let file = File::options()
            .append(true)
            .open(&log)
            .with_context(|| format!("cannot write {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut children = live();
        let child = command.spawn().with_context(|| format!("cannot start `{}`", describe(command)))?;
        let id = child.id();
        children.push(child);
        Ok(Self { id, log })
    }

    /// How it ended, if it did.
    pub fn ended(&self) -> Result<Option<ExitStatus>> {
        let mut children = live();
        let at = children.iter().position(|child| child.id() == self.id).context("a process was ended")?;
        let status = children[at].try_wait().context("cannot wait for a process")?;
        if status.is_some() {
            // Already collected by `try_wait`; this returns the same at once.
            children.remove(at).wait().context("cannot wait for a process")?;
        }
        Ok(status)
    }

    /// What it printed so far.
    pub fn output(&self) -> String {
        fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// Where its output goes.
    pub fn log(&self) -> &Path {
        &self.log
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let mut children = live();
        if let Some(at) = children.iter().position(|child| child.id() == self.id) {
            let mut child = children.remove(at);
            signal_group(child.id(), Signal::Terminate);
            reap(&mut child, Instant::now() + GRACE);
        }
    }
}

fn log_file(project: &Project, log: &str) -> PathBuf {
    project.work("logs").join(format!("{log}.log"))
}

/// A command as one would type it, with the program's name and not its whole path.
fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The last lines of a text.
pub fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_the_end_of_the_output_where_the_reason_is() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a", 2), "a");
        assert_eq!(tail("", 2), "");
    }

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        assert_eq!(describe(Command::new("/usr/bin/npm").args(["ci", "x"])), "npm ci x");
    }

    /// A zombie does not run: in a container nobody may be there to collect it.
    #[cfg(unix)]
    fn runs(id: i32) -> bool {
        let zombie = fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| stat.contains(") Z "));
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), None).is_ok() && !zombie
    }

    #[cfg(unix)]
    #[test]
    fn ending_a_service_ends_what_it_started_too() {
        let root = std::env::temp_dir().join(format!("xtask-process-{}", std::process::id()));
        let project = Project { root: root.clone() };
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 600 & echo $!; wait"]);
        let service = Service::start(&project, "shell", &mut shell).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        let inner = loop {
            if let Some(id) = service.output().lines().next().and_then(|line| line.parse::<i32>().ok()) {
                break id;
            }
            assert!(Instant::now() < deadline, "the shell did not start");
            sleep(POLL);
        };
        drop(service);
        while runs(inner) && Instant::now() < deadline {
            sleep(POLL);
        }
        assert!(!runs(inner), "the inner process still runs");
        crate::project::remove_dir(&root).unwrap();
    }
}
