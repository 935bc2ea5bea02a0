//! What the menus offer, read from what functions of the site gave.

use crate::json::{Json, Object};
use crate::protocol::{UserMessageContent, UserMessageTagContent, Wire};

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// Becomes a tag.
    Entity(Entity),
    /// A command of the site.
    Command(Command),
    /// Something the composer can do by itself.
    Action(ComposerSkill),
}

/// An entity of the site (ChatKit protocol §2.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What is sent for it.
    pub tag: UserMessageTagContent,
    /// Its icon.
    pub icon: Option<String>,
}

/// A command of the site.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// What the menu says.
    pub label: String,
    /// A line below it.
    pub description: Option<String>,
    /// Its icon.
    pub icon: Option<String>,
    /// Those of one group stand together.
    pub group: Option<String>,
    /// As the site gave it.
    pub given: Json,
}

/// Something the composer can do by itself, where the options allow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposerSkill {
    /// Choose files to send.
    AttachFiles,
    /// Choose the tool with this id.
    Tool {
        /// Its id.
        id: String,
        /// What it is called.
        label: String,
        /// Its icon.
        icon: String,
    },
    /// Speak instead of writing.
    Dictate,
}

impl Offer {
    /// Those of one group stand together, under its name.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        match self {
            Offer::Entity(entity) => entity.tag.group.as_deref(),
            Offer::Command(command) => command.group.as_deref(),
            Offer::Action(_) => None,
        }
    }
}

impl Entity {
    /// Reads one.
    ///
    /// # Errors
    /// Which field is missing or of another type.
    pub fn read(json: &Json) -> Result<Self, &'static str> {
        let fields = json.as_object().ok_or("")?;
        let mut tag = Object::new();
        tag.insert("type", "input_tag".into());
        tag.insert("id", text(fields, "id").ok_or(".id")?.into());
        tag.insert("text", text(fields, "title").ok_or(".title")?.into());
        // `data` is optional here, but not on the wire.
        tag.insert("data", fields.get("data").cloned().unwrap_or(Json::Object(Object::new())));
        for key in ["group", "interactive"] {
            if let Some(value) = fields.get(key) {
                tag.insert(key, value.clone());
            }
        }
        match UserMessageContent::decode(&Json::Object(tag)) {
            Ok(UserMessageContent::Tag(tag)) => {
                Ok(Entity { tag, icon: text(fields, "icon").map(str::to_owned) })
            }
            _ => Err(""),
        }
    }
}

impl Command {
    /// Reads one.
    ///
    /// # Errors
    /// Which field is missing or of another type.
    pub fn read(json: &Json) -> Result<Self, &'static str> {
        let fields = json.as_object().ok_or("")?;
        text(fields, "id").ok_or(".id")?;
        let own = |key| text(fields, key).map(str::to_owned);
        Ok(Command {
            label: own("label").ok_or(".label")?,
            description: own("description"),
            icon: own("icon"),
            group: own("group"),
            given: json.clone(),
        })
    }
}

fn text<'a>(fields: &'a Object, key: &str) -> Option<&'a str> {
    fields.get(key).and_then(Json::as_str)
}

/// A menu longer than this is searched, not read.
const MOST: usize = 100;

/// Reads all of an array. Gives also what is wrong with it: those that cannot be used are left out.
pub(super) fn read_all<T>(
    json: &Json,
    read: impl Fn(&Json) -> Result<T, &'static str>,
) -> (Option<Vec<T>>, Vec<String>) {
    let Some(all) = json.as_array() else { return (None, vec![": expected an array".to_owned()]) };
    let mut faults = Vec::new();
    let mut good = Vec::new();
    for (index, one) in all.iter().enumerate() {
        match read(one) {
            Ok(_) if good.len() >= MOST => break,
            Ok(one) => good.push(one),
            Err(field) => faults.push(format!("[{index}]{field} is missing or of another type")),
        }
    }
    (Some(good), faults)
}

/// Groups where the first of each stands.
pub(super) fn grouped(offers: Vec<Offer>) -> Vec<Offer> {
    let mut grouped: Vec<Offer> = Vec::with_capacity(offers.len());
    for offer in offers {
        let last = grouped.iter().rposition(|other| other.group() == offer.group());
        grouped.insert(last.map_or(grouped.len(), |last| last + 1), offer);
    }
    grouped
}
