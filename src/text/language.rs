//! Which of our languages a tag such as `pt-BR` asks for. `pkg-template/src/internal/language.ts` says the same to
//! the npm package, which loads each language as a file of its own.

/// The languages beside English, each a file in `src/text/locales`.
pub const LANGUAGES: &[&str] = &["ar", "de", "es", "fr", "ja", "pt", "ur", "zh"];

/// Regions and the script of traditional Chinese, which is none of our languages.
const TRADITIONAL: &[&str] = &["hant", "tw", "hk", "mo"];

/// The language of [`LANGUAGES`], or `"en"`, that a tag asks for; `None` where we have none.
///
/// ```
/// use chatkit_widget::text::language;
///
/// assert_eq!(language::of("pt-BR"), Some("pt"));
/// assert_eq!(language::of("zh-TW"), None);
/// ```
#[must_use]
pub fn of(tag: &str) -> Option<&'static str> {
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let known = LANGUAGES.iter().copied().chain(["en"]).find(|known| known.eq_ignore_ascii_case(language))?;
    let traditional = |part: &str| TRADITIONAL.iter().any(|other| other.eq_ignore_ascii_case(part));
    let simplified = tag.split('-').any(|part| part.eq_ignore_ascii_case("hans"));
    (known != "zh" || simplified || !parts.any(traditional)).then_some(known)
}
