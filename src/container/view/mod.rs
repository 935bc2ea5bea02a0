//! What is drawn. The views read the core's state and call its steps; they hold none of their own.
//!
//! One component: each further one costs 4 KB of wasm, and none of the views has state or is worth skipping.

use std::rc::Rc;

use yew::prelude::*;

use super::core::Core;

mod header;
mod icon;
mod status;
mod toggle;

use header::header;
use status::{said_beside_a_closed_panel, status};
pub use toggle::Toggle;
use toggle::toggle;

/// The core as a property: the same one is the same.
#[derive(Clone)]
pub struct CoreRef(Rc<Core>);

impl From<Rc<Core>> for CoreRef {
    fn from(core: Rc<Core>) -> Self {
        Self(core)
    }
}

impl PartialEq for CoreRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for CoreRef {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.0
    }
}

#[derive(Properties, PartialEq)]
pub struct AppProps {
    pub core: CoreRef,
}

/// The whole: the toggle where the app is mounted, the rest in the panel's chrome.
#[component]
pub fn App(AppProps { core }: &AppProps) -> Html {
    let update = use_force_update();
    use_effect_with(core.clone(), move |core| {
        core.on_step(Some(Rc::new({
            let update = update.clone();
            move || update.force_update()
        })));
        // Steps between the first render and this effect.
        update.force_update();
        let core = core.clone();
        move || core.on_step(None)
    });
    let (widget, options) = (core.widget(), core.options());
    let chrome = core.parts.chrome.clone();
    html! {
        <>
            { toggle(core, &widget, &options) }
            { said_beside_a_closed_panel(&widget, &options) }
            { create_portal(
                html! { <>{ header(core, widget.chat, &options) }{ status(core, &widget, &options) }</> },
                chrome.into(),
            ) }
        </>
    }
}
