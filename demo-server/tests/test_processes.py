"""Two processes on one database, each with readers who know nothing of the other."""

import asyncio
import json
import signal
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from threading import Barrier
from typing import Any

import httpx
import pytest
from sqlalchemy import make_url, text

from demo_server.database import create_engine

from .conftest import POSTGRES
from .processes import started
from .support import HTTP, KEY, Reader, message_of, request


@pytest.fixture(scope="module", params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """What both processes are told."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("two") / "chat.sqlite"
        yield {"DATABASE_URL": f"sqlite:///{file}", "SESSION_SECRET": KEY}
        return
    name = f"test_{uuid.uuid4().hex}"
    url = make_url(POSTGRES or "").set(database=name).render_as_string(hide_password=False)
    asyncio.run(administer(f"CREATE DATABASE {name}"))
    yield {"DATABASE_URL": url, "SESSION_SECRET": KEY}
    asyncio.run(administer(f"DROP DATABASE {name} WITH (FORCE)"))


async def administer(statement: str) -> None:
    """Does what PostgreSQL does outside of transactions only."""
    engine = create_engine(POSTGRES or "", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture(scope="module")
def two(database: dict[str, str]) -> Iterator[list[str]]:
    """The addresses of two processes, which began at the same moment with an empty database."""
    ends = [started(signal.SIGTERM, **database) for _ in range(2)]
    with ThreadPoolExecutor() as threads:
        yield list(threads.map(lambda server: server.__enter__(), ends))
        list(threads.map(lambda server: server.__exit__(None, None, None), ends))


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What the actions return, each begun in a thread of its own when all are ready."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        barrier.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def thread_of(created: httpx.Response) -> str:
    """The thread that an answer to `threads.create` names."""
    begin = 'data: {"type":"thread.created"'
    (line,) = (line for line in created.text.splitlines() if line.startswith(begin))
    return json.loads(line.removeprefix("data: "))["thread"]["id"]


def texts(reader: Reader, thread: str) -> list[str]:
    items = reader.json("items.list", thread_id=thread, order="asc", limit=100)["data"]
    return [item["content"][0]["text"] for item in items]


def test_twins_that_reach_two_processes_at_once_are_stored_once(two: list[str]) -> None:
    readers = [Reader(two[0])]
    readers.append(Reader(two[1], secret=readers[0].secret))
    thread = readers[0].ask("hello").thread
    for turn in range(10):
        key = {"idempotency_key": f"turn-{turn}"}
        about = {"thread_id": thread, "input": message_of(f"What is a servo? {turn}")}
        add = partial(Reader.post, op="threads.add_user_message", metadata=key, **about)
        answers = at_once(*(partial(add, reader) for reader in readers))
        assert [answer.status_code for answer in answers] == [200, 200]
    stored = texts(readers[0], thread)
    assert len(stored) == 2 + 20
    assert len(set(stored[2::2])) == 10
    key = {"idempotency_key": "new"}
    create = partial(Reader.post, op="threads.create", metadata=key, input=message_of("hello"))
    created = at_once(*(partial(create, reader) for reader in readers))
    assert len({thread_of(answer) for answer in created}) == 1
    assert len(readers[0].json("threads.list")["data"]) == 2


def test_an_answer_of_a_killed_process_is_made_anew_by_another(
    two: list[str], database: dict[str, str]
) -> None:
    asked = {"input": message_of("What is a servo?")}
    key = {"idempotency_key": "one"}
    with (
        ExitStack() as still_listening,
        started(signal.SIGKILL, lease=1.5, WORD_DELAY_MS="200", **database) as address,
    ):
        reader = Reader(address)
        body = {**request("threads.create", **asked), "metadata": key}
        begun = HTTP.stream("POST", f"{address}/chatkit", json=body, headers=reader.headers)
        lines = still_listening.enter_context(begun).iter_lines()
        thread = json.loads(next(lines).removeprefix("data: "))["thread"]["id"]
        while "text_delta" not in next(lines):
            pass
    reader.address = two[0]
    again = reader.post("threads.create", key, **asked)
    assert again.text.startswith('data: {"type":"thread.created"')
    assert ": waiting" in again.text
    question, answer = texts(reader, thread)
    assert question == "What is a servo?"
    assert "To read on" in answer, "it is whole"
    assert [row["id"] for row in reader.json("threads.list")["data"]] == [thread]


def test_writes_of_two_processes_wait_for_one_another(two: list[str]) -> None:
    """Thirty readers at once: none of them is told that the database is locked."""

    def converse(address: str) -> list[int]:
        reader = Reader(address)
        first = reader.post("threads.create", input=message_of("hello"))
        thread = thread_of(first)
        statuses = [first.status_code]
        for turn in range(4):
            answer = reader.post(
                "threads.add_user_message",
                {"idempotency_key": str(turn)},
                thread_id=thread,
                input=message_of("hello"),
            )
            statuses.append(answer.status_code if "error" not in answer.text else 500)
        assert len(texts(reader, thread)) == 10
        return statuses

    answers = at_once(*(partial(converse, two[n % 2]) for n in range(30)))
    assert answers == [[200] * 5] * 30
