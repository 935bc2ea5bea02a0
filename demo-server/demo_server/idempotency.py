"""Requests that are repeated: stored once, and answered like the first time.

`docs/backend.md` has the contract. Nothing here belongs to this server alone: any `ChatKitServer`
can be given an `Idempotency`, with `Keys` of its own and a store whose ids ask `reserved_id` first.

- A record for each reader and key, unique in the store, lets one of two twins run.
- The record holds the ids of what the reader creates before any of it is stored. Whoever goes on
  after a process died sees by them what it stored, and stores nothing beside it.
- A run holds its record by a lease, so that a repetition tells a run under way, here or in another
  process, from one that died.
"""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import Any, Generic, TypeVar

from chatkit.server import ChatKitServer, NonStreamingResult, StreamingResult
from chatkit.store import NotFoundError, Store, StoreItemType
from chatkit.types import (
    AttachmentsCreateReq,
    ChatKitReq,
    ClientToolCallItem,
    HiddenContextItem,
    ItemsFeedbackReq,
    Page,
    SDKHiddenContextItem,
    StructuredInputItem,
    Thread,
    ThreadCreatedEvent,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadRetryAfterItemParams,
    ThreadsAddClientToolOutputReq,
    ThreadsAddStructuredInputReq,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsCustomActionReq,
    ThreadsRetryAfterItemReq,
    UserMessageItem,
)
from pydantic import BaseModel

from .keys import LIFE, KeyProblemError, Keys, Lease, Notes, Record, State, valid_key

LEASE = 15.0
"""Seconds after which a run that did not renew its lease counts as dead."""

POLL = 0.25
"""Seconds between two looks at a run that somebody waits for."""

HEARTBEAT = b": waiting for the first request with this key\n\n"
"""A comment of SSE, sent at every look: the client sees that the server lives."""

_NEW_MESSAGE = (ThreadsCreateReq, ThreadsAddUserMessageReq)
_STREAMED = (
    *_NEW_MESSAGE,
    ThreadsAddStructuredInputReq,
    ThreadsAddClientToolOutputReq,
    ThreadsRetryAfterItemReq,
    ThreadsCustomActionReq,
)
_AT_ONCE = (ItemsFeedbackReq, AttachmentsCreateReq)

Context = TypeVar("Context")
Check = Callable[[], Awaitable[None]]


_reserved: ContextVar[dict[str, str]] = ContextVar("reserved ids")


def reserved_id(item_type: StoreItemType) -> str | None:
    """Returns the id that the request in hand was given beforehand, the first time it is asked for.

    For `generate_thread_id` and `generate_item_id` of the store.
    """
    return _reserved.get({}).pop(item_type, None)


@dataclass(frozen=True)
class _Call(Generic[Context]):
    """A request with a key: what came, parsed and as it was, and for whom."""

    request: Any
    body: bytes
    context: Context

    @property
    def thread_id(self) -> str | None:
        """The thread that the request names."""
        return getattr(self.request.params, "thread_id", None)


