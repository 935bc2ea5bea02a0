"""The tables. Every row carries the session it belongs to, and every key begins with it.

`seq` counts rows in the order they were written. Pages are cut by it: two items written within the
same tick of the clock have equal `created_at`, and a page cut by time would drop one of them.
Payloads are JSON text rather than a JSON column: PostgreSQL's `jsonb` refuses the NUL characters
that a message may hold.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# SQLite numbers rows by itself only for a column of exactly the type INTEGER.
_Sequence = BigInteger().with_variant(Integer, "sqlite")

threads = Table(
    "threads",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("session_id", String(64), nullable=False),
    Column("id", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("session_id", "id"),
    # A number is never given twice, not even after the newest row was deleted.
    sqlite_autoincrement=True,
)


def _of_thread() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["session_id", "thread_id"], ["threads.session_id", "threads.id"], ondelete="CASCADE"
    )


items = Table(
    "items",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("session_id", String(64), nullable=False),
    Column("thread_id", String(64), nullable=False),
    # Longer than ours: with a model, item ids are the model service's own.
    Column("id", String(255), nullable=False),
    Column("payload", Text, nullable=False),
    # Not unique beyond the thread: some models name every message alike.
    UniqueConstraint("session_id", "thread_id", "id"),
    _of_thread(),
    sqlite_autoincrement=True,
)

attachments = Table(
    "attachments",
    metadata,
    Column("session_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    # Empty until the message that carries the attachment is sent.
    Column("thread_id", String(64), nullable=True),
    Column("payload", Text, nullable=False),
    _of_thread(),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    # The primary key is what lets one of two twins through.
    Column("reader", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("operation", String(64), nullable=False),
    Column("owner", String(32), nullable=False),
    Column("thread_id", String(64), nullable=True),
    Column("anchor_id", String(255), nullable=True),
    # JSON: a list of item ids.
    Column("replaces", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("begun", Boolean, nullable=False),
    # JSON: a list of item ids, or what an operation without a stream answered.
    Column("result", Text, nullable=False),
    # Unix seconds.
    Column("lease_until", Double, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
)
