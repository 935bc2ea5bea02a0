//! From raw options to a config, with everything that is wrong on the way.

use std::cell::RefCell;

use super::{
    Config, ConfigIssue, Raw, Severity, api, composer,
    names::{LOCALES, nearest},
    read::Node,
    sections, start_screen, theme,
};

/// Options that can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Validated {
    /// The options, complete.
    pub config: Config,
    /// What is odd about them all the same.
    pub warnings: Vec<ConfigIssue>,
}

const KEYS: &[&str] = &[
    "api",
    "locale",
    "theme",
    "frameTitle",
    "initialThread",
    "onClientTool",
    "header",
    "history",
    "startScreen",
    "threadItemActions",
    "thread",
    "composer",
    "disclaimer",
    "entities",
    "commands",
    "widgets",
];

/// Checks the whole of `options`.
///
/// # Errors
/// Every issue, warnings too, when at least one of them is an error.
pub fn validate(options: &Raw) -> Result<Validated, Vec<ConfigIssue>> {
    let issues = RefCell::new(Vec::new());
    let config = read(&Node::root(options, &issues));
    let issues = issues.into_inner();
    match config {
        Some(config) if issues.iter().all(|issue| issue.severity == Severity::Warning) => {
            Ok(Validated { config, warnings: issues })
        }
        _ => Err(issues),
    }
}

fn read(root: &Node<'_>) -> Option<Config> {
    if !matches!(root.raw, Raw::Object(_)) {
        return root.mismatch(&format!("an object with options such as {{ api: {} }}", api::example()));
    }
    let fields = root.object(KEYS)?;
    let mut config = Config::for_url("");
    config.composer = fields.get("composer").and_then(|node| composer::read(&node)).unwrap_or_default();
    let uploads = config.composer.attachments.as_ref().is_some_and(|files| files.enabled);
    if let Some(api) = fields.required("api", api::example()).and_then(|node| api::read(&node, uploads)) {
        config.api = api;
    }
    config.locale = fields.get("locale").and_then(|node| locale(&node));
    config.theme = fields.get("theme").and_then(|node| theme::read(&node)).unwrap_or_default();
    if let Some(title) = fields.get("frameTitle").and_then(|node| node.name()) {
        config.frame_title = title;
    }
    config.initial_thread = fields.get("initialThread").and_then(|node| match node.raw {
        Raw::Null => None,
        Raw::String(id) if !id.is_empty() => Some(id.clone()),
        _ => node.mismatch("a thread id, or null for a new thread"),
    });
    config.on_client_tool = fields.function("onClientTool", "({ name, params }) => result");
    config.header = fields.get("header").and_then(|node| sections::header(&node)).unwrap_or_default();
    config.history = fields.get("history").and_then(|node| sections::history(&node)).unwrap_or_default();
    config.start_screen =
        fields.get("startScreen").and_then(|node| start_screen::read(&node)).unwrap_or_default();
    config.thread_item_actions = fields
        .get("threadItemActions")
        .and_then(|node| sections::thread_item_actions(&node))
        .unwrap_or_default();
    config.thread = fields.get("thread").and_then(|node| sections::thread(&node)).unwrap_or_default();
    config.disclaimer = fields.get("disclaimer").and_then(|node| sections::disclaimer(&node));
    config.entities = fields.get("entities").and_then(|node| sections::entities(&node)).unwrap_or_default();
    config.commands = fields.get("commands").and_then(|node| sections::commands(&node)).unwrap_or_default();
    config.widgets = fields.get("widgets").and_then(|node| sections::widgets(&node)).unwrap_or_default();
    Some(config)
}

/// ChatKit takes the codes it lists and falls back to English for all others; a longer code than any listed
/// (`de-AT`) is read as its language instead, which is what its reader would want.
fn locale(node: &Node<'_>) -> Option<String> {
    let given = node.name()?;
    if LOCALES.contains(&given.as_str()) {
        return Some(given);
    }
    let language = given.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let used = LOCALES.iter().find(|locale| **locale == language).copied().unwrap_or("en");
    let hint = match nearest(&given, LOCALES) {
        Some(known) if known != used => format!("; did you mean {known:?}?"),
        _ => String::new(),
    };
    node.warn(format!("{given:?} is not a locale of ChatKit, {used:?} is used{hint}"));
    Some(used.to_owned())
}
