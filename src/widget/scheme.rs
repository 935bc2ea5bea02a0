//! Light or dark: what `colorScheme: "auto"` means on this page.

/// A colour scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}

impl Scheme {
    /// The value of `data-scheme`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How the page looks, as far as it says so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageLook {
    /// `data-theme`, `data-bs-theme` or `data-color-mode` of `<html>` (Docusaurus and many others).
    pub theme: Option<String>,
    /// Classes of `<html>` and `<body>`.
    pub classes: String,
    /// Computed `color-scheme` of `<html>`.
    pub color_scheme: String,
    /// Computed background of `<body>`, or of `<html>` where that is transparent.
    pub background: String,
    /// The reader's system prefers dark.
    pub system_dark: bool,
}

/// Follows the page, not the system: a light page in a dark system keeps a light chat. What the page says in words
/// counts first, then its `color-scheme`, then the colour it is painted in.
#[must_use]
pub fn scheme_of(page: &PageLook) -> Scheme {
    let system = if page.system_dark { Scheme::Dark } else { Scheme::Light };
    match page.theme.as_deref().map(str::trim) {
        Some("dark") => return Scheme::Dark,
        Some("light") => return Scheme::Light,
        Some("auto" | "system") => return system,
        _ => {}
    }
    let says = |text: &str, word: &str| text.split_whitespace().any(|said| said == word);
    if says(&page.classes, "dark") {
        return Scheme::Dark;
    }
    match (says(&page.color_scheme, "light"), says(&page.color_scheme, "dark")) {
        (true, true) => system,
        (false, true) => Scheme::Dark,
        (true, false) => Scheme::Light,
        (false, false) if is_dark(&page.background) => Scheme::Dark,
        (false, false) => Scheme::Light,
    }
}

/// Whether a computed colour, `rgb(…)` or `rgba(…)`, is painted and dark. Integers only: reading fractions would bring
/// 10 KB of tables into the wasm, and browsers write none for the colours of a screen.
fn is_dark(color: &str) -> bool {
    let inside = color
        .split_once('(')
        .filter(|(kind, _)| matches!(kind.trim(), "rgb" | "rgba"))
        .map(|(_, inside)| inside);
    let mut parts = inside.unwrap_or_default().split([',', ' ', '/', ')']).filter(|part| !part.is_empty());
    let mut channel = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (Some(red), Some(green), Some(blue)) = (channel(), channel(), channel()) else { return false };
    let clear = parts.next().is_some_and(|alpha| {
        alpha == "0"
            || alpha.strip_prefix("0.").is_some_and(|tenths| tenths.starts_with(['0', '1', '2', '3', '4']))
    });
    // Perceived brightness in thousandths of 255, against the half.
    !clear && 299 * red + 587 * green + 114 * blue < 127_500
}
