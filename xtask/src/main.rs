//! The project's commands: `cargo xtask help` lists them.
//!
//! A command is a list of steps (`step.rs`); a step whose inputs did not change is skipped (`stamp.rs`).
//! Everything that is started is ended with us (`process.rs`).

mod audit;
mod bench;
mod browser;
mod demo;
mod faults;
mod imports;
mod msrv;
mod newest;
mod notices;
mod npm;
mod pack;
mod page;
mod plan;
mod process;
mod programs;
mod project;
mod python;
mod release;
mod remap;
mod serve;
mod size;
mod stamp;
mod step;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt};

use crate::bench::Bench;
use crate::demo::Then;
use crate::page::Host;
use crate::process::EndAll;
use crate::project::Project;
use crate::test::{Suite, Verdict};
use crate::wasm::Profile;

const HELP: &str = "\
cargo xtask <command>

  demo           everything needed, from nothing; then starts the demo server and the demo page
  demo --check   the same, holds one conversation in a headless browser, and ends
  test           all suites; ends with a line `N passed, N failed`
  test <suite>…  only these: lint, fuzz, host, wasm, npm, server, packaging, yew, e2e, browsers, faults
  test --changed what the change since `main` can have broken
  pack           the npm tarball: dist/chatkit-widget.tgz
  pack --dev     the same for trying things out: built in seconds, slow and large
  page --base /x/ [--backend <url>]
                 the demo page for a host of plain files that has it in the folder /x/: www/dist
  size           each shipped file, raw and compressed, against tests/size.toml
  bench open     how long opening takes, and what survives failing requests: medians, 95th percentiles
  bench stream   what a streamed answer costs the page's main thread: ours, three others and a floor, side by side
  bench thread   how soon a conversation of 2 000 items stands, and whether scrolling through it all holds the page up
  faults --matrix [rows[/columns]] [--full] | --random N [--seed S] | --slice
         [--idempotent | --plain] [--timeouts] [--workers N]
                 what readers see and what is stored when something goes wrong between page and server: each fault
                 with each kind of request, or conversations in which several happen; the table, figures and JSON
  fuzz [seconds] the suite `fuzz`: each target from its kept corpus, 30 s if not said otherwise
  lint           the suite `lint`: formatting and static checks
  audit          licences, duplicates, sources and known faults of what others wrote
  version [x]    writes the version, Cargo.toml's or this new one, wherever it is repeated, and into the changelog
  release --dry-run
                 everything a release does but the publishing; --allow-dirty: also with what is not committed;
                 --skip-checks: without lint, audit and tests; --tag v1.2.3: for this tag, as the workflow does it
  newest         all suites on the newest versions that the manifests allow, in a checkout of its own
  msrv           whether the crate compiles with the oldest Rust it promises

What a command needs and can install, it installs, inside this folder; the rest it names.
CHROME, CHROMEDRIVER and PYTHON name programs that are not found by themselves.
";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Help,
    Demo(Then),
    Test(Vec<Suite>),
    TestChanged,
    Pack(Profile),
    Page(Host),
    Size,
    Bench(Bench),
    Faults(Vec<String>),
    Audit,
    Msrv,
    Newest,
    Version(Option<String>),
    Release(release::Options),
}

