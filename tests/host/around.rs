//! What stands around the draft: files, tools, models, dictation.

mod files;
mod limits;
mod picks;
mod voice;

use chatkit_widget::config::{Config, Raw, validate};
use chatkit_widget::protocol::{ClientRequest, UserMessageInput};
use chatkit_widget::state::{
    Action, Around, AttachAction, CallAction, ChipKey, Destination, Effect, Failure, FileEffect, FileId,
    HostAction, HostCall, PickedFile, UploadId, UserAction,
};
use serde_json::{Value, json};

use crate::json::ours;
use crate::state::Element;

/// An element with these options of the composer.
fn element(upload: Value, composer: Value) -> Element {
    let options = json!({ "api": { "url": "/chatkit", "uploadStrategy": upload }, "composer": composer });
    Element::with(config(&options))
}

fn config(options: &Value) -> Config {
    validate(&Raw::from(&ours(options.clone()))).unwrap().config
}

fn direct() -> Value {
    json!({ "type": "direct", "uploadUrl": "/upload" })
}

fn two_phase() -> Value {
    json!({ "type": "two_phase" })
}

fn picked(id: u64, name: &str, mime_type: &str, size: u64) -> PickedFile {
    PickedFile { file: FileId(id), name: name.into(), size, mime_type: mime_type.into(), preview: None }
}

fn text_file(id: u64, name: &str) -> PickedFile {
    picked(id, name, "text/plain", 10)
}

fn stored(id: &str, name: &str) -> Value {
    json!({ "type": "file", "id": id, "name": name, "mime_type": "text/plain" })
}

impl Element {
    fn add(&mut self, files: Vec<PickedFile>) -> &mut Self {
        self.user(UserAction::Attach(AttachAction::Add(files)))
    }

    /// The uploads asked for so far.
    fn uploads(&self) -> Vec<(UploadId, FileId, Destination)> {
        let upload = |effect: &Effect| match effect {
            Effect::File(FileEffect::Upload { upload, file, to }) => Some((*upload, *file, to.clone())),
            _ => None,
        };
        self.effects.iter().filter_map(upload).collect()
    }

    fn uploaded(&mut self, body: Value) -> &mut Self {
        let (upload, ..) = self.uploads().pop().expect("nothing was uploaded");
        self.act(Action::Upload { upload, action: CallAction::Done(body.to_string()) })
    }

    fn upload_failed(&mut self, failure: Failure) -> &mut Self {
        let (upload, ..) = self.uploads().pop().expect("nothing was uploaded");
        self.act(Action::Upload { upload, action: CallAction::Failed(failure) })
    }

    fn forgotten(&self) -> Vec<u64> {
        let forgotten = |effect: &Effect| match effect {
            Effect::File(FileEffect::Forget(file)) => Some(file.0),
            _ => None,
        };
        self.effects.iter().filter_map(forgotten).collect()
    }

    fn chips(&mut self) -> Vec<(String, &'static str)> {
        let state = |state| match state {
            chatkit_widget::state::select::ChipState::Uploading => "uploading",
            chatkit_widget::state::select::ChipState::Failed => "failed",
            chatkit_widget::state::select::ChipState::Uploaded => "uploaded",
        };
        let chips = self.view().composer.attach.chips;
        chips.into_iter().map(|chip| (chip.name.0 + &chip.name.1, state(chip.state))).collect()
    }

    fn chip(&mut self, index: usize) -> ChipKey {
        self.view().composer.attach.chips[index].key
    }

    fn note(&mut self) -> String {
        self.view().composer.attach.note.shown
    }

    /// The message sent last.
    fn input(&self) -> UserMessageInput {
        let input = |request: &&ClientRequest| match request {
            ClientRequest::ThreadsCreate { input } | ClientRequest::ThreadsAddUserMessage { input, .. } => {
                Some(input.clone())
            }
            _ => None,
        };
        self.requests().iter().rev().find_map(input).expect("no message was sent")
    }

    fn compose(&mut self, around: Around) -> &mut Self {
        self.act(Action::Host(HostAction::SetComposer {
            call: HostCall(5),
            content: None,
            reply: None,
            around,
        }))
    }

    /// Why `setComposerValue` was refused, if it was.
    fn refused(&self) -> Option<String> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Answer(HostCall(5), Err(why)) => Some(why.message().to_owned()),
            _ => None,
        })
    }
}
