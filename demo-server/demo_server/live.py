"""Answers while they are written.

The SDK stores what a cancelled answer had reached, but only if the cancellation finds it waiting in
its own code, and only if it may then wait for the database. Neither holds for a generator that the
web framework iterates: a disconnect can find it parked between two events (nothing is stored), and
inside the framework's cancel scope every further wait is cancelled as well. So each answer runs in
a task of its own, which a disconnect cancels exactly once.
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

HEADERS = {
    # A cache or a compressing proxy would collect the answer and hand it over at once.
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
}


class LiveAnswers:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def response(self, events: AsyncIterable[bytes]) -> StreamingResponse:
        """A response that streams `events`; when the reader goes away, `events` is cancelled."""
        # Unbounded, so that a slow reader never parks the writer; an answer is a few kilobytes.
        queue: asyncio.Queue[bytes | Exception | None] = asyncio.Queue()
        task = asyncio.create_task(_write(events, queue))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return _LiveResponse(task, queue)

    async def stop(self) -> None:
        """Cancels every answer and waits until what they had reached is stored."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _LiveResponse(StreamingResponse):
    def __init__(
        self, task: asyncio.Task[None], queue: "asyncio.Queue[bytes | Exception | None]"
    ) -> None:
        super().__init__(_read(queue), media_type="text/event-stream", headers=HEADERS)
        self._task = task

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._task.cancel()


async def _write(
    events: AsyncIterable[bytes], queue: "asyncio.Queue[bytes | Exception | None]"
) -> None:
    try:
        async for event in events:
            queue.put_nowait(event)
    except Exception as error:
        # Handed on, so that the connection breaks off: a clean end would look like an answer.
        queue.put_nowait(error)
    finally:
        queue.put_nowait(None)


async def _read(queue: "asyncio.Queue[bytes | Exception | None]") -> AsyncIterator[bytes]:
    while (event := await queue.get()) is not None:
        if isinstance(event, Exception):
            raise event
        yield event
