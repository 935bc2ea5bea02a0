"""A request that is repeated stores nothing twice, whatever became of the first one."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from chatkit.store import NotFoundError

from demo_server.context import RequestContext
from demo_server.database import Database
from demo_server.database_keys import DatabaseKeys
from demo_server.keys import KeyProblemError, Record
from demo_server.store import DatabaseStore

from .desk import ANNE, Answer, Desk
from .support import PATIENCE, message_of

BERT = RequestContext("ses_bert", "")


QUESTION = {"input": message_of("question")}


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(DatabaseStore(database), DatabaseKeys(database))


class KeysOfTheDead(DatabaseKeys):
    """Of a process that is killed: it never comes to say how its runs ended."""

    async def update(self, record: Record) -> bool:
        return True


async def never(*_arguments: object) -> None:
    """In the place of `process`, when the process is killed first."""
    raise SystemError("killed")


async def until(what: str, look: Callable[[], Any]) -> None:
    """Waits until `look` is true; fails with `what` if it never is."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not look():  # noqa: ASYNC110 -- what is waited for tells nobody
                await asyncio.sleep(0)
    except TimeoutError:
        raise AssertionError(f"did not happen: {what}") from None


async def leave_in_the_middle(desk: Desk, op: str, key: str, **params: Any) -> Answer:
    """Sends a request and goes away at the first words of its answer."""
    desk.server.may_end.clear()
    seen = Answer()
    task = asyncio.create_task(desk.post(op, key, into=seen, **params))
    await until("the answer begins", lambda: seen.has("thread.item.updated"))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    desk.server.may_end.set()
    return seen


async def asked(desk: Desk, text: str) -> str:
    """The thread of a question that was answered."""
    return (await desk.post("threads.create", input=message_of(text))).thread


async def request_of(desk: Desk, op: str) -> tuple[str, dict[str, Any], list[str]]:
    """A thread, parameters with which `op` can be sent there, and the thread's items before."""
    if op == "threads.create":
        return "", {"input": message_of("question")}, []
    words = {"threads.add_client_tool_output": "tool", "threads.add_structured_input": "form"}
    thread = await asked(desk, words.get(op, "first"))
    items = await desk.items(thread)
    more: dict[str, Any] = {
        "threads.add_user_message": {"input": message_of("question")},
        "threads.add_client_tool_output": {"result": "seen"},
        "threads.add_structured_input": {
            "item_id": items[1].id,
            "input": {"answers": {"q": {"values": ["this"]}}},
        },
        "threads.retry_after_item": {"item_id": items[0].id},
        "threads.custom_action": {"action": {"type": "go", "payload": None}},
    }[op]
    return thread, {"thread_id": thread, **more}, await desk.kept(thread)


AFTER = {
    "threads.create": ["question", "{}"],
    "threads.add_user_message": ["first", "answer 1", "question", "{}"],
    "threads.add_client_tool_output": ["tool", "tool completed seen", "{}"],
    "threads.add_structured_input": [
        "form",
        "form answered ['this']",
        "hidden_context_item",
        "{}",
    ],
    "threads.retry_after_item": ["first", "{}"],
    "threads.custom_action": ["first", "answer 1", "{}"],
}
"""What the thread holds after each operation; in the place of `{}` its answer."""

REPEATED = {
    "threads.create": ["question", "{}"],
    "threads.add_user_message": ["question", "{}"],
    "threads.add_client_tool_output": ["{}"],
    "threads.add_structured_input": ["form answered ['this']", "{}"],
    "threads.retry_after_item": ["{}"],
    "threads.custom_action": ["{}"],
}
"""The items that a repetition is answered with."""

STREAMED = pytest.mark.parametrize("op", AFTER)


def with_answer(texts: list[str], number: int) -> list[str]:
    return [text.replace("{}", f"answer {number}") for text in texts]


