"""Makes links of the addresses that a text writes out: `https://…`, `www.…`, `name@host`.

Only whole addresses become links, never words that happen to have a dot (`recherche.Il`). The
punctuation that closes a sentence stays outside. Each link has the info `auto`, as those that
Markdown makes of `<https://…>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"(?i)(?<![\w.+-])https?\Z")
_AFTER_SCHEME = re.compile(r"://(?=[\w\[])[^\s<>\"«»“”]+")
_CLOSING = ".,;:!?…'’*_~|"
_ADDRESS = re.compile(
    r"(?P<mail>(?<![\w.+%/@'-])[\w.+%'-]+@(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w@-]))"
    r"|(?<![\w@/.-])www\.(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#][^\s<>\"«»“”]*)?",
    re.IGNORECASE,
)


def add_bare_links(parser: MarkdownIt) -> None:
    """Add the rules for addresses that are written out to `parser`."""
    parser.inline.ruler.after("text", "bare_url", _bare_url)
    parser.core.ruler.after("text_join", "bare_addresses", _bare_addresses)


def without_closing_signs(address: str) -> str:
    """Return an address without the punctuation and brackets that belong to the sentence."""
    while address:
        last = address[-1]
        opening = {")": "(", "]": "["}.get(last)
        is_extra = opening is not None and address.count(last) > address.count(opening)
        # A sign that Markdown escapes belongs to the address; values of templates have them.
        if (last not in _CLOSING and not is_extra) or address[-2:-1] == "\\":
            break
        address = address[:-1]
    return address


def _bare_url(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    """Read `://…` after a scheme. It runs before emphasis, so that `_` and `*` stay in the URL."""
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    found = _AFTER_SCHEME.match(state.src, state.pos, state.posMax)
    if not scheme or not found:
        return False
    rest = without_closing_signs(found[0])
    href = state.md.normalizeLink(unescapeAll(scheme[0] + rest))
    if len(rest) <= len("://") or not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": href}
        opening.info = "auto"
        state.push("text", "", 0).content = unescapeAll(scheme[0] + rest)
        state.push("link_close", "a", -1).info = "auto"
    state.pos += len(rest)
    return True


def _bare_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and ("@" in token.content or "www." in token.content.lower()):
            token.children = list(_with_links(token.children or [], state.md))


def _with_links(children: list[Token], parser: MarkdownIt) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not depth:
            yield from _split(child, parser)
        else:
            yield child


def _split(text: Token, parser: MarkdownIt) -> Iterator[Token]:
    """Yield the text with its addresses as links."""
    end = 0
    for found in _ADDRESS.finditer(text.content):
        shown = found[0] if found["mail"] else without_closing_signs(found[0])
        scheme = "mailto:" if found["mail"] else "https://"
        href = parser.normalizeLink(scheme + shown)
        if text.content[end : found.start()]:
            yield _text(text.content[end : found.start()], text.level)
        yield Token("link_open", "a", 1, {"href": href}, level=text.level, info="auto")
        yield _text(shown, text.level + 1)
        yield Token("link_close", "a", -1, level=text.level, info="auto")
        end = found.start() + len(shown)
    if end == 0:
        yield text
    elif text.content[end:]:
        yield _text(text.content[end:], text.level)


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