fn main() -> ExitCode {
    match parse(Parser::from_env()).and_then(perform) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<ExitCode> {
    let project = Project::find()?;
    let _children = EndAll::on_signals()?;
    match task {
        Task::Help => print!("{HELP}"),
        Task::Demo(then) => demo::demo(&project, then)?,
        Task::Pack(profile) => pack::pack_as(&project, profile)?,
        Task::Page(host) => page::hosted(&project, &host)?,
        Task::Size => size::size(&project)?,
        Task::Bench(what) => bench::bench(&project, what)?,
        Task::Faults(words) => {
            if faults::faults(&project, &words)? == Verdict::Failed {
                return Ok(ExitCode::FAILURE);
            }
        }
        Task::Audit => audit::audit(&project)?,
        Task::Version(version) => release::set_version(&project, version.as_deref())?,
        Task::Release(options) => release::dry_run(&project, &options)?,
        Task::Msrv => msrv::msrv(&project)?,
        Task::Newest => newest::newest(&project)?,
        Task::TestChanged => {
            if test::test_changed(&project)? == Verdict::Failed {
                return Ok(ExitCode::FAILURE);
            }
        }
        Task::Test(suites) => {
            if test::test(&project, &suites) == Verdict::Failed {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(mut arguments: Parser) -> Result<Task> {
    let mut words = Vec::new();
    let (mut check, mut dev, mut changed, mut dry_run) = (false, false, false, false);
    let mut options = release::Options::default();
    let mut host = Host::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            // Its words are read by what it starts.
            Arg::Value(word) if words.is_empty() && word == "faults" => {
                let rest = arguments.raw_args()?.map(|word| Ok(word.string()?)).collect::<Result<_>>()?;
                return Ok(Task::Faults(rest));
            }
            Arg::Value(word) => words.push(word.string()?),
            Arg::Long("check") => check = true,
            Arg::Long("dev") => dev = true,
            Arg::Long("changed") => changed = true,
            Arg::Long("base") => host.base = arguments.value()?.string()?,
            Arg::Long("backend") => host.backend = arguments.value()?.string()?,
            Arg::Long("dry-run") => dry_run = true,
            Arg::Long("allow-dirty") => options.allow_dirty = true,
            Arg::Long("skip-checks") => options.skip_checks = true,
            Arg::Long("tag") => options.tag = Some(arguments.value()?.string()?),
            Arg::Long("help") | Arg::Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let task = match words.as_slice() {
        [] | ["help"] => Task::Help,
        ["demo"] => Task::Demo(if check { Then::Check } else { Then::Stay }),
        ["test"] if changed => Task::TestChanged,
        ["test", suites @ ..] => {
            Task::Test(suites.iter().map(|name| Suite::named(name)).collect::<Result<_>>()?)
        }
        ["pack"] => Task::Pack(if dev { Profile::Dev } else { Profile::Release }),
        ["page"] if !host.base.is_empty() => Task::Page(host.clone()),
        ["page"] => bail!("`page` takes --base, the folder the page will be in: / or /chatkit-widget/"),
        ["size"] => Task::Size,
        ["bench", name] => Task::Bench(Bench::named(name)?),
        ["fuzz"] => Task::Test(vec![Suite::Fuzz(test::FUZZ_SECONDS)]),
        ["fuzz", seconds] => {
            Task::Test(vec![Suite::Fuzz(seconds.parse().context("`fuzz` takes a number of seconds")?)])
        }
        ["lint"] => Task::Test(vec![Suite::Lint]),
        ["audit"] => Task::Audit,
        ["msrv"] => Task::Msrv,
        ["newest"] => Task::Newest,
        ["version"] => Task::Version(None),
        ["version", version] => Task::Version(Some((*version).to_owned())),
        ["release"] if dry_run => Task::Release(options.clone()),
        ["release"] => {
            bail!("the workflow of a tag publishes, see docs/releasing.md; here it is `release --dry-run`")
        }
        other => bail!("there is no command \"{}\"\n\n{HELP}", other.join(" ")),
    };
    if check && task != Task::Demo(Then::Check) {
        bail!("--check goes with `demo`");
    }
    if dev && task != Task::Pack(Profile::Dev) {
        bail!("--dev goes with `pack`");
    }
    if changed && task != Task::TestChanged {
        bail!("--changed goes with `test`, without names of suites");
    }
    if host != Host::default() && !matches!(task, Task::Page(_)) {
        bail!("--base and --backend go with `page`");
    }
    if (dry_run || options != release::Options::default()) && !matches!(task, Task::Release(_)) {
        bail!("--dry-run, --allow-dirty, --skip-checks and --tag go with `release`");
    }
    Ok(task)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Task> {
        parse(Parser::from_args(words))
    }

    #[test]
    fn the_commands_of_the_readme_are_understood() {
        assert_eq!(parsed(&[]).unwrap(), Task::Help);
        assert_eq!(parsed(&["demo"]).unwrap(), Task::Demo(Then::Stay));
        assert_eq!(parsed(&["demo", "--check"]).unwrap(), Task::Demo(Then::Check));
        assert_eq!(parsed(&["bench", "open"]).unwrap(), Task::Bench(Bench::Open));
        assert_eq!(parsed(&["bench", "stream"]).unwrap(), Task::Bench(Bench::Stream));
        let tagged = release::Options { tag: Some("v1.2.3".to_owned()), ..release::Options::default() };
        assert_eq!(parsed(&["release", "--dry-run", "--tag", "v1.2.3"]).unwrap(), Task::Release(tagged));
        assert_eq!(parsed(&["version", "1.2.3"]).unwrap(), Task::Version(Some("1.2.3".to_owned())));
        assert_eq!(parsed(&["fuzz"]).unwrap(), Task::Test(vec![Suite::Fuzz(30)]));
        assert_eq!(parsed(&["fuzz", "5"]).unwrap(), Task::Test(vec![Suite::Fuzz(5)]));
        let words = ["--matrix", "stall/create", "--workers", "2"];
        let passed = words.map(str::to_owned).to_vec();
        assert_eq!(parsed(&[&["faults"][..], &words].concat()).unwrap(), Task::Faults(passed));
        assert_eq!(parsed(&["lint"]).unwrap(), Task::Test(vec![Suite::Lint]));
        assert_eq!(parsed(&["test"]).unwrap(), Task::Test(vec![]));
        assert_eq!(parsed(&["test", "--changed"]).unwrap(), Task::TestChanged);
        assert_eq!(parsed(&["test", "host", "e2e"]).unwrap(), Task::Test(vec![Suite::Host, Suite::E2e]));
    }

    #[test]
    fn the_commands_of_the_workflows_are_understood() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut files = project::files(&root.join(".github/workflows"), &[]).unwrap();
        files.push(root.join(".ci/run"));
        let mut seen = 0;
        for file in files {
            let text = project::read(&file).unwrap();
            for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
                let Some((_, command)) = line.split_once("cargo xtask ") else { continue };
                let words = command.split("||").next().unwrap_or_default().split_whitespace();
                // The values of variables are the workflow's business.
                let words: Vec<String> = words.map(|word| word.replace(['"', '$'], "")).collect();
                assert!(parse(Parser::from_args(&words)).is_ok(), "{}: {line}", file.display());
                seen += 1;
            }
        }
        assert!(seen >= 5, "only {seen}");
    }

    #[test]
    fn a_mistyped_command_does_not_pass_for_success() {
        for words in [
            &["tset"][..],
            &["bench"],
            &["bench", "opne"],
            &["test", "hots"],
            &["pack", "--check"],
            &["pack", "--changed"],
            &["test", "e2e", "--changed"],
            &["demo", "--chek"],
            &["pack", "x"],
            &["fuzz", "long"],
            &["release"],
            &["page"],
            &["demo", "--base", "/"],
            &["pack", "--dry-run"],
            &["lint", "--tag", "v1.0.0"],
        ] {
            assert!(parsed(words).is_err(), "{words:?}");
        }
    }
}
