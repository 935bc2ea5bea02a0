"""Errors the SDK tells, and a connection that ends."""

from chatkit.errors import CustomStreamError, ErrorCode, StreamError
from chatkit.types import ErrorEvent, ThreadItemAddedEvent, ThreadItemRemovedEvent

from scripts.registry import Events, word
from stage import CUT_HERE, Stage, delta, instead


@word("An error after which the answer can be asked for again")
async def error(stage: Stage) -> Events:
    raise StreamError(ErrorCode.STREAM_ERROR)
    yield


@word("An error with a sentence of the server's")
async def refuse(stage: Stage) -> Events:
    raise CustomStreamError("Quota used up")
    yield


@word("A bug of the server, whose details stay there")
async def crash(stage: Stage) -> Events:
    raise RuntimeError("a detail that must not leave the server")
    yield


@word("An error in the middle of an answer")
async def midway(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "partial")
    stage.thread.title = "changed before the error"
    raise CustomStreamError("Broke midway", allow_retry=True)


@word("An error after which the stream goes on")
async def blocked(stage: Stage) -> Events:
    """An error that is an event and not an exception: the stream goes on."""
    yield ErrorEvent(code="custom", message="We blocked that message.", allow_retry=False)
    yield stage.say("still streaming after error")


@word("The connection ends in the middle of a word; `cut later` waits for the gate `later` before that")
async def cut(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "This ends ")
    # A browser may drop what it has not handed over when a connection breaks.
    if stage.arguments:
        await stage.gate()
    yield delta(item.id, CUT_HERE)


@word("An answer that a guardrail takes back, with the reason")
async def guardrail(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "Something that may not be said")
    await stage.gate("guardrail")
    yield ThreadItemRemovedEvent(item_id=item.id)
    raise CustomStreamError("We do not talk about that.")


@word("The connection ends before the answer has begun")
async def cut_early(stage: Stage) -> Events:
    yield delta("", CUT_HERE)


@word("The stream ends properly, but its answer never does")
async def unfinished(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "This sentence has no")


@word("An error whose code is of a later version")
async def later_error(stage: Stage) -> Events:
    yield instead(b'data: {"type":"error","code":"rate_limit.of_tomorrow","allow_retry":true}\n\n')
