"""Finding the sections of the book that speak about a question: SQLite's FTS5, ranked by BM25.

*Coverage* says how much of a question a section speaks about, from 0 to 1, rare words counting
more. BM25 orders sections but cannot say whether the best one is any good; coverage can, and is
what keeps "Who won the world cup?" from being answered as if the book had been asked.
"""

import math
import re
import sqlite3
from dataclasses import dataclass
from enum import Enum, auto

from .book import Book, Page, Passage, Section
from .question import Kind, Question, terms

# Weight of a word in the heading, the page's title, its text. With a low heading weight a section
# that merely mentions a word often wins over the one about it; with a high one, text hardly counts.
_BM25_WEIGHTS = "6.0, 2.0, 1.0"

ABSENT_WEIGHT = 2.5
"""Weight of a word the book does not have; a word found in half of the sections weighs 0.7, in one
of fifty 3.9. High: one unknown word spoils a good question. Low: chance hits pass for answers."""

TOPIC_FACTOR = 2.0
"""A word from a heading or title is what the book is about, and says more than one in passing."""

ENOUGH_COVERAGE = 0.55
SOME_COVERAGE = 0.35

COMPARED_COVERAGE = 0.15
"""In a comparison each half is worth showing, though a section often speaks of one half only."""

INTRODUCES_BONUS = 5.0
"""For "what is …": the place where the book introduces the word. 0: the section that repeats the
word most wins; 20: a definition in passing beats the section about it."""

SEEN_FACTOR = 0.4
"""In a follow-up, a section that was cited already comes again only if it is far better."""

WITHOUT_OWN_TERM_FACTOR = 0.3
"""In a follow-up, a section with nothing but the context's words is about the last question."""

HERE_FACTOR = 2.0
"""The page the reader is on comes first among sections that say about as much. 1: "what limits the
speed?" is answered from a chapter they are not reading; 4: a word in passing here beats the chapter
on it."""


class Strength(Enum):
    NONE = auto()
    NEAR = auto()
    """The section touches on the question, but is not an answer to it."""
    GOOD = auto()


@dataclass(frozen=True)
class Hit:
    section: Section
    passage: Passage
    """The part of the section that speaks about the question most."""
    score: float
    coverage: float
    strength: Strength
    words: frozenset[str]
    """The question's words that the section has."""
    is_namesake: bool
    """The heading is the question."""


@dataclass(frozen=True)
class Findings:
    hits: tuple[Hit, ...]
    """Best first."""
    absent: tuple[str, ...]
    """The question's words that appear nowhere in the book."""

    @property
    def strength(self) -> Strength:
        return self.hits[0].strength if self.hits else Strength.NONE


class Index:
    """The book in an in-memory database. A search takes a few milliseconds, so it may run
    on the event loop."""

    def __init__(self, book: Book) -> None:
        self._sections = book.sections
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        # "porter" finds "servos" for "servo"; unicode61 folds accents and case.
        tokenizer = "tokenize = 'porter unicode61 remove_diacritics 2'"
        self._db.executescript(
            f"""
            CREATE VIRTUAL TABLE sections USING fts5(heading, title, body, {tokenizer});
            CREATE VIRTUAL TABLE passages USING fts5(body, section UNINDEXED, {tokenizer});
            """
        )
        for number, section in enumerate(book.sections):
            self._db.execute(
                "INSERT INTO sections(rowid, heading, title, body) VALUES (?, ?, ?, ?)",
                (number, section.heading or "", section.page.title, section.text),
            )
            self._db.executemany(
                "INSERT INTO passages(body, section) VALUES (?, ?)",
                [(passage.text, number) for passage in section.passages],
            )

    def close(self) -> None:
        self._db.close()

    def search(
        self,
        question: Question,
        seen: frozenset[str] = frozenset(),
        here: Page | None = None,
    ) -> Findings:
        """`seen`: addresses (without base) of sections that earlier answers cited. `here`: the page
        the reader is on."""
        own = [_Term(self._db, word, len(self._sections)) for word in question.terms]
        context = [_Term(self._db, word, len(self._sections)) for word in question.context]
        present = [term for term in own + context if term.sections]
        look = _Look(question, own, own or context, present, seen, here)
        hits = [self._hit(number, rank, look) for number, rank in self._ranked(present)]
        least = COMPARED_COVERAGE if question.kind is Kind.COMPARISON else SOME_COVERAGE
        worthy = [hit for hit in hits if hit.coverage >= least]
        worthy.sort(key=lambda hit: -hit.score)
        if not own:
            # "Tell me more" wants what was not shown yet.
            unseen = [hit for hit in worthy if hit.section.url("") not in seen]
            worthy = unseen or worthy
        return Findings(
            hits=tuple(worthy), absent=tuple(term.word for term in own if not term.sections)
        )

    def _ranked(self, present: list["_Term"]) -> list[tuple[int, float]]:
        if not present:
            return []
        query = " OR ".join(term.query for term in present)
        return self._db.execute(
            # Only numbers of ours are put into the statement; the words are bound.
            f"SELECT rowid, -bm25(sections, {_BM25_WEIGHTS}) FROM sections WHERE sections MATCH ?",  # noqa: S608
            (query,),
        ).fetchall()

    def _hit(self, number: int, rank: float, look: "_Look") -> Hit:
        section = self._sections[number]
        matched = [term for term in look.present if number in term.sections]
        coverage = look.coverage(matched)
        likeness = _likeness(section, number, look.present)
        passage, introduces = self._best_passage(number, look)
        if likeness == 1 and not introduces:
            # A section that is the question answers from its beginning.
            passage = section.passages[0]

        # BM25 gives nothing for a word that most sections have, such as "robot" in a book on them.
        score = rank + 0.5 * sum(term.weight for term in matched if number in term.headings)
        if introduces and look.question.kind is Kind.DEFINITION:
            score += INTRODUCES_BONUS
        score *= (0.5 + coverage) * (1 + max(likeness, _title_likeness(section, look.present) / 2))
        if look.question.is_follow_up:
            if look.own and not any(number in term.sections for term in look.own):
                score *= WITHOUT_OWN_TERM_FACTOR
            if section.url("") in look.seen:
                score *= SEEN_FACTOR
        if section.page == look.here:
            score *= HERE_FACTOR
        about = introduces or any(term.is_topic for term in matched)
        return Hit(
            section=section,
            passage=passage,
            score=score,
            coverage=coverage,
            strength=_strength(coverage, look.question.kind, about),
            words=frozenset(term.word for term in matched),
            is_namesake=likeness == 1,
        )

    def _best_passage(self, number: int, look: "_Look") -> tuple[Passage, bool]:
        """The passage with the most weight of words, of equals the first; for "what is …" the one
        that introduces the word, if there is one."""
        passages = self._sections[number].passages
        introduced = [
            sum(term.weight for term in look.judged if _introduces(passage, term.word))
            for passage in passages
        ]
        introduces = max(introduced) > 0
        if introduces and look.question.kind is Kind.DEFINITION:
            return passages[introduced.index(max(introduced))], True
        rows = self._db.execute(
            "SELECT rowid FROM passages WHERE section = ? ORDER BY rowid", (number,)
        )
        weights = [
            sum(term.weight for term in look.present if row in term.passages) for (row,) in rows
        ]
        return passages[weights.index(max(weights))], introduces


