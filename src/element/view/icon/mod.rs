//! The small drawings. ChatKit has names of its own for them; `lucide:<name>` names one of Lucide's directly. A name
//! nobody knows draws nothing, so that a site written for a newer ChatKit still works; so does one of Lucide's that is
//! not among ours, and everything of a `vendor:`.

mod drawings;

use yew::prelude::*;

use drawings::{DRAWINGS, NAMES};

/// A decorative drawing of one line width, in the colour of the text around it; never read aloud.
pub fn icon(name: &str) -> Html {
    let Some(path) = path(name) else { return Html::default() };
    let filled = name.ends_with("-filled") || name == "stop";
    // The mark inside a disc would be lost in its colour.
    let (outline, mark) = match path.rfind('M') {
        Some(at) if filled && at > 0 => path.split_at(at),
        _ => (path, ""),
    };
    html! {
        <svg class="ck-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={outline} fill={if filled { "currentColor" } else { "none" }} />
            if !mark.is_empty() {
                <path d={mark} class="ck-icon-mark" />
            }
        </svg>
    }
}

/// Words for a button that has nothing but this icon: `settings-cog` is "settings cog".
#[must_use]
pub fn spoken(name: &str) -> String {
    name.replace('-', " ")
}

/// Whether there is a drawing of that name.
#[must_use]
pub fn is_known(name: &str) -> bool {
    path(name).is_some()
}

/// The outline on a grid of 24 by 24.
fn path(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("lucide:").unwrap_or(name);
    let find = |list: &[(&str, &'static str)], name: &str| {
        list.iter().find(|(known, _)| *known == name).map(|(_, found)| *found)
    };
    find(DRAWINGS, find(NAMES, name).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::path;
    use crate::config::names::{CHATKIT_ICONS, HEADER_ICONS};

    /// Names that the server's SDK has beyond those of the options.
    const OF_THE_SERVER: [&str; 1] = ["dot"];

    #[test]
    fn every_icon_chatkit_has_a_name_for_is_drawn() {
        let names = CHATKIT_ICONS.iter().chain(HEADER_ICONS).chain(&OF_THE_SERVER);
        let missing: Vec<_> = names.filter(|name| path(name).is_none()).collect();
        assert_eq!(missing, Vec::<&&str>::new());
    }

    #[test]
    fn an_icon_nobody_knows_draws_nothing() {
        assert_eq!(path("vendor:unheard-of"), None);
        assert_eq!(path("lucide:unheard-of"), None);
        assert!(path("lucide:search").is_some());
    }
}
