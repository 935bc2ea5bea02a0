"""Questions with a form."""

from chatkit.types import (
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    ThreadItemDoneEvent,
)

from scripts.registry import Events, word
from stage import Stage


@word("A form: a choice and a free question")
async def structured(stage: Stage) -> Events:
    inputs = [
        StructuredInputMultipleChoice(
            id="prio",
            question="Priority?",
            options=[StructuredInputMultipleChoiceOption(value=value) for value in ("Low", "High")],
        ),
        StructuredInputFreeform(id="notes", question="Notes?", description="Optional."),
    ]
    yield ThreadItemDoneEvent(item=StructuredInputItem(inputs=inputs, **stage.base()))
