"""Work and pictures that take their time, so that it can be seen how they look while they go on.

Each pause is a second and a half, or lasts until a gate is opened that the message names: `think a b c` waits for
three.
"""

import asyncio
import base64
import struct
import zlib

from chatkit.types import (
    CustomSummary,
    CustomTask,
    DurationSummary,
    FileSource,
    FileTask,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    ImageTask,
    NoticeEvent,
    ProgressUpdateEvent,
    SearchTask,
    Task,
    ThoughtTask,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
    URLSource,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)

from scripts.registry import Events, word
from stage import Stage


async def pause(stage: Stage, index: int) -> None:
    """Waits for the gate that the message names at this place, or for a while."""
    if index < len(stage.arguments):
        await stage.gate(index=index)
    else:
        await asyncio.sleep(1.5)


def added(item: WorkflowItem, index: int, task: Task) -> ThreadStreamEvent:
    """A step begins."""
    return ThreadItemUpdatedEvent(item_id=item.id, update=WorkflowTaskAdded(task_index=index, task=task))


def updated(item: WorkflowItem, index: int, task: Task) -> ThreadStreamEvent:
    """A step is another."""
    return ThreadItemUpdatedEvent(item_id=item.id, update=WorkflowTaskUpdated(task_index=index, task=task))


@word("A thought that grows word by word, then an answer")
async def think(stage: Stage) -> Events:
    item = WorkflowItem(workflow=Workflow(type="reasoning", tasks=[]), **stage.base("workflow"))
    yield ThreadItemAddedEvent(item=item)
    await pause(stage, 0)
    first = "**Reading the question**\n\nThe reader asks about *servos*, so the chapter on motors comes first."
    yield added(item, 0, ThoughtTask(content=""))
    words = first.split(" ")
    for count in range(1, len(words) + 1):
        yield updated(item, 0, ThoughtTask(content=" ".join(words[:count])))
    await pause(stage, 1)
    second = ThoughtTask(content="**Planning the answer**\n\n1. What a servo is\n2. How it is told its angle")
    yield added(item, 1, second)
    await pause(stage, 2)
    tasks = [ThoughtTask(content=first), second]
    final = Workflow(type="reasoning", tasks=tasks, summary=DurationSummary(duration=75))
    yield ThreadItemDoneEvent(item=item.model_copy(update={"workflow": final}))
    async for event in stage.stream(["A servo ", "holds ", "the angle ", "it is told."]):
        yield event


@word("Steps of every kind, one under way after the other, then an answer")
async def steps(stage: Stage) -> Events:
    pages = [
        URLSource(title="How servos work", url="https://example.com/servo", attribution="example.com"),
        URLSource(title="Pulse width modulation", url="https://example.org/pwm", attribution="example.org"),
    ]
    files = [FileSource(title="Chapter 4", filename="04-servo.md"), FileSource(title="", filename="pulses.csv")]
    plan = CustomTask(status_indicator="complete", title="Planned the search", icon="notebook", content="Two *pages*.")
    item = WorkflowItem(workflow=Workflow(type="custom", tasks=[plan]), **stage.base("workflow"))
    yield ThreadItemAddedEvent(item=item)
    search = SearchTask(status_indicator="loading", title_query="servo pulse width", queries=["servo", "PWM 50 Hz"])
    yield added(item, 1, search)
    await pause(stage, 0)
    found = search.model_copy(update={"status_indicator": "complete", "sources": pages})
    yield updated(item, 1, found)
    yield added(item, 2, FileTask(status_indicator="loading", title="Reading the textbook", sources=files[:1]))
    await pause(stage, 1)
    read = FileTask(status_indicator="complete", title="Read the textbook", sources=files)
    yield updated(item, 2, read)
    yield added(item, 3, ImageTask(status_indicator="loading", title="Drawing the pulse"))
    await pause(stage, 2)
    drawn = ImageTask(status_indicator="complete", title="Drew the pulse")
    tasks = [plan, found, read, drawn, CustomTask(title="Wrote it down")]
    final = Workflow(type="custom", tasks=tasks, summary=CustomSummary(title="Looked into it", icon="book-open"))
    yield ThreadItemDoneEvent(item=item.model_copy(update={"workflow": final}))
    async for event in stage.stream(["Three ", "milliseconds ", "are too long."]):
        yield event


@word("Steps that are never finished, because the connection is cut")
async def steps_cut(stage: Stage) -> Events:
    task = CustomTask(status_indicator="loading", title="Looking around")
    item = WorkflowItem(workflow=Workflow(type="custom", tasks=[task]), **stage.base("workflow"))
    yield ThreadItemAddedEvent(item=item)
    await pause(stage, 0)
    raise RuntimeError("gone on purpose")


@word("A picture that gets sharper")
async def paint(stage: Stage) -> Events:
    item = GeneratedImageItem(**stage.base())
    yield ThreadItemAddedEvent(item=item)
    await pause(stage, 0)
    sketch = GeneratedImage(id="ig_1", url=picture(8))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=GeneratedImageUpdated(image=sketch, progress=0.4))
    await pause(stage, 1)
    done = item.model_copy(update={"image": GeneratedImage(id="ig_1", url=picture(64))})
    yield ThreadItemDoneEvent(item=done)


@word("A picture at the address named first; the thread allows the hosts named after it, if any are")
async def picture_from(stage: Stage) -> Events:
    if stage.arguments[1:]:
        stage.thread.allowed_image_domains = stage.arguments[1:]
    item = GeneratedImageItem(image=GeneratedImage(id="ig_1", url=stage.argument(0, "")), **stage.base())
    yield ThreadItemDoneEvent(item=item)


@word("Lines about what goes on, one after the other, then an answer")
async def progressing(stage: Stage) -> Events:
    yield ProgressUpdateEvent(text="Looking into the textbook…", icon="book-open")
    await pause(stage, 0)
    yield ProgressUpdateEvent(text="Reading chapter 4…")
    await pause(stage, 1)
    async for event in stage.stream(["It is ", "in chapter 4."]):
        yield event


@word("A link into the site that is no address, in an answer and in a notice")
async def deeplink(stage: Stage) -> Events:
    link = "chatkit-link://page/servo?id=4&name=A%20servo"
    yield NoticeEvent(level="info", message=f"See [the notice]({link}).")
    async for event in stage.stream(["See ", f"[the page]({link})."]):
        yield event


def picture(size: int) -> str:
    """A PNG of colours that run into one another, as a data URI."""
    rows = b"".join(
        b"\0" + b"".join(bytes((x * 255 // size, 128, y * 255 // size)) for x in range(size)) for y in range(size)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return "data:image/png;base64," + base64.b64encode(b"".join(parts)).decode()
