//! What every request has in common (ChatKit protocol §5.1).

use crate::element::driver::Driver;
use crate::json::Json;
use crate::protocol::ClientRequest;
use crate::web::fetch::StreamRequest;

/// The field of a request's `metadata` by which a server knows a repetition (docs/backend.md, "Idempotency").
const IDEMPOTENCY_KEY: &str = "idempotency_key";

/// The POST of `request`. Only headers that strict CORS lists allow: `Accept-Language` and `Accept` are safelisted.
pub fn post(
    driver: &Driver,
    request: &ClientRequest,
    idempotency_key: Option<&str>,
    accept: &str,
) -> Option<StreamRequest> {
    let config = driver.config()?;
    let locale = config.locale.clone().or_else(|| web_sys::window()?.navigator().language());
    let metadata =
        idempotency_key.map(|key| (IDEMPOTENCY_KEY.to_owned(), Json::from(key))).into_iter().collect();
    let headers = [("Accept", Some(accept.to_owned())), ("Accept-Language", locale)];
    Some(StreamRequest {
        url: config.api.url.clone(),
        body: request.body_with_metadata(&metadata),
        headers: headers.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect(),
        fetch: driver.callbacks.borrow().fetch.as_ref().map(|fetch| fetch.as_function().clone()),
    })
}
