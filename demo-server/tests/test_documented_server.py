"""The server of `docs/backend.md`, taken from the document and run as a stranger would run it."""

import importlib
import json
import logging
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from agents import ModelResponse
from agents.models.interface import Model
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
)

from .support import HTTP, Reader, begun, message_of, request, serving

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = (ROOT / "docs" / "backend.md").read_text(encoding="utf-8")
PAGE = "http://localhost:3000"
"""An origin that the server of the document allows."""


def python_after(words: str) -> str:
    """The first block of Python behind `words`."""
    _, found, rest = DOCUMENT.partition(words)
    assert found, f"docs/backend.md has no {words!r}"
    block = re.search(r"```python\n(.*?)```", rest, re.DOTALL)
    assert block is not None
    return block.group(1)


SERVER, MEMORY = python_after("`server.py`:"), python_after("`memory.py`, in whose place")
KEYS = python_after("`idempotency.py`, by which")
MODEL, FILES = python_after("## A model"), python_after("## Files")


class PageReader(Reader):
    """A reader on a page of an allowed origin. The server names no session to them."""

    def renew(self) -> None:
        answer = self.http.post(
            f"{self.address}/api/chatkit/session", json={"existing": self.secret or None}
        ).raise_for_status()
        assert answer.json()["expires_in"] > 0
        assert answer.json()["idempotent"] is True
        self.secret = answer.json()["client_secret"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", "Origin": PAGE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documented")
    (folder / "server.py").write_text(SERVER, encoding="utf-8")
    (folder / "memory.py").write_text(MEMORY, encoding="utf-8")
    (folder / "idempotency.py").write_text(KEYS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[ModuleType]:
    """The module, as `uvicorn server:app` imports it."""
    assert "uvicorn server:app" in DOCUMENT
    sys.path.insert(0, str(folder))
    yield importlib.import_module("server")
    sys.path.remove(str(folder))
    for name in ("server", "memory", "idempotency"):
        sys.modules.pop(name)


@pytest.fixture(scope="module")
def address(server: ModuleType) -> Iterator[str]:
    with serving(server.app) as address:
        yield address


@pytest.fixture
def reader(address: str) -> PageReader:
    return PageReader(address)


def test_it_has_sixty_lines_that_the_linter_likes(folder: Path) -> None:
    assert sum(bool(line.strip()) for line in SERVER.splitlines()) <= 60
    (folder / "model.py").write_text(MODEL, encoding="utf-8")
    (folder / "files.py").write_text(FILES, encoding="utf-8")
    config = ROOT / "demo-server" / "pyproject.toml"
    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--config", str(config), "."]
        run = subprocess.run(ruff, cwd=folder, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout


def test_a_conversation_is_streamed_and_goes_on(reader: PageReader) -> None:
    first = reader.ask("What is a servo?")
    deltas = [update["delta"] for update in first.updates("text_delta")]
    assert len(deltas) > 5
    assert "".join(deltas).strip() == first.text
    assert first.text.endswith("What is a servo?")
    second = reader.ask("And a stepper?", first.thread)
    assert second.text.endswith("And a stepper?")
    kept = reader.json("threads.get_by_id", thread_id=first.thread)
    assert kept["title"] == "What is a servo?"
    assert [item["id"] for item in kept["items"]["data"]] == [
        item["id"] for item in (first.question, first.answer, second.question, second.answer)
    ]


def test_words_arrive_while_the_answer_is_being_written(reader: PageReader) -> None:
    body = request("threads.create", input=message_of("one two three four five six"))
    url = f"{reader.address}/chatkit"
    with HTTP.stream("POST", url, json=body, headers=reader.headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "no-transform" in answer.headers["cache-control"]
        assert answer.headers["x-accel-buffering"] == "no"
        assert len(list(answer.iter_raw())) > 5


def test_long_lists_come_in_pages(reader: PageReader) -> None:
    thread = reader.ask("0").thread
    for number in range(1, 4):
        reader.ask(str(number), thread)
    seen: list[str] = []
    after = None
    while True:
        page = reader.json("items.list", thread_id=thread, limit=3, order="desc", after=after)
        seen += [item["id"] for item in page["data"]]
        if not page["has_more"]:
            break
        after = page["after"]
    assert len(seen) == len(set(seen)) == 8


def test_a_renewed_session_is_the_same_reader_and_a_new_one_is_not(
    address: str, reader: PageReader
) -> None:
    thread = reader.ask("What is a servo?").thread
    reader.renew()
    assert [row["id"] for row in reader.json("threads.list")["data"]] == [thread]
    stranger = PageReader(address)
    assert stranger.json("threads.list")["data"] == []
    for op in ("threads.get_by_id", "items.list"):
        assert stranger.post(op, thread_id=thread).status_code == 404
    assert stranger.post("threads.delete", thread_id=thread).status_code == 404
    assert len(reader.json("threads.list")["data"]) == 1
    lost = PageReader(address, secret="of a server that was started anew")
    assert lost.json("threads.list")["data"] == []


def test_another_answer_takes_the_place_of_the_old_one(reader: PageReader) -> None:
    turn = reader.ask("What is a servo?")
    reader.events("threads.retry_after_item", thread_id=turn.thread, item_id=turn.question["id"])
    kept = reader.json("items.list", thread_id=turn.thread)["data"]
    assert [item["type"] for item in kept] == ["assistant_message", "user_message"]
    assert kept[0]["id"] != turn.answer["id"]
    assert reader.json("threads.delete", thread_id=turn.thread) == {}
    assert reader.json("threads.list")["data"] == []


KEY = {"idempotency_key": "5b0f2c1e-0d57-4c8c-9f35-3a1f6a3c7f10"}


def items_of(reader: PageReader, thread: str) -> list[dict[str, Any]]:
    return reader.json("items.list", thread_id=thread, order="asc")["data"]


def done(answer: httpx.Response) -> list[dict[str, Any]]:
    """The items of an answer, each as it was when it was finished."""
    events = [json.loads(line[6:]) for line in answer.text.split("\n") if line]
    return [event["item"] for event in events if event["type"] == "thread.item.done"]


def test_a_repeated_message_is_stored_once(reader: PageReader) -> None:
    first, again = (
        reader.post("threads.create", KEY, input=message_of("What is a servo?")) for _ in range(2)
    )
    (thread,) = reader.json("threads.list")["data"]
    assert f'"thread.created","thread":{{"id":"{thread["id"]}"' in again.text
    assert done(again) == done(first) == items_of(reader, thread["id"])
    for _ in range(2):
        about = {"thread_id": thread["id"], "input": message_of("And a stepper?")}
        added = reader.post("threads.add_user_message", {"idempotency_key": "other"}, **about)
        assert done(added) == items_of(reader, thread["id"])[2:]
    assert len(items_of(reader, thread["id"])) == 4
    stranger = PageReader(reader.address)
    stranger.post("threads.create", KEY, input=message_of("What is a servo?"))
    assert len(stranger.json("threads.list")["data"]) == 1


def test_of_twins_one_is_stored(reader: PageReader) -> None:
    with ThreadPoolExecutor() as threads:
        asked = {"input": message_of("What is a servo?")}
        twins = [threads.submit(reader.post, "threads.create", KEY, **asked) for _ in range(3)]
    (thread,) = reader.json("threads.list")["data"]
    assert [done(twin.result()) for twin in twins] == [items_of(reader, thread["id"])] * 3


def leave(reader: PageReader, op: str, **params: Any) -> None:
    """Sends a request with the key, and goes away when the answer has begun."""
    body = {**request(op, **params), "metadata": KEY}
    url = f"{reader.address}/chatkit"
    with HTTP.stream("POST", url, json=body, headers=reader.headers) as answer:
        lines = answer.iter_lines()
        while "text_delta" not in next(lines):
            pass


def test_a_repetition_of_what_was_cut_off_answers_anew(reader: PageReader) -> None:
    asked = {"input": message_of("What is a servo?")}
    leave(reader, "threads.create", **asked)
    again = reader.post("threads.create", KEY, **asked)
    (thread,) = reader.json("threads.list")["data"]
    question, answer = items_of(reader, thread["id"])
    assert done(again) == [question, answer]
    assert answer["content"][0]["text"].endswith("What is a servo?")
    assert done(reader.post("threads.create", KEY, **asked)) == [question, answer]


@pytest.mark.parametrize("op", ["threads.create", "threads.retry_after_item"])
def test_a_late_repetition_takes_nothing_newer_away(reader: PageReader, op: str) -> None:
    params: dict[str, Any] = {"input": message_of("What is a servo?")}
    if op == "threads.retry_after_item":
        turn = reader.ask("What is a servo?")
        params = {"thread_id": turn.thread, "item_id": turn.question["id"]}
    leave(reader, op, **params)
    (thread,) = reader.json("threads.list")["data"]
    reader.ask("And a stepper?", thread["id"])
    before = items_of(reader, thread["id"])
    reader.post(op, KEY, **params)
    assert items_of(reader, thread["id"]) == before


def test_repeated_feedback_is_noted_once(
    server: ModuleType, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []

    async def note(_thread: str, items: list[str], *_more: object) -> None:
        noted.extend(items)

    monkeypatch.setattr(server.chat, "add_feedback", note)
    turn = reader.ask("What is a servo?")
    about = {"thread_id": turn.thread, "item_ids": [turn.answer["id"]], "kind": "positive"}
    for _ in range(2):
        assert reader.post("items.feedback", KEY, **about).json() == {}
    assert noted == [turn.answer["id"]]


def test_every_error_can_be_read_by_the_page(
    server: ModuleType, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the disk is full")

    unknown = message_of("x")
    errors = {
        404: reader.post("threads.add_user_message", thread_id="thr_no", input=unknown),
        401: HTTP.post(f"{reader.address}/chatkit", json={}, headers={"Origin": PAGE}),
    }
    monkeypatch.setattr(server.chat.store, "load_threads", fail)
    errors[500] = reader.post("threads.list")
    for status, answer in errors.items():
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == PAGE
        assert "disk" not in answer.text


def test_a_browser_that_leaves_in_mid_request_is_no_traceback(
    reader: PageReader, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("uvicorn.error")
    caplog.set_level(logging.ERROR, logger=log.name)
    log.addHandler(caplog.handler)
    begun(reader.address, reader).close()
    reader.ask("What is a servo?")
    log.removeHandler(caplog.handler)
    assert caplog.text == ""


def test_a_secret_ends(
    server: ModuleType, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "LIFE", -1)
    answer = HTTP.post(f"{reader.address}/api/chatkit/session", json={"existing": reader.secret})
    reader.secret = answer.json()["client_secret"]
    assert reader.post("threads.list").status_code == 401


def test_only_the_pages_it_names_may_ask(address: str) -> None:
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,chatkit-frame-instance-id,content-type",
    }
    allowed = HTTP.options(f"{address}/chatkit", headers={"Origin": PAGE, **asked})
    assert allowed.status_code == 200
    assert "chatkit-frame-instance-id" in allowed.headers["access-control-allow-headers"]
    foreign = HTTP.options(f"{address}/chatkit", headers={"Origin": "https://e.example", **asked})
    assert "access-control-allow-origin" not in foreign.headers


class StandIn(Model):
    """A model that says one sentence and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    async def get_response(self, *_arguments: Any, **_named: Any) -> ModelResponse:
        raise NotImplementedError("an answer that is streamed asks for a stream")

    async def stream_response(
        self, _instructions: Any, told: Any, *_arguments: Any, **_named: Any
    ) -> AsyncIterator[Any]:
        self.told.append(told)
        text = ResponseOutputText(type="output_text", text="A motor that holds.", annotations=[])
        message = ResponseOutputMessage(
            id="msg_of_a_model",
            type="message",
            role="assistant",
            status="completed",
            content=[text],
        )
        yield ResponseOutputItemDoneEvent(
            type="response.output_item.done", item=message, output_index=0, sequence_number=0
        )
        response = Response.model_construct(
            id="resp_1", output=[message], usage=None, status="completed"
        )
        yield ResponseCompletedEvent.model_construct(
            type="response.completed", response=response, sequence_number=1
        )


def test_a_model_answers_in_the_place_that_the_document_names(
    server: ModuleType, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    block: dict[str, Any] = {}
    exec(compile(MODEL, "docs/backend.md", "exec"), block)  # noqa: S102
    model = StandIn()
    block["agent"].model = model
    monkeypatch.setenv("OPENAI_AGENTS_DISABLE_TRACING", "1")
    monkeypatch.setattr(server, "chat", block["Helper"](server.chat.store))
    first = reader.ask("What is a servo?")
    assert first.text == "A motor that holds."
    reader.ask("Why?", first.thread)
    assert [str(part).count("servo") for part in (model.told[0], model.told[1])] == [1, 1]
    assert "Why?" in str(model.told[1])


def test_a_file_arrives_with_its_message(folder: Path, server: ModuleType) -> None:
    changes = python_after("Three lines of `server.py` change:").strip().splitlines()
    changed = SERVER.replace(
        "from memory import", "from files import Files, router\nfrom memory import"
    )
    for line in changes:
        name = line.split(" = ")[0]
        if " = " in line:
            changed, count = re.subn(
                rf"^{name} = .*$", lambda _, new=line: new, changed, flags=re.M
            )
            assert count == 1, f"server.py has no one line {name!r}"
        else:
            changed += line + "\n"
    (folder / "files.py").write_text(FILES, encoding="utf-8")
    (folder / "server_with_files.py").write_text(changed, encoding="utf-8")
    module, files = (importlib.import_module(name) for name in ("server_with_files", "files"))
    with serving(module.app) as address:
        files.HERE = address
        reader = PageReader(address)
        file = {"name": "a.txt", "size": 3, "mime_type": "text/plain"}
        announced = reader.post("attachments.create", KEY, **file).json()
        assert reader.post("attachments.create", KEY, **file).json() == announced
        assert list(files.BYTES) == [announced["id"]]
        where = announced["upload_descriptor"]["url"]
        asked = {"Origin": PAGE, "Access-Control-Request-Method": "PUT"}
        assert HTTP.options(where, headers=asked).status_code == 200
        assert HTTP.put(where, content=b"abc", headers=reader.headers).status_code == 204
        assert files.BYTES[announced["id"]] == b"abc"
        again = HTTP.put(where, content=b"xyz", headers=reader.headers)
        assert again.status_code == 404
        assert again.headers["access-control-allow-origin"] == PAGE
        turn = reader.ask("What is in it?", attachments=[announced["id"]])
        assert turn.question["attachments"][0]["name"] == "a.txt"
        assert reader.json("attachments.delete", attachment_id=announced["id"]) == {}
        assert files.BYTES == {}
    for name in ("server_with_files", "files"):
        sys.modules.pop(name)
