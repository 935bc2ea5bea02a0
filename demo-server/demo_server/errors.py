"""Every failure as JSON: `{"error": {"code", "message"}}`.

`code` is for programs and stays the same; `message` is for the developer who reads the network tab.
Readers see neither: the widget words its own sentences.
"""

import logging

from chatkit.store import NotFoundError
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from .keys import KeyProblemError
from .store import UnknownCursorError

logger = logging.getLogger(__name__)


class ApiError(Exception):
    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


def error_response(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


def not_found(what: str) -> ApiError:
    """The same words for what never was, what was deleted and what belongs to another session."""
    return ApiError(404, f"{what}_not_found", f"There is no such {what} in this session.")


def install(app: FastAPI) -> None:
    @app.exception_handler(ApiError)
    async def api_error(_request: Request, error: ApiError) -> JSONResponse:
        return error_response(error.status, error.code, error.message, error.headers)

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "no_such_endpoint", 405: "wrong_method"}.get(error.status_code, "http_error")
        return error_response(error.status_code, code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(ClientDisconnect)
    async def client_gone(_request: Request, _error: ClientDisconnect) -> Response:
        # Nobody is there to read it, and nothing is wrong with this server.
        return Response(status_code=400)

    @app.exception_handler(KeyProblemError)
    async def key_problem(_request: Request, error: KeyProblemError) -> JSONResponse:
        return error_response(400, "invalid_idempotency_key", f"metadata.idempotency_key {error}.")

    @app.exception_handler(UnknownCursorError)
    async def unknown_cursor(_request: Request, _error: UnknownCursorError) -> JSONResponse:
        return error_response(
            400, "unknown_cursor", 'params.after names nothing in this list; start without "after".'
        )

    @app.exception_handler(NotFoundError)
    async def missing(_request: Request, _error: NotFoundError) -> JSONResponse:
        error = not_found("thread")
        return error_response(error.status, error.code, error.message)

    async def database_away(_request: Request, error: Exception) -> JSONResponse:
        logger.error("The database does not answer: %s", error)
        return error_response(
            503, "database_unavailable", "The database does not answer.", {"Retry-After": "1"}
        )

    # A refused connection reaches us raw from asyncpg, a locked file wrapped by SQLAlchemy.
    for kind in (OperationalError, InterfaceError, ConnectionError):
        app.add_exception_handler(kind, database_away)

    @app.exception_handler(Exception)
    async def unexpected(_request: Request, _error: Exception) -> JSONResponse:
        # Starlette logs the traceback; nothing of it may reach the page.
        return error_response(500, "internal_error", "The server failed; its log says why.")