@STREAMED
async def test_a_repetition_stores_nothing_and_says_the_same(desk: Desk, op: str) -> None:
    thread, params, _ = await request_of(desk, op)
    first = await desk.post(op, "k", **params)
    runs, checks = desk.server.runs, len(desk.checks)
    again = await desk.post(op, "k", **params)
    thread = thread or first.thread
    assert await desk.kept(thread) == with_answer(AFTER[op], runs)
    assert again.texts == with_answer(REPEATED[op], runs)
    assert (desk.server.runs, len(desk.checks)) == (runs, checks)
    if op == "threads.create":
        assert again.events[0]["type"] == "thread.created"
        assert again.thread == first.thread
        assert await desk.threads() == [thread]
    in_first = {item["id"]: item for item in first.done}
    assert all(item == in_first.get(item["id"], item) for item in again.done)


@STREAMED
async def test_twins_at_the_same_moment_store_once(desk: Desk, op: str) -> None:
    thread, params, _ = await request_of(desk, op)
    answers = await asyncio.gather(*(desk.post(op, "k", **params) for _ in range(3)))
    thread = thread or answers[0].thread
    assert await desk.kept(thread) == with_answer(AFTER[op], desk.server.runs)
    assert len(await desk.threads()) == 1
    assert {answer.texts[-1] for answer in answers} == {f"answer {desk.server.runs}"}


@STREAMED
async def test_while_the_first_runs_a_repetition_waits_and_shows_life(desk: Desk, op: str) -> None:
    thread, params, _ = await request_of(desk, op)
    desk.server.may_end.clear()
    first, again = Answer(), Answer()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(desk.post(op, "k", into=first, **params))
        await until("the first begins", lambda: first.has("thread.item.updated"))
        tasks.create_task(desk.post(op, "k", into=again, **params))
        await until("the repetition waits", lambda: again.comments > 1)
        # The reader's own message is confirmed meanwhile.
        assert again.texts == [text for text in REPEATED[op] if text == "question"]
        desk.server.may_end.set()
    assert again.texts == with_answer(REPEATED[op], desk.server.runs)
    assert await desk.kept(thread or first.thread) == with_answer(AFTER[op], desk.server.runs)


@STREAMED
async def test_where_the_reader_left_the_answer_is_made_anew(desk: Desk, op: str) -> None:
    thread, params, _ = await request_of(desk, op)
    left = await leave_in_the_middle(desk, op, "k", **params)
    thread = thread or left.thread
    partial = f"answer {desk.server.runs}"
    assert partial in await desk.kept(thread)
    again = await desk.post(op, "k", **params)
    assert f"answer {desk.server.runs}" != partial
    assert await desk.kept(thread) == with_answer(AFTER[op], desk.server.runs)
    assert again.texts[-1] == f"answer {desk.server.runs}"
    assert len(await desk.threads()) == 1


@STREAMED
async def test_after_an_error_the_answer_is_made_anew(desk: Desk, op: str) -> None:
    thread, params, _ = await request_of(desk, op)
    desk.server.failures = 1
    first = await desk.post(op, "k", **params)
    assert first.has("error")
    again = await desk.post(op, "k", **params)
    assert not again.has("error")
    thread = thread or first.thread
    assert await desk.kept(thread) == with_answer(AFTER[op], desk.server.runs)
    third = await desk.post(op, "k", **params)
    assert third.texts[-1] == f"answer {desk.server.runs}"


@STREAMED
async def test_another_process_goes_on_where_one_was_killed(database: Database, op: str) -> None:
    store = DatabaseStore(database)
    desk = Desk(store, DatabaseKeys(database))
    thread, params, _ = await request_of(desk, op)
    killed = Desk(store, KeysOfTheDead(database), lease=1.0)
    seen = await leave_in_the_middle(killed, op, "k", **params)
    again = await desk.post(op, "k", **params)
    assert again.comments > 0, "it was waited for"
    thread = thread or seen.thread
    assert await desk.kept(thread) == with_answer(AFTER[op], desk.server.runs)
    assert again.texts[-1] == f"answer {desk.server.runs}"


