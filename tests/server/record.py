"""Drives every operation against the scripted server and writes what was on the wire.

For each recording: `<name>.request.json` (what was posted) and `<name>.sse`, `.json` or `.txt` (the answer's
bytes, untouched). `index.json` lists them with status, content type and whether the connection was cut.
"""

import argparse
import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from app import create_app

#: The words that are recorded, in the order that gives the recordings their ids. A word that is for browsers only
#: (because it waits, or is long) is not among them.
RECORDED = (
    "hello text oneshot parts annotations tool widget component workflow reasoning task image structured effects "
    "notice progress lock close title replace remove turns hidden many silence error refuse crash midway blocked cut"
).split()

FIXTURES = Path(__file__).parent.parent / "fixtures" / "wire"


@contextmanager
def running_server() -> Iterator[str]:
    """The server on a free port of the loopback interface."""
    server = uvicorn.Server(uvicorn.Config(create_app(), host="127.0.0.1", port=0, log_level="critical"))
    socket = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}/chatkit"
    finally:
        server.should_exit = True
        thread.join()


class Recorder:
    """Posts requests and keeps files and index in memory until all of them succeeded."""

    def __init__(self, client: httpx.Client, url: str) -> None:
        self.client = client
        self.url = url
        self.files: dict[str, bytes] = {}
        self.index: list[dict[str, Any]] = []

    def post(self, name: str, op: str, params: Any, **more: Any) -> bytes:
        request = {"type": op, "params": params, **more}
        return self.post_raw(name, json.dumps(request, ensure_ascii=False, indent=1).encode(), op)

    def post_raw(self, name: str, request: bytes, op: str | None = None) -> bytes:
        body, was_cut = b"", False
        with self.client.stream("POST", self.url, content=request) as response:
            try:
                for chunk in response.iter_raw():
                    body += chunk
            except httpx.RemoteProtocolError:
                was_cut = True
            content_type = response.headers["content-type"]
        suffix = {"text/event-stream": "sse", "application/json": "json"}.get(content_type.split(";")[0], "txt")
        self.files[f"{name}.request.json"] = request
        self.files[f"{name}.{suffix}"] = body
        entry = {"name": name, "body": f"{name}.{suffix}", "status": response.status_code}
        self.index.append(entry | {"content_type": content_type, "op": op, "cut": was_cut})
        return body

    def json(self, name: str, op: str, params: Any, **more: Any) -> Any:
        return json.loads(self.post(name, op, params, **more))

    def events(self, name: str, op: str, params: Any) -> list[Any]:
        body = self.post(name, op, params).decode()
        return [json.loads(frame.removeprefix("data: ")) for frame in body.split("\n\n") if frame.endswith("}")]


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"content": [{"type": "input_text", "text": text}], "attachments": [], "inference_options": {}, **more}


def items(events: list[Any], kind: str) -> list[Any]:
    return [event["item"] for event in events if event.get("item", {}).get("type") == kind]


def record_scripts(recorder: Recorder) -> dict[str, list[Any]]:
    """Each script in a thread of its own."""
    return {name: recorder.events(name, "threads.create", {"input": message(name)}) for name in RECORDED}


def record_follow_ups(recorder: Recorder, played: dict[str, list[Any]]) -> None:
    """What continues a turn, repeats it or acts on its items."""

    def thread_of(script: str) -> str:
        return played[script][0]["thread"]["id"]

    recorder.events(
        "follow-up", "threads.add_user_message", {"thread_id": thread_of("hello"), "input": message("oneshot")}
    )
    result = {"thread_id": thread_of("tool"), "result": {"sel": [1, 2], "none": None}}
    recorder.events("tool-output", "threads.add_client_tool_output", result)

    [questions] = items(played["structured"], "structured_input")
    answers = {"prio": {"values": ["High"], "skipped": False}, "notes": {"values": [], "skipped": True}}
    answered = {"thread_id": thread_of("structured"), "item_id": questions["id"]}
    recorder.events(
        "structured-answered",
        "threads.add_structured_input",
        answered | {"input": {"status": "answered", "answers": answers}},
    )
    again = recorder.events(
        "structured-again",
        "threads.add_user_message",
        {"thread_id": thread_of("structured"), "input": message("structured")},
    )
    [questions] = items(again, "structured_input")
    skipped = {"thread_id": thread_of("structured"), "item_id": questions["id"]}
    recorder.events(
        "structured-skipped", "threads.add_structured_input", skipped | {"input": {"status": "skipped", "answers": {}}}
    )

    asked = items(played["hello"], "user_message")[0]["id"]
    recorder.events("retry", "threads.retry_after_item", {"thread_id": thread_of("hello"), "item_id": asked})
    recorder.events(
        "retry-unknown-item", "threads.retry_after_item", {"thread_id": thread_of("hello"), "item_id": "nope"}
    )

    sender = {"thread_id": thread_of("widget"), "item_id": items(played["widget"], "widget")[-1]["id"]}
    action = {"type": "send", "payload": {"id": 1, "title": "x"}}
    recorder.events("action", "threads.custom_action", sender | {"action": action})
    recorder.events(
        "action-without-item", "threads.custom_action", {"thread_id": thread_of("widget"), "action": {"type": "ping"}}
    )
    recorder.events(
        "action-on-a-message",
        "threads.custom_action",
        {"thread_id": thread_of("hello"), "item_id": asked, "action": action},
    )
    recorder.json("sync-action", "threads.sync_custom_action", sender | {"action": action})
    recorder.json(
        "sync-action-without-item",
        "threads.sync_custom_action",
        {"thread_id": thread_of("widget"), "action": {"type": "ping"}},
    )


