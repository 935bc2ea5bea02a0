//! The bridge: whatever object a page passes, reading it ends, and its functions are called without a `this`.

use chatkit_widget::config::{Raw, validate};
use chatkit_widget::element::bridge::{Callbacks, raw};
use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// Evaluates a JavaScript expression.
fn js(expression: &str) -> JsValue {
    Function::new_no_args(&format!("return ({expression});")).call0(&JsValue::UNDEFINED).unwrap()
}

fn number(value: f64, text: &str) -> Raw {
    Raw::Number(value, text.to_owned())
}

fn object(entries: &[(&str, Raw)]) -> Raw {
    Raw::Object(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

fn other(name: &str) -> Raw {
    Raw::Other(name.to_owned())
}

#[wasm_bindgen_test]
fn values_of_every_kind_are_mirrored() {
    let table = [
        ("null", Raw::Null),
        ("true", Raw::Bool(true)),
        ("-1.5", number(-1.5, "-1.5")),
        ("'é\u{1F600}'", Raw::String("é\u{1F600}".to_owned())),
        (
            "[1, undefined, 'a']",
            Raw::Array(vec![number(1.0, "1"), other("undefined"), Raw::String("a".to_owned())]),
        ),
        (
            "({ b: 1, a: null, gone: undefined, [Symbol('s')]: 1 })",
            object(&[("b", number(1.0, "1")), ("a", Raw::Null)]),
        ),
        ("Object.assign(Object.create(null), { a: 1 })", object(&[("a", number(1.0, "1"))])),
        ("() => 1", Raw::Function),
        ("class A {}", Raw::Function),
        ("10n", other("bigint")),
        ("Symbol('s')", other("symbol")),
        ("undefined", other("undefined")),
        ("Promise.resolve(1)", other("a Promise")),
        ("new Date(0)", other("a Date")),
        ("new Map([['url', 1]])", other("a Map")),
    ];
    for (expression, expected) in table {
        assert_eq!(raw(&js(expression)), expected, "{expression}");
    }
}

#[wasm_bindgen_test]
fn an_object_that_contains_itself_is_named_where_it_does() {
    let value = js("(() => { const o = { a: {} }; o.a.back = o; o.twice = [o.a, 1]; return o; })()");
    let back = object(&[("back", other("an object that contains itself"))]);
    assert_eq!(
        raw(&value),
        object(&[("a", back.clone()), ("twice", Raw::Array(vec![back, number(1.0, "1")]))])
    );
}

#[wasm_bindgen_test]
fn hostile_objects_are_read_in_bounded_time_and_without_a_throw() {
    for expression in [
        // 2^60 paths through sixty objects.
        "(() => { let o = {}; for (let i = 0; i < 60; i++) o = { a: o, b: o }; return o; })()",
        "(() => { let o = {}; for (let i = 0; i < 100000; i++) o = { o }; return o; })()",
        "new Array(4294967295)",
        "(() => { const o = []; o.length = 1e6; return { o }; })()",
        "new Proxy({}, { ownKeys() { throw new Error('no'); } })",
        "new Proxy([], { get() { throw new Error('no'); } })",
        "new Proxy({}, { get(t, k) { return new Proxy({}, this); }, ownKeys() { return ['a']; }, \
         getOwnPropertyDescriptor() { return { enumerable: true, configurable: true, value: 1 }; } })",
        "({ get [Symbol.toStringTag]() { throw new Error('no'); } })",
    ] {
        assert!(validate(&raw(&js(expression))).is_err(), "{expression}");
    }
    let getter = raw(&js("({ get api() { throw new Error('no'); } })"));
    assert_eq!(getter, object(&[("api", other("a property that throws when read"))]));
}

#[wasm_bindgen_test]
fn functions_are_found_at_their_paths_and_called_without_a_this() {
    let options = js(
        "({ api: { url: '/x', fetch: function (a, b) { 'use strict'; return [this, a, b]; } }, \
            onClientTool: () => 'tool', header: { leftAction: { onClick: () => 'left' }, rightAction: { onClick: 5 } }, \
            entities: { onTagSearch: () => 'tag', onClick: () => 'click', onRequestPreview: () => 'preview' }, \
            commands: { onSearch: () => 'search', onSelect: () => 'select' }, widgets: { onAction: () => 'action' } })",
    );
    let found = Callbacks::read(&options);
    let seen = found.fetch.as_ref().unwrap().call(&[JsValue::from_str("u"), JsValue::NULL]).unwrap();
    let seen: Array = seen.dyn_into().unwrap();
    assert_eq!(seen.to_vec(), [JsValue::UNDEFINED, JsValue::from_str("u"), JsValue::NULL]);
    assert!(found.header_right.is_none(), "5 is no function");
    let names = [
        (&found.client_tool, "tool"),
        (&found.header_left, "left"),
        (&found.tag_search, "tag"),
        (&found.entity_click, "click"),
        (&found.entity_preview, "preview"),
        (&found.command_search, "search"),
        (&found.command_select, "select"),
        (&found.widget_action, "action"),
    ];
    for (callback, name) in names {
        assert_eq!(callback.as_ref().unwrap().call(&[]).unwrap(), JsValue::from_str(name));
    }
    for nothing in [JsValue::UNDEFINED, JsValue::NULL, JsValue::from_f64(1.0), Object::new().into()] {
        assert_eq!(Callbacks::read(&nothing), Callbacks::default());
    }
}

#[wasm_bindgen_test]
async fn a_callback_that_throws_rejects_or_gives_no_promise_is_one_result() {
    let options = js("({ onClientTool: (how) => { if (how === 'throw') throw 1; \
        return how === 'reject' ? Promise.reject(2) : how === 'plain' ? 3 : Promise.resolve(4); } })");
    let tool = Callbacks::read(&options).client_tool.unwrap();
    for (how, expected) in [("throw", Err(1)), ("reject", Err(2)), ("plain", Ok(3)), ("promise", Ok(4))] {
        let result = tool.call_async(&[JsValue::from_str(how)]).await;
        assert_eq!(result, expected.map(JsValue::from).map_err(JsValue::from), "{how}");
    }
}

#[wasm_bindgen_test]
fn options_of_another_realm_are_plain_objects_too() {
    let foreign = js("Object.assign(Object.create(Object.create(null)), { url: '/x' })");
    assert_eq!(raw(&foreign), object(&[("url", Raw::String("/x".to_owned()))]));
}
