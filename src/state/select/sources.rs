//! What an answer cites: a numbered list, and a mark in the text for each source that names a place.

use std::rc::Rc;

use crate::json::Json;
use crate::markdown::link::{SafeHref, safe_href};
use crate::markdown::{Face, Mark};
use crate::protocol::{EntitySource, Source, UserMessageTagContent};
use crate::state::Entry;

/// One cited source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceView {
    /// What to show.
    pub title: String,
    /// Where it leads; `None` for files and entities, or when the address is not safe.
    pub url: Option<String>,
    /// Small print: site or file name, the label of an entity, else the description.
    pub detail: Option<String>,
    /// A sentence about it, where that is not its detail.
    pub about: Option<String>,
    /// Its date, in the server's own wording.
    pub date: Option<String>,
    /// What its mark looks like.
    pub face: Face,
    /// The name that tells apart entities of one title.
    id: Option<String>,
    /// What the site's functions get, if its entities can be pressed.
    pub entity: Option<Json>,
}

/// The sources of an answer, numbered from 1 as they are cited in its text; those without a place in it come last. Their
/// marks go into the text.
pub(super) fn cited(entry: &mut Entry) -> Rc<[SourceView]> {
    if let Some(sources) = &entry.sources {
        return sources.clone();
    }
    let mut cited: Vec<(usize, Option<u32>, &Source)> = Vec::new();
    for (number, part) in entry.parts.iter().enumerate() {
        let mut here: Vec<_> =
            part.annotations.iter().filter_map(|a| Some((number, a.index(), a.source()?))).collect();
        here.sort_by_key(|(_, index, _)| *index);
        cited.extend(here);
    }
    let mut sources: Vec<SourceView> = Vec::new();
    let mut marks: Vec<(usize, u32, Rc<Mark>)> = Vec::new();
    let (placed, listed): (Vec<_>, Vec<_>) = cited.into_iter().partition(|(_, index, _)| index.is_some());
    for (part, index, cited) in placed.into_iter().chain(listed) {
        let Some(source) = source(cited) else { continue };
        let known = sources.iter().position(|other| other.same(&source));
        let at = known.unwrap_or(sources.len());
        if known.is_none() {
            sources.push(source);
        }
        if let (Some(index), Some(source)) = (index, sources.get(at)) {
            let number = at + 1;
            let twice =
                |(p, i, mark): &(usize, u32, Rc<Mark>)| *p == part && *i == index && mark.number == number;
            if !marks.iter().rev().take_while(|(p, i, _)| *p == part && *i == index).any(twice) {
                marks.push((part, index, Rc::new(source.mark(number))));
            }
        }
    }
    marks.sort_by_key(|(part, index, mark)| (*part, *index, mark.number));
    for (number, part) in entry.parts.iter_mut().enumerate() {
        let here = marks.iter().filter(|(part, ..)| *part == number);
        part.document.set_marks(here.map(|(_, index, mark)| (*index as usize, mark.clone())).collect());
    }
    entry.sources.insert(sources.into()).clone()
}

impl SourceView {
    fn same(&self, other: &Self) -> bool {
        match (&self.url, &other.url) {
            (Some(one), Some(other)) => one == other,
            (None, None) => self.id == other.id && self.title == other.title && self.detail == other.detail,
            _ => false,
        }
    }

    /// A mentioned entity as if it were cited; `None` if it cannot be pressed.
    pub(super) fn mentioned(tag: &UserMessageTagContent) -> Option<Self> {
        let group = tag.group.as_ref().map(|group| ("group".to_owned(), Json::from(group.as_str())));
        let always = [
            ("id".to_owned(), Json::from(tag.id.as_str())),
            ("title".to_owned(), Json::from(tag.text.as_str())),
            ("interactive".to_owned(), Json::Bool(true)),
            ("data".to_owned(), Json::Object(tag.data.clone())),
        ];
        tag.interactive.then(|| SourceView {
            title: tag.text.clone(),
            url: None,
            detail: tag.group.clone(),
            about: None,
            date: None,
            face: Face::Number,
            id: Some(tag.id.clone()),
            entity: Some(Json::Object(always.into_iter().chain(group).collect())),
        })
    }

    fn mark(&self, number: usize) -> Mark {
        Mark {
            number,
            face: self.face.clone(),
            name: if self.title.is_empty() { self.detail.as_deref() } else { Some(&*self.title) }
                .unwrap_or_default()
                .into(),
            href: self.url.as_deref().map(Rc::from),
        }
    }
}

/// A source as a list shows it; `None` for a kind this version does not know.
pub(super) fn source(source: &Source) -> Option<SourceView> {
    let title = source.title().to_owned();
    let view = |url, detail: Option<&String>, about: Option<&String>, date: Option<&String>| SourceView {
        title,
        url,
        // Where nothing says whose it is, what it is about takes that place.
        about: about.filter(|_| detail.is_some()).cloned(),
        detail: detail.or(about).cloned(),
        date: date.cloned(),
        face: Face::Number,
        id: None,
        entity: None,
    };
    Some(match source {
        Source::Url(it) => view(
            web_address(&it.url),
            it.attribution.as_ref(),
            it.description.as_ref(),
            it.timestamp.as_ref(),
        ),
        Source::File(it) => view(None, Some(&it.filename), it.description.as_ref(), it.timestamp.as_ref()),
        Source::Entity(it) => SourceView {
            face: match (&it.inline_label, &it.icon) {
                (Some(label), _) => Face::Label(label.as_str().into()),
                (None, Some(icon)) => Face::Icon(icon.as_str().into()),
                (None, None) => Face::Number,
            },
            id: Some(it.id.clone()),
            entity: it.interactive.then(|| entity(it)),
            ..view(None, it.label.as_ref(), it.description.as_ref(), it.timestamp.as_ref())
        },
        Source::Unknown(_) => return None,
    })
}

fn web_address(url: &str) -> Option<String> {
    match safe_href(url)? {
        SafeHref::Absolute(url) | SafeHref::Relative(url) => Some(url.to_string()),
        SafeHref::Deeplink(_) => None,
    }
}

/// A cited entity as the site's functions get it (ChatKit protocol, entities).
fn entity(source: &EntitySource) -> Json {
    let optional = [("icon", &source.icon), ("group", &source.group), ("label", &source.label)];
    let given = optional.into_iter().filter_map(|(name, value)| {
        value.as_ref().map(|value| (name.to_owned(), Json::from(value.as_str())))
    });
    let always = [
        ("id".to_owned(), Json::from(source.id.as_str())),
        ("title".to_owned(), Json::from(source.title.as_str())),
        ("interactive".to_owned(), Json::Bool(true)),
        ("data".to_owned(), Json::Object(source.data.clone())),
    ];
    Json::Object(always.into_iter().chain(given).collect())
}
