"""Keys in the database: one record each, one owner at a time, a day long."""

import asyncio
from dataclasses import replace

import pytest

from demo_server import database_keys
from demo_server.database import Database
from demo_server.database_keys import DatabaseKeys
from demo_server.keys import Record


async def test_keys_are_forgotten_after_a_day(database: Database) -> None:
    keys = DatabaseKeys(database)
    record = Record("anne", "k", "threads.create", "o", "t", "m", (), 0.0, 1.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_keys, "time", lambda: 0.5)
        assert await keys.claim(record) == record
        assert await keys.claim(replace(record, owner="p")) == record
        assert await keys.load("anne", "k") == record
    assert await keys.load("anne", "k") is None
    later = replace(record, owner="p", expires_at=9e9)
    assert await keys.claim(later) == later


async def test_expired_keys_are_swept_along_with_a_request(database: Database) -> None:
    record = Record("anne", "k", "threads.create", "o", "t", "m", (), 0.0, 1.0)
    await DatabaseKeys(database).claim(record)
    await DatabaseKeys(database).claim(replace(record, key="l", expires_at=9e9))
    async with database.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT key FROM idempotency_keys")
        assert [row.key for row in rows] == ["l"]


async def test_of_many_who_take_a_dead_run_over_one_does(database: Database) -> None:
    keys = DatabaseKeys(database)
    record = Record("anne", "k", "threads.create", "o", "t", "m", (), 0.0, 9e9)
    await keys.claim(record)
    owners = [replace(record, owner=f"p{n}", lease_until=9e9) for n in range(5)]
    taken = await asyncio.gather(*(keys.take_over(record, owner) for owner in owners))
    assert sorted(taken) == [False] * 4 + [True]
    assert not await keys.update(replace(record, begun=True)), "the first owner lost it"


async def test_a_run_that_shows_life_is_not_taken_over(database: Database) -> None:
    keys = DatabaseKeys(database)
    record = Record("anne", "k", "threads.create", "o", "t", "m", (), 1.0, 9e9)
    await keys.claim(record)
    assert await keys.update(replace(record, lease_until=2.0))
    assert not await keys.take_over(record, replace(record, owner="p"))
    assert await keys.load("anne", "k") == replace(record, lease_until=2.0)
