"""Every failure is JSON that a page of an allowed origin can read."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from demo_server.origins import Origins
from demo_server.store import DatabaseStore

from .support import HTTP, PAGE, Reader, message_of, request, running, settings


def readable(answer: httpx.Response) -> dict[str, str]:
    """The error, after checking that a page may read it."""
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "Origin" in answer.headers["vary"]
    error = answer.json()["error"]
    assert set(error) == {"code", "message"}
    return error


def post(reader: Reader, body: Any) -> httpx.Response:
    content = body if isinstance(body, bytes) else None
    return reader.http.post(
        f"{reader.address}/chatkit",
        content=content,
        json=None if content is not None else body,
        headers=reader.headers,
    )


def test_401_is_readable(address: str) -> None:
    answer = HTTP.post(f"{address}/chatkit", json={}, headers={"Origin": PAGE})
    assert answer.status_code == 401
    assert readable(answer)["code"] == "session_missing"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "no_such_endpoint"),
        ("GET", "/docs", 404, "no_such_endpoint"),
        ("GET", "/chatkit", 405, "wrong_method"),
        ("GET", "/api/chatkit/session", 405, "wrong_method"),
    ],
)
def test_a_wrong_address_is_readable(
    address: str, method: str, path: str, status: int, code: str
) -> None:
    answer = HTTP.request(method, address + path, headers={"Origin": PAGE})
    assert answer.status_code == status
    assert readable(answer)["code"] == code


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (b"", "invalid_json", "not JSON"),
        (b'{"type":"threads.create",', "invalid_json", "not JSON"),
        (b"\xff\xfe", "invalid_json", "not JSON"),
        (b'{"type":"threads.list","params":{"after":"\\ud800"}}', "invalid_json", "not JSON"),
        (b"[" * 100_000, "invalid_json", "not JSON"),
        (b"[]", "invalid_request", "The body"),
        ({}, "invalid_request", "type is missing"),
        ({"type": 5}, "unknown_operation", "type"),
        (request("threads.explode"), "unknown_operation", "type"),
        ({"type": "threads.list"}, "invalid_request", "params:"),
        (request("threads.create", input={}), "invalid_request", "params.input.content:"),
        (request("threads.list", order="up"), "invalid_request", "params.order:"),
        (
            request(
                "threads.create", input={**message_of("x"), "content": [{"type": "input_tag"}]}
            ),
            "invalid_request",
            "params.input.content.0",
        ),
        (request("attachments.create", name="a", size=1, mime_type="b"), "not_supported", "offer"),
        (request("input.transcribe", audio_base64="", mime_type="b"), "not_supported", "offer"),
    ],
)
def test_a_bad_request_names_what_is_wrong(
    reader: Reader, body: Any, code: str, words: str
) -> None:
    answer = post(reader, body)
    assert answer.status_code == 400
    error = readable(answer)
    assert error["code"] == code
    assert words in error["message"]


@pytest.mark.parametrize(
    ("op", "params"),
    [
        ("threads.get_by_id", {"thread_id": "thr_nope"}),
        ("items.list", {"thread_id": "thr_nope"}),
        ("threads.update", {"thread_id": "thr_nope", "title": "x"}),
        ("threads.add_user_message", {"thread_id": "thr_nope", "input": message_of("x")}),
        ("threads.retry_after_item", {"thread_id": "thr_nope", "item_id": "m"}),
    ],
)
def test_an_unknown_thread_is_a_404_and_no_stream_that_breaks_off(
    reader: Reader, op: str, params: dict[str, Any]
) -> None:
    answer = reader.post(op, **params)
    assert answer.status_code == 404
    assert readable(answer)["code"] == "thread_not_found"


def test_an_unknown_attachment_leaves_no_empty_thread_behind(reader: Reader) -> None:
    answer = reader.post("threads.create", input=message_of("x", attachments=["atc_nope"]))
    assert answer.status_code == 404
    assert readable(answer)["code"] == "attachment_not_found"
    assert reader.json("threads.list")["data"] == []


def test_retrying_what_cannot_be_retried_is_said_before_the_stream(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    unknown = reader.post("threads.retry_after_item", thread_id=turn.thread, item_id="msg_nope")
    assert unknown.status_code == 404
    assert readable(unknown)["code"] == "item_not_found"
    answer = reader.post(
        "threads.retry_after_item", thread_id=turn.thread, item_id=turn.answer["id"]
    )
    assert answer.status_code == 400
    assert readable(answer)["code"] == "not_a_user_message"


def test_output_nobody_waits_for_is_refused(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    tool = reader.post("threads.add_client_tool_output", thread_id=turn.thread, result=None)
    form = reader.post(
        "threads.add_structured_input",
        thread_id=turn.thread,
        item_id=turn.question["id"],
        input={},
    )
    assert (tool.status_code, readable(tool)["code"]) == (409, "no_pending_tool_call")
    assert (form.status_code, readable(form)["code"]) == (409, "no_pending_input")


def test_a_flood_is_cut_off(reader: Reader) -> None:
    answer = post(reader, b"x" * (1024 * 1024 + 1))
    assert answer.status_code == 413
    assert readable(answer)["code"] == "too_large"


def test_an_unexpected_failure_is_readable_and_tells_no_secrets(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the password is 1234")

    monkeypatch.setattr(DatabaseStore, "load_threads", fail)
    answer = reader.post("threads.list")
    assert answer.status_code == 500
    assert readable(answer)["code"] == "internal_error"
    assert "1234" not in answer.text


@pytest.mark.parametrize(
    "failure",
    [OperationalError("SELECT", {}, Exception("database is locked")), ConnectionRefusedError()],
    ids=["locked", "refused"],
)
def test_a_database_that_is_away_is_worth_another_try(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async def fail(*_arguments: object, **_named: object) -> None:
        raise failure

    monkeypatch.setattr(DatabaseStore, "ping", fail)
    answer = reader.post("threads.create", input=message_of("What is a servo?"))
    assert answer.status_code == 503
    assert readable(answer)["code"] == "database_unavailable"
    assert answer.headers["retry-after"] == "1"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    health = HTTP.get(f"{reader.address}/healthz")
    assert health.status_code == 503


def test_health(address: str) -> None:
    answer = HTTP.get(f"{address}/healthz")
    assert answer.json() == {"status": "ok", "answers": "full-text search"}


def test_a_page_of_a_foreign_origin_reads_nothing(address: str) -> None:
    for origin in ("https://evil.example", "http://localhost.evil.example", "null"):
        answer = HTTP.post(f"{address}/api/chatkit/session", json={}, headers={"Origin": origin})
        assert "access-control-allow-origin" not in answer.headers


def test_only_the_origins_in_the_settings_may_call(tmp_path: Path) -> None:
    origins = Origins(["https://docs.example.org", "http://localhost:4000"])
    with running(settings(tmp_path, origins=origins)) as address:
        for origin, allowed in {
            "https://docs.example.org": True,
            "http://localhost:4000": True,
            "http://localhost:4001": False,
            "http://docs.example.org": False,
            "https://docs.example.org.evil.example": False,
            PAGE: False,
        }.items():
            answer = HTTP.post(
                f"{address}/api/chatkit/session", json={}, headers={"Origin": origin}
            )
            assert (answer.headers.get("access-control-allow-origin") == origin) is allowed


def test_the_browsers_question_before_the_request_is_answered(address: str) -> None:
    answer = HTTP.options(
        f"{address}/chatkit",
        headers={
            "Origin": PAGE,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,chatkit-frame-instance-id",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "chatkit-frame-instance-id" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers


def test_readers_do_not_wait_for_one_another(address: str) -> None:
    async def ask_all() -> list[int]:
        async with httpx.AsyncClient(timeout=20) as http:

            async def converse() -> int:
                opened = await http.post(f"{address}/api/chatkit/session", json={})
                headers = {"Authorization": f"Bearer {opened.json()['client_secret']}"}
                body = request("threads.create", input=message_of("What is a servo?"))
                answer = await http.post(f"{address}/chatkit", json=body, headers=headers)
                assert "thread.item.done" in answer.text
                listed = await http.post(
                    f"{address}/chatkit", json=request("threads.list"), headers=headers
                )
                return len(listed.json()["data"])

            return await asyncio.gather(*(converse() for _ in range(25)))

    assert asyncio.run(ask_all()) == [1] * 25
