"""What the server answers: one script for each kind of event, item and update of the protocol.

A script is an async generator of events, chosen by the first word of the message. `Stage` makes items with ids
and times; `SCRIPTS` is the table of all scripts.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from chatkit.actions import ActionConfig
from chatkit.errors import CustomStreamError, ErrorCode, StreamError
from chatkit.server import stream_widget
from chatkit.store import StoreItemType
from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ClientEffectEvent,
    ClientToolCallItem,
    ClosedStatus,
    CustomSummary,
    CustomTask,
    DurationSummary,
    EndOfTurnItem,
    EntitySource,
    ErrorEvent,
    FileSource,
    FileTask,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    HiddenContextItem,
    ImageTask,
    LockedStatus,
    NoticeEvent,
    ProgressUpdateEvent,
    SearchTask,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    TaskItem,
    ThoughtTask,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    URLSource,
    WidgetComponentUpdated,
    WidgetItem,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from chatkit.widgets import Button, Caption, Card, Text, Title

from store import Clock

Events = AsyncIterator[ThreadStreamEvent]

#: Where `app.py` cuts the connection, in the middle of the frame that holds it.
CUT_HERE = "[the connection is cut here]"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@dataclass
class Stage:
    """The thread a script plays in, and the ids it gives out."""

    thread: ThreadMetadata
    new_id: Callable[[StoreItemType], str]

    def base(self, item_type: StoreItemType = "message") -> dict[str, Any]:
        return {"id": self.new_id(item_type), "thread_id": self.thread.id, "created_at": Clock.now()}

    def message(self, *texts: str) -> AssistantMessageItem:
        return AssistantMessageItem(
            content=[AssistantMessageContent(text=text) for text in texts], **self.base()
        )

    def say(self, text: str) -> ThreadStreamEvent:
        return ThreadItemDoneEvent(item=self.message(text))


def delta(item_id: str, text: str, part: int = 0) -> ThreadStreamEvent:
    update = AssistantMessageContentPartTextDelta(content_index=part, delta=text)
    return ThreadItemUpdatedEvent(item_id=item_id, update=update)


async def stream_text(stage: Stage, words: list[str]) -> Events:
    """A message as the Agents SDK streams one: added, part added, deltas, part done, done."""
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    part = AssistantMessageContentPartAdded(content_index=0, content=AssistantMessageContent(text=""))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=part)
    for word in words:
        await asyncio.sleep(0)
        yield delta(item.id, word)
    content = AssistantMessageContent(text="".join(words))
    done = AssistantMessageContentPartDone(content_index=0, content=content)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=done)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))


async def hello(stage: Stage) -> Events:
    async for event in stream_text(stage, ["Hello ", "from ", "the **scripted** ", "server."]):
        yield event


async def text(stage: Stage) -> Events:
    markdown = (
        "# Servos\n\nA *servo* holds a **position**. See [the page](https://example.com/servo).\n\n"
        "1. Power\n2. Signal\n\n| pulse | angle |\n|---|---|\n| 1 ms | 0° |\n\n"
        "```python\nservo.angle = 90\n```\n\nÜber 😀 \u2028 und <b>kein HTML</b>.\n"
    )
    async for event in stream_text(stage, [markdown[i : i + 7] for i in range(0, len(markdown), 7)]):
        yield event


async def oneshot(stage: Stage) -> Events:
    yield stage.say("done-only hé\n\u2028 😀")


async def parts(stage: Stage) -> Events:
    """Deltas without a part added before them, and for a second part first."""
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "second ", part=1)
    yield delta(item.id, "first", part=0)
    yield delta(item.id, "part", part=1)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": stage.message("first", "second part").content}))


async def annotations(stage: Stage) -> Events:
    item = stage.message()
    words = "Facts, files and people like ACME."
    cited = [
        Annotation(source=URLSource(title="Example", url="https://example.com/a?b=1", attribution="example.com"), index=6),
        Annotation(source=FileSource(title="Q1", filename="q1.pdf", description="Numbers", group="Files"), index=11),
        Annotation(
            source=EntitySource(
                title="ACME", id="ent_1", icon="suitcase", label="Company", inline_label="ACME",
                interactive=True, data={"k": "v"}, timestamp="2026-01-01",
            ),
            index=28,
        ),
        Annotation(source=URLSource(title="Listed only", url="https://example.com/listed")),
    ]  # fmt: skip
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, words)
    for index, annotation in enumerate(cited):
        update = AssistantMessageContentPartAnnotationAdded(
            content_index=0, annotation_index=index, annotation=annotation
        )
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
    # As with the Agents SDK, the part ends without the annotations that were streamed.
    done = AssistantMessageContentPartDone(content_index=0, content=AssistantMessageContent(text=words))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=done)
    final = AssistantMessageContent(text=words, annotations=cited)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [final]}))


async def tool(stage: Stage) -> Events:
    yield ProgressUpdateEvent(icon="search", text="Asking the page...")
    call = ClientToolCallItem(
        call_id="call_1", name="get_selection", arguments={"project": "p1"}, **stage.base("tool_call")
    )
    yield ThreadItemDoneEvent(item=call)


def card(body: str, streaming: bool, *more: Any) -> Card:
    send = ActionConfig(type="send", payload={"id": 1}, loadingBehavior="self")
    children = [
        Title(value="Draft"),
        Text(id="body", value=body, streaming=streaming),
        Button(label="Send", onClickAction=send),
        *more,
    ]
    return Card(size="md", children=children)


async def widget(stage: Stage) -> Events:
    async def states() -> Any:
        yield card("", True)
        yield card("Dear ", True)
        yield card("Dear Harry", True)
        yield card("Dear Harry", False)
        yield card("Dear Harry", False, Caption(value="done"))
        yield card("Dear Harry, bye", False, Caption(value="done"))

    async for event in stream_widget(stage.thread, states(), generate_id=stage.new_id):
        yield event


async def component(stage: Stage) -> Events:
    """A component replaced by itself: declared by the protocol, never sent by the SDK's own differ."""
    item = WidgetItem(widget=card("one", False), copy_text="One", **stage.base())
    yield ThreadItemAddedEvent(item=item)
    update = WidgetComponentUpdated(component_id="body", component=Text(id="body", value="two"))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"widget": card("two", False)}))