class Idempotency(Generic[Context]):
    """Lets `server` answer each key once, as `keys` remember."""

    def __init__(
        self, server: ChatKitServer[Context], keys: Keys, *, lease: float | None = None
    ) -> None:
        self._server = server
        self._keys = keys
        self._lease = LEASE if lease is None else lease

    @property
    def _store(self) -> Store[Context]:
        return self._server.store

    async def process(
        self, request: ChatKitReq, body: bytes, context: Context, reader: str, check: Check
    ) -> StreamingResult | NonStreamingResult:
        """Answers `request`, parsed from `body`, as `ChatKitServer.process` does.

        `check` raises what is known to be wrong with the request. A repetition is not checked: what
        the first one did would be in its way. Raises `KeyProblemError`, and `NotFoundError` if the
        thread of a repetition was deleted.
        """
        key = request.metadata.get("idempotency_key")
        if key is None or not isinstance(request, _STREAMED + _AT_ONCE):
            await check()
            return await self._server.process(body, context)
        call = _Call(request, body, context)
        record, is_first = await self._record(call, reader, valid_key(key), check)
        if isinstance(request, _AT_ONCE):
            return await self._at_once(record, is_first, call)
        if is_first:
            return StreamingResult(self._run(record, call, body, _reservation(record)))
        if record.begun:
            await self._store.load_thread(record.thread_id or "", context)
        return StreamingResult(self._repeat(record, call))

    async def _record(
        self, call: _Call[Context], reader: str, key: str, check: Check
    ) -> tuple[Record, bool]:
        """The record of the key, and if it is of this request."""
        fresh = None
        record = await self._keys.load(reader, key)
        if record is None:
            try:
                await check()
                fresh = await self._fresh(call, reader, key)
            except Exception:
                # What is in the way may be what a twin has just done.
                record = await self._keys.load(reader, key)
                if record is None:
                    raise
            else:
                record = await self._keys.claim(fresh)
        same_thread = call.thread_id is None or call.thread_id == record.thread_id
        if record.operation != call.request.type or not same_thread:
            raise KeyProblemError("was sent with another request before")
        return record, fresh is not None and record.owner == fresh.owner

    async def _fresh(self, call: _Call[Context], reader: str, key: str) -> Record:
        request, context = call.request, call.context
        thread_id, anchor_id, replaces = call.thread_id, None, []
        if isinstance(request, ThreadsCreateReq):
            thread_id = self._store.generate_thread_id(context)
        if isinstance(request, _NEW_MESSAGE):
            thread = ThreadMetadata(id=thread_id, created_at=datetime.now())
            anchor_id = self._store.generate_item_id("message", thread, context)
        elif isinstance(request, ThreadsRetryAfterItemReq):
            anchor_id = request.params.item_id
            replaces = await self._behind(thread_id, anchor_id, call) or []
        elif isinstance(request, _STREAMED):
            newest = await self._store.load_thread_items(thread_id, None, 1, "desc", context)
            anchor_id = newest.data[0].id if newest.data else None
        now = time.time()
        return Record(
            reader=reader,
            key=key,
            operation=request.type,
            owner=uuid.uuid4().hex,
            thread_id=thread_id,
            anchor_id=anchor_id,
            replaces=tuple(item.id for item in replaces),
            lease_until=now + self._lease,
            expires_at=now + LIFE,
        )

    async def _at_once(
        self, record: Record, is_first: bool, call: _Call[Context]
    ) -> NonStreamingResult:
        """Answers an operation that does not stream: the first time, or as the first time."""
        mine = record if is_first else None
        while mine is None:
            if record.state is State.FINISHED:
                return NonStreamingResult(record.result.encode())
            mine = await self._taken_over(record)
            if mine is None:
                await asyncio.sleep(POLL)
                record = await self._keys.load(record.reader, record.key) or record
        done = replace(mine, state=State.DIED)
        async with Lease(self._keys, mine, self._lease):
            try:
                answer = await self._server.process(call.body, call.context)
                done = replace(mine, state=State.FINISHED, result=answer.json.decode())
                return answer
            finally:
                await self._keys.update(done)

    async def _run(
        self, record: Record, call: _Call[Context], body: bytes, reserved: dict[str, str]
    ) -> AsyncGenerator[bytes, None]:
        """Lets the server answer `body`, and notes what it stored."""
        notes = Notes(record)
        async with Lease(self._keys, record, self._lease) as lease:
            try:
                answer = await self._server.process(body, call.context)
                async with aclosing(answer.json_events) as frames:
                    while True:
                        # Every time: the next step may be another task's.
                        _reserved.set(reserved)
                        frame = await anext(frames, None)
                        if frame is None:
                            break
                        if lease.is_lost:
                            raise RuntimeError("the lease is lost: another run answers")
                        notes.take(frame)
                        yield frame
                notes.ended = True
            finally:
                reserved.clear()
                await self._keys.update(notes.on_record())

    async def _repeat(self, record: Record, call: _Call[Context]) -> AsyncGenerator[bytes, None]:
        """Answers a repetition: waits while the first runs, goes on where it died."""
        echoed = False
        while True:
            if not echoed:
                for frame in await self._echo(record, call):
                    echoed = True
                    yield frame
            if record.state is State.FINISHED:
                for item_id in json.loads(record.result):
                    item = await self._item(record.thread_id, item_id, call)
                    if item is not None:
                        yield _frame(ThreadItemDoneEvent(item=item))
                return
            taken = await self._taken_over(record)
            if taken is not None:
                async with aclosing(self._go_on(taken, call)) as frames:
                    async for frame in frames:
                        yield frame
                return
            yield HEARTBEAT
            await asyncio.sleep(POLL)
            record = await self._keys.load(record.reader, record.key) or record

    async def _taken_over(self, record: Record) -> Record | None:
        """The record in our hands, if whoever held it is dead."""
        now = time.time()
        if not record.is_dead(now):
            return None
        taken = replace(
            record, owner=uuid.uuid4().hex, state=State.RUNNING, lease_until=now + self._lease
        )
        return taken if await self._keys.take_over(record, taken) else None

    async def _echo(self, record: Record, call: _Call[Context]) -> list[bytes]:
        """What the reader's own message streams as, once it is stored."""
        if not isinstance(call.request, _NEW_MESSAGE):
            return []
        message = await self._item(record.thread_id, record.anchor_id, call)
        if message is None:
            return []
        frames = [_frame(ThreadItemDoneEvent(item=message))]
        if isinstance(call.request, ThreadsCreateReq):
            kept = await self._store.load_thread(record.thread_id or "", call.context)
            # Without its metadata, which is the server's own.
            thread = Thread(**kept.model_dump(exclude={"metadata", "items"}), items=Page())
            frames.insert(0, _frame(ThreadCreatedEvent(thread=thread)))
        return frames

    async def _go_on(self, record: Record, call: _Call[Context]) -> AsyncGenerator[bytes, None]:
        """Answers in the place of a run that died."""
        is_new = isinstance(call.request, _NEW_MESSAGE)
        if is_new and not record.begun:
            record = replace(
                record,
                begun=await self._item(record.thread_id, record.anchor_id, call) is not None,
            )
        if is_new and not record.begun:
            answer = self._run(record, call, call.body, _reservation(record))
        else:
            behind = await self._behind(record.thread_id, record.anchor_id, call)
            if behind is None or any(_is_newer(item, record) for item in behind):
                # To answer anew would take away what the reader wrote since.
                answer = self._leave(record, behind or [])
            else:
                answer = self._run(record, call, await self._anew(record, behind, call), {})
        async with aclosing(answer) as frames:
            async for frame in frames:
                yield frame

    async def _leave(self, record: Record, behind: list[ThreadItem]) -> AsyncIterator[bytes]:
        """Answers with what the run that died had stored."""
        left = [
            item
            for item in takewhile(lambda item: not isinstance(item, UserMessageItem), behind)
            if not isinstance(item, HiddenContextItem | SDKHiddenContextItem)
        ]
        ids = json.dumps([item.id for item in left])
        await self._keys.update(replace(record, state=State.FINISHED, result=ids))
        for item in left:
            yield _frame(ThreadItemDoneEvent(item=item))

    async def _anew(self, record: Record, behind: list[ThreadItem], call: _Call[Context]) -> bytes:
        """The request that answers anew, after what was left of the first answer is removed."""
        request, thread_id = call.request, record.thread_id or ""
        if isinstance(request, ThreadsRetryAfterItemReq):
            return call.body
        if isinstance(request, _NEW_MESSAGE):
            params = ThreadRetryAfterItemParams(thread_id=thread_id, item_id=record.anchor_id or "")
            retry = ThreadsRetryAfterItemReq(params=params, metadata=request.metadata)
            return retry.model_dump_json().encode()
        for item in behind:
            await self._store.delete_thread_item(thread_id, item.id, call.context)
        answered = None
        if isinstance(request, ThreadsAddClientToolOutputReq):
            answered = await self._item(thread_id, record.anchor_id, call)
        elif isinstance(request, ThreadsAddStructuredInputReq):
            answered = await self._item(thread_id, request.params.item_id, call)
        if isinstance(answered, ClientToolCallItem | StructuredInputItem):
            # The SDK takes the same answers again only where it still waits for them.
            waiting = answered.model_copy(update={"status": "pending"})
            await self._store.save_item(thread_id, waiting, call.context)
        return call.body

    async def _item(
        self, thread_id: str | None, item_id: str | None, call: _Call[Context]
    ) -> ThreadItem | None:
        try:
            return await self._store.load_item(thread_id or "", item_id or "", call.context)
        except NotFoundError:
            return None

    async def _behind(
        self, thread_id: str | None, anchor_id: str | None, call: _Call[Context]
    ) -> list[ThreadItem] | None:
        """The items behind the anchor, oldest first; None if the anchor is not there (any more)."""
        found: list[ThreadItem] = []
        after = None
        while True:
            page = await self._store.load_thread_items(
                thread_id or "", after, 100, "desc", call.context
            )
            for item in page.data:
                if item.id == anchor_id:
                    return found[::-1]
                found.append(item)
            if not page.has_more:
                return found[::-1] if anchor_id is None else None
            after = page.after


def _reservation(record: Record) -> dict[str, str]:
    """The ids to be given to what a new message creates."""
    if record.operation == "threads.create":
        return {"thread": record.thread_id or "", "message": record.anchor_id or ""}
    if record.operation == "threads.add_user_message":
        return {"message": record.anchor_id or ""}
    return {}


def _is_newer(item: ThreadItem, record: Record) -> bool:
    """The reader wrote it after the request."""
    return isinstance(item, UserMessageItem) and item.id not in record.replaces


def _frame(event: BaseModel) -> bytes:
    """An event as the SDK puts it on the wire."""
    options: dict[str, Any] = {"by_alias": True, "exclude_none": True}
    json_text = event.model_dump_json(**options, context={"exclude_metadata": True})
    return b"data: " + json_text.encode() + b"\n\n"
