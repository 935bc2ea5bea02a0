//! Files around the draft (`composer.attachments`, ChatKit protocol §8.3).
//!
//! - A **picked** file is one the reader chose, dropped or pasted. Its bytes stay at the edge under a [`FileId`]; here
//!   are only its name, size and type.
//! - A **chip** is one attachment of the draft, see [`Stage`] for how far it is.
//! - A **direct** upload is one request that makes the attachment; a **two-phase** one announces the file
//!   (`attachments.create`) and then brings the bytes where the server said.
//!
//! Nothing here is repeated by itself: a server may have made an attachment of a request whose answer was lost, and
//! the reader has a button.

mod chip;
mod limits;
mod upload;

pub use chip::{Chip, ChipKey, FileId, PickedFile, Stage, UploadId};
pub use limits::{Limit, Refusal, accept_attribute, size_words};
pub use upload::{Carry, Destination};
pub(super) use upload::{announced, answered};

use super::{Effect, Rejection, State, calls, structured};
use crate::config::Attachments;
use crate::json::Json;
use crate::protocol::{Attachment, ClientRequest, Wire};

/// What the reader does with files.
#[derive(Clone, Debug, PartialEq)]
pub enum AttachAction {
    /// Chose, dropped or pasted some.
    Add(Vec<PickedFile>),
    /// Dropped something in which there is no file, such as a folder.
    NoFile,
    /// The remove button of a chip.
    Remove(ChipKey),
    /// The Retry button of a chip.
    Retry(ChipKey),
}

/// What is to be done with a file's bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum FileEffect {
    /// Send them; the answer comes as [`super::Action::Upload`].
    Upload {
        /// Names the request.
        upload: UploadId,
        /// Which file.
        file: FileId,
        /// Where to and how.
        to: Destination,
    },
    /// Stop sending them; no answer is wanted.
    Abort(UploadId),
    /// Let go of them: nobody needs the file any more.
    Forget(FileId),
}

/// What the reader has to know about files; stays until something else is done with files or the message is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Files were kept out.
    Refused(Vec<Refusal>),
    /// What was dropped has no file in it.
    NoFile,
    /// Send was pressed while the message may not be sent.
    Blocked(Blocked),
}

/// What the chips show by themselves, for those who cannot see them; with the file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A file was uploaded.
    Uploaded(String),
    /// A file was not uploaded.
    Failed(String),
    /// A chip was taken away.
    Removed(String),
}

/// Why the message may not be sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// Files are on their way.
    Uploading,
    /// A file failed: the message would go without it.
    Failed,
}

/// Files around the draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attach {
    /// In the order they were added.
    pub chips: Vec<Chip>,
    /// What the reader has to know.
    pub said: Option<Said>,
    /// What happened last.
    pub news: Option<News>,
    /// Attachments of the message sent last: shown with it until the server's own copy is there, and what goes back
    /// into the composer with a message that was not sent. With each, whether this element uploaded it.
    sent: Vec<(Attachment, bool)>,
    /// Chips of drafts that are not on screen, by thread; `None` is the draft of no thread yet. Their uploads go on.
    away: Vec<(Option<String>, Chip)>,
}

impl Attach {
    /// Whether the message has to wait for its files.
    #[must_use]
    pub fn blocked(&self) -> Option<Blocked> {
        let failed = |chip: &Chip| matches!(chip.stage, Stage::Failed { .. });
        let under_way =
            |chip: &Chip| matches!(chip.stage, Stage::Announcing { .. } | Stage::Uploading { .. });
        if self.chips.iter().any(under_way) {
            Some(Blocked::Uploading)
        } else {
            self.chips.iter().any(failed).then_some(Blocked::Failed)
        }
    }

    /// A chip, on screen or not.
    fn chip_mut(&mut self, is_it: impl Fn(&Chip) -> bool) -> Option<&mut Chip> {
        let away = self.away.iter_mut().map(|(_, chip)| chip);
        self.chips.iter_mut().chain(away).find(|chip| is_it(chip))
    }

    /// Another draft comes on screen: the chips of this one, which belongs to `thread`, wait for it.
    pub(super) fn put_away(&mut self, thread: Option<&str>) {
        self.said = None;
        self.news = None;
        self.away.extend(self.chips.drain(..).map(|chip| (thread.map(str::to_owned), chip)));
    }

