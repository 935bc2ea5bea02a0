"""The page the reader is on decides between sections that say about as much."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo_server import book
from demo_server.reading import page_of

from .support import PAGE, Reader, running, settings

TEXTBOOK_DIR = Path(__file__).parents[2] / "www" / "book"
TEXTBOOK = book.load(TEXTBOOK_DIR)


@pytest.fixture(scope="module")
def textbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(settings(tmp_path_factory.mktemp("reading"), book_dir=TEXTBOOK_DIR)) as address:
        yield address


def on(address: str, slug: str) -> Reader:
    reader = Reader(address)
    reader.page = f"{PAGE}/book/{slug}"
    return reader


def section(url: str) -> str:
    return url.removeprefix(PAGE).partition(":~:")[0]


def test_the_same_question_is_answered_from_the_page_it_is_asked_on(textbook: str) -> None:
    question = "What limits the speed?"
    anywhere = section(Reader(textbook).ask(question).sources[0])
    here = section(on(textbook, "servo").ask(question).sources[0])
    assert anywhere == "/book/safety#speed-force-and-distance"
    assert here == "/book/servo#torque-and-speed"


def test_a_question_about_another_chapter_is_answered_from_that_chapter(textbook: str) -> None:
    url = on(textbook, "servo").ask("How long does a battery last?").sources[0]
    assert section(url) == "/book/power#how-long-will-the-battery-last"


def test_this_page_means_the_page_before_the_reader(textbook: str) -> None:
    turn = on(textbook, "sensors").ask("What is this page about?")
    assert section(turn.sources[0]).startswith("/book/sensors")
    moved = on(textbook, "sensors")
    moved.page = f"{PAGE}/book/power"
    later = moved.ask("Explain this page", moved.ask("What is a servo?").thread)
    assert section(later.sources[0]).startswith("/book/power")
    assert Reader(textbook).ask("What is this page about?").sources == []


def test_tell_me_more_leans_on_the_talk_and_not_on_the_page(textbook: str) -> None:
    reader = on(textbook, "power")
    turn = reader.ask("What is a servo?")
    assert section(reader.ask("Tell me more", turn.thread).sources[0]).startswith("/book/servo")


@pytest.mark.parametrize(
    ("metadata", "slug"),
    [
        ({"page": {"url": "https://x.example/book/servo", "title": "Servos"}}, "servo"),
        ({"page": {"url": "https://x.example/site/book/servo.html?a=1"}}, "servo"),
        ({"page": {"url": "https://x.example/book/servo/"}}, "servo"),
        ({"page": {"url": "https://x.example/book/what%2Dis-a-robot"}}, "what-is-a-robot"),
        ({"page": {"url": "https://x.example/blog/servo"}}, None),
        ({"page": {"url": "https://x.example/book/no-such-page"}}, None),
        ({"page": {"url": "http://[broken/book/servo"}}, None),
        ({"page": {"url": 7}}, None),
        ({"page": "servo"}, None),
        ({}, None),
    ],
)
def test_only_pages_that_exist_are_taken_from_the_metadata(
    metadata: dict[str, Any], slug: str | None
) -> None:
    page = page_of(metadata, TEXTBOOK)
    assert (page.slug if page is not None else None) == slug


def test_odd_metadata_is_no_reason_to_refuse_an_answer(textbook: str) -> None:
    reader = Reader(textbook)
    reader.page = "http://[broken"
    assert section(reader.ask("What is a servo?").sources[0]) == "/book/servo#what-is-a-servo"
