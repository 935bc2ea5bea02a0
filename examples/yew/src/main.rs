//! A Yew app with two pages. The chat stands beside the router's switch, not in a page: it stays as the reader walks,
//! open or closed, with its conversation.

use chatkit_widget::components::{ChatKitOptions, ChatWidget, ChatWidgetHandle, Key, use_chat_widget};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Clone, PartialEq, Routable)]
enum Route {
    #[at("/")]
    Home,
    #[at("/parts")]
    Parts,
    #[not_found]
    #[at("/404")]
    NotFound,
}

/// The address of the ChatKit server, from `<meta name="chat-backend">` in index.html: one build serves every place.
fn backend_url() -> AttrValue {
    let document = web_sys::window().and_then(|window| window.document());
    let meta =
        document.and_then(|document| document.query_selector("meta[name=chat-backend]").ok().flatten());
    // A page without one is told what is missing: the widget checks its address.
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default().into()
}

#[component]
fn App() -> Html {
    let wanted = use_state(|| true);
    let chat = use_chat_widget();
    let backend_url = use_memo((), |()| backend_url());
    let chatkit = use_memo((), |()| {
        ChatKitOptions::in_widget()
            .with(|config| config.start_screen.greeting = Some("What are you building?".to_owned()))
    });
    let onchange = {
        let wanted = wanted.clone();
        Callback::from(move |event: Event| {
            wanted.set(event.target_unchecked_into::<HtmlInputElement>().checked());
        })
    };
    let page = {
        let chat = chat.clone();
        move |route: Route| page(&route, &chat)
    };
    html! {
        <BrowserRouter>
            <header class="site-header">
                <strong>{ "Robot workshop" }</strong>
                <nav>
                    <Link<Route> to={Route::Home}>{ "Home" }</Link<Route>>
                    { " · " }
                    <Link<Route> to={Route::Parts}>{ "Parts" }</Link<Route>>
                </nav>
                <label><input type="checkbox" checked={*wanted} {onchange} />{ "Chat" }</label>
            </header>
            <main><Switch<Route> render={page} /></main>
            if *wanted {
                <ChatWidget
                    backend_url={(*backend_url).clone()}
                    title="Ask the book"
                    shortcut="Mod+K"
                    labels={vec![(Key::OpenChat, "Ask the book".into())]}
                    chatkit={(*chatkit).clone()}
                    handle={chat}
                />
            }
        </BrowserRouter>
    }
}

fn page(route: &Route, chat: &ChatWidgetHandle) -> Html {
    match route {
        Route::Home => html! {
            <>
                <h1>{ "Build a robot that knows where it is" }</h1>
                <p>{ "Start with a motor that can be told an angle. The book behind the chat knows how." }</p>
                { question(chat, "What is a servo?") }
            </>
        },
        Route::Parts => html! {
            <>
                <h1>{ "Parts" }</h1>
                <p>{ "Two servos, a distance sensor, a microcontroller, and a battery that outlasts your patience." }</p>
                { question(chat, "Which sensors measure distance?") }
            </>
        },
        Route::NotFound => {
            html! { <><h1>{ "Not here" }</h1><p>{ "There is no such page in the workshop." }</p></> }
        }
    }
}

/// A button that asks for the reader.
fn question(chat: &ChatWidgetHandle, text: &'static str) -> Html {
    let chat = chat.clone();
    // The chat says itself when a message could not be sent, with a button to try again.
    let onclick = Callback::from(move |_: MouseEvent| drop(chat.send_message(text)));
    html! { <button type="button" {onclick}>{ text }</button> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
