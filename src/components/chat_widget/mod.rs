//! `<ChatWidget>`: the floating widget.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, MutationObserverInit};
use yew::html::Scope;
use yew::prelude::*;

mod handle;
mod page_theme;
mod props;
mod surroundings;

pub use handle::{ChatWidgetHandle, use_chat_widget};
pub use props::{ChatWidgetProps, Offset};

use self::page_theme::PageTheme;
use crate::components::{ChatKit, ChatKitHandle, ChatKitOptions};
use crate::container::{self, Core, Parts, Toggle};
use crate::element::event_of;
use crate::problem::Problem;
use crate::state::HostEvent;
use crate::text::Key;
use crate::web::observe::Observer;
use crate::web::stylesheet::Adopted;
use crate::web::{clock, dom, log};
use crate::widget::{Event, Issue, OpenedBy};

/// The same rules as the npm package's: the launcher's, then the panel's.
const STYLES: &str = concat!(
    include_str!("../../../pkg-template/styles.css"),
    include_str!("../../../pkg-template/src/styles/panel.css")
);

/// What a site turns to change its look, and what the container writes on the host.
const LOOKS: [&str; 7] =
    ["class", "style", "data-theme", "data-bs-theme", "data-color-mode", "data-scheme", "data-panel"];

thread_local! {
    /// One widget a page: two would lie on top of each other.
    static MOUNTED: Cell<bool> = const { Cell::new(false) };
}

/// A button in the corner of the window that opens a conversation with your ChatKit server. One a page; put it where
/// the whole app is, above the router, so that the conversation goes on from page to page.
///
/// ```
/// use chatkit_widget::components::{ChatWidget, Key, Position};
/// use yew::prelude::*;
///
/// #[component]
/// fn App() -> Html {
///     html! {
///         <>
///             <main>{ "…" }</main>
///             <ChatWidget
///                 backend_url="https://chat.example.com"
///                 title="Ask the handbook"
///                 position={Position::BottomLeft}
///                 shortcut="Mod+K"
///                 labels={vec![(Key::OpenChat, "Ask the handbook".into())]}
///                 on_problem={Callback::from(|problem| web_sys::console::warn_1(&format!("{problem}").into()))}
///             />
///         </>
///     }
/// }
/// ```
pub struct ChatWidget {
    host: NodeRef,
    launcher: NodeRef,
    panel: NodeRef,
    chrome: NodeRef,
    panel_id: AttrValue,
    chat: Rc<RefCell<ChatKitHandle>>,
    /// Where the app's own content of the toggle goes, once that is drawn.
    slot: Option<HtmlElement>,
    state: State,
}

enum State {
    /// Not in the page yet.
    New,
    /// There is another one.
    Refused,
    Mounted(Box<Mounted>),
}

/// Ends everything when dropped.
struct Mounted {
    core: Rc<Core>,
    host: HtmlElement,
    theme: PageTheme,
    /// The conversation to begin with, once there is a chat.
    chat: Option<Option<String>>,
    _looks: Observer,
    _styles: Option<Adopted>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.core.destroy();
        MOUNTED.set(false);
    }
}

impl std::fmt::Debug for ChatWidget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChatWidget").field("panel_id", &self.panel_id).finish_non_exhaustive()
    }
}

#[doc(hidden)]
#[derive(Debug)]
pub enum Msg {
    Redraw,
    ShowChat,
    OpenChange(bool),
    Problem(Problem),
    Issues(Vec<Issue>),
    Chat(HostEvent),
    Look,
}

impl Component for ChatWidget {
    type Message = Msg;
    type Properties = ChatWidgetProps;

