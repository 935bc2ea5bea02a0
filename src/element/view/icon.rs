//! The small drawings. ChatKit names dozens of them; several names share one drawing here. A name nobody knows
//! draws nothing, so that a site written for a newer ChatKit still works.

use yew::prelude::*;

/// A decorative drawing of one line width, in the colour of the text around it; never read aloud.
pub fn icon(name: &str) -> Html {
    let Some(path) = path(name) else { return Html::default() };
    let fill = if name.ends_with("-filled") || name == "stop" { "currentColor" } else { "none" };
    html! {
        <svg class="ck-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={path} fill={fill} />
        </svg>
    }
}

/// Words for a button that has nothing but this icon: `settings-cog` is "settings cog".
#[must_use]
pub fn spoken(name: &str) -> String {
    name.replace('-', " ")
}

/// The outline on a 24 × 24 grid.
fn path(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("lucide:").unwrap_or(name);
    Some(match name {
        "compose" | "write-alt" | "write-alt2" | "notebook-pencil" | "square-pen" => {
            "M12 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-6M18.4 2.9a1.9 1.9 0 0 1 2.7 2.7L12.4 14.3 9 15l.7-3.4z"
        }
        "write" | "pencil" => "M16.5 3.8a2.2 2.2 0 0 1 3.7 3.7L8 19.6 3.5 20.5 4.4 16zM14 6.3l3.7 3.7",
        "arrow-up" => "M12 19.5V5M5.5 11.2 12 4.7l6.5 6.5",
        "arrow-down" => "M12 4.5V19M5.5 12.8 12 19.3l6.5-6.5",
        "stop" => {
            "M7.5 6h9A1.5 1.5 0 0 1 18 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 16.5v-9A1.5 1.5 0 0 1 7.5 6z"
        }
        "close" | "x" => "M6 6l12 12M18 6 6 18",
        "check" => "M4.5 12.5 10 18 19.5 7",
        "trash" | "delete" => {
            "M4.5 6.5h15M9.5 6.5V4.8A.8.8 0 0 1 10.3 4h3.4a.8.8 0 0 1 .8.8v1.7M6.5 6.5l.8 12A1.6 1.6 0 0 0 8.9 20h6.2a1.6 1.6 0 0 0 1.6-1.5l.8-12M10.3 10.5v5.5M13.7 10.5v5.5"
        }
        "at" | "at-sign" => {
            "M12 8.3a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 1 0-7.4zM15.7 8.3v5c0 3.2 4.5 3 4.5-1.3a8.2 8.2 0 1 0-3.4 6.7"
        }
        "plus" => "M12 5v14M5 12h14",
        "paperclip" => {
            "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7"
        }
        "mic" => {
            "M12 3.5a3 3 0 0 1 3 3V12a3 3 0 0 1-6 0V6.5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"
        }
        "copy" => {
            "M10 8h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM4 14V6a2 2 0 0 1 2-2h8"
        }
        "reload" | "refresh" | "refresh-cw" => "M20 5v5h-5M20 10a8.2 8.2 0 1 0 .2 4.5",
        "chevron-down" => "M6 9.5l6 6 6-6",
        "chevron-left" | "back-small" => "M14.5 6l-6 6 6 6",
        "chevron-right" => "M9.5 6l6 6-6 6",
        "back-large" | "arrow-left" => "M19.5 12H5M11.2 5.5 4.7 12l6.5 6.5",
        "double-chevron-left" | "collapse-left" => "M12 6l-6 6 6 6M18.5 6l-6 6 6 6",
        "double-chevron-right" | "collapse-right" => "M12 6l6 6-6 6M5.5 6l6 6-6 6",
        "sidebar-left"
        | "sidebar-open-left"
        | "sidebar-open-left-alt"
        | "sidebar-floating-left"
        | "sidebar-floating-open-left"
        | "sidebar-collapse-left"
        | "open-left" => "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM9.5 4v16",
        "sidebar-right"
        | "sidebar-open-right"
        | "sidebar-open-right-alt"
        | "sidebar-floating-right"
        | "sidebar-floating-open-right"
        | "sidebar-collapse-right"
        | "open-right" => "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM14.5 4v16",
        "home" | "home-alt" => {
            "M4 11 12 4l8 7v7.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5zM9.5 20v-6h5v6"
        }
        "expand-large" | "expand-small" => "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
        "collapse-large" | "collapse-small" => "M20 10h-6V4M14 10l6.5-6.5M4 14h6v6M10 14l-6.5 6.5",
        "star" | "star-filled" => {
            "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1.1 5.9-5.3-2.9-5.3 2.9 1.1-5.9-4.3-4.1 5.9-.8z"
        }
        "bug" => {
            "M8 8.5a4 4 0 0 1 8 0M7.5 8.5h9V14a4.5 4.5 0 0 1-9 0zM12 12v6.5M3.5 13h4M16.5 13h4M4.5 7l3 2.5M19.5 7l-3 2.5M4.5 19.5l3.5-2.5M19.5 19.5 16 17"
        }
        "chat-temporary" | "chat" | "message-circle" => {
            "M12 4a8 8 0 0 1 0 16 8.3 8.3 0 0 1-3.4-.7L4 20.5l1.3-4.2A8 8 0 0 1 12 4z"
        }
        "settings-cog" | "settings" => {
            "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"
        }
        "settings-slider" => "M4 8h9M17 8h3M4 16h3M11 16h9M13 6h4v4h-4zM7 14h4v4H7z",
        "grid" => "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
        "dots-horizontal" | "dots-horizontal-circle" => "M5 12h.01M12 12h.01M19 12h.01",
        "dots-vertical" | "dots-vertical-circle" => "M12 5v.01M12 12v.01M12 19v.01",
        "menu" | "menu-inverted" | "hamburger" => "M4 7h16M4 12h16M4 17h16",
        "history" | "book-clock" => "M4 4.5V9h4.5M4.2 9A8.2 8.2 0 1 1 3.8 13M12 8v4.5l3 1.8",
        "clock" => "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM12 7.5V12l3 2",
        "book-open" => {
            "M12 6.5C10 5 7 4.5 3.5 4.5v13c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-13c-3.5 0-6.5.5-8.5 2zM12 6.5v13"
        }
        "book-closed" | "notebook" | "book" => {
            "M19 17V3.5H7A2.5 2.5 0 0 0 4.5 6v12M19 17H7a2 2 0 0 0 0 4h12zM9 8h6"
        }
        "share" => "M12 15V4M7.5 8 12 3.7 16.5 8M5 12v6.5A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5V12",
        "external-link" => {
            "M14 4h6v6M20 4l-9 9M17 14v4.5a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 4 18.5v-10A1.5 1.5 0 0 1 5.5 7H10"
        }
        "light-mode" => {
            "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
        }
        "dark-mode" => "M20 14.2A8.3 8.3 0 0 1 9.8 4 8.3 8.3 0 1 0 20 14.2z",
        "search" => "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4.5 4.5",
        "lightbulb" => "M9 17.5v-1.7A6.3 6.3 0 1 1 15 15.8v1.7zM9.5 20.5h5",
        "circle-question" | "circle-help" => {
            "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM9.7 9.6a2.4 2.4 0 1 1 3.4 2.3c-.7.4-1.1.8-1.1 1.6M12 16.4v.01"
        }
        "info" | "circle-alert" => "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM12 11v5M12 7.8v.01",
        "warning" | "triangle-alert" => "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.01",
        "sparkle" | "sparkle-double" | "sparkles" => {
            "M11 4.5l1.9 5.1 5.1 1.9-5.1 1.9L11 18.5l-1.9-5.1L4 11.5l5.1-1.9zM18.5 15.5l.8 2.2 2.2.8-2.2.8-.8 2.2-.8-2.2-2.2-.8 2.2-.8z"
        }
        "bolt" | "zap" => "M13 3 5 13.5h6L10 21l8.5-11h-6z",
        "calendar" => {
            "M5.5 5.5h13A1.5 1.5 0 0 1 20 7v11.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5V7a1.5 1.5 0 0 1 1.5-1.5zM4 10h16M8 3.5v4M16 3.5v4"
        }
        "chart" | "analytics" => "M4 4v14.5A1.5 1.5 0 0 0 5.5 20H20M8.5 16v-4M12.5 16V7.5M16.5 16v-6",
        "check-circle" | "check-circle-filled" => {
            "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM8.3 12.3l2.6 2.6 4.9-5.4"
        }
        "empty-circle" => "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4z",
        "compass" => "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM15.5 8.5l-2 5-5 2 2-5z",
        "cube" => "M12 3.5l7.5 4.2v8.6L12 20.5l-7.5-4.2V7.7zM4.5 7.7 12 12l7.5-4.3M12 12v8.5",
        "desktop" => {
            "M5.5 4.5h13A1.5 1.5 0 0 1 20 6v8.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 14.5V6a1.5 1.5 0 0 1 1.5-1.5zM9 20h6M12 16v4"
        }
        "mobile" | "phone" => {
            "M8 3.5h8A1.5 1.5 0 0 1 17.5 5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5zM11 17.5h2"
        }
        "document" | "page-blank" | "square-text" | "file" => {
            "M7 3.5h7l5 5V19a1.5 1.5 0 0 1-1.5 1.5h-10.5A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM14 3.5v5h5"
        }
        "globe" => {
            "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM3.8 12h16.4M12 3.8c5 5 5 11.4 0 16.4-5-5-5-11.4 0-16.4z"
        }
        "lab" | "atom" | "flask" => {
            "M9.5 3.5h5M10.5 3.5v6L5 18.5A1.3 1.3 0 0 0 6.2 20.5h11.6a1.3 1.3 0 0 0 1.2-2l-5.5-9v-6M7.5 15h9"
        }
        "images" | "square-image" => {
            "M5.5 4.5h13A1.5 1.5 0 0 1 20 6v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V6a1.5 1.5 0 0 1 1.5-1.5zM4 16l4.5-4.5 4 4L15 13l5 4.5M14.5 8.7v.01"
        }
        "lifesaver" => {
            "M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM12 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM6.2 6.2l3.3 3.3M14.5 14.5l3.3 3.3M17.8 6.2l-3.3 3.3M9.5 14.5l-3.3 3.3"
        }
        "mail" => {
            "M5.5 5.5h13A1.5 1.5 0 0 1 20 7v10a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17V7a1.5 1.5 0 0 1 1.5-1.5zM4.5 6.5 12 13l7.5-6.5"
        }
        "map-pin" | "maps" => {
            "M12 21c4-4.2 6.5-7.4 6.5-10.5a6.5 6.5 0 0 0-13 0C5.5 13.6 8 16.8 12 21zM12 8a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
        }
        "play" => "M7 4.5v15l12-7.5z",
        "profile" | "user" | "name" | "agent" => {
            "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5"
        }
        "profile-card" => {
            "M5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-11A1.5 1.5 0 0 1 5.5 5zM9 9a1.8 1.8 0 1 1 0 3.6A1.8 1.8 0 0 1 9 9zM6.5 16c.5-1.5 4.5-1.5 5 0M15 10h2.5M15 13.5h2.5"
        }
        "square-code" | "code" => "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
        "suitcase" => {
            "M5.5 7.5h13A1.5 1.5 0 0 1 20 9v9.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5V9a1.5 1.5 0 0 1 1.5-1.5zM9 7.5V5.5A1.5 1.5 0 0 1 10.5 4h3A1.5 1.5 0 0 1 15 5.5v2M4 13h16"
        }
        "keys" => "M8 12.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM11 13.5 20 4.5M16.5 8l3 3",
        "batch" => "M12 3.5 21 8l-9 4.5L3 8zM3 12.5l9 4.5 9-4.5M3 16.5l9 4.5 9-4.5",
        "confetti" | "wreath" => {
            "M4 20l4.5-12 7.5 7.5zM14 4v2M19 9h2M17.5 5.5l2-2M13 9.5c2-2 1-4 3-5.5M15 11.5c2-1.5 3.5-.5 5.5-1"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn an_icon_nobody_knows_draws_nothing() {
        assert_eq!(path("vendor:unheard-of"), None);
        assert!(path("lucide:search").is_some());
    }
}
