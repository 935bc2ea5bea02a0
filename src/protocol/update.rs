//! Updates: the change of one item while it streams.

use crate::json::Number;

use super::declare::tagged;
use super::{Annotation, AssistantMessageContent, GeneratedImage, Task, Widget};

tagged! {
    /// The change a `thread.item.updated` event carries (ChatKit protocol §5.4).
    ///
    /// Indices come from the server: whoever fills a gap up to one must bound it, or one frame fills the memory.
    pub enum ThreadItemUpdate {
        /// A part of an assistant message begins.
        ContentPartAdded {
            /// Which part, from 0.
            content_index: usize = default,
            /// The part as it begins.
            content: AssistantMessageContent,
        } = "assistant_message.content_part.added",
        /// Text is appended to a part; it may be the first that is heard of it.
        ContentPartTextDelta {
            /// Which part, from 0.
            content_index: usize = default,
            /// The text to append.
            delta: String,
        } = "assistant_message.content_part.text_delta",
        /// A citation is added to a part.
        ContentPartAnnotationAdded {
            /// Which part, from 0.
            content_index: usize = default,
            /// Its place among the part's annotations, from 0; the end where it is not said.
            annotation_index: Option<usize>,
            /// The citation.
            annotation: Annotation,
        } = "assistant_message.content_part.annotation_added",
        /// A part is complete. Its `annotations` may be empty although some were streamed.
        ContentPartDone {
            /// Which part, from 0.
            content_index: usize = default,
            /// The part as it ends.
            content: AssistantMessageContent,
        } = "assistant_message.content_part.done",
        /// Text is appended to a text component of a widget.
        WidgetStreamingTextValueDelta {
            /// `id` of the component, anywhere in the tree.
            component_id: String,
            /// The text to append.
            delta: String,
            /// Whether the streaming look ends; more deltas may follow all the same.
            done: bool = default,
        } = "widget.streaming_text.value_delta",
        /// The whole widget is replaced.
        WidgetRootUpdated {
            /// The new tree.
            widget: Widget,
        } = "widget.root.updated",
        /// One component of a widget is replaced.
        WidgetComponentUpdated {
            /// `id` of the component, anywhere in the tree.
            component_id: String,
            /// The new component.
            component: Widget,
        } = "widget.component.updated",
        /// A task of a workflow begins.
        WorkflowTaskAdded {
            /// Its place among the tasks, from 0; the end where it is not said.
            task_index: Option<usize>,
            /// The task.
            task: Task,
        } = "workflow.task.added",
        /// A task of a workflow is replaced.
        WorkflowTaskUpdated {
            /// Which task, from 0; the last one where it is not said.
            task_index: Option<usize>,
            /// The task as it stands now.
            task: Task,
        } = "workflow.task.updated",
        /// A generated image has a new version.
        GeneratedImageUpdated {
            /// The image so far.
            image: GeneratedImage,
            /// How far it is, 0 to 1.
            progress: Option<Number>,
        } = "generated_image.updated",
    }
}
