//! Which images may load. Loading an image tells its server something: an answer can be made to carry what the
//! conversation holds in an image's address, so remote images are off unless the page vouches for them.

/// What to do with an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Load and show it.
    Show,
    /// Show its description; as a link when the address is a safe one.
    Blocked,
}

/// Raster types only: an SVG is a document with references of its own.
const DATA_TYPES: [&str; 4] = ["png", "gif", "jpeg", "webp"];

/// Whether an image may load.
///
/// - `src`: the address as written in the text.
/// - `page_origin`: scheme, host and port of the page (`https://docs.example`); empty when unknown.
/// - `allowed_image_domains`: the thread's list (ChatKit protocol). An image loads over https from a listed
///   host or any host below it. `None` and an empty list both mean that none is listed.
pub fn policy(src: &str, page_origin: &str, allowed_image_domains: Option<&[String]>) -> Policy {
    if allowed(src, page_origin, allowed_image_domains.unwrap_or_default()) {
        Policy::Show
    } else {
        Policy::Blocked
    }
}

/// Whether an image may load whose address the server itself names in a field for it: a generated image, a thumbnail.
/// Nothing of the conversation hides in there, so it may come from anywhere, unless the server lists hosts.
///
/// Arguments as for [`policy`]; here `None` restricts nothing.
pub fn served(src: &str, page_origin: &str, allowed_image_domains: Option<&[String]>) -> Policy {
    let anywhere = allowed_image_domains.is_none()
        && ["https:", "http:", "blob:"].iter().any(|scheme| starts_with_ignoring_case(src, scheme));
    if anywhere { Policy::Show } else { policy(src, page_origin, allowed_image_domains) }
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn allowed(src: &str, page_origin: &str, domains: &[String]) -> bool {
    let src = src.trim_matches(' ');
    // Browsers drop or rewrite these, so what is checked here would not be what is loaded.
    if src.is_empty() || src.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    let path_end = src.find(['?', '#', '/']).unwrap_or(src.len());
    let (before_path, _) = src.split_at(path_end);
    let Some((scheme, _)) = before_path.split_once(':') else {
        // No scheme: relative to the page, unless it names a host.
        return !src.starts_with("//") && !page_origin.is_empty();
    };
    match scheme.to_ascii_lowercase().as_str() {
        "data" => is_raster_data(src),
        scheme @ ("http" | "https") => {
            let Some(authority) = authority(src) else { return false };
            if authority.contains('@') {
                return false; // `https://allowed.example@evil.example/`
            }
            is_origin(page_origin, scheme, authority)
                || (scheme == "https" && domains.iter().any(|domain| is_within(host(authority), domain)))
        }
        _ => false,
    }
}

fn is_raster_data(src: &str) -> bool {
    let Some((head, _)) = src.split_once(',') else { return false };
    let head = head.to_ascii_lowercase();
    let Some(kind) = head.strip_prefix("data:image/") else { return false };
    let kind = kind.split(';').next().unwrap_or_default();
    DATA_TYPES.contains(&kind)
}

fn authority(src: &str) -> Option<&str> {
    let (_, rest) = src.split_once(':')?;
    let rest = rest.strip_prefix("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    (!authority.is_empty()).then_some(authority)
}

fn is_origin(page_origin: &str, scheme: &str, theirs: &str) -> bool {
    let Some((page_scheme, page_authority)) = page_origin.split_once("://") else { return false };
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    let bare = |authority: &str| {
        let authority = authority.to_ascii_lowercase();
        authority.strip_suffix(default_port).map(str::to_owned).unwrap_or(authority)
    };
    page_scheme.eq_ignore_ascii_case(scheme) && bare(page_authority) == bare(theirs)
}

fn host(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// `host` is `domain` or a name below it. A trailing dot names the same host.
fn is_within(host: &str, domain: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let domain = domain.trim().trim_matches('.').to_ascii_lowercase();
    // A percent sign is decoded by the browser before it connects, so the name compared here would not be the
    // name connected to.
    if domain.is_empty() || host.contains('%') {
        return false;
    }
    host == domain || host.strip_suffix(&domain).is_some_and(|below| below.ends_with('.'))
}
