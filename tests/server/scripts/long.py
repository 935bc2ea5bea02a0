"""Long answers and long threads, for scrolling."""

import asyncio

from chatkit.types import (
    InferenceOptions,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    UserMessageItem,
    UserMessageTextContent,
)

from scripts.registry import Events, word
from stage import Stage, delta

PARAGRAPH = (
    "Paragraph {number}. A servo holds the position that a pulse tells it; the longer the pulse, the further "
    "the horn turns, and what it was told last is held until something else comes.\n\n"
)


@word("A long answer in two halves; a gate named behind it is between them, else a second and a half")
async def halves(stage: Stage) -> Events:
    item = stage.message()
    paragraphs = [PARAGRAPH.format(number=number) for number in range(1, 31)]
    yield ThreadItemAddedEvent(item=item)
    for paragraph in paragraphs[:15]:
        yield delta(item.id, paragraph)
    if stage.arguments:
        await stage.gate()
    else:
        await asyncio.sleep(1.5)
    for paragraph in paragraphs[15:]:
        yield delta(item.id, paragraph)
    content = stage.message("".join(paragraphs)).content
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))


@word("Fills this thread with a thousand questions and answers, or with as many as are named; load the page then")
async def fill(stage: Stage) -> Events:
    for number in range(1, stage.number(0, 1_000) + 1):
        question = [UserMessageTextContent(text=f"Question {number}")]
        yield ThreadItemDoneEvent(
            item=UserMessageItem(content=question, inference_options=InferenceOptions(), **stage.base())
        )
        yield stage.say(PARAGRAPH.format(number=number))
