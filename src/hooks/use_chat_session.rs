//! `use_chat_session`.

use yew::prelude::*;

use super::client::SessionClient;
use super::memory::TabMemory;
use crate::session::Session;
use crate::web::log;

/// What [`use_chat_session`] gives to the view.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatSession {
    /// The session as of this render: attempt and wait while fetching, the problem once refused.
    pub session: Session,
    client: SessionClient,
}

impl ChatSession {
    /// Asks for a session if there is none: call it when the chat is first opened. One request, however often called.
    pub fn connect(&self) {
        self.client.connect();
    }

    /// "Try again": starts over after [`Session::Refused`].
    pub fn retry(&self) {
        self.client.connect();
    }

    /// The engine: `fetch` with the session's token, the secret itself.
    #[must_use]
    pub fn client(&self) -> &SessionClient {
        &self.client
    }
}

/// The session with the ChatKit server at `backend_url` (`POST {backend_url}/api/chatkit/session`).
///
/// Asks for nothing by itself; from [`ChatSession::connect`] on it keeps the session alive: one request however many
/// ask, the retry policy, renewal ahead of the end and after a denial, the secret kept in `sessionStorage` so that the
/// next page of the site continues the same session. Another `backend_url` is another session. When the component
/// goes, the request under way is aborted.
///
/// ```
/// use chatkit_widget::hooks::use_chat_session;
/// use chatkit_widget::retry::MAX_ATTEMPTS;
/// use chatkit_widget::session::Session;
/// use yew::prelude::*;
///
/// #[component]
/// fn Chat() -> Html {
///     let chat = use_chat_session("http://localhost:8000");
///     let open = { let chat = chat.clone(); Callback::from(move |_: MouseEvent| chat.connect()) };
///     match &chat.session {
///         Session::None => html! { <button onclick={open}>{ "Open chat" }</button> },
///         Session::Fetching { attempt: 1, .. } => html! { <p>{ "Connecting…" }</p> },
///         Session::Fetching { attempt, .. } => html! { <p>{ format!("Try {attempt} of {MAX_ATTEMPTS}") }</p> },
///         Session::Offline { .. } => html! { <p>{ "You are offline." }</p> },
///         Session::Active(_) => html! { <p>{ "Connected." }</p> },
///         Session::Refused(problem) => {
///             html! { <p>{ problem.message() }<button onclick={open}>{ "Try again" }</button></p> }
///         }
///     }
/// }
/// ```
#[hook]
pub fn use_chat_session(backend_url: &str) -> ChatSession {
    let client = use_memo(backend_url.to_owned(), |url| {
        let (memory, issue) = TabMemory::open(url);
        if let Some(issue) = issue {
            log::warn(&issue);
        }
        SessionClient::new(url, memory)
    });
    use_session_client(&client)
}

/// Shows the session of a client that lives elsewhere.
#[hook]
pub fn use_session_client(client: &SessionClient) -> ChatSession {
    let session = client.session();
    let update = use_force_update();
    let shown = session.clone();
    use_effect_with(client.clone(), move |client| {
        // It may have changed between this render and this effect.
        if client.session() != shown {
            update.force_update();
        }
        let watch = client.watch(move || update.force_update());
        move || drop(watch)
    });
    ChatSession { session, client: client.clone() }
}