def record_messages(recorder: Recorder, thread_id: str) -> None:
    """Everything a user message can carry."""
    file = recorder.json(
        "attachment-file", "attachments.create", {"name": "a.txt", "size": 3, "mime_type": "text/plain"}
    )
    image = recorder.json(
        "attachment-image", "attachments.create", {"name": "é.png", "size": 99, "mime_type": "image/png"}
    )
    tag = {
        "type": "input_tag",
        "id": "ent_1",
        "text": "Servo",
        "data": {"page": "2"},
        "group": "Parts",
        "interactive": True,
    }
    rich = {
        "content": [
            {"type": "input_text", "text": "oneshot about "},
            tag,
            {"type": "input_tag", "id": "ent_2", "text": "x", "data": {}},
        ],
        "attachments": [file["id"], image["id"]],
        "quoted_text": "A servo holds a position.",
        "inference_options": {"tool_choice": {"id": "search"}, "model": "fast"},
    }  # fmt: skip
    recorder.events("rich-message", "threads.add_user_message", {"thread_id": thread_id, "input": rich})
    recorder.json("attachment-delete", "attachments.delete", {"attachment_id": file["id"]})
    recorder.json(
        "feedback", "items.feedback", {"thread_id": thread_id, "item_ids": ["msg_00000001"], "kind": "positive"}
    )
    recorder.json("transcribe", "input.transcribe", {"audio_base64": "AAAA", "mime_type": "audio/webm;codecs=opus"})


def record_reading(recorder: Recorder, played: dict[str, list[Any]]) -> None:
    """Threads and items as they are read back, page by page."""
    many = played["many"][0]["thread"]["id"]
    recorder.json("thread", "threads.get_by_id", {"thread_id": many})
    page = recorder.json("items-newest", "items.list", {"thread_id": many, "limit": 10, "order": "desc"})
    recorder.json(
        "items-older", "items.list", {"thread_id": many, "limit": 10, "order": "desc", "after": page["after"]}
    )
    recorder.json(
        "items-hidden", "items.list", {"thread_id": played["hidden"][0]["thread"]["id"], "limit": 2, "order": "asc"}
    )
    for script in (
        "annotations",
        "widget",
        "workflow",
        "reasoning",
        "task",
        "image",
        "structured",
        "turns",
        "close",
        "hello",
    ):
        recorder.json(f"thread-{script}", "threads.get_by_id", {"thread_id": played[script][0]["thread"]["id"]})
    page = recorder.json("threads-newest", "threads.list", {"limit": 3, "order": "desc"})
    recorder.json("threads-older", "threads.list", {"limit": 3, "order": "desc", "after": page["after"]})
    recorder.json("threads-all", "threads.list", {}, metadata={"page": "history"})
    recorder.json("thread-renamed", "threads.update", {"thread_id": many, "title": "Numbers"})
    recorder.json("thread-deleted", "threads.delete", {"thread_id": many})


def record_failures(recorder: Recorder) -> None:
    """Answers that are not what the operation promises."""
    nowhere = "thr_nope"
    recorder.post(
        "unknown-thread-message", "threads.add_user_message", {"thread_id": nowhere, "input": message("hello")}
    )
    recorder.post("unknown-attachment", "threads.create", {"input": message("hello", attachments=["atc_nope"])})
    recorder.post("unknown-thread-read", "threads.get_by_id", {"thread_id": nowhere})
    recorder.post("unknown-thread-items", "items.list", {"thread_id": nowhere})
    recorder.post("unknown-op", "threads.fly", {})
    recorder.post_raw("invalid-json", b'{"type":"threads.create",')


def record(url: str) -> dict[str, bytes]:
    """All recordings, by file name."""
    # A connection each: the server closes the one it failed on, while the next request is already on its way.
    with httpx.Client(timeout=30, limits=httpx.Limits(max_keepalive_connections=0)) as client:
        recorder = Recorder(client, url)
        played = record_scripts(recorder)
        record_follow_ups(recorder, played)
        record_messages(recorder, played["hello"][0]["thread"]["id"])
        record_reading(recorder, played)
        record_failures(recorder)
    index = json.dumps(recorder.index, ensure_ascii=False, indent=1) + "\n"
    return recorder.files | {"index.json": index.encode()}


def main() -> int:
    """Writes the recordings, or compares with those that are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    logging.disable(logging.CRITICAL)
    with running_server() as url:
        files = record(url)
    FIXTURES.mkdir(parents=True, exist_ok=True)
    changed = [
        name for name, data in files.items() if not (FIXTURES / name).exists() or (FIXTURES / name).read_bytes() != data
    ]
    stale = [path.name for path in FIXTURES.iterdir() if path.is_file() and path.name not in files]
    if check:
        for name in changed + stale:
            print(f"differs from what the SDK sends now: {name}")
        return 1 if changed or stale else 0
    for name, data in files.items():
        (FIXTURES / name).write_bytes(data)
    for name in stale:
        (FIXTURES / name).unlink()
    print(f"{len(files)} files, {len(changed)} changed, {len(stale)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
