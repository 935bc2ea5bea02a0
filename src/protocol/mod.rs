//! The ChatKit protocol as types: what the client sends and what a ChatKit server answers.
//!
//! * A **request** is one JSON object posted to the one endpoint; its `type` names the operation.
//! * An **event** is one frame of a streamed answer. It says what happened to a thread or to an **item** of it
//!   (a message, a widget, a tool call …); an **update** is the change of one item.
//! * **Extra** is what a server sends beyond the fields known here.
//!
//! The names are those of the Python SDK (`chatkit.types`, 1.6.5). New types and fields appear in its minor
//! releases, so nothing unknown is an error: an object of unknown `type`, or without what it cannot be shown without,
//! becomes the `Unknown` variant of its enum, an unknown field goes to `extra`, and encoding gives back what was
//! decoded. Absent optional fields stay absent, never `null`. What servers write otherwise than the SDK is read where it
//! can be, and told where it cannot: see `wire`.

mod annotation;
mod attachment;
mod content;
mod declare;
mod decode;
mod event;
mod item;
mod misfit;
mod params;
mod plain;
mod request;
mod structured_input;
mod tag;
mod thread;
mod update;
mod widget;
mod wire;
mod words;
mod workflow;

pub use annotation::{Annotation, EntitySource, FileSource, Source, SourceAnnotation, UrlSource};
pub use attachment::{Attachment, AttachmentUploadDescriptor, FileAttachment, ImageAttachment, UploadMethod};
pub use content::{
    AssistantMessageContent, InferenceOptions, OutputText, ToolChoice, UserMessageContent, UserMessageInput,
    UserMessageTagContent, UserMessageTextContent,
};
pub use decode::{
    DecodeError, DecodedEvent, JsonKind, decode_event, decode_response, excerpt, read_event, read_into,
    read_response,
};
pub use event::{
    ClientEffectEvent, ErrorCode, ErrorEvent, NoticeEvent, NoticeLevel, ProgressUpdateEvent, StreamOptions,
    ThreadStreamEvent,
};
pub use item::{
    AssistantMessageItem, ClientToolCallItem, ClientToolCallStatus, EndOfTurnItem, GeneratedImage,
    GeneratedImageItem, HiddenContextItem, StructuredInputItem, TaskItem, ThreadItem, UserMessageItem,
    WidgetItem, WorkflowItem,
};
pub use params::{Action, CustomActionParams, FeedbackKind, ListParams, Order};
pub use request::{ClientRequest, SyncCustomActionResponse, TranscriptionResult};
pub use structured_input::{
    AnswersById, StructuredInput, StructuredInputAnswer, StructuredInputFreeform,
    StructuredInputMultipleChoice, StructuredInputOption, StructuredInputStatus, StructuredInputSubmission,
    SubmissionStatus,
};
pub use thread::{Page, Thread, ThreadStatus};
pub use update::ThreadItemUpdate;
pub use widget::Widget;
pub use wire::{Decoded, Misfit, Misfits, Wire};
pub use workflow::{
    CustomSummary, CustomTask, DurationSummary, FileTask, ImageTask, SearchTask, Task, TaskStatus,
    ThoughtTask, Workflow, WorkflowKind, WorkflowSummary,
};

/// Fields a server sent that this version does not know, kept so that encoding loses nothing.
pub type Extra = crate::json::Object;
