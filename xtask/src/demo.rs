//! `cargo xtask demo`: from a fresh checkout to a page with a chat that answers.

use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::plan::Plan;
use crate::process::{self, Service, tail};
use crate::project::{self, Project};
use crate::python::{self, For};
use crate::step::{Outcome, step};
use crate::tools::{self, Need};
use crate::{browser, npm, page, serve};

const BACKEND_PORT: u16 = 8000;
const SCRIPTED_PORT: u16 = 8100;
const PAGE_PORT: u16 = 4173;
/// A cold start of Python on a slow disk takes its time.
const PATIENCE: Duration = Duration::from_secs(60);

/// What to do once the page is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Leave it running until Ctrl-C.
    Stay,
    /// Hold one real conversation in a headless browser and end.
    Check,
}

/// Prepares everything, starts the server and the page, prints the address.
pub fn demo(project: &Project, then: Then) -> Result<()> {
    let needs: &[Need] = match then {
        Then::Stay => &[Need::Node, Need::Python],
        Then::Check => &[Need::Node, Need::Python, Need::Chrome],
    };
    tools::check(needs)?;
    if then == Then::Stay {
        println!("  Any browser of yours will do: none is installed or started here.");
    }
    let mut jobs = Plan::new(project);
    page::plan(&mut jobs);
    python::plan(&mut jobs, For::Running);
    jobs.announce();
    jobs.run()?;

    let backend = serve::free_port(BACKEND_PORT, &[])?;
    let scripted = serve::free_port(SCRIPTED_PORT, &[backend])?;
    let page = serve::free_port(PAGE_PORT, &[backend, scripted])?;
    let server = started("demo server", backend, "/healthz", || start_server(project, backend, page))?;
    let words = started("scripted server", scripted, "/healthz", || start_scripted(project, scripted))?;
    let config = json!({
        "backendUrl": format!("http://127.0.0.1:{backend}"),
        "scriptedUrl": format!("http://127.0.0.1:{scripted}"),
    });
    let preview = started("demo page", page, "/", || start_page(project, &config, page))?;

    match then {
        Then::Check => step("one conversation in a headless browser", || check(project, page)),
        Then::Stay => {
            println!(
                "\n  The demo is at http://127.0.0.1:{page}/ (its server at http://127.0.0.1:{backend})"
            );
            println!(
                "  Every feature of the chat, with answers from scripts: http://127.0.0.1:{page}/features.html"
            );
            println!("  Ctrl-C stops them.\n");
            stay(&[("demo server", &server), ("scripted server", &words), ("demo page", &preview)])
        }
    }
}

/// Starts a server and waits until it answers.
fn started(what: &str, port: u16, path: &str, start: impl FnOnce() -> Result<Service>) -> Result<Service> {
    let mut running = None;
    step(&format!("{what} on port {port}"), || {
        let service = start()?;
        serve::wait_until_up(&service, port, path, PATIENCE)?;
        running = Some(service);
        Ok(Outcome::Done)
    })?;
    running.context("a server that was started is gone")
}

fn start_server(project: &Project, port: u16, page: u16) -> Result<Service> {
    let mut server = Command::new(python::python(project));
    server.current_dir(project.path("demo-server"));
    server.args(["-m", "demo_server", "--host", "127.0.0.1", "--port", &port.to_string()]);
    server.env("ALLOWED_ORIGINS", format!("http://127.0.0.1:{page},http://localhost:{page}"));
    // Else a server that fails to start keeps the reason in its buffer.
    server.env("PYTHONUNBUFFERED", "1");
    Service::start(project, "demo-server", &mut server)
}

/// The server of `features.html`: the real SDK, with scripts in place of a model.
fn start_scripted(project: &Project, port: u16) -> Result<Service> {
    let mut server = Command::new(python::python(project));
    server.current_dir(project.path("tests/server"));
    server.args(["serve.py", "--port", &port.to_string()]).env("PYTHONUNBUFFERED", "1");
    Service::start(project, "scripted-server", &mut server)
}

fn start_page(project: &Project, config: &Value, port: u16) -> Result<Service> {
    let dist = project.path(page::WWW).join("dist");
    project::write(&dist.join("demo-config.json"), config.to_string())?;
    let mut serve = npm::node(&project.path("xtask/tools"))?;
    serve.arg("serve.mjs").arg(dist).arg(port.to_string());
    Service::start(project, "demo-page", &mut serve)
}

fn check(project: &Project, page: u16) -> Result<Outcome> {
    let mut check = npm::node(&project.path("xtask/tools"))?;
    check.args(["check.mjs", &format!("http://127.0.0.1:{page}/")]);
    check.env("CHROME", browser::chrome().context("there is no browser")?);
    process::run(project, "demo-check", &mut check)?;
    Ok(Outcome::Done)
}

/// Waits until one of the servers ends by itself. Ctrl-C ends the whole process before that.
fn stay(services: &[(&str, &Service)]) -> Result<()> {
    loop {
        for (name, service) in services {
            if let Some(status) = service.ended()? {
                bail!("the {name} ended with {status}:\n\n{}", tail(&service.output(), 40));
            }
        }
        sleep(Duration::from_millis(200));
    }
}
