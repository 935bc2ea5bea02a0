"""The database engine: SQLite in a file or PostgreSQL, both through SQLAlchemy's async API."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}

BUSY_TIMEOUT_MS = 5000
"""How long a write waits for another one on SQLite. Short fails under a handful of readers at once;
long makes a reader wait where an error with a retry would serve them better."""


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
