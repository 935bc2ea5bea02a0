"""From what was found to an answer in markdown, with its citations.

A *citation* is the place in the text (an offset in characters, as Python counts them: code points)
that a passage of the book vouches for. Each section is cited once, however often it is quoted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import wording
from .book import Book, Page, Passage, Section, with_links
from .question import Kind, Question
from .retrieval import Findings, Hit, Strength
from .text_fragment import with_text

LONGEST_QUOTE = 1200
"""Characters. A chat bubble holds about this much before it has to be scrolled; the rest is one
click away."""

ENOUGH_WORDS = 30
"""A quotation shorter than this is given the passage after it: one sentence rarely explains."""

SECOND_SCORE = 0.6
"""How near a second chapter must come to the best one to be quoted too. 1: never; 0: always."""

LINKS = 3


@dataclass(frozen=True)
class Citation:
    offset: int
    title: str
    url: str
    """Of the section, with the quoted words as its text fragment."""
    chapter: str


@dataclass(frozen=True)
class Answer:
    text: str
    citations: tuple[Citation, ...] = ()

    def pieces(self) -> Iterator[tuple[str, tuple[Citation, ...]]]:
        """The text word by word, each with the citations whose place it completes."""
        open_citations = list(self.citations)
        end = 0
        for piece in re.findall(r"\s*\S+\s*", self.text):
            end += len(piece)
            reached = [citation for citation in open_citations if citation.offset <= end]
            open_citations = open_citations[len(reached) :]
            yield piece, tuple(reached)


class Librarian:
    """Words the answers. `base` is the prefix of links into the book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def answer(self, question: Question, findings: Findings, base: str) -> Answer:
        draft = _Draft(base, question.turn)
        match question.kind:
            case Kind.GREETING:
                return Answer(wording.GREETING.format(example=self._example()))
            case Kind.THANKS:
                return Answer(wording.pick(wording.THANKS, question.turn))
            case Kind.EMPTY:
                return Answer(wording.EMPTY.format(example=self._example()))
        if not findings.hits:
            nothing = wording.pick(wording.NOTHING, question.turn)
            return Answer(f"{nothing}\n\n{self._chapters(base)}")

        best = findings.hits[0]
        draft.paragraph(_lead(question, findings, best))
        draft.quote(best)
        second = _second(question, findings.hits)
        if second is not None:
            draft.paragraph(_say(wording.pick(wording.SECOND, question.turn), second.section))
            draft.quote(second)
        links = self._read_on(findings.hits, quoted=[best, *([second] if second else [])])
        if links:
            draft.read_on(links, best.section.page)
        return draft.finished()

    def _read_on(self, hits: Sequence[Hit], quoted: Sequence[Hit]) -> list[Section]:
        """Other sections that answer well, then what follows the quoted one in the book."""
        taken = [hit.section for hit in quoted]
        found = [hit.section for hit in hits if hit.strength is Strength.GOOD]
        page = [s for s in self._book.sections if s.page == taken[0].page and s.heading]
        following = [s for s in page if self._order(s) > self._order(taken[0])] + page
        candidates = (found[: LINKS + 2] + following) if len(found) > 1 else following
        links: list[Section] = []
        for section in candidates:
            if section.heading and section not in taken and section not in links:
                links.append(section)
        here = taken[0].page
        return sorted(links[:LINKS], key=lambda link: (link.page != here, self._order(link)))

    def _order(self, section: Section) -> int:
        return self._book.sections.index(section)

    def _chapters(self, base: str) -> str:
        return "\n".join(_chapter_line(page, base) for page in self._book.pages)

    def _example(self) -> str:
        """A question that the book asks itself, so that the example is sure to be answered."""
        asked = [s.heading for s in self._book.sections if s.heading and s.heading.endswith("?")]
        # Shortest first, but "What is a servo?" before "Why ROS?": it shows what to ask for.
        asked.sort(key=lambda heading: (not heading.startswith("What is a"), len(heading)))
        return escape(asked[0]) if asked else f"{escape(self._book.pages[0].title)}?"


