"""Answers that come word by word, so that a connection can be lost anywhere in them. Each has a number of its own."""

from typing import Any

from chatkit.types import ClientToolCallItem, StructuredInputFreeform, StructuredInputItem, ThreadItemDoneEvent

from scripts.registry import Events, word
from stage import Stage

#: Seconds between two words.
PAUSE = 0.04


async def answer(stage: Stage, about: str) -> Events:
    """A streamed answer with letters of two, three and four bytes in it."""
    number = stage.new_id("message")
    words = ["Answer ", number, " about ", about, ": ", "é ", "😀 ", "– ", "and ", "that ", "is ", "all."]
    async for event in stage.stream(words, pause=PAUSE):
        yield event


@word("An answer word by word, twenty-five words a second")
async def slowly(stage: Stage) -> Events:
    async for event in answer(stage, "a message"):
        yield event


@word("Calls the page's function get_selection, then answers word by word")
async def slow_tool(stage: Stage) -> Events:
    call = ClientToolCallItem(
        call_id="call_slow", name="get_selection", arguments={"project": "p1"}, **stage.base("tool_call")
    )
    yield ThreadItemDoneEvent(item=call)


@slow_tool.resumed
async def slow_tool_on(stage: Stage, item: Any) -> Events:
    async for event in answer(stage, "a selection"):
        yield event


@word("A form of two free questions, then an answer word by word")
async def slow_form(stage: Stage) -> Events:
    inputs = [
        StructuredInputFreeform(id="name", question="What is your project called?"),
        StructuredInputFreeform(id="place", question="Where does it stand?"),
    ]
    yield ThreadItemDoneEvent(item=StructuredInputItem(inputs=inputs, **stage.base()))


@slow_form.resumed
async def slow_form_on(stage: Stage, item: Any) -> Events:
    async for event in answer(stage, "a form"):
        yield event
