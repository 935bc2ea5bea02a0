"""Reading the textbook: a citation must land on the right heading of the right page."""

from pathlib import Path

import pytest

from demo_server import book
from demo_server.slugs import Slugger

from .support import BOOK

TEXTBOOK = Path(__file__).parents[2] / "www" / "book"
READ = book.load(BOOK)


def section(anchor: str) -> book.Section:
    (found,) = [section for section in READ.sections if section.anchor == anchor]
    return found


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        # What github-slugger makes of them.
        ("What is a servo?", "what-is-a-servo"),
        ("The sense–decide–act loop", "the-sensedecideact-loop"),
        ("C++ & “quoted” names, e.g. attach()!", "c--quoted-names-eg-attach"),
        ("Snake_case - and  spaces", "snake_case---and--spaces"),
        ("Čapek, Ω and 日本語", "čapek-ω-and-日本語"),
        ("I ♥ robots 🤖", "i--robots-"),
        ("2.0 GHz", "20-ghz"),
        ("?", ""),
    ],
)
def test_an_anchor_is_what_the_page_makes_it(heading: str, slug: str) -> None:
    assert Slugger().slug(heading) == slug


def test_headings_of_one_name_get_numbers() -> None:
    slugger = Slugger()
    assert [slugger.slug(text) for text in ("A", "A", "A 1", "A")] == ["a", "a-1", "a-1-1", "a-2"]


def test_pages_are_in_order_and_other_files_are_left_alone() -> None:
    assert [page.slug for page in READ.pages] == ["basics", "servos", "steppers"]
    assert READ.pages[0].title == "Basics: what moves?"
    assert READ.pages[0].url("https://x.org") == "https://x.org/book/basics"


def test_sections_have_the_address_of_their_heading() -> None:
    assert [section.url("") for section in READ.sections] == [
        "/book/basics",
        "/book/basics#sensing",
        "/book/basics#sensing-1",
        "/book/servos",
        "/book/servos#what-is-a-servo",
        "/book/servos#how-is-a-servo-controlled",
        "/book/servos#c--quoted-names-eg-attach",
        "/book/steppers#what-is-a-stepper",
        "/book/steppers#quadrature",
    ]


def test_a_comment_in_code_is_no_heading_and_stays_with_what_announces_it() -> None:
    first, second = section("how-is-a-servo-controlled").passages
    assert first.markdown.startswith("A servo is controlled")
    assert first.markdown.endswith("```")
    assert "# Not a heading" in first.text
    assert second.text == "What counts is the length of the pulse."


def test_an_image_alone_is_no_passage() -> None:
    (passage,) = section("sensing").passages
    assert passage.text.startswith("A sensor turns something physical")


def test_links_of_a_quotation_lead_back_to_the_book() -> None:
    sensing = section("sensing")
    quoted = book.with_links(sensing.passages[0].markdown, sensing.page, "https://x.org")
    assert "[the wall](https://x.org/book/basics#sensing)" in quoted
    assert "[servos](https://x.org/book/servos#what-is-a-servo)" in quoted
    quadrature = section("quadrature")
    assert "[stepper](/book/steppers#what-is-a-stepper)" in book.with_links(
        quadrature.passages[0].markdown, quadrature.page, ""
    )
    page = sensing.page
    assert book.with_links("[a](https://y.org/z) ![b](c.png)", page, "") == "[a](https://y.org/z)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no front matter", "does not begin with front matter"),
        ("---\ntitle: [\n---\n", "not YAML"),
        ("---\ntitle: A\n---\n", "order, summary"),
        ("---\n- a\n---\n", "wrong in the front matter"),
        ("---\ntitle: A\norder: x\nsummary: b\n---\n", "order"),
    ],
)
def test_a_page_that_cannot_be_read_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "01-a.md").write_text(text)
    with pytest.raises(book.BookError, match=words) as raised:
        book.load(tmp_path)
    assert "01-a.md" in str(raised.value)


def test_a_folder_without_pages_is_named(tmp_path: Path) -> None:
    with pytest.raises(book.BookError, match="holds no page"):
        book.load(tmp_path)


def test_the_textbook_of_the_demo_is_readable() -> None:
    read = book.load(TEXTBOOK)
    assert len(read.pages) >= 5
    addresses = [section.url("") for section in read.sections]
    assert len(set(addresses)) == len(addresses)
    assert "/book/servo#what-is-a-servo" in addresses
