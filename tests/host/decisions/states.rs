//! The states of the widget, as `docs/architecture.md` draws them: every way in the drawing is walked here, and every
//! way that is walked here is in the drawing.

use std::collections::BTreeSet;
use std::time::Duration;

use chatkit_widget::problem::{At, EngineKind, Problem, Remedy};
use chatkit_widget::session::{Grant, Session};
use chatkit_widget::widget::{
    Effect, Engine, Event, Network, OpenedBy, Plan, Screen, Stage, State, Widget, screen, stage,
};

const DRAWING: &str = include_str!("../../../docs/architecture.md");

const OURS: Plan = Plan { first: EngineKind::SelfHosted, fallback: None };
const AUTO: Plan = Plan { first: EngineKind::OpenAi, fallback: Some(EngineKind::SelfHosted) };

fn grant() -> Grant {
    Grant { secret: "s".into(), session_id: None, since_ms: 0.0, until_ms: None, idempotent: false }
}

fn opened() -> Event {
    Event::Open(OpenedBy::Somebody)
}

fn session() -> Event {
    Event::Session(Session::Active(grant()))
}

fn attempt(attempt: u32) -> Event {
    Event::Session(Session::Fetching { attempt, wait: None, fallback: None })
}

fn refused() -> Event {
    Event::Session(Session::Refused(Problem::NoConnection { at: At::post("/api/chatkit/session") }))
}

fn network(network: Network) -> Event {
    Event::Network(network)
}

fn loaded(run: u32) -> Event {
    Event::EngineLoaded { run }
}

fn not_loaded(run: u32) -> Event {
    Event::EngineFailed { run, why: "blocked".into() }
}

/// Events that lead to a state, from a page that was just loaded.
fn way_to(stage: Stage) -> Vec<Event> {
    let connecting = [opened(), attempt(1)].to_vec();
    let ready = [connecting.clone(), [loaded(1), session(), Event::ChatReady].to_vec()].concat();
    let and = |before: &[Event], then: &[Event]| [before, then].concat();
    match stage {
        Stage::Closed => Vec::new(),
        Stage::Retrying => and(&connecting, &[attempt(2)]),
        Stage::Loading => and(&connecting, &[session()]),
        Stage::Busy => and(&ready, &[Event::ResponseStart]),
        Stage::Offline => and(&ready, &[network(Network::Down)]),
        Stage::Renewing => and(&ready, &[attempt(1), Event::Slow]),
        Stage::Failed => and(&connecting, &[refused()]),
        Stage::Connecting => connecting,
        Stage::Ready => ready,
    }
}

/// A way in the drawing: from, to, its label, and what happens.
fn ways() -> Vec<(Stage, Stage, &'static str, Vec<Event>)> {
    use Stage::{Busy, Closed, Connecting, Failed, Loading, Offline, Ready, Renewing, Retrying};
    let down = || vec![network(Network::Down)];
    vec![
        (Closed, Connecting, "opened", vec![opened(), attempt(1)]),
        (Connecting, Retrying, "an attempt failed", vec![attempt(2)]),
        (Connecting, Loading, "session there", vec![session()]),
        (Connecting, Offline, "network gone", down()),
        (Connecting, Failed, "turned down", vec![refused()]),
        (Retrying, Loading, "session there", vec![session()]),
        (Retrying, Failed, "third attempt failed", vec![attempt(3), refused()]),
        (Retrying, Offline, "network gone", vec![Event::Session(Session::Offline { fallback: None })]),
        (Loading, Ready, "chat there", vec![loaded(1), Event::ChatReady]),
        (Loading, Failed, "no engine came", vec![not_loaded(1)]),
        (Loading, Offline, "network gone", [vec![not_loaded(1)], down()].concat()),
        (Failed, Connecting, "Try again", vec![Event::Retry, attempt(1)]),
        (Failed, Offline, "network gone", down()),
        (Ready, Busy, "asked", vec![Event::ResponseStart]),
        (Ready, Offline, "network gone", down()),
        (Ready, Renewing, "session ended, renewal is slow", vec![attempt(1), Event::Slow]),
        (Ready, Retrying, "session ended, an attempt failed", vec![attempt(1), attempt(2)]),
        (Ready, Failed, "session ended, turned down", vec![attempt(1), refused()]),
        (Busy, Ready, "answered", vec![Event::ResponseEnd]),
        (Busy, Offline, "network gone", down()),
        (Renewing, Ready, "session there", vec![session()]),
        (Renewing, Retrying, "an attempt failed", vec![attempt(2)]),
        (Renewing, Failed, "turned down", vec![refused()]),
        (Renewing, Offline, "network gone", down()),
        (Offline, Ready, "network back", vec![network(Network::Up)]),
    ]
}

