//! The protocol's reader of JSON text against `serde_json`'s.

use chatkit_widget::protocol::read;
use proptest::prelude::*;
use serde_json::Value;

/// The same judgement, and written out the same; exponents may be written in more than one way.
fn same(text: &str) {
    let ours = read(text).map(|value| value.to_string().to_lowercase().replace("e+", "e"));
    let serdes = serde_json::from_str::<Value>(text);
    let serdes = serdes.map(|value| value.to_string().to_lowercase().replace("e+", "e"));
    assert_eq!(ours.as_ref().ok(), serdes.as_ref().ok(), "{text:?}: {ours:?}, {serdes:?}");
}

#[test]
fn what_a_server_writes_is_read_as_serde_json_reads_it() {
    let texts = "0|-0|01|-|1.|.5|1.5e3|1E+2|1e-|1e|12345678901234567890123|0.1|+1|\"|\"\\|\"\\u12\"|\"\\u00e9\"\
        |\"\\ud83d\\ude00\"|\"\\ud83d\"|\"\\ude00\"|\"\\ud83d\\u0041\"|\"\\uD83Dx\"|\"\\u+123\"|\"\\x\"|\"a\nb\"\
        |\"\u{7f}é😀\"|\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"|[]|[ ]|[,]|[1,]|[1 2]|[1,2]|{}|{ }|{\"a\"}|{\"a\":}|{\"a\":1,}\
        |{a:1}|{\"a\":1,\"a\":2}| { \"a\" : [ null , true , false ] } |nul|nullx|null null|tru||  |\u{a0}1";
    texts.split('|').for_each(same);
}

#[test]
fn nesting_ends_where_serde_json_ends_it() {
    for depth in [126, 127, 128, 100_000] {
        same(&("[".repeat(depth) + &"]".repeat(depth)));
        same(&("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)));
    }
}

proptest! {
    #[test]
    fn no_text_is_read_otherwise(text in "[\\[\\]{}:,\"\\\\u0-9dDeE+. ntrulfase-]{0,24}", any in "\\PC{0,24}") {
        same(&text);
        same(&any);
        same(&Value::String(any).to_string());
    }
}
