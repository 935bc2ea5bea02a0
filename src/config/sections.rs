//! The smaller sections of the options: header, history, actions, disclaimer, callbacks.

use super::{names::HEADER_ICONS, read::Node};

/// The header bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Whether there is one; yes by default.
    pub enabled: bool,
    /// What stands in it.
    pub title: HeaderTitle,
    /// A button of the host page on the left.
    pub left_action: Option<HeaderAction>,
    /// A button of the host page on the right.
    pub right_action: Option<HeaderAction>,
}

impl Default for Header {
    fn default() -> Self {
        Self { enabled: true, title: HeaderTitle::default(), left_action: None, right_action: None }
    }
}

/// What stands in the header.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderTitle {
    /// Whether a title is shown; yes by default.
    pub enabled: bool,
    /// A fixed text; `None` means the thread's title.
    pub text: Option<String>,
}

impl Default for HeaderTitle {
    fn default() -> Self {
        Self { enabled: true, text: None }
    }
}

/// A button of the host page in the header. Its `onClick` is a function, checked to be there.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderAction {
    /// Icon name; one of ChatKit's `HeaderIcon`, or unknown and drawn as nothing.
    pub icon: String,
}

/// The list of past threads.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Whether there is one; yes by default.
    pub enabled: bool,
    /// Whether threads can be deleted; yes by default.
    pub show_delete: bool,
    /// Whether threads can be renamed; yes by default.
    pub show_rename: bool,
}

impl Default for History {
    fn default() -> Self {
        Self { enabled: true, show_delete: true, show_rename: true }
    }
}

/// The buttons under an answer besides Copy, which is always there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadItemActions {
    /// Thumbs up and down; off by default.
    pub feedback: bool,
    /// Retry; off by default.
    pub retry: bool,
}

/// The conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadOptions {
    /// Whether to follow the end of a growing answer while the reader is near it; off by default.
    pub auto_scroll: bool,
}

/// Markdown below the composer.
#[derive(Clone, Debug, PartialEq)]
pub struct Disclaimer {
    /// Markdown.
    pub text: String,
    /// Whether in stronger contrast.
    pub high_contrast: bool,
}

/// Mentions: which callbacks the host page gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// It finds entities for `@`.
    pub on_tag_search: bool,
    /// It takes clicks on entities.
    pub on_click: bool,
    /// It draws previews.
    pub on_request_preview: bool,
    /// Whether the composer has an `@` button; needs `on_tag_search`.
    pub show_composer_menu: bool,
}

/// The `/` menu: which callbacks the host page gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Commands {
    /// Whether there is one.
    pub enabled: bool,
    /// It finds commands.
    pub on_search: bool,
    /// It runs commands.
    pub on_select: bool,
}

/// Widgets of the assistant: which callbacks the host page gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Widgets {
    /// It takes actions with `handler: "client"`.
    pub on_action: bool,
}

pub(super) fn header(node: &Node<'_>) -> Option<Header> {
    let fields = node.object(&["enabled", "title", "leftAction", "rightAction"])?;
    let title = fields.get("title").and_then(|node| {
        if matches!(node.raw, super::Raw::String(_)) {
            return node.mismatch("an object such as { text: \"Help\" }");
        }
        let fields = node.object(&["enabled", "text"])?;
        Some(HeaderTitle { enabled: fields.bool("enabled", true), text: fields.string("text") })
    });
    Some(Header {
        enabled: fields.bool("enabled", true),
        title: title.unwrap_or_default(),
        left_action: fields.get("leftAction").and_then(|node| header_action(&node)),
        right_action: fields.get("rightAction").and_then(|node| header_action(&node)),
    })
}

fn header_action(node: &Node<'_>) -> Option<HeaderAction> {
    let fields = node.object(&["icon", "onClick"])?;
    let icon = fields.required("icon", "\"close\"").and_then(|node| node.icon(HEADER_ICONS, false));
    let on_click = fields.required("onClick", "() => { … }").is_some_and(|node| node.function("() => void"));
    Some(HeaderAction { icon: icon.filter(|_| on_click)? })
}

pub(super) fn history(node: &Node<'_>) -> Option<History> {
    let fields = node.object(&["enabled", "showDelete", "showRename"])?;
    Some(History {
        enabled: fields.bool("enabled", true),
        show_delete: fields.bool("showDelete", true),
        show_rename: fields.bool("showRename", true),
    })
}

pub(super) fn thread_item_actions(node: &Node<'_>) -> Option<ThreadItemActions> {
    let fields = node.object(&["feedback", "retry"])?;
    Some(ThreadItemActions { feedback: fields.bool("feedback", false), retry: fields.bool("retry", false) })
}

pub(super) fn thread(node: &Node<'_>) -> Option<ThreadOptions> {
    let fields = node.object(&["autoScroll"])?;
    Some(ThreadOptions { auto_scroll: fields.bool("autoScroll", false) })
}

pub(super) fn disclaimer(node: &Node<'_>) -> Option<Disclaimer> {
    if matches!(node.raw, super::Raw::String(_)) {
        return node.mismatch("an object such as { text: \"Answers may be wrong.\" }");
    }
    let fields = node.object(&["text", "highContrast"])?;
    let text = fields.required("text", "\"Answers may be wrong.\"").and_then(|node| node.string());
    let high_contrast = fields.bool("highContrast", false);
    Some(Disclaimer { text: text?, high_contrast })
}

pub(super) fn entities(node: &Node<'_>) -> Option<Entities> {
    let fields = node.object(&["onTagSearch", "showComposerMenu", "onClick", "onRequestPreview"])?;
    let entities = Entities {
        on_tag_search: fields.function("onTagSearch", "(query) => Promise<Entity[]>"),
        on_click: fields.function("onClick", "(entity) => void"),
        on_request_preview: fields.function("onRequestPreview", "(entity) => Promise<{ preview }>"),
        show_composer_menu: fields.bool("showComposerMenu", false),
    };
    if let Some(menu) = fields.get("showComposerMenu")
        && entities.show_composer_menu
        && fields.get("onTagSearch").is_none()
    {
        menu.warn("has no effect without entities.onTagSearch; write onTagSearch: async (query) => […]");
    }
    Some(entities)
}

pub(super) fn commands(node: &Node<'_>) -> Option<Commands> {
    let fields = node.object(&["enabled", "onSearch", "onSelect"])?;
    Some(Commands {
        enabled: fields.required("enabled", "true").and_then(|node| node.bool()).unwrap_or(false),
        on_search: fields.function("onSearch", "(query) => Promise<Command[]>"),
        on_select: fields.function("onSelect", "(command) => Promise<void | CommandSelection>"),
    })
}

pub(super) fn widgets(node: &Node<'_>) -> Option<Widgets> {
    let fields = node.object(&["onAction"])?;
    Some(Widgets { on_action: fields.function("onAction", "(action, { id, widget }) => Promise<void>") })
}
