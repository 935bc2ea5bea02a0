//! Methods of a `<ChatWidget>`.

use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use yew::prelude::*;

use crate::components::{Answer, ChatKitHandle, UserMessage};
use crate::container::Core;
use crate::widget::{Event, OpenedBy};

/// Calls the methods of one `<ChatWidget>`.
///
/// ```
/// use chatkit_widget::components::{ChatWidget, use_chat_widget};
/// use yew::prelude::*;
///
/// #[component]
/// fn App() -> Html {
///     let chat = use_chat_widget();
///     let help = {
///         let chat = chat.clone();
///         Callback::from(move |_: MouseEvent| chat.open())
///     };
///     html! {
///         <>
///             <button onclick={help}>{ "Help" }</button>
///             <ChatWidget backend_url="https://chat.example.com" handle={chat} />
///         </>
///     }
/// }
/// ```
#[derive(Clone, Default)]
pub struct ChatWidgetHandle(Rc<Target>);

#[derive(Default)]
struct Target {
    core: RefCell<Weak<Core>>,
    chat: ChatKitHandle,
}

impl PartialEq for ChatWidgetHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for ChatWidgetHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatWidgetHandle").finish_non_exhaustive()
    }
}

/// A handle that lives as long as the component.
#[hook]
pub fn use_chat_widget() -> ChatWidgetHandle {
    (*use_memo((), |()| ChatWidgetHandle::default())).clone()
}

impl ChatWidgetHandle {
    /// Opens the panel and moves the focus into it. A command: it is obeyed also where the property `open` is given.
    pub fn open(&self) {
        self.step(Event::Open(OpenedBy::Somebody));
    }

    /// Closes the panel; the conversation stays as it is. A command, as [`Self::open`].
    pub fn close(&self) {
        self.step(Event::Close);
    }

    /// Opens a closed panel and closes an open one, as a press on the toggle would: where the property `open` is given,
    /// `on_open_change` is asked.
    pub fn toggle(&self) {
        if let Some(core) = self.core() {
            core.toggle();
        }
    }

    /// Opens the panel and sends a message as if the reader had written it.
    pub fn send_message(&self, message: impl Into<UserMessage>) -> Answer {
        self.open();
        self.0.chat.send_user_message(message)
    }

    /// Begins a new conversation.
    pub fn new_thread(&self) -> Answer {
        self.0.chat.set_thread_id(None)
    }

    /// The conversation's own methods. What is called before the panel was opened the first time waits for that.
    #[must_use]
    pub fn chatkit(&self) -> &ChatKitHandle {
        &self.0.chat
    }

    pub(super) fn attach(&self, core: &Rc<Core>) {
        *self.0.core.borrow_mut() = Rc::downgrade(core);
    }

    pub(super) fn detach(&self) {
        self.0.core.take();
        self.0.chat.give_up();
    }

    fn core(&self) -> Option<Rc<Core>> {
        self.0.core.borrow().upgrade()
    }

    fn step(&self, event: Event) {
        if let Some(core) = self.core() {
            core.step(event);
        }
    }
}
