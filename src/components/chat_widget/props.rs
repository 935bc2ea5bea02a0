//! What a `<ChatWidget>` is told, and the same as the container's options.

use yew::prelude::*;

use super::ChatWidgetHandle;
use crate::components::ChatKitOptions;
use crate::json::{Json, Object};
use crate::problem::Problem;
use crate::state::HostEvent;
use crate::text::Key;
use crate::widget::{Issue, Options, Position, Scheme, SchemeChoice, parse_options};

/// Distances of the widget to the edges of the window, as CSS lengths. `None` is 20 px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offset {
    /// To the left or right edge, whichever is nearer.
    pub x: Option<AttrValue>,
    /// To the upper or lower edge, whichever is nearer.
    pub y: Option<AttrValue>,
}

/// Properties of [`super::ChatWidget`]. All but the address may be left out.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChatWidgetProps {
    /// Where the ChatKit server is: messages go to `{backend_url}/chatkit`, sessions come from
    /// `{backend_url}/api/chatkit/session`. An absolute http or https URL. Another one is another conversation.
    pub backend_url: AttrValue,
    /// Title of the panel; "Chat" by default.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// The corner of the window.
    #[prop_or_default]
    pub position: Position,
    /// Light, dark, or what the page says.
    #[prop_or_default]
    pub color_scheme: SchemeChoice,
    /// A CSS colour for the toggle and the chat; the page's own accent by default.
    #[prop_or_default]
    pub accent: Option<AttrValue>,
    /// Distances to the edges of the window.
    #[prop_or_default]
    pub offset: Offset,
    /// Width of the panel, at most, as a CSS length; 400 px by default.
    #[prop_or_default]
    pub width: Option<AttrValue>,
    /// Height of the panel, at most, as a CSS length; 600 px by default.
    #[prop_or_default]
    pub height: Option<AttrValue>,
    /// Its layer; 900 by default.
    #[prop_or_default]
    pub z_index: Option<i32>,
    /// The site's own wordings in place of the English ones.
    #[prop_or_default]
    pub labels: Vec<(Key, AttrValue)>,
    /// Keys that open and close the panel, such as `"Mod+K"` (Command on Apple's systems, Control elsewhere) or `"?"`;
    /// none by default. Never taken from somebody who is typing.
    #[prop_or_default]
    pub shortcut: Option<AttrValue>,
    /// Whether it is open. With `None` the reader decides; otherwise `on_open_change` says what the reader wants and
    /// only this property opens and closes.
    #[prop_or_default]
    pub open: Option<bool>,
    /// Whether it is open at first, where `open` is `None`.
    #[prop_or_default]
    pub default_open: bool,
    /// ChatKit's own options: start screen, composer, theme …
    #[prop_or_else(ChatKitOptions::in_widget)]
    pub chatkit: ChatKitOptions,
    /// What the toggle shows in place of its icon.
    #[prop_or_default]
    pub children: Html,
    /// For calling its methods.
    #[prop_or_default]
    pub handle: Option<ChatWidgetHandle>,
    /// The panel opened or closed; or, where `open` is given, the reader wants it to.
    #[prop_or_default]
    pub on_open_change: Callback<bool>,
    /// Something failed. The reader already has a sentence and something to press; it is on the console too.
    #[prop_or_default]
    pub on_problem: Callback<Problem>,
    /// A property is no good and its default is used instead; it is on the console too.
    #[prop_or_default]
    pub on_issue: Callback<Issue>,
    /// ChatKit can be talked to.
    #[prop_or_default]
    pub on_ready: Callback<()>,
    /// Every event of ChatKit.
    #[prop_or_default]
    pub on_event: Callback<HostEvent>,
}

/// The container's options. They go the same way as those of JavaScript, so that the same things are checked.
pub(super) fn container_options(props: &ChatWidgetProps) -> (Options, Vec<Issue>) {
    let text = |text: &AttrValue| Json::String(text.to_string());
    let mut options = Object::default();
    options.insert("backendUrl", text(&props.backend_url));
    options.insert("engine", Json::from("selfhosted"));
    options.insert("controlled", Json::Bool(props.open.is_some()));
    options.insert("customToggle", Json::Bool(has_content(props)));
    options.insert("position", Json::from(props.position.name()));
    let scheme = match props.color_scheme {
        SchemeChoice::Auto => "auto",
        SchemeChoice::Always(scheme) => Scheme::name(scheme),
    };
    options.insert("colorScheme", Json::from(scheme));
    for (name, value) in [("title", &props.title), ("shortcut", &props.shortcut)] {
        if let Some(value) = value {
            options.insert(name, text(value));
        }
    }
    let labels = props.labels.iter().map(|(key, label)| (key.name().to_owned(), text(label)));
    options.insert("labels", Json::Object(labels.collect()));
    parse_options(&Json::Object(options))
}

/// Whether the app draws the toggle's content.
pub(super) fn has_content(props: &ChatWidgetProps) -> bool {
    props.children != Html::default()
}

/// The same as a property of `<ChatWidget>` is written: `backend_url` for `backendUrl`.
pub(super) fn as_property(issue: &Issue) -> Issue {
    let mut path = String::new();
    for letter in issue.path.chars() {
        if letter.is_ascii_uppercase() {
            path.push('_');
        }
        path.push(letter.to_ascii_lowercase());
    }
    Issue { path, message: issue.message.clone() }
}

/// The custom properties of the host, with their values.
pub(super) fn custom_properties(props: &ChatWidgetProps) -> [(&'static str, Option<AttrValue>); 6] {
    [
        ("--ckw-accent", props.accent.clone()),
        ("--ckw-edge-x", props.offset.x.clone()),
        ("--ckw-edge-y", props.offset.y.clone()),
        ("--ckw-width", props.width.clone()),
        ("--ckw-height", props.height.clone()),
        ("--ckw-z-index", props.z_index.map(|layer| layer.to_string().into())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn props(backend_url: &'static str) -> ChatWidgetProps {
        yew::props!(ChatWidgetProps {
            backend_url,
            shortcut: "Mod+Mod",
            labels: vec![(Key::OpenChat, "Ask".into())]
        })
    }

    #[test]
    fn what_is_wrong_is_named_as_the_app_wrote_it() {
        let (options, issues) = container_options(&props("nowhere"));
        assert_eq!(options.backend_url, None);
        assert_eq!(options.texts.get(Key::OpenChat), "Ask");
        let paths: Vec<_> = issues.iter().map(|issue| as_property(issue).path).collect();
        assert_eq!(paths, ["backend_url", "shortcut"]);
    }

    #[test]
    fn an_app_that_gives_only_an_address_gets_a_widget_the_reader_controls() {
        let props = yew::props!(ChatWidgetProps { backend_url: "https://chat.example.com/" });
        let (options, issues) = container_options(&props);
        assert_eq!(options.backend_url.as_deref(), Some("https://chat.example.com"));
        assert_eq!(options.control, crate::widget::Control::Reader);
        assert_eq!(issues, []);
        assert!(custom_properties(&props).iter().all(|(_, value)| value.is_none()));
    }
}
