//! Line icons, 24 × 24.

use yew::prelude::*;

/// A speech bubble: open the chat.
pub(super) const CHAT: &str = "M21 11.5a8.5 8.5 0 0 1-12.4 7.5L3 21l2-5.6A8.5 8.5 0 1 1 21 11.5z";
/// A cross: close.
pub(super) const CLOSE: &str = "M18 6 6 18M6 6l12 12";
/// A sheet with a pen: new chat.
pub(super) const NEW: &str =
    "M12 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-6M18.4 2.6a2 2 0 0 1 3 3L12 15l-4 1 1-4z";

/// Draws one. Screen readers skip it: the button has a name.
pub(super) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="ckw-icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"
            stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d={path} />
        </svg>
    }
}
