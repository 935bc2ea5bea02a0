"""Answers in words."""

from chatkit.types import EndOfTurnItem, ThreadItemAddedEvent, ThreadItemDoneEvent

from scripts.registry import Events, word
from stage import Stage, delta


@word("A streamed answer of four words")
async def hello(stage: Stage) -> Events:
    async for event in stage.stream(["Hello ", "from ", "the **scripted** ", "server."]):
        yield event


@word("A streamed answer with headings, a list, a table, code and HTML that stays text")
async def text(stage: Stage) -> Events:
    markdown = (
        "# Servos\n\nA *servo* holds a **position**. See [the page](https://example.com/servo).\n\n"
        "1. Power\n2. Signal\n\n| pulse | angle |\n|---|---|\n| 1 ms | 0° |\n\n"
        "```python\nservo.angle = 90\n```\n\nÜber 😀 \u2028 und <b>kein HTML</b>.\n"
    )
    async for event in stage.stream([markdown[i : i + 7] for i in range(0, len(markdown), 7)]):
        yield event


@word("An answer that comes at once; also what unknown words get")
async def oneshot(stage: Stage) -> Events:
    yield stage.say("done-only hé\n\u2028 😀")


@word("An answer of two parts, the second streamed first")
async def parts(stage: Stage) -> Events:
    """Deltas without a part added before them, and for a second part first."""
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, "second ", part=1)
    yield delta(item.id, "first", part=0)
    yield delta(item.id, "part", part=1)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": stage.message("first", "second part").content}))


@word("Twenty-five answers in one turn")
async def many(stage: Stage) -> Events:
    for number in range(1, 26):
        yield stage.say(f"Item {number}")


@word("Two turns in one answer")
async def turns(stage: Stage) -> Events:
    yield stage.say("one turn")
    yield ThreadItemDoneEvent(item=EndOfTurnItem(**stage.base()))
    yield stage.say("another turn")


@word("No answer at all")
async def silence(stage: Stage) -> Events:
    return
    yield  # makes this a generator


@word("An answer with a link into the site, by mail and to another page")
async def links(stage: Stage) -> Events:
    yield stage.say(
        "Here it [opens](chatkit-link://open/settings?tab=sound&volume=7), there is [mail](mailto:a@example.com), "
        "and [this](javascript:alert(1)) is no link."
    )


@word("Forty paragraphs, the last of which waits for the gate that is named behind it")
async def long(stage: Stage) -> Events:
    item = stage.message()
    yield ThreadItemAddedEvent(item=item)
    text = "".join(f"Paragraph {number} of forty, which says nothing more.\n\n" for number in range(1, 41))
    yield delta(item.id, text)
    await stage.gate("long")
    end = "The last paragraph."
    yield delta(item.id, end)
    yield stage.done(item, text + end)
