//! Which addresses a link may lead to. This is a trust boundary: the text comes from a model that read other
//! people's pages, so everything not named here stays text.

use std::rc::Rc;

/// The scheme whose links are handed to the page instead of being followed.
const DEEPLINK: &str = "chatkit-link";

/// An address that is safe to put on a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SafeHref {
    /// `http:`, `https:`, `mailto:` or `tel:`, as written.
    Absolute(Rc<str>),
    /// Relative to the page (path, query or fragment), as written; the browser resolves it at the click.
    Relative(Rc<str>),
    /// A `chatkit-link:` address; the page's `onDeeplink` gets it (ChatKit protocol, events).
    Deeplink(Deeplink),
}

/// What a `chatkit-link:` address says: `chatkit-link://name/more?key=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deeplink {
    /// Host and path, without slashes at the ends.
    pub name: Rc<str>,
    /// The query's pairs in order, percent-decoded.
    pub data: Rc<[(Rc<str>, Rc<str>)]>,
}

impl SafeHref {
    /// Whether the link stays within the site whose pages have this origin (`https://book.example`). Such a link
    /// opens in place, so that the conversation beside it goes on; every other one gets a tab of its own.
    pub fn stays_on(&self, page_origin: &str) -> bool {
        match self {
            SafeHref::Relative(_) => true,
            SafeHref::Absolute(href) => {
                !page_origin.is_empty()
                    && href
                        .strip_prefix(page_origin)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
            }
            SafeHref::Deeplink(_) => false,
        }
    }
}

/// The address when it may be put on a link, `None` when the link must stay text.
///
/// Browsers drop tabs and line ends anywhere in an address and spaces and control characters around it, which
/// is how `java\nscript:` gets past a check of the scheme. An address holding any control character is
/// refused, and so are backslashes, which browsers read as slashes, before the first `?` or `#`.
pub fn safe_href(raw: &str) -> Option<SafeHref> {
    let href = raw.trim_matches(' ');
    if href.is_empty() || href.chars().any(|c| c.is_control() || is_invisible(c)) {
        return None;
    }
    if href.starts_with(char::is_whitespace) || href.ends_with(char::is_whitespace) {
        return None;
    }
    let path_end = href.find(['?', '#']).unwrap_or(href.len());
    let (path, _) = href.split_at(path_end);
    if path.contains('\\') {
        return None;
    }
    let Some((scheme, rest)) = split_scheme(path, href) else {
        // `//host` takes the page's scheme, which may be `file:`; nobody writes it in an answer for a reason.
        return (!path.starts_with("//")).then(|| SafeHref::Relative(href.into()));
    };
    match scheme.to_ascii_lowercase().as_str() {
        // "https:evil" without slashes means different things on different pages.
        "http" | "https" => {
            let host = rest.strip_prefix("//")?;
            (!host.is_empty() && !host.starts_with(['/', '?', '#'])).then(|| SafeHref::Absolute(href.into()))
        }
        "mailto" | "tel" => (!rest.is_empty()).then(|| SafeHref::Absolute(href.into())),
        DEEPLINK => deeplink(rest).map(SafeHref::Deeplink),
        _ => None,
    }
}

/// Scheme and the rest after its colon. A colon after the first slash belongs to a path. Whatever stands before
/// an earlier colon counts as a scheme, valid or not, so that an odd one is refused and not taken for a path.
fn split_scheme<'a>(path: &str, href: &'a str) -> Option<(&'a str, &'a str)> {
    let colon = path.find(':')?;
    if path.find('/').is_some_and(|slash| slash < colon) {
        return None;
    }
    Some((href.get(..colon)?, href.get(colon + 1..)?))
}

/// Characters that show nothing and turn the reading direction or hide inside a name.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn deeplink(rest: &str) -> Option<Deeplink> {
    let rest = rest.split('#').next().unwrap_or_default();
    let (name, query) = rest.split_once('?').unwrap_or((rest, ""));
    let name = percent_decode(name.trim_matches('/'), false);
    if name.is_empty() {
        return None;
    }
    let data = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(key, true).into(), percent_decode(value, true).into())
        })
        .collect();
    Some(Deeplink { name: name.into(), data })
}

/// `%41` → `A`; in a query `+` is a space. What is no valid escape stays as written.
fn percent_decode(text: &str, query: bool) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes {
        bytes = rest;
        match (first, rest) {
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    bytes = after;
                }
                _ => out.push(b'%'),
            },
            (b'+', _) if query => out.push(b' '),
            _ => out.push(*first),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
