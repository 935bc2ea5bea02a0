//! The language a `<ChatKit>` speaks. With the feature `locales` all of them are part of the app; without it there is
//! English.

use crate::text::Words;

/// The words for the option `locale`, else for the browser's language.
pub(super) fn words(locale: Option<&str>) -> Words {
    let browser = || web_sys::window()?.navigator().language();
    let wanted = locale.map(str::to_owned).or_else(browser);
    wanted.and_then(|tag| read(&tag)).unwrap_or_default()
}

#[cfg(feature = "locales")]
fn read(tag: &str) -> Option<Words> {
    use crate::json::{self, Json};
    use crate::text::language;

    let language = language::of(tag)?;
    let (_, file) = FILES.iter().find(|(name, _)| *name == language)?;
    let words = json::read(file).ok()?;
    let find = |name: &str| {
        ["widget", "chat"].into_iter().find_map(|section| match words.get(section)?.get(name)? {
            Json::String(wording) => Some(wording.clone()),
            _ => None,
        })
    };
    Some(Words::read(language, find))
}

#[cfg(feature = "locales")]
const FILES: &[(&str, &str)] = &[
    ("ar", include_str!("../../text/locales/ar.json")),
    ("de", include_str!("../../text/locales/de.json")),
    ("es", include_str!("../../text/locales/es.json")),
    ("fr", include_str!("../../text/locales/fr.json")),
    ("ja", include_str!("../../text/locales/ja.json")),
    ("pt", include_str!("../../text/locales/pt.json")),
    ("ur", include_str!("../../text/locales/ur.json")),
    ("zh", include_str!("../../text/locales/zh.json")),
];

#[cfg(not(feature = "locales"))]
fn read(_: &str) -> Option<Words> {
    None
}
