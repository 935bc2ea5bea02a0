//! The page's look in the values that ChatKit's theme takes, so that the panel and the chat in it never differ. What it
//! comes to is CSS's to decide (`pkg-template/styles.css`); it is read off a probe here. TypeScript does the same in
//! `page-theme.ts`.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, HtmlElement};

use crate::config::{AccentColor, ColorScheme, SurfaceColors, Theme};
use crate::web::dom;

/// What the probe wears: computed custom properties are text, computed colours are colours.
const PROBE: [(&str, &str); 5] = [
    ("color", "var(--_ckw-ink)"),
    ("background-color", "var(--_ckw-surface)"),
    ("outline-color", "var(--_ckw-accent)"),
    ("--_ckw-font-mono", "var(--ckw-font-mono, var(--ifm-font-family-monospace))"),
    // The chat does its own part of forced colours; the site's theme stays what it is.
    ("forced-color-adjust", "none"),
];

/// The look of the page around one widget.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PageTheme {
    scheme: ColorScheme,
    accent: Option<String>,
    surface: Option<SurfaceColors>,
    font: Option<String>,
    mono: Option<String>,
}

impl PageTheme {
    /// Reads it.
    pub(super) fn read(host: &HtmlElement) -> Self {
        let dark = host.get_attribute("data-scheme").as_deref() == Some("dark");
        let scheme = if dark { ColorScheme::Dark } else { ColorScheme::Light };
        let Some(probe) = probe(host) else { return Self { scheme, ..Self::default() } };
        let style = web_sys::window().and_then(|window| window.get_computed_style(&probe).ok().flatten());
        let value = |name: &str| style.as_ref().and_then(|style| property(style, name));
        let mut theme = Self { scheme, ..Self::default() };
        // Without our stylesheet the probe would tell of the page's text, not of the widget.
        if value("--_ckw-surface").is_some() {
            theme.accent = value("outline-color");
            theme.surface = value("background-color")
                .zip(value("color"))
                .map(|(background, foreground)| SurfaceColors { background, foreground });
            theme.font = value("font-family");
            theme.mono = value("--_ckw-font-mono");
        }
        probe.remove();
        theme
    }

    /// The app's own theme wins part by part over the page's; light or dark is the widget's.
    pub(super) fn under(&self, own: &Theme) -> Theme {
        let mut theme = own.clone();
        theme.color_scheme = self.scheme;
        let accent = |primary: &String| AccentColor { primary: primary.clone(), level: 1 };
        theme.color.accent = theme.color.accent.or_else(|| self.accent.as_ref().map(accent));
        theme.color.surface = theme.color.surface.or_else(|| self.surface.clone());
        theme.typography.font_family = theme.typography.font_family.or_else(|| self.font.clone());
        theme.typography.font_family_mono = theme.typography.font_family_mono.or_else(|| self.mono.clone());
        theme
    }
}

fn probe(host: &HtmlElement) -> Option<HtmlElement> {
    let probe = dom::document()?.create_element("span").ok()?.dyn_into::<HtmlElement>().ok()?;
    probe.set_hidden(true);
    for (name, value) in PROBE {
        // A browser that does not know a property leaves it out.
        let _ = probe.style().set_property(name, value);
    }
    host.append_child(&probe).ok()?;
    Some(probe)
}

fn property(style: &CssStyleDeclaration, name: &str) -> Option<String> {
    let value = style.get_property_value(name).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_app_says_about_its_look_wins_over_the_page() {
        let page = PageTheme {
            scheme: ColorScheme::Dark,
            accent: Some("rgb(1, 2, 3)".to_owned()),
            font: Some("Inter".to_owned()),
            ..PageTheme::default()
        };
        let mut own = Theme::default();
        own.typography.font_family = Some("Georgia".to_owned());
        let theme = page.under(&own);
        assert_eq!(theme.color_scheme, ColorScheme::Dark);
        assert_eq!(theme.typography.font_family.as_deref(), Some("Georgia"));
        assert_eq!(theme.color.accent.map(|accent| accent.primary).as_deref(), Some("rgb(1, 2, 3)"));
    }
}
