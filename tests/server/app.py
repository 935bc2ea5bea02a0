"""The server: the SDK's request handling around the scripts, and the one connection it cuts on purpose."""

import json
from collections.abc import AsyncIterator
from typing import Any

from chatkit.actions import Action
from chatkit.server import ChatKitServer, StreamingResult
from chatkit.types import (
    AudioInput,
    ClientToolCallItem,
    StructuredInputItem,
    SyncCustomActionResponse,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    UserMessageItem,
    WidgetItem,
)
from chatkit.widgets import Text
from fastapi import FastAPI, Request
from fastapi.responses import Response, StreamingResponse

from scripts import CUT_HERE, SCRIPTS, Stage, card
from store import Context, Ids, MemoryAttachments, MemoryStore


class ScriptedServer(ChatKitServer[Context]):
    """Answers messages from the scripts and everything else with what was given."""

    def __init__(self) -> None:
        self.ids = Ids()
        super().__init__(MemoryStore(self.ids), MemoryAttachments(self.ids))

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        stage = Stage(thread, self.ids.new)
        if input_user_message is None:
            newest = await self.store.load_thread_items(thread.id, None, 1, "desc", context)
            yield stage.say(f"resumed after {self.describe(newest.data[0])}")
            return
        words = "".join(part.text for part in input_user_message.content).split()
        script = SCRIPTS.get(words[0] if words else "", SCRIPTS["oneshot"])
        async for event in script(stage):
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

    async def action(
        self, thread: ThreadMetadata, action: Action[str, Any], sender: WidgetItem | None, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        stage = Stage(thread, self.ids.new)
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


async def with_cut(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Passes frames through, but ends the connection in the middle of the one that asks for it."""
    async for frame in stream:
        if CUT_HERE.encode() in frame:
            yield frame[: len(frame) // 2]
            raise ConnectionError("cut on purpose")
        yield frame


def create_app() -> FastAPI:
    """A fresh server with nothing stored."""
    app = FastAPI()
    server = ScriptedServer()

    @app.post("/chatkit")
    async def chatkit(request: Request) -> Response:
        result = await server.process(await request.body(), {})
        if isinstance(result, StreamingResult):
            return StreamingResponse(with_cut(aiter(result)), media_type="text/event-stream")
        return Response(result.json, media_type="application/json")

    return app
