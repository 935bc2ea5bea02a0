//! A slice of the table of faults, the same every time, against a server that knows repeated requests by their key and one
//! that does not. A cell is a test.

use super::count::faults as counted;
use super::e2e::plan_needs;
use super::{Report, Run, json_report, runner};
use crate::plan::Load;
use crate::{faults, page};

/// The kinds of server, each with the flag that asks for it.
const SERVERS: [(&str, &str); 2] = [("plain", "--plain"), ("keyed", "--idempotent")];

pub fn plan(run: &mut Run<'_>) {
    let page = page::plan(&mut run.plan);
    let [python, packages] = plan_needs(run);
    for (server, flag) in SERVERS {
        run.add(
            "faults",
            server,
            120,
            |job| job.load(Load::Machine).after(&[page, python, packages]),
            move |project| -> anyhow::Result<Report> {
                let file = faults::report(project, server);
                // Figures of the last run must not pass for those of this one.
                let _ = std::fs::remove_file(&file);
                let words = ["--slice", flag, "--timeouts"].map(str::to_owned);
                let mut play = faults::command(project, &words)?;
                runner(project, &format!("faults-{server}"), &mut play, |_| counted(&json_report(&file)?))
            },
        );
    }
}
