"""SQLite with many who write: they wait for one another, and nobody is told that it is locked."""

import asyncio
from pathlib import Path

import pytest

from demo_server import database, tables
from demo_server.context import RequestContext
from demo_server.database import Database, create_engine
from demo_server.store import DatabaseStore

from .test_store import thread


def of_a_process(folder: Path) -> Database:
    """The database as one of several processes has it."""
    return Database(create_engine(f"sqlite+aiosqlite:///{folder / 'chat.sqlite'}"))


async def test_processes_that_start_at_once_make_the_tables_together(tmp_path: Path) -> None:
    processes = [of_a_process(tmp_path) for _ in range(5)]
    await asyncio.gather(*(process.prepare(tables.metadata) for process in processes))
    for process in processes:
        await DatabaseStore(process).save_thread(thread(), RequestContext("ses_anne", ""))
        await process.close()


async def test_within_a_process_writes_queue_up_and_need_no_luck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 0)
    process = of_a_process(tmp_path)
    await process.prepare(tables.metadata)
    store = DatabaseStore(process)
    readers = [RequestContext(f"ses_{number}", "") for number in range(50)]
    await asyncio.gather(*(store.save_thread(thread(), reader) for reader in readers))
    for reader in readers:
        assert await store.load_thread("t", reader) == thread()
    await process.close()
