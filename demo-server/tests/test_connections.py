"""Clients that leave, or never come to an end: no trace of them stays, and none in the log."""

import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .processes import started
from .support import PATIENCE, Reader, begun, eventually, message_of, request, running, settings


def everything(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    answer = b""
    while chunk := connection.recv(65536):
        answer += chunk
    return answer


@pytest.mark.parametrize("path", ["/chatkit", "/api/chatkit/session"])
def test_a_body_that_does_not_end_is_dropped(tmp_path: Path, path: str) -> None:
    configuration = settings(tmp_path, body_timeout=0.3)
    with running(configuration) as address, begun(address, Reader(address), path) as connection:
        answer = everything(connection)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"body_timeout"' in answer
    assert b"\r\nconnection: close\r\n" in answer.lower(), "at once, not after an idle time"


def test_a_body_that_keeps_dripping_is_dropped_as_well(tmp_path: Path) -> None:
    configuration = settings(tmp_path, body_timeout=0.5)
    answer = b""
    with running(configuration) as address, begun(address, Reader(address)) as connection:
        connection.settimeout(0.02)
        deadline = time.monotonic() + PATIENCE
        while not answer and time.monotonic() < deadline:
            connection.sendall(b" ")
            with suppress(TimeoutError):
                answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_flood_does_not_hold_its_connection(tmp_path: Path) -> None:
    with running(settings(tmp_path)) as address:
        reader = Reader(address)
        where = urlsplit(address)
        with socket.create_connection((where.hostname or "", where.port or 0)) as connection:
            headers = f"Host: x\r\nAuthorization: {reader.headers['Authorization']}\r\n"
            length = 1024 * 1024 + 1
            connection.sendall(
                f"POST /chatkit HTTP/1.1\r\n{headers}Content-Length: {length + 1}\r\n\r\n".encode()
            )
            connection.sendall(b" " * length)
            connection.settimeout(PATIENCE)
            answer = everything(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"\r\nconnection: close\r\n" in answer.lower()


def test_clients_that_leave_are_no_traceback(tmp_path: Path) -> None:
    log = tmp_path / "log"
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'chat.sqlite'}", "WORD_DELAY_MS": "50"}
    with started(signal.SIGTERM, log=log, **database) as address:
        reader = Reader(address)
        for path in ("/chatkit", "/api/chatkit/session"):
            begun(address, reader, path).close()
        body = request("threads.create", input=message_of("What is a servo?"))
        for key in (None, "k"):
            asked = body | ({"metadata": {"idempotency_key": key}} if key else {})
            with reader.http.stream(
                "POST", f"{address}/chatkit", json=asked, headers=reader.headers
            ) as answer:
                lines = answer.iter_lines()
                while "text_delta" not in next(lines):
                    pass
        # A repetition that leaves while it waits or goes on.
        with reader.http.stream(
            "POST", f"{address}/chatkit", json=asked, headers=reader.headers
        ) as answer:
            next(answer.iter_lines())

        def stored() -> bool:
            threads = reader.json("threads.list")["data"]
            pages = [reader.json("items.list", thread_id=row["id"])["data"] for row in threads]
            return [len(page) for page in pages] == [2, 2]

        eventually("what was reached is stored", stored)
    said = log.read_text()
    assert "Traceback" not in said
    assert "ERROR" not in said
