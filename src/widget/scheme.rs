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
        (false, false) => match luminance(&page.background) {
            Some(luminance) if luminance < 0.5 => Scheme::Dark,
            _ => Scheme::Light,
        },
    }
}

/// Perceived brightness, 0 to 1, of a computed colour (`rgb(…)` or `rgba(…)`). `None` for one that is mostly
/// transparent or written otherwise.
fn luminance(color: &str) -> Option<f64> {
    let inside =
        color.trim().strip_prefix("rgb")?.trim_start_matches('a').strip_prefix('(')?.strip_suffix(')')?;
    let numbers: Vec<f64> = inside
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    match numbers.as_slice() {
        [_, _, _, alpha] if *alpha < 0.5 => None,
        [red, green, blue] | [red, green, blue, _] => {
            Some((0.299 * red + 0.587 * green + 0.114 * blue) / 255.0)
        }
        _ => None,
    }
}
