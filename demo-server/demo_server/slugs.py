"""Anchors of headings, by the rules GitHub and github-slugger use.

The web page makes its anchors with github-slugger; a citation that differs by one character opens
the page at its top instead of at the passage.
"""

import unicodedata

_JOINERS = "\u200c\u200d"


class Slugger:
    """The anchors of one page, in the order of its headings: a repeated one gets `-1`, `-2`, …"""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def slug(self, heading: str) -> str:
        base = _slug(heading)
        slug = base
        while slug in self._seen:
            self._seen[base] += 1
            slug = f"{base}-{self._seen[base]}"
        self._seen[slug] = 0
        return slug


def _slug(heading: str) -> str:
    return "".join(
        "-" if character == " " else character for character in heading.lower() if _kept(character)
    )


def _kept(character: str) -> bool:
    if character in "- " or character in _JOINERS:
        return True
    # Letters, combining marks, decimal and letter-like numbers, connectors such as "_".
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc")
