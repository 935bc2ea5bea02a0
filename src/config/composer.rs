//! `composer`: the input.

use super::{Raw, names::CHATKIT_ICONS, read::Node};

/// The input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Composer {
    /// By default `"Message the AI"` in the language spoken.
    pub placeholder: Option<String>,
    /// Files; `None` when not configured, which is off.
    pub attachments: Option<Attachments>,
    /// Tools to choose from.
    pub tools: Vec<ToolOption>,
    /// Models to choose from.
    pub models: Vec<ModelOption>,
    /// Whether speech can be dictated; off by default.
    pub dictation: bool,
}

/// Files.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachments {
    /// Whether files can be attached; off by default.
    pub enabled: bool,
    /// How large each may be.
    pub max_size: MaxSize,
    /// How many a message may have; 10 by default.
    pub max_count: u64,
    /// Extensions by MIME type, as for `showOpenFilePicker`; empty accepts everything.
    pub accept: Vec<(String, Vec<String>)>,
}

/// How large a file may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MaxSize {
    /// Bytes by MIME pattern (`image/png`, `image/*`), in the order written.
    pub by_type: Vec<(String, u64)>,
    /// Bytes for every other file; `None` is the default of 100 MiB.
    pub fallback: Option<u64>,
}

impl MaxSize {
    /// 100 MiB.
    pub const DEFAULT: u64 = 100 * 1024 * 1024;

    /// Bytes a file of this MIME type may have: the exact pattern wins over `image/*`, which wins over the
    /// fallback.
    pub fn for_type(&self, mime_type: &str) -> u64 {
        let mime = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let family = mime.split('/').next().unwrap_or_default();
        let find = |wanted: &str| {
            self.by_type
                .iter()
                .find(|(pattern, _)| pattern.eq_ignore_ascii_case(wanted))
                .map(|(_, size)| *size)
        };
        find(&mime).or_else(|| find(&format!("{family}/*"))).or(self.fallback).unwrap_or(Self::DEFAULT)
    }
}

/// A tool to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolOption {
    /// Sent with the message.
    pub id: String,
    /// In the menu.
    pub label: String,
    /// Icon name.
    pub icon: String,
    /// On the button while chosen.
    pub short_label: Option<String>,
    /// The placeholder while chosen.
    pub placeholder_override: Option<String>,
    /// Whether it stands outside the menu.
    pub pinned: bool,
    /// Whether it stays chosen after sending.
    pub persistent: bool,
}

/// A model to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelOption {
    /// Sent with the message.
    pub id: String,
    /// In the picker.
    pub label: String,
    /// A line below it.
    pub description: Option<String>,
    /// Shown, but not to be chosen.
    pub disabled: bool,
    /// Chosen at first.
    pub default: bool,
}

pub(super) fn read(node: &Node<'_>) -> Option<Composer> {
    let fields = node.object(&["placeholder", "attachments", "tools", "models", "dictation"])?;
    let tools = fields.get("tools").and_then(|node| node.items("an array of tools")).unwrap_or_default();
    let models = fields.get("models").and_then(|node| node.items("an array of models")).unwrap_or_default();
    let dictation = fields.get("dictation").and_then(|node| {
        let fields = node.object(&["enabled"])?;
        fields.required("enabled", "true")?.bool()
    });
    let composer = Composer {
        placeholder: fields.string("placeholder"),
        attachments: fields.get("attachments").and_then(|node| attachments(&node)),
        tools: tools.iter().filter_map(tool).collect(),
        models: models.iter().filter_map(model).collect(),
        dictation: dictation.unwrap_or(false),
    };
    warn_of_repeats(&tools, composer.tools.iter().map(|tool| tool.id.as_str()));
    warn_of_repeats(&models, composer.models.iter().map(|model| model.id.as_str()));
    if let Some(models) = fields.get("models")
        && composer.models.iter().filter(|model| model.default).count() > 1
    {
        models.warn("several models have default: true; the first one counts");
    }
    Some(composer)
}

