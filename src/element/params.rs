//! What the page gives to `sendUserMessage` and `setComposerValue` (ChatKit protocol §3), read with care: what cannot
//! be used is refused with the path of the fault.

use crate::json::{Json, Object};
use crate::protocol::{Action, Attachment, UserMessageContent, Wire};
use crate::state::{Around, HostAction, HostCall, Rejection};

/// What the argument of both looks like.
const MESSAGE: &str = "{ text: \"What is a servo?\" }";

/// Reads the argument of `sendUserMessage`.
///
/// # Errors
/// [`Rejection::Invalid`] with the path of the first fault.
pub fn send(call: HostCall, params: &Json) -> Result<HostAction, Rejection> {
    let fields = Fields::new("sendUserMessage", params, MESSAGE)?;
    let content = match (fields.content()?, fields.string("text")?) {
        (Some(content), _) => content,
        (None, Some(text)) => vec![UserMessageContent::text(text)],
        (None, None) => return Err(fields.invalid("", "needs `text` or `content`")),
    };
    Ok(HostAction::Send {
        call,
        content,
        quoted_text: fields.string("reply")?,
        attachments: fields.attachments()?.unwrap_or_default(),
        new_thread: fields.boolean("newThread")?.unwrap_or(false),
        tool: fields.tool()?,
        model: fields.string("model")?,
    })
}

/// Reads the argument of `setComposerValue`, but for its `files`, which are no JSON.
///
/// # Errors
/// [`Rejection::Invalid`] with the path of the first fault.
pub fn compose(call: HostCall, params: &Json) -> Result<HostAction, Rejection> {
    let fields = Fields::new("setComposerValue", params, MESSAGE)?;
    let content = match fields.content()? {
        Some(content) => Some(content),
        None => fields.string("text")?.map(|text| vec![UserMessageContent::text(text)]),
    };
    let reply = match fields.get("reply") {
        Some(Json::Null) => Some(None),
        _ => fields.string("reply")?.map(Some),
    };
    let tool = match fields.get("selectedToolId") {
        Some(Json::Null) => Some(None),
        _ => fields.string("selectedToolId")?.map(Some),
    };
    let attachments = fields.attachments()?;
    let around = Around { attachments, files: Vec::new(), tool, model: fields.string("selectedModelId")? };
    Ok(HostAction::SetComposer { call, content, reply, around })
}

/// Reads the argument of `setThreadId`.
///
/// # Errors
/// [`Rejection::Invalid`] for anything but a name or null.
pub fn thread(call: HostCall, id: &Json) -> Result<HostAction, Rejection> {
    match id {
        Json::Null => Ok(HostAction::SetThread(call, None)),
        Json::String(id) if !id.is_empty() => Ok(HostAction::SetThread(call, Some(id.clone()))),
        _ => Err(Rejection::Invalid(
            "setThreadId: expected the id of a thread, or null for a new one".to_owned(),
        )),
    }
}

/// Reads the arguments of `sendCustomAction`.
///
/// # Errors
/// [`Rejection::Invalid`] with the path of the first fault.
pub fn custom_action(call: HostCall, action: &Json, item_id: &Json) -> Result<HostAction, Rejection> {
    let fields = Fields::new("sendCustomAction", action, "{ type: \"refresh\", payload: { id: 1 } }")?;
    let Some(kind) = fields.string("type")? else {
        return Err(fields.invalid(".type", "expected the name of the action"));
    };
    let item_id = match item_id {
        Json::Null => None,
        Json::String(id) => Some(id.clone()),
        _ => {
            let why = "sendCustomAction: itemId: expected the id of a widget item, or nothing";
            return Err(Rejection::Invalid(why.to_owned()));
        }
    };
    let action = Action { kind, payload: fields.given("payload").cloned() };
    Ok(HostAction::CustomAction { call, action, item_id })
}

struct Fields<'a> {
    method: &'static str,
    map: &'a Object,
}

impl<'a> Fields<'a> {
    fn new(method: &'static str, params: &'a Json, example: &str) -> Result<Self, Rejection> {
        match params {
            Json::Object(map) => Ok(Self { method, map }),
            _ => Err(Rejection::Invalid(format!("{method}: expected an object such as {example}"))),
        }
    }

