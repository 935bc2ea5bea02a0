//! Questions of the assistant in the composer's place.

use yew::prelude::*;

use crate::element::view::{Frame, Same};
use crate::state::UserAction;

/// One control a question, and Skip.
pub fn structured(_frame: &Same<Frame>, _on: &Callback<UserAction>) -> Html {
    Html::default()
}
