//! The widget's own decisions: opening, engines, focus, what is shown; its options; the page's scheme.

use std::time::Duration;

use chatkit_widget::problem::{At, EngineKind, Problem, Remedy, Severity};
use chatkit_widget::session::{Grant, Session};
use chatkit_widget::widget::{
    Chat, Control, Effect, Engine, EngineChoice, Event, Network, OpenedBy, PageLook, Panel, Plan, Position,
    Scheme, SchemeChoice, Screen, State, Widget, parse_options, scheme_of, screen,
};
use proptest::prelude::*;
use serde_json::json;

const OURS: Plan = Plan { first: EngineKind::SelfHosted, fallback: None };
const AUTO: Plan = Plan { first: EngineKind::OpenAi, fallback: Some(EngineKind::SelfHosted) };
const WAIT: Duration = Duration::from_secs(8);

fn active() -> Session {
    Session::Active(Grant {
        secret: "s".into(),
        session_id: None,
        since_ms: 0.0,
        until_ms: None,
        idempotent: false,
    })
}

fn fetching(attempt: u32) -> Session {
    Session::Fetching { attempt, wait: None, fallback: None }
}

fn offline() -> Problem {
    Problem::Offline { at: At::post("/api/chatkit/session") }
}

fn after(plan: Plan, events: impl IntoIterator<Item = Event>) -> (Widget, Vec<Effect>) {
    let mut widget = Widget::default();
    let effects = events.into_iter().flat_map(|event| widget.step(event, plan)).collect();
    (widget, effects)
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Open(OpenedBy::Somebody)),
        Just(Event::Open(OpenedBy::Memory)),
        Just(Event::Open(OpenedBy::Page)),
        any::<bool>().prop_map(|open| Event::Wish { open }),
        Just(Event::Close),
        Just(Event::Settled),
        Just(Event::Session(Session::None)),
        Just(Event::Session(fetching(1))),
        Just(Event::Session(active())),
        Just(Event::Session(Session::Refused(offline()))),
        Just(Event::Session(Session::Offline { fallback: None })),
        Just(Event::Network(Network::Down)),
        Just(Event::Network(Network::Up)),
        Just(Event::Second),
        Just(Event::Slow),
        (0u32..4).prop_map(|run| Event::EngineLoaded { run }),
        (0u32..4).prop_map(|run| Event::EngineFailed { run, why: "x".into() }),
        (0u32..4).prop_map(|run| Event::EngineTimedOut { run, after: WAIT }),
        Just(Event::ChatLate { after: WAIT }),
        Just(Event::ChatReady),
        Just(Event::ChatError),
        Just(Event::ResponseStart),
        Just(Event::ResponseEnd),
        Just(Event::Retry),
    ]
}

fn plans() -> impl Strategy<Value = Plan> {
    prop_oneof![Just(OURS), Just(AUTO)]
}

proptest! {
    #[test]
    fn nothing_is_fetched_before_the_first_opening(plan in plans(), events in proptest::collection::vec(events(), 0..20)) {
        let quiet = events
            .into_iter()
            .filter(|event| !matches!(event, Event::Open(_) | Event::Wish { open: true } | Event::Retry));
        let (_, effects) = after(plan, quiet);
        let fetched = effects.iter().any(|effect| matches!(effect, Effect::Connect | Effect::LoadEngine { .. }));
        prop_assert!(!fetched);
    }

    #[test]
    fn a_conversation_is_put_in_once(plan in plans(), events in proptest::collection::vec(events(), 0..60)) {
        let (_, effects) = after(plan, events);
        prop_assert!(effects.iter().filter(|effect| matches!(effect, Effect::ShowChat(_))).count() <= 1);
    }

    #[test]
    fn one_engine_is_loaded_at_a_time(plan in plans(), events in proptest::collection::vec(events(), 0..60)) {
        let mut widget = Widget::default();
        for event in events {
            let loading = matches!(widget.engine, Engine::Loading(_));
            let ends = matches!(event, Event::EngineFailed { .. } | Event::EngineTimedOut { .. });
            let effects = widget.step(event, plan);
            if loading && !ends {
                let another = effects.iter().any(|effect| matches!(effect, Effect::LoadEngine { .. }));
                prop_assert!(!another);
            }
        }
    }

    #[test]
    fn a_failure_always_comes_with_something_to_do(plan in plans(), events in proptest::collection::vec(events(), 0..60)) {
        let (widget, _) = after(plan, events);
        if let Screen::Cover(State::Failed(_, remedy)) | Screen::Notice(State::Failed(_, remedy)) = screen(&widget) {
            prop_assert!(matches!(remedy, Remedy::Retry | Remedy::Reload));
        }
    }

    #[test]
    fn a_ready_chat_is_never_covered(plan in plans(), events in proptest::collection::vec(events(), 0..60)) {
        let (mut widget, _) = after(plan, events);
        let _ = widget.step(Event::ChatReady, plan);
        prop_assert!(!matches!(screen(&widget), Screen::Cover(_)));
    }

    #[test]
    fn the_focus_is_never_taken_for_a_panel_that_memory_opened(events in proptest::collection::vec(events(), 0..60)) {
        let unasked = events.into_iter().filter(|event| {
            !matches!(event, Event::Open(OpenedBy::Somebody) | Event::Wish { open: true } | Event::Retry)
        });
        let (_, effects) = after(OURS, unasked);
        prop_assert!(!effects.iter().any(|effect| matches!(effect, Effect::FocusPanel | Effect::FocusComposer)));
    }

    #[test]
    fn no_options_break_the_widget(backend in ".*", engine in ".*", timeout: f64) {
        let _ = parse_options(&super::json(json!({ "backendUrl": backend, "engine": engine, "engineTimeout": timeout })));
    }

    #[test]
    fn no_page_breaks_the_scheme(theme in proptest::option::of(".*"), classes in ".*", color_scheme in ".*", background in "(rgba?\\()?.*", system_dark: bool) {
        let _ = scheme_of(&PageLook { theme, classes, color_scheme, background, system_dark });
    }
}