async def workflow(stage: Stage) -> Events:
    found = SearchTask(
        title="Web", title_query="q", queries=["a", "b"],
        sources=[URLSource(title="Ex", url="https://example.com")],
    )  # fmt: skip
    chain = Workflow(
        type="custom",
        tasks=[CustomTask(status_indicator="loading", title="Look up", icon="search", content="searching")],
    )
    item = WorkflowItem(workflow=chain, **stage.base("workflow"))
    yield ThreadItemAddedEvent(item=item)
    complete = CustomTask(status_indicator="complete", title="Look up", icon="search", content="found 3")
    for update in (
        WorkflowTaskUpdated(task_index=0, task=complete),
        WorkflowTaskAdded(task_index=1, task=found),
        WorkflowTaskAdded(task_index=2, task=FileTask(title="Files", sources=[FileSource(title="Q1", filename="q1.pdf")])),
        WorkflowTaskAdded(task_index=3, task=ImageTask(title="Picture")),
    ):
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
    final = Workflow(
        type="custom", tasks=[complete, found], summary=CustomSummary(title="Looked it up", icon="check"), expanded=True
    )
    yield ThreadItemDoneEvent(item=item.model_copy(update={"workflow": final}))


async def reasoning(stage: Stage) -> Events:
    chain = Workflow(type="reasoning", tasks=[])
    item = WorkflowItem(workflow=chain, **stage.base("workflow"))
    yield ThreadItemAddedEvent(item=item)
    thought = ThoughtTask(title="Thinking", content="First *this*, then that.")
    yield ThreadItemUpdatedEvent(item_id=item.id, update=WorkflowTaskAdded(task_index=0, task=thought))
    final = Workflow(type="reasoning", tasks=[thought], summary=DurationSummary(duration=7))
    yield ThreadItemDoneEvent(item=item.model_copy(update={"workflow": final}))


async def task(stage: Stage) -> Events:
    saved = CustomTask(title="Saved", icon="check", content="a **note**")
    yield ThreadItemDoneEvent(item=TaskItem(task=saved, **stage.base("task")))


