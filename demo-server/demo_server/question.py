"""What a reader asks: its kind, the words worth looking up, and what it leans on.

A *follow-up* ("and how is it controlled?") says too little by itself; its *context* are the words
of the question it leans on, of the passage the reader quoted, or of the title of their page.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

MOST_TERMS = 24
"""A pasted page is searched by its first words of weight: all of them would match everything."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

_STOP_WORDS = frozenset(
    """
    a about actually after afternoon again all also although always am an and another any anything
    are aren around as ask at away awesome be because been before being best better between book
    both but by call called can cannot chapter cheers come cool could couldn day define definition
    describe did didn differ difference different do does doesn doing don done each easier easy
    either else etc even evening ever every everyone exactly example examples explain few find for
    from further get gets give given go goes going good got great had has hasn have haven having he
    hello help her here hey hi him his how however i if in instead into is isn it its itself just
    kind know known let like ll look lot lots main make makes many may maybe me mean meaning means
    might more morning most much must my need needs never nice no not nothing now of off often ok
    okay on once one ones only or other others our out over own page part perfect please point
    possible quite rather re really s same say section see she should shouldn show simple simpler
    simply so some someone something still such sure t take talk tell textbook than thank thanks
    that the their them then there these they thing things this those though through to together too
    understand until up us use used useful uses using ve very vs want was wasn way we well were what
    whats when where whether which while who whom whose why will with within without won wonder word
    words work working works would wouldn write yes yet you your
    """.split()
)

_LEANING = frozenset("it its itself they them their that this these those one ones he she".split())
_THIS_PAGE = re.compile(r"\b(this|the) (page|chapter)\b", re.I)
_GREETING = re.compile(r"(hi|hello|hey|hiya|good (morning|afternoon|evening|day))\b", re.I)
_THANKS = re.compile(r"\W*(thanks|thank you|thx|cheers|great|perfect)\b", re.I)


class Kind(Enum):
    DEFINITION = auto()
    HOW = auto()
    WHY = auto()
    COMPARISON = auto()
    OTHER = auto()
    GREETING = auto()
    THANKS = auto()
    EMPTY = auto()
    """Nothing to look up: only punctuation, emoji, or words like "what is it"."""


@dataclass(frozen=True)
class Question:
    kind: Kind
    terms: tuple[str, ...]
    """Its own words worth looking up, in lower case; letters and digits only."""
    context: tuple[str, ...] = ()
    """Words of what it leans on; empty for a question that stands by itself."""
    turn: int = 0
    """How many questions came before in the conversation."""

    @property
    def is_follow_up(self) -> bool:
        return bool(self.context)


def read(
    text: str, earlier: Sequence[str] = (), quoted: str | None = None, page: str = ""
) -> Question:
    """`earlier`: the reader's questions so far, newest first. `quoted`: the passage asked about.
    `page`: the title of the page they are on."""
    own = terms(text)
    context: tuple[str, ...] = ()
    if quoted:
        context = tuple(term for term in terms(quoted) if term not in own)
    elif _leans(text, own):
        # "What is this page about?" means the page whatever was said before; "and why?" only if
        # nothing was.
        of_page = terms(page) if _THIS_PAGE.search(text) or not earlier else ()
        context = tuple(term for term in of_page or _context(earlier) if term not in own)
    kind = _kind(text, own)
    if kind is Kind.EMPTY and context:
        kind = Kind.OTHER
    return Question(kind, own, context, turn=len(earlier))


def terms(text: str) -> tuple[str, ...]:
    """The words worth looking up, each once, in order."""
    found: dict[str, None] = {}
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text).lower()):
        word = re.split(r"['’]", match[0])[0]
        if word not in _STOP_WORDS and len(word) > 1:
            found[word] = None
            if len(found) == MOST_TERMS:
                break
    return tuple(found)


def _leans(text: str, own: tuple[str, ...]) -> bool:
    words = [match[0].lower() for match in _WORD.finditer(text)]
    if not words or _THANKS.match(text) or _GREETING.match(text):
        return False
    if not own:
        return True
    return len(own) <= 3 and (
        words[0] in ("and", "but", "so")
        or words[:2] in (["what", "about"], ["how", "about"])
        or not _LEANING.isdisjoint(words)
    )


def _context(earlier: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in earlier:
        own = terms(text)
        found.update(dict.fromkeys(own))
        # A chain of follow-ups is walked back to the question that named the subject.
        if own and not _leans(text, own):
            break
    return tuple(found)


def _kind(text: str, own: tuple[str, ...]) -> Kind:
    lowered = " ".join(text.lower().split())
    if not own:
        if _THANKS.match(lowered):
            return Kind.THANKS
        if _GREETING.match(lowered):
            return Kind.GREETING
        return Kind.EMPTY
    if re.search(r"\b(difference|differ|versus|vs|compare|compared|better than)\b", lowered):
        return Kind.COMPARISON
    if re.search(r"\bwhy\b", lowered):
        return Kind.WHY
    if re.search(r"\bhow\b", lowered):
        return Kind.HOW
    if re.search(r"\b(what('s|’s|s| is| are| does)|define|definition|meaning)\b", lowered):
        return Kind.DEFINITION
    return Kind.OTHER
