"""The server as it is started for real: `python -m demo_server`."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from demo_server.config import HOME

from .support import BOOK, HTTP, PATIENCE, Reader, eventually


def environment(**changes: str) -> dict[str, str]:
    ours = ("DATABASE_URL", "ALLOWED_ORIGINS", "SESSION_", "BOOK_", "WORD_DELAY", "OPENAI_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**inherited, "BOOK_DIR": str(BOOK), "WORD_DELAY_MS": "0", **changes}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(end: signal.Signals, **changes: str) -> Iterator[str]:
    address = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(
        [sys.executable, "-m", "demo_server", "--port", str(port), "--log-level", "warning"],
        cwd=HOME,
        env=environment(**changes),
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


def test_a_conversation_survives_restarts_and_a_crash(tmp_path: Path) -> None:
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new folder' / 'chat.sqlite'}"}
    with started(signal.SIGTERM, **database) as address:
        reader = Reader(address)
        session = reader.session_id
        turn = reader.ask("What is a servo?")
    with started(signal.SIGKILL, **database) as address:
        # The old secret is good as it is, though no SESSION_SECRET was configured.
        reader.address = address
        follow_up = reader.ask("and how is it controlled?", turn.thread)
    with started(signal.SIGTERM, **database) as address:
        reader.address = address
        reader.renew()
        assert reader.session_id == session
        items = reader.json("threads.get_by_id", thread_id=turn.thread)["items"]["data"]
        assert items == [turn.question, turn.answer, follow_up.question, follow_up.answer]


def test_a_setting_that_cannot_work_is_named_instead_of_a_traceback() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "demo_server"],
        cwd=HOME,
        env=environment(SESSION_TTL="soon", SESSION_SECRET="s" * 32),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert result.returncode == 2
    said = result.stderr.strip()
    assert said == 'demo_server: SESSION_TTL is "soon"; write a number, such as 600'
