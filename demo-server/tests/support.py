"""A real server on a free port, and a reader who talks to it as the widget does."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import uvicorn
from starlette.types import ASGIApp

from demo_server.app import create_app
from demo_server.config import Settings
from demo_server.origins import LOCAL_PAGES, Origins

T = TypeVar("T")

BOOK = Path(__file__).parent / "book"
PAGE = "http://localhost:5173"
KEY = "a key for tests, long enough for HS256"
PATIENCE = 60.0
"""Seconds until a thing that should happen is taken not to happen. Starting Python with the SDK
takes five on a busy machine."""

#: No connection is used twice: a server closes an idle one, perhaps just when it is used again.
HTTP = httpx.Client(timeout=PATIENCE, limits=httpx.Limits(max_keepalive_connections=0))


def settings(folder: Path, **changes: Any) -> Settings:
    default = Settings(
        database_url=f"sqlite+aiosqlite:///{folder / 'test.sqlite'}",
        origins=Origins(LOCAL_PAGES),
        session_secret=KEY,
        session_ttl=timedelta(minutes=10),
        book_dir=BOOK,
        book_url=None,
        word_delay=0.0,
        body_timeout=30.0,
        openai_api_key=None,
    )
    return replace(default, **changes)


def eventually(what: str, look: Callable[[], T | None]) -> T:
    """The first true answer of `look`; fails with `what` if none comes in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = look()
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"did not happen: {what}")


def running(configuration: Settings) -> AbstractContextManager[str]:
    """The address of a demo server that runs in this process."""
    return serving(create_app(configuration))


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The address of an application that runs in this process."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        eventually("the server starts", lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@dataclass
class Reader:
    """One session: what one browser tab holds."""

    address: str
    secret: str = ""
    session_id: str = ""
    http: httpx.Client = HTTP
    page: str | None = None
    """Address of the page they are on, as the widget sends it with `pageContext`."""

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        answer = self.http.post(
            f"{self.address}/api/chatkit/session", json={"existing": self.secret or None}
        ).raise_for_status()
        self.secret = answer.json()["client_secret"]
        self.session_id = answer.json()["session_id"]

    def post(
        self, op: str, metadata: dict[str, Any] | None = None, **params: Any
    ) -> httpx.Response:
        body = request(op, **params)
        if metadata is not None:
            body["metadata"] = metadata
        return self.http.post(f"{self.address}/chatkit", json=body, headers=self.headers)

    def json(self, op: str, **params: Any) -> Any:
        return self.post(op, **params).raise_for_status().json()

    def events(self, op: str, **params: Any) -> list[dict[str, Any]]:
        """Every event of a streaming operation, read to its end."""
        answer = self.post(op, **params).raise_for_status()
        return [json.loads(line[6:]) for line in answer.text.split("\n") if line]

    def ask(self, text: str, thread: str | None = None, **message: Any) -> "Turn":
        about: dict[str, Any] = {"input": message_of(text, **message)}
        if self.page is not None:
            about["metadata"] = {"page": {"url": self.page, "title": "A page"}}
        if thread is None:
            return Turn(self.events("threads.create", **about))
        return Turn(self.events("threads.add_user_message", thread_id=thread, **about), thread)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", "Origin": PAGE}


@dataclass
class Turn:
    """The events of one question and its answer."""

    events: list[dict[str, Any]]
    thread: str = ""

    def __post_init__(self) -> None:
        for event in self.of("thread.created"):
            self.thread = event["thread"]["id"]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    def updates(self, kind: str) -> list[dict[str, Any]]:
        updates = [event["update"] for event in self.of("thread.item.updated")]
        return [update for update in updates if update["type"].endswith(kind)]

    @property
    def question(self) -> dict[str, Any]:
        (item,) = [
            event["item"]
            for event in self.of("thread.item.done")
            if event["item"]["type"] == "user_message"
        ]
        return item

    @property
    def answer(self) -> dict[str, Any]:
        (item,) = [
            event["item"]
            for event in self.of("thread.item.done")
            if event["item"]["type"] == "assistant_message"
        ]
        return item

    @property
    def text(self) -> str:
        return self.answer["content"][0]["text"]

    @property
    def sources(self) -> list[str]:
        return [a["source"]["url"] for a in self.answer["content"][0]["annotations"]]


def request(op: str, **params: Any) -> dict[str, Any]:
    return {"type": op, "params": params}


def message_of(text: str, **more: Any) -> dict[str, Any]:
    return {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
        **more,
    }


def begun(address: str, reader: Reader, path: str = "/chatkit") -> socket.socket:
    """A connection on which the beginning of a body was sent."""
    where = urlsplit(address)
    assert where.hostname is not None
    connection = socket.create_connection((where.hostname, where.port), timeout=PATIENCE)
    headers = f"Host: x\r\nAuthorization: {reader.headers['Authorization']}\r\n"
    connection.sendall(
        f"POST {path} HTTP/1.1\r\n{headers}Content-Length: 100000\r\n\r\n{{".encode()
    )
    return connection
