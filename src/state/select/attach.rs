//! The files of the draft, and what is said about them.

use crate::state::attach::size_words;
use crate::state::{
    Blocked, Chip, ChipKey, Dictation, Limit, Refusal, Said, Stage, State, Trouble, VoiceFault,
};
use crate::text::{ChatKey, Words};

/// The files of the draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachView {
    /// In the order they were added.
    pub chips: Vec<ChipView>,
    /// What is said about files and dictation.
    pub note: ComposerNote,
    /// Whether files may be dropped anywhere on the element.
    pub drop_zone: bool,
}

/// One file.
#[derive(Clone, Debug, PartialEq)]
pub struct ChipView {
    /// Its name among the chips.
    pub key: ChipKey,
    /// The file's name, cut in two: of a long one the end stays to be seen, because that is what tells files apart.
    pub name: (String, String),
    /// How far it is.
    pub state: ChipState,
    /// Where a picture of it is.
    pub preview: Option<String>,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipState {
    /// On its way.
    Uploading,
    /// It did not arrive; the reader can try again.
    Failed,
    /// The server has it.
    Uploaded,
}

/// One sentence in the composer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ComposerNote {
    /// None.
    #[default]
    None,
    /// Only for those who cannot see what it says.
    Spoken(String),
    /// For everybody.
    Shown(String),
}

/// How many names a sentence lists.
const NAMES: usize = 3;

/// The files for this state.
pub(super) fn attach(state: &State) -> AttachView {
    AttachView {
        chips: state.attach.chips.iter().map(chip).collect(),
        note: note(state),
        drop_zone: crate::state::takes_files(state),
    }
}

fn chip(chip: &Chip) -> ChipView {
    ChipView {
        key: chip.key,
        name: halves(chip.name()),
        state: match chip.stage {
            Stage::Announcing { .. } | Stage::Uploading { .. } => ChipState::Uploading,
            Stage::Failed { .. } => ChipState::Failed,
            Stage::Uploaded { .. } => ChipState::Uploaded,
        },
        preview: chip.preview().map(str::to_owned),
    }
}

/// Cuts a name before the last few characters and the extension. Only in front of a plain letter, digit or mark: what
/// stands there belongs to no character before it, as an accent or the second half of an emoji would.
pub(super) fn halves(name: &str) -> (String, String) {
    let extension = name.rfind('.').unwrap_or(name.len());
    let before = name.char_indices().rev().filter(|(at, _)| *at < extension);
    let at =
        before.take(7).filter(|(_, letter)| letter.is_ascii_graphic()).last().map_or(extension, |(at, _)| at);
    match name.split_at_checked(at) {
        // A short name needs no cut, and a cut may come apart in a text that runs the other way.
        Some((head, tail)) if head.chars().count() > 8 => (head.to_owned(), tail.to_owned()),
        _ => (name.to_owned(), String::new()),
    }
}

fn note(state: &State) -> ComposerNote {
    let words = state.words;
    let shown = |key: ChatKey| ComposerNote::Shown(words.get(key).to_owned());
    let spoken = |key: ChatKey| ComposerNote::Spoken(words.get(key).to_owned());
    match &state.dictation {
        Dictation::Off => said(state.attach.said.as_ref(), words),
        Dictation::Asking(_) => shown(ChatKey::VoiceAsking),
        Dictation::Listening { .. } => spoken(ChatKey::VoiceListening),
        Dictation::Closing(_) | Dictation::Transcribing(_) => spoken(ChatKey::VoiceWorking),
        Dictation::Failed(trouble) => shown(match trouble {
            Trouble::Voice(VoiceFault::NotAllowed) => ChatKey::VoiceNotAllowed,
            Trouble::Voice(VoiceFault::NoMicrophone) => ChatKey::VoiceNoMicrophone,
            Trouble::Voice(VoiceFault::Unsupported) => ChatKey::VoiceUnsupported,
            Trouble::Voice(VoiceFault::Other(_)) | Trouble::Server => ChatKey::VoiceFailed,
            Trouble::Silence => ChatKey::VoiceSilence,
        }),
    }
}

fn said(said: Option<&Said>, words: Words) -> ComposerNote {
    let named = |key: ChatKey, name: &str| ComposerNote::Spoken(words.get(key).replace("{name}", name));
    let shown = |key: ChatKey| ComposerNote::Shown(words.get(key).to_owned());
    match said {
        None => ComposerNote::None,
        Some(Said::Refused(refusals)) => ComposerNote::Shown(
            refusals.iter().map(|refusal| refused(refusal, words)).collect::<Vec<_>>().join(" "),
        ),
        Some(Said::NoFile) => shown(ChatKey::FileNone),
        Some(Said::Uploaded(name)) => named(ChatKey::FileUploaded, name),
        Some(Said::Failed(name)) => named(ChatKey::FileNotUploaded, name),
        Some(Said::Removed(name)) => named(ChatKey::FileRemoved, name),
        Some(Said::Blocked(Blocked::Uploading)) => shown(ChatKey::FileWait),
        Some(Said::Blocked(Blocked::Failed)) => shown(ChatKey::FileMissing),
    }
}

fn refused(refusal: &Refusal, words: Words) -> String {
    let (key, limit) = match refusal.limit {
        Limit::Kind => (ChatKey::FileKind, String::new()),
        Limit::Size(bytes) => (ChatKey::FileSize, size_words(bytes)),
        Limit::Count(count) => (ChatKey::FileCount, count.to_string()),
    };
    let mut names: Vec<&str> = refusal.names.iter().take(NAMES).map(String::as_str).collect();
    if refusal.names.len() > NAMES {
        names.push("…");
    }
    // The limit first: a name is the reader's and may hold anything.
    words.get(key).replace("{limit}", &limit).replace("{names}", &names.join(", "))
}
