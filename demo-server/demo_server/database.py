"""The database engine: SQLite in a file or PostgreSQL, both through SQLAlchemy's async API."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}

BUSY_TIMEOUT_MS = 20_000
"""How long a write waits on SQLite for one of another process. Within a process writes queue up
(`Database.writing`), so that this is the time for one write of each other process, not of all their
readers."""

_PREPARING = 7_241_405
"""PostgreSQL's advisory lock while tables are made; any number that nothing else uses."""


class DatabaseUrlError(ValueError):
    """What is wrong with a database URL."""


def normalise_url(value: str) -> str:
    """The URL as hosting services write it (`postgres://…?sslmode=require`) with our drivers."""
    try:
        url = make_url(value)
    except ArgumentError:
        # The URL holds a password, so it is not repeated.
        raise DatabaseUrlError(
            "not a database URL; write postgresql://user:password@host/name or sqlite:///file"
        ) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise DatabaseUrlError(
            f'"{url.drivername}" is not supported; write postgresql://… or sqlite:///file'
        )
    url = url.set(drivername=driver)
    if driver.startswith("postgresql") and "sslmode" in url.query:
        # libpq's name; asyncpg calls the same thing `ssl` and refuses the other.
        mode = url.query["sslmode"]
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return url.render_as_string(hide_password=False)


def sqlite_file(database_url: str) -> Path | None:
    """The file of a SQLite URL; None for PostgreSQL and for a database in memory."""
    url = make_url(database_url)
    if not url.drivername.startswith("sqlite") or _in_memory(url):
        return None
    return Path(url.database or "").resolve()


def create_engine(database_url: str, **options: Any) -> AsyncEngine:
    """An engine that connects on first use. The folder of a SQLite file is made if missing."""
    file = sqlite_file(database_url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(database_url, pool_pre_ping=True, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _configure_sqlite)
    return engine


class Database:
    """An engine, with writes that wait for one another where the database cannot do that itself."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time, and who waits for it is served by chance: under load some
        # would wait past any limit. Those of one process wait in a queue instead.
        self._writer = asyncio.Lock() if self.is_sqlite else nullcontext()

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for queries."""
        return self._engine.connect()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, which is committed at the end."""
        async with self._writer, self._engine.begin() as connection:
            if self.is_sqlite:
                # A transaction that reads first and writes later cannot wait: it fails at once.
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    async def prepare(self, metadata: MetaData) -> None:
        """Makes the tables that are missing, also while another process does the same."""
        async with self.writing() as connection:
            if not self.is_sqlite:
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_PREPARING})"))
            await connection.run_sync(metadata.create_all)

    async def close(self) -> None:
        """Closes every connection."""
        await self._engine.dispose()


def insert_into(table: Table, database: Database) -> Any:
    """An `INSERT` that knows `ON CONFLICT`, which each database spells in a dialect of its own."""
    return sqlite.insert(table) if database.is_sqlite else postgresql.insert(table)


def _in_memory(url: URL) -> bool:
    return not url.database or url.database == ":memory:"


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    # Readers and a writer do not block each other, and a crash loses no committed message.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # SQLite ignores foreign keys unless told: messages of a deleted thread would stay behind.
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
