"""What passes by: effects, notices, progress."""

from chatkit.types import ClientEffectEvent, NoticeEvent, ProgressUpdateEvent

from scripts.registry import Events, word
from stage import Stage


@word("Two effects for the page")
async def effects(stage: Stage) -> Events:
    yield ClientEffectEvent(name="highlight", data={"index": 1})
    yield ClientEffectEvent(name="bare")


@word("Three notices: information, warning, danger")
async def notice(stage: Stage) -> Events:
    yield NoticeEvent(level="info", message="By the way.")
    yield NoticeEvent(level="warning", message="Limit near. [Upgrade](https://example.com)", title="Heads up")
    yield NoticeEvent(level="danger", message="Limit reached.")


@word("Two lines of progress, then an answer")
async def progress(stage: Stage) -> Events:
    yield ProgressUpdateEvent(text="Working")
    yield ProgressUpdateEvent(icon="search", text="Still working")
    yield stage.say("worked")
