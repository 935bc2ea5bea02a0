//! The options: everything ChatKit's option type allows is taken, and what is wrong is named at its path.

use chatkit_widget::config::*;
use chatkit_widget::protocol::UserMessageContent;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::json::ours;

/// JSON as raw options; the string `ƒ` stands for a function.
fn raw(value: &Value) -> Raw {
    match value {
        Value::String(text) if text == "ƒ" => Raw::Function,
        Value::Array(values) => Raw::Array(values.iter().map(raw).collect()),
        Value::Object(entries) => Raw::Object(entries.iter().map(|(k, v)| (k.clone(), raw(v))).collect()),
        other => Raw::from(&ours(other.clone())),
    }
}

/// Options with a good `api` and what `extra` adds.
fn with(extra: Value) -> Raw {
    let mut options = json!({"api": {"url": "/chatkit"}});
    if let (Value::Object(options), Value::Object(extra)) = (&mut options, extra) {
        options.extend(extra);
    }
    raw(&options)
}

fn issues(options: &Raw) -> Vec<ConfigIssue> {
    validate(options).map_or_else(|issues| issues, |valid| valid.warnings)
}

#[test]
fn the_smallest_options_have_every_default() {
    let valid = validate(&raw(&json!({"api": {"url": "/chatkit", "domainKey": "local-dev"}}))).unwrap();
    assert_eq!(valid.warnings, []);
    let config = valid.config;
    assert_eq!((config.api.url.as_str(), config.api.domain_key.as_deref()), ("/chatkit", Some("local-dev")));
    assert_eq!(config, Config { api: config.api.clone(), ..Config::for_url("/chatkit") });
    assert_eq!(config.theme.color_scheme, ColorScheme::Light);
    assert_eq!((config.theme.radius, config.theme.density), (Radius::Pill, Density::Normal));
    assert_eq!(config.frame_title, "Chat");
    assert_eq!(config.start_screen.greeting, None);
    assert_eq!(config.composer.placeholder, None, "said in the language spoken");
    assert!(config.header.enabled && config.header.title.enabled && config.header.title.text.is_none());
    assert!(config.history.enabled && config.history.show_delete && config.history.show_rename);
    assert!(!config.thread_item_actions.feedback && !config.thread_item_actions.retry);
    assert!(!config.thread.auto_scroll && !config.composer.dictation && !config.commands.enabled);
    assert_eq!((config.initial_thread, config.locale, config.composer.attachments), (None, None, None));
}

