"""Which page of the book the reader has before them, by what the widget says of it.

With `pageContext` on, it sends `{"page": {"url": …, "title": …}}` in a question's `metadata`. That
is a hint from a browser: it chooses among pages that exist, and is neither trusted nor repeated.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from .book import Book, Page


def page_of(metadata: Mapping[str, Any], book: Book) -> Page | None:
    """The page of the book that the metadata names, if it names one."""
    page = metadata.get("page")
    url = page.get("url") if isinstance(page, dict) else None
    if not isinstance(url, str):
        return None
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    # The book may be served below any prefix, and with or without a slash or ".html" at the end.
    path = path.rstrip("/").removesuffix(".html")
    return next((page for page in book.pages if path.endswith(f"/book/{page.slug}")), None)
