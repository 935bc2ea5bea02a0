//! `<ChatKit>`: the conversation, drawn inside a shadow root.

use gloo_events::EventListener;
use web_sys::HtmlElement;
use yew::prelude::*;

mod drawn;
mod handle;
mod language;
mod mounted;
mod options;
mod site;

pub use drawn::Drawn;
pub use handle::{Answer, CallError, ChatKitHandle, ComposerValue, UserMessage, use_chat_kit};
pub use options::ChatKitOptions;
pub use site::SiteFunctions;

use self::mounted::Mounted;
use crate::element::HeaderSide;
use crate::state::HostEvent;
use crate::web::log;

/// Properties of [`ChatKit`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChatKitProps {
    /// What to talk to, and how it looks.
    pub options: ChatKitOptions,
    /// For calling its methods.
    #[prop_or_default]
    pub handle: Option<ChatKitHandle>,
    /// Every event of ChatKit: ready, error, an answer begun and ended, another conversation …
    #[prop_or_default]
    pub on_event: Callback<HostEvent>,
    /// A press on `header.left_action` or `header.right_action` of the options.
    #[prop_or_default]
    pub on_header_action: Callback<HeaderSide>,
    /// Code and formulas, for an app that wants more of them than plain text.
    #[prop_or_default]
    pub on_drawn: Callback<Drawn>,
    /// Classes of the `<div>` it is in. It is as high as what is around it: give that a height.
    #[prop_or_default]
    pub class: Classes,
}

/// The conversation alone, for a page of its own or a panel of yours. [`super::ChatWidget`] is the floating one.
///
/// ```
/// use chatkit_widget::components::{ChatKit, ChatKitEvent, ChatKitOptions};
/// use chatkit_widget::hooks::use_chat_session;
/// use yew::prelude::*;
///
/// #[component]
/// fn Support() -> Html {
///     let session = use_chat_session("https://chat.example.com");
///     let options = ChatKitOptions::new("https://chat.example.com/chatkit").with_session(session.client());
///     let on_event = Callback::from(|event| {
///         if let ChatKitEvent::ThreadChange(Some(id)) = event {
///             web_sys::console::log_1(&format!("now in {id}").into());
///         }
///     });
///     html! { <div class="support"><ChatKit {options} {on_event} /></div> }
/// }
/// ```
#[derive(Default)]
pub struct ChatKit {
    host: NodeRef,
    mounted: Option<Mounted>,
    listeners: Vec<EventListener>,
}

impl std::fmt::Debug for ChatKit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChatKit").field("mounted", &self.mounted.is_some()).finish_non_exhaustive()
    }
}

#[doc(hidden)]
#[derive(Debug)]
pub enum Msg {
    Event(HostEvent),
    HeaderAction(HeaderSide),
    Drawn(Drawn),
}

impl Component for ChatKit {
    type Message = Msg;
    type Properties = ChatKitProps;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <div class={ctx.props().class.clone()} ref={self.host.clone()}></div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let Some(host) = self.host.cast::<HtmlElement>().filter(|_| first_render) else { return };
        // As messages: the conversation is not to be called back while it is still telling.
        match Mounted::new(&host, ctx.link().callback(Msg::Event), ctx.link().callback(Msg::HeaderAction)) {
            Ok(mounted) => {
                mounted.configure(&ctx.props().options);
                if let Some(handle) = &ctx.props().handle {
                    handle.attach(&mounted.driver);
                }
                self.listeners = drawn::listen(&host, &ctx.link().callback(Msg::Drawn));
                self.mounted = Some(mounted);
            }
            Err(why) => log::error(&why),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Event(event) => ctx.props().on_event.emit(event),
            Msg::HeaderAction(side) => ctx.props().on_header_action.emit(side),
            Msg::Drawn(drawn) => ctx.props().on_drawn.emit(drawn),
        }
        false
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &ChatKitProps) -> bool {
        let now = ctx.props();
        if let Some(mounted) = &self.mounted {
            if now.options != before.options {
                mounted.configure(&now.options);
            }
            if now.handle != before.handle {
                before.handle.iter().for_each(|handle| handle.detach(&mounted.driver));
                now.handle.iter().for_each(|handle| handle.attach(&mounted.driver));
            }
        }
        now.class != before.class
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        if let (Some(mounted), Some(handle)) = (&self.mounted, &ctx.props().handle) {
            handle.detach(&mounted.driver);
        }
        self.listeners.clear();
        self.mounted = None;
    }
}
