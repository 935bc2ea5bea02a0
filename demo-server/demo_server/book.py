"""The textbook: pages of markdown, cut into sections at their headings.

A file `NN-slug.md` is the page `/book/slug`. It begins with YAML front matter (`title`, `order`,
`summary`). A *section* is what stands under one heading; what stands above the first heading is the
page's introduction, a section without heading. A *passage* is what can be quoted by itself: a
paragraph, or a paragraph that ends in a colon together with what it announces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ValidationError

from .slugs import Slugger

_FILE_NAME = re.compile(r"\d+-(?P<slug>.+)\.md")
_FRONT_MATTER = re.compile(r"\A---\r?\n(?P<yaml>.*?)^---\r?\n", re.DOTALL | re.MULTILINE)
_LINK_TARGET = re.compile(r"(?<=\]\()(?P<target>[^)\s]+)")
_PAGE_FILE = re.compile(r"(?:\./)?\d+-(?P<slug>[^/#]+)\.md(?P<rest>#.*)?")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*")
_BLOCKS = {"paragraph_open", "bullet_list_open", "ordered_list_open", "table_open", "fence",
           "code_block", "blockquote_open"}  # fmt: skip

_parser = MarkdownIt("commonmark").enable("table")


class BookError(Exception):
    """A page that cannot be read: names the file and what to write instead."""


class FrontMatter(BaseModel):
    title: str
    order: int
    summary: str


@dataclass(frozen=True)
class Passage:
    markdown: str
    text: str
    """The same without markup, for searching."""


@dataclass(frozen=True)
class Section:
    page: "Page"
    heading: str | None
    anchor: str
    passages: tuple[Passage, ...]

    @property
    def name(self) -> str:
        return self.heading or self.page.title

    @property
    def text(self) -> str:
        return "\n".join(passage.text for passage in self.passages)

    def url(self, base: str) -> str:
        """Address of the section; `base` is `""` or an origin, without a slash at its end."""
        return self.page.url(base) + (f"#{quote(self.anchor)}" if self.anchor else "")


@dataclass(frozen=True)
class Page:
    title: str
    order: int
    summary: str
    slug: str

    def url(self, base: str) -> str:
        return f"{base}/book/{quote(self.slug)}"


@dataclass(frozen=True)
class Book:
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    """In reading order."""


def load(folder: Path) -> Book:
    """Reads every `NN-slug.md` of the folder. Raises `BookError`."""
    files = [(path, _FILE_NAME.fullmatch(path.name)) for path in sorted(folder.glob("*.md"))]
    chapters = sorted(
        (_read(path, match["slug"]) for path, match in files if match is not None),
        key=lambda chapter: chapter[0].order,
    )
    if not chapters:
        raise BookError(f'{folder} holds no page; a page is a file such as "01-sensors.md"')
    return Book(
        pages=tuple(page for page, _ in chapters),
        sections=tuple(section for _, sections in chapters for section in sections),
    )


def with_links(markdown: str, page: Page, base: str) -> str:
    """The passage as it can be shown elsewhere: links lead back to the book, images are dropped.

    Images go because a chat does not load what the page around it has not allowed.
    """

    def absolute(match: re.Match[str]) -> str:
        target = match["target"]
        file = _PAGE_FILE.fullmatch(target)
        if file is not None:
            target = file["slug"] + (file["rest"] or "")
        return urljoin(page.url(base), base + target if target.startswith("/") else target)

    return _LINK_TARGET.sub(absolute, _IMAGE.sub("", markdown)).strip()


def _read(path: Path, slug: str) -> tuple[Page, list[Section]]:
    source = path.read_text(encoding="utf-8-sig")
    match = _FRONT_MATTER.match(source)
    if match is None:
        raise BookError(f'{path} does not begin with front matter between two "---" lines')
    try:
        front = FrontMatter.model_validate(yaml.safe_load(match["yaml"]))
    except yaml.YAMLError as error:
        raise BookError(f"{path}: the front matter is not YAML: {error}") from None
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, issue["loc"])) or "it" for issue in error.errors())
        raise BookError(
            f"{path}: wrong in the front matter: {fields}; write title, order and summary"
        ) from None
    page = Page(slug=slug, **front.model_dump())
    return page, list(_sections(page, source[match.end() :]))


def _sections(page: Page, body: str) -> Iterator[Section]:
    lines = body.split("\n")
    slugger = Slugger()
    heading: str | None = None
    anchor = ""
    blocks: list[_Block] = []
    tokens = _parser.parse(body)
    for index, token in enumerate(tokens):
        if token.level > 0:
            continue
        if token.type == "heading_open":
            if blocks:
                yield Section(page, heading, anchor, _passages(blocks))
                blocks = []
            heading = _text(tokens[index + 1])
            anchor = slugger.slug(heading)
        elif token.type in _BLOCKS and token.map:
            markdown = "\n".join(lines[token.map[0] : token.map[1]]).rstrip()
            block = _Block(token.type, markdown, _block_text(tokens, index))
            if _IMAGE.sub("", block.markdown).strip():
                blocks.append(block)
    if blocks:
        yield Section(page, heading, anchor, _passages(blocks))


@dataclass(frozen=True)
class _Block:
    kind: str
    markdown: str
    text: str


def _passages(blocks: list[_Block]) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    announced = False
    for block in blocks:
        if announced and block.kind != "paragraph_open":
            before = passages.pop()
            passages.append(
                Passage(f"{before.markdown}\n\n{block.markdown}", f"{before.text}\n{block.text}")
            )
        else:
            passages.append(Passage(block.markdown, block.text))
        # "…, so" and "…:" make no sense without the list or code that follows.
        announced = block.kind == "paragraph_open" and not block.text.endswith((".", "!", "?"))
    return tuple(passages)


def _block_text(tokens: list[Token], start: int) -> str:
    opening = tokens[start]
    if opening.nesting == 0:
        return opening.content.strip()
    parts: list[str] = []
    for token in tokens[start + 1 :]:
        if token.level == opening.level and token.nesting == -1:
            break
        if token.type == "inline":
            parts.append(_text(token))
        elif token.type in ("fence", "code_block"):
            parts.append(token.content.strip())
    return "\n".join(parts)


def _text(inline: Token) -> str:
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or []
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )
