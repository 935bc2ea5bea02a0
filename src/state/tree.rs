//! Updates of a widget's tree (ChatKit protocol §5.4), and the texts in it. The tree is kept right although this version
//! draws only texts: what is not kept now cannot be drawn later.
//!
//! - A **component** is an object with a `type`; its `id`, where it has one, is what updates name it by.
//! - A **text component** is one whose `value` may be streamed: `Text` or `Markdown`.

use super::items::Entry;
use crate::json::{Json, Object};
use crate::protocol::{ThreadItem, Widget};

/// Levels that are searched. A component update may nest a tree into a tree, again and again: without an end to it,
/// walking the result would overflow the stack.
const LEVELS: usize = 128;

impl Entry {
    /// `widget.root.updated`. `false` when the item is no widget.
    pub(super) fn set_widget(&mut self, widget: Widget) -> bool {
        let Some(old) = self.widget_mut() else { return false };
        *old = widget;
        true
    }

    /// `widget.component.updated`. `false` when there is no such component.
    pub(super) fn set_component(&mut self, id: &str, component: Widget) -> bool {
        let Some(widget) = self.widget_mut() else { return false };
        change(&mut widget.0, &|node| has_id(node, id), &mut |node| *node = component.0.clone())
    }

    /// `widget.streaming_text.value_delta`. `false` when there is no such text component.
    pub(super) fn append_value(&mut self, id: &str, delta: &str, done: bool) -> bool {
        let Some(widget) = self.widget_mut() else { return false };
        change(&mut widget.0, &|node| is_text(node) && has_id(node, id), &mut |node| {
            match node.get_mut("value") {
                Some(Json::String(value)) => value.push_str(delta),
                _ => node.insert("value", delta.into()),
            }
            if done && node.get("streaming").is_some() {
                node.insert("streaming", Json::Bool(false));
            }
        })
    }

    fn widget_mut(&mut self) -> Option<&mut Widget> {
        let ThreadItem::Widget(item) = &mut self.item else { return None };
        self.view = None;
        Some(&mut item.widget)
    }
}

/// The texts of a widget in the order of its tree, a line each; empty where it has none.
pub(super) fn texts(widget: &Widget) -> String {
    fn collect<'a>(below: &'a Json, levels: usize, found: &mut Vec<&'a str>) {
        let Some(levels) = levels.checked_sub(1) else { return };
        match below {
            Json::Object(node) => object(node, levels, found),
            Json::Array(nodes) => nodes.iter().for_each(|node| collect(node, levels, found)),
            _ => {}
        }
    }
    fn object<'a>(node: &'a Object, levels: usize, found: &mut Vec<&'a str>) {
        let word = |key| node.get(key).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty());
        match node.get("type").and_then(Json::as_str) {
            Some("Title" | "Text" | "Caption" | "Markdown" | "Label") => found.extend(word("value")),
            Some("Button" | "Badge") => found.extend(word("label")),
            _ => {}
        }
        node.iter().for_each(|(_, below)| collect(below, levels, found));
    }
    let mut found = Vec::new();
    object(&widget.0, LEVELS, &mut found);
    found.join("\n")
}

fn has_id(node: &Object, id: &str) -> bool {
    node.get("id").and_then(Json::as_str) == Some(id)
}

fn is_text(node: &Object) -> bool {
    matches!(node.get("type").and_then(Json::as_str), Some("Text" | "Markdown"))
}

/// Changes the first component that `fits`, from the root down. Templates put components under keys of their own, so
/// every value is looked into, and only what has a `type` counts: payloads of actions have ids as well.
fn change(node: &mut Object, fits: &dyn Fn(&Object) -> bool, then: &mut dyn FnMut(&mut Object)) -> bool {
    fn object(
        node: &mut Object,
        levels: usize,
        fits: &dyn Fn(&Object) -> bool,
        then: &mut dyn FnMut(&mut Object),
    ) -> bool {
        if node.get("type").and_then(Json::as_str).is_some() && fits(node) {
            then(node);
            return true;
        }
        node.values_mut().any(|below| value(below, levels, fits, then))
    }
    fn value(
        below: &mut Json,
        levels: usize,
        fits: &dyn Fn(&Object) -> bool,
        then: &mut dyn FnMut(&mut Object),
    ) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return false };
        match below {
            Json::Object(node) => object(node, levels, fits, then),
            Json::Array(nodes) => nodes.iter_mut().any(|node| value(node, levels, fits, then)),
            _ => false,
        }
    }
    object(node, LEVELS, fits, then)
}
