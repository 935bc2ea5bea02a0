//! The menu above the field as it is shown.

use crate::state::{ComposerSkill, Menu, MenuStage, Offer, Sign, State, offer_label};
use crate::text::ChatKey;

/// An open menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuView {
    /// What it is, for those who cannot see it.
    pub name: &'static str,
    /// Its rows; those of a group stand together.
    pub groups: Vec<MenuGroup>,
    /// Index of the row that Enter chooses.
    pub active: Option<usize>,
    /// One sentence instead of rows, or below them.
    pub note: Option<&'static str>,
    /// Whether the site is at work for it.
    pub busy: bool,
    /// Whether something was chosen and is being done: nothing can be chosen meanwhile.
    pub running: bool,
    /// Said politely.
    pub said: String,
}

/// Rows under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MenuGroup {
    /// The heading.
    pub name: Option<String>,
    /// At least one.
    pub rows: Vec<MenuRow>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuRow {
    /// Counted through all groups; names it in [`crate::state::MenuAction`].
    pub index: usize,
    /// What it says.
    pub label: String,
    /// A line below.
    pub description: Option<String>,
    /// Icon name.
    pub icon: Option<String>,
}

/// The menu for this state.
pub(super) fn menu(state: &State) -> Option<MenuView> {
    let menu = state.composer.menu()?;
    let words = state.words;
    let active = Some(menu.active).filter(|active| *active < menu.offers.len());
    let note = match menu.stage {
        MenuStage::Searching { .. } if active.is_none() => Some(ChatKey::MenuSearching),
        MenuStage::Here if active.is_none() => Some(ChatKey::MenuEmpty),
        MenuStage::Failed => Some(ChatKey::MenuFailed),
        MenuStage::NotDone => Some(ChatKey::CommandFailed),
        MenuStage::Here | MenuStage::Searching { .. } | MenuStage::Running(_) => None,
    };
    let note = note.map(|key| words.get(key));
    Some(MenuView {
        name: words.get(match menu.trigger.sign {
            Sign::Mention => ChatKey::MentionList,
            Sign::Command => ChatKey::CommandList,
        }),
        groups: groups(state, menu),
        active,
        note,
        busy: matches!(menu.stage, MenuStage::Searching { .. } | MenuStage::Running(_)),
        running: matches!(menu.stage, MenuStage::Running(_)),
        said: match note {
            Some(note) => note.to_owned(),
            None => words
                .fill(ChatKey::MenuCount, &[("count", u32::try_from(menu.offers.len()).unwrap_or(u32::MAX))]),
        },
    })
}

fn groups(state: &State, menu: &Menu) -> Vec<MenuGroup> {
    let mut groups: Vec<MenuGroup> = Vec::new();
    for (index, offer) in menu.offers.iter().enumerate() {
        let row = MenuRow {
            index,
            label: offer_label(state, offer).to_owned(),
            description: match offer {
                Offer::Command(command) => command.description.clone(),
                Offer::Entity(_) | Offer::Action(_) => None,
            },
            icon: match offer {
                Offer::Entity(entity) => entity.icon.clone(),
                Offer::Command(command) => command.icon.clone(),
                Offer::Action(ComposerSkill::Tool { icon, .. }) => Some(icon.clone()),
                Offer::Action(ComposerSkill::AttachFiles) => Some("paperclip".to_owned()),
                Offer::Action(ComposerSkill::Dictate) => Some("mic".to_owned()),
            },
        };
        match groups.last_mut() {
            Some(group) if group.name.as_deref() == offer.group() => group.rows.push(row),
            _ => groups.push(MenuGroup { name: offer.group().map(str::to_owned), rows: vec![row] }),
        }
    }
    groups
}
