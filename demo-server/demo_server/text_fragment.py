"""Text fragments: the part of an address that names the words to scroll to and to mark.

`#section:~:text=first%20words,last%20words` as in https://wicg.github.io/scroll-to-text-fragment.
Browsers that know it mark everything from the first words to the last on a full load; the widget
does the same when the page changes under the open chat.
"""

from urllib.parse import quote

EDGE = 6
"""Words that name the beginning, and the end. With three, "The program turns" is found in other
sections too; with twelve, one changed word on the page and nothing is marked."""


def with_text(url: str, text: str) -> str:
    """`url` with `text` (blocks in lines, without markup) as the passage to mark there."""
    lines = [words for line in text.split("\n") if (words := line.split())]
    if not lines:
        return url
    # Each end must stand in one block of the page; what is between may be any number of them.
    if len(lines) == 1 and len(lines[0]) <= 2 * EDGE:
        directive = _term(lines[0])
    else:
        directive = f"{_term(lines[0][:EDGE])},{_term(lines[-1][-EDGE:])}"
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def without_text(url: str) -> str:
    """The address of the section alone."""
    address, _, _ = url.partition(":~:")
    return address.removesuffix("#")


def _term(words: list[str]) -> str:
    # "-" and "," separate the terms of a directive; `quote` leaves the hyphen alone.
    return quote(" ".join(words), safe="").replace("-", "%2D")
