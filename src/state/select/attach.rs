//! The files of the draft, and what is said about them.

use crate::state::attach::size_words;
use crate::state::{
    Blocked, Chip, ChipKey, Dictation, Limit, News, Refusal, Said, Stage, State, Trouble, VoiceFault,
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

/// Sentences in the composer; empty where there is nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComposerNote {
    /// For everybody.
    pub shown: String,
    /// Only for those who cannot see what it says.
    pub spoken: String,
}

/// How many names a sentence lists.
const NAMES: usize = 3;
/// How many characters of a name's first part it has.
const LONGEST_HEAD: usize = 24;

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
    let about_files = said(state, words);
    let (shown, spoken) = match &state.dictation {
        Dictation::Off => (about_files, news(state.attach.news.as_ref(), words)),
        Dictation::Asking(_) => (words.get(ChatKey::VoiceAsking).to_owned(), String::new()),
        Dictation::Listening { .. } => (about_files, words.get(ChatKey::VoiceListening).to_owned()),
        Dictation::Closing(_) | Dictation::Transcribing(_) => {
            (about_files, words.get(ChatKey::VoiceWorking).to_owned())
        }
        Dictation::Failed(trouble) => (words.get(troubled(trouble)).to_owned(), String::new()),
    };
    ComposerNote { shown, spoken }
}

fn troubled(trouble: &Trouble) -> ChatKey {
    match trouble {
        Trouble::Voice(VoiceFault::NotAllowed) => ChatKey::VoiceNotAllowed,
        Trouble::Voice(VoiceFault::NoMicrophone) => ChatKey::VoiceNoMicrophone,
        Trouble::Voice(VoiceFault::Unsupported) => ChatKey::VoiceUnsupported,
        Trouble::Voice(VoiceFault::Other(_)) | Trouble::Server => ChatKey::VoiceFailed,
        Trouble::Silence => ChatKey::VoiceSilence,
    }
}

fn said(state: &State, words: Words) -> String {
    let blocked = state.attach.blocked();
    match &state.attach.said {
        Some(Said::Refused(refusals)) => {
            refusals.iter().map(|refusal| refused(refusal, words)).collect::<Vec<_>>().join(" ")
        }
        Some(Said::NoFile) => words.get(ChatKey::FileNone).to_owned(),
        // What was true when Send was pressed may be over.
        Some(Said::Blocked(_)) => match blocked {
            Some(Blocked::Uploading) => words.get(ChatKey::FileWait).to_owned(),
            Some(Blocked::Failed) => words.get(ChatKey::FileMissing).to_owned(),
            None => String::new(),
        },
        None => String::new(),
    }
}

fn news(news: Option<&News>, words: Words) -> String {
    let (key, name) = match news {
        None => return String::new(),
        Some(News::Uploaded(name)) => (ChatKey::FileUploaded, name),
        Some(News::Failed(name)) => (ChatKey::FileNotUploaded, name),
        Some(News::Removed(name)) => (ChatKey::FileRemoved, name),
    };
    words.get(key).replace("{name}", name)
}

/// A name that does not fill the composer.
fn in_a_sentence(name: &str) -> String {
    let (head, tail) = halves(name);
    match head.char_indices().nth(LONGEST_HEAD) {
        Some((at, _)) => format!("{}…{tail}", head.get(..at).unwrap_or_default()),
        None => head + &tail,
    }
}

fn refused(refusal: &Refusal, words: Words) -> String {
    let (key, limit) = match refusal.limit {
        Limit::Kind => (ChatKey::FileKind, String::new()),
        Limit::Size(bytes) => (ChatKey::FileSize, size_words(bytes)),
        Limit::Count(count) => (ChatKey::FileCount, count.to_string()),
    };
    let mut names: Vec<String> = refusal.names.iter().take(NAMES).map(|name| in_a_sentence(name)).collect();
    if refusal.names.len() > NAMES {
        names.push("…".to_owned());
    }
    // The limit first: a name is the reader's and may hold anything.
    words.get(key).replace("{limit}", &limit).replace("{names}", &names.join(", "))
}
