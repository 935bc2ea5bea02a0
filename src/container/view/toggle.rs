//! The round button in the corner.

use yew::prelude::*;

use super::{CoreRef, icon};
use crate::text::Key;
use crate::widget::Options;

/// Its markup is shared with TypeScript's placeholder: "The toggle's markup" in `docs/architecture.md`.
pub(super) fn toggle(core: &CoreRef, open: bool, options: &Options) -> Html {
    let (path, label) = if open { (icon::CLOSE, Key::CloseChat) } else { (icon::CHAT, Key::OpenChat) };
    let onclick = {
        let core = core.clone();
        Callback::from(move |_: MouseEvent| core.toggle())
    };
    html! {
        <button type="button" class="ckw-toggle" aria-haspopup="dialog" aria-expanded={open.to_string()}
            aria-controls={core.parts.panel_id()} aria-label={options.texts.get(label).to_owned()} {onclick}>
            { icon::icon(path) }
        </button>
    }
}
