"""What a request carries along: who asks, and where their book is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    session_id: str
    book_url: str
    """Prefix of links into the book: `https://docs.example.org` or `""`, no slash at the end."""
