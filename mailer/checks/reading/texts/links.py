"""Find the links and images of a draft, in its texts and in `campaign.toml`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mailer.checks.reading.texts.inlines import contents, inlines, is_break
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import BLANK
from mailer.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from mailer.model.drafts.draft import Draft

_BLANK_IN_URL = quote(BLANK)


@dataclass(frozen=True, slots=True)
class LinkInText:
    """A link or image with its text, its target and its place in a file."""

    text: str
    target: str
    place: Place
    is_written_out: bool = False
    """Whether the text is the address itself, which became a link by that."""

    @property
    def is_fact(self) -> bool:
        """Whether the target is a template expression (`{{ … }}`), which is checked at its source."""
        return BLANK in self.target


def links(draft: Draft) -> Iterator[LinkInText]:
    """Yield every link once: those of the texts, then those of `campaign.toml`."""
    for content in contents(draft):
        for block, line in inlines(content):
            yield from _links_of(block, content.file, line)
    campaign = draft.campaign
    for index, link in enumerate(campaign.links):
        yield LinkInText(link.label, link.url, place_of(campaign, f"links.{index}.url"))
    for index, partner in enumerate(campaign.partners):
        if f"partners.{index}.url" in campaign.lines or partner.url:
            yield LinkInText(partner.name, partner.url, place_of(campaign, f"partners.{index}.url"))


def images(draft: Draft) -> Iterator[LinkInText]:
    """Yield every image of the texts. `text` is its description."""
    for content in contents(draft):
        for block, first_line in inlines(content):
            line = first_line
            for token in block:
                line += is_break(token)
                if token.type == "image":
                    yield LinkInText(
                        token.content, _target(token, "src"), Place(content.file, line)
                    )


def _links_of(block: Sequence[Token], file: str, first_line: int) -> Iterator[LinkInText]:
    line, words, opened = first_line, "", None
    for token in block:
        line += is_break(token)
        if token.type == "link_open":
            opened, words = (
                LinkInText(
                    "",
                    _target(token, "href"),
                    Place(file, line),
                    _is_written_out(token),
                ),
                "",
            )
        elif token.type == "link_close" and opened:
            yield replace(opened, text=words)
            opened = None
        elif opened:
            words += token.content or (" " if is_break(token) else "")


def _is_written_out(opening: Token) -> bool:
    # Markdown's own `<https://…>` is a decision of the author, and has the markup `autolink`.
    return (opening.info, opening.markup) == ("auto", "")


def _target(token: Token, attribute: str) -> str:
    target = str(token.attrs.get(attribute, ""))
    return unquote(target) if _BLANK_IN_URL in target else target
