"""Answers by a model through the OpenAI Agents SDK, with the book's search as its tool.

Which model: the Agents SDK reads `OPENAI_DEFAULT_MODEL`, and has a default of its own.
"""

from collections.abc import AsyncIterator
from typing import Any

from agents import (
    Agent,
    OpenAIProvider,
    RunConfig,
    RunContextWrapper,
    Runner,
    Tool,
    function_tool,
)
from chatkit.agents import AgentContext, ThreadItemConverter, stream_agent_response
from chatkit.store import Store
from chatkit.types import (
    Attachment,
    ProgressUpdateEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTagContent,
)
from openai import AsyncOpenAI
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


class ModelLibrarian:
    """A model that answers from the book. `close` it: it keeps connections open."""

    def __init__(self, key: str, store: Store[RequestContext], index: Index) -> None:
        self._client = AsyncOpenAI(api_key=key)
        self._store = store
        self._run_config = RunConfig(
            model_provider=OpenAIProvider(openai_client=self._client),
            # The Agents SDK would send every conversation to OpenAI's trace dashboard as well.
            tracing_disabled=True,
        )
        self._agent = Agent[AgentContext[RequestContext]](
            name="Librarian", instructions=INSTRUCTIONS, tools=[_search_tool(index)]
        )

    async def close(self) -> None:
        await self._client.close()

    async def respond(
        self, thread: ThreadMetadata, message: UserMessageItem, context: RequestContext
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Streams the model's answer to `message`."""
        page = await self._store.load_thread_items(thread.id, None, REMEMBERED, "desc", context)
        history = list(reversed(page.data))
        agent_context = AgentContext[RequestContext](
            thread=thread, store=self._store, request_context=context
        )
        result = Runner.run_streamed(
            self._agent,
            await _Converter().to_agent_input(history),
            context=agent_context,
            run_config=self._run_config,
        )
        async for event in stream_agent_response(agent_context, result):
            yield event


def _search_tool(index: Index) -> Tool:
    @function_tool
    async def search_textbook(
        run: RunContextWrapper[AgentContext[RequestContext]], query: str
    ) -> list[dict[str, Any]]:
        """Searches the textbook.

        Args:
            query: A few words, or a question, in the language of the book.
        """
        await run.context.stream(ProgressUpdateEvent(icon="search", text=wording.LOOKING))
        context = run.context.request_context
        findings = index.search(questions.read(query), here=context.page)
        passages = (
            FoundPassage(
                chapter=hit.section.page.title,
                section=hit.section.name,
                url=hit.section.url(context.book_url),
                text=hit.section.text,
            )
            for hit in findings.hits[:PASSAGES]
        )
        return [passage.model_dump() for passage in passages]

    return search_textbook


class _Converter(ThreadItemConverter):
    async def tag_to_message_content(self, tag: UserMessageTagContent) -> ResponseInputTextParam:
        return ResponseInputTextParam(type="input_text", text=f"{tag.text}: {tag.data}")

    async def attachment_to_message_content(self, attachment: Attachment) -> ResponseInputTextParam:
        return ResponseInputTextParam(type="input_text", text=f"(a file: {attachment.name})")
