"""The scripted server of the browser tests (`tests/server`): with keys, and without."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .processes import free_port
from .support import HTTP, PATIENCE, message_of, request

FOLDER = Path(__file__).parent.parent.parent / "tests" / "server"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "serve.py", "--port", str(port)]
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"ready on http://127.0.0.1:{port}\n"
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(PATIENCE)


class Tenant:
    def __init__(self, address: str, name: str) -> None:
        self.url = f"{address}/t/{name}"

    def honour_keys(self) -> None:
        assert HTTP.post(f"{self.url}/control/idempotent").status_code == 204

    def session(self) -> Any:
        return HTTP.post(f"{self.url}/api/chatkit/session").json()

    def body(self, op: str, key: str | None, **params: Any) -> dict[str, Any]:
        return request(op, **params) | ({"metadata": {"idempotency_key": key}} if key else {})

    def json(self, op: str, key: str | None = None, **params: Any) -> Any:
        return HTTP.post(f"{self.url}/chatkit", json=self.body(op, key, **params)).json()

    def done(self, op: str, key: str | None = None, **params: Any) -> list[Any]:
        """The items of a stream."""
        answer = HTTP.post(f"{self.url}/chatkit", json=self.body(op, key, **params))
        events = [json.loads(line[6:]) for line in answer.text.splitlines() if line[:1] == "d"]
        return [event["item"] for event in events if event["type"] == "thread.item.done"]

    def items(self) -> list[Any]:
        (thread,) = self.json("threads.list")["data"]
        return self.json("items.list", thread_id=thread["id"], order="asc")["data"]


def test_a_tenant_ignores_keys(address: str) -> None:
    tenant = Tenant(address, "without")
    for _ in range(2):
        tenant.done("threads.create", "k", input=message_of("hello"))
    assert len(tenant.json("threads.list")["data"]) == 2
    assert "idempotent" not in tenant.session()


def test_a_tenant_that_was_told_to_honours_them(address: str) -> None:
    tenant = Tenant(address, "with")
    tenant.honour_keys()
    assert tenant.session()["idempotent"] is True
    first = tenant.done("threads.create", "k", input=message_of("hello"))
    assert tenant.done("threads.create", "k", input=message_of("hello")) == first
    assert tenant.items() == first
    refused = HTTP.post(
        f"{tenant.url}/chatkit",
        json=tenant.body("threads.create", "not a key", input=message_of("hello")),
    )
    assert refused.status_code == 400


def test_a_form_is_answered_once(address: str) -> None:
    tenant = Tenant(address, "form")
    tenant.honour_keys()
    asked = tenant.done("threads.create", "k", input=message_of("structured"))
    (form,) = (item for item in asked if item["type"] == "structured_input")
    answers = {"prio": {"values": ["High"], "skipped": False}}
    params = {"thread_id": form["thread_id"], "item_id": form["id"], "input": {"answers": answers}}
    first = tenant.done("threads.add_structured_input", "l", **params)
    kept = tenant.items()
    again = tenant.done("threads.add_structured_input", "l", **params)
    assert again[-len(first) :] == first
    assert tenant.items() == kept


def test_a_tool_answers_once(address: str) -> None:
    tenant = Tenant(address, "tool")
    tenant.honour_keys()
    tenant.done("threads.create", "k", input=message_of("tool"))
    call = tenant.items()[-1]
    params = {"thread_id": call["thread_id"], "result": {"sel": [1]}}
    first = tenant.done("threads.add_client_tool_output", "l", **params)
    assert first
    assert tenant.done("threads.add_client_tool_output", "l", **params) == first


def test_what_was_left_in_the_middle_is_there_once(address: str) -> None:
    tenant = Tenant(address, "left")
    tenant.honour_keys()
    body = tenant.body("threads.create", "k", input=message_of("wait here"))
    with HTTP.stream("POST", f"{tenant.url}/chatkit", json=body) as answer:
        lines = answer.iter_lines()
        while "thread.item.updated" not in next(lines):
            pass
    HTTP.post(f"{tenant.url}/control/open/here")
    again = tenant.done("threads.create", "k", input=message_of("wait here"))
    assert tenant.items() == again
    assert [item["type"] for item in again] == ["user_message", "assistant_message"]
