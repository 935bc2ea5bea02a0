//! Methods of a `<ChatKit>`.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use futures_channel::oneshot;
use web_sys::File;
use yew::prelude::*;

use crate::element::Driver;
use crate::json::Json;
use crate::protocol::{Action as CustomAction, Attachment, UserMessageContent};
use crate::state::{Action, Around, HostAction, HostCall, Rejection};

/// Calls the methods of one `<ChatKit>`. What is called before it is there waits for it; what it still owes when it
/// goes ends with [`CallError::Gone`].
///
/// A method has begun when it returns; await the [`Answer`] to know how it ended, or drop it.
///
/// ```
/// use chatkit_widget::components::{ChatKit, ChatKitOptions, use_chat_kit};
/// use yew::prelude::*;
///
/// #[component]
/// fn Support() -> Html {
///     let chat = use_chat_kit();
///     let ask = {
///         let chat = chat.clone();
///         Callback::from(move |_: MouseEvent| drop(chat.send_user_message("What is a servo?")))
///     };
///     html! {
///         <>
///             <button onclick={ask}>{ "What is a servo?" }</button>
///             <ChatKit options={ChatKitOptions::new("/chatkit")} handle={chat} />
///         </>
///     }
/// }
/// ```
#[derive(Clone, Default)]
pub struct ChatKitHandle(Rc<RefCell<Target>>);

type Waiting = Box<dyn FnOnce(&Driver)>;

#[derive(Default)]
struct Target {
    driver: Weak<Driver>,
    waiting: Vec<Waiting>,
}

impl PartialEq for ChatKitHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for ChatKitHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatKitHandle").finish_non_exhaustive()
    }
}

/// A handle that lives as long as the component.
#[hook]
pub fn use_chat_kit() -> ChatKitHandle {
    (*use_memo((), |()| ChatKitHandle::default())).clone()
}

/// What `send_user_message` sends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserMessage {
    /// The message, part by part.
    pub content: Vec<UserMessageContent>,
    /// A passage it is about.
    pub reply: Option<String>,
    /// Attachments that the server knows.
    pub attachments: Vec<Attachment>,
    /// Whether it begins a new conversation.
    pub new_thread: bool,
    /// Id of the tool to use.
    pub tool_choice: Option<String>,
    /// Id of the model to use.
    pub model: Option<String>,
}

impl<T: Into<String>> From<T> for UserMessage {
    fn from(text: T) -> Self {
        Self { content: vec![UserMessageContent::text(text)], ..Self::default() }
    }
}

/// What `set_composer_value` changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComposerValue {
    /// The text; `None` leaves it.
    pub text: Option<String>,
    /// Text and tags in the order to be written, instead of `text`.
    pub content: Option<Vec<UserMessageContent>>,
    /// The passage the message will be about; `Some(None)` takes it away, `None` leaves it.
    pub reply: Option<Option<String>>,
    /// Attachments that the server knows, in place of those that are there; `None` leaves them.
    pub attachments: Option<Vec<Attachment>>,
    /// Files to upload, besides those that are there. The options must allow files.
    pub files: Vec<File>,
    /// Id of the tool to choose; `Some(None)` chooses none, `None` leaves it.
    pub tool: Option<Option<String>>,
    /// Id of the model to choose; `None` leaves it.
    pub model: Option<String>,
}

/// Why a method did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The conversation said no: it is busy, the argument is no good, or it was tried and failed.
    Refused(Rejection),
    /// The `<ChatKit>` went away first.
    Gone,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(why) => why.message(),
            Self::Gone => "the <ChatKit> was unmounted before it answered",
        })
    }
}

impl std::error::Error for CallError {}

/// How a method ended, once it has.
#[derive(Debug)]
pub struct Answer(oneshot::Receiver<Result<(), Rejection>>);

impl Future for Answer {
    type Output = Result<(), CallError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(context)
            .map(|answer| answer.map_err(|_| CallError::Gone)?.map_err(CallError::Refused))
    }
}

impl ChatKitHandle {
    /// Puts the keyboard focus into the composer.
    pub fn focus_composer(&self) -> Answer {
        self.call(HostAction::FocusComposer)
    }

    /// Opens a conversation by its id; `None` begins a new one.
    pub fn set_thread_id(&self, id: Option<String>) -> Answer {
        self.call(|call| HostAction::SetThread(call, id))
    }

    /// Sends a message as if the reader had written it.
    pub fn send_user_message(&self, message: impl Into<UserMessage>) -> Answer {
        let UserMessage { content, reply, attachments, new_thread, tool_choice, model } = message.into();
        self.call(move |call| HostAction::Send {
            call,
            content,
            quoted_text: reply,
            attachments,
            new_thread,
            tool: tool_choice,
            model,
        })
    }

    /// Changes what stands in the composer.
    pub fn set_composer_value(&self, value: ComposerValue) -> Answer {
        self.call_with(|driver, call| {
            let ComposerValue { text, content, reply, attachments, files, tool, model } = value;
            let content = content.or_else(|| text.map(|text| vec![UserMessageContent::text(text)]));
            let around = Around { attachments, files: driver.hold(files), tool, model };
            HostAction::SetComposer { call, content, reply, around }
        })
    }

    /// Has the server carry out an action of yours on the open conversation: `kind` is its name, `item_id` the widget it
    /// is about.
    pub fn send_custom_action(
        &self,
        kind: impl Into<String>,
        payload: Option<Json>,
        item_id: Option<String>,
    ) -> Answer {
        let action = CustomAction { kind: kind.into(), payload };
        self.call(move |call| HostAction::CustomAction { call, action, item_id })
    }

    /// Reads the conversation again, where the server changed it by itself.
    pub fn fetch_updates(&self) -> Answer {
        self.call(HostAction::FetchUpdates)
    }

    /// Shows the reader's past conversations.
    pub fn show_history(&self) -> Answer {
        self.call(HostAction::ShowHistory)
    }

    /// Shows the conversation again.
    pub fn hide_history(&self) -> Answer {
        self.call(HostAction::HideHistory)
    }

    fn call(&self, action: impl FnOnce(HostCall) -> HostAction + 'static) -> Answer {
        self.call_with(|_, call| action(call))
    }

    fn call_with(&self, action: impl FnOnce(&Driver, HostCall) -> HostAction + 'static) -> Answer {
        let (sender, receiver) = oneshot::channel();
        let run = move |driver: &Driver| {
            // Fails when the app dropped the answer, which it may.
            let call = driver.promise(Box::new(move |answer| drop(sender.send(answer))));
            driver.dispatch(Action::Host(action(driver, call)));
        };
        // On a line of its own: the borrow must not last through the call.
        let driver = self.0.borrow().driver.upgrade();
        match driver {
            Some(driver) => run(&driver),
            None => self.0.borrow_mut().waiting.push(Box::new(run)),
        }
        Answer(receiver)
    }

    pub(super) fn attach(&self, driver: &Driver) {
        let waiting = {
            let mut target = self.0.borrow_mut();
            target.driver = driver.weak();
            std::mem::take(&mut target.waiting)
        };
        waiting.into_iter().for_each(|run| run(driver));
    }

    /// Only where `driver` is still the one: the handle may have gone on to another element.
    pub(super) fn detach(&self, driver: &Driver) {
        let mut target = self.0.borrow_mut();
        if target.driver.ptr_eq(&driver.weak()) {
            target.driver = Weak::new();
        }
    }

    /// Nothing will come that these calls could wait for.
    pub(crate) fn give_up(&self) {
        let waiting = std::mem::take(&mut self.0.borrow_mut().waiting);
        drop(waiting);
    }
}
