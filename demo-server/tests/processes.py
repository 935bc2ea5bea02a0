"""The server as it is started for real: `python -m demo_server`, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import httpx

from demo_server.config import HOME

from .support import BOOK, HTTP, PATIENCE, eventually


def environment(**changes: str) -> dict[str, str]:
    ours = ("DATABASE_URL", "ALLOWED_ORIGINS", "SESSION_", "BOOK_", "WORD_DELAY", "OPENAI_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**inherited, "BOOK_DIR": str(BOOK), "WORD_DELAY_MS": "0", **changes}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(
    end: signal.Signals, log: Path | None = None, lease: float | None = None, **changes: str
) -> Iterator[str]:
    """The address of a server that is ended by the signal `end`.

    `log` takes what it says; `lease` is the time after which a run of it counts as dead.
    """
    address = f"http://127.0.0.1:{(port := free_port())}"
    start = ["-m", "demo_server"]
    if lease is not None:
        change = f"idempotency.LEASE = {lease}"
        start = ["-c", f"from demo_server import __main__, idempotency; {change}; __main__.main()"]
    with open(log, "w") if log is not None else nullcontext() as said:
        process = subprocess.Popen(
            [sys.executable, *start, "--port", str(port), "--log-level", "warning"],
            cwd=HOME,
            env=environment(**changes),
            stderr=said,
        )

    def up() -> bool:
        assert process.poll() is None, "the server ended"
        try:
            return HTTP.get(f"{address}/healthz").status_code == 200
        except httpx.TransportError:
            return False

    try:
        eventually("the server starts", up)
        yield address
    finally:
        process.send_signal(end)
        process.wait(PATIENCE)
