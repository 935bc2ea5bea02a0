"""Keys of repeated requests, in memory, for the demo server's `idempotency.py`, which is used here as it is."""

import sys
from pathlib import Path
from time import time

sys.path.append(str(Path(__file__).resolve().parents[2] / "demo-server"))

from demo_server.idempotency import Idempotency, reserved_id
from demo_server.keys import KeyProblemError, Record

__all__ = ["Idempotency", "KeyProblemError", "MemoryKeys", "reserved_id"]


class MemoryKeys:
    """One record for each reader and key. Nothing here waits, so that nothing comes between reading and writing."""

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], Record] = {}

    async def load(self, reader: str, key: str) -> Record | None:
        record = self._records.get((reader, key))
        return record if record is not None and record.expires_at >= time() else None

    async def claim(self, record: Record) -> Record:
        there = await self.load(record.reader, record.key)
        if there is None:
            there = self._records[record.reader, record.key] = record
        return there

    async def take_over(self, record: Record, owner: Record) -> bool:
        if self._records.get((record.reader, record.key)) != record:
            return False
        self._records[record.reader, record.key] = owner
        return True

    async def update(self, record: Record) -> bool:
        there = self._records.get((record.reader, record.key))
        if there is None or there.owner != record.owner:
            return False
        self._records[record.reader, record.key] = record
        return True
