"""Origins: the web sites whose pages may call this server.

An entry is `https://docs.example.org`, or `http://localhost:*` for every port of a host (what a
development machine needs, where the page's port is whichever was free).
"""

import re
from collections.abc import Sequence

_ENTRY = re.compile(r"(https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]))(?::(\d{1,5}|\*))?/?")

LOCAL_PAGES = ("http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*")


class Origins:
    def __init__(self, entries: Sequence[str]) -> None:
        """Raises `ValueError` naming the first entry that is not an origin."""
        self.entries = tuple(entries)
        self.pattern = "|".join(_pattern(entry) for entry in entries) or r"(?!)"
        self._regex = re.compile(self.pattern)

    def allows(self, origin: str | None) -> bool:
        return origin is not None and self._regex.fullmatch(origin) is not None


def _pattern(entry: str) -> str:
    match = _ENTRY.fullmatch(entry)
    if match is None:
        raise ValueError(
            f'"{entry}" is not an origin; write "https://docs.example.org" '
            'or, for any port, "http://localhost:*"'
        )
    site, port = match.groups()
    # Browsers send the host in lower case, whatever the address bar was given.
    quoted = re.escape(site.lower())
    if port is None:
        return quoted
    return quoted + (r"(?::\d{1,5})?" if port == "*" else f":{port}")
