"""Conversations in a database: the SDK's `Store`, for SQLite and PostgreSQL alike.

A *session* is one reader. No query here lacks the session's id, so a thread of somebody else and a
thread that never existed are the same thing: `NotFoundError`.
"""

import uuid
from typing import Any

from chatkit.store import NotFoundError, Store, StoreItemType, default_generate_id
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata
from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Table, and_, delete, select, text
from sqlalchemy.exc import IntegrityError

from .context import RequestContext
from .database import Database, insert_into
from .idempotency import reserved_id
from .tables import attachments, items, threads

LARGEST_PAGE = 10_000
"""Rows. ChatKit's own history panel asks for 9999 at once; more is nobody's honest need."""

_item = TypeAdapter[ThreadItem](ThreadItem)
_attachment = TypeAdapter[Attachment](Attachment)


class UnknownCursorError(NotFoundError):
    """`after` names no row of this list (it may have been deleted since the last page)."""


class DatabaseStore(Store[RequestContext]):
    def __init__(self, database: Database) -> None:
        self._database = database

    async def ping(self) -> None:
        """Raises SQLAlchemy's error if the database does not answer."""
        async with self._database.reading() as connection:
            await connection.execute(text("SELECT 1"))

    # The SDK's default ids have 32 random bits: too few for threads that many readers make.
    def generate_thread_id(self, context: RequestContext) -> str:
        return reserved_id("thread") or _long_id("thread")

    def generate_item_id(
        self, item_type: StoreItemType, thread: ThreadMetadata, context: RequestContext
    ) -> str:
        return reserved_id(item_type) or _long_id(item_type)

    async def load_thread(self, thread_id: str, context: RequestContext) -> ThreadMetadata:
        payload = await self._payload(threads, _thread_key(thread_id, context))
        return ThreadMetadata.model_validate_json(payload)

    async def save_thread(self, thread: ThreadMetadata, context: RequestContext) -> None:
        await self._upsert(
            threads,
            key={"session_id": context.session_id, "id": thread.id},
            # The SDK also passes whole threads; their items have rows of their own.
            values={"payload": thread.model_dump_json(exclude={"items"})},
        )

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: RequestContext
    ) -> Page[ThreadMetadata]:
        mine = threads.c.session_id == context.session_id
        rows, has_more = await self._page(threads, mine, limit, after, order)
        return Page(
            data=[ThreadMetadata.model_validate_json(row.payload) for row in rows],
            has_more=has_more,
            after=rows[-1].id if has_more else None,
        )

    async def delete_thread(self, thread_id: str, context: RequestContext) -> None:
        """Deletes the thread, its items and attachments. Deleting twice is no error."""
        await self._delete(threads, _thread_key(thread_id, context))

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        await self.load_thread(thread_id, context)
        inside = _items_of(thread_id, context)
        rows, has_more = await self._page(items, inside, limit, after, order)
        return Page(
            # Hidden items are in the page: the SDK needs them for a model and hides them itself.
            data=[_item.validate_json(row.payload) for row in rows],
            has_more=has_more,
            after=rows[-1].id if has_more else None,
        )

    async def load_item(self, thread_id: str, item_id: str, context: RequestContext) -> ThreadItem:
        return _item.validate_json(
            await self._payload(items, _item_key(thread_id, item_id, context))
        )

    async def known_items(
        self, thread_id: str, item_ids: list[str], context: RequestContext
    ) -> set[str]:
        """Those of `item_ids` that are in the thread, by one query. Raises `NotFoundError`."""
        both = items.c.session_id == threads.c.session_id, items.c.thread_id == threads.c.id
        wanted = items.c.id.in_([_storable(item_id) for item_id in item_ids])
        query = (
            select(items.c.id)
            .select_from(threads.outerjoin(items, and_(*both, wanted)))
            .where(_thread_key(thread_id, context))
        )
        async with self._database.reading() as connection:
            found = list(await connection.scalars(query))
        if not found:
            raise NotFoundError("no such row in threads")
        return {item_id for item_id in found if item_id is not None}

    async def add_thread_item(
        self, thread_id: str, item: ThreadItem, context: RequestContext
    ) -> None:
        """Appends the item; one whose id is there already is replaced where it stands.

        The SDK adds the same id twice when a workflow goes on after a client tool.
        """
        await self._upsert(
            items,
            key={"session_id": context.session_id, "thread_id": thread_id, "id": item.id},
            values={"payload": _item.dump_json(item).decode()},
        )

    async def save_item(self, thread_id: str, item: ThreadItem, context: RequestContext) -> None:
        await self.add_thread_item(thread_id, item, context)

    async def delete_thread_item(
        self, thread_id: str, item_id: str, context: RequestContext
    ) -> None:
        await self._delete(items, _item_key(thread_id, item_id, context))

    async def save_attachment(self, attachment: Attachment, context: RequestContext) -> None:
        await self._upsert(
            attachments,
            key={"session_id": context.session_id, "id": attachment.id},
            values={
                "thread_id": attachment.thread_id,
                "payload": _attachment.dump_json(attachment).decode(),
            },
        )

    async def load_attachment(self, attachment_id: str, context: RequestContext) -> Attachment:
        return _attachment.validate_json(
            await self._payload(attachments, _attachment_key(attachment_id, context))
        )

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:
        await self._delete(attachments, _attachment_key(attachment_id, context))

    async def _payload(self, table: Table, key: ColumnElement[bool]) -> str:
        async with self._database.reading() as connection:
            payload = await connection.scalar(select(table.c.payload).where(key))
        if payload is None:
            raise NotFoundError(f"no such row in {table.name}")
        return payload

    async def _page(
        self,
        table: Table,
        where: ColumnElement[bool],
        limit: int,
        after: str | None,
        order: str,
    ) -> tuple[list[Any], bool]:
        limit = max(1, min(limit, LARGEST_PAGE))
        newest_first = order == "desc"
        query = select(table.c.seq, table.c.id, table.c.payload).where(where)
        async with self._database.reading() as connection:
            if after is not None:
                cursor = select(table.c.seq).where(where, table.c.id == _storable(after))
                seq = await connection.scalar(cursor)
                if seq is None:
                    raise UnknownCursorError(f"no such cursor in {table.name}")
                query = query.where(table.c.seq < seq if newest_first else table.c.seq > seq)
            query = query.order_by(table.c.seq.desc() if newest_first else table.c.seq.asc())
            # One more than asked for, to know whether there is a next page.
            rows = list(await connection.execute(query.limit(limit + 1)))
        return rows[:limit], len(rows) > limit

    async def _upsert(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        statement = insert_into(table, self._database).values(**key, **values)
        statement = statement.on_conflict_do_update(index_elements=list(key), set_=values)
        try:
            # A single statement: reading first would let two writers of one row collide.
            async with self._database.writing() as connection:
                await connection.execute(statement)
        except IntegrityError:
            raise NotFoundError(f"the thread of this row in {table.name} is gone") from None

    async def _delete(self, table: Table, key: ColumnElement[bool]) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(table).where(key))


def _long_id(item_type: StoreItemType) -> str:
    prefix = default_generate_id(item_type).split("_", 1)[0]
    return f"{prefix}_{uuid.uuid4().hex}"


def _storable(value: str) -> str:
    """An id from outside, in a form every database can compare. PostgreSQL refuses NUL in text."""
    return value.replace("\0", "\ufffd")


def _thread_key(thread_id: str, context: RequestContext) -> ColumnElement[bool]:
    return and_(threads.c.session_id == context.session_id, threads.c.id == _storable(thread_id))


def _items_of(thread_id: str, context: RequestContext) -> ColumnElement[bool]:
    return and_(items.c.session_id == context.session_id, items.c.thread_id == _storable(thread_id))


def _item_key(thread_id: str, item_id: str, context: RequestContext) -> ColumnElement[bool]:
    return and_(_items_of(thread_id, context), items.c.id == _storable(item_id))


def _attachment_key(attachment_id: str, context: RequestContext) -> ColumnElement[bool]:
    return and_(
        attachments.c.session_id == context.session_id,
        attachments.c.id == _storable(attachment_id),
    )