    /// The draft of `thread` is on screen: its chips stand before those that came along.
    pub(super) fn bring_back(&mut self, thread: Option<&str>) {
        let (mut here, away): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.away).into_iter().partition(|(of, _)| of.as_deref() == thread);
        self.away = away;
        self.chips.splice(0..0, here.drain(..).map(|(_, chip)| chip));
    }

    /// Ids of the files of the draft on screen that the server has.
    pub(super) fn uploaded(&self) -> impl Iterator<Item = &str> {
        self.chips.iter().filter_map(|chip| match &chip.stage {
            Stage::Uploaded { attachment, .. } => Some(attachment.id()),
            _ => None,
        })
    }

    /// The same files as they are kept over a reload of the page. One with a picture written out in its address is not:
    /// it could fill the tab's storage, and the text would be lost with it.
    pub(super) fn kept(&self) -> Vec<Json> {
        let kept = |chip: &Chip| match &chip.stage {
            Stage::Uploaded { attachment, ours, .. }
                if attachment.preview_url().is_none_or(|url| url.len() < LONGEST_KEPT) =>
            {
                Some(Json::object([("attachment", attachment.encode()), ("ours", Json::Bool(*ours))]))
            }
            _ => None,
        };
        self.chips.iter().filter_map(kept).collect()
    }

    /// The attachments of the message sent last that have these ids, in this order.
    pub(super) fn shown(&self, ids: &[String]) -> Vec<Attachment> {
        let known = |id: &String| self.sent.iter().find(|(attachment, _)| attachment.id() == id);
        ids.iter().filter_map(known).map(|(attachment, _)| attachment.clone()).collect()
    }

    /// Remembers what a message of the page brings along.
    pub(super) fn sending(&mut self, attachments: Vec<Attachment>) {
        self.sent = attachments.into_iter().map(|attachment| (attachment, false)).collect();
    }
}

/// An address of a picture with more characters than this is the picture itself.
const LONGEST_KEPT: usize = 2_000;

/// Puts files back that [`Attach::kept`] gave, before those that are there.
pub(super) fn restore(state: &mut State, kept: &[Json]) {
    let mut chips = Vec::new();
    for file in kept {
        let attachment = file.get("attachment").and_then(|value| Attachment::decode_leniently(value).ok());
        let attachment = attachment.map(|decoded| decoded.value);
        let Some(attachment) = attachment.filter(|attachment| !attachment.id().is_empty()) else { continue };
        let ours = matches!(file.get("ours"), Some(Json::Bool(true)));
        let stage = Stage::Uploaded { attachment: Box::new(attachment), file: None, ours };
        chips.push(Chip { key: ChipKey(state.fresh()), stage });
    }
    state.attach.chips.splice(0..0, chips);
}

/// Whether files can be attached, and which.
pub(super) fn limits(state: &State) -> Option<&Attachments> {
    let config = state.config.as_deref()?;
    config
        .composer
        .attachments
        .as_ref()
        .filter(|limits| limits.enabled && config.api.upload_strategy.is_some())
}

/// Whether files can be added now.
#[must_use]
pub fn takes_files(state: &State) -> bool {
    limits(state).is_some() && state.thread.is_writable() && structured::active(state).is_none()
}

/// What the reader did.
pub(super) fn apply(state: &mut State, action: AttachAction, out: &mut Vec<Effect>) {
    match action {
        AttachAction::Add(picked) => add(state, picked, out),
        AttachAction::NoFile => state.attach.said = Some(Said::NoFile),
        AttachAction::Remove(key) => remove(state, key, out),
        AttachAction::Retry(key) => retry(state, key, out),
    }
}

fn add(state: &mut State, picked: Vec<PickedFile>, out: &mut Vec<Effect>) {
    let limits = limits(state).filter(|_| takes_files(state)).cloned();
    let Some(limits) = limits else { return forget(picked, out) };
    let (taken, kept_out, refusals) = limits::judge(&limits, state.attach.chips.len(), picked);
    forget(kept_out, out);
    state.attach.said = (!refusals.is_empty()).then_some(Said::Refused(refusals));
    for file in taken {
        upload::start(state, file, out);
    }
}

/// Lets go of files that nobody wants.
pub(super) fn forget(files: Vec<PickedFile>, out: &mut Vec<Effect>) {
    out.extend(files.into_iter().map(|file| Effect::File(FileEffect::Forget(file.file))));
}

fn retry(state: &mut State, key: ChipKey, out: &mut Vec<Effect>) {
    let chip = state.attach.chip_mut(|chip| chip.key == key).cloned();
    let Some(Chip { stage: Stage::Failed { file, announced }, .. }) = chip else { return };
    state.attach.said = None;
    // Where the bytes were to go may have expired meanwhile, so it begins anew.
    if let Some(id) = announced {
        delete(state, id, out);
    }
    let stage = upload::begin(state, key, file, out);
    if let (Some(stage), Some(chip)) = (stage, state.attach.chip_mut(|chip| chip.key == key)) {
        chip.stage = stage;
    }
}

fn remove(state: &mut State, key: ChipKey, out: &mut Vec<Effect>) {
    let chips = &mut state.attach.chips;
    let Some(at) = chips.iter().position(|chip| chip.key == key) else { return };
    let chip = chips.remove(at);
    state.attach.said = None;
    state.attach.news = Some(News::Removed(chip.name().to_owned()));
    drop_chip(state, chip, out);
}

