"""The server as it is started for real: `python -m demo_server`."""

import signal
import subprocess
import sys
from pathlib import Path

from demo_server.config import HOME

from .processes import environment, started
from .support import PATIENCE, Reader


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