@STREAMED
async def test_a_process_killed_before_it_stored_anything_is_made_up_for(
    database: Database, monkeypatch: pytest.MonkeyPatch, op: str
) -> None:
    store = DatabaseStore(database)
    desk = Desk(store, DatabaseKeys(database))
    thread, params, before = await request_of(desk, op)
    killed = Desk(store, KeysOfTheDead(database), lease=0.0)
    monkeypatch.setattr(killed.server, "process", never)
    with pytest.raises(SystemError):
        await killed.post(op, "k", **params)
    assert not thread or await desk.kept(thread) == before
    again = await desk.post(op, "k", **params)
    thread = thread or again.thread
    assert await desk.kept(thread) == with_answer(AFTER[op], desk.server.runs)
    assert len(await desk.threads()) == 1


async def test_a_message_whose_storing_nobody_saw_is_found_by_its_id(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled while the database commits: the message is there, and no event said so."""
    store = desk.store
    add = store.add_thread_item

    async def add_and_die(*arguments: Any, **named: Any) -> None:
        await add(*arguments, **named)
        raise ConnectionError("gone")

    monkeypatch.setattr(store, "add_thread_item", add_and_die)
    with pytest.raises(ConnectionError):
        await desk.post("threads.create", "k", input=message_of("question"))
    monkeypatch.undo()
    again = await desk.post("threads.create", "k", input=message_of("question"))
    assert await desk.threads() == [again.thread]
    assert await desk.kept(again.thread) == ["question", "answer 1"]


@pytest.mark.parametrize("op", ["threads.create", "threads.add_user_message"])
async def test_a_late_twin_takes_nothing_away_that_was_written_since(desk: Desk, op: str) -> None:
    thread, params, _ = await request_of(desk, op)
    left = await leave_in_the_middle(desk, op, "k", **params)
    thread = thread or left.thread
    await desk.post("threads.add_user_message", "l", thread_id=thread, input=message_of("next"))
    kept = await desk.kept(thread)
    late = await desk.post(op, "k", **params)
    assert await desk.kept(thread) == kept
    assert late.texts == ["question", f"answer {desk.server.runs - 1}"]


async def test_a_late_retry_takes_no_newer_message_away(desk: Desk) -> None:
    thread = await asked(desk, "first")
    await desk.post("threads.add_user_message", thread_id=thread, input=message_of("second"))
    params = {"thread_id": thread, "item_id": (await desk.items(thread))[0].id}
    await leave_in_the_middle(desk, "threads.retry_after_item", "k", **params)
    await desk.post("threads.add_user_message", thread_id=thread, input=message_of("third"))
    kept = await desk.kept(thread)
    assert kept[-2:] == ["third", f"answer {desk.server.runs}"]
    await desk.post("threads.retry_after_item", "k", **params)
    assert await desk.kept(thread) == kept


async def test_a_retry_that_never_began_still_replaces_all_that_follows(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = DatabaseStore(database)
    desk = Desk(store, DatabaseKeys(database))
    thread = await asked(desk, "first")
    await desk.post("threads.add_user_message", thread_id=thread, input=message_of("second"))
    params = {"thread_id": thread, "item_id": (await desk.items(thread))[0].id}
    killed = Desk(store, KeysOfTheDead(database), lease=0.0)
    monkeypatch.setattr(killed.server, "process", never)
    with pytest.raises(SystemError):
        await killed.post("threads.retry_after_item", "k", **params)
    await desk.post("threads.retry_after_item", "k", **params)
    assert await desk.kept(thread) == ["first", f"answer {desk.server.runs}"]


async def test_a_refused_request_leaves_its_key_unused(desk: Desk) -> None:
    desk.refusal = PermissionError("not now")
    with pytest.raises(PermissionError):
        await desk.post("threads.create", "k", input=message_of("question"))
    desk.refusal = None
    thread = (await desk.post("threads.create", "k", input=message_of("question"))).thread
    assert await desk.kept(thread) == ["question", "answer 1"]


async def test_what_a_twin_did_is_no_reason_to_refuse(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check sees that the form is answered already: by the twin, a moment ago."""
    _, params, _ = await request_of(desk, "threads.add_structured_input")
    await desk.post("threads.add_structured_input", "k", **params)
    desk.refusal = PermissionError("waits for no answers")
    load = DatabaseKeys.load
    unseen = ["k"]

    async def late(keys: DatabaseKeys, reader: str, key: str) -> Record | None:
        return None if unseen and unseen.pop() else await load(keys, reader, key)

    monkeypatch.setattr(DatabaseKeys, "load", late)
    again = await desk.post("threads.add_structured_input", "k", **params)
    assert again.texts == ["form answered ['this']", "answer 1"]


async def test_a_key_is_its_readers_own(desk: Desk) -> None:
    threads = [
        (await desk.post("threads.create", "k", reader=reader, input=message_of("question"))).thread
        for reader in (ANNE, BERT)
    ]
    assert threads[0] != threads[1]
    assert await desk.kept(threads[1], BERT) == ["question", "answer 2"]


async def test_two_keys_are_two_messages_though_the_words_are_the_same(desk: Desk) -> None:
    thread = await asked(desk, "first")
    for key in ("k", "l"):
        await desk.post("threads.add_user_message", key, thread_id=thread, input=message_of("more"))
    assert (await desk.kept(thread)).count("more") == 2


async def test_a_deleted_thread_does_not_come_back(desk: Desk) -> None:
    for answer in (
        await desk.post("threads.create", "k", input=message_of("question")),
        await leave_in_the_middle(desk, "threads.create", "l", input=message_of("question")),
    ):
        await desk.store.delete_thread(answer.thread, ANNE)
    for key in ("k", "l"):
        with pytest.raises(NotFoundError):
            await desk.post("threads.create", key, input=message_of("question"))
    assert await desk.threads() == []


@pytest.mark.parametrize("key", ["", " ", "k" * 65, "schlüssel", "a b", "a\n", 5, ["k"]])
async def test_a_key_that_is_none_is_refused(desk: Desk, key: Any) -> None:
    with pytest.raises(KeyProblemError, match="1 to 64 visible ASCII characters"):
        await desk.post("threads.create", key if key else "\0", input=message_of("question"))
    assert await desk.threads() == []


async def test_a_key_of_another_request_is_refused(desk: Desk) -> None:
    thread = await asked(desk, "first")
    other = await asked(desk, "other")
    message = {"input": message_of("more")}
    await desk.post("threads.add_user_message", "k", thread_id=thread, **message)
    for op, where in (("threads.create", {}), ("threads.add_user_message", {"thread_id": other})):
        with pytest.raises(KeyProblemError, match="another request"):
            await desk.post(op, "k", **where, **message)


async def test_a_run_that_was_taken_over_stops(database: Database) -> None:
    """A process that was frozen for a while: somebody else answers meanwhile."""
    desk = Desk(DatabaseStore(database), DatabaseKeys(database), lease=0.3)
    keys = DatabaseKeys(database)
    desk.server.may_end.clear()
    seen = Answer()
    task = asyncio.create_task(desk.post("threads.create", "k", into=seen, **QUESTION))
    await until("the answer begins", lambda: seen.has("thread.item.updated"))
    taken = False
    while not taken:
        record = await keys.load(ANNE.session_id, "k")
        assert record is not None
        other = replace(record, owner="p", lease_until=9e9)
        taken = await keys.take_over(record, other)
    lost = asyncio.Event()
    renew = DatabaseKeys.update

    async def noticing(keys: DatabaseKeys, record: Record) -> bool:
        held = await renew(keys, record)
        if not held:
            lost.set()
        return held

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseKeys, "update", noticing)
        async with asyncio.timeout(PATIENCE):
            await lost.wait()
        desk.server.may_end.set()
        with pytest.raises(RuntimeError, match="another run answers"):
            await task
    assert await keys.load(ANNE.session_id, "k") == other
