"""What no server should send, and some day one does: each ends with an answer that says so."""

import json
from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartDone,
    ThoughtTask,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    WorkflowTaskAdded,
)

from scripts.registry import Events, word
from stage import Stage, delta, instead


def event(kind: str, **fields: Any) -> bytes:
    """The frame of an event that the SDK has no type for."""
    return f"data: {json.dumps({'type': kind, **fields})}\n\n".encode()


@word("Events, items, updates, parts and tasks of types nobody knows yet")
async def unknown(stage: Stage) -> Events:
    item = {**stage.base(), "created_at": "2027-01-01T00:00:00Z"}
    yield instead(event("thread.item.sung", item=item))
    yield instead(event("thread.item.added", item={**item, "type": "hologram", "beams": 3}))
    yield instead(event("thread.item.done", item={**item, "type": "hologram", "beams": 3}))
    message = stage.message()
    yield ThreadItemAddedEvent(item=message)
    yield delta(message.id, "Known words ")
    yield instead(event("thread.item.updated", item_id=message.id, update={"type": "assistant_message.sung"}))
    yield delta(message.id, "among unknown ones.")
    content = [
        {"type": "output_scent", "molecules": []},
        {"type": "output_text", "text": "Known words among unknown ones."},
    ]
    done = {**item, "id": message.id, "type": "assistant_message", "content": content}
    yield instead(event("thread.item.done", item=done))
    tasks = [{"type": "dream"}, {"type": "thought", "title": "A known task", "content": "…"}]
    workflow = {"type": "of tomorrow", "tasks": tasks, "summary": {"colour": "red"}}
    yield instead(
        event("thread.item.done", item={**item, "id": f"{message.id}w", "type": "workflow", "workflow": workflow})
    )
    yield stage.say("unknown is over")


@word("Frames that are no JSON, no object, or no event")
async def malformed(stage: Stage) -> Events:
    frames = (
        b"{", b"null", b"[]", b'"text"', b"{}", b'{"type":7}', b"<html>no</html>", b'{"type":"thread.item.done"}',
        b'{"type":"thread.item.updated","item_id":1,"update":[]}', b'{"type":"notice","level":"info","message":null}',
    )  # fmt: skip
    for frame in frames:
        yield instead(b"data: " + frame + b"\n\n")
    yield stage.say("malformed is over")


@word("Every way to write a stream that the standard allows")
async def framing(stage: Stage) -> Events:
    item = stage.message()
    added = ThreadItemAddedEvent(item=item).model_dump_json(exclude_none=True).encode()
    parts = [delta(item.id, text).model_dump_json().encode() for text in ("Split ", "by ", "every ", "line end.")]
    yield instead(b": a comment\r\n\r\nevent: message\r\nid: 1\r\nretry: 10\r\ndata: " + added + b"\r\n\r\n")
    yield instead(b"data:" + parts[0] + b"\r\r")
    # Data of several lines, and a frame in two pieces.
    yield instead(b"data: " + parts[1].replace(b",", b",\ndata: ", 1) + b"\n\n" + b"data: " + parts[2][:20])
    yield instead(parts[2][20:] + b"\r\n\r\n\r\n\n")
    yield instead(b"nonsense: x\ndata: " + parts[3] + b"\n\n")
    yield stage.done(item, "Split by every line end.")


@word("Bytes that are no UTF-8")
async def utf8(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    whole = delta(item.id, "left [] right").model_dump_json().encode()
    yield instead(b"data: " + whole.replace(b"[]", b"\xff\xc3\x28\xed\xa0\x80") + b"\n\n")
    # A letter of four bytes in two chunks is whole again.
    face = b"data: " + delta(item.id, " \N{GRINNING FACE}").model_dump_json().encode() + b"\n\n"
    at = face.index(b"\xf0") + 2
    yield instead(face[:at])
    yield instead(face[at:])


@word("Words for items that do not exist, that are over, and for parts far away")
async def lost(stage: Stage) -> Events:
    yield delta("msg_nobody", "for nobody")
    item = stage.message("Already over")
    yield ThreadItemDoneEvent(item=item)
    yield delta(item.id, ", or not")
    yield delta(item.id, "far away", part=1_000_000)
    yield instead(event("thread.item.updated", item_id=item.id, update={
        "type": "assistant_message.content_part.text_delta", "content_index": -1, "delta": "before the first",
    }))  # fmt: skip
    thought = WorkflowTaskAdded(task_index=9, task=ThoughtTask(content="in no workflow"))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=thought)
    late = AssistantMessageContentPartDone(content_index=7, content=AssistantMessageContent(text=""))
    yield ThreadItemUpdatedEvent(item_id="", update=late)
    yield stage.say("lost is over")


@word("Everything twice")
async def twice(stage: Stage) -> Events:
    item = stage.message()
    whole = item.model_copy(update={"content": stage.message("Said once").content})
    for _ in range(2):
        yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "Said once")
    for _ in range(2):
        yield ThreadItemDoneEvent(item=whole)


@word("An answer whose id is that of all answers of this server")
async def fake(stage: Stage) -> Events:
    text = f"answer {stage.argument(0, 'without number')}"
    item = stage.message(text).model_copy(update={"id": "__fake_id__"})
    yield ThreadItemAddedEvent(item=item.model_copy(update={"content": []}))
    yield delta(item.id, text)
    yield ThreadItemDoneEvent(item=item)


@word("Answers with times of every kind, the newest first")
async def dates(stage: Stage) -> Events:
    times = (
        "2027-06-01T12:00:00Z",
        "2026-01-01T00:00:00+14:00",
        "2026-01-01T00:00:00.5",
        "1969-12-31",
        "yesterday",
        "",
    )
    for time in times:
        item = stage.message(f"said at {time or 'no time'}").model_dump(mode="json", exclude_none=True)
        yield instead(event("thread.item.done", item={**item, "created_at": time}))
