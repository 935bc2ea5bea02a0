import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from demo_server import tables
from demo_server.database import Database, create_engine, normalise_url
from demo_server.store import DatabaseStore

from .support import HTTP, Reader, running, settings


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def _connections_are_closed() -> Iterator[None]:
    yield
    HTTP.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server shared by the tests of a file; each reader is a session of its own."""
    with running(settings(tmp_path_factory.mktemp("server"))) as address:
        yield address


@pytest.fixture
def reader(address: str) -> Reader:
    return Reader(address)


def _postgres() -> str | None:
    """Where PostgreSQL is, if one was named for the tests."""
    for name in ("TEST_POSTGRES_URL", "DATABASE_URL"):
        value = os.environ.get(name)
        if value and make_url(value).drivername.startswith("postgres"):
            return normalise_url(value)
    return None


POSTGRES = _postgres()


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of each kind there is."""
    if request.param == "sqlite":
        database = Database(create_engine(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}"))
        await database.prepare(tables.metadata)
        yield database
        await database.close()
        return
    # A schema of our own: the database may be one that somebody uses.
    schema = f"test_{uuid.uuid4().hex}"
    admin = create_engine(POSTGRES)
    async with admin.begin() as connection:
        await connection.execute(text(f"CREATE SCHEMA {schema}"))
    database = Database(
        create_engine(POSTGRES, connect_args={"server_settings": {"search_path": schema}})
    )
    try:
        await database.prepare(tables.metadata)
        yield database
    finally:
        await database.close()
        async with admin.begin() as connection:
            await connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        await admin.dispose()


@pytest.fixture
def store(database: Database) -> DatabaseStore:
    """An empty store on each database there is."""
    return DatabaseStore(database)
