//! A site's theme as attributes and custom properties of the outermost element; `tokens.css` derives the rest.

use web_sys::HtmlElement;

use crate::config::{Theme, Typography};
use crate::web::{dom, js};

/// Makes `root` look like `theme`. What the theme leaves out goes back to its default: options replace, they never
/// merge.
pub fn apply(root: &HtmlElement, theme: &Theme) {
    let accent = theme.color.accent.as_ref().map(|accent| accent.level.to_string());
    dom::set_attribute(root, "data-scheme", Some(theme.color_scheme.as_str()));
    dom::set_attribute(root, "data-radius", Some(theme.radius.as_str()));
    dom::set_attribute(root, "data-density", Some(theme.density.as_str()));
    dom::set_attribute(root, "data-accent", accent.as_deref());
    dom::set_attribute(root, "data-surface", theme.color.surface.as_ref().map(|_| ""));
    let style = root.style();
    for (name, value) in properties(theme) {
        // A value that is no CSS is ignored by the browser; the default of tokens.css holds.
        let _ = match value {
            Some(value) => style.set_property(name, &value),
            None => style.remove_property(name).map(drop),
        };
    }
}

fn properties(theme: &Theme) -> [(&'static str, Option<String>); 9] {
    let Typography { base_size, font_family, font_family_mono, .. } = &theme.typography;
    let grays = theme.color.grayscale.as_ref();
    let surface = theme.color.surface.as_ref();
    [
        ("--ck-gray-hue", grays.map(|grays| js::number(grays.hue))),
        ("--ck-gray-tint", grays.map(|grays| grays.tint.to_string())),
        ("--ck-gray-shade", grays.map(|grays| grays.shade.to_string())),
        ("--ck-accent-primary", theme.color.accent.as_ref().map(|accent| accent.primary.clone())),
        ("--ck-background", surface.map(|surface| surface.background.clone())),
        ("--ck-foreground", surface.map(|surface| surface.foreground.clone())),
        // Both units: grows with the reader's own font size, and stays where a site made its rem small.
        ("--ck-size", base_size.map(|size| format!("max({size}px,{size}rem/16)"))),
        ("--ck-font", font_family.clone()),
        ("--ck-mono", font_family_mono.clone()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::AccentColor;

    #[test]
    fn an_accent_taken_back_leaves_nothing_behind() {
        let mut theme = Theme::default();
        assert!(properties(&theme).iter().all(|(_, value)| value.is_none()));
        theme.color.accent = Some(AccentColor { primary: "teal".to_owned(), level: 1 });
        assert!(properties(&theme).contains(&("--ck-accent-primary", Some("teal".to_owned()))));
    }
}