    fn get(&self, key: &str) -> Option<&'a Json> {
        self.map.get(key)
    }

    /// What is there and not null.
    fn given(&self, key: &str) -> Option<&'a Json> {
        self.get(key).filter(|value| !value.is_null())
    }

    fn string(&self, key: &str) -> Result<Option<String>, Rejection> {
        self.read(key, "expected a string")
    }

    fn boolean(&self, key: &str) -> Result<Option<bool>, Rejection> {
        self.read(key, "expected true or false")
    }

    fn content(&self) -> Result<Option<Vec<UserMessageContent>>, Rejection> {
        let content: Option<Vec<UserMessageContent>> =
            self.read("content", "expected an array of content parts")?;
        for (index, part) in content.iter().flatten().enumerate() {
            if let UserMessageContent::Unknown(_) = part {
                return Err(self.invalid(
                    &format!(".content[{index}]"),
                    "expected { type: \"input_text\", text } or { type: \"input_tag\", id, text, data }",
                ));
            }
        }
        Ok(content)
    }

    fn attachments(&self) -> Result<Option<Vec<Attachment>>, Rejection> {
        let Some(value) = self.given("attachments") else { return Ok(None) };
        let Json::Array(attachments) = value else {
            return Err(self.invalid(".attachments", "expected an array of uploaded attachments"));
        };
        let attachments = attachments.iter().enumerate();
        let read: Result<_, _> = attachments
            .map(|(index, value)| match Attachment::decode(value) {
                Ok(attachment) if !attachment.id().is_empty() => Ok(attachment),
                _ => Err(self.invalid(
                    &format!(".attachments[{index}].id"),
                    "expected the id the server gave this attachment when it was uploaded",
                )),
            })
            .collect();
        read.map(Some)
    }

    fn tool(&self) -> Result<Option<String>, Rejection> {
        match self.given("toolChoice") {
            None => Ok(None),
            Some(choice) => match choice.get("id") {
                Some(Json::String(id)) => Ok(Some(id.clone())),
                _ => Err(self.invalid(".toolChoice", "expected { id: \"the id of a tool\" }")),
            },
        }
    }

    fn read<T: Wire>(&self, key: &str, expected: &str) -> Result<Option<T>, Rejection> {
        match self.given(key) {
            None => Ok(None),
            Some(value) => match T::decode(value) {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(self.invalid(&format!(".{key}"), expected)),
            },
        }
    }

    fn invalid(&self, path: &str, expected: &str) -> Rejection {
        Rejection::Invalid(format!("{}: $", self.method) + path + ": " + expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn plain(value: Value) -> Json {
        serde_json::from_value(value).unwrap()
    }

    fn refused(params: Value) -> String {
        match send(HostCall(0), &plain(params)) {
            Err(why) => why.message().to_owned(),
            Ok(action) => panic!("taken: {action:?}"),
        }
    }

    #[test]
    fn a_fault_is_named_by_its_path() {
        assert_eq!(refused(json!({})), "sendUserMessage: $: needs `text` or `content`");
        assert!(refused(json!({ "text": 1 })).starts_with("sendUserMessage: $.text: "));
        assert!(
            refused(json!({ "content": [{ "type": "?" }] })).starts_with("sendUserMessage: $.content[0]: ")
        );
        assert!(refused(json!({ "text": "a", "attachments": ["x"] })).contains("$.attachments[0].id"));
        assert!(refused(json!({ "text": "a", "toolChoice": "x" })).contains("$.toolChoice"));
        assert!(refused(json!("hello")).contains("expected an object"));
    }

    #[test]
    fn content_replaces_text_and_an_attachment_is_known_by_its_id() {
        let params = json!({
            "text": "no", "content": [{ "type": "input_text", "text": "yes" }], "reply": "q",
            "attachments": [{ "id": "atc_1", "name": "a.png" }], "newThread": true, "toolChoice": { "id": "t" }, "model": "m",
        });
        let wanted = HostAction::Send {
            call: HostCall(7),
            content: vec![UserMessageContent::text("yes")],
            quoted_text: Some("q".into()),
            attachments: vec![Attachment::decode(&plain(json!({ "id": "atc_1", "name": "a.png" }))).unwrap()],
            new_thread: true,
            tool: Some("t".into()),
            model: Some("m".into()),
        };
        assert_eq!(send(HostCall(7), &plain(params)), Ok(wanted));
    }

    #[test]
    fn an_action_is_named_and_may_be_about_a_widget() {
        let action = json!({ "type": "refresh", "payload": { "id": 1 }, "handler": "server" });
        let wanted = HostAction::CustomAction {
            call: HostCall(2),
            action: Action { kind: "refresh".into(), payload: Some(plain(json!({ "id": 1 }))) },
            item_id: Some("wid_1".into()),
        };
        assert_eq!(custom_action(HostCall(2), &plain(action), &"wid_1".into()), Ok(wanted));
        for (action, item, path) in [
            (json!({ "payload": 1 }), Json::Null, "sendCustomAction: $.type: "),
            (json!({ "type": 7 }), Json::Null, "sendCustomAction: $.type: "),
            (json!("refresh"), Json::Null, "sendCustomAction: expected an object"),
            (json!({ "type": "a" }), Json::Bool(true), "sendCustomAction: itemId: "),
        ] {
            let why = custom_action(HostCall(0), &plain(action), &item).expect_err("refused");
            assert!(why.message().starts_with(path), "{}", why.message());
        }
    }

    #[test]
    fn what_is_not_given_stays_in_the_composer() {
        let composed = |params| compose(HostCall(1), &plain(params)).unwrap();
        let wanted =
            |reply, around| HostAction::SetComposer { call: HostCall(1), content: None, reply, around };
        assert_eq!(composed(json!({ "reply": null })), wanted(Some(None), Around::default()));
        let cleared = Around { tool: Some(None), attachments: Some(Vec::new()), ..Around::default() };
        assert_eq!(composed(json!({ "selectedToolId": null, "attachments": [] })), wanted(None, cleared));
        let chosen = Around { tool: Some(Some("t".into())), model: Some("m".into()), ..Around::default() };
        assert_eq!(composed(json!({ "selectedToolId": "t", "selectedModelId": "m" })), wanted(None, chosen));
    }
}
