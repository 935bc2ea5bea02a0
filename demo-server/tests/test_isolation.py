"""A session reaches its own threads only; somebody else's look like none at all."""

from typing import Any

import pytest

from demo_server import preflight
from demo_server.database import Database

from .support import Reader, message_of


@pytest.fixture
def owner(address: str) -> Reader:
    return Reader(address)


def operations(thread: str, item: str) -> dict[str, dict[str, Any]]:
    """Every operation of the protocol that names a thread, with what it would do to it."""
    action = {"type": "x", "payload": {}}
    return {
        "threads.get_by_id": {"thread_id": thread},
        "threads.update": {"thread_id": thread, "title": "mine now"},
        "threads.add_user_message": {"thread_id": thread, "input": message_of("let me in")},
        "threads.retry_after_item": {"thread_id": thread, "item_id": item},
        "threads.add_client_tool_output": {"thread_id": thread, "result": {}},
        "threads.add_structured_input": {"thread_id": thread, "item_id": item, "input": {}},
        "threads.custom_action": {"thread_id": thread, "item_id": item, "action": action},
        "threads.sync_custom_action": {"thread_id": thread, "item_id": item, "action": action},
        "items.list": {"thread_id": thread},
        "items.feedback": {"thread_id": thread, "item_ids": [item], "kind": "positive"},
        "threads.delete": {"thread_id": thread},
    }


@pytest.mark.parametrize("op", operations("", ""))
def test_a_foreign_thread_is_as_unknown_as_one_that_never_was(owner: Reader, op: str) -> None:
    turn = owner.ask("What is a servo?")
    before = owner.json("threads.get_by_id", thread_id=turn.thread)
    stranger = Reader(owner.address)

    foreign = stranger.post(op, **operations(turn.thread, turn.question["id"])[op])
    unknown = stranger.post(op, **operations("thr_nowhere", "msg_nowhere")[op])

    assert (foreign.status_code, foreign.content) == (unknown.status_code, unknown.content)
    if op == "threads.delete":
        # Deleting what is gone is what a repeated request does, so it is no error.
        assert foreign.json() == {}
    else:
        assert foreign.status_code in (400, 404)
    assert owner.json("threads.get_by_id", thread_id=turn.thread) == before


def test_the_list_holds_ones_own_threads_only(owner: Reader) -> None:
    mine = owner.ask("What is a servo?").thread
    stranger = Reader(owner.address)
    theirs = stranger.ask("What is a stepper?").thread
    assert [thread["id"] for thread in owner.json("threads.list")["data"]] == [mine]
    assert [thread["id"] for thread in stranger.json("threads.list")["data"]] == [theirs]


def test_a_foreign_cursor_opens_no_page(owner: Reader) -> None:
    theirs = owner.ask("What is a servo?").thread
    stranger = Reader(owner.address)
    stranger.ask("What is a stepper?")
    answer = stranger.post("threads.list", after=theirs)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "unknown_cursor"


def test_feedback_is_taken_for_ones_own_items_only(owner: Reader) -> None:
    turn = owner.ask("What is a servo?")
    feedback = {"thread_id": turn.thread, "kind": "negative"}
    assert owner.json("items.feedback", **feedback, item_ids=[turn.answer["id"]]) == {}
    other = owner.ask("What is a stepper?")
    foreign = owner.post("items.feedback", **feedback, item_ids=[other.answer["id"]])
    assert foreign.status_code == 404
    assert foreign.json()["error"]["code"] == "item_not_found"


def test_feedback_names_the_first_thing_that_is_unknown(owner: Reader) -> None:
    turn = owner.ask("What is a servo?")
    about = {"thread_id": turn.thread, "kind": "positive"}
    known = [turn.answer["id"], turn.question["id"], turn.answer["id"]]
    assert owner.json("items.feedback", **about, item_ids=known) == {}
    assert owner.json("items.feedback", **about, item_ids=[]) == {}
    for odd in ("msg_nope", "", "\0", "' OR 1=1 --"):
        answer = owner.post("items.feedback", **about, item_ids=[*known, odd])
        assert answer.json()["error"]["code"] == "item_not_found"


def test_feedback_asks_the_database_once_and_not_about_a_flood(
    owner: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = owner.ask("What is a servo?")
    about = {"thread_id": turn.thread, "kind": "positive"}
    queries: list[str] = []
    reading = Database.reading

    def counted(database: Database) -> Any:
        queries.append("a query")
        return reading(database)

    monkeypatch.setattr(Database, "reading", counted)
    many = [turn.answer["id"]] * preflight.MOST_ITEMS
    assert owner.json("items.feedback", **about, item_ids=many) == {}
    assert len(queries) == 1
    flood = owner.post("items.feedback", **about, item_ids=["msg_nope"] * 20_000)
    assert flood.status_code == 400
    assert flood.json()["error"] == {
        "code": "too_many_items",
        "message": "params.item_ids has 20000 entries; send 1000 at most.",
    }
    assert len(queries) == 1
