//! The session: when it is fetched, joined, renewed, refused; what its answer must look like.

use chatkit_widget::problem::{At, Problem, SessionFault};
use chatkit_widget::session::{
    Answer, Ask, Grant, Kept, Session, Why, after_failure, decide, drop_existing, next_renewal_ms,
    parse_answer, recovers_online, storage_key,
};
use proptest::prelude::*;

const NOW: f64 = 1_800_000_000_000.0;

fn at() -> At {
    At::post("http://localhost:8000/api/chatkit/session?x=1")
}

fn grant(secret: &str, life_ms: Option<f64>) -> Grant {
    Grant {
        secret: secret.into(),
        session_id: None,
        since_ms: NOW,
        idempotent: false,
        until_ms: life_ms.map(|life| NOW + life),
    }
}

fn refused() -> Problem {
    Problem::Refused { at: at(), status: 401 }
}

fn parse(body: &str) -> Result<Grant, Problem> {
    let date = |date: &str| (date == "2027-01-15T08:10:00Z").then_some(NOW + 600_000.0);
    answer(body, date).map(|answer| answer.grant)
}

fn answer(body: &str, date: impl Fn(&str) -> Option<f64>) -> Result<Answer, Problem> {
    parse_answer(&at(), "text/plain", body, NOW, super::parse_json, date)
}

fn sessions() -> impl Strategy<Value = Session> {
    let life = proptest::option::of(-100_000.0..1_000_000.0);
    let grants = life.prop_map(|life| grant("held", life));
    prop_oneof![
        Just(Session::None),
        (1u32..=3, proptest::option::of(grants.clone())).prop_map(|(attempt, fallback)| Session::Fetching {
            attempt,
            fallback,
            wait: None
        }),
        proptest::option::of(grants.clone()).prop_map(|fallback| Session::Offline { fallback }),
        grants.prop_map(Session::Active),
        Just(Session::Refused(refused())),
    ]
}

fn reasons() -> impl Strategy<Value = Why<'static>> {
    prop_oneof![
        Just(Why::Needed),
        Just(Why::NeededOffline),
        Just(Why::Denied("held")),
        Just(Why::Denied("older")),
        any::<bool>().prop_map(|visible| Why::Ahead { visible }),
    ]
}

