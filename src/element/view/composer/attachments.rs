//! The files that will be sent with the message.

use yew::prelude::*;

use crate::element::view::{Frame, Same};
use crate::state::UserAction;

/// The row between quote and field; nothing where no file is attached.
pub fn attachments_row(_frame: &Same<Frame>, _on: &Callback<UserAction>) -> Html {
    Html::default()
}
