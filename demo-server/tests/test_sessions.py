"""Client secrets: who gets which session back."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from demo_server.sessions import Sessions

from .support import HTTP, KEY, Reader, running, settings

SESSIONS = Sessions(KEY, timedelta(minutes=10))


def issued(ago: timedelta) -> tuple[str, str]:
    secret = SESSIONS.issue("ses_known", datetime.now(UTC) - ago)
    return secret.token, secret.session_id


def open_session(address: str, existing: Any) -> dict[str, Any]:
    answer = HTTP.post(f"{address}/api/chatkit/session", json={"existing": existing})
    assert answer.status_code == 200
    return answer.json()


def threads(address: str, token: str) -> httpx.Response:
    return HTTP.post(
        f"{address}/chatkit",
        json={"type": "threads.list", "params": {}},
        headers={"Authorization": f"Bearer {token}"},
    )


def test_a_new_session_says_when_it_ends(address: str) -> None:
    answer = HTTP.post(f"{address}/api/chatkit/session", json={"existing": None})
    body = answer.json()
    assert set(body) == {"client_secret", "session_id", "expires_at", "expires_in", "idempotent"}
    assert body["idempotent"] is True
    assert body["expires_in"] == 600
    assert abs(body["expires_at"] - datetime.now(UTC).timestamp() - 600) < 10
    assert answer.headers["cache-control"] == "no-store"
    assert threads(address, body["client_secret"]).json() == {"data": [], "has_more": False}


def test_two_readers_get_two_sessions(address: str) -> None:
    assert Reader(address).session_id != Reader(address).session_id


@pytest.mark.parametrize(
    "ago",
    [timedelta(0), timedelta(minutes=11), timedelta(hours=24)],
    ids=["valid", "just expired", "expired for almost a day"],
)
def test_an_existing_secret_keeps_the_session(address: str, ago: timedelta) -> None:
    token, session = issued(ago)
    renewed = open_session(address, token)
    assert renewed["session_id"] == session
    assert threads(address, renewed["client_secret"]).status_code == 200


def forged() -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    claims = {"sub": "ses_known", "aud": "chatkit", "iat": now, "exp": now + 600}
    good = jwt.encode(claims, KEY, algorithm="HS256")
    header, payload, signature = good.split(".")

    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    def without(claim: str) -> str:
        return jwt.encode({k: v for k, v in claims.items() if k != claim}, KEY, algorithm="HS256")

    return {
        "signed with another key": jwt.encode(claims, KEY + "!", algorithm="HS256"),
        "unsigned": f"{part({'alg': 'none', 'typ': 'JWT'})}.{payload}.",
        "unsigned in capitals": f"{part({'alg': 'NONE', 'typ': 'JWT'})}.{payload}.",
        "another algorithm": jwt.encode(claims, KEY * 2, algorithm="HS512"),
        "changed claims": f"{header}.{part({**claims, 'sub': 'ses_other'})}.{signature}",
        "no expiry": without("exp"),
        "no session": without("sub"),
        "for another audience": jwt.encode({**claims, "aud": "x"}, KEY, algorithm="HS256"),
        "an expiry that is no number": f"{header}.{part({**claims, 'exp': 'soon'})}.{signature}",
        "no token": "garbage",
        "dots": "..",
        "a control character": "a\0b",
        "letters of another alphabet": "пароль",
    }


@pytest.mark.parametrize("case", forged())
def test_a_forged_secret_opens_nothing_but_strands_nobody(address: str, case: str) -> None:
    token = forged()[case]
    assert open_session(address, token)["session_id"] != "ses_known"
    if token.isascii() and token.isprintable():
        answer = threads(address, token)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "session_invalid"


@pytest.mark.parametrize("existing", ["", 5, True, [], {}, {"a": 1}])
def test_an_existing_of_the_wrong_type_gives_a_fresh_session(address: str, existing: Any) -> None:
    assert open_session(address, existing)["session_id"].startswith("ses_")


def test_a_session_expired_for_more_than_a_day_is_lost(address: str) -> None:
    token, session = issued(timedelta(hours=24, minutes=11))
    assert open_session(address, token)["session_id"] != session


def test_an_expired_secret_no_longer_opens_the_chat(address: str) -> None:
    token, _ = issued(timedelta(minutes=11))
    answer = threads(address, token)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "session_expired"
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic abc", "token"])
def test_no_secret_no_chat(address: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = HTTP.post(f"{address}/chatkit", content=b"{", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "session_missing"


def test_a_renewed_session_finds_its_conversation(tmp_path: Path) -> None:
    with running(settings(tmp_path, session_ttl=timedelta(seconds=60))) as address:
        reader = Reader(address)
        turn = reader.ask("What is a servo?")
        before = reader.secret
        reader.renew()
        assert reader.json("threads.get_by_id", thread_id=turn.thread)["id"] == turn.thread
        reader.secret = before
        assert reader.json("threads.get_by_id", thread_id=turn.thread)["id"] == turn.thread


@pytest.mark.parametrize("body", ["{", "[]", '"text"', "5", "null", "\xff", "[" * 100_000])
def test_a_malformed_body_is_a_400(address: str, body: str) -> None:
    answer = HTTP.post(f"{address}/api/chatkit/session", content=body.encode("latin-1"))
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in ("invalid_json", "invalid_request")


@pytest.mark.parametrize("body", ["", "{}", '{"existing": null, "more": 1}'])
def test_a_body_without_existing_gives_a_fresh_session(address: str, body: str) -> None:
    answer = HTTP.post(f"{address}/api/chatkit/session", content=body)
    assert answer.json()["session_id"].startswith("ses_")
