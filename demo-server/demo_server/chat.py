"""The ChatKit server: what happens between a reader's message and the end of the answer."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chatkit.server import ChatKitServer
from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    FeedbackKind,
    ProgressUpdateEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    URLSource,
    UserMessageItem,
)

from . import question as questions
from . import wording
from .answer import Answer, Citation, Librarian, title_of
from .book import Book
from .context import RequestContext
from .retrieval import Index
from .store import DatabaseStore
from .text_fragment import without_text

if TYPE_CHECKING:
    from .agent import ModelLibrarian

logger = logging.getLogger(__name__)

LOOKED_BACK = 20
"""Items of the conversation that a follow-up may lean on."""


class TextbookServer(ChatKitServer[RequestContext]):
    """Answers from the book; with `model_key`, lets a model answer from the book."""

    def __init__(
        self,
        store: DatabaseStore,
        book: Book,
        *,
        word_delay: float = 0.0,
        model_key: str | None = None,
    ) -> None:
        super().__init__(store)
        self._index = Index(book)
        self._librarian = Librarian(book)
        self._word_delay = word_delay
        self._model = _model(model_key, store, self._index) if model_key is not None else None

    async def close(self) -> None:
        self._index.close()
        if self._model is not None:
            await self._model.close()

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        if input_user_message is None:
            # Only after a client tool or a form, neither of which this server ever asks for.
            return
        if thread.title is None:
            # The SDK stores the thread and tells the client, because it compares before and after.
            thread.title = title_of(text_of(input_user_message))
        if self._model is not None:
            async for event in self._model.respond(thread, input_user_message, context):
                yield event
            return
        yield ProgressUpdateEvent(icon="search", text=wording.LOOKING)
        answer = await self._look_up(thread, input_user_message, context)
        async for event in self._stream(answer, thread, context):
            yield event

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: FeedbackKind, context: RequestContext
    ) -> None:
        """Notes the feedback on the log. That the items are the reader's is checked before."""
        logger.info("%s feedback for %d item(s) of %s", feedback, len(item_ids), thread_id)

    async def _look_up(
        self, thread: ThreadMetadata, message: UserMessageItem, context: RequestContext
    ) -> Answer:
        past = await self._past(thread, message, context)
        question = questions.read(
            text_of(message),
            past.questions,
            message.quoted_text,
            context.page.title if context.page is not None else "",
        )
        findings = self._index.search(question, past.cited, context.page)
        return self._librarian.answer(question, findings, context.book_url)

    async def _past(
        self, thread: ThreadMetadata, message: UserMessageItem, context: RequestContext
    ) -> "_Past":
        page = await self.store.load_thread_items(thread.id, None, LOOKED_BACK, "desc", context)
        past = _Past([], frozenset())
        cited: set[str] = set()
        for item in page.data:
            if isinstance(item, UserMessageItem) and item.id != message.id:
                past.questions.append(text_of(item))
            elif isinstance(item, AssistantMessageItem):
                for content in item.content:
                    for annotation in content.annotations:
                        if isinstance(annotation.source, URLSource):
                            section = without_text(annotation.source.url)
                            cited.add(section.removeprefix(context.book_url))
        return _Past(past.questions, frozenset(cited))

    async def _stream(
        self, answer: Answer, thread: ThreadMetadata, context: RequestContext
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            # Local time without a zone, as the SDK gives its own items: one thread, one clock.
            created_at=datetime.now(),
            content=[],
        )
        yield ThreadItemAddedEvent(item=item)
        annotations: list[Annotation] = []

        def updated(update: object) -> ThreadItemUpdatedEvent:
            return ThreadItemUpdatedEvent.model_validate({"item_id": item.id, "update": update})

        yield updated(
            AssistantMessageContentPartAdded(
                content_index=0, content=AssistantMessageContent(text="")
            )
        )
        for piece, citations in answer.pieces():
            yield updated(AssistantMessageContentPartTextDelta(content_index=0, delta=piece))
            for citation in citations:
                annotation = _annotation(citation)
                yield updated(
                    AssistantMessageContentPartAnnotationAdded(
                        content_index=0,
                        annotation_index=len(annotations),
                        annotation=annotation,
                    )
                )
                annotations.append(annotation)
            # Also with no delay: an answer that never waits can be neither stopped nor interleaved.
            await asyncio.sleep(self._word_delay)
        content = AssistantMessageContent(text=answer.text, annotations=annotations)
        yield updated(AssistantMessageContentPartDone(content_index=0, content=content))
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))


@dataclass(frozen=True)
class _Past:
    questions: list[str]
    """The reader's, newest first."""
    cited: frozenset[str]
    """Addresses that earlier answers cited, without the book's prefix."""


def _model(key: str, store: DatabaseStore, index: Index) -> "ModelLibrarian":
    # Imported only here: without a key nothing of it is needed.
    from .agent import ModelLibrarian

    return ModelLibrarian(key, store, index)


def text_of(message: UserMessageItem) -> str:
    """What the reader wrote, tags by their text."""
    return " ".join(part.text for part in message.content)


def _annotation(citation: Citation) -> Annotation:
    return Annotation(
        source=URLSource(title=citation.title, url=citation.url, attribution=citation.chapter),
        index=citation.offset,
    )
