//! What the composer offers besides its field.

use yew::prelude::*;

use crate::element::view::{Frame, Same};
use crate::state::UserAction;

/// The buttons, and at the end `send`. `field` is the textarea, which has the focus while the reader writes.
pub fn bar(_frame: &Same<Frame>, _field: &NodeRef, _on: &Callback<UserAction>, send: Html) -> Html {
    html! { <div class="ck-bar">{ send }</div> }
}
