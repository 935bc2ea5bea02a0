"""A ChatKit server with everything that a key can be sent with, to try repetitions on."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chatkit.actions import Action
from chatkit.errors import StreamError
from chatkit.server import ChatKitServer, NonStreamingResult
from chatkit.store import AttachmentStore
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    Attachment,
    AttachmentCreateParams,
    ChatKitReq,
    ClientToolCallItem,
    FeedbackKind,
    FileAttachment,
    HiddenContextItem,
    StructuredInputFreeform,
    StructuredInputItem,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    WidgetItem,
)
from pydantic import TypeAdapter

from demo_server.context import RequestContext
from demo_server.idempotency import Idempotency
from demo_server.keys import Keys
from demo_server.store import DatabaseStore

from .support import request

ANNE = RequestContext("ses_anne", "")

_request = TypeAdapter[ChatKitReq](ChatKitReq)


class Files(AttachmentStore[RequestContext]):
    """Announces files, and counts them."""

    def __init__(self) -> None:
        self.made = 0

    async def create_attachment(
        self, input: AttachmentCreateParams, context: RequestContext
    ) -> Attachment:
        self.made += 1
        return FileAttachment(id=f"atc_{self.made}", name=input.name, mime_type=input.mime_type)

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:
        raise NotImplementedError


class DeskServer(ChatKitServer[RequestContext]):
    """Answers each question with its number; a question "tool" or "form" asks back first."""

    def __init__(self, store: DatabaseStore) -> None:
        self.files = Files()
        super().__init__(store, self.files)
        self.runs = 0
        self.failures = 0
        """Answers that still end in an error, after their first words."""
        self.feedback: list[str] = []
        self.may_end = asyncio.Event()
        """Answers wait for it after their first words."""
        self.may_end.set()

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        asked = input_user_message.content[0].text if input_user_message is not None else ""
        about: dict[str, Any] = {"thread_id": thread.id, "created_at": datetime.now()}
        match asked:
            case "tool":
                call = {"id": self._id(thread), "call_id": "c", "name": "look", "arguments": {}}
                yield ThreadItemDoneEvent(item=ClientToolCallItem(**call, **about))
            case "form":
                note = {"id": self._id(thread), "content": "a note for the model"}
                question = StructuredInputFreeform(id="q", question="Which?")
                form = {"id": self._id(thread), "inputs": [question]}
                yield ThreadItemDoneEvent(item=StructuredInputItem(**form, **about))
                yield ThreadItemDoneEvent(item=HiddenContextItem(**note, **about))
            case _:
                async for event in self._answer(thread, about):
                    yield event

    async def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> AsyncIterator[ThreadStreamEvent]:
        about = {"thread_id": thread.id, "created_at": datetime.now()}
        async for event in self._answer(thread, about):
            yield event

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: FeedbackKind, context: Any
    ) -> None:
        self.feedback += item_ids

    def _id(self, thread: ThreadMetadata) -> str:
        return self.store.generate_item_id("message", thread, ANNE)

    async def _answer(
        self, thread: ThreadMetadata, about: dict[str, Any]
    ) -> AsyncIterator[ThreadStreamEvent]:
        self.runs += 1
        text = f"answer {self.runs}"
        item = AssistantMessageItem(id=self._id(thread), content=[], **about)
        yield ThreadItemAddedEvent(item=item)
        words = AssistantMessageContentPartTextDelta(content_index=0, delta=text)
        yield ThreadItemUpdatedEvent(item_id=item.id, update=words)
        if self.failures:
            self.failures -= 1
            raise StreamError("stream.error")
        await self.may_end.wait()
        content = [AssistantMessageContent(text=text)]
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))


@dataclass
class Answer:
    """What came for a request, event by event."""

    events: list[dict[str, Any]] = field(default_factory=list)
    comments: int = 0
    json: Any = None

    @property
    def thread(self) -> str:
        return next(e["thread"]["id"] for e in self.events if e["type"] == "thread.created")

    @property
    def done(self) -> list[dict[str, Any]]:
        return [e["item"] for e in self.events if e["type"] == "thread.item.done"]

    @property
    def texts(self) -> list[str]:
        return [text_of(item) for item in self.done]

    def has(self, kind: str) -> bool:
        return any(event["type"] == kind for event in self.events)


class Desk:
    """Readers at one server, whose store and keys may be shared with other processes."""

    def __init__(self, store: DatabaseStore, keys: Keys, lease: float = 15.0) -> None:
        self.server = DeskServer(store)
        self.store = store
        self._once = Idempotency(self.server, keys, lease=lease)
        self.checks: list[str] = []
        self.refusal: Exception | None = None
        """What is wrong with every request."""

    async def post(
        self,
        op: str,
        key: str | None = None,
        *,
        into: Answer | None = None,
        reader: RequestContext = ANNE,
        **params: Any,
    ) -> Answer:
        """The answer to a request, read to its end; what came is in `into` also before."""
        answer = into or Answer()
        asked = request(op, **params) | ({"metadata": {"idempotency_key": key}} if key else {})
        body = json.dumps(asked).encode()

        async def check() -> None:
            self.checks.append(op)
            if self.refusal is not None:
                raise self.refusal

        result = await self._once.process(
            _request.validate_json(body), body, reader, reader.session_id, check
        )
        if isinstance(result, NonStreamingResult):
            answer.json = json.loads(result.json)
            return answer
        async for frame in result:
            assert frame.endswith(b"\n\n")
            if frame.startswith(b":"):
                answer.comments += 1
            else:
                answer.events.append(json.loads(frame.removeprefix(b"data: ")))
        return answer

    async def kept(self, thread: str, reader: RequestContext = ANNE) -> list[str]:
        """The thread's items as texts."""
        return [text_of(item.model_dump()) for item in await self.items(thread, reader)]

    async def items(self, thread: str, reader: RequestContext = ANNE) -> list[ThreadItem]:
        return (await self.store.load_thread_items(thread, None, 100, "asc", reader)).data

    async def threads(self) -> list[str]:
        return [t.id for t in (await self.store.load_threads(100, None, "asc", ANNE)).data]


def text_of(item: dict[str, Any]) -> str:
    """An item in a word or two."""
    match item["type"]:
        case "user_message" | "assistant_message":
            return "".join(part["text"] for part in item["content"])
        case "client_tool_call":
            return f"tool {item['status']} {item.get('output')}"
        case "structured_input":
            answer = item["inputs"][0].get("answer") or {}
            return f"form {item['status']} {answer.get('values')}"
        case other:
            return other
