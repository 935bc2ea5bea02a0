//! `startScreen`: the view of a new thread.

use super::{Raw, names::CHATKIT_ICONS, read::Node};
use crate::json::Json;
use crate::protocol::{Extra, UserMessageContent, UserMessageTagContent};

/// The view of a new thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartScreen {
    /// Plain text; by default `"What can I help with today?"` in the language spoken.
    pub greeting: Option<String>,
    /// Suggestions, each sent at a click.
    pub prompts: Vec<Prompt>,
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What the button says.
    pub label: String,
    /// What is sent.
    pub content: Vec<UserMessageContent>,
    /// Icon name.
    pub icon: Option<String>,
}

pub(super) fn read(node: &Node<'_>) -> Option<StartScreen> {
    let fields = node.object(&["greeting", "prompts"])?;
    let prompts = fields.get("prompts").and_then(|node| node.items("an array of prompts"));
    Some(StartScreen {
        greeting: fields.string("greeting"),
        prompts: prompts.unwrap_or_default().iter().filter_map(prompt).collect(),
    })
}

fn prompt(node: &Node<'_>) -> Option<Prompt> {
    if !matches!(node.raw, Raw::Object(_)) {
        return node.mismatch("an object such as { label: \"Hours\", prompt: \"When are you open?\" }");
    }
    let fields = node.object(&["label", "prompt", "icon"])?;
    let label = fields.required("label", "\"Opening hours\"").and_then(|node| node.name());
    let content = fields.required("prompt", "\"When are you open?\"").and_then(|node| match node.raw {
        Raw::String(_) => node.name().map(|text| vec![UserMessageContent::text(text)]),
        _ => Some(content_parts(&node)),
    });
    let icon = fields.get("icon").and_then(|node| node.icon(CHATKIT_ICONS, true));
    Some(Prompt { label: label?, content: content?, icon })
}

fn content_parts(node: &Node<'_>) -> Vec<UserMessageContent> {
    let parts = node.items("a string, or an array such as [{ type: \"input_text\", text: \"…\" }]");
    parts.unwrap_or_default().iter().filter_map(content_part).collect()
}

fn content_part(node: &Node<'_>) -> Option<UserMessageContent> {
    let fields = node.object(&["type", "text", "id", "group", "data", "interactive"])?;
    let tag =
        fields.required("type", "\"input_text\"")?.one_of(&[("input_text", false), ("input_tag", true)])?;
    let text = fields.required("text", "\"When are you open?\"").and_then(|node| node.string());
    if !tag {
        return Some(UserMessageContent::text(text?));
    }
    let id = fields.required("id", "\"ent_1\"").and_then(|node| node.name());
    let data = fields.get("data").and_then(|node| json_object(&node));
    Some(UserMessageContent::Tag(UserMessageTagContent {
        id: id?,
        text: text?,
        data: data.unwrap_or_default(),
        group: fields.string("group"),
        interactive: fields.bool("interactive", false),
        extra: Extra::new(),
    }))
}

fn json_object(node: &Node<'_>) -> Option<Extra> {
    match node.raw.to_json() {
        Ok(Json::Object(object)) => Some(object),
        Ok(_) => node.mismatch("an object"),
        Err(part) => {
            node.error(format!("expected data that can be sent as JSON, got {} in it", part.describe()));
            None
        }
    }
}
