"""Widgets: the SDK's own streaming of a tree, and what it never sends."""

from typing import Any

from chatkit.actions import ActionConfig
from chatkit.server import stream_widget
from chatkit.types import (
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    WidgetComponentUpdated,
    WidgetItem,
)
from chatkit.widgets import Button, Caption, Card, Text, Title

from scripts.registry import Events, word
from stage import Stage


def card(body: str, streaming: bool, *more: Any) -> Card:
    send = ActionConfig(type="send", payload={"id": 1}, loadingBehavior="self")
    children = [
        Title(value="Draft"),
        Text(id="body", value=body, streaming=streaming),
        Button(label="Send", onClickAction=send),
        *more,
    ]
    return Card(size="md", children=children)


@word("A widget whose text is streamed")
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


@word("A widget of which one component is replaced")
async def component(stage: Stage) -> Events:
    """A component replaced by itself: declared by the protocol, never sent by the SDK's own differ."""
    item = WidgetItem(widget=card("one", False), copy_text="One", **stage.base())
    yield ThreadItemAddedEvent(item=item)
    update = WidgetComponentUpdated(component_id="body", component=Text(id="body", value="two"))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"widget": card("two", False)}))
