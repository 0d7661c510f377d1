"""Recognises the pieces of a press document in Markdown: attributions, captions, buttons, links.

| written | becomes |
|---|---|
| `> …`, and a last paragraph that begins with a dash | a quotation with its attribution |
| `![what it shows](photo.jpg "Caption. © Author")` alone | a figure, its caption and credit |
| `**[Ask for accreditation](https://…)**` alone | a button |
| a list of nothing but links | a block of links |

What stands between `:::` lines is read by `press_blocks`. Works on tokens; `document` renders them as HTML, `plaintext` as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from mailer.languages.language import NBSP

if TYPE_CHECKING:
    from collections.abc import Sequence

_DASH = re.compile("(?:[—–]|--)[ \u00a0\u202f]+")


def with_press_blocks(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with figures, buttons, attributions and link blocks recognised."""
    found: list[Token] = []
    quotes = 0
    rest = _with_attributions_apart(tokens)
    for n, token in enumerate(rest):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        inline = rest[n + 1] if token.type == "paragraph_open" else None
        if inline is None or not inline.children:
            if token.type == "bullet_list_open" and _holds_links(rest, n):
                token.attrSet("class", "links")
                # Safari announces no list when the style shows no bullets.
                token.attrSet("role", "list")
                token.type = "links_open"
            elif token.type == "bullet_list_open":
                _count_by_letters(rest, n)
        elif _is_button(inline):
            token.type, token.tag = "button_open", ""
            inline.children = inline.children[1:-1]
            rest[n + 2].type = "button_close"
        elif _is_figure(inline):
            token.tag = rest[n + 2].tag = "div"
            token.attrSet("class", "figure")
            found += [token, inline, rest[n + 2], *_caption(inline.children[0], token.level)]
            rest[n + 1] = rest[n + 2] = _NOTHING
            continue
        elif quotes and rest[n + 3].type == "blockquote_close" and _DASH.match(inline.content):
            token.attrSet("class", "attribution")
        if token is not _NOTHING:
            found.append(token)
    return found


_NOTHING = Token("nothing", "", 0)


def _is_button(inline: Token) -> bool:
    types = [child.type for child in inline.children or () if child.type != "text" or child.content]
    return (
        types[:2] == ["strong_open", "link_open"]
        and not any(child.info == "auto" for child in inline.children or ())
        and types[-2:] == ["link_close", "strong_close"]
        and types.count("link_open") == 1
    )


def _with_attributions_apart(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with the last line of a quotation, when a dash begins it, as a paragraph.

    `— Claire Delmas` on the line below a quotation names who said it.
    """
    found: list[Token] = []
    for n, token in enumerate(tokens):
        at = _attribution_at(token) if _ends_quotation(tokens, n) else 0
        if at:
            said, words = (token.children or [])[:at], (token.children or [])[at + 1 :]
            opening = tokens[n - 1]
            closing = Token("paragraph_close", "p", -1, level=opening.level, block=True)
            again = Token("paragraph_open", "p", 1, level=opening.level, block=True)
            who = Token("inline", "", 0, level=token.level, map=token.map, children=words)
            who.content = "".join(child.content for child in words)
            token.children = said
            found += [token, closing, again, who]
        else:
            found.append(token)
    return found


def _ends_quotation(tokens: Sequence[Token], n: int) -> bool:
    following = [each.type for each in tokens[n + 1 : n + 3]]
    return tokens[n].type == "inline" and following == ["paragraph_close", "blockquote_close"]


def _attribution_at(inline: Token) -> int:
    """Return the position of the break before a last line that begins with a dash, or 0."""
    children = inline.children or []
    breaks = [n for n, child in enumerate(children) if child.type in {"softbreak", "hardbreak"}]
    last = breaks[-1] if breaks else 0
    return last if last and _DASH.match(children[last + 1].content) else 0


_LETTER = re.compile(r"(?P<label>[A-Za-z]{1,5})\) ")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def _count_by_letters(tokens: Sequence[Token], start: int) -> None:
    """Turn a list whose items begin with `a)`, `b)` … into one that is counted by letters."""
    opening = tokens[start]
    end = next(n for n in range(start + 1, len(tokens)) if tokens[n].level == opening.level)
    firsts = [
        children[0]
        for n in range(start, end)
        if tokens[n].type == "list_item_open"
        and tokens[n].level == opening.level + 1
        and (children := tokens[n + 2].children)
    ]
    labels = [found["label"] if (found := _LETTER.match(it.content)) else "" for it in firsts]
    kind = _kind_of_letters(labels)
    if kind:
        opening.type, opening.tag = "ordered_list_open", "ol"
        tokens[end].type, tokens[end].tag = "ordered_list_close", "ol"
        opening.attrSet("type", kind)
        for text, label in zip(firsts, labels, strict=True):
            text.content = text.content[len(label) + 2 :]


def _kind_of_letters(labels: Sequence[str]) -> str:
    """Return the type of an HTML list with these labels, or nothing."""
    count = len(labels)
    if count > 1 and tuple(labels) == _ROMAN[:count]:
        return "i"
    if count > 1 and all(len(label) == 1 for label in labels):
        for kind in ("a", "A"):
            if [ord(label) - ord(kind) for label in labels] == list(range(count)):
                return kind
    return ""


def item_label(number: int, kind: str) -> str:
    """Return the mark of an item in plain text: `1.`, or `a)` in a list counted by letters."""
    if kind == "i":
        return f"{_ROMAN[number - 1]})" if number <= len(_ROMAN) else f"{number}."
    return f"{chr(ord(kind) + number - 1)})" if kind else f"{number}."


def _is_figure(inline: Token) -> bool:
    return [child.type for child in inline.children or ()] == ["image"]


def _caption(image: Token, level: int) -> list[Token]:
    """Return a paragraph below the image, from its title; the text from © on is the credit."""
    title = str(image.attrs.pop("title", ""))
    if not title:
        return []
    words, sign, credit = title.partition("©")
    children = [_text(words if sign else title)]
    if sign:
        opening = Token("credit_open", "span", 1)
        opening.attrSet("class", "credit")
        children += [opening, _text(f"©{NBSP}{credit.lstrip()}"), Token("credit_close", "span", -1)]
    paragraph = Token("paragraph_open", "p", 1, level=level, block=True)
    paragraph.attrSet("class", "caption")
    inline = Token("inline", "", 0, level=level + 1, content=title, children=children, block=True)
    return [paragraph, inline, Token("paragraph_close", "p", -1, level=level, block=True)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _holds_links(tokens: Sequence[Token], start: int) -> bool:
    """Return whether each item of a list consists of exactly one link."""
    level = tokens[start].level
    for token in tokens[start + 1 :]:
        if token.level == level:
            break
        types = [child.type for child in token.children or ()]
        is_link = types[:1] == ["link_open"] and types.index("link_close") == len(types) - 1
        if token.type == "inline" and not is_link:
            return False
    return True
