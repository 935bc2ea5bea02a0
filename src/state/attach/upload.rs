//! Bringing one file to the server, step by step.

use std::time::Duration;

use super::super::{CallAction, Effect, Failure, HostEvent, State, Wait, calls, turn, waits};
use super::{Chip, ChipKey, FileEffect, News, PickedFile, Stage, UploadId};
use crate::config::UploadStrategy;
use crate::json::Json;
use crate::problem::At;
use crate::protocol::{Attachment, AttachmentUploadDescriptor, ClientRequest, UploadMethod};

/// How the bytes are put into a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    /// `POST`, a multipart form with the field `file`.
    Form,
    /// `PUT`, the bytes alone.
    Raw,
}

/// Where a file's bytes go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The address, possibly relative to the page.
    pub url: String,
    /// How.
    pub carry: Carry,
    /// Headers the server asked for.
    pub headers: Vec<(String, String)>,
}

/// A browser that does not know a file's type says nothing; the protocol wants something.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// Puts a chip for `file` at the end and begins to upload it.
pub(super) fn start(state: &mut State, file: PickedFile, out: &mut Vec<Effect>) {
    let key = ChipKey(state.fresh());
    if let Some(stage) = begin(state, key, file, out) {
        state.attach.chips.push(Chip { key, stage });
    }
}

/// The first step, or none where the options say nowhere to upload to.
pub(super) fn begin(
    state: &mut State,
    chip: ChipKey,
    file: PickedFile,
    out: &mut Vec<Effect>,
) -> Option<Stage> {
    let strategy = state.config.as_ref()?.api.upload_strategy.clone()?;
    Some(match strategy {
        UploadStrategy::Direct { upload_url } => {
            let to = Destination { url: upload_url, carry: Carry::Form, headers: Vec::new() };
            let upload = send(state, &file, to, out);
            Stage::Uploading { file, upload, announced: None }
        }
        UploadStrategy::TwoPhase => {
            let mime_type = match file.mime_type.as_str() {
                "" => UNKNOWN_TYPE.to_owned(),
                known => known.to_owned(),
            };
            let request =
                ClientRequest::AttachmentsCreate { name: file.name.clone(), size: file.size, mime_type };
            let call = calls::start(state, request, calls::Purpose::AttachmentCreate { chip }, out);
            Stage::Announcing { file, call }
        }
    })
}

fn send(state: &mut State, file: &PickedFile, to: Destination, out: &mut Vec<Effect>) -> UploadId {
    let upload = UploadId(state.fresh());
    waits::start(state, Wait::Upload(upload), limit(state, file.size), out);
    out.push(Effect::File(FileEffect::Upload { upload, file: file.file, to }));
    upload
}

/// How long an upload may take. Browsers do not say how far one is, so it goes by the size.
fn limit(state: &State, bytes: u64) -> Duration {
    const BYTES_A_SECOND: u64 = 32 * 1024;
    waits::limits(state).upload + Duration::from_secs(bytes / BYTES_A_SECOND)
}

/// `attachments.create` was answered.
pub(in super::super) fn announced(
    state: &mut State,
    key: ChipKey,
    answer: Result<String, Failure>,
    out: &mut Vec<Effect>,
) {
    let chip = state.attach.chip_mut(|chip| chip.key == key).cloned();
    let Some(Chip { stage: Stage::Announcing { file, .. }, .. }) = chip else { return };
    let attachment = match calls::decoded::<Attachment>(answer) {
        Ok(attachment) => attachment,
        Err(failure) => {
            let detail = failure.problem(turn::at(state)).detail();
            return give_up(state, key, None, &detail, out);
        }
    };
    let Some(to) = destination(&attachment) else {
        let why = "attachments.create answered without an upload_descriptor: there is nowhere to upload to";
        return give_up(state, key, id_of(&attachment), why, out);
    };
    let upload = send(state, &file, to, out);
    if let Some(chip) = state.attach.chip_mut(|chip| chip.key == key) {
        chip.stage = Stage::Uploading { file, upload, announced: Some(Box::new(attachment)) };
    }
}

