"""What the answers say around the quotations.

Several wordings each, taken in turn, so that a conversation does not repeat itself. `{page}` is the
chapter in bold, `{under}` its section in a form that can follow the sentence, `{heading}` the bare
heading.
"""

from collections.abc import Sequence

from .question import Kind

LEADS: dict[Kind, Sequence[str]] = {
    Kind.DEFINITION: (
        "The chapter {page} explains that{under}:",
        "You will find that in {page}{under}:",
        "Here is how {page} puts it{under}:",
    ),
    Kind.HOW: (
        "The chapter {page} goes through that{under}:",
        "{page} describes it{under}:",
        "That is in {page}{under}:",
    ),
    Kind.WHY: (
        "The chapter {page} gives the reason{under}:",
        "{page} explains why{under}:",
    ),
    Kind.COMPARISON: (
        "The book takes that up in {page}{under}:",
        "{page} has something to say on that{under}:",
    ),
    Kind.OTHER: (
        "The chapter {page} speaks about that{under}:",
        "I found this in {page}{under}:",
        "{page} is the place to look{under}:",
    ),
}

LEADS_FOLLOW_UP = (
    "On that, the chapter {page} says{under}:",
    "{page} carries on with that{under}:",
    "That comes up in {page}{under}:",
)

LEADS_NAMESAKE = (
    "The chapter {page} has a section on exactly that, “{heading}”:",
    "That is a section of its own in {page}, “{heading}”:",
)

LEAD_NEAR = (
    "The book does not answer that directly. The closest I can find is in {page}{under}:",
    "I found no direct answer, but {page} comes near{under}:",
)

LEAD_NEAR_ABSENT = (
    "The book never mentions {absent}. What it does say about the rest is in {page}{under}:",
    "There is nothing about {absent} in the book, but {page} touches on the rest{under}:",
)

SECOND = (
    "The chapter {page} adds{under}:",
    "There is more to it in {page}{under}:",
)

READ_ON = ("To read on:", "If you want to go further:", "Worth reading next:")

NOTHING = (
    "I looked through the book and found nothing about that. These are its chapters, in case one "
    "of them is close to what you mean:",
    "The book does not cover that, I am afraid. What it does cover:",
)

EMPTY = (
    "I am not sure what to look up. Name a part or an idea, or ask something like “{example}”, and "
    "I will find where the book explains it."
)

GREETING = (
    "Hello! Ask me about anything in this book, such as “{example}”, and I will show you the "
    "passage and where to read on."
)

THANKS = (
    "You are welcome. Ask on if something is still unclear.",
    "Gladly. Ask away if there is more.",
)

LOOKING = "Looking in the textbook…"


def pick(wordings: Sequence[str], turn: int) -> str:
    return wordings[turn % len(wordings)]
