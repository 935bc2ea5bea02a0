"""More than anybody reads: what must not freeze the page."""

import asyncio

from chatkit.types import ThreadItemAddedEvent

from scripts.registry import Events, word
from stage import Stage, delta, instead

LINE = "All work and no play makes Jack a dull boy. "


@word("One delta of ten million characters, or of as many as are named behind it, without a line break")
async def huge(stage: Stage) -> Events:
    item = stage.message()
    size = stage.number(0, 10_000_000)
    yield ThreadItemAddedEvent(item=item)
    text = (LINE * (size // len(LINE) + 1))[: size - 4] + " end"
    yield delta(item.id, text)
    yield stage.done(item, text)


@word("The same in paragraphs")
async def huge_book(stage: Stage) -> Events:
    item = stage.message()
    size = stage.number(0, 10_000_000)
    paragraph = LINE * 10 + "\n\n"
    text = paragraph * (size // len(paragraph)) + "The end"
    yield ThreadItemAddedEvent(item=item)
    yield delta(item.id, text)
    yield stage.done(item, text)


@word("A hundred thousand deltas at once, or as many as are named behind it")
async def flood(stage: Stage) -> Events:
    item = stage.message()
    number = stage.number(0, 100_000)
    words = [f"word{at}{chr(10) * 2 if at % 50 == 49 else ' '}" for at in range(number)]
    yield ThreadItemAddedEvent(item=item)
    for at, text in enumerate(words):
        yield delta(item.id, text)
        if at % 1000 == 0:
            await asyncio.sleep(0)
    yield stage.done(item, "".join(words))


@word("A table of four hundred rows, or as many as are named behind it, a row every ten milliseconds")
async def rows(stage: Stage) -> Events:
    number = stage.number(0, 400)
    head = "| Part | Name | What it does |\n|---|---|---|\n"
    lines = [f"| row {at} | `part_{at}` | holds **its** place |\n" for at in range(1, number + 1)]
    async for event in stage.stream([head, *lines], pause=0.01):
        yield event


@word("Brackets, quotes, lists and emphasis inside each other, five thousand deep, or as deep as is named behind it")
async def deep(stage: Stage) -> Events:
    depth = stage.number(0, 5_000)
    shapes = (
        ("> ", "x"),
        ("- ", "x"),
        ("[", "]" * depth),
        ("**a ", " b**" * depth),
        ("![[", "](x)" * depth),
        ("`" * 3, "`"),
    )
    for start, end in shapes:
        yield stage.say(start * depth + "\n\n" + start * depth + end)
    yield stage.say("deep is over")


@word("A widget inside a widget, two hundred deep, or as deep as is named behind it")
async def deep_json(stage: Stage) -> Events:
    depth = stage.number(0, 200)
    tree = '{"type":"Box","children":[' * depth + '{"type":"Text","value":"the core"}' + "]}" * depth
    item = stage.message().model_dump_json(exclude={"content", "type"})[:-1]
    frame = f'{item},"type":"widget","copy_text":"deep widget","widget":{{"type":"Card","children":[{tree}]}}}}'
    yield instead(f'data: {{"type":"thread.item.done","item":{frame}}}\n\n'.encode())
    yield stage.say("deep-json is over")
