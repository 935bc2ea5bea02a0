//! The round button in the corner.

use yew::prelude::*;

use super::{CoreRef, icon};
use crate::container::shortcut::on_apple;
use crate::text::Key;
use crate::widget::{Options, Widget};

/// What the toggle shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toggle {
    /// Whether the panel is open.
    pub open: bool,
    /// What a screen reader calls it: what a press does, and how many answers are unread.
    pub name: String,
    /// `id` of the panel it controls.
    pub panel_id: String,
    /// Keys that do the same, as `aria-keyshortcuts` has them.
    pub keys: Option<String>,
    /// The page draws its content, into `.ckw-toggle-content`; else there is an icon.
    pub custom: bool,
    /// Answers nobody has seen, shown in a badge. It is not read out: the name says it.
    pub unread: u32,
}

impl Toggle {
    /// The toggle of a closed panel before there is a widget, English, its panel not named yet.
    #[must_use]
    pub fn placeholder() -> Self {
        Self {
            open: false,
            name: crate::text::get(Key::OpenChat).to_owned(),
            panel_id: String::new(),
            keys: None,
            custom: false,
            unread: 0,
        }
    }

    /// Draws it. The only source of its markup: TypeScript's placeholder is generated from this, see "The toggle's
    /// markup" in `docs/architecture.md`.
    pub fn draw(self, onclick: Callback<MouseEvent>) -> Html {
        let path = if self.open { icon::CLOSE } else { icon::CHAT };
        html! {
            <button type="button" class="ckw-toggle" aria-haspopup="dialog" aria-expanded={self.open.to_string()}
                aria-controls={self.panel_id} aria-keyshortcuts={self.keys} aria-label={self.name} {onclick}>
                if self.custom {
                    <span class="ckw-toggle-content"></span>
                } else {
                    { icon::icon(path) }
                }
                if self.unread > 0 {
                    <span class="ckw-badge" aria-hidden="true">{ self.unread }</span>
                }
            </button>
        }
    }
}

/// The toggle of this widget.
pub(super) fn toggle(core: &CoreRef, widget: &Widget, options: &Options) -> Html {
    let (open, unread, texts) = (widget.panel.is_open(), widget.unread, &options.texts);
    let mut name = texts.get(if open { Key::CloseChat } else { Key::OpenChat }).to_owned();
    if unread > 0 {
        name = format!("{name}, {}", texts.unread(unread));
    }
    let keys = options.shortcut.as_ref().map(|shortcut| shortcut.aria(on_apple()));
    let onclick = {
        let core = core.clone();
        Callback::from(move |_: MouseEvent| core.toggle())
    };
    let (panel_id, custom) = (core.parts.panel_id(), options.custom_toggle);
    Toggle { open, name, panel_id, keys, custom, unread }.draw(onclick)
}
