//! `theme`: how the element looks.

use super::read::{Fields, Node};

/// How the element looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    /// Light or dark; light by default.
    pub color_scheme: ColorScheme,
    /// Overall roundness; pill by default.
    pub radius: Radius,
    /// Overall spacing; normal by default.
    pub density: Density,
    /// Fonts.
    pub typography: Typography,
    /// Palettes.
    pub color: ColorOptions,
}

/// Light or dark. There is no "system": the host page resolves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorScheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl ColorScheme {
    /// `light` or `dark`, as CSS and options write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Overall roundness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Radius {
    /// As round as can be.
    #[default]
    Pill,
    /// Round.
    Round,
    /// A little.
    Soft,
    /// Not at all.
    Sharp,
}

impl Radius {
    /// As options write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pill => "pill",
            Self::Round => "round",
            Self::Soft => "soft",
            Self::Sharp => "sharp",
        }
    }
}

/// Overall spacing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Tight.
    Compact,
    /// Normal.
    #[default]
    Normal,
    /// Wide.
    Spacious,
}

impl Density {
    /// As options write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Normal => "normal",
            Self::Spacious => "spacious",
        }
    }
}

/// Fonts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typography {
    /// CSS pixels, 14 to 18.
    pub base_size: Option<u8>,
    /// CSS font-family of text.
    pub font_family: Option<String>,
    /// CSS font-family of code.
    pub font_family_mono: Option<String>,
    /// Fonts to load.
    pub font_sources: Vec<FontObject>,
}

/// A font to load.
#[derive(Clone, Debug, PartialEq)]
pub struct FontObject {
    /// CSS font-family name.
    pub family: String,
    /// URL of the file.
    pub src: String,
    /// CSS font-weight.
    pub weight: Option<String>,
    /// CSS font-style.
    pub style: Option<&'static str>,
    /// CSS font-display.
    pub display: Option<&'static str>,
    /// CSS unicode-range.
    pub unicode_range: Option<String>,
}

/// Palettes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColorOptions {
    /// The greys.
    pub grayscale: Option<GrayscaleOptions>,
    /// The accent.
    pub accent: Option<AccentColor>,
    /// Background and text.
    pub surface: Option<SurfaceColors>,
}

/// The greys.
#[derive(Clone, Debug, PartialEq)]
pub struct GrayscaleOptions {
    /// Degrees, 0 to 360.
    pub hue: f64,
    /// How much of the hue, 0 to 9.
    pub tint: u8,
    /// Darker or lighter, −4 to 4; 0 by default.
    pub shade: i8,
}

/// The accent.
#[derive(Clone, Debug, PartialEq)]
pub struct AccentColor {
    /// A CSS colour.
    pub primary: String,
    /// How much of it, 0 to 3.
    pub level: u8,
}

/// Background and text.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceColors {
    /// A CSS colour.
    pub background: String,
    /// A CSS colour.
    pub foreground: String,
}

const SCHEMES: &[(&str, ColorScheme)] = &[("light", ColorScheme::Light), ("dark", ColorScheme::Dark)];

pub(super) fn read(node: &Node<'_>) -> Option<Theme> {
    use super::Raw;
    if let Raw::String(_) = node.raw {
        return Some(Theme { color_scheme: scheme(node)?, ..Theme::default() });
    }
    if !matches!(node.raw, Raw::Object(_)) {
        return node.mismatch("\"light\", \"dark\" or an object such as { colorScheme: \"dark\" }");
    }
    let fields = node.object(&["colorScheme", "typography", "radius", "density", "color"])?;
    let radius = fields.get("radius").and_then(|node| {
        node.one_of(&[
            ("pill", Radius::Pill),
            ("round", Radius::Round),
            ("soft", Radius::Soft),
            ("sharp", Radius::Sharp),
        ])
    });
    let density = fields.get("density").and_then(|node| {
        node.one_of(&[
            ("compact", Density::Compact),
            ("normal", Density::Normal),
            ("spacious", Density::Spacious),
        ])
    });
    Some(Theme {
        color_scheme: fields.get("colorScheme").and_then(|node| scheme(&node)).unwrap_or_default(),
        radius: radius.unwrap_or_default(),
        density: density.unwrap_or_default(),
        typography: fields.get("typography").and_then(|node| typography(&node)).unwrap_or_default(),
        color: fields.get("color").and_then(|node| color(&node)).unwrap_or_default(),
    })
}

fn scheme(node: &Node<'_>) -> Option<ColorScheme> {
    if matches!(node.raw, super::Raw::String(word) if word == "system" || word == "auto") {
        return node
            .mismatch("\"light\" or \"dark\" (ask matchMedia(\"(prefers-color-scheme: dark)\") which)");
    }
    node.one_of(SCHEMES)
}

