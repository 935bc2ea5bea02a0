//! Both wasm modules, and the components for Yew apps, in a headless browser.

use anyhow::{Context, Result};

use super::count::libtest;
use super::{Report, runner};
use crate::browser;
use crate::project::Project;
use crate::wasm;

/// The features, each with a test binary of its own.
const FEATURES: [&str; 3] = ["container", "element", "components"];

/// Seconds a module's tests may take in all; wasm-bindgen's own 20 are too few where two cores build as well.
const PATIENCE: &str = "180";

pub fn run(project: &Project) -> Result<Report> {
    wasm::install_tools(project)?;
    let capabilities = browser::webdriver_json(project)?;
    let driver = browser::chromedriver().context("there is no chromedriver")?;
    let mut report = Report::default();
    for feature in FEATURES {
        let mut test = wasm::wasm_pack(project)?;
        test.args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"]).arg(&driver);
        test.args([".", "--no-default-features", "--features", feature]);
        test.args(["--test", &format!("wasm_{feature}")]);
        test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
            .env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE);
        report = report.and(runner(project, &format!("wasm-{feature}"), &mut test, libtest)?);
    }
    Ok(report)
}
