"""Settings from the environment: what is wrong is named, with what to write instead."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from demo_server import signing_key
from demo_server.app import create_app
from demo_server.config import HOME, ConfigError, Settings
from demo_server.database import sqlite_file

from .support import BOOK, settings

SECRET = {"SESSION_SECRET": "s" * 32}


def test_the_defaults_are_those_of_the_demo() -> None:
    read = Settings.from_env({**SECRET, "DATABASE_URL": "", "BOOK_URL": " "})
    assert sqlite_file(read.database_url) == HOME / "data" / "demo.sqlite"
    assert read.session_ttl == timedelta(seconds=600)
    assert read.book_dir == HOME.parent / "www" / "book"
    assert read.word_delay == 0.015
    assert read.body_timeout == 30
    assert (read.book_url, read.openai_api_key) == (None, None)
    for origin in ("http://localhost:5173", "http://127.0.0.1:40000", "http://[::1]:1"):
        assert read.origins.allows(origin)
    for origin in (None, "null", "https://localhost:5173", "http://localhost.evil.example"):
        assert not read.origins.allows(origin)


def test_every_setting_is_taken() -> None:
    read = Settings.from_env(
        {
            **SECRET,
            "DATABASE_URL": "postgres://user:p%40ss@host/name?sslmode=require",
            "ALLOWED_ORIGINS": "https://a.example/, http://b.example:8080",
            "SESSION_TTL": "60",
            "BOOK_DIR": "/book",
            "BOOK_URL": "https://c.example",
            "WORD_DELAY_MS": "100",
            "BODY_TIMEOUT": "5",
            "OPENAI_API_KEY": "sk-x",
        }
    )
    assert read.database_url == "postgresql+asyncpg://user:p%40ss@host/name?ssl=require"
    assert read.origins.allows("https://a.example")
    assert read.origins.allows("http://b.example:8080")
    assert not read.origins.allows("http://b.example")
    assert read.session_ttl == timedelta(seconds=60)
    assert read.book_dir == Path("/book")
    assert read.body_timeout == 5
    assert (read.book_url, read.word_delay, read.openai_api_key) == (
        "https://c.example",
        0.1,
        "sk-x",
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://host/name", '"mysql" is not supported'),
        ("DATABASE_URL", "secretpassword", "not a database URL"),
        ("ALLOWED_ORIGINS", "*", '"\\*" is not an origin'),
        ("ALLOWED_ORIGINS", "https://a.example/path", "is not an origin"),
        ("ALLOWED_ORIGINS", "a.example", "is not an origin"),
        ("SESSION_SECRET", "short", "5 characters long; use at least 32"),
        ("SESSION_TTL", "0", "from 1 up"),
        ("SESSION_TTL", "nan", "from 1 up"),
        ("BODY_TIMEOUT", "0", "from 1 up"),
        ("WORD_DELAY_MS", "-1", "from 0 up"),
        ("WORD_DELAY_MS", "fast", "write a number, such as 15"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as raised:
        Settings.from_env({**SECRET, name: value})
    assert str(raised.value).startswith(name)
    assert "secretpassword" not in str(raised.value)


def test_a_missing_book_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"BOOK_DIR: .*holds no page"):
        create_app(settings(tmp_path, book_dir=tmp_path / "nowhere"))


def test_a_secret_that_was_made_stays_and_is_kept_private(tmp_path: Path) -> None:
    env = {"DATABASE_URL": f"sqlite:///{tmp_path / 'a' / 'chat.sqlite'}", "BOOK_DIR": str(BOOK)}
    first = Settings.from_env(env)
    assert Settings.from_env(env).session_secret == first.session_secret
    (file,) = (tmp_path / "a").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = Settings.from_env({"DATABASE_URL": f"sqlite:///{tmp_path / 'b.sqlite'}"})
    assert other.session_secret != first.session_secret


def test_an_empty_key_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("\n")
    with pytest.raises(OSError, match="is empty; delete it"):
        signing_key.load_or_create(tmp_path / "key")
