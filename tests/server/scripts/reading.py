"""Answers with everything that is worth reading: code, formulas, tables, footnotes, citations all over."""

from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAnnotationAdded,
    EntitySource,
    FileSource,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    URLSource,
)

from scripts.registry import Events, word
from stage import Stage, delta

CODE = """Here is a loop in Rust:

```rust
// Counts to three.
fn main() {
    for number in 1..=3 {
        println!("number {number}");
    }
}
```

And what no grammar knows:

```
plain words, "in quotes"
```
"""

MATH = r"""Energy is $E = mc^2$, and \(a^2 + b^2 = c^2\). It costs $5 and $10.

$$
\int_0^1 x^2 \, dx = \frac{1}{3}
$$

\[
\begin{aligned}
x &= y + 1 \\
- z &= 2
\end{aligned}
\]

Not a formula: $\nonsense{$ and $\unknowncommand x$.
"""

TABLE = """| Motor | Torque (Nm) | Speed (rpm) | Price | Noise | Weight | Voltage | Feedback |
|:--|--:|--:|:-:|---|---|---|---|
| Servo SG90 | 0.18 | 100 | **$3** | quiet and steady | 9 g | 4.8 V to 6 V | potentiometer |
| Stepper NEMA 17 | 0.45 | 600 | *$12* | loud at some speeds | 280 g | 12 V to 24 V | none without an encoder |

- [x] read the chapter
- [ ] build the arm

~~Old text~~ and a footnote[^1], another[^two] and www.example.com.

[^1]: The first note.
[^two]: The second note, with `code`.
"""


@word("Code in two blocks")
async def code(stage: Stage) -> Events:
    yield stage.say(CODE)


@word("Formulas, prices and what cannot be read")
async def math(stage: Stage) -> Events:
    yield stage.say(MATH)


@word("A wide table, tasks and footnotes")
async def table(stage: Stage) -> Events:
    yield stage.say(TABLE)


@word("A long answer whose citations come while it is written")
async def cites(stage: Stage) -> Events:
    item = stage.message()
    page = URLSource(
        title="Motors and how they move",
        url="https://example.com/motors",
        attribution="example.com",
        description="Chapter three, on what makes an arm turn.",
        timestamp="2026-01-02",
    )
    file = FileSource(title="Data sheet", filename="sg90.pdf", description="Torque and speed.")
    person = EntitySource(title="Ada", id="ada", icon="user", label="Author", interactive=True, data={"page": "7"})
    parts = [
        ("Robots **move** with motors. ", [(page, 15)]),
        ("See [the page](https://example.com/p) for more.\n\n", [(file, 40), (page, 40)]),
        ("- one\n- two\n\n", [(person, 83)]),
        ("```py\nx = 1\n```\n\nThe end.", [(file, 100)]),
    ]
    yield ThreadItemAddedEvent(item=item)
    text, cited = "", []
    for number, (part, sources) in enumerate(parts):
        text += part
        yield delta(item.id, part)
        for source, index in sources:
            annotation = Annotation(source=source, index=index)
            update = AssistantMessageContentPartAnnotationAdded(
                content_index=0, annotation_index=len(cited), annotation=annotation
            )
            cited.append(annotation)
            yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
        if number == 2:
            await stage.gate("cites")
    final = AssistantMessageContent(text=text, annotations=cited)
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [final]}))