@dataclass(frozen=True)
class _Look:
    """One question with its words looked up."""

    question: Question
    own: list["_Term"]
    judged: list["_Term"]
    """What coverage is counted over: a follow-up without own words is judged by its context."""
    present: list["_Term"]
    seen: frozenset[str]
    here: Page | None

    def coverage(self, matched: list["_Term"]) -> float:
        if not self.own and any(term.is_topic for term in matched):
            # Whoever says "tell me more" is content with anything on the subject.
            return 1.0
        found = sum(term.weight for term in self.judged if term in matched)
        return found / sum(term.weight for term in self.judged)


class _Term:
    """One word of a question, and where the book has it."""

    def __init__(self, db: sqlite3.Connection, word: str, sections: int) -> None:
        self.word = word
        # Words are letters and digits only (see `question`); in quotes they are never operators.
        self.query = f'"{word}"'
        self.sections = self._rows(db, "sections", self.query)
        if not self.sections and len(word) > 3:
            # "servomech" has no section of its own; as a beginning of words it does.
            self.query = f'"{word}"*'
            self.sections = self._rows(db, "sections", self.query)
        self.passages = self._rows(db, "passages", self.query)
        self.headings = self._rows(db, "sections", f"heading : {self.query}")
        self.is_topic = bool(self.headings or self._rows(db, "sections", f"title : {self.query}"))
        if self.sections:
            rarity = math.log(1 + sections / len(self.sections))
            self.weight = rarity * (TOPIC_FACTOR if self.is_topic else 1)
        else:
            self.weight = ABSENT_WEIGHT

    @staticmethod
    def _rows(db: sqlite3.Connection, table: str, query: str) -> frozenset[int]:
        statement = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        return frozenset(row for (row,) in db.execute(statement, (query,)))


def _likeness(section: Section, number: int, present: list[_Term]) -> float:
    """How much the heading is the question: shared words out of all words of both (Jaccard)."""
    heading = terms(section.heading or "")
    shared = sum(1 for term in present if number in term.headings)
    everything = len(heading) + len(present) - shared
    return max(0.0, min(1.0, shared / everything)) if everything else 0.0


_EMPHASIS = re.compile(r"(\*\*|\*|_)(?=\w)(?P<words>[^*_\n]{1,40})\1")


def _introduces(passage: Passage, word: str) -> bool:
    """Whether the passage says what the word means: "a servo is a …", or sets it in emphasis."""
    defined = re.search(
        rf"\b{word}\w*\s+(is|are|means)\s+(an?|the|any|one|what|not)\b", passage.text, re.I
    )
    return defined is not None or any(
        # "**Mobile robots**" introduces mobile robots, not robots.
        re.match(word, emphasis["words"], re.I) and len(emphasis["words"].split()) <= 3
        for emphasis in _EMPHASIS.finditer(passage.markdown)
    )


def _title_likeness(section: Section, present: list[_Term]) -> float:
    title = set(terms(section.page.title))
    words = {term.word for term in present}
    return len(title & words) / len(title | words) if title else 0.0


def _strength(coverage: float, kind: Kind, about: bool) -> Strength:
    # "What is the meaning of life?" is not answered by a sentence about battery life; a sentence
    # that has every word of "Čapek's play" is.
    enough = ENOUGH_COVERAGE if about else 1.0 if kind is not Kind.DEFINITION else math.inf
    if coverage >= enough:
        return Strength.GOOD
    return Strength.NEAR if coverage >= SOME_COVERAGE else Strength.NONE