async def image(stage: Stage) -> Events:
    item = GeneratedImageItem(**stage.base())
    picture = GeneratedImage(id="ig_1", url=PIXEL)
    yield ThreadItemAddedEvent(item=item)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=GeneratedImageUpdated(image=picture, progress=0.5))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=GeneratedImageUpdated(image=picture))
    yield ThreadItemDoneEvent(item=item.model_copy(update={"image": picture}))


async def structured(stage: Stage) -> Events:
    inputs = [
        StructuredInputMultipleChoice(
            id="prio",
            question="Priority?",
            options=[StructuredInputMultipleChoiceOption(value=value) for value in ("Low", "High")],
        ),
        StructuredInputFreeform(id="notes", question="Notes?", description="Optional."),
    ]
    yield ThreadItemDoneEvent(item=StructuredInputItem(inputs=inputs, **stage.base()))


async def effects(stage: Stage) -> Events:
    yield ClientEffectEvent(name="highlight", data={"index": 1})
    yield ClientEffectEvent(name="bare")


async def notice(stage: Stage) -> Events:
    yield NoticeEvent(level="info", message="By the way.")
    yield NoticeEvent(level="warning", message="Limit near. [Upgrade](https://example.com)", title="Heads up")
    yield NoticeEvent(level="danger", message="Limit reached.")


async def progress(stage: Stage) -> Events:
    yield ProgressUpdateEvent(text="Working")
    yield ProgressUpdateEvent(icon="search", text="Still working")
    yield stage.say("worked")


async def lock(stage: Stage) -> Events:
    stage.thread.status = LockedStatus(reason="Escalated")
    yield stage.say("locked")


async def close(stage: Stage) -> Events:
    stage.thread.status = ClosedStatus()
    yield stage.say("closed")


async def title(stage: Stage) -> Events:
    stage.thread.title = "A title"
    stage.thread.allowed_image_domains = ["example.com"]
    yield stage.say("titled")


async def replace(stage: Stage) -> Events:
    first = stage.message("first version")
    yield ThreadItemDoneEvent(item=first)
    second = [AssistantMessageContent(text="second version")]
    yield ThreadItemReplacedEvent(item=first.model_copy(update={"content": second}))


async def remove(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield ThreadItemRemovedEvent(item_id=item.id)


async def turns(stage: Stage) -> Events:
    yield stage.say("one turn")
    yield ThreadItemDoneEvent(item=EndOfTurnItem(**stage.base()))
    yield stage.say("another turn")


async def hidden(stage: Stage) -> Events:
    """The SDK keeps hidden items back when they are done, and lets them through when they are added."""
    yield ThreadItemDoneEvent(item=HiddenContextItem(content={"for": "the model"}, **stage.base()))
    yield ThreadItemAddedEvent(item=HiddenContextItem(content="leaked", **stage.base()))
    yield stage.say("nothing to see")


async def many(stage: Stage) -> Events:
    for number in range(1, 26):
        yield stage.say(f"Item {number}")


async def silence(stage: Stage) -> Events:
    return
    yield  # makes this a generator


async def error(stage: Stage) -> Events:
    raise StreamError(ErrorCode.STREAM_ERROR)
    yield


async def refuse(stage: Stage) -> Events:
    raise CustomStreamError("Quota used up")
    yield


async def crash(stage: Stage) -> Events:
    raise RuntimeError("a detail that must not leave the server")
    yield


async def midway(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "partial")
    stage.thread.title = "changed before the error"
    raise CustomStreamError("Broke midway", allow_retry=True)


async def blocked(stage: Stage) -> Events:
    """An error that is an event and not an exception: the stream goes on."""
    yield ErrorEvent(code="custom", message="We blocked that message.", allow_retry=False)
    yield stage.say("still streaming after error")


async def cut(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "This ends ")
    yield delta(item.id, CUT_HERE)


SCRIPTS: dict[str, Callable[[Stage], Events]] = {
    script.__name__: script
    for script in (
        hello, text, oneshot, parts, annotations, tool, widget, component, workflow, reasoning, task, image,
        structured, effects, notice, progress, lock, close, title, replace, remove, turns, hidden, many, silence,
        error, refuse, crash, midway, blocked, cut,
    )
}  # fmt: skip