#[test]
fn the_whole_option_type_is_taken_without_a_word() {
    let options = json!({
        "api": {"url": "https://x.example/chatkit", "domainKey": "k", "fetch": "ƒ",
                "uploadStrategy": {"type": "direct", "uploadUrl": "/upload"}},
        "locale": "de-DE",
        "theme": {"colorScheme": "dark", "radius": "soft", "density": "compact",
            "typography": {"baseSize": 16, "fontFamily": "Inter, sans-serif", "fontFamilyMono": "monospace",
                "fontSources": [{"family": "Inter", "src": "/inter.woff2", "weight": 400, "style": "italic",
                                 "display": "swap", "unicodeRange": "U+0000-00FF"},
                                {"family": "Inter", "src": "/bold.woff2", "weight": "bold"}]},
            "color": {"grayscale": {"hue": 220.5, "tint": 6, "shade": -4},
                      "accent": {"primary": "rgb(13 110 253 / 90%)", "level": 1},
                      "surface": {"background": "#fff", "foreground": "hsl(0, 0%, 10%)"}}},
        "frameTitle": "Help", "initialThread": "thr_1", "onClientTool": "ƒ",
        "header": {"enabled": true, "title": {"enabled": true, "text": "Help desk"},
                   "leftAction": {"icon": "menu", "onClick": "ƒ"}, "rightAction": {"icon": "close", "onClick": "ƒ"}},
        "history": {"enabled": true, "showDelete": false, "showRename": false},
        "startScreen": {"greeting": "Hi", "prompts": [
            {"label": "A", "prompt": "a?", "icon": "lucide:cat"},
            {"label": "B", "icon": "bolt", "prompt": [
                {"type": "input_text", "text": "about "},
                {"type": "input_tag", "id": "e1", "text": "Servo", "group": "Parts", "data": {"n": 1, "deep": [null]},
                 "interactive": true}]}]},
        "threadItemActions": {"feedback": true, "retry": true},
        "thread": {"autoScroll": true},
        "composer": {"placeholder": "Ask",
            "attachments": {"enabled": true, "maxSize": {"image/*": 10, "image/png": 20, "*": 5}, "maxCount": 3,
                            "accept": {"image/*": [".png", ".jpg"]}},
            "tools": [{"id": "t", "label": "Tool", "icon": "search", "shortLabel": "T", "placeholderOverride": "P",
                       "pinned": true, "persistent": true}],
            "models": [{"id": "m", "label": "M", "description": "d", "disabled": false, "default": true}],
            "dictation": {"enabled": true}},
        "disclaimer": {"text": "May be *wrong*.", "highContrast": true},
        "entities": {"onTagSearch": "ƒ", "showComposerMenu": true, "onClick": "ƒ", "onRequestPreview": "ƒ"},
        "commands": {"enabled": true, "onSearch": "ƒ", "onSelect": "ƒ"},
        "widgets": {"onAction": "ƒ"},
    });
    let valid = validate(&raw(&options)).unwrap();
    assert_eq!(valid.warnings, []);
    let config = valid.config;
    assert!(config.api.fetch && config.on_client_tool && config.widgets.on_action);
    assert_eq!(config.api.upload_strategy, Some(UploadStrategy::Direct { upload_url: "/upload".into() }));
    assert_eq!(
        config.theme.color.accent.unwrap(),
        AccentColor { primary: "rgb(13 110 253 / 90%)".into(), level: 1 }
    );
    assert_eq!(config.theme.color.grayscale.unwrap(), GrayscaleOptions { hue: 220.5, tint: 6, shade: -4 });
    assert_eq!(config.theme.typography.base_size, Some(16));
    assert_eq!(config.theme.typography.font_sources[0].weight.as_deref(), Some("400"));
    assert_eq!(config.header.right_action, Some(HeaderAction { icon: "close".into() }));
    assert_eq!(config.initial_thread.as_deref(), Some("thr_1"));
    let prompts = config.start_screen.prompts;
    assert_eq!(prompts[0].content, [UserMessageContent::text("a?")]);
    let UserMessageContent::Tag(tag) = &prompts[1].content[1] else { panic!("{:?}", prompts[1]) };
    assert_eq!(serde_json::to_value(&tag.data).unwrap(), json!({"n": 1, "deep": [null]}));
    let attachments = config.composer.attachments.unwrap();
    let sizes =
        ["image/png; x=y", "IMAGE/JPEG", "text/plain"].map(|mime| attachments.max_size.for_type(mime));
    assert_eq!(sizes, [20, 10, 5]);
    assert_eq!(MaxSize::default().for_type("text/plain"), 104_857_600);
    assert!(
        config.composer.tools[0].pinned && config.composer.models[0].default && config.composer.dictation
    );
    assert!(config.entities.show_composer_menu && config.entities.on_request_preview);
    assert!(config.commands.enabled && config.commands.on_select);
}

#[test]
fn a_theme_may_be_one_word_and_no_initial_thread_may_be_null() {
    let config = validate(&with(json!({"theme": "dark", "initialThread": null}))).unwrap().config;
    assert_eq!(config.theme, Theme { color_scheme: ColorScheme::Dark, ..Theme::default() });
    assert_eq!(config.initial_thread, None);
}