proptest! {
    #[test]
    fn there_is_never_a_second_flight(attempt in 1u32..=3, why in reasons(), later in 0.0..2_000_000.0) {
        for session in [Session::Fetching { attempt, fallback: None, wait: None }, Session::Offline { fallback: None }] {
            let ask = decide(&session, why, Some("kept"), NOW + later);
            prop_assert!(matches!(ask, Ask::Join | Ask::Nothing), "{ask:?}");
        }
    }

    #[test]
    fn a_renewal_always_proves_the_old_session(session in sessions(), why in reasons(), later in 0.0..2_000_000.0) {
        let ask = decide(&session, why, Some("kept"), NOW + later);
        if let Ask::Fetch { existing, .. } = ask {
            let expected = if matches!(session, Session::Active(_)) { "held" } else { "kept" };
            prop_assert_eq!(existing.as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_denied_secret_is_not_used_again(session in sessions(), later in 0.0..2_000_000.0) {
        match decide(&session, Why::Denied("held"), None, NOW + later) {
            Ask::Use(secret) => prop_assert_ne!(secret, "held"),
            Ask::Fetch { fallback, .. } => prop_assert_eq!(fallback, None),
            Ask::Join | Ask::Nothing => {}
        }
    }

    #[test]
    fn nothing_is_fetched_before_somebody_needs_it(why in any::<bool>(), later in 0.0..2_000_000.0) {
        let ask = decide(&Session::None, Why::Ahead { visible: why }, Some("kept"), NOW + later);
        prop_assert_eq!(ask, Ask::Nothing);
    }

    #[test]
    fn a_hidden_tab_asks_for_nothing(session in sessions(), later in 0.0..2_000_000.0) {
        prop_assert_eq!(decide(&session, Why::Ahead { visible: false }, None, NOW + later), Ask::Nothing);
    }

    #[test]
    fn a_secret_is_used_only_while_it_lives(life in 1.0..1_000_000.0, later in 0.0..2_000_000.0) {
        let session = Session::Active(grant("held", Some(life)));
        if let Ask::Use(_) = decide(&session, Why::Needed, None, NOW + later) {
            prop_assert!(later < life);
        }
    }

    #[test]
    fn a_new_grant_serves_at_least_one_request(life in 1.0..1_000_000.0) {
        let session = Session::Active(grant("held", Some(life)));
        prop_assert_eq!(decide(&session, Why::Needed, None, NOW), Ask::Use("held".into()));
    }

    #[test]
    fn the_renewal_timer_never_spins(session in sessions(), later in 0.0..2_000_000.0) {
        if let Some(wait) = next_renewal_ms(&session, NOW + later) {
            prop_assert!(wait >= 1_000.0);
        }
    }

    #[test]
    fn no_answer_and_no_storage_breaks_the_chat(text in ".*") {
        let _ = parse(&text);
        let _ = Kept::read(Some(&text), super::parse_json);
    }

    #[test]
    fn what_a_tab_keeps_comes_back(open: bool, thread in ".{1,9}", secret in ".{1,9}", idempotent: bool) {
        let kept = Kept { open, thread: Some(thread), secret: Some(secret), idempotent };
        prop_assert_eq!(Kept::read(Some(&kept.write()), super::parse_json), (kept, None));
    }
}

#[test]
fn a_session_is_renewed_ahead_of_its_end_while_somebody_looks() {
    let session = Session::Active(grant("held", Some(600_000.0)));
    assert_eq!(next_renewal_ms(&session, NOW), Some(540_000.0));
    let ahead = Why::Ahead { visible: true };
    assert_eq!(decide(&session, ahead, None, NOW + 539_999.0), Ask::Nothing);
    let Ask::Fetch { existing, fallback } = decide(&session, ahead, None, NOW + 540_000.0) else { panic!() };
    assert_eq!(existing.as_deref(), Some("held"));
    assert!(fallback.is_some(), "a failed renewal must not take a good secret away");
}

#[test]
fn a_short_session_is_renewed_after_four_fifths() {
    assert_eq!(next_renewal_ms(&Session::Active(grant("held", Some(10_000.0))), NOW), Some(8_000.0));
}

#[test]
fn a_session_without_an_end_is_not_renewed_by_time() {
    assert_eq!(next_renewal_ms(&Session::Active(grant("held", None)), NOW), None);
}

#[test]
fn two_denied_requests_renew_once() {
    let renewed = Session::Active(grant("new", None));
    assert_eq!(decide(&renewed, Why::Denied("old"), None, NOW), Ask::Use("new".into()));
}

#[test]
fn the_reader_can_always_try_again() {
    let ask = decide(&Session::Refused(refused()), Why::Needed, None, NOW);
    assert_eq!(ask, Ask::Fetch { existing: None, fallback: None });
}

#[test]
fn a_failed_renewal_keeps_a_secret_that_still_holds() {
    let held = grant("held", Some(600_000.0));
    let renewing = Session::Fetching { attempt: 3, fallback: Some(held.clone()), wait: None };
    assert_eq!(after_failure(&renewing, refused(), NOW + 1_000.0), Session::Active(held));
    assert_eq!(after_failure(&renewing, refused(), NOW + 600_000.0), Session::Refused(refused()));
    let first = Session::Fetching { attempt: 3, fallback: None, wait: None };
    assert_eq!(after_failure(&first, refused(), NOW), Session::Refused(refused()));
}

#[test]
fn the_chat_comes_back_with_the_network_and_not_after_a_refusal() {
    assert!(recovers_online(&Session::Refused(Problem::Offline { at: at() })));
    assert!(recovers_online(&Session::Refused(Problem::NoConnection { at: at() })));
    assert!(!recovers_online(&Session::Refused(refused())));
    assert!(!recovers_online(&Session::None));
}

#[test]
fn a_reader_whose_old_session_is_turned_down_gets_a_new_one() {
    assert!(drop_existing(&refused(), Some("old")));
    assert!(!drop_existing(&refused(), None));
    assert!(!drop_existing(&Problem::NoConnection { at: at() }, Some("old")));
}

#[test]
fn answers_are_read_with_every_way_to_say_when_it_ends() {
    for (body, until) in [
        (r#"{"client_secret":"s"}"#, None),
        (r#"{"client_secret":"s","expires_in":600}"#, Some(NOW + 600_000.0)),
        (r#"{"client_secret":"s","expires_at":1800000600}"#, Some(NOW + 600_000.0)),
        (r#"{"client_secret":"s","expires_at":1800000600000}"#, Some(NOW + 600_000.0)),
        (r#"{"client_secret":"s","expires_at":"2027-01-15T08:10:00Z"}"#, Some(NOW + 600_000.0)),
        (r#"{"client_secret":"s","expires_at":null,"expires_in":null}"#, None),
        // A clock that is wrong must not renew before every request.
        (r#"{"client_secret":"s","expires_at":1700000000}"#, None),
        (r#"{"client_secret":"s","expires_in":60,"expires_at":1700000000}"#, Some(NOW + 60_000.0)),
    ] {
        assert_eq!(parse(body).unwrap().until_ms, until, "{body}");
    }
    let named = parse(r#"{"client_secret":"s","session_id":"sess_1"}"#).unwrap();
    assert_eq!(named.session_id.as_deref(), Some("sess_1"));
}

#[test]
fn a_bad_answer_tells_the_integrator_what_and_where() {
    let malformed = |what| Problem::SessionMalformed { at: at(), what };
    for (body, problem, says) in [
        ("{}", malformed(SessionFault::NoSecret), "`client_secret` is missing"),
        (r#"{"client_secret":null}"#, malformed(SessionFault::NoSecret), "`client_secret` is missing"),
        (r#"{"client_secret":""}"#, malformed(SessionFault::BadSecret), "non-empty string"),
        (r#"{"client_secret":7}"#, malformed(SessionFault::BadSecret), "non-empty string"),
        (r#"{"client_secret":"a\nb"}"#, malformed(SessionFault::BadSecret), "non-empty string"),
        ("[1]", malformed(SessionFault::NotAnObject), "not a JSON object"),
        (r#""text""#, malformed(SessionFault::NotAnObject), "not a JSON object"),
        (
            "<!doctype html>",
            Problem::NotJson { at: at(), content_type: "text/plain".into() },
            "text/plain, not JSON",
        ),
        (" \n", Problem::EmptyBody { at: at() }, "no body"),
    ] {
        let got = parse(body).unwrap_err();
        assert_eq!(got, problem, "{body}");
        let detail = got.detail();
        assert!(detail.starts_with("POST /api/chatkit/session: "), "{detail}");
        assert!(detail.contains(says), "{detail}");
    }
    assert!(matches!(parse("{cut"), Err(Problem::BadJson { .. })));
}

#[test]
fn an_odd_answer_with_a_secret_is_a_session_all_the_same() {
    for (body, until, ignored) in [
        (r#"{"client_secret":"s","expires_in":"600"}"#, Some(NOW + 600_000.0), None),
        (r#"{"client_secret":" s\n","expires_at":"1800000600"}"#, Some(NOW + 600_000.0), None),
        (r#"{"client_secret":"s","expires_in":"soon"}"#, None, Some(SessionFault::BadExpiry("expires_in"))),
        (r#"{"client_secret":"s","expires_in":[]}"#, None, Some(SessionFault::BadExpiry("expires_in"))),
        (r#"{"client_secret":"s","expires_at":"x"}"#, None, Some(SessionFault::BadExpiry("expires_at"))),
        (r#"{"client_secret":"s","expires_at":{}}"#, None, Some(SessionFault::BadExpiry("expires_at"))),
        (r#"{"client_secret":"s","session_id":[]}"#, None, None),
    ] {
        let read = answer(body, |_| None).unwrap();
        assert_eq!(
            (read.grant.secret.as_str(), read.grant.until_ms, read.ignored),
            ("s", until, ignored),
            "{body}"
        );
    }
    assert_eq!(parse(r#"{"client_secret":"s","session_id":7}"#).unwrap().session_id.as_deref(), Some("7"));
}

#[test]
fn a_server_says_whether_it_knows_a_repetition() {
    for (word, says) in [("true", true), ("\"True\"", true), ("false", false), ("null", false), ("1", false)]
    {
        let body = format!(r#"{{"client_secret":"s","idempotent":{word}}}"#);
        assert_eq!(parse(&body).unwrap().idempotent, says, "{body}");
    }
}

#[test]
fn corrupt_storage_is_named_and_survived() {
    assert_eq!(Kept::read(None, super::parse_json), (Kept::default(), None));
    for (stored, says) in [
        ("{", "not JSON"),
        ("[]", "version `v`"),
        (r#"{"v":2}"#, "another release"),
        (r#"{"v":1,"thread":7}"#, "`thread` should be a string"),
    ] {
        let (kept, error) = Kept::read(Some(stored), super::parse_json);
        assert_eq!(kept, Kept::default());
        assert!(error.is_some_and(|error| error.contains(says)), "{stored}");
    }
    let read = |stored| Kept::read(Some(stored), super::parse_json);
    let blank = read(r#"{"v":1,"open":true,"thread":"","secret":null,"more":1}"#);
    assert_eq!(blank, (Kept { open: true, ..Kept::default() }, None));
    let (kept, error) = read(r#"{"v":1,"open":true,"thread":{},"secret":"s"}"#);
    assert_eq!(kept, Kept { open: true, secret: Some("s".into()), ..Kept::default() }, "one field, not all");
    assert!(error.is_some());
}

#[test]
fn a_trailing_slash_is_not_another_backend() {
    assert_eq!(storage_key("http://x/"), storage_key("http://x"));
    assert_eq!(storage_key("http://x"), "chatkit-widget:http://x");
}

#[test]
fn a_message_is_not_sent_into_a_dead_network_and_a_good_secret_is_not_given_up_for_it() {
    let session = Session::Active(grant("held", Some(600_000.0)));
    let Ask::Fetch { existing, fallback } = decide(&session, Why::NeededOffline, None, NOW) else { panic!() };
    assert_eq!(existing.as_deref(), Some("held"));
    assert!(fallback.is_some());
    let waiting = Session::Offline { fallback };
    assert_eq!(after_failure(&waiting, refused(), NOW + 1_000.0), session);
}
