"""What a request carries along: who asks, where their book is, and where in it they read."""

from dataclasses import dataclass

from .book import Page


@dataclass(frozen=True)
class RequestContext:
    session_id: str
    book_url: str
    """Prefix of links into the book: `https://docs.example.org` or `""`, no slash at the end."""
    page: Page | None = None
    """The page they are on, where the widget says so."""
