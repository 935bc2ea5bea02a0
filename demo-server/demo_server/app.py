"""The web application: two endpoints, and `/healthz`."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from chatkit.server import StreamingResult
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.cors import CORSMiddleware

from . import book as books
from . import errors, preflight, reading, tables
from .book import Book
from .chat import TextbookServer
from .config import ConfigError, Settings
from .context import RequestContext
from .database import Database, create_engine
from .database_keys import DatabaseKeys
from .errors import ApiError
from .idempotency import Idempotency
from .live import LiveAnswers
from .sessions import SecretProblem, Sessions
from .store import DatabaseStore

logger = logging.getLogger(__name__)

LARGEST_BODY = 1024 * 1024
"""Bytes. A message of a few hundred pages; beyond it somebody fills the disk."""


CLOSE = {"Connection": "close"}
"""For an answer before the end of the body, whose rest would be waited for otherwise."""


def create_app(settings: Settings | None = None) -> CORSMiddleware:
    """The whole application, ready for an ASGI server. Raises `ConfigError`.

    CORS is wrapped around everything: as a middleware inside FastAPI it would sit below the handler
    of unexpected errors, and a browser would show "Failed to fetch" in place of the 500.
    """
    settings = settings or Settings.from_env()
    try:
        book = books.load(settings.book_dir)
    except books.BookError as error:
        raise ConfigError(f"BOOK_DIR: {error}") from None
    database = Database(create_engine(settings.database_url))
    store = DatabaseStore(database)
    chat = TextbookServer(
        store, book, word_delay=settings.word_delay, model_key=settings.openai_api_key
    )
    live = LiveAnswers()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await database.prepare(tables.metadata)
        logger.info(
            "Answering from %d pages by %s",
            len(book.pages),
            "a model" if settings.openai_api_key else "full-text search",
        )
        yield
        await live.stop()
        await chat.close()
        await database.close()

    # No schema and no interactive pages: those load scripts from a CDN.
    app = FastAPI(lifespan=lifespan, openapi_url=None)
    errors.install(app)
    _add_routes(
        app,
        settings,
        book,
        store,
        Idempotency(chat, DatabaseKeys(database)),
        live,
        Sessions(settings.session_secret, settings.session_ttl),
    )
    return CORSMiddleware(
        app,
        allow_origin_regex=settings.origins.pattern,
        allow_methods=["GET", "POST"],
        # ChatKit front ends add headers of their own. Credentials are never cookies here, so a
        # header gives a page nothing that its origin does not already have.
        allow_headers=["*"],
        expose_headers=["Retry-After"],
    )


def _add_routes(
    app: FastAPI,
    settings: Settings,
    book: Book,
    store: DatabaseStore,
    chat: Idempotency[RequestContext],
    live: LiveAnswers,
    sessions: Sessions,
) -> None:
    def context_of(request: Request) -> RequestContext:
        session = sessions.session_of(_bearer(request))
        if isinstance(session, SecretProblem):
            raise _unauthorised(session.value, "The client secret is not valid (any more).")
        return RequestContext(session, _book_url(request, settings))

    async def body_of(request: Request) -> bytes:
        try:
            async with asyncio.timeout(settings.body_timeout):
                return await _body(request)
        except TimeoutError:
            raise ApiError(
                408,
                "body_timeout",
                f"The body did not come to its end within {settings.body_timeout:g} seconds.",
                CLOSE,
            ) from None

    @app.post("/api/chatkit/session")
    async def open_session(request: Request) -> JSONResponse:
        secret = sessions.open(_json_object(await body_of(request)).get("existing"))
        return JSONResponse(
            {
                "client_secret": secret.token,
                "session_id": secret.session_id,
                "expires_at": secret.expires_at,
                "expires_in": secret.expires_in,
                "idempotent": True,
            },
            headers={"Cache-Control": "no-store"},
        )

    @app.post("/chatkit")
    async def chatkit(
        request: Request, context: Annotated[RequestContext, Depends(context_of)]
    ) -> Response:
        body = await body_of(request)
        asked = preflight.parse(body)
        context = replace(context, page=reading.page_of(asked.metadata, book))
        check = partial(preflight.check, asked, store, context)
        result = await chat.process(asked, body, context, context.session_id, check)
        if isinstance(result, StreamingResult):
            return live.response(result)
        return Response(result.json, media_type="application/json")

    @app.get("/healthz")
    async def health() -> dict[str, str]:
        await store.ping()
        return {
            "status": "ok",
            "answers": "model" if settings.openai_api_key else "full-text search",
        }


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unauthorised(
            "session_missing", 'Send "Authorization: Bearer <client_secret>" with every request.'
        )
    return token.strip()


def _unauthorised(code: str, message: str) -> ApiError:
    return ApiError(401, code, message, {"WWW-Authenticate": "Bearer"})


def _book_url(request: Request, settings: Settings) -> str:
    """Prefix of links into the book: the page that asks holds the book, unless told otherwise."""
    if settings.book_url is not None:
        return settings.book_url.rstrip("/")
    origin = request.headers.get("Origin")
    return origin if origin is not None and settings.origins.allows(origin) else ""


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise ApiError(413, "too_large", f"The body exceeds {LARGEST_BODY} bytes.", CLOSE)
    return bytes(body)


def _json_object(body: bytes) -> dict[str, Any]:
    """The body as an object; an empty one counts as `{}`."""
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    # RecursionError: a few kilobytes of "[" are enough.
    except (ValueError, RecursionError):
        raise ApiError(400, "invalid_json", "The body is not JSON.") from None
    if not isinstance(value, dict):
        raise ApiError(
            400, "invalid_request", 'The body is not an object; send {"existing": null}.'
        )
    return value
