//! How long a run took, against `tests/times.toml`.

use std::env;
use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::project::{self, Project};
use crate::step::seconds;

const FILE: &str = "tests/times.toml";
/// When the run began, in seconds since 1970; `.ci/run` sets it, and only then there is a budget.
const BEGAN: &str = "CI_BEGAN";

/// What may be spent.
struct Budget {
    whole: Duration,
    suites: Vec<(String, Duration)>,
}

/// Prints the time of the whole run and the suites that grew, where the run is one of `.ci/run`.
pub fn print(project: &Project, took: &[(&str, Duration)]) {
    let Some(began) = env::var(BEGAN).ok().and_then(|began| began.parse().ok()).map(Duration::from_secs)
    else {
        return;
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(began);
    match read(project) {
        Ok(budget) => println!("{}", verdict(&budget, now.saturating_sub(began), took)),
        Err(error) => println!("{error:#}"),
    }
}

fn read(project: &Project) -> Result<Budget> {
    let file = project::read_toml(&project.path(FILE))?;
    let duration = |value: &toml::Value| {
        value.as_integer().and_then(|whole| u64::try_from(whole).ok()).map(Duration::from_secs)
    };
    let whole =
        file.get("whole").and_then(duration).with_context(|| format!("{FILE}: `whole` is missing"))?;
    let suites = file.get("suites").and_then(toml::Value::as_table).into_iter().flatten();
    Ok(Budget {
        whole,
        suites: suites.filter_map(|(name, value)| Some((name.clone(), duration(value)?))).collect(),
    })
}

/// `19 min 2 s of 20 min 0 s. Grown: e2e 6 min 40 s (5 min 0 s in tests/times.toml)`
fn verdict(budget: &Budget, whole: Duration, took: &[(&str, Duration)]) -> String {
    let mut line = format!("CI: {} of {}", seconds(whole), seconds(budget.whole));
    if whole > budget.whole {
        line.push_str(", too long: see CONTRIBUTING.md, \"Time\"");
    }
    for (name, expected) in &budget.suites {
        let Some((_, took)) = took.iter().find(|(suite, _)| suite == name) else { continue };
        if took.as_secs_f64() > expected.as_secs_f64() * 1.25 + 2.0 {
            let _ = write!(line, "\n  {name} grew: {}, in {FILE} {}", seconds(*took), seconds(*expected));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_takes_too_long_names_what_grew() {
        let second = Duration::from_secs;
        let budget = Budget {
            whole: second(1200),
            suites: vec![("e2e".to_owned(), second(300)), ("host".to_owned(), second(60))],
        };
        let took = [("e2e", second(500)), ("host", second(61))];
        let said = verdict(&budget, second(1300), &took);
        assert!(
            said.contains("too long") && said.contains("e2e grew") && !said.contains("host grew"),
            "{said}"
        );
        assert_eq!(verdict(&budget, second(1100), &[]), "CI: 18 min 20 s of 20 min 0 s");
    }

    #[test]
    fn the_budget_names_suites_that_there_are() {
        for (name, _) in read(&Project::find().unwrap()).unwrap().suites {
            crate::test::Suite::named(&name).unwrap();
        }
    }
}
