"""Client secrets: signed tokens that say which session (which reader) a request belongs to.

A secret is valid for a short time. For one day longer it still proves whose session it was, so that
a tab that slept gets its conversation back; after that the session is lost on purpose.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

import jwt

RENEWABLE = timedelta(days=1)
"""Long enough for a laptop closed over night, short enough that a leaked old secret dies."""

_ALGORITHM = "HS256"
_AUDIENCE = "chatkit"


class SecretProblem(Enum):
    """Why a secret opens nothing."""

    INVALID = "session_invalid"
    EXPIRED = "session_expired"


@dataclass(frozen=True)
class ClientSecret:
    token: str
    session_id: str
    expires_at: int
    """Unix seconds."""
    expires_in: int
    """Seconds from now; what a client with a wrong clock should go by."""


class Sessions:
    def __init__(self, key: str, ttl: timedelta) -> None:
        self._key = key
        self._ttl = ttl

    def open(self, existing: object = None) -> ClientSecret:
        """A secret for the session of `existing`, or for a new one if that proves nothing.

        Never fails: a reader whose browser kept a broken secret must still be able to chat.
        """
        session_id = self._read(existing, leeway=RENEWABLE)
        if isinstance(session_id, SecretProblem):
            session_id = f"ses_{uuid.uuid4().hex}"
        return self.issue(session_id)

    def issue(self, session_id: str, now: datetime | None = None) -> ClientSecret:
        now = now or datetime.now(UTC)
        expires = now + self._ttl
        claims = {"sub": session_id, "aud": _AUDIENCE, "iat": now, "exp": expires}
        return ClientSecret(
            token=jwt.encode(claims, self._key, algorithm=_ALGORITHM),
            session_id=session_id,
            expires_at=int(expires.timestamp()),
            expires_in=int(self._ttl.total_seconds()),
        )

    def session_of(self, token: str) -> str | SecretProblem:
        """The session that a still valid secret belongs to."""
        return self._read(token, leeway=timedelta(0))

    def _read(self, token: object, leeway: timedelta) -> str | SecretProblem:
        if not isinstance(token, str):
            return SecretProblem.INVALID
        try:
            claims = jwt.decode(
                token,
                self._key,
                # The list is what keeps out tokens that name their own algorithm, "none" included.
                algorithms=[_ALGORITHM],
                audience=_AUDIENCE,
                leeway=leeway,
                options={"require": ["sub", "exp", "iat"]},
            )
        except jwt.ExpiredSignatureError:
            return SecretProblem.EXPIRED
        # ValueError: PyJWT leaves some malformed numbers and encodings to Python's own checks.
        except (jwt.PyJWTError, ValueError):
            return SecretProblem.INVALID
        return claims["sub"]
