"""A store that forgets everything at the end, with ids and times that come out the same on every run."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import chatkit.server
from chatkit.store import _ID_PREFIXES, NotFoundError, Store, StoreItemType
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata
from pydantic import BaseModel

from keys import reserved_id

Row = TypeVar("Row", bound=BaseModel)
Context = dict[str, Any]


class Clock(datetime):
    """A clock that moves one millisecond each time it is read."""

    _reads = count()

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime(2026, 11, 20, 23, 44, 7) + timedelta(milliseconds=next(cls._reads))


# The SDK stamps items with `datetime.now()` of its own module.
chatkit.server.datetime = Clock  # type: ignore[misc]


class Ids:
    """`msg_00000001`, `msg_00000002` …: of the SDK's form, and the same on every run."""

    def __init__(self) -> None:
        self._next: dict[str, count[int]] = {}

    def new(self, item_type: StoreItemType) -> str:
        prefix = _ID_PREFIXES[item_type]
        return f"{prefix}_{next(self._next.setdefault(prefix, count(1))):08x}"


def page(rows: list[Row], limit: int, order: str, after: str | None) -> Page[Row]:
    """One page of `rows`, which are in the order they were added."""
    ordered = list(rows) if order == "asc" else list(reversed(rows))
    if after is not None:
        ids = [row.id for row in ordered]  # type: ignore[attr-defined]
        ordered = ordered[ids.index(after) + 1 :] if after in ids else []
    data = [row.model_copy(deep=True) for row in ordered[:limit]]
    more = len(ordered) > limit
    return Page(data=data, has_more=more, after=data[-1].id if more else None)  # type: ignore[attr-defined]


class MemoryStore(Store[Context]):
    """Threads, items and attachments in dictionaries."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self.threads: dict[str, ThreadMetadata] = {}
        self.items: dict[str, list[ThreadItem]] = {}
        self.attachments: dict[str, Attachment] = {}

    def generate_thread_id(self, context: Context) -> str:
        return reserved_id("thread") or self.ids.new("thread")

    def generate_item_id(self, item_type: StoreItemType, thread: ThreadMetadata, context: Context) -> str:
        return reserved_id(item_type) or self.ids.new(item_type)

    async def load_thread(self, thread_id: str, context: Context) -> ThreadMetadata:
        if thread_id not in self.threads:
            raise NotFoundError(thread_id)
        return self.threads[thread_id].model_copy(deep=True)

    async def save_thread(self, thread: ThreadMetadata, context: Context) -> None:
        # For a thread changed while it is created the SDK passes a `Thread`, whose `items` must not be stored.
        self.threads[thread.id] = ThreadMetadata(**thread.model_dump(exclude={"items"}))

    async def load_threads(self, limit: int, after: str | None, order: str, context: Context) -> Page[ThreadMetadata]:
        return page(list(self.threads.values()), limit, order, after)

    async def delete_thread(self, thread_id: str, context: Context) -> None:
        self.threads.pop(thread_id, None)
        self.items.pop(thread_id, None)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Context
    ) -> Page[ThreadItem]:
        return page(self.items.get(thread_id, []), limit, order, after)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Context) -> None:
        await self.save_item(thread_id, item, context)

    async def save_item(self, thread_id: str, item: ThreadItem, context: Context) -> None:
        items = self.items.setdefault(thread_id, [])
        copy = item.model_copy(deep=True)
        for index, stored in enumerate(items):
            if stored.id == item.id:
                items[index] = copy
                return
        items.append(copy)

    async def load_item(self, thread_id: str, item_id: str, context: Context) -> ThreadItem:
        for item in self.items.get(thread_id, []):
            if item.id == item_id:
                return item.model_copy(deep=True)
        raise NotFoundError(item_id)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Context) -> None:
        self.items[thread_id] = [item for item in self.items.get(thread_id, []) if item.id != item_id]

    async def save_attachment(self, attachment: Attachment, context: Context) -> None:
        self.attachments[attachment.id] = attachment

    async def load_attachment(self, attachment_id: str, context: Context) -> Attachment:
        if attachment_id not in self.attachments:
            raise NotFoundError(attachment_id)
        return self.attachments[attachment_id]

    async def delete_attachment(self, attachment_id: str, context: Context) -> None:
        self.attachments.pop(attachment_id, None)
