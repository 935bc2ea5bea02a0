//! The round button in the corner.

use yew::prelude::*;

use super::{CoreRef, icon};
use crate::text::Key;
use crate::widget::Options;

/// What the toggle shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toggle {
    /// Whether the panel is open.
    pub open: bool,
    /// What a screen reader calls it: what a press does.
    pub name: String,
    /// `id` of the panel it controls.
    pub panel_id: String,
}

impl Toggle {
    /// The toggle of a closed panel before there is a widget, English, its panel not named yet.
    #[must_use]
    pub fn placeholder() -> Self {
        Self { open: false, name: crate::text::get(Key::OpenChat).to_owned(), panel_id: String::new() }
    }

    /// Draws it. The only source of its markup: TypeScript's placeholder is generated from this, see "The toggle's
    /// markup" in `docs/architecture.md`.
    pub fn draw(self, onclick: Callback<MouseEvent>) -> Html {
        let path = if self.open { icon::CLOSE } else { icon::CHAT };
        html! {
            <button type="button" class="ckw-toggle" aria-haspopup="dialog" aria-expanded={self.open.to_string()}
                aria-controls={self.panel_id} aria-label={self.name} {onclick}>
                { icon::icon(path) }
            </button>
        }
    }
}

/// The toggle of this widget.
pub(super) fn toggle(core: &CoreRef, open: bool, options: &Options) -> Html {
    let name = options.texts.get(if open { Key::CloseChat } else { Key::OpenChat }).to_owned();
    let onclick = {
        let core = core.clone();
        Callback::from(move |_: MouseEvent| core.toggle())
    };
    Toggle { open, name, panel_id: core.parts.panel_id() }.draw(onclick)
}
