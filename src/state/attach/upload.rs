//! Bringing one file to the server, step by step.

use std::time::Duration;

use super::super::{CallAction, Effect, Failure, HostEvent, State, Wait, calls, misfits, turn, waits};
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
    let attachment = match misfits::answer::<Attachment>(state, "attachments.create", answer, out) {
        Ok(attachment) => attachment,
        Err(failure) => {
            let detail = failure.problem(turn::at(state)).detail();
            return give_up(state, key, None, &detail, out);
        }
    };
    let to = match destination(&attachment) {
        Ok(to) => to,
        Err(why) => return give_up(state, key, id_of(&attachment), &why, out),
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
///
/// # Errors
/// What is missing there, for the integrator.
fn destination(attachment: &Attachment) -> Result<Destination, String> {
    if let Some(AttachmentUploadDescriptor { url, method, headers, .. }) = attachment.upload_descriptor() {
        let carry = match method {
            Some(UploadMethod::Put) => Carry::Raw,
            Some(UploadMethod::Post) => Carry::Form,
            // A guess would be an upload that the storage refuses, or a form where bytes belong.
            Some(UploadMethod::Unknown(method)) => return Err(no_method(&format!("{method:?}"))),
            None => return Err(no_method("nothing")),
        };
        let text = |(name, value): (&str, &Json)| match value {
            Json::String(text) => Some((name.to_owned(), text.clone())),
            Json::Number(number) => Some((name.to_owned(), number.as_str().to_owned())),
            _ => None,
        };
        return Ok(Destination {
            url: url.clone(),
            carry,
            headers: headers.iter().filter_map(text).collect(),
        });
    }
    match attachment.legacy_upload_url() {
        Some(url) => Ok(Destination { url: url.to_owned(), carry: Carry::Form, headers: Vec::new() }),
        None => {
            Err("attachments.create answered without an upload_descriptor: there is nowhere to upload to"
                .to_owned())
        }
    }
}

fn no_method(found: &str) -> String {
    format!(
        "attachments.create answered with an upload_descriptor whose method is {found}: it must be \"PUT\" or \"POST\""
    )
}

/// Where an upload went, for error details.
fn went(state: &State, announced: Option<&Attachment>) -> At {
    let strategy = state.config.as_ref().and_then(|config| config.api.upload_strategy.as_ref());
    let to = match (announced, strategy) {
        (Some(attachment), _) => destination(attachment).ok(),
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
        (CallAction::Done(body), None) => match misfits::answer::<Attachment>(
            state,
            "the upload",
            Ok(body),
            out,
        ) {
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
