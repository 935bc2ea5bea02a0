"""What is remembered of a key that a request came with, and how a run holds it."""

import asyncio
import json
import logging
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import time
from typing import Protocol

logger = logging.getLogger(__name__)

LIFE = 24 * 3600.0
"""Seconds that a key is remembered."""

LONGEST_KEY = 64
"""Characters. A UUID has 36."""


class KeyProblemError(ValueError):
    """A key that cannot be honoured; says why."""


def valid_key(key: object) -> str:
    """Returns `key`. Raises `KeyProblemError` if it is none."""
    if isinstance(key, str) and 0 < len(key) <= LONGEST_KEY and all("!" <= c <= "~" for c in key):
        return key
    raise KeyProblemError(f"is not a string of 1 to {LONGEST_KEY} visible ASCII characters")


class State(StrEnum):
    """How far a run came."""

    RUNNING = "running"
    FINISHED = "finished"
    DIED = "died"


@dataclass(frozen=True)
class Record:
    """What is known of a key."""

    reader: str
    key: str
    operation: str
    owner: str
    """The run that holds it."""
    thread_id: str | None
    anchor_id: str | None
    """The item behind which the answer stands: of a new message the message itself."""
    replaces: tuple[str, ...]
    """Items behind the anchor whose place the answer takes."""
    lease_until: float
    """Unix seconds, as all times here."""
    expires_at: float
    state: State = State.RUNNING
    begun: bool = False
    """What the reader asked for is in the thread."""
    result: str = "[]"
    """JSON: ids of the items the run stored, or what an operation without a stream answered."""

    def is_dead(self, now: float) -> bool:
        return self.state is State.DIED or (self.state is State.RUNNING and self.lease_until < now)


class Keys(Protocol):
    """Where records are kept, one for each reader and key."""

    async def load(self, reader: str, key: str) -> Record | None:
        """Returns the record of a key; None if it was never seen, or expired."""

    async def claim(self, record: Record) -> Record:
        """Stores `record` if there is none of its reader and key; returns the one there is."""

    async def take_over(self, record: Record, owner: Record) -> bool:
        """Puts `owner` in the place of `record`; returns False if that has changed meanwhile."""

    async def update(self, record: Record) -> bool:
        """Stores what changed in `record`; returns False if its owner does not hold it any more."""


class Lease:
    """Holds a record while a run lasts: renewed three times within its `seconds`."""

    def __init__(self, keys: Keys, record: Record, seconds: float) -> None:
        self._keys = keys
        self._record = record
        self._seconds = seconds
        self._renewing: asyncio.Task[None] | None = None
        self.is_lost = False
        """Somebody else took the record over, because it was not renewed in time."""

    async def __aenter__(self) -> "Lease":
        self._renewing = asyncio.create_task(self._renew())
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._renewing is not None:
            self._renewing.cancel()

    async def _renew(self) -> None:
        while not self.is_lost:
            await asyncio.sleep(self._seconds / 3)
            renewed = replace(self._record, lease_until=time() + self._seconds)
            try:
                self.is_lost = not await self._keys.update(renewed)
            except Exception:
                # Tried again: only when the lease has run out may somebody else take over.
                logger.exception("The lease of a request could not be renewed")


@dataclass
class Notes:
    """What became of a run, seen by its events."""

    record: Record
    begun: bool = False
    failed: bool = False
    ended: bool = False
    stored: dict[str, None] = field(default_factory=dict)
    """Ids in the order of the events."""

    def take(self, frame: bytes) -> None:
        """Notes an event that is about to be sent."""
        if frame.startswith(b'data: {"type":"thread.item.updated"'):
            # Most events are of this kind, and none of them stores anything.
            return
        event = json.loads(frame.removeprefix(b"data: "))
        self.begun = self.begun or event["type"] != "thread.created"
        match event:
            case {"type": "thread.item.done" | "thread.item.replaced", "item": item}:
                if item["type"] != "user_message":
                    self.stored[item["id"]] = None
            case {"type": "thread.item.removed", "item_id": item_id}:
                self.stored.pop(item_id, None)
            case {"type": "error"}:
                self.failed = True

    def on_record(self) -> Record:
        """The record as it is after the run."""
        return replace(
            self.record,
            state=State.FINISHED if self.ended and not self.failed else State.DIED,
            begun=self.begun or self.record.begun,
            result=json.dumps(list(self.stored)),
        )
