"""Changes of the thread and of items that are there already."""

from chatkit.types import (
    AssistantMessageContent,
    ClosedStatus,
    HiddenContextItem,
    LockedStatus,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
)

from scripts.registry import Events, word
from stage import Stage


@word("Locks the thread")
async def lock(stage: Stage) -> Events:
    stage.thread.status = LockedStatus(reason="Escalated")
    yield stage.say("locked")


@word("Closes the thread")
async def close(stage: Stage) -> Events:
    stage.thread.status = ClosedStatus()
    yield stage.say("closed")


@word("Gives the thread a title and a list of hosts for pictures")
async def title(stage: Stage) -> Events:
    stage.thread.title = "A title"
    stage.thread.allowed_image_domains = ["example.com"]
    yield stage.say("titled")


@word("Replaces its answer")
async def replace(stage: Stage) -> Events:
    first = stage.message("first version")
    yield ThreadItemDoneEvent(item=first)
    second = [AssistantMessageContent(text="second version")]
    yield ThreadItemReplacedEvent(item=first.model_copy(update={"content": second}))


@word("Takes its answer away again")
async def remove(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield ThreadItemRemovedEvent(item_id=item.id)


@word("Items that nobody may see")
async def hidden(stage: Stage) -> Events:
    """The SDK keeps hidden items back when they are done, and lets them through when they are added."""
    yield ThreadItemDoneEvent(item=HiddenContextItem(content={"for": "the model"}, **stage.base()))
    yield ThreadItemAddedEvent(item=HiddenContextItem(content="leaked", **stage.base()))
    yield stage.say("nothing to see")
