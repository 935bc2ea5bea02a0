"""What an answer says, and where its citations stand."""

from pathlib import Path

import pytest

from demo_server import book
from demo_server.answer import LONGEST_QUOTE, Answer, Citation, Librarian, escape, title_of
from demo_server.question import read
from demo_server.retrieval import Index

from .support import BOOK

READ = book.load(BOOK)
INDEX, LIBRARIAN = Index(READ), Librarian(READ)
SITE = "https://docs.example.org"


def answer(text: str, *earlier: str) -> Answer:
    question = read(text, earlier)
    return LIBRARIAN.answer(question, INDEX.search(question), SITE)


def test_an_answer_leads_in_quotes_and_says_where_to_read_on() -> None:
    lead, quotation, read_on, links = answer("What is a servo?").text.split("\n\n")
    assert lead == "The chapter **Servos** has a section on exactly that, “What is a servo?”:"
    assert quotation.startswith("> A **servo** is a motor that moves to a commanded angle")
    assert read_on == "To read on:"
    assert links.split("\n")[0] == (
        f"- [How is a servo controlled?]({SITE}/book/servos#how-is-a-servo-controlled)"
    )


def test_a_citation_stands_at_the_end_of_what_it_vouches_for() -> None:
    given = answer("What is a servo?")
    (citation,) = given.citations
    assert given.text[: citation.offset].endswith("until the difference is gone.")
    assert given.text[citation.offset :].startswith("\n\n")
    assert citation.url == (
        f"{SITE}/book/servos#what-is-a-servo"
        ":~:text=A%20servo%20is%20a%20motor%20that,motor%20until%20the%20difference%20is%20gone."
    )
    assert (citation.title, citation.chapter) == ("What is a servo?", "Servos")


def test_both_halves_of_a_comparison_are_quoted_and_cited_once_each() -> None:
    given = answer("What is the difference between a servo and a stepper?")
    urls = [citation.url for citation in given.citations]
    assert len(urls) == len(set(urls))
    for citation in given.citations:
        assert given.text[: citation.offset].split("\n")[-1].startswith("> ")


def test_code_is_quoted_whole() -> None:
    text = answer("How is a servo controlled?").text
    assert "> ```python\n> # Not a heading\n> def pulse" in text
    assert text.count("```") == 2


def test_nothing_found_is_said_and_the_chapters_are_offered() -> None:
    given = answer("How do I bake a cake?")
    assert given.text.startswith("I looked through the book and found nothing about that.")
    assert f"- [Servos]({SITE}/book/servos): Motors that know their angle." in given.text
    assert given.citations == ()


def test_a_half_answer_says_what_is_missing() -> None:
    text = answer("Does quadrature run on an Arduino?").text
    assert "**Steppers** under “Quadrature”:" in text.split("\n")[0]
    assert "“arduino”" in text.split("\n")[0]


def test_the_wording_changes_from_turn_to_turn() -> None:
    leads = {
        answer("What is a sensor?", *["What is a servo?"] * turn).text.split("\n")[0]
        for turn in range(3)
    }
    assert len(leads) == 3


@pytest.mark.parametrize("text", ["Hello", "thanks!", "🤖?", "What is it?"])
def test_small_talk_gets_a_sentence_and_no_search(text: str) -> None:
    given = answer(text)
    assert given.citations == ()
    assert "**" not in given.text
    assert len(given.text) < 200


def test_an_example_is_a_question_the_book_answers() -> None:
    assert "“What is a servo?”" in answer("Hello").text


def test_the_pieces_are_the_text_and_bring_each_citation_once_in_its_place() -> None:
    given = Answer("One 🤖 two. Three", (Citation(10, "t", "u", "c"), Citation(16, "t", "v", "c")))
    text, seen = "", []
    for piece, citations in given.pieces():
        text += piece
        for citation in citations:
            assert citation.offset <= len(text)
            seen.append(citation.url)
    assert text == given.text
    assert seen == ["u", "v"]


def test_a_very_long_paragraph_is_cut_at_a_sentence(tmp_path: Path) -> None:
    sentence = "A gizmo is a thing that spins around in a most remarkable way. "
    (tmp_path / "01-gizmo.md").write_text(
        f"---\ntitle: Gizmos\norder: 1\nsummary: Spinning.\n---\n\n## Gizmo\n\n{sentence * 60}\n"
    )
    read_book = book.load(tmp_path)
    question = read("What is a gizmo?")
    given = Librarian(read_book).answer(question, Index(read_book).search(question), "")
    quotation = given.text.split("\n\n")[1]
    assert len(quotation) < LONGEST_QUOTE + 10
    assert quotation.endswith("remarkable way. …")


def test_a_heading_with_markdown_in_it_breaks_no_link() -> None:
    assert escape("a [b] *c* `d` <e> _f_ #g |h|") == (r"a \[b\] \*c\* \`d\` \<e\> \_f\_ \#g \|h\|")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What is a servo?", "What is a servo?"),
        ("  two\n lines\t", "two lines"),
        ("", None),
        (" \u200b ", None),
        ("🤖", "🤖"),
        ("word " * 30, "word word word word word word word word word word word word…"),
        ("x" * 100, "x" * 60 + "…"),
    ],
)
def test_a_thread_is_titled_by_its_first_question(question: str, title: str | None) -> None:
    assert title_of(question) == title