fn walk(plan: Plan, events: impl IntoIterator<Item = Event>) -> (Widget, Vec<Effect>) {
    let mut widget = Widget::default();
    let effects = events.into_iter().flat_map(|event| widget.step(event, plan)).collect();
    (widget, effects)
}

#[test]
fn every_state_can_be_reached() {
    for wanted in Stage::ALL {
        assert_eq!(stage(&walk(OURS, way_to(wanted)).0), wanted);
    }
}

#[test]
fn every_way_of_the_drawing_is_a_way_of_the_widget() {
    for (from, to, label, events) in ways() {
        let (mut widget, _) = walk(OURS, way_to(from));
        for event in events {
            let _ = widget.step(event, OURS);
        }
        assert_eq!(stage(&widget), to, "{} --> {}: {label}", from.name(), to.name());
    }
}

#[test]
fn the_drawing_is_complete_and_true() {
    let walked: BTreeSet<String> = ways()
        .iter()
        .map(|(from, to, label, _)| format!("{} --> {}: {label}", from.name(), to.name()))
        .collect();
    // Of a state that is many: left by closing, or entered again where it was left.
    let whole =
        ["panel --> closed: closed", "closed --> panel: opened again", "loading --> loading: fallen back"];
    let drawn: BTreeSet<String> = DRAWING
        .lines()
        .skip_while(|line| *line != "stateDiagram-v2")
        .take_while(|line| *line != "```")
        .map(str::trim)
        .filter(|line| line.contains("-->") && !line.contains("[*]") && !whole.contains(line))
        .map(str::to_owned)
        .collect();
    assert_eq!(drawn, walked);
}

#[test]
fn from_every_state_closing_closes_and_opening_comes_back() {
    for before in Stage::ALL {
        let (mut widget, _) = walk(OURS, way_to(before));
        let _ = widget.step(Event::Close, OURS);
        assert_eq!(stage(&widget), Stage::Closed);
        let _ = widget.step(opened(), OURS);
        // Opening is an attempt of its own: what had failed is asked for again, and shows when it is under way.
        if !matches!(before, Stage::Closed) {
            assert_eq!(stage(&widget), before);
        }
    }
}

#[test]
fn a_reader_without_a_network_is_told_so_and_nothing_is_given_up_for_it() {
    let (mut widget, effects) = walk(AUTO, [network(Network::Down), opened(), attempt(1)]);
    assert_eq!(screen(&widget), Screen::Cover(State::Offline));
    assert!(effects.contains(&Effect::Connect), "browsers are wrong about servers on the device itself");
    let effects = widget.step(not_loaded(1), AUTO);
    assert_eq!(effects, [], "no fallback, no complaint");
    let _ = widget.step(Event::Session(Session::Offline { fallback: None }), AUTO);
    assert_eq!(screen(&widget), Screen::Cover(State::Offline));
    let effects = widget.step(network(Network::Up), AUTO);
    assert_eq!(effects, [Effect::LoadEngine { kind: EngineKind::OpenAi, run: 2 }]);
    assert_eq!(stage(&widget), Stage::Connecting);
}

#[test]
fn an_answer_proves_a_browser_wrong_that_says_there_is_no_network() {
    let (widget, effects) = walk(OURS, [network(Network::Down), opened(), not_loaded(1), session()]);
    assert_eq!(widget.network, Network::Up);
    assert_eq!(effects.last(), Some(&Effect::LoadEngine { kind: EngineKind::SelfHosted, run: 2 }));
}

#[test]
fn somebody_in_a_conversation_keeps_it_in_sight_without_a_network() {
    let (mut widget, _) = walk(OURS, way_to(Stage::Ready));
    let _ = widget.step(network(Network::Down), OURS);
    assert_eq!(screen(&widget), Screen::Notice(State::Offline));
    assert_eq!(widget.step(network(Network::Up), OURS), []);
    assert_eq!(screen(&widget), Screen::Clear);
}