/// Options, and the path and words of the error they give.
#[test]
fn every_error_names_its_path_what_was_given_and_what_to_write() {
    let prompts = |prompt: Value| json!({"startScreen": {"prompts": [prompt]}});
    let table: Vec<(Value, &str, &[&str])> = vec![
        (json!({"theme": "system"}), "$.theme", &["\"light\" or \"dark\"", "\"system\"", "matchMedia"]),
        (json!({"theme": 1}), "$.theme", &["got 1", "colorScheme"]),
        (
            json!({"theme": {"colorScheme": "blue"}}),
            "$.theme.colorScheme",
            &["\"light\" or \"dark\"", "\"blue\""],
        ),
        (
            json!({"theme": {"radius": "big"}}),
            "$.theme.radius",
            &["\"pill\", \"round\", \"soft\" or \"sharp\""],
        ),
        (json!({"theme": {"density": true}}), "$.theme.density", &["\"compact\"", "got true"]),
        (
            json!({"theme": {"typography": {"baseSize": 20}}}),
            "$.theme.typography.baseSize",
            &["from 14 to 18", "got 20"],
        ),
        (json!({"theme": {"typography": {"baseSize": 14.5}}}), "$.theme.typography.baseSize", &["got 14.5"]),
        (
            json!({"theme": {"typography": {"fontSources": [{"family": "x"}]}}}),
            "$.theme.typography.fontSources[0].src",
            &["is missing", "write src:"],
        ),
        (
            json!({"theme": {"typography": {"fontFamily": "x; } body { display: none"}}}),
            "$.theme.typography.fontFamily",
            &["a CSS font-family"],
        ),
        (
            json!({"theme": {"color": {"accent": {"primary": "red"}}}}),
            "$.theme.color.accent.level",
            &["is missing", "write level: 1"],
        ),
        (
            json!({"theme": {"color": {"accent": {"primary": "", "level": 1}}}}),
            "$.theme.color.accent.primary",
            &["a CSS colour"],
        ),
        (
            json!({"theme": {"color": {"accent": {"primary": "URL(x)", "level": 1}}}}),
            "$.theme.color.accent.primary",
            &["a CSS colour"],
        ),
        (
            json!({"theme": {"color": {"accent": {"primary": "red", "level": 4}}}}),
            "$.theme.color.accent.level",
            &["from 0 to 3"],
        ),
        (
            json!({"theme": {"color": {"grayscale": {"hue": 361, "tint": 1}}}}),
            "$.theme.color.grayscale.hue",
            &["0 to 360", "361"],
        ),
        (
            json!({"theme": {"color": {"surface": "#fff"}}}),
            "$.theme.color.surface",
            &["an object with background or foreground"],
        ),
        (json!({"locale": 5}), "$.locale", &["a string", "got 5"]),
        (json!({"frameTitle": ""}), "$.frameTitle", &["not empty", "\"\""]),
        (json!({"initialThread": false}), "$.initialThread", &["a thread id, or null"]),
        (json!({"onClientTool": {}}), "$.onClientTool", &["a function ({ name, params })", "an object"]),
        (json!({"header": false}), "$.header", &["an object with enabled, title", "got false"]),
        (json!({"header": {"title": "Help"}}), "$.header.title", &["{ text: \"Help\" }"]),
        (json!({"header": {"leftAction": {"icon": "menu"}}}), "$.header.leftAction.onClick", &["is missing"]),
        (
            json!({"header": {"rightAction": {"icon": "menu", "onClick": "go"}}}),
            "$.header.rightAction.onClick",
            &["a function", "\"go\""],
        ),
        (json!({"history": {"showDelete": "yes"}}), "$.history.showDelete", &["true or false", "\"yes\""]),
        (json!({"startScreen": {"greeting": null}}), "$.startScreen.greeting", &["a string", "null"]),
        (json!({"startScreen": {"prompts": {}}}), "$.startScreen.prompts", &["an array"]),
        (prompts(json!("hi")), "$.startScreen.prompts[0]", &["{ label:", "\"hi\""]),
        (
            prompts(json!({"label": 3, "prompt": "x"})),
            "$.startScreen.prompts[0].label",
            &["a string", "got 3"],
        ),
        (prompts(json!({"label": "x"})), "$.startScreen.prompts[0].prompt", &["is missing"]),
        (
            prompts(json!({"label": "x", "prompt": [{"type": "text", "text": "x"}]})),
            "$.startScreen.prompts[0].prompt[0].type",
            &["\"input_text\" or \"input_tag\"", "\"text\""],
        ),
        (
            prompts(
                json!({"label": "x", "prompt": [{"type": "input_tag", "id": "a", "text": "b", "data": {"f": "ƒ"}}]}),
            ),
            "$.startScreen.prompts[0].prompt[0].data",
            &["JSON", "a function"],
        ),
        (json!({"threadItemActions": {"retry": 1}}), "$.threadItemActions.retry", &["true or false"]),
        (json!({"thread": []}), "$.thread", &["an object with autoScroll", "an array"]),
        (
            json!({"composer": {"attachments": {"enabled": true}}}),
            "$.api.uploadStrategy",
            &["is missing", "two_phase"],
        ),
        (json!({"composer": {"attachments": {}}}), "$.composer.attachments.enabled", &["is missing"]),
        (
            json!({"composer": {"attachments": {"enabled": false, "maxSize": -1}}}),
            "$.composer.attachments.maxSize",
            &["bytes"],
        ),
        (
            json!({"composer": {"attachments": {"enabled": false, "maxSize": {"image/*": "1MB"}}}}),
            "$.composer.attachments.maxSize[\"image/*\"]",
            &["bytes", "\"1MB\""],
        ),
        (
            json!({"composer": {"attachments": {"enabled": false, "accept": {"image/*": ".png"}}}}),
            "$.composer.attachments.accept[\"image/*\"]",
            &["[\".png\"]"],
        ),
        (
            json!({"composer": {"tools": [{"id": "a", "label": "b"}]}}),
            "$.composer.tools[0].icon",
            &["is missing"],
        ),
        (
            json!({"composer": {"models": [{"id": "", "label": "b"}]}}),
            "$.composer.models[0].id",
            &["not empty"],
        ),
        (json!({"composer": {"dictation": true}}), "$.composer.dictation", &["an object with enabled"]),
        (json!({"disclaimer": "Careful"}), "$.disclaimer", &["{ text:", "\"Careful\""]),
        (json!({"disclaimer": {}}), "$.disclaimer.text", &["is missing"]),
        (json!({"entities": {"onTagSearch": []}}), "$.entities.onTagSearch", &["a function (query)"]),
        (json!({"commands": {}}), "$.commands.enabled", &["is missing"]),
        (json!({"widgets": {"onAction": true}}), "$.widgets.onAction", &["a function", "got true"]),
    ];
    for (extra, path, words) in table {
        let errors = validate(&with(extra.clone())).unwrap_err();
        let errors: Vec<_> = errors.iter().filter(|issue| issue.severity == Severity::Error).collect();
        let [error] = errors.as_slice() else { panic!("{extra}: {errors:#?}") };
        assert_eq!(error.path, path, "{extra}");
        for word in words {
            assert!(error.message.contains(word), "{extra}: {error} should say {word}");
        }
    }
}

