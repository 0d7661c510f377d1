"""Finds what a text says in the name of partners: each of them may sign its own passages.

Whose a passage is follows from the text where it can: a presentation from its name, a quotation
and an interview from the function of who speaks. Anything else stands between the lines of
`::: passage Institut X`.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mailer.model.campaigns.campaign import PartnerSigns
from mailer.model.mailings.message import PartnerPassage
from mailer.render.jinja.escape_context import SENTINEL
from mailer.render.markdown.press_blocks.organisations import organisation_of, presented
from mailer.render.markdown.press_blocks.words import folded
from mailer.render.partner_names import names_of, partner_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from mailer.model.campaigns.campaign import Campaign, Partner
    from mailer.model.campaigns.template import Organisation, Template
    from mailer.render.jinja.deferred import DeferredExpression
    from mailer.render.markdown.document import Document
    from mailer.render.markdown.press_blocks.reading import PressBlock

_WORD = re.compile(r"[^\W_]+")
_SPEAKERS = {"quotation": ("speaker", "role"), "interviews": ("name", "role")}
"""The keys of a block that say who speaks, and for whom."""


def passages_of(
    document: Document,
    campaign: Campaign,
    template: Template,
    language: str,
    deferred: Mapping[str, DeferredExpression],
) -> tuple[PartnerPassage, ...]:
    """Return the passages of the partners who sign theirs; none where no partner does."""
    signing = {each for each in campaign.partners if each.signs is PartnerSigns.PASSAGES}
    if not signing:
        return ()
    pieces = _Pieces(campaign, deferred)
    found = [
        *((each, pieces.of(tokens)) for each, tokens in _marked(document, campaign.partners)),
        *((each, pieces.of(tokens)) for each, tokens in _spoken(document, campaign.partners)),
        *_presented(document, campaign, template.organisations, language),
    ]
    return tuple(
        PartnerPassage(partner.name, language, words)
        for partner, words in found
        if partner in signing
    )


def _marked(
    document: Document, partners: Sequence[Partner]
) -> Iterator[tuple[Partner, Sequence[Token]]]:
    for name, tokens in document.passages:
        if partner := partner_called(name, partners):
            yield partner, tokens


def _spoken(
    document: Document, partners: Sequence[Partner]
) -> Iterator[tuple[Partner, Sequence[Token]]]:
    """Yield each quotation, and each person to interview, who speaks for a partner."""
    for block, tokens in _blocks(document):
        keys = _SPEAKERS.get(block.kind.name, ())
        for number, entry in enumerate((block.whole, *block.entries), -1):
            function = " ".join(entry.values[key].text for key in keys if key in entry.values)
            if partner := _spoken_for(function, partners):
                yield partner, [each for each in tokens if each.meta.get("entry") == number]
    for tokens in _quotations(document):
        last = [each for each in tokens if each.type == "inline"][-1:]
        if partner := _spoken_for(" ".join(each.content for each in last), partners):
            yield partner, tokens


def _quotations(document: Document) -> Iterator[Sequence[Token]]:
    """Yield each simple quotation whose last line says who spoke."""
    opened = 0
    for n, token in enumerate(document.tokens):
        if token.type == "blockquote_open" and token.level == 0:
            opened = n
        elif token.type == "blockquote_close" and token.level == 0:
            inside = document.tokens[opened + 1 : n]
            if any(each.attrs.get("class") == "attribution" for each in inside):
                yield inside


def _spoken_for(function: str, partners: Sequence[Partner]) -> Partner | None:
    """Return the partner whose name stands in a function; that of the longest of several names."""
    named = [
        (len(name), each)
        for each in partners
        for name in names_of(each)
        if _words(name) in _words(function)
    ]
    return max(named, key=lambda it: it[0], default=(0, None))[1]


def _words(text: str) -> str:
    """Return the words of a text with a blank around each, so that no part of a word is found."""
    return f" {' '.join(_WORD.findall(folded(text)))} "


def _presented(
    document: Document, campaign: Campaign, organisations: Sequence[Organisation], language: str
) -> Iterator[tuple[Partner, tuple[str, ...]]]:
    """Yield what each partner says of itself in a block of presentations."""
    for block, _tokens in _blocks(document):
        for entry in block.entries if block.kind.name == "about" else ():
            name = entry.values["name"].text if "name" in entry.values else ""
            said = organisation_of(name, organisations)
            partner = said and (
                partner_called(name, campaign.partners)
                or partner_called(said.name, campaign.partners)
            )
            if said and partner:
                words = presented(said, language, campaign.typography_of(language))
                yield partner, tuple(filter(None, words.values()))


def _blocks(document: Document) -> Iterator[tuple[PressBlock, Sequence[Token]]]:
    """Yield each press block with the tokens of its values."""
    opened = 0
    for n, token in enumerate(document.tokens):
        if token.type == "block_open":
            opened = n
        elif token.type == "block_close":
            yield document.tokens[opened].meta["block"], document.tokens[opened + 1 : n]


class _Pieces:
    """Writes tokens as pieces: words, the addresses of links, pictures with what they hold."""

    def __init__(self, campaign: Campaign, deferred: Mapping[str, DeferredExpression]) -> None:
        self._campaign = campaign
        self._deferred = deferred

    def of(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Return the pieces of the tokens, none of them empty."""
        found = (piece for token in tokens for piece in self._of_token(token))
        return tuple(piece for piece in map(self._spelt, found) if piece)

    def _of_token(self, token: Token) -> Iterator[str]:
        if token.type != "inline":
            yield token.content
            return
        children = token.children or []
        yield "".join(
            " " if child.type in {"softbreak", "hardbreak"} else child.content
            for child in children
            if child.type != "image"
        )
        for child in children:
            if child.type == "link_open":
                yield str(child.attrs.get("href", ""))
            elif child.type == "image":
                source = unquote(str(child.attrs.get("src", "")))
                content = self._campaign.files.get(source)
                digest = f" {sha256(content).hexdigest()[:12]}" if content else ""
                yield f"{child.content} [{source}{digest}]".strip()

    def _spelt(self, piece: str) -> str:
        """Return a piece in which what is filled in for each reader stands as it was written."""
        shown = SENTINEL.sub(
            lambda it: (
                f"{{{{ {self._deferred[it[0]].source} }}}}" if it[0] in self._deferred else ""
            ),
            piece,
        )
        return " ".join(shown.split())