class _Draft:
    def __init__(self, base: str, turn: int) -> None:
        self._base = base
        self._turn = turn
        self._text = ""
        self._citations: dict[str, Citation] = {}

    def paragraph(self, text: str) -> None:
        self._text += ("\n\n" if self._text else "") + text

    def quote(self, hit: Hit) -> None:
        quoted = _quotation(hit)
        markdown = with_links(quoted.markdown, hit.section.page, self._base)
        self.paragraph("\n".join(f"> {line}".rstrip() for line in markdown.split("\n")))
        url = hit.section.url(self._base)
        self._citations.setdefault(
            url,
            Citation(
                len(self._text),
                hit.section.name,
                with_text(url, quoted.text),
                hit.section.page.title,
            ),
        )

    def read_on(self, sections: Sequence[Section], here: Page) -> None:
        self.paragraph(wording.pick(wording.READ_ON, self._turn))
        lines = []
        for section in sections:
            chapter = "" if section.page == here else f", in {escape(section.page.title)}"
            lines.append(f"- [{escape(section.name)}]({section.url(self._base)}){chapter}")
        self.paragraph("\n".join(lines))

    def finished(self) -> Answer:
        return Answer(self._text, tuple(self._citations.values()))


def escape(text: str) -> str:
    """Plain text as markdown that shows it unchanged."""
    return re.sub(r"([\\`*_\[\]<>~|#])", r"\\\1", text)


def title_of(question: str) -> str | None:
    """A thread's title from its first question; None if it holds no visible character."""
    title = " ".join(question.split())
    if len(title) > 60:
        title = title[:60].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"
    return title if any(character.isprintable() for character in title) else None


def _lead(question: Question, findings: Findings, best: Hit) -> str:
    turn = question.turn
    if findings.strength is Strength.NEAR:
        if findings.absent:
            # A name of thirty letters is quoted back; a pasted key or hash is not.
            absent = " or ".join(f"“{word}”" for word in findings.absent[:2] if len(word) <= 30)
            if absent:
                text = wording.pick(wording.LEAD_NEAR_ABSENT, turn)
                return _say(text, best.section, absent=absent)
        return _say(wording.pick(wording.LEAD_NEAR, turn), best.section)
    if best.is_namesake:
        return _say(wording.pick(wording.LEADS_NAMESAKE, turn), best.section)
    if question.is_follow_up:
        return _say(wording.pick(wording.LEADS_FOLLOW_UP, turn), best.section)
    return _say(wording.pick(wording.LEADS[question.kind], turn), best.section)


def _say(text: str, section: Section, **more: str) -> str:
    under = f" under “{escape(section.heading)}”" if section.heading else " on its first page"
    page = f"**{escape(section.page.title)}**"
    return text.format(page=page, under=under, heading=escape(section.name), **more)


def _second(question: Question, hits: Sequence[Hit]) -> Hit | None:
    """A passage worth quoting beside the best one."""
    best = hits[0]
    if question.kind is Kind.COMPARISON:
        # The half of the comparison that the best section leaves out.
        return next((hit for hit in hits[1:] if not hit.words <= best.words), None)
    for hit in hits[1:4]:
        if hit.strength is not Strength.GOOD or hit.score < SECOND_SCORE * best.score:
            return None
        if hit.section.page != best.section.page:
            return hit
    return None


def _quotation(hit: Hit) -> Passage:
    passages = hit.section.passages
    quoted = hit.passage
    position = passages.index(quoted)
    if len(quoted.text.split()) < ENOUGH_WORDS and position + 1 < len(passages):
        more = passages[position + 1]
        longer = Passage(f"{quoted.markdown}\n\n{more.markdown}", f"{quoted.text}\n{more.text}")
        if len(longer.markdown) <= LONGEST_QUOTE:
            quoted = longer
    if len(quoted.markdown) > LONGEST_QUOTE and "\n" not in quoted.markdown:
        # Only running text is cut: half a table or half a program is worth nothing.
        return Passage(f"{_cut(quoted.markdown)} …", _cut(quoted.text))
    return quoted


def _cut(text: str) -> str:
    return text[:LONGEST_QUOTE].rsplit(". ", 1)[0] + "."


def _chapter_line(page: Page, base: str) -> str:
    return f"- [{escape(page.title)}]({page.url(base)}): {escape(page.summary)}"
