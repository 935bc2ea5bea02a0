"""Settings, read once from the environment. README.md lists them."""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from . import signing_key
from .database import DatabaseUrlError, normalise_url, sqlite_file
from .origins import LOCAL_PAGES, Origins

logger = logging.getLogger(__name__)

HOME = Path(__file__).resolve().parent.parent
"""The `demo-server` folder: defaults are relative to it, not to where the command was typed."""

SHORTEST_SECRET = 32
"""Characters. HS256 wants a key at least as long as its 256-bit hash (RFC 7518 §3.2)."""


class ConfigError(Exception):
    """A setting that cannot work: names the variable and what to write instead."""


@dataclass(frozen=True)
class Settings:
    database_url: str
    """SQLAlchemy URL with an async driver."""
    origins: Origins
    session_secret: str
    session_ttl: timedelta
    book_dir: Path
    book_url: str | None
    """Prefix of the links into the book; None: the origin of the page that asks."""
    word_delay: float
    """Seconds between two words of an answer. 0: as fast as they can be sent; 0.1: slow reading."""
    body_timeout: float
    """Seconds that the body of a request may take to arrive."""
    openai_api_key: str | None

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Raises `ConfigError`. An empty variable counts as unset."""

        def get(name: str) -> str | None:
            return env.get(name, "").strip() or None

        url = _database_url(get("DATABASE_URL"))
        return cls(
            database_url=url,
            origins=_origins(get("ALLOWED_ORIGINS")),
            session_secret=_secret(get("SESSION_SECRET"), url),
            session_ttl=timedelta(seconds=_number("SESSION_TTL", get("SESSION_TTL"), 600, least=1)),
            book_dir=Path(get("BOOK_DIR") or HOME.parent / "www" / "book"),
            book_url=get("BOOK_URL"),
            word_delay=_number("WORD_DELAY_MS", get("WORD_DELAY_MS"), 15, least=0) / 1000,
            body_timeout=_number("BODY_TIMEOUT", get("BODY_TIMEOUT"), 30, least=1),
            openai_api_key=get("OPENAI_API_KEY"),
        )


def _database_url(value: str | None) -> str:
    if value is None:
        return f"sqlite+aiosqlite:///{HOME / 'data' / 'demo.sqlite'}"
    try:
        return normalise_url(value)
    except DatabaseUrlError as error:
        raise ConfigError(f"DATABASE_URL: {error}") from None


def _origins(value: str | None) -> Origins:
    entries = LOCAL_PAGES if value is None else [e.strip() for e in value.split(",") if e.strip()]
    try:
        return Origins(entries)
    except ValueError as error:
        raise ConfigError(f"ALLOWED_ORIGINS: {error}") from None


def _secret(value: str | None, database_url: str) -> str:
    if value is not None:
        if len(value) < SHORTEST_SECRET:
            raise ConfigError(
                f"SESSION_SECRET is {len(value)} characters long; use at least {SHORTEST_SECRET}, "
                'such as the output of: python -c "import secrets; print(secrets.token_hex(32))"'
            )
        return value
    database = sqlite_file(database_url)
    path = (
        database.with_name(database.name + ".session-key")
        if database is not None
        else HOME / "data" / "session-key"
    )
    try:
        key = signing_key.load_or_create(path)
    except OSError as error:
        raise ConfigError(f"SESSION_SECRET is not set and no key can be kept: {error}") from None
    logger.warning("SESSION_SECRET is not set: sessions are signed with the key kept in %s", path)
    return key


def _number(name: str, value: str | None, default: float, *, least: float) -> float:
    try:
        number = default if value is None else float(value)
    except ValueError:
        raise ConfigError(f'{name} is "{value}"; write a number, such as {default}') from None
    if not least <= number < 1e9:
        raise ConfigError(f"{name} is {value}; write a number from {least} up")
    return number