#[test]
fn the_first_opening_starts_session_and_engine_side_by_side() {
    let (widget, effects) = after(OURS, [Event::Open(OpenedBy::Somebody)]);
    assert_eq!(widget.panel, Panel::Opening);
    assert_eq!(
        effects,
        [
            Effect::RememberOpen(true),
            Effect::TellOpen(true),
            Effect::Settle,
            Effect::FocusPanel,
            Effect::Connect,
            Effect::LoadEngine { kind: EngineKind::SelfHosted, run: 1 },
        ]
    );
}

#[test]
fn opening_again_fetches_nothing_twice() {
    let (mut widget, _) = after(
        OURS,
        [Event::Open(OpenedBy::Somebody), Event::Session(fetching(1)), Event::Close, Event::Settled],
    );
    assert_eq!(widget.panel, Panel::Closed);
    let effects = widget.step(Event::Open(OpenedBy::Somebody), OURS);
    assert_eq!(
        effects,
        [Effect::RememberOpen(true), Effect::TellOpen(true), Effect::Settle, Effect::FocusPanel]
    );
}

#[test]
fn where_the_page_has_control_a_reader_asks_and_the_page_decides() {
    let (mut widget, _) = after(OURS, [Event::Control(Control::Page)]);
    assert_eq!(widget.step(Event::Wish { open: true }, OURS), [Effect::TellOpen(true)]);
    assert_eq!(widget.panel, Panel::Closed, "the page has not said yes");
    let effects = widget.step(Event::Open(OpenedBy::Somebody), OURS);
    assert_eq!(widget.panel, Panel::Opening);
    assert!(
        !effects.iter().any(|effect| matches!(effect, Effect::TellOpen(_) | Effect::RememberOpen(_))),
        "the page is told its own words: {effects:?}"
    );
    assert_eq!(widget.step(Event::Wish { open: true }, OURS), [], "it is open");
    assert_eq!(widget.step(Event::Wish { open: false }, OURS), [Effect::TellOpen(false)]);
    assert!(widget.panel.is_open(), "the page has not said yes");
    let _ = widget.step(Event::Close, OURS);
    assert_eq!(widget.panel, Panel::Closing);
    assert_eq!(
        widget.step(Event::Open(OpenedBy::Memory), OURS),
        [],
        "the page's state is the page's to keep"
    );
}

#[test]
fn a_reader_who_has_control_gets_what_they_ask_for() {
    let (mut widget, effects) = after(OURS, [Event::Wish { open: true }]);
    assert_eq!((widget.panel, effects), after_opening());
    let effects = widget.step(Event::Wish { open: false }, OURS);
    assert_eq!(
        effects,
        [Effect::FocusToggle, Effect::RememberOpen(false), Effect::TellOpen(false), Effect::Settle]
    );
}

fn after_opening() -> (Panel, Vec<Effect>) {
    let (widget, effects) = after(OURS, [Event::Open(OpenedBy::Somebody)]);
    (widget.panel, effects)
}

#[test]
fn the_chat_waits_for_both_session_and_engine_in_any_order() {
    let open = Event::Open(OpenedBy::Memory);
    for events in [
        [open.clone(), Event::Session(active()), Event::EngineLoaded { run: 1 }],
        [open, Event::EngineLoaded { run: 1 }, Event::Session(active())],
    ] {
        let (widget, effects) = after(OURS, events);
        assert_eq!(effects.last(), Some(&Effect::ShowChat(EngineKind::SelfHosted)));
        assert_eq!(widget.chat, Chat::Starting);
    }
}

