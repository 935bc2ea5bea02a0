//! `api`: where the ChatKit server is.

use std::time::Duration;

use super::Raw;
use super::read::{Fields, Node};

/// Where the ChatKit server is and how to talk to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// URL of the endpoint, possibly relative to the host page.
    pub url: String,
    /// Accepted so that one config serves both engines; not used here.
    pub domain_key: Option<String>,
    /// Whether the integrator's own `fetch` is to be used.
    pub fetch: bool,
    /// How files are uploaded.
    pub upload_strategy: Option<UploadStrategy>,
    /// Whether the server certainly stores a request once however often it comes with the same idempotency key.
    pub idempotent: bool,
    /// How long to wait for what.
    pub timeouts: Timeouts,
}

/// How long the element waits before it gives up on something. Each is a length of time without any sign of life, not of
/// the whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// From sending a request whose answer streams to the status line of the answer.
    pub headers: Duration,
    /// From there to the first event.
    pub first_event: Duration,
    /// Between two pieces of a stream; heartbeats count.
    pub silence: Duration,
    /// From sending any other request to the end of its answer.
    pub request: Duration,
    /// For a file: this long, and a second more for each 32 kB of it.
    pub upload: Duration,
    /// For a function of the page that the reader waits for, such as `entities.onTagSearch`.
    pub callback: Duration,
    /// For `onClientTool`, which may ask the reader something.
    pub client_tool: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(30),
            first_event: Duration::from_secs(60),
            silence: Duration::from_secs(120),
            request: Duration::from_secs(30),
            upload: Duration::from_secs(60),
            callback: Duration::from_secs(30),
            client_tool: Duration::from_secs(600),
        }
    }
}

/// How files are uploaded.
#[derive(Clone, Debug, PartialEq)]
pub enum UploadStrategy {
    /// `attachments.create`, then the bytes to the URL it names.
    TwoPhase,
    /// The file to this URL, as a form.
    Direct {
        /// Where to.
        upload_url: String,
    },
}

const EXAMPLE: &str = "{ url: \"https://your-server.example/chatkit\", domainKey: \"local-dev\" }";

/// Reads `api`. With `uploads`, files can be attached, so there must be a way to upload them.
pub(super) fn read(node: &Node<'_>, uploads: bool) -> Option<Api> {
    let fields = node.object(&[
        "url",
        "domainKey",
        "fetch",
        "uploadStrategy",
        "idempotent",
        "timeouts",
        "getClientSecret",
    ])?;
    if let Some(hosted) = fields.get("getClientSecret") {
        hosted.error(format!(
            "this element talks to your own ChatKit server, not to OpenAI's hosted workflows; write api: {EXAMPLE} \
             instead of getClientSecret and send the secret as a header from api.fetch"
        ));
    }
    let url = match fields.get("url") {
        Some(url) => url.name(),
        // The hosted form was answered above; naming the url a second time would bury that.
        None if fields.get("getClientSecret").is_some() => None,
        None => fields.required("url", "\"https://your-server.example/chatkit\"").and(None),
    };
    if uploads {
        fields.required("uploadStrategy", "{ type: \"two_phase\" }, as composer.attachments is enabled");
    }
    let api = Api {
        url: url.unwrap_or_default(),
        domain_key: fields.string("domainKey"),
        fetch: fields.function("fetch", "(url, init) => Promise<Response>"),
        upload_strategy: fields.get("uploadStrategy").and_then(|node| upload_strategy(&node)),
        idempotent: fields.get("idempotent").is_some_and(|node| idempotent(&node)),
        timeouts: fields.get("timeouts").and_then(|node| timeouts(&node)).unwrap_or_default(),
    };
    Some(api)
}

fn upload_strategy(node: &Node<'_>) -> Option<UploadStrategy> {
    let fields = node.object(&["type", "uploadUrl"])?;
    let direct = fields
        .required("type", "\"two_phase\" or type: \"direct\"")?
        .one_of(&[("two_phase", false), ("direct", true)])?;
    if !direct {
        return Some(UploadStrategy::TwoPhase);
    }
    let upload_url = fields.required("uploadUrl", "\"https://your-server.example/upload\"")?.name()?;
    Some(UploadStrategy::Direct { upload_url })
}

/// A function is asked when a request has ended: a session that says so may come late.
fn idempotent(node: &Node<'_>) -> bool {
    match node.raw {
        Raw::Bool(idempotent) => *idempotent,
        Raw::Function => false,
        _ => node.mismatch("true, false or a function () => boolean").unwrap_or_default(),
    }
}

fn timeouts(node: &Node<'_>) -> Option<Timeouts> {
    let fields =
        node.object(&["headers", "firstEvent", "silence", "request", "upload", "callback", "clientTool"])?;
    let default = Timeouts::default();
    Some(Timeouts {
        headers: timeout(&fields, "headers", default.headers),
        first_event: timeout(&fields, "firstEvent", default.first_event),
        silence: timeout(&fields, "silence", default.silence),
        request: timeout(&fields, "request", default.request),
        upload: timeout(&fields, "upload", default.upload),
        callback: timeout(&fields, "callback", default.callback),
        client_tool: timeout(&fields, "clientTool", default.client_tool),
    })
}

/// Milliseconds; a day at most, so that the browser's timers take them.
fn timeout(fields: &Fields<'_>, key: &str, default: Duration) -> Duration {
    const DAY_MS: i64 = 86_400_000;
    let given = fields.get(key).and_then(|node| node.whole(1, DAY_MS));
    given.and_then(|ms| u64::try_from(ms).ok()).map_or(default, Duration::from_millis)
}

/// Words for options without `api` at all.
pub(super) fn example() -> &'static str {
    EXAMPLE
}
