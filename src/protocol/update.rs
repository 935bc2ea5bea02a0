//! Updates: the change of one item while it streams.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Annotation, AssistantMessageContent, Extra, GeneratedImage, Task, Widget};

/// The change a `thread.item.updated` event carries (ChatKit protocol §5.4).
///
/// Indices come from the server: whoever fills a gap up to one must bound it, or one frame fills the memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ThreadItemUpdate {
    /// A part of an assistant message begins.
    #[serde(rename = "assistant_message.content_part.added")]
    ContentPartAdded {
        /// Which part, from 0.
        content_index: usize,
        /// The part as it begins.
        content: AssistantMessageContent,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// Text is appended to a part; it may be the first that is heard of it.
    #[serde(rename = "assistant_message.content_part.text_delta")]
    ContentPartTextDelta {
        /// Which part, from 0.
        content_index: usize,
        /// The text to append.
        delta: String,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A citation is added to a part.
    #[serde(rename = "assistant_message.content_part.annotation_added")]
    ContentPartAnnotationAdded {
        /// Which part, from 0.
        content_index: usize,
        /// Where among the part's annotations, from 0.
        annotation_index: usize,
        /// The citation.
        annotation: Annotation,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A part is complete. Its `annotations` may be empty although some were streamed.
    #[serde(rename = "assistant_message.content_part.done")]
    ContentPartDone {
        /// Which part, from 0.
        content_index: usize,
        /// The part as it ends.
        content: AssistantMessageContent,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// Text is appended to a text component of a widget.
    #[serde(rename = "widget.streaming_text.value_delta")]
    WidgetStreamingTextValueDelta {
        /// `id` of the component, anywhere in the tree.
        component_id: String,
        /// The text to append.
        delta: String,
        /// Whether the streaming look ends; more deltas may follow all the same.
        done: bool,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// The whole widget is replaced.
    #[serde(rename = "widget.root.updated")]
    WidgetRootUpdated {
        /// The new tree.
        widget: Widget,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// One component of a widget is replaced.
    #[serde(rename = "widget.component.updated")]
    WidgetComponentUpdated {
        /// `id` of the component, anywhere in the tree.
        component_id: String,
        /// The new component.
        component: Widget,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A task of a workflow begins.
    #[serde(rename = "workflow.task.added")]
    WorkflowTaskAdded {
        /// Where among the tasks, from 0.
        task_index: usize,
        /// The task.
        task: Task,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A task of a workflow is replaced.
    #[serde(rename = "workflow.task.updated")]
    WorkflowTaskUpdated {
        /// Which task, from 0.
        task_index: usize,
        /// The task as it stands now.
        task: Task,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A generated image has a new version.
    #[serde(rename = "generated_image.updated")]
    GeneratedImageUpdated {
        /// The image so far.
        image: GeneratedImage,
        /// How far it is, 0 to 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<f64>,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A type this version does not know, or a known one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
}
