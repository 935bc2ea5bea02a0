"""Words: what the first word of a message makes the server do.

A **word** is an async generator of events in a file of its theme. `@word("what it shows")` puts it into `WORDS` under
the name of the function (`_` becomes `-`); the package imports all its files, so a new word needs no other line.
What answers the same turn again, after a client tool's output or a form's answers, is said by `@<word>.resumed`.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from chatkit.types import ThreadStreamEvent

from stage import Stage

Events = AsyncIterator[ThreadStreamEvent]
Play = Callable[[Stage], Events]
#: What a turn goes on with: the stage and the item that was answered.
Resume = Callable[[Stage, Any], Events]


@dataclass
class Word:
    """One word: `shows` is a sentence for people who choose one, `theme` the file it is in."""

    name: str
    theme: str
    shows: str
    play: Play
    resume: Resume | None = None

    def resumed(self, resume: Resume) -> Resume:
        """Decorates what goes on after a client tool or a form was answered."""
        self.resume = resume
        return resume


WORDS: dict[str, Word] = {}


def word(shows: str) -> Callable[[Play], Word]:
    """Decorates an async generator of events: the function's name becomes a word."""

    def register(play: Play) -> Word:
        name = play.__name__.strip("_").replace("_", "-")
        if name in WORDS:
            raise ValueError(f'the word "{name}" is in {WORDS[name].theme}.py and in {play.__module__}')
        WORDS[name] = Word(name, play.__module__.rpartition(".")[2], shows, play)
        return WORDS[name]

    return register
