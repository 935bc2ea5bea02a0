"""Threads that are there before anybody wrote: for history, paging and long conversations."""

from typing import TYPE_CHECKING, Any, Literal

from chatkit.types import (
    ActiveStatus,
    AssistantMessageContent,
    AssistantMessageItem,
    ClosedStatus,
    InferenceOptions,
    LockedStatus,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)
from pydantic import BaseModel, TypeAdapter

from store import Clock

if TYPE_CHECKING:
    from app import ScriptedServer

STATUS = {"active": ActiveStatus, "locked": LockedStatus, "closed": ClosedStatus}


class Seed(BaseModel):
    """A thread to plant: `turns` questions ("Question 1" …) with their answers, then `items` as they are."""

    title: str | None = None
    turns: int = 0
    status: Literal["active", "locked", "closed"] = "active"
    reason: str | None = None
    #: Items of the protocol without thread and time, which they are given, and without id, unless it matters.
    items: list[dict[str, Any]] = []


async def plant(server: "ScriptedServer", seeds: list[Seed]) -> list[str]:
    """Stores the threads, in this order, and returns their ids."""
    return [await _plant(server, seed) for seed in seeds]


async def _plant(server: "ScriptedServer", seed: Seed) -> str:
    options = {} if seed.status == "active" else {"reason": seed.reason}
    thread = ThreadMetadata(
        id=server.ids.new("thread"),
        title=seed.title,
        created_at=Clock.now(),
        status=STATUS[seed.status](**options),
    )
    await server.store.save_thread(thread, {})

    def base() -> dict[str, Any]:
        return {"id": server.ids.new("message"), "thread_id": thread.id, "created_at": Clock.now()}

    items: list[ThreadItem] = []
    for turn in range(1, seed.turns + 1):
        question = UserMessageTextContent(text=f"Question {turn}")
        items.append(UserMessageItem(content=[question], inference_options=InferenceOptions(), **base()))
        answer = AssistantMessageContent(text=f"Answer {turn} of **{seed.title or 'a thread'}**.")
        items.append(AssistantMessageItem(content=[answer], **base()))
    given = TypeAdapter(ThreadItem)
    items.extend(given.validate_python({**base(), **item}) for item in seed.items)
    for item in items:
        await server.store.add_thread_item(thread.id, item, {})
    return thread.id
