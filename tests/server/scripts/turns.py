"""Turns of several requests: tools one after the other, and forms with more to answer."""

from typing import Any

from chatkit.types import (
    ClientToolCallItem,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    ThreadItemDoneEvent,
    ThreadStreamEvent,
)

from scripts.registry import Events, word
from stage import Stage


def call(stage: Stage, name: str, **arguments: Any) -> ThreadStreamEvent:
    """A function of the page that is asked for."""
    item = ClientToolCallItem(call_id=f"call_{name}", name=name, arguments=arguments, **stage.base("tool_call"))
    return ThreadItemDoneEvent(item=item)


@word("Calls the page's functions step_1, step_2 … one after the other, as many as the next word says")
async def chain(stage: Stage) -> Events:
    yield call(stage, "step_1", step=1)


@chain.resumed
async def chain_on(stage: Stage, item: Any) -> Events:
    step = int(item.name.removeprefix("step_")) + 1
    if step <= stage.number(0, 3):
        yield call(stage, f"step_{step}", step=step, before=item.output)
    else:
        yield stage.say(f"Done after {step - 1}: {item.output}")


def choice(id: str, question: str, *values: str, multiple: bool = False) -> StructuredInputMultipleChoice:
    """A question with answers to choose from."""
    options = [StructuredInputMultipleChoiceOption(value=value) for value in values]
    return StructuredInputMultipleChoice(id=id, question=question, options=options, multiple=multiple)


@word("A form of three: one choice, several choices, a free question")
async def form(stage: Stage) -> Events:
    yield stage.say("Before I order it, three questions.")
    inputs = [
        choice("size", "Which size do you need?", "Micro (9 g)", "Standard (55 g)", "Giant (180 g)"),
        choice("days", "On which days may we deliver?", "Monday", "Wednesday", "Friday", multiple=True),
        StructuredInputFreeform(
            id="note", question="Anything the courier should know?", description="Leave it empty if not."
        ),
    ]
    yield ThreadItemDoneEvent(item=StructuredInputItem(inputs=inputs, **stage.base()))


@form.resumed
async def form_on(stage: Stage, item: Any) -> Events:
    if item.status == "skipped":
        yield stage.say("Then I will choose.")
        return
    given = [", ".join(asked.answer.values) if asked.answer.values else "—" for asked in item.inputs]
    yield stage.say(f"Noted: {'; '.join(given)}.")


@word("A form with one free question")
async def question(stage: Stage) -> Events:
    asked = StructuredInputFreeform(id="name", question="What is your project called?")
    yield ThreadItemDoneEvent(item=StructuredInputItem(inputs=[asked], **stage.base()))


@question.resumed
async def question_on(stage: Stage, item: Any) -> Events:
    answer = item.inputs[0].answer
    yield stage.say(f"I like “{answer.values[0]}”." if answer.values else "Never mind.")
