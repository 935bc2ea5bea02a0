//! `api`: where the ChatKit server is.

use super::read::Node;

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
    let fields = node.object(&["url", "domainKey", "fetch", "uploadStrategy", "getClientSecret"])?;
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

/// Words for options without `api` at all.
pub(super) fn example() -> &'static str {
    EXAMPLE
}
