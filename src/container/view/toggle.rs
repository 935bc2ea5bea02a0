//! The round button in the corner.

use std::rc::Rc;

use yew::prelude::*;

use super::{CoreRef, icon};
use crate::text::Key;
use crate::widget::Options;

#[derive(Properties, PartialEq)]
pub struct ToggleProps {
    pub core: CoreRef,
    pub open: bool,
    pub options: Rc<Options>,
}

/// Its markup is shared with TypeScript's placeholder: "The toggle's markup" in `docs/architecture.md`.
#[component]
pub fn Toggle(ToggleProps { core, open, options }: &ToggleProps) -> Html {
    let (path, label) = if *open { (icon::CLOSE, Key::CloseChat) } else { (icon::CHAT, Key::OpenChat) };
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