#[test]
fn every_wrong_api_says_what_to_write_instead() {
    let table: Vec<(Raw, &str, &[&str])> = vec![
        (Raw::Null, "$", &["got null", "{ api: { url:"]),
        (Raw::Other("a Promise".into()), "$", &["got a Promise"]),
        (raw(&json!({})), "$.api", &["is missing", "url:"]),
        (raw(&json!({"api": "/chatkit"})), "$.api", &["an object with url", "\"/chatkit\""]),
        (raw(&json!({"api": {"domainKey": "k"}})), "$.api.url", &["is missing", "https://"]),
        (raw(&json!({"api": {"url": " "}})), "$.api.url", &["not empty"]),
        (
            raw(&json!({"api": {"getClientSecret": "ƒ"}})),
            "$.api.getClientSecret",
            &["your own ChatKit server", "url:", "fetch"],
        ),
        (
            raw(&json!({"api": {"url": "/x", "getClientSecret": "ƒ"}})),
            "$.api.getClientSecret",
            &["instead of getClientSecret"],
        ),
        (raw(&json!({"api": {"url": "/x", "fetch": {}}})), "$.api.fetch", &["a function (url, init)"]),
        (
            raw(&json!({"api": {"url": "/x", "uploadStrategy": {"type": "hosted"}}})),
            "$.api.uploadStrategy.type",
            &["\"two_phase\" or \"direct\"", "\"hosted\""],
        ),
        (
            raw(&json!({"api": {"url": "/x", "uploadStrategy": {"type": "direct"}}})),
            "$.api.uploadStrategy.uploadUrl",
            &["is missing"],
        ),
    ];
    for (options, path, words) in table {
        let errors = validate(&options).unwrap_err();
        let [error] = errors.as_slice() else { panic!("{options:?}: {errors:#?}") };
        assert_eq!(error.path, path);
        for word in words {
            assert!(error.message.contains(word), "{error} should say {word}");
        }
    }
}

