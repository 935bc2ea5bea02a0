//! The retry policy, by property and by table.

use std::time::Duration;

use chatkit_widget::retry::{
    BUDGET, Cause, Decision, Request, Safety, decide, fate_unknown, parse_retry_after, slept,
};
use proptest::prelude::*;

fn causes() -> impl Strategy<Value = Cause> {
    let wait = proptest::option::of((0u64..20_000).prop_map(Duration::from_millis));
    prop_oneof![
        Just(Cause::Offline),
        Just(Cause::NoConnection),
        Just(Cause::Cut),
        Just(Cause::Final),
        (100u16..600, wait).prop_map(|(status, retry_after)| Cause::Status { status, retry_after }),
    ]
}

fn requests() -> impl Strategy<Value = Request> {
    prop_oneof![Just(Request::Session), Just(Request::Read), Just(Request::Write)]
}

proptest! {
    #[test]
    fn being_offline_burns_no_attempts(attempt in 0u32..9, jitter in 0.0..1.0, ms in 0u64..3_600_000) {
        for request in [Request::Session, Request::Read] {
            let decision = decide(&Cause::Offline, request, attempt, jitter, Duration::from_millis(ms));
            prop_assert_eq!(decision, Decision::Online);
        }
    }

    #[test]
    fn a_reader_never_waits_beyond_ten_seconds_or_three_attempts(
        failures in proptest::collection::vec((causes(), any::<f64>(), 0u64..15_000), 1..20),
        request in requests(),
    ) {
        let (mut elapsed, mut attempts) = (Duration::ZERO, 0);
        for (cause, jitter, took) in failures {
            attempts += 1;
            prop_assert!(attempts <= 3);
            elapsed += Duration::from_millis(took);
            match decide(&cause, request, attempts, jitter, elapsed) {
                Decision::After(wait) | Decision::Settle(wait) => {
                    elapsed += wait;
                    prop_assert!(elapsed <= Duration::from_secs(10));
                }
                Decision::Online | Decision::GiveUp => break,
            }
        }
    }

    #[test]
    fn a_message_is_never_repeated_blindly(cause in causes(), attempt in 0u32..5, jitter in 0.0..1.0, ms in 0u64..12_000) {
        let decision = decide(&cause, Request::Write, attempt, jitter, Duration::from_millis(ms));
        if fate_unknown(&cause) {
            prop_assert!(!matches!(decision, Decision::After(_)), "{decision:?}");
        }
    }

    #[test]
    fn what_is_safe_to_repeat_is_never_settled(cause in causes(), attempt in 0u32..5, jitter in 0.0..1.0, ms in 0u64..12_000) {
        for request in [Request::Session, Request::Read] {
            prop_assert_eq!(request.safety(), Safety::Idempotent);
            let decision = decide(&cause, request, attempt, jitter, Duration::from_millis(ms));
            prop_assert!(!matches!(decision, Decision::Settle(_)));
        }
    }

    #[test]
    fn a_server_that_asks_for_time_gets_it(seconds in 0u64..30, attempt in 1u32..3, jitter in 0.0..1.0, ms in 0u64..12_000) {
        let asked = Duration::from_secs(seconds);
        let cause = Cause::Status { status: 503, retry_after: Some(asked) };
        let elapsed = Duration::from_millis(ms);
        match decide(&cause, Request::Session, attempt, jitter, elapsed) {
            Decision::After(wait) => prop_assert!(wait >= asked),
            decision => {
                prop_assert_eq!(decision, Decision::GiveUp);
                prop_assert!(asked + elapsed > BUDGET);
            }
        }
    }

    #[test]
    fn the_wait_grows_with_the_attempt_and_scales_with_chance(jitter in 0.0..=1.0) {
        for (attempt, longest) in [(1, 1.0), (2, 2.0)] {
            let wait = Duration::from_secs_f64(longest * jitter);
            let decision = decide(&Cause::NoConnection, Request::Read, attempt, jitter, Duration::ZERO);
            let Decision::After(got) = decision else { panic!("{decision:?}") };
            prop_assert!(got.abs_diff(wait) < Duration::from_micros(1));
        }
    }

    #[test]
    fn a_strange_retry_after_never_breaks_the_chat(value in ".*") {
        let _ = parse_retry_after(&value, 0.0, |_| Some(f64::INFINITY));
        let _ = parse_retry_after(&value, f64::NAN, |_| Some(0.0));
    }
}

#[test]
fn a_message_that_may_have_arrived_is_looked_for_first() {
    let after = |cause| decide(&cause, Request::Write, 1, 0.5, Duration::ZERO);
    let status = |status| Cause::Status { status, retry_after: None };
    for cause in [Cause::NoConnection, Cause::Cut, status(502), status(503), status(504)] {
        assert!(matches!(after(cause), Decision::Settle(_)), "{cause:?}");
    }
    for cause in [status(408), status(425), status(429)] {
        assert!(matches!(after(cause), Decision::After(_)), "{cause:?}: the server said it took nothing");
    }
    assert!(fate_unknown(&status(500)), "given up, but to be settled before the reader's retry");
}

#[test]
fn only_failures_that_may_pass_are_repeated() {
    let goes_on = |status, request| {
        let cause = Cause::Status { status, retry_after: None };
        decide(&cause, request, 1, 0.5, Duration::ZERO) != Decision::GiveUp
    };
    for request in [Request::Session, Request::Read, Request::Write] {
        for status in [408, 425, 429, 502, 503, 504] {
            assert!(goes_on(status, request), "{status} {request:?}");
        }
        for status in [400, 401, 403, 404, 405, 409, 410, 413, 422, 501, 505] {
            assert!(!goes_on(status, request), "{status} {request:?}");
        }
        assert_eq!(goes_on(500, request), request == Request::Session, "{request:?}");
        assert_eq!(decide(&Cause::Final, request, 1, 0.5, Duration::ZERO), Decision::GiveUp);
    }
}

#[test]
fn retry_after_is_read_as_seconds_or_as_a_date() {
    let date = |text: &str| (text == "Sat, 21 Nov 2026 00:00:10 GMT").then_some(10_000.0);
    let read = |text| parse_retry_after(text, 7_500.0, date);
    assert_eq!(read("3"), Some(Duration::from_secs(3)));
    assert_eq!(read(" 0 "), Some(Duration::ZERO));
    assert_eq!(read("Sat, 21 Nov 2026 00:00:10 GMT"), Some(Duration::from_millis(2_500)));
    assert_eq!(parse_retry_after("Sat, 21 Nov 2026 00:00:10 GMT", 99_000.0, date), Some(Duration::ZERO));
    for nonsense in ["", "-1", "1.5", "soon"] {
        assert_eq!(read(nonsense), None, "{nonsense:?}");
    }
}

#[test]
fn an_hour_of_sleep_is_not_an_hour_of_trying() {
    let wait = Duration::from_secs(2);
    assert!(slept(wait, Duration::from_secs(3_600)));
    assert!(!slept(wait, Duration::from_secs(3)), "a late timer is no sleep");
}
