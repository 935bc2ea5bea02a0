"""Repeated requests that are answered with JSON: feedback, and the announcement of a file."""

import asyncio

import pytest

from demo_server.database import Database
from demo_server.database_keys import DatabaseKeys
from demo_server.store import DatabaseStore

from .desk import Desk
from .support import message_of


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(DatabaseStore(database), DatabaseKeys(database))


async def test_feedback_is_noted_once(desk: Desk) -> None:
    thread = (await desk.post("threads.create", input=message_of("first"))).thread
    about = {"thread_id": thread, "item_ids": ["a"], "kind": "positive"}
    answers = [await desk.post("items.feedback", "k", **about) for _ in range(2)]
    answers += await asyncio.gather(*(desk.post("items.feedback", "l", **about) for _ in range(3)))
    assert [answer.json for answer in answers] == [{}] * 5
    assert desk.server.feedback == ["a", "a"]


async def test_a_file_is_announced_once(desk: Desk) -> None:
    file = {"name": "a.txt", "size": 1, "mime_type": "text/plain"}
    answers = [await desk.post("attachments.create", "k", **file) for _ in range(2)]
    answers += await asyncio.gather(
        *(desk.post("attachments.create", "l", **file) for _ in range(3))
    )
    assert [answer.json["id"] for answer in answers] == [
        "atc_1",
        "atc_1",
        "atc_2",
        "atc_2",
        "atc_2",
    ]
    assert answers[0].json == answers[1].json


async def test_feedback_that_failed_can_be_given_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = {
        "thread_id": (await desk.post("threads.create", input=message_of("first"))).thread,
        "item_ids": ["a"],
        "kind": "positive",
    }

    async def fail(*_arguments: object, **_named: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(desk.server, "add_feedback", fail)
    with pytest.raises(OSError, match="no room"):
        await desk.post("items.feedback", "k", **about)
    monkeypatch.undo()
    assert (await desk.post("items.feedback", "k", **about)).json == {}
    assert desk.server.feedback == ["a"]
