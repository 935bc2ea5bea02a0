"""With a key a model answers. Everything here is real but OpenAI, which a small server stands in
for: it speaks the Responses API, and plays a model that searches the book and then answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .support import HTTP, PAGE, Reader, running, serving, settings

KEY = "sk-test-key"


class StandIn:
    """OpenAI, as far as this server uses it."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.strangers: list[str] = []
        self.fails = False
        self.app = Starlette(
            routes=[
                Route("/v1/responses", self.respond, methods=["POST"]),
                Route("/{path:path}", self.stranger, methods=["GET", "POST"]),
            ]
        )

    async def stranger(self, request: Request) -> Response:
        self.strangers.append(request.url.path)
        return Response(status_code=404)

    async def respond(self, request: Request) -> Response:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        if self.fails:
            return JSONResponse({"error": {"message": "wrong key " + KEY}}, 401)
        body = await request.json()
        self.requests.append(body)
        found = [item for item in body["input"] if item.get("type") == "function_call_output"]
        events = answering(found[-1]["output"]) if found else searching()
        frames = "".join(
            f"event: {event['type']}\ndata: {json.dumps({**event, 'sequence_number': number})}\n\n"
            for number, event in enumerate(events)
        )
        return Response(frames, media_type="text/event-stream")


def response(status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "status": status,
        "model": "stand-in",
        "output": output,
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 1,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 1,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 2,
        },
    }


def searching() -> list[dict[str, Any]]:
    call = {
        "id": "fc_1",
        "type": "function_call",
        "call_id": "call_1",
        "name": "search_textbook",
        "arguments": '{"query": "What is a servo?"}',
        "status": "completed",
    }
    return [
        {"type": "response.created", "response": response("in_progress", [])},
        {"type": "response.output_item.added", "output_index": 0, "item": call},
        {"type": "response.output_item.done", "output_index": 0, "item": call},
        {"type": "response.completed", "response": response("completed", [call])},
    ]


def answering(found: str) -> list[dict[str, Any]]:
    # What the tool gave comes back as the answer, so that a reader's view shows it arrived.
    words = ["Found: ", "http" + found.split("http", 1)[1].split("'")[0].split('"')[0], "."]
    text = "".join(words)
    place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    part = {"type": "output_text", "text": text, "annotations": []}
    message = {"id": "msg_1", "type": "message", "role": "assistant"}
    done = {**message, "status": "completed", "content": [part]}
    empty = {**message, "status": "in_progress", "content": []}
    return [
        {"type": "response.created", "response": response("in_progress", [])},
        {"type": "response.output_item.added", "output_index": 0, "item": empty},
        {"type": "response.content_part.added", **place, "part": {**part, "text": ""}},
        *(
            {"type": "response.output_text.delta", **place, "delta": word, "logprobs": []}
            for word in words
        ),
        {"type": "response.output_text.done", **place, "text": text, "logprobs": []},
        {"type": "response.content_part.done", **place, "part": part},
        {"type": "response.output_item.done", "output_index": 0, "item": done},
        {"type": "response.completed", "response": response("completed", [done])},
    ]


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    stand_in = StandIn()
    with serving(stand_in.app) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        yield stand_in


@pytest.fixture
def reader(openai: StandIn, tmp_path: Path) -> Iterator[Reader]:
    with running(settings(tmp_path, openai_api_key=KEY)) as address:
        yield Reader(address)


def test_the_model_searches_the_book_and_its_answer_streams(
    reader: Reader, openai: StandIn
) -> None:
    turn = reader.ask("What is a servo?")
    assert turn.of("error") == []
    assert turn.text == f"Found: {PAGE}/book/servos#what-is-a-servo."
    deltas = [update["delta"] for update in turn.updates("text_delta")]
    assert (len(deltas), deltas[0]) == (3, "Found: ")
    assert [event["text"] for event in turn.of("progress_update")] == ["Looking in the textbook…"]
    assert reader.json("threads.list")["data"][0]["title"] == "What is a servo?"
    assert openai.strangers == []

    first, second = openai.requests
    assert [tool["name"] for tool in first["tools"]] == ["search_textbook"]
    assert "textbook" in first["instructions"]
    assert len(second["input"]) > len(first["input"])


def test_the_model_is_told_what_was_said_before(reader: Reader, openai: StandIn) -> None:
    turn = reader.ask("What is a servo?")
    reader.ask("And a stepper?", turn.thread)
    said = json.dumps(openai.requests[-1]["input"])
    assert said.index("What is a servo?") < said.index("Found: ") < said.index("And a stepper?")


def test_a_model_that_fails_can_be_tried_again_and_leaks_nothing(
    reader: Reader, openai: StandIn
) -> None:
    openai.fails = True
    turn = reader.ask("What is a servo?")
    (error,) = turn.of("error")
    assert error == {"type": "error", "code": "stream.error", "allow_retry": True}
    assert KEY not in json.dumps(turn.events)
    openai.fails = False
    events = reader.events(
        "threads.retry_after_item", thread_id=turn.thread, item_id=turn.question["id"]
    )
    assert events[-1]["item"]["content"][0]["text"].startswith("Found: ")


def test_health_says_who_answers(reader: Reader) -> None:
    assert HTTP.get(f"{reader.address}/healthz").json()["answers"] == "model"
