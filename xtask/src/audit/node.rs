//! `npm audit`: the npm packages, of every lock file whose packages reach a reader's browser or a site's build.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::Project;
use crate::step::Outcome;
use crate::{npm, process};

/// Folders whose packages are shipped or shown: bundled into ours, into the demo, into the example of a site. Those of
/// tests and benches run on nobody's site.
pub const FOLDERS: [&str; 3] = ["pkg-template", "www", "examples/docusaurus"];

/// From here on a fault is a failure; npm knows `low` besides.
const LEVELS: [&str; 3] = ["moderate", "high", "critical"];

/// What the registry says about the packages of a folder's lock file.
pub fn audit(project: &Project, folder: &str) -> Result<Outcome> {
    let mut audit = npm::npm(&project.path(folder))?;
    audit.args(["audit", "--package-lock-only", "--json", "--loglevel=silent"]);
    let finished = process::finish(project, &format!("npm-audit-{}", folder.replace('/', "-")), &mut audit)?;
    match verdict(&finished.output)? {
        Verdict::Clean => Ok(Outcome::Done),
        Verdict::NoAnswer(why) => {
            Ok(Outcome::Skipped(format!("the registry does not answer audits ({why})")))
        }
        Verdict::Faults(faults) => bail!("{}", faults.join("\n")),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Clean,
    /// Packages with what is wrong with them, a line each.
    Faults(Vec<String>),
    NoAnswer(String),
}

/// Reads npm's report. npm ends alike when there are faults and when nobody answered; only the report tells them apart.
fn verdict(output: &str) -> Result<Verdict> {
    // Warnings of npm's about the machine may stand before it.
    let json = output.find('{').and_then(|at| output.get(at..)).context("npm audit printed no report")?;
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Value>();
    let report =
        values.next().context("npm audit printed no report")?.context("npm audit's report is no JSON")?;
    let Some(packages) = report.get("vulnerabilities").and_then(Value::as_object) else {
        let why = report.get("message").and_then(Value::as_str).unwrap_or("no reason given");
        // The address after the reason is the registry's, at length.
        return Ok(Verdict::NoAnswer(why.split(" - ").next().unwrap_or(why).to_owned()));
    };
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or("?").to_owned();
    let faults: Vec<String> = packages
        .iter()
        .filter(|(_, found)| LEVELS.contains(&text(found, "severity").as_str()))
        .map(|(name, found)| format!("{name} {}: {}", text(found, "range"), text(found, "severity")))
        .collect();
    Ok(if faults.is_empty() { Verdict::Clean } else { Verdict::Faults(faults) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_a_package_fails_and_a_slight_one_does_not() {
        let report = |severity: &str| {
            format!(
                r#"npm warn something
{{"vulnerabilities": {{"left-pad": {{"severity": "{severity}", "range": "<2"}}}}}}
npm error trailing"#
            )
        };
        let faults = Verdict::Faults(vec!["left-pad <2: high".to_owned()]);
        assert_eq!(verdict(&report("high")).unwrap(), faults);
        assert_eq!(verdict(&report("low")).unwrap(), Verdict::Clean);
        assert_eq!(verdict(r#"{"vulnerabilities": {}}"#).unwrap(), Verdict::Clean);
    }

    #[test]
    fn a_registry_that_does_not_audit_is_named_and_is_no_pass() {
        let answer = r#"{"message": "405 Method Not Allowed - POST https://r.example/x", "statusCode": 405}"#;
        assert_eq!(verdict(answer).unwrap(), Verdict::NoAnswer("405 Method Not Allowed".to_owned()));
        assert!(verdict("").is_err());
    }
}