#[test]
fn an_engine_that_fails_gives_way_to_its_fallback_with_one_line() {
    for failed in
        [Event::EngineFailed { run: 1, why: "blocked".into() }, Event::EngineTimedOut { run: 1, after: WAIT }]
    {
        let (mut widget, effects) = after(AUTO, [Event::Open(OpenedBy::Memory), failed]);
        let told: Vec<_> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Tell(problem) => Some((problem.severity(), problem.retryable())),
                _ => None,
            })
            .collect();
        assert_eq!(told, [(Severity::Notice, false)], "the integrator hears of it, the reader has a chat");
        assert_eq!(effects.last(), Some(&Effect::LoadEngine { kind: EngineKind::SelfHosted, run: 2 }));
        assert_eq!(widget.step(Event::EngineLoaded { run: 1 }, AUTO), [], "the first run was given up");
        let effects = widget.step(Event::EngineFailed { run: 2, why: "x".into() }, AUTO);
        assert!(matches!(effects.as_slice(), [Effect::Tell(_)]), "there is no second fallback: {effects:?}");
        assert!(matches!(screen(&widget), Screen::Cover(State::Failed(_, Remedy::Retry))));
    }
}

#[test]
fn an_engine_that_comes_after_its_time_is_welcome() {
    let late = [
        Event::Open(OpenedBy::Memory),
        Event::EngineTimedOut { run: 1, after: WAIT },
        Event::EngineLoaded { run: 1 },
    ];
    assert_eq!(after(OURS, late).0.engine, Engine::Ready(EngineKind::SelfHosted));
}

#[test]
fn a_frame_that_stays_blank_is_told_and_one_that_comes_late_is_shown() {
    let only_openai = Plan { first: EngineKind::OpenAi, fallback: None };
    let shown = [Event::Open(OpenedBy::Memory), Event::Session(active()), Event::EngineLoaded { run: 1 }];
    let (mut widget, _) = after(only_openai, shown);
    let effects = widget.step(Event::ChatLate { after: WAIT }, only_openai);
    assert!(matches!(effects.as_slice(), [Effect::Tell(Problem::EngineTimedOut { .. })]));
    assert!(matches!(screen(&widget), Screen::Cover(State::Failed(_, Remedy::Reload))));
    let _ = widget.step(Event::ChatReady, only_openai);
    assert_eq!(screen(&widget), Screen::Clear);
}

#[test]
fn what_is_said_follows_the_session() {
    let opened = |session: Session| after(OURS, [Event::Open(OpenedBy::Memory), Event::Session(session)]).0;
    assert_eq!(screen(&opened(fetching(1))), Screen::Cover(State::Connecting));
    assert_eq!(screen(&opened(fetching(2))), Screen::Cover(State::Retrying { attempt: 2, next_try: None }));
    assert_eq!(screen(&opened(active())), Screen::Cover(State::Loading));
    assert_eq!(
        screen(&opened(Session::Refused(offline()))),
        Screen::Cover(State::Failed(offline(), Remedy::Retry))
    );
    assert_eq!(screen(&Widget::default()), Screen::Clear);
}

#[test]
fn a_renewal_is_nobodys_business_until_it_fails() {
    let talking = |session: Session| after(OURS, [Event::ChatReady, Event::Session(session)]).0;
    assert_eq!(screen(&talking(fetching(1))), Screen::Clear);
    assert_eq!(screen(&talking(fetching(2))), Screen::Notice(State::Retrying { attempt: 2, next_try: None }));
    let Session::Active(grant) = active() else { panic!() };
    let ahead = Session::Fetching { attempt: 3, wait: None, fallback: Some(grant) };
    assert_eq!(screen(&talking(ahead)), Screen::Clear);
}

#[test]
fn each_engine_choice_has_its_plan() {
    let plan = |choice: EngineChoice, key| {
        let plan = choice.plan(key);
        (plan.first, plan.fallback)
    };
    assert_eq!(plan(EngineChoice::Auto, true), (EngineKind::OpenAi, Some(EngineKind::SelfHosted)));
    assert_eq!(plan(EngineChoice::Auto, false), (EngineKind::SelfHosted, None));
    for kind in [EngineKind::OpenAi, EngineKind::SelfHosted] {
        assert_eq!(plan(EngineChoice::Only(kind), true), (kind, None));
    }
}