#[test]
fn what_failed_before_the_network_came_back_is_made_again_by_itself() {
    let (mut widget, _) =
        walk(OURS, [opened(), attempt(1), refused(), not_loaded(1), network(Network::Down)]);
    let effects = widget.step(network(Network::Up), OURS);
    assert_eq!(effects, [Effect::Connect, Effect::LoadEngine { kind: EngineKind::SelfHosted, run: 2 }]);
    let (mut closed, _) = walk(OURS, [opened(), refused(), Event::Close, network(Network::Down)]);
    assert_eq!(closed.step(network(Network::Up), OURS), [], "nobody waits for it");
}

#[test]
fn the_time_to_the_next_attempt_is_counted_down_in_whole_seconds() {
    let (mut widget, _) = walk(OURS, [opened(), attempt(1)]);
    let wait = Some(Duration::from_millis(2_300));
    let waiting = Event::Session(Session::Fetching { attempt: 2, wait, fallback: None });
    let shown = |widget: &Widget| match screen(widget) {
        Screen::Cover(State::Retrying { attempt: 2, next_try }) => next_try,
        other => panic!("{other:?}"),
    };
    assert_eq!(widget.step(waiting, OURS), [Effect::CountDown(Duration::from_millis(300))]);
    assert_eq!(shown(&widget), Some(3));
    assert_eq!(widget.step(Event::Second, OURS), [Effect::CountDown(Duration::from_secs(1))]);
    assert_eq!(shown(&widget), Some(2));
    assert_eq!(widget.step(Event::Second, OURS), [Effect::CountDown(Duration::from_secs(1))]);
    assert_eq!(shown(&widget), Some(1));
    assert_eq!(widget.step(Event::Second, OURS), [], "it never promises zero");
    assert_eq!(shown(&widget), Some(1));
    let _ = widget.step(attempt(2), OURS);
    assert_eq!(shown(&widget), None);
}

#[test]
fn a_renewal_is_mentioned_only_to_somebody_who_has_to_wait_for_it() {
    let (mut widget, _) = walk(OURS, way_to(Stage::Ready));
    assert_eq!(widget.step(attempt(1), OURS), [Effect::NoticeSlow]);
    assert_eq!(screen(&widget), Screen::Clear, "not yet");
    let _ = widget.step(session(), OURS);
    let _ = widget.step(Event::Slow, OURS);
    assert_eq!(screen(&widget), Screen::Clear, "not any more");
    let ahead = Session::Fetching { attempt: 1, wait: None, fallback: Some(grant()) };
    assert_eq!(widget.step(Event::Session(ahead), OURS), [], "the old one still holds");
    let _ = widget.step(Event::Slow, OURS);
    assert_eq!(screen(&widget), Screen::Clear);
}

#[test]
fn a_press_on_try_again_in_a_conversation_is_seen_to_do_something() {
    let (mut widget, _) = walk(AUTO, way_to(Stage::Ready));
    let _ = widget.step(refused(), AUTO);
    assert!(matches!(screen(&widget), Screen::Notice(State::Failed(_, Remedy::Retry))));
    assert!(widget.step(Event::Retry, AUTO).contains(&Effect::Connect));
    let _ = widget.step(attempt(1), AUTO);
    assert_eq!(screen(&widget), Screen::Notice(State::Renewing));
    let _ = widget.step(session(), AUTO);
    assert_eq!(screen(&widget), Screen::Clear);
}

#[test]
fn what_our_own_chat_says_with_a_button_is_not_said_again_above_it() {
    let (mut widget, _) = walk(OURS, way_to(Stage::Ready));
    let effects = widget.step(refused(), OURS);
    assert!(matches!(effects[..], [Effect::Tell(_)]), "the site owner hears of it: {effects:?}");
    assert!(matches!(screen(&widget), Screen::InChat(State::Failed(_, Remedy::Retry))));
    assert_eq!(stage(&widget), Stage::Failed);
    // The chat's button sends the question again, and its request asks for a session.
    let _ = widget.step(attempt(1), OURS);
    let _ = widget.step(Event::Slow, OURS);
    assert_eq!(screen(&widget), Screen::Notice(State::Renewing));
}

#[test]
fn a_reader_sees_nothing_of_an_engine_that_was_replaced() {
    let (mut widget, _) = walk(AUTO, way_to(Stage::Loading));
    let _ = widget.step(not_loaded(1), AUTO);
    assert_eq!(stage(&widget), Stage::Loading);
    assert_eq!(widget.engine, Engine::Loading(EngineKind::SelfHosted));
    let _ = widget.step(loaded(2), AUTO);
    let _ = widget.step(Event::ChatReady, AUTO);
    assert_eq!(stage(&widget), Stage::Ready);
}
