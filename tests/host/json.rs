//! Our JSON against `serde_json`'s.

use chatkit_widget::json::{Json, Number, quoted, read};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What a test writes with `json!`, as a value of ours.
pub fn ours(value: Value) -> Json {
    serde_json::from_value(value).unwrap()
}

/// Read with the same judgement, and the same value again once written.
fn same(text: &str) {
    let ours = read(text).map(|value| value.to_string());
    let again = ours.as_ref().ok().map(|text| serde_json::from_str::<Value>(text).unwrap());
    assert_eq!(again, serde_json::from_str::<Value>(text).ok(), "{text:?}: {ours:?}");
}

#[test]
fn what_a_server_writes_is_read_as_serde_json_reads_it() {
    let texts = "0|-0|01|-|1.|.5|1.5e3|1E+2|1e-|1e|12345678901234567890123|0.1|+1|\"|\"\\|\"\\u12\"|\"\\u00e9\"\
        |\"\\ud83d\\ude00\"|\"\\ud83d\\u00\"|\"\\u+123\"|\"\\x\"|\"a\nb\"\
        |\"\u{7f}é😀\"|\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"|[]|[ ]|[,]|[1,]|[1 2]|[1,2]|{}|{ }|{\"a\"}|{\"a\":}\
        |{\"a\":1,}|{a:1}|{\"a\":1,\"a\":2}| { \"a\" : [ null , true , false ] } |nul|nullx|null null|tru||  |\u{a0}1";
    texts.split('|').for_each(same);
}

#[test]
fn half_a_character_costs_one_character_and_not_the_text_around_it() {
    for (text, read_as) in [
        (r#""a\ud83d""#, "a\u{fffd}"),
        (r#""\ude00b""#, "\u{fffd}b"),
        (r#""\ud83d\u0041\uD83Dx""#, "\u{fffd}A\u{fffd}x"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
    ] {
        assert_eq!(read(text), Ok(Json::from(read_as)), "{text}");
    }
}

#[test]
fn nesting_ends_where_serde_json_ends_it() {
    for depth in [126, 127, 128, 100_000] {
        same(&("[".repeat(depth) + &"]".repeat(depth)));
        same(&("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)));
    }
}

#[test]
fn every_digit_and_the_order_of_fields_survive() {
    for text in ["12345678901234567890123.4560", "-0.0", "1E+2", "{\"b\":1,\"a\":{\"d\":[],\"c\":{}}}"] {
        assert_eq!(read(text).unwrap().to_string(), text);
    }
}

#[test]
fn of_a_key_that_is_written_twice_the_last_one_counts() {
    let mut value = read("{\"a\":1,\"b\":2,\"a\":3}").unwrap();
    let number = |value: &Json, key: &str| value.get(key).and_then(Json::as_number).and_then(Number::as_u64);
    assert_eq!(number(&value, "a"), Some(3));
    let Json::Object(fields) = &mut value else { panic!("{value:?}") };
    fields.insert("a", Json::Number(4_u64.into()));
    assert_eq!((number(&value, "a"), number(&value, "b"), number(&value, "c")), (Some(4), Some(2), None));
}

#[test]
fn numbers_are_whole_where_serde_json_takes_them_for_whole() {
    for text in
        ["0", "7", "-7", "18446744073709551615", "18446744073709551616", "-9223372036854775808", "1.0", "1e2"]
    {
        let (ours, theirs) = (read(text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        let number = ours.as_number().unwrap();
        assert_eq!((number.as_u64(), number.as_i64()), (theirs.as_u64(), theirs.as_i64()), "{text}");
        assert_eq!(Some(number.as_f64()), theirs.as_f64(), "{text}");
    }
    assert_eq!(Number::from_f64(f64::NAN), None);
    assert_eq!(Number::from_f64(1e300).unwrap().as_str(), "1e300");
}

/// Whatever JSON there is, through serde.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|n| json!(n)),
        any::<u64>().prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        ".{0,12}".prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::btree_map(".{0,4}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_is_read_otherwise(text in "[\\[\\]{}:,\"\\\\u0-9dDeE+. ntrulfase-]{0,24}", any in "\\PC{0,24}") {
        same(&text);
        same(&any);
        same(&Value::String(any.clone()).to_string());
        same(&quoted(&any));
    }

    #[test]
    fn serde_gives_and_takes_the_same_values(value in any_json()) {
        let ours = ours(value.clone());
        prop_assert_eq!(&serde_json::to_value(&ours).unwrap(), &value);
        prop_assert_eq!(read(&ours.to_string()).unwrap(), ours);
    }
}