#[test]
fn good_options_are_read() {
    let (options, issues) = parse_options(&super::json(json!({
        "backendUrl": "https://chat.example.com/base/", "engine": "openai", "domainKey": "k", "engineTimeout": 500,
        "title": "Ask", "labels": { "openChat": "Frag" }, "colorScheme": "dark", "position": "top-left",
        "controlled": true,
    })));
    assert_eq!(issues, []);
    assert_eq!(options.backend_url.as_deref(), Some("https://chat.example.com/base"));
    assert_eq!(options.engine, EngineChoice::Only(EngineKind::OpenAi));
    assert_eq!((options.has_domain_key, options.engine_timeout), (true, Duration::from_millis(500)));
    assert_eq!(options.title.as_deref(), Some("Ask"));
    assert_eq!(options.color_scheme, SchemeChoice::Always(Scheme::Dark));
    assert_eq!(options.position, Position::TopLeft);
    assert_eq!(options.control, Control::Page);
}

#[test]
fn wrong_options_are_named_and_take_their_defaults() {
    let good = "https://x.example";
    for (given, path, says) in [
        (json!({}), "backendUrl", "is missing"),
        (json!({ "backendUrl": 7 }), "backendUrl", "must be a string, not a number"),
        (json!({ "backendUrl": "localhost:8000" }), "backendUrl", "not an absolute http or https URL"),
        (json!({ "backendUrl": "ftp://x" }), "backendUrl", "not an absolute http or https URL"),
        (json!({ "backendUrl": "https://" }), "backendUrl", "has no host"),
        (json!({ "backendUrl": "https://x y" }), "backendUrl", "contains a space"),
        (json!({ "backendUrl": "https://x?a=1" }), "backendUrl", "has a query"),
        (
            json!({ "backendUrl": good, "engine": "gpt" }),
            "engine",
            r#"one of "auto", "openai", "selfhosted", not "gpt""#,
        ),
        (json!({ "backendUrl": good, "engineTimeout": "8s" }), "engineTimeout", "milliseconds above 0"),
        (json!({ "backendUrl": good, "engineTimeout": -1 }), "engineTimeout", "milliseconds above 0"),
        (json!({ "backendUrl": good, "title": [] }), "title", "must be a string, not an array"),
        (json!({ "backendUrl": good, "labels": "x" }), "labels", "an object of texts"),
        (json!({ "backendUrl": good, "labels": { "newChat": 1 } }), "labels.newChat", "must be a string"),
        (json!({ "backendUrl": good, "labels": { "sned": "x" } }), "labels.sned", "no text of the widget"),
        (json!({ "backendUrl": good, "colorScheme": true }), "colorScheme", "not true"),
        (json!({ "backendUrl": good, "controlled": "yes" }), "controlled", "true or false"),
        (json!({ "backendUrl": good, "shortcut": 7 }), "shortcut", "must be a string"),
        (
            json!({ "backendUrl": good, "shortcut": "Ctrl+K" }),
            "shortcut",
            r#""Ctrl+K" is no shortcut: "Ctrl" is not Control, Alt, Shift, Meta or Mod. Write for example "Mod+K""#,
        ),
        (json!({ "backendUrl": good, "position": "center" }), "position", r#""bottom-left""#),
        (json!([]), "options", "must be an object"),
    ] {
        let (options, issues) = parse_options(&super::json(given.clone()));
        let issue = issues.iter().find(|issue| issue.path == path);
        assert!(issue.is_some_and(|issue| issue.message.contains(says)), "{given}: {issues:?}");
        assert_eq!(options.engine, EngineChoice::Auto, "{given}");
        assert_eq!(options.position, Position::BottomEnd, "{given}");
    }
}

#[test]
fn auto_follows_the_page_not_the_system() {
    let look = |change: fn(&mut PageLook)| {
        let mut page =
            PageLook { system_dark: true, background: "rgb(255, 255, 255)".into(), ..PageLook::default() };
        change(&mut page);
        scheme_of(&page)
    };
    assert_eq!(look(|_| {}), Scheme::Light, "a light page in a dark system");
    assert_eq!(look(|page| page.theme = Some("dark".into())), Scheme::Dark);
    assert_eq!(look(|page| page.theme = Some("auto".into())), Scheme::Dark);
    assert_eq!(look(|page| page.classes = "no-js dark".into()), Scheme::Dark);
    assert_eq!(look(|page| page.color_scheme = "light dark".into()), Scheme::Dark);
    assert_eq!(look(|page| page.color_scheme = "light".into()), Scheme::Light);
    assert_eq!(look(|page| page.color_scheme = "dark".into()), Scheme::Dark);
    assert_eq!(look(|page| page.background = "rgb(20, 20, 24)".into()), Scheme::Dark);
    assert_eq!(
        look(|page| page.background = "rgba(0, 0, 0, 0)".into()),
        Scheme::Light,
        "nothing painted is white"
    );
    assert_eq!(look(|page| page.background = "rgba(0, 0, 0, 0.9)".into()), Scheme::Dark);
    assert_eq!(look(|page| page.background = "color(srgb 0 0 0)".into()), Scheme::Light);
}
