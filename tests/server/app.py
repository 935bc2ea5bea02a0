"""The server: the SDK's request handling around the words, each tenant with a store of its own."""

import json
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

from chatkit.actions import Action
from chatkit.server import ChatKitServer, NonStreamingResult, StreamingResult
from chatkit.types import (
    AudioInput,
    ChatKitReq,
    ClientToolCallItem,
    FeedbackKind,
    StreamOptions,
    StructuredInputItem,
    SyncCustomActionResponse,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    UserMessageItem,
    UserMessageTextContent,
    WidgetItem,
)
from chatkit.widgets import Text
from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import TypeAdapter

from keys import Idempotency, KeyProblemError, MemoryKeys
from scripts import WORDS
from scripts.widgets import card
from seed import Seed, plant
from stage import Gates, Stage
from store import Context, Ids, MemoryStore
from uploads import Attachments, UploadFailed, form_file
from wire import on_the_wire

#: The tenant of `features.html` where a person tries the words: nobody is there to open gates.
BY_HAND = "features"

REQUEST = TypeAdapter[ChatKitReq](ChatKitReq)


class ScriptedServer(ChatKitServer[Context]):
    """Answers messages with their words and everything else with what was given."""

    def __init__(self, base_url: str, by_hand: bool) -> None:
        self.ids = Ids()
        self.gates = Gates(patience=3 if by_hand else None)
        self.base_url = base_url
        self.attachments = Attachments(self.ids, base_url, self.gates)
        #: What was asked of the server and is kept nowhere else, for tests to read.
        self.noted: list[dict[str, Any]] = []
        self.memory = MemoryStore(self.ids)
        super().__init__(self.memory, self.attachments)
        #: Whether keys of requests are honoured, and the session's answer says so.
        self.idempotent = False
        self._once = Idempotency(self, MemoryKeys())

    async def answer(self, body: bytes) -> StreamingResult | NonStreamingResult:
        """What `process` answers, or where keys are honoured what it answered the first time."""
        if not self.idempotent:
            return await self.process(body, {})
        return await self._once.process(REQUEST.validate_json(body), body, {}, "everybody", unchecked)

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        items = (await self.store.load_thread_items(thread.id, None, 1000, "desc", context)).data
        asked = next((item for item in items if isinstance(item, UserMessageItem)), None)
        words = words_of(input_user_message or asked)
        word = WORDS.get(words[0] if words else "", WORDS["oneshot"])
        stage = Stage(thread, self.ids.new, input_user_message or asked, words[1:], self.gates, self.base_url, items)
        if input_user_message is not None:
            async for event in word.play(stage):
                yield event
        elif word.resume is None:
            yield stage.say(f"resumed after {self.describe(items[0])}")
        else:
            async for event in word.resume(stage, items[0]):
                yield event

    @staticmethod
    def describe(item: Any) -> str:
        match item:
            case ClientToolCallItem():
                return f"{item.type} output={json.dumps(item.output)}"
            case StructuredInputItem():
                return f"{item.type} {item.status}"
            case _:
                return item.type

    def get_stream_options(self, thread: ThreadMetadata, context: Context) -> StreamOptions:
        return StreamOptions(allow_cancel=not thread.metadata.get("no_stop", False))

    async def action(
        self, thread: ThreadMetadata, action: Action[str, Any], sender: WidgetItem | None, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        stage = Stage(thread, self.ids.new, gates=self.gates, base_url=self.base_url)
        if sender is None:
            yield stage.say(f"did {action.type} {json.dumps(action.payload)}")
            return
        sent = card("sent", False)
        yield ThreadItemReplacedEvent(item=sender.model_copy(update={"widget": sent}))

    async def sync_action(
        self, thread: ThreadMetadata, action: Action[str, Any], sender: WidgetItem | None, context: Context
    ) -> SyncCustomActionResponse:
        if sender is None:
            return SyncCustomActionResponse()
        changed = card("changed", False, Text(value=json.dumps(action.payload)))
        return SyncCustomActionResponse(updated_item=sender.model_copy(update={"widget": changed}))

    async def transcribe(self, audio_input: AudioInput, context: Context) -> TranscriptionResult:
        return TranscriptionResult(text=f"{len(audio_input.data)} bytes of {audio_input.media_type}")

    async def add_feedback(self, thread_id: str, item_ids: list[str], feedback: FeedbackKind, context: Context) -> None:
        self.noted.append({"feedback": feedback, "thread_id": thread_id, "item_ids": item_ids})


async def unchecked() -> None:
    """Finds nothing wrong with a request: the SDK does, in the stream."""


def words_of(message: UserMessageItem | None) -> list[str]:
    """The words somebody wrote, without the tags between them."""
    content = message.content if message is not None else []
    return "".join(part.text for part in content if isinstance(part, UserMessageTextContent)).split()


def refused(body: bytes) -> int | None:
    """The status that a message `http <status>` asks for: what stands before a server refuses it."""
    try:
        request = json.loads(body)
        words = request["params"]["input"]["content"][0]["text"].split()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return int(words[1]) if len(words) > 1 and words[0] == "http" and words[1].isdecimal() else None


def create_app(base_url: str = "https://files.example") -> FastAPI:
    """A server with nothing stored. `/chatkit` is for everybody, `/t/<tenant>/chatkit` for a tenant alone."""
    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"])
    tenants: dict[str, ScriptedServer] = {}
    sessions = count(1)

    def of(tenant: str) -> ScriptedServer:
        if tenant not in tenants:
            address = f"{base_url}/t/{tenant}" if tenant else base_url
            tenants[tenant] = ScriptedServer(address, by_hand=tenant == BY_HAND)
        return tenants[tenant]

    @app.get("/healthz")
    async def healthz() -> dict[str, bool]:
        return {"ok": True}

    @app.get("/words")
    async def words() -> list[dict[str, str]]:
        return [{"word": word.name, "theme": word.theme, "shows": word.shows} for word in WORDS.values()]

    @app.post("/chatkit")
    @app.post("/t/{tenant}/chatkit")
    async def chatkit(request: Request, tenant: str = "") -> Response:
        body = await request.body()
        status = refused(body)
        if status is not None:
            return JSONResponse({"detail": "refused on purpose"}, status_code=status)
        try:
            result = await of(tenant).answer(body)
        except KeyProblemError as error:
            return JSONResponse({"detail": f"metadata.idempotency_key {error}"}, status_code=400)
        if isinstance(result, StreamingResult):
            return StreamingResponse(on_the_wire(aiter(result)), media_type="text/event-stream")
        return Response(result.json, media_type="application/json")

    @app.post("/t/{tenant}/api/chatkit/session")
    async def session(tenant: str) -> dict[str, Any]:
        # Another one each time: where one is refused, the page asks for the next.
        secret = {"client_secret": f"secret-{next(sessions)}-of-{tenant}"}
        return secret | ({"idempotent": True} if of(tenant).idempotent else {})

    @app.put("/t/{tenant}/upload/{identifier}")
    @app.post("/t/{tenant}/upload/{identifier}")
    async def upload(request: Request, tenant: str, identifier: str) -> Response:
        content_type, body = request.headers.get("content-type", ""), await request.body()
        if request.method == "POST":
            content_type, _, body = form_file(content_type, body)
        try:
            await of(tenant).attachments.keep(identifier, content_type, body)
        except UploadFailed:
            return Response(status_code=507)
        return Response(status_code=204)

    @app.post("/t/{tenant}/direct")
    async def direct(request: Request, tenant: str) -> Response:
        server = of(tenant)
        try:
            attachment = await server.attachments.direct(request.headers.get("content-type", ""), await request.body())
        except UploadFailed:
            return Response(status_code=507)
        except ValueError as error:
            return JSONResponse({"detail": str(error)}, status_code=400)
        await server.store.save_attachment(attachment, {})
        return Response(attachment.model_dump_json(exclude_none=True), media_type="application/json")

    @app.get("/t/{tenant}/preview/{identifier}")
    async def preview(tenant: str, identifier: str) -> Response:
        mime_type, data = of(tenant).attachments.files.get(identifier, ("", b""))
        return Response(data, media_type=mime_type) if data else Response(status_code=404)

    @app.post("/t/{tenant}/control/open/{gate}")
    async def open_gate(tenant: str, gate: str) -> Response:
        of(tenant).gates.open(gate)
        return Response(status_code=204)

    @app.post("/t/{tenant}/control/idempotent")
    async def idempotent(tenant: str) -> Response:
        of(tenant).idempotent = True
        return Response(status_code=204)

    @app.post("/t/{tenant}/control/forget/{item_id}")
    async def forget(tenant: str, item_id: str) -> Response:
        store = of(tenant).memory
        for thread_id in store.threads:
            await store.delete_thread_item(thread_id, item_id, {})
        return Response(status_code=204)

    @app.post("/t/{tenant}/control/seed")
    async def seed(tenant: str, seeds: list[Seed]) -> list[str]:
        return await plant(of(tenant), seeds)

    @app.get("/t/{tenant}/control/noted")
    async def noted(tenant: str) -> list[dict[str, Any]]:
        return of(tenant).noted

    @app.get("/t/{tenant}/control/files")
    async def files(tenant: str) -> list[dict[str, Any]]:
        kept = of(tenant).attachments
        return [
            {"id": key, "name": kept.names.get(key, ""), "type": mime_type, "size": len(data)}
            for key, (mime_type, data) in kept.files.items()
        ]

    return app
