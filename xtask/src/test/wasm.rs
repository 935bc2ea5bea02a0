//! Both wasm modules, and the components for Yew apps, in a headless browser.

use anyhow::{Context, Result};

use super::count::libtest;
use super::{Report, Run, runner};
use crate::plan::Lane;
use crate::programs::wasm_pack;
use crate::project::Project;
use crate::{browser, wasm};

/// The features, each with a test binary of its own.
const FEATURES: [&str; 3] = ["container", "element", "components"];

/// Seconds a module's tests may take in all; wasm-bindgen's own 20 are too few where two cores build as well.
const PATIENCE: &str = "180";

pub fn plan(run: &mut Run<'_>) {
    let tools = wasm::plan_tools(&mut run.plan);
    for feature in FEATURES {
        run.add(
            "wasm",
            feature,
            40,
            |job| job.lane(Lane::Debug).after(&tools),
            move |project| test(project, feature),
        );
    }
}

fn test(project: &Project, feature: &str) -> Result<Report> {
    let capabilities = browser::webdriver_json(project)?;
    let driver = browser::chromedriver().context("there is no chromedriver")?;
    let mut test = wasm_pack(project)?;
    test.args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"]).arg(&driver);
    test.args([".", "--no-default-features", "--features", feature]);
    test.args(["--test", &format!("wasm_{feature}")]);
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities).env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE);
    runner(project, &format!("wasm-{feature}"), &mut test, libtest)
}
