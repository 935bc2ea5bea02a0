"""Citations name the quoted words, so that a browser can mark them."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from demo_server import book
from demo_server.answer import Librarian
from demo_server.question import read
from demo_server.retrieval import Index
from demo_server.text_fragment import with_text, without_text

TEXTBOOK = book.load(Path(__file__).parents[2] / "www" / "book")
INDEX, LIBRARIAN = Index(TEXTBOOK), Librarian(TEXTBOOK)


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("Keep it short.", "Keep%20it%20short."),
        ("one two three four five six seven eight nine ten eleven twelve",
         "one%20two%20three%20four%20five%20six%20seven%20eight%20nine%20ten%20eleven%20twelve"),
        ("a b c d e f g h i j k l m", "a%20b%20c%20d%20e%20f,h%20i%20j%20k%20l%20m"),
        ("A list:\none\ntwo of them", "A%20list%3A,two%20of%20them"),
        ("well-known, i.e. 50% & more", "well%2Dknown%2C%20i.e.%2050%25%20%26%20more"),
        ("“Čapek” 🤖", "%E2%80%9C%C4%8Capek%E2%80%9D%20%F0%9F%A4%96"),
    ],
)  # fmt: skip
def test_a_passage_is_named_by_its_ends(text: str, directive: str) -> None:
    assert with_text("/book/servo#power", text) == f"/book/servo#power:~:text={directive}"


def test_a_page_without_section_takes_a_fragment_too_and_both_come_off_again() -> None:
    assert with_text("/book/servo", "Short.") == "/book/servo#:~:text=Short."
    for url in ("/book/servo", "/book/servo#power"):
        assert without_text(with_text(url, "Short.")) == url
        assert without_text(url) == url
    assert with_text("/book/servo", " \n ") == "/book/servo"


@pytest.mark.parametrize(
    "question",
    ["What is a servo?", "How is a servo controlled?", "battery", "What is inside a servo?", "PWM"],
)
def test_both_ends_stand_in_the_answer_that_cites_them(question: str) -> None:
    asked = read(question)
    answer = LIBRARIAN.answer(asked, INDEX.search(asked), "")
    plain = " ".join(re.sub(r"[*`>|\n]|\]\([^)]*\)|\[", " ", answer.text).split())
    assert answer.citations
    for citation in answer.citations:
        _, _, directive = citation.url.partition(":~:text=")
        for end in directive.split(","):
            assert " ".join(unquote(end).split()[:2]) in plain