    fn create(ctx: &Context<Self>) -> Self {
        let chat = ctx.props().handle.as_ref().map(|handle| handle.chatkit().clone());
        Self {
            host: NodeRef::default(),
            launcher: NodeRef::default(),
            panel: NodeRef::default(),
            chrome: NodeRef::default(),
            panel_id: format!("ckw-panel-{}", (clock::random() * 1e9) as u32).into(),
            chat: Rc::new(RefCell::new(chat.unwrap_or_default())),
            slot: None,
            state: State::New,
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let mounted = match &self.state {
            State::Refused => return Html::default(),
            State::New => None,
            State::Mounted(mounted) => Some(mounted),
        };
        let toggle = match mounted {
            Some(mounted) => {
                html! { <container::App core={container::CoreRef::from(mounted.core.clone())} /> }
            }
            // So that a page rendered on the server has it too.
            None => self.placeholder(ctx.props()),
        };
        let content = self.slot.clone().map(|slot| create_portal(ctx.props().children.clone(), slot.into()));
        let chat = mounted.and_then(|mounted| self.chat(ctx, mounted));
        // The container writes further attributes, and these anew: here they are for the first paint, and never change.
        html! {
            <div class="ckw" data-panel="closed" data-scheme="auto" ref={self.host.clone()}>
                <div class="ckw-launcher" ref={self.launcher.clone()}>{ toggle }</div>
                <section class="ckw-panel" id={self.panel_id.clone()} inert=true ref={self.panel.clone()}>
                    <div class="ckw-chrome" ref={self.chrome.clone()}></div>
                    <div class="ckw-body">{ chat }</div>
                </section>
                { content }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            self.state = self.mount(ctx);
            ctx.link().send_message(Msg::Redraw);
        }
        let slot = self.find_slot(ctx.props());
        if slot != self.slot {
            self.slot = slot;
            ctx.link().send_message(Msg::Redraw);
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let State::Mounted(mounted) = &mut self.state else { return true };
        let props = ctx.props();
        match message {
            Msg::Redraw => return true,
            Msg::ShowChat => {
                mounted.chat = Some(mounted.core.memory().and_then(|memory| memory.get().thread));
                return true;
            }
            Msg::Look => {
                let before = std::mem::replace(&mut mounted.theme, PageTheme::read(&mounted.host));
                return mounted.theme != before;
            }
            Msg::OpenChange(open) => props.on_open_change.emit(open),
            Msg::Problem(problem) => props.on_problem.emit(problem),
            Msg::Issues(issues) => {
                for issue in issues.iter().map(props::as_property) {
                    log::error(&format!("<ChatWidget> {}: {}", issue.path, issue.message));
                    props.on_issue.emit(issue);
                }
            }
            Msg::Chat(event) => {
                let (name, detail) = event_of(&event);
                mounted.core.chatkit_event(name.trim_start_matches("chatkit."), &detail);
                if event == HostEvent::Ready {
                    props.on_ready.emit(());
                }
                props.on_event.emit(event);
            }
        }
        false
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &ChatWidgetProps) -> bool {
        let now = ctx.props();
        let State::Mounted(mounted) = &self.state else { return true };
        let (options, issues) = props::container_options(now);
        if *mounted.core.options() != options {
            mounted.core.set_options(options, &issues);
            // The toggle is drawn anew after this; only then its content has a place, or none.
            ctx.link().send_message(Msg::Redraw);
        }
        style(&mounted.host, now);
        if now.open != before.open {
            match now.open {
                Some(true) => mounted.core.step(Event::Open(OpenedBy::Somebody)),
                Some(false) => mounted.core.step(Event::Close),
                None => {}
            }
        }
        if now.handle != before.handle {
            before.handle.iter().for_each(ChatWidgetHandle::detach);
            if let Some(handle) = &now.handle {
                handle.attach(&mounted.core);
                *self.chat.borrow_mut() = handle.chatkit().clone();
            }
        }
        true
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        if matches!(self.state, State::Mounted(_)) {
            ctx.props().handle.iter().for_each(ChatWidgetHandle::detach);
        }
        self.state = State::New;
    }
}

impl ChatWidget {
    fn mount(&self, ctx: &Context<Self>) -> State {
        let part = |node: &NodeRef| node.cast::<HtmlElement>();
        let (Some(host), Some(launcher), Some(panel), Some(chrome)) =
            (part(&self.host), part(&self.launcher), part(&self.panel), part(&self.chrome))
        else {
            return State::Refused;
        };
        if MOUNTED.replace(true) {
            log::warn("there is a <ChatWidget> on this page already; this one is not shown");
            return State::Refused;
        }
        let props = ctx.props();
        style(&host, props);
        let _styles = Adopted::new(&host, STYLES);
        let (options, issues) = props::container_options(props);
        let around = surroundings::App { link: ctx.link().clone(), chat: self.chat.clone() };
        let parts = Parts { host: host.clone(), launcher, panel, chrome };
        let core = Core::new(parts, Rc::new(around), options, &issues);
        props.handle.iter().for_each(|handle| handle.attach(&core));
        if props.open.unwrap_or(props.default_open) {
            core.step(Event::Open(OpenedBy::Page));
        }
        let theme = PageTheme::read(&host);
        let _looks = watch_looks(&host, ctx.link());
        State::Mounted(Box::new(Mounted { core, host, theme, chat: None, _looks, _styles }))
    }

    fn placeholder(&self, props: &ChatWidgetProps) -> Html {
        let name = props.labels.iter().find(|(key, _)| *key == Key::OpenChat);
        let mut toggle = Toggle { panel_id: self.panel_id.to_string(), ..Toggle::placeholder() };
        if let Some((_, name)) = name {
            toggle.name = name.to_string();
        }
        toggle.draw(Callback::noop())
    }

    fn find_slot(&self, props: &ChatWidgetProps) -> Option<HtmlElement> {
        let launcher = self.launcher.cast::<Element>().filter(|_| props::has_content(props))?;
        let slot = launcher.query_selector(".ckw-toggle-content").ok()??.dyn_into::<HtmlElement>().ok()?;
        // Yew lets a press on a portal's content bubble to where the portal is written, not to the button around it.
        let _ = slot.style().set_property("pointer-events", "none");
        Some(slot)
    }

    fn chat(&self, ctx: &Context<Self>, mounted: &Mounted) -> Option<Html> {
        let thread = mounted.chat.clone()?;
        let props = ctx.props();
        let mut options = props.chatkit.clone().with(|config| {
            let url = mounted.core.options().backend_url.clone().unwrap_or_default();
            config.api.url = format!("{url}/chatkit");
            config.initial_thread = thread;
            config.theme = mounted.theme.under(&config.theme);
            if let Some(title) = &props.title {
                config.frame_title = title.to_string();
            }
        });
        if let Some(client) = mounted.core.client() {
            options = ChatKitOptions::with_session(options, &client);
        }
        Some(
            html! { <ChatKit {options} handle={self.chat.borrow().clone()} on_event={ctx.link().callback(Msg::Chat)} /> },
        )
    }
}

fn watch_looks(host: &HtmlElement, link: &Scope<ChatWidget>) -> Observer {
    let link = link.clone();
    let observer = Observer::new(Box::new(move || link.send_message(Msg::Look)));
    let watched = MutationObserverInit::new();
    watched.set_attributes(true);
    let names = LOOKS.into_iter().map(JsValue::from);
    watched.set_attribute_filter(&names.collect::<js_sys::Array>().unchecked_into());
    let html = dom::document().and_then(|document| document.document_element());
    let body = dom::document().and_then(|document| document.body()).map(Element::from);
    for element in [Some(host.clone().into()), html, body].into_iter().flatten() {
        observer.watch(&element, &watched);
    }
    observer
}

/// Through the CSSOM, which a strict Content-Security-Policy allows; it forbids the `style` attribute.
fn style(host: &HtmlElement, props: &ChatWidgetProps) {
    for (name, value) in props::custom_properties(props) {
        // A value that is no CSS is ignored by the browser.
        let _ = match value {
            Some(value) => host.style().set_property(name, &value),
            None => host.style().remove_property(name).map(drop),
        };
    }
}