fn attachments(node: &Node<'_>) -> Option<Attachments> {
    let fields = node.object(&["enabled", "maxSize", "maxCount", "accept"])?;
    let enabled = fields.required("enabled", "true").and_then(|node| node.bool());
    let accept = fields
        .get("accept")
        .and_then(|node| node.entries("an object such as { \"image/*\": [\".png\", \".jpg\"] }"));
    Some(Attachments {
        enabled: enabled.unwrap_or(false),
        max_size: fields.get("maxSize").and_then(|node| max_size(&node)).unwrap_or_default(),
        max_count: fields.get("maxCount").and_then(|node| node.count("files")).unwrap_or(10),
        accept: accept.unwrap_or_default().iter().filter_map(accepted).collect(),
    })
}

fn accepted((mime, node): &(&str, Node<'_>)) -> Option<(String, Vec<String>)> {
    let extensions = node.items("an array of extensions such as [\".png\"]")?;
    Some(((*mime).to_owned(), extensions.iter().filter_map(Node::string).collect()))
}

fn max_size(node: &Node<'_>) -> Option<MaxSize> {
    if let Raw::Number(..) = node.raw {
        return Some(MaxSize { by_type: Vec::new(), fallback: node.count("bytes") });
    }
    let mut size = MaxSize::default();
    for (pattern, node) in
        node.entries("a number of bytes, or an object such as { \"image/*\": 10485760, \"*\": 1048576 }")?
    {
        match (pattern, node.count("bytes")) {
            ("*" | "", bytes @ Some(_)) => size.fallback = bytes,
            (pattern, Some(bytes)) => size.by_type.push((pattern.to_owned(), bytes)),
            (_, None) => {}
        }
    }
    Some(size)
}

fn tool(node: &Node<'_>) -> Option<ToolOption> {
    let fields =
        node.object(&["id", "label", "icon", "shortLabel", "placeholderOverride", "pinned", "persistent"])?;
    let id = fields.required("id", "\"search\"").and_then(|node| node.name());
    let label = fields.required("label", "\"Search the docs\"").and_then(|node| node.name());
    let icon = fields.required("icon", "\"search\"").and_then(|node| node.icon(CHATKIT_ICONS, true));
    let short_label = fields.string("shortLabel");
    let placeholder_override = fields.string("placeholderOverride");
    let pinned = fields.bool("pinned", false);
    let persistent = fields.bool("persistent", false);
    Some(ToolOption {
        id: id?,
        label: label?,
        icon: icon?,
        short_label,
        placeholder_override,
        pinned,
        persistent,
    })
}

fn model(node: &Node<'_>) -> Option<ModelOption> {
    let fields = node.object(&["id", "label", "description", "disabled", "default"])?;
    let id = fields.required("id", "\"fast\"").and_then(|node| node.name());
    let label = fields.required("label", "\"Fast\"").and_then(|node| node.name());
    let description = fields.string("description");
    let disabled = fields.bool("disabled", false);
    let default = fields.bool("default", false);
    Some(ModelOption { id: id?, label: label?, description, disabled, default })
}

/// Ids choose: of two options with one id the second could never be told from the first.
fn warn_of_repeats<'a>(nodes: &[Node<'_>], ids: impl Iterator<Item = &'a str>) {
    let mut seen: Vec<&str> = Vec::new();
    for id in ids {
        if seen.contains(&id)
            && let Some(node) = nodes.iter().rev().find(|node| has_id(node.raw, id))
        {
            node.warn(format!("repeats the id {id:?} of an earlier entry; give each its own"));
        }
        seen.push(id);
    }
}

fn has_id(raw: &Raw, id: &str) -> bool {
    matches!(raw, Raw::Object(entries)
        if entries.iter().any(|(key, value)| key == "id" && matches!(value, Raw::String(text) if text == id)))
}
