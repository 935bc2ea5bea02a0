//! How the element looks: one stylesheet for all elements of a page, and a theme for each.
//!
//! The rules stand beside the components they are for (`view/*.css`) and are joined here.

mod fonts;
mod theme;

pub use fonts::Fonts;
pub use theme::apply;

use web_sys::Node;

use crate::element::markdown;
use crate::web::stylesheet::Adopted;

const RULES: &[&str] = &[
    include_str!("tokens.css"),
    include_str!("base.css"),
    markdown::STYLES,
    include_str!("../view/header.css"),
    include_str!("../view/start.css"),
    include_str!("../view/log.css"),
    include_str!("../view/messages.css"),
    include_str!("../view/work.css"),
    include_str!("../view/summary.css"),
    include_str!("../view/cards.css"),
    include_str!("../view/foot.css"),
    include_str!("../view/history/history.css"),
    include_str!("../view/composer/composer.css"),
    include_str!("../view/composer/around.css"),
    include_str!("../view/composer/structured.css"),
    include_str!("../view/composer/offers.css"),
];

/// Brings the rules into the shadow root that `node` is in.
#[must_use]
pub fn adopt(node: &Node) -> Option<Adopted> {
    Adopted::new(node, &RULES.concat())
}
