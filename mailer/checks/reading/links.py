"""Find the links and images of a draft, in its texts and in `campaign.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt

from mailer.checks.reading.places import place_of
from mailer.checks.reading.prose import BLANK, without_jinja
from mailer.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from mailer.model.campaign import Content
    from mailer.model.draft import Draft

_BLANK_IN_URL = quote(BLANK)
_MARKDOWN = MarkdownIt("js-default")


@dataclass(frozen=True, slots=True)
class LinkInText:
    """A link or image with its text, its target and its place in a file."""

    text: str
    target: str
    place: Place

    @property
    def is_fact(self) -> bool:
        """Whether the target is a template expression (`{{ … }}`), which is checked at its source."""
        return BLANK in self.target


def links(draft: Draft) -> Iterator[LinkInText]:
    """Yield every link once: those of the texts, then those of `campaign.toml`."""
    for content in _contents(draft):
        for block, line in _inlines(content):
            yield from _links_of(block, content.file, line)
    campaign = draft.campaign
    for index, link in enumerate(campaign.links):
        yield LinkInText(link.label, link.url, place_of(campaign, f"links.{index}.url"))
    for index, partner in enumerate(campaign.partners):
        if f"partners.{index}.url" in campaign.lines or partner.url:
            yield LinkInText(partner.name, partner.url, place_of(campaign, f"partners.{index}.url"))


def images(draft: Draft) -> Iterator[LinkInText]:
    """Yield every image of the texts. `text` is its description."""
    for content in _contents(draft):
        for block, first_line in _inlines(content):
            line = first_line
            for token in block:
                line += _breaks(token)
                if token.type == "image":
                    yield LinkInText(
                        token.content, _target(token, "src"), Place(content.file, line)
                    )


def _contents(draft: Draft) -> Iterator[Content]:
    """Yield each text once, even if several steps share it."""
    seen = set()
    for planned in draft.plan:
        for content in planned.step.contents.values():
            if content.file not in seen:
                seen.add(content.file)
                yield content


def _inlines(content: Content) -> Iterator[tuple[Sequence[Token], int]]:
    """Yield the inline tokens of each block, with the line on which the block begins."""
    for token in _parse(without_jinja(content.text)):
        if token.type == "inline" and token.map:
            yield token.children or (), content.line + token.map[0]


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def _parse(text: str) -> tuple[Token, ...]:
    return tuple(_MARKDOWN.parse(text))


def _links_of(block: Sequence[Token], file: str, first_line: int) -> Iterator[LinkInText]:
    line, words, opened = first_line, "", None
    for token in block:
        line += _breaks(token)
        if token.type == "link_open":
            opened, words = LinkInText("", _target(token, "href"), Place(file, line)), ""
        elif token.type == "link_close" and opened:
            yield LinkInText(words, opened.target, opened.place)
            opened = None
        elif opened:
            words += token.content or (" " if _breaks(token) else "")


def _breaks(token: Token) -> bool:
    return token.type in {"softbreak", "hardbreak"}


def _target(token: Token, attribute: str) -> str:
    target = str(token.attrs.get(attribute, ""))
    return unquote(target) if _BLANK_IN_URL in target else target
