//! What a `<ChatKit>` is told.

use super::SiteFunctions;
use crate::config::{self, Config, ConfigIssue, Header, History, Raw, Severity, UploadStrategy};
use crate::hooks::SessionClient;
use crate::json;
use crate::web::log;

/// ChatKit's options, typed, and the session that requests go out with.
///
/// ```
/// use chatkit_widget::components::ChatKitOptions;
///
/// let options = ChatKitOptions::new("https://chat.example.com/chatkit")
///     .with(|config| config.start_screen.greeting = Some("Ask the handbook".to_owned()));
/// assert_eq!(options.config.start_screen.greeting.as_deref(), Some("Ask the handbook"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ChatKitOptions {
    /// Everything that can be told, each with ChatKit's own default.
    pub config: Config,
    session: Option<SessionClient>,
    site: Option<SiteFunctions>,
}

impl ChatKitOptions {
    /// The defaults, for the ChatKit endpoint at `url`, which may be relative to the page.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { config: Config::for_url(url), session: None, site: None }
    }

    /// What a `<ChatWidget>` starts from: the panel has a header of its own, so this one has none and no history. The
    /// widget fills in the rest: address, session, colours, the conversation to begin with.
    #[must_use]
    pub fn in_widget() -> Self {
        Self::new("").with(|config| {
            config.header = Header { enabled: false, ..Header::default() };
            config.history = History { enabled: false, ..History::default() };
            // The one that needs no address besides the server's.
            config.api.upload_strategy = Some(UploadStrategy::TwoPhase);
        })
    }

    /// Reads ChatKit's options object from JSON, as the JavaScript API takes it. Functions cannot be written in JSON:
    /// what needs one is an issue. Warnings go to the console.
    ///
    /// ```
    /// use chatkit_widget::components::ChatKitOptions;
    ///
    /// let options = ChatKitOptions::from_json(r#"{"api": {"url": "/chatkit"}, "locale": "de"}"#)?;
    /// assert_eq!(options.config.locale.as_deref(), Some("de"));
    ///
    /// let issues = ChatKitOptions::from_json(r#"{"api": {"url": 5}}"#).unwrap_err();
    /// assert_eq!(issues[0].path, "$.api.url");
    /// # Ok::<(), Vec<chatkit_widget::config::ConfigIssue>>(())
    /// ```
    ///
    /// # Errors
    /// Every issue, each with its path, when the options cannot be used.
    pub fn from_json(text: &str) -> Result<Self, Vec<ConfigIssue>> {
        let value = json::read(text).map_err(|why| {
            let message = format!("is not JSON: {why}");
            vec![ConfigIssue { path: "$".to_owned(), severity: Severity::Error, message }]
        })?;
        let read = config::validate(&Raw::from(&value))?;
        read.warnings.iter().for_each(|issue| log::warn(&issue.to_string()));
        Ok(Self { config: read.config, session: None, site: None })
    }

    /// Changes the config.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Sends every request with the token of this session, renewed where the server asks for it; see
    /// [`crate::hooks::use_chat_session`].
    #[must_use]
    pub fn with_session(mut self, client: &SessionClient) -> Self {
        self.session = Some(client.clone());
        self
    }

    /// Lets `site` answer what the conversation asks of the app: client tools, entities, commands.
    #[must_use]
    pub fn with_site(mut self, site: &SiteFunctions) -> Self {
        self.site = Some(site.clone());
        self
    }

    pub(super) fn site(&self) -> Option<&SiteFunctions> {
        self.site.as_ref()
    }

    pub(super) fn session(&self) -> Option<&SessionClient> {
        self.session.as_ref()
    }
}
