"""Answers that name their sources."""

from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    EntitySource,
    FileSource,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    URLSource,
)

from scripts.registry import Events, word
from stage import Stage, delta


@word("An answer with a link, a file and a person as sources")
async def annotations(stage: Stage) -> Events:
    item = stage.message()
    words = "Facts, files and people like ACME."
    cited = [
        Annotation(
            source=URLSource(title="Example", url="https://example.com/a?b=1", attribution="example.com"), index=6
        ),
        Annotation(source=FileSource(title="Q1", filename="q1.pdf", description="Numbers", group="Files"), index=11),
        Annotation(
            source=EntitySource(
                title="ACME", id="ent_1", icon="suitcase", label="Company", inline_label="ACME",
                interactive=True, data={"k": "v"}, timestamp="2026-01-01",
            ),
            index=28,
        ),
        Annotation(source=URLSource(title="Listed only", url="https://example.com/listed")),
    ]  # fmt: skip
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, words)
    for index, annotation in enumerate(cited):
        update = AssistantMessageContentPartAnnotationAdded(
            content_index=0, annotation_index=index, annotation=annotation
        )
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
    # As with the Agents SDK, the part ends without the annotations that were streamed.
    done = AssistantMessageContentPartDone(content_index=0, content=AssistantMessageContent(text=words))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=done)
    final = AssistantMessageContent(text=words, annotations=cited)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [final]}))