#[test]
fn what_is_only_odd_is_a_warning_and_the_options_hold() {
    let table: Vec<(Value, &str, &str)> = vec![
        (json!({"startScren": {}}), "$.startScren", "did you mean \"startScreen\"?"),
        (json!({"Theme": {}}), "$.Theme", "did you mean \"theme\"?"),
        (json!({"start_screen": {}}), "$.start_screen", "did you mean \"startScreen\"?"),
        (json!({"greeting": "Hi"}), "$.greeting", "it belongs at $.startScreen.greeting"),
        (json!({"onReady": "ƒ"}), "$.onReady", "addEventListener"),
        (json!({"x-y": 1}), "$[\"x-y\"]", "known here: api, locale"),
        (
            json!({"composer": {"attachments": {"enabled": false, "uploadStrategy": {}}}}),
            "$.composer.attachments.uploadStrategy",
            "it belongs at $.api.uploadStrategy",
        ),
        (json!({"locale": "de-AT"}), "$.locale", "\"de\" is used"),
        (json!({"locale": "tlh"}), "$.locale", "\"en\" is used"),
        (
            json!({"header": {"leftAction": {"icon": "clsoe", "onClick": "ƒ"}}}),
            "$.header.leftAction.icon",
            "did you mean \"close\"?",
        ),
        (
            json!({"header": {"leftAction": {"icon": "lucide:x", "onClick": "ƒ"}}}),
            "$.header.leftAction.icon",
            "write one of \"sidebar-left\"",
        ),
        (
            json!({"startScreen": {"prompts": [{"label": "a", "prompt": "b", "icon": "smiley-face"}]}}),
            "$.startScreen.prompts[0].icon",
            "lucide:<name>",
        ),
        (
            json!({"entities": {"showComposerMenu": true}}),
            "$.entities.showComposerMenu",
            "no effect without entities.onTagSearch",
        ),
        (
            json!({"composer": {"models": [{"id": "a", "label": "A"}, {"id": "a", "label": "B"}]}}),
            "$.composer.models[1]",
            "repeats the id \"a\"",
        ),
        (
            json!({"composer": {"models": [{"id": "a", "label": "A", "default": true}, {"id": "b", "label": "B", "default": true}]}}),
            "$.composer.models",
            "the first one counts",
        ),
    ];
    for (extra, path, words) in table {
        let valid = validate(&with(extra.clone())).unwrap();
        let [warning] = valid.warnings.as_slice() else { panic!("{extra}: {:#?}", valid.warnings) };
        assert_eq!((warning.path.as_str(), warning.severity), (path, Severity::Warning), "{extra}");
        assert!(warning.message.contains(words), "{extra}: {warning} should say {words}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let found =
        issues(&with(json!({"theme": "blue", "header": {"title": {"txt": "x"}}, "history": {"enabled": 0}})));
    let paths: Vec<_> = found.iter().map(|issue| issue.path.as_str()).collect();
    assert_eq!(paths, ["$.theme", "$.header.title.txt", "$.history.enabled"]);
    assert_eq!(found[2].to_string(), "$.history.enabled: expected true or false, got 0");
}

fn any_raw() -> impl Strategy<Value = Raw> {
    let leaf = prop_oneof![
        Just(Raw::Null),
        Just(Raw::Function),
        any::<bool>().prop_map(Raw::Bool),
        any::<f64>().prop_map(|number| Raw::Number(number, number.to_string())),
        Just(Raw::Number(f64::NAN, "NaN".to_owned())),
        ".{0,60}".prop_map(Raw::String),
        Just(Raw::Other("a Promise".to_owned())),
    ];
    let key = prop::sample::select(vec![
        "api",
        "url",
        "theme",
        "color",
        "accent",
        "header",
        "title",
        "leftAction",
        "icon",
        "startScreen",
        "prompts",
        "prompt",
        "label",
        "composer",
        "attachments",
        "maxSize",
        "accept",
        "tools",
        "models",
        "id",
        "",
        "é \"",
    ]);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Raw::Array),
            prop::collection::vec((key.clone().prop_map(str::to_owned), inner), 0..6).prop_map(Raw::Object),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_a_page_passes_can_break_the_check(options in any_raw()) {
        for issue in issues(&options) {
            prop_assert!(issue.path.starts_with('$') && !issue.message.is_empty());
        }
    }
}
