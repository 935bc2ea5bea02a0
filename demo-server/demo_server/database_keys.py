"""Idempotency keys in the database."""

import json
from time import time
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update

from .database import Database, insert_into
from .keys import Record, State
from .tables import idempotency_keys as table

SWEEP_EVERY = 60.0
"""Seconds between two sweeps of expired keys: one query by an index, along with a request."""


class DatabaseKeys:
    """`keys.Keys` in a table whose primary key is reader and key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next_sweep = 0.0

    async def load(self, reader: str, key: str) -> Record | None:
        """Returns the record of a key; None if it was never seen, or expired."""
        query = select(table).where(_of(reader, key), table.c.expires_at >= time())
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else _record(row)

    async def claim(self, record: Record) -> Record:
        """Stores `record` if there is none of its reader and key; returns the one there is."""
        now = time()
        mine = _of(record.reader, record.key)
        insert = insert_into(table, self._database).values(**_values(record))
        async with self._database.writing() as connection:
            if now >= self._next_sweep:
                self._next_sweep = now + SWEEP_EVERY
                await connection.execute(delete(table).where(table.c.expires_at < now))
            else:
                await connection.execute(delete(table).where(mine, table.c.expires_at < now))
            await connection.execute(insert.on_conflict_do_nothing())
            row = (await connection.execute(select(table).where(mine))).one()
        return _record(row)

    async def take_over(self, record: Record, owner: Record) -> bool:
        """Puts `owner` in the place of `record`; returns False if that has changed meanwhile."""
        as_it_was = and_(table.c.state == record.state, table.c.lease_until == record.lease_until)
        return await self._change(record.owner, owner, as_it_was)

    async def update(self, record: Record) -> bool:
        """Stores what changed in `record`; returns False if its owner does not hold it any more."""
        return await self._change(record.owner, record)

    async def _change(self, holder: str, record: Record, *more: ColumnElement[bool]) -> bool:
        held = and_(_of(record.reader, record.key), table.c.owner == holder, *more)
        async with self._database.writing() as connection:
            changed = await connection.execute(update(table).where(held).values(**_values(record)))
        return changed.rowcount == 1


def _of(reader: str, key: str) -> ColumnElement[bool]:
    return and_(table.c.reader == reader, table.c.key == key)


def _values(record: Record) -> dict[str, Any]:
    return {**vars(record), "replaces": json.dumps(record.replaces)}


def _record(row: Any) -> Record:
    values = {**row._mapping, "replaces": tuple(json.loads(row.replaces))}
    return Record(**{**values, "state": State(row.state)})