fn id_of(attachment: &Attachment) -> Option<String> {
    Some(attachment.id().to_owned()).filter(|id| !id.is_empty())
}

/// Where the bytes of an announced file go: as its descriptor says, or as servers before SDK 1.5 did.
fn destination(attachment: &Attachment) -> Option<Destination> {
    if let Some(AttachmentUploadDescriptor { url, method, headers, .. }) = attachment.upload_descriptor() {
        let carry = match method {
            UploadMethod::Put => Carry::Raw,
            UploadMethod::Post | UploadMethod::Unknown(_) => Carry::Form,
        };
        let text = |(name, value): (&str, &Json)| Some((name.to_owned(), value.as_str()?.to_owned()));
        return Some(Destination {
            url: url.clone(),
            carry,
            headers: headers.iter().filter_map(text).collect(),
        });
    }
    let url = attachment.legacy_upload_url()?.to_owned();
    Some(Destination { url, carry: Carry::Form, headers: Vec::new() })
}

/// Where an upload went, for error details.
fn went(state: &State, announced: Option<&Attachment>) -> At {
    let strategy = state.config.as_ref().and_then(|config| config.api.upload_strategy.as_ref());
    let to = match (announced, strategy) {
        (Some(attachment), _) => destination(attachment),
        (None, Some(UploadStrategy::Direct { upload_url })) => {
            Some(Destination { url: upload_url.clone(), carry: Carry::Form, headers: Vec::new() })
        }
        (None, _) => None,
    };
    match to {
        Some(Destination { url, carry: Carry::Raw, .. }) => At { method: "PUT", ..At::post(&url) },
        Some(Destination { url, .. }) => At::post(&url),
        None => turn::at(state),
    }
}

/// The bytes arrived, or did not.
pub(in super::super) fn answered(
    state: &mut State,
    upload: UploadId,
    action: CallAction,
    out: &mut Vec<Effect>,
) {
    waits::end(state, Wait::Upload(upload), out);
    let of_upload =
        |chip: &Chip| matches!(&chip.stage, Stage::Uploading { upload: ours, .. } if *ours == upload);
    let chip = state.attach.chip_mut(of_upload).cloned();
    let Some(Chip { key, stage: Stage::Uploading { file, announced, .. } }) = chip else { return };
    let announced_id = announced.as_deref().and_then(id_of);
    let uploaded = match (action, announced) {
        // What the server says to the bytes of an announced file is of no interest: any 2xx will do.
        (CallAction::Done(_), Some(announced)) => Ok(announced),
        (CallAction::Done(body), None) => match calls::decoded::<Attachment>(Ok(body)) {
            Ok(attachment) if attachment.id().is_empty() => Err(
                "api.uploadStrategy.uploadUrl answered with something that is no attachment: it has no id"
                    .to_owned(),
            ),
            Ok(attachment) => Ok(Box::new(attachment)),
            Err(failure) => Err(failure.problem(went(state, None)).detail()),
        },
        (CallAction::Failed(failure), announced) => {
            Err(failure.problem(went(state, announced.as_deref())).detail())
        }
    };
    match uploaded {
        Ok(attachment) => {
            state.attach.news = Some(News::Uploaded(file.name.clone()));
            if let Some(chip) = state.attach.chip_mut(of_upload) {
                chip.stage = Stage::Uploaded { attachment, file: Some(file), ours: true };
            }
        }
        Err(detail) => give_up(state, key, announced_id, &detail, out),
    }
}

/// The chip at this index gets its Retry button.
fn give_up(state: &mut State, key: ChipKey, announced: Option<String>, detail: &str, out: &mut Vec<Effect>) {
    let Some(chip) = state.attach.chip_mut(|chip| chip.key == key) else { return };
    let Some(file) = chip.file().cloned() else { return };
    let name = file.name.clone();
    chip.stage = Stage::Failed { file, announced };
    state.attach.news = Some(News::Failed(name));
    out.push(Effect::Emit(HostEvent::Error {
        name: "ChatKitError",
        message: format!("attachment: {detail}"),
    }));
}
