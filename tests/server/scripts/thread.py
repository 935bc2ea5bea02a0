"""Changes of the thread and of items that are there already."""

from chatkit.types import (
    ActiveStatus,
    AssistantMessageContent,
    ClosedStatus,
    HiddenContextItem,
    LockedStatus,
    StreamOptions,
    StreamOptionsEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
)

from scripts.registry import Events, word
from stage import Stage, delta


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


@word("Closes the thread, with a reason")
async def resolve(stage: Stage) -> Events:
    stage.thread.status = ClosedStatus(reason="Resolved")
    yield stage.say("closed with a reason")


@word("Locks the thread for a moment, without a reason")
async def lock_briefly(stage: Stage) -> Events:
    stage.thread.status = LockedStatus()
    yield stage.say("locked for a moment")
    await stage.gate("unlock")
    stage.thread.status = ActiveStatus()
    yield stage.say("unlocked")


@word("Takes the thread's title away again")
async def untitle(stage: Stage) -> Events:
    stage.thread.title = None
    yield stage.say("untitled")


@word("Replaces an answer of an earlier turn, and one that is not there")
async def replace_earlier(stage: Stage) -> Events:
    earlier = stage.earlier_answer()
    if earlier is not None:
        content = [AssistantMessageContent(text="rewritten later")]
        yield ThreadItemReplacedEvent(item=earlier.model_copy(update={"content": content}))
    yield ThreadItemReplacedEvent(item=stage.message("replaces nothing"))


@word("Removes an answer of an earlier turn, and one that is not there")
async def remove_earlier(stage: Stage) -> Events:
    earlier = stage.earlier_answer()
    if earlier is not None:
        yield ThreadItemRemovedEvent(item_id=earlier.id)
    yield ThreadItemRemovedEvent(item_id="msg_nobody")
    yield stage.say("removed")


@word("An answer that may not be stopped")
async def no_stop(stage: Stage) -> Events:
    yield StreamOptionsEvent(stream_options=StreamOptions(allow_cancel=False))
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "Nobody stops ")
    await stage.gate("no-stop")
    yield StreamOptionsEvent(stream_options=StreamOptions(allow_cancel=True))
    yield delta(item.id, "this.")
    await stage.gate("end")
    yield stage.done(item, "Nobody stops this.")


@word("Begins to answer and waits for the gate that is named behind it")
async def wait(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "Begun ")
    await stage.gate("wait")
    yield delta(item.id, "and ended.")
    yield stage.done(item, "Begun and ended.")
