"""Answers by a model through the OpenAI Agents SDK, with the book's search as its tool.

Which model: the Agents SDK reads `OPENAI_DEFAULT_MODEL`, and has a default of its own.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from agents import Agent, Model, RunConfig, RunContextWrapper, Runner, function_tool
from agents.models.multi_provider import MultiProvider
from chatkit.agents import AgentContext, ThreadItemConverter, stream_agent_response
from chatkit.store import Store
from chatkit.types import (
    Attachment,
    ProgressUpdateEvent,
    ThreadItem,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTagContent,
)
from openai.types.responses import ResponseInputTextParam
from pydantic import BaseModel

from . import question as questions
from . import wording
from .context import RequestContext
from .retrieval import Index

PASSAGES = 4
"""Sections given to the model a search. More cost time and money, fewer make it search again."""

REMEMBERED = 30
"""Items of the conversation sent along."""

INSTRUCTIONS = """\
You help the readers of an introductory textbook. Answer from the book: search it before you answer
a question about its subject, and again with other words if nothing fits. Quote one sentence where
the wording matters. Name every source as a markdown link to the url that the search gave. If the
book does not answer, say so plainly. Write short markdown, in the language of the question.
"""


class FoundPassage(BaseModel):
    """What the model sees of a section."""

    chapter: str
    section: str
    url: str
    text: str


def search_book(index: Index, query: str, book_url: str) -> list[FoundPassage]:
    findings = index.search(questions.read(query))
    return [
        FoundPassage(
            chapter=hit.section.page.title,
            section=hit.section.name,
            url=hit.section.url(book_url),
            text=hit.section.text,
        )
        for hit in findings.hits[:PASSAGES]
    ]


async def respond_with_model(
    key: str,
    store: Store[RequestContext],
    index: Index,
    thread: ThreadMetadata,
    message: UserMessageItem,
    context: RequestContext,
    model: Model | None = None,
) -> AsyncIterator[ThreadStreamEvent]:
    """Streams the model's answer to `message`. `model` replaces OpenAI's."""

    @function_tool
    async def search_textbook(
        run: RunContextWrapper[AgentContext[RequestContext]], query: str
    ) -> list[dict[str, Any]]:
        """Searches the textbook.

        Args:
            query: A few words, or a question, in English.
        """
        await run.context.stream(ProgressUpdateEvent(icon="search", text=wording.LOOKING))
        return [passage.model_dump() for passage in search_book(index, query, context.book_url)]

    agent = Agent[AgentContext[RequestContext]](
        name="Librarian", instructions=INSTRUCTIONS, tools=[search_textbook], model=model
    )
    history = await store.load_thread_items(thread.id, None, REMEMBERED, "desc", context)
    agent_context = AgentContext[RequestContext](
        thread=thread, store=store, request_context=context
    )
    result = Runner.run_streamed(
        agent,
        await _Converter().to_agent_input(_with(message, list(reversed(history.data)))),
        context=agent_context,
        run_config=RunConfig(
            model_provider=MultiProvider(openai_api_key=key),
            # The Agents SDK would send every conversation to OpenAI's trace dashboard as well.
            tracing_disabled=True,
        ),
    )
    async for event in stream_agent_response(agent_context, result):
        yield event


def _with(message: UserMessageItem, history: Sequence[ThreadItem]) -> list[ThreadItem]:
    if any(item.id == message.id for item in history):
        return list(history)
    return [*history, message]


class _Converter(ThreadItemConverter):
    async def tag_to_message_content(self, tag: UserMessageTagContent) -> ResponseInputTextParam:
        return ResponseInputTextParam(type="input_text", text=f"{tag.text}: {tag.data}")

    async def attachment_to_message_content(self, attachment: Attachment) -> ResponseInputTextParam:
        return ResponseInputTextParam(type="input_text", text=f"(a file: {attachment.name})")
