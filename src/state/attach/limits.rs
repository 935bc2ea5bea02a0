//! Which files a message takes (`composer.attachments`), judged before a byte of them is sent.
//!
//! A **refusal** is one reason with all files it keeps out, so that dropping forty photographs gives one sentence,
//! not forty.

use super::PickedFile;
use crate::config::Attachments;

/// Why files stay out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `accept` lists no such type and no such extension.
    Kind,
    /// Larger than this many bytes (`maxSize` for its type).
    Size(u64),
    /// The message has as many as it may have (`maxCount`).
    Count(u64),
}

/// Files that were kept out for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub limit: Limit,
    /// The files' names, in the order they were picked.
    pub names: Vec<String>,
}

/// Sorts `picked` into those that may come, in order, and the reasons why the others may not. `there` files are part
/// of the message already. The files kept out are given back as well, because their bytes are to be let go.
pub(super) fn judge(
    limits: &Attachments,
    there: usize,
    picked: Vec<PickedFile>,
) -> (Vec<PickedFile>, Vec<PickedFile>, Vec<Refusal>) {
    let (mut taken, mut kept_out, mut refusals) = (Vec::new(), Vec::new(), Vec::<Refusal>::new());
    for file in picked {
        let Some(limit) = limit_of(limits, there + taken.len(), &file) else {
            taken.push(file);
            continue;
        };
        match refusals.iter_mut().find(|refusal| refusal.limit == limit) {
            Some(refusal) => refusal.names.push(file.name.clone()),
            None => refusals.push(Refusal { limit, names: vec![file.name.clone()] }),
        }
        kept_out.push(file);
    }
    (taken, kept_out, refusals)
}

fn limit_of(limits: &Attachments, there: usize, file: &PickedFile) -> Option<Limit> {
    let largest = limits.max_size.for_type(&file.mime_type);
    if !accepts(&limits.accept, &file.name, &file.mime_type) {
        Some(Limit::Kind)
    } else if file.size > largest {
        Some(Limit::Size(largest))
    } else if u64::try_from(there).map_or(true, |there| there >= limits.max_count) {
        Some(Limit::Count(limits.max_count))
    } else {
        None
    }
}

/// Whether `accept` takes a file, as `showOpenFilePicker` understands it: by its type **or** by its extension. Browsers
/// know no type for many files (`notes.md` has none on some systems), so an extension alone is enough.
fn accepts(accept: &[(String, Vec<String>)], name: &str, mime_type: &str) -> bool {
    let mime = mime_type.split(';').next().unwrap_or_default().trim();
    let name = name.to_lowercase();
    accept.is_empty()
        || accept.iter().any(|(pattern, extensions)| {
            matches_type(pattern, mime)
                || extensions.iter().any(|extension| has_extension(&name, &extension.to_lowercase()))
        })
}

fn matches_type(pattern: &str, mime: &str) -> bool {
    let pattern = pattern.trim();
    if matches!(pattern, "*" | "*/*") {
        return true;
    }
    match pattern.strip_suffix("/*") {
        Some(family) => mime.split('/').next().is_some_and(|ours| ours.eq_ignore_ascii_case(family)),
        None => pattern.eq_ignore_ascii_case(mime),
    }
}

fn has_extension(name: &str, extension: &str) -> bool {
    let extension = extension.trim().trim_start_matches('.');
    !extension.is_empty() && name.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.'))
}

/// The `accept` of a file input that lets through what [`judge`] lets through; `None` for everything.
#[must_use]
pub fn accept_attribute(accept: &[(String, Vec<String>)]) -> Option<String> {
    let types = accept.iter().map(|(pattern, _)| pattern.trim());
    if accept.is_empty() || types.clone().any(|pattern| matches!(pattern, "*" | "*/*")) {
        return None;
    }
    let extensions = accept.iter().flat_map(|(_, extensions)| extensions).map(|extension| extension.trim());
    let entries = types
        .map(str::to_owned)
        .chain(extensions.map(|extension| format!(".{}", extension.trim_start_matches('.'))));
    Some(entries.filter(|entry| entry.len() > 1).collect::<Vec<_>>().join(","))
}

/// A number of bytes as people say it: `512 B`, `1.5 MB`, `100 MB`; in steps of 1024, as file managers count.
#[must_use]
pub fn size_words(bytes: u64) -> String {
    let units = ["KB", "MB", "GB", "TB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    // In tenths, without floating point: printing it costs kilobytes of wasm.
    let mut tenths = u128::from(bytes) * 10 / 1024;
    let mut unit = 0;
    while tenths >= 10_240 && unit + 1 < units.len() {
        tenths /= 1024;
        unit += 1;
    }
    let (whole, tenth, unit) = (tenths / 10, tenths % 10, units.get(unit).unwrap_or(&"TB"));
    if whole >= 10 || tenth == 0 { format!("{whole} {unit}") } else { format!("{whole}.{tenth} {unit}") }
}