fn typography(node: &Node<'_>) -> Option<Typography> {
    let fields = node.object(&["baseSize", "fontSources", "fontFamily", "fontFamilyMono"])?;
    let sources = fields.get("fontSources").and_then(|node| node.items("an array of fonts"));
    Some(Typography {
        base_size: fields.get("baseSize").and_then(|node| small(&node, 14, 18)),
        font_family: fields.get("fontFamily").and_then(|node| css(&node, "a CSS font-family")),
        font_family_mono: fields.get("fontFamilyMono").and_then(|node| css(&node, "a CSS font-family")),
        font_sources: sources.unwrap_or_default().iter().filter_map(font).collect(),
    })
}

fn font(node: &Node<'_>) -> Option<FontObject> {
    let fields = node.object(&["family", "src", "weight", "style", "display", "unicodeRange"])?;
    let family = fields.required("family", "\"Inter\"").and_then(|node| node.name());
    let src =
        fields.required("src", "\"https://your-site.example/inter.woff2\"").and_then(|node| node.name());
    let words = |key: &str, words: &[&'static str]| -> Option<&'static str> {
        let pairs: Vec<(&str, &'static str)> = words.iter().map(|word| (*word, *word)).collect();
        fields.get(key).and_then(|node| node.one_of(&pairs))
    };
    let weight = fields.get("weight").and_then(|node| match node.raw {
        super::Raw::String(weight) => Some(weight.clone()),
        super::Raw::Number(..) => node.whole(1, 1000).map(|weight| weight.to_string()),
        _ => node.mismatch("a CSS font-weight such as 400 or \"bold\""),
    });
    let style = words("style", &["normal", "italic", "oblique"]);
    let display = words("display", &["auto", "block", "swap", "fallback", "optional"]);
    let unicode_range = fields.get("unicodeRange").and_then(|node| css(&node, "a CSS unicode-range"));
    Some(FontObject { family: family?, src: src?, weight, style, display, unicode_range })
}

fn color(node: &Node<'_>) -> Option<ColorOptions> {
    let fields = node.object(&["grayscale", "accent", "surface"])?;
    Some(ColorOptions {
        grayscale: fields.get("grayscale").and_then(|node| grayscale(&node)),
        accent: fields.get("accent").and_then(|node| accent(&node)),
        surface: fields.get("surface").and_then(|node| surface(&node)),
    })
}

fn grayscale(node: &Node<'_>) -> Option<GrayscaleOptions> {
    let fields = node.object(&["hue", "tint", "shade"])?;
    let hue = fields.required("hue", "220").and_then(|node| match node.raw {
        super::Raw::Number(hue, _) if (0.0..=360.0).contains(hue) => Some(*hue),
        _ => node.mismatch("a number of degrees from 0 to 360"),
    });
    let tint = fields.required("tint", "6").and_then(|node| small(&node, 0, 9));
    let shade = fields.get("shade").and_then(|node| node.whole(-4, 4)).and_then(|n| i8::try_from(n).ok());
    Some(GrayscaleOptions { hue: hue?, tint: tint?, shade: shade.unwrap_or(0) })
}

fn accent(node: &Node<'_>) -> Option<AccentColor> {
    let fields = node.object(&["primary", "level"])?;
    let primary = css_color(&fields, "primary", "\"#0d6efd\"");
    let level = fields.required("level", "1").and_then(|node| small(&node, 0, 3));
    Some(AccentColor { primary: primary?, level: level? })
}

fn surface(node: &Node<'_>) -> Option<SurfaceColors> {
    let fields = node.object(&["background", "foreground"])?;
    let background = css_color(&fields, "background", "\"#ffffff\"");
    let foreground = css_color(&fields, "foreground", "\"#1a1a1a\"");
    Some(SurfaceColors { background: background?, foreground: foreground? })
}

fn css_color(fields: &Fields<'_>, key: &str, write: &str) -> Option<String> {
    css(&fields.required(key, write)?, "a CSS colour")
}

/// A CSS value. One that could end its declaration, open a rule or load something is refused: values end up in
/// a stylesheet of ours.
fn css(node: &Node<'_>, expected: &str) -> Option<String> {
    match node.raw {
        super::Raw::String(text)
            if !text.trim().is_empty()
                && !text.contains(['{', '}', ';', '<', '@', '\\'])
                && !text.contains("/*")
                && !text.to_ascii_lowercase().contains("url(") =>
        {
            Some(text.clone())
        }
        _ => node.mismatch(expected),
    }
}

fn small(node: &Node<'_>, min: i64, max: i64) -> Option<u8> {
    u8::try_from(node.whole(min, max)?).ok()
}
