"""What a word works with: the thread it plays in, ids and times, gates, and bytes the SDK would never send."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from chatkit.store import StoreItemType
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ProgressUpdateEvent,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
)

from store import Clock

Events = AsyncIterator[ThreadStreamEvent]

#: Where `wire.py` cuts the connection, in the middle of the frame that holds it.
CUT_HERE = "[the connection is cut here]"
#: Begins the text of a frame that `wire.py` replaces by the bytes in it.
INSTEAD = "[these bytes instead]"


class Gates:
    """Points at which a word waits until a test opens them; an opened gate stays open.

    Where nobody opens any, because a person tries the words, they open by themselves after `patience` seconds.
    """

    def __init__(self, patience: float | None = None) -> None:
        self.patience = patience
        self._events: dict[str, asyncio.Event] = {}

    def open(self, name: str) -> None:
        """Lets through whoever waits at this gate, and whoever comes later."""
        self._events.setdefault(name, asyncio.Event()).set()

    async def wait(self, name: str) -> None:
        """Waits until the gate is open."""
        event = self._events.setdefault(name, asyncio.Event())
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience):
                await event.wait()


@dataclass
class Stage:
    """The thread a word plays in, what was asked, and the ids it gives out."""

    thread: ThreadMetadata
    new_id: Callable[[StoreItemType], str]
    asked: UserMessageItem | None = None
    #: The words of the message after the first one.
    arguments: list[str] = field(default_factory=list)
    gates: Gates = field(default_factory=Gates)
    #: Where the server can be reached, for addresses of files and pictures.
    base_url: str = "https://files.example"
    #: The items of the thread before this turn, newest first.
    earlier: Sequence[ThreadItem] = ()

    def earlier_answer(self) -> AssistantMessageItem | None:
        """The newest answer before this turn."""
        return next((item for item in self.earlier if isinstance(item, AssistantMessageItem)), None)

    def base(self, item_type: StoreItemType = "message") -> dict[str, Any]:
        """Id, thread and time of a new item."""
        return {"id": self.new_id(item_type), "thread_id": self.thread.id, "created_at": Clock.now()}

    def message(self, *texts: str) -> AssistantMessageItem:
        """An assistant message with a part for each text."""
        return AssistantMessageItem(content=[AssistantMessageContent(text=text) for text in texts], **self.base())

    def say(self, text: str) -> ThreadStreamEvent:
        """A whole message at once."""
        return ThreadItemDoneEvent(item=self.message(text))

    def done(self, item: AssistantMessageItem, text: str) -> ThreadStreamEvent:
        """The end of a message that was begun with `thread.item.added`."""
        content = [AssistantMessageContent(text=text)]
        return ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))

    def argument(self, index: int, otherwise: str) -> str:
        """The word of the message at this place, counted from 0 after the first one."""
        return self.arguments[index] if index < len(self.arguments) else otherwise

    def number(self, index: int, otherwise: int) -> int:
        """The same, as a number."""
        text = self.argument(index, "")
        return int(text) if text.isdecimal() else otherwise

    async def gate(self, otherwise: str = "gate", index: int = 0) -> None:
        """Waits until `POST …/control/open/<name>`; the name is an argument of the message."""
        await self.gates.wait(self.argument(index, otherwise))

    async def stream(self, words: list[str], *, pause: float = 0) -> Events:
        """A message as the Agents SDK streams one: added, part added, deltas, part done, done; `pause` in seconds."""
        item = self.message()
        yield ThreadItemAddedEvent(item=item)
        part = AssistantMessageContentPartAdded(content_index=0, content=AssistantMessageContent(text=""))
        yield ThreadItemUpdatedEvent(item_id=item.id, update=part)
        for words_so_far in words:
            await asyncio.sleep(pause)
            yield delta(item.id, words_so_far)
        content = AssistantMessageContent(text="".join(words))
        done = AssistantMessageContentPartDone(content_index=0, content=content)
        yield ThreadItemUpdatedEvent(item_id=item.id, update=done)
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))


def delta(item_id: str, text: str, part: int = 0) -> ThreadStreamEvent:
    """More text of a part of a message."""
    update = AssistantMessageContentPartTextDelta(content_index=part, delta=text)
    return ThreadItemUpdatedEvent(item_id=item_id, update=update)


def instead(data: bytes) -> ThreadStreamEvent:
    """An event in whose place these bytes are on the wire, as they are: what no SDK would send."""
    return ProgressUpdateEvent(text=INSTEAD + base64.b64encode(data).decode())