/// Ends whatever is going on for a chip that is gone, and tells the server.
fn drop_chip(state: &mut State, chip: Chip, out: &mut Vec<Effect>) {
    if let Some(file) = chip.file() {
        out.push(Effect::File(FileEffect::Forget(file.file)));
    }
    match chip.stage {
        Stage::Announcing { call, .. } => calls::forget(state, call, out),
        Stage::Uploading { upload, announced, .. } => {
            out.push(Effect::File(FileEffect::Abort(upload)));
            if let Some(attachment) = announced {
                delete(state, attachment.id().to_owned(), out);
            }
        }
        Stage::Failed { announced: Some(id), .. } => delete(state, id, out),
        Stage::Uploaded { attachment, ours: true, .. } => delete(state, attachment.id().to_owned(), out),
        Stage::Failed { announced: None, .. } | Stage::Uploaded { ours: false, .. } => {}
    }
}

fn delete(state: &mut State, attachment_id: String, out: &mut Vec<Effect>) {
    let request = ClientRequest::AttachmentsDelete { attachment_id };
    calls::start(state, request, calls::Purpose::AttachmentDelete, out);
}

/// Takes the attachments of a message that is being sent. The chips are gone then; the caller has seen to it that all
/// of them are uploaded ([`Attach::blocked`]).
pub(super) fn take(state: &mut State, out: &mut Vec<Effect>) -> Vec<String> {
    state.attach.said = None;
    state.attach.news = None;
    state.attach.sent.clear();
    for chip in std::mem::take(&mut state.attach.chips) {
        if let Some(file) = chip.file() {
            out.push(Effect::File(FileEffect::Forget(file.file)));
        }
        if let Stage::Uploaded { attachment, ours, .. } = chip.stage {
            state.attach.sent.push((*attachment, ours));
        }
    }
    state.attach.sent.iter().map(|(attachment, _)| attachment.id().to_owned()).collect()
}

/// The attachments of a message that was not sent stand in the composer again, before those added since.
pub(super) fn give_back(state: &mut State, attachments: Vec<Attachment>) {
    let mut chips = Vec::new();
    for attachment in attachments {
        let sent = state.attach.sent.iter().find(|(sent, _)| sent.id() == attachment.id());
        // One of a message that was kept over a reload was uploaded here.
        let ours = sent.is_none_or(|(_, ours)| *ours);
        let stage = Stage::Uploaded { attachment: Box::new(attachment), file: None, ours };
        chips.push(Chip { key: ChipKey(state.fresh()), stage });
    }
    state.attach.chips.splice(0..0, chips);
}

/// What `setComposerValue` gives; `None` stays as it is. Either everything can be had or nothing changes.
///
/// # Errors
/// [`Rejection::Invalid`] that names the first file and the limit it breaks.
pub(super) fn compose(
    state: &mut State,
    attachments: Option<Vec<Attachment>>,
    files: Vec<PickedFile>,
    out: &mut Vec<Effect>,
) -> Result<(), Rejection> {
    let there = attachments.as_ref().map_or(state.attach.chips.len(), Vec::len);
    let taken = match limits(state) {
        _ if files.is_empty() => Vec::new(),
        None => {
            forget(files, out);
            let why = "setComposerValue: $.files: needs composer.attachments.enabled and api.uploadStrategy in the options";
            return Err(Rejection::Invalid(why.into()));
        }
        Some(limits) => {
            let (taken, kept_out, refusals) = limits::judge(limits, there, files);
            if let Some(refusal) = refusals.first() {
                forget(taken, out);
                forget(kept_out, out);
                return Err(Rejection::Invalid(refused(refusal)));
            }
            taken
        }
    };
    if let Some(attachments) = attachments {
        for chip in std::mem::take(&mut state.attach.chips) {
            drop_chip(state, chip, out);
        }
        for attachment in attachments {
            let stage = Stage::Uploaded { attachment: Box::new(attachment), file: None, ours: false };
            let key = ChipKey(state.fresh());
            state.attach.chips.push(Chip { key, stage });
        }
    }
    for file in taken {
        upload::start(state, file, out);
    }
    Ok(())
}

/// For the integrator.
fn refused(refusal: &Refusal) -> String {
    let names = refusal.names.join(", ");
    let why = match refusal.limit {
        Limit::Kind => "is of no kind that composer.attachments.accept lists".to_owned(),
        Limit::Size(bytes) => format!("is larger than composer.attachments.maxSize allows ({bytes} bytes)"),
        Limit::Count(count) => format!("is more than composer.attachments.maxCount allows ({count} files)"),
    };
    format!("setComposerValue: $.files: {names} {why}")
}
