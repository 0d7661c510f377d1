"""Plain text from the Markdown itself: what a newsroom reads when it reads no HTML.

Not from the HTML: that would bring layout tables and the hidden preheader along.
"""

from __future__ import annotations

from itertools import count, repeat
from typing import TYPE_CHECKING

from mailer.render.text_layout import COLUMNS, rule, underlined, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    IsBlock = Callable[[str], bool]


def to_text(tokens: Sequence[Token], *, is_block: IsBlock) -> str:
    """The tokens as lines of at most 72 columns; links show their address.

    A block sentinel standing alone is glued to what follows, so that a condition that does
    not hold leaves no blank lines.
    """
    pieces: list[str] = []
    for block in _block_texts(list(tokens)):
        pieces.append(block)
        pieces.append("" if is_block(block) else "\n\n")
    return "".join(pieces).strip("\n")


def inline_text(token: Token) -> str:
    """One run of text: emphasis dropped, `label (address)` for links, alt text for images."""
    pieces: list[str] = []
    links: list[tuple[str, int]] = []
    for child in token.children or ():
        match child.type:
            case "link_open":
                links.append((str(child.attrs.get("href", "")), len(pieces)))
            case "link_close":
                href, start = links.pop()
                pieces[start:] = [_link("".join(pieces[start:]), href)]
            case "softbreak":
                pieces.append(" ")
            case "hardbreak":
                pieces.append("\n")
            case "image":
                pieces.append(f"[{child.content}]" if child.content else "")
            case _:
                pieces.append(child.content)
    return "".join(pieces)


def _link(label: str, href: str) -> str:
    address = href.removeprefix("mailto:").removeprefix("tel:")
    shown = label.strip()
    if shown in {address, href}:
        return address
    return f"{shown} ({address})" if shown else address


def _block_texts(tokens: list[Token], columns: int = COLUMNS) -> Iterator[str]:
    """Each block of one nesting level as finished text."""
    rest = iter(tokens)
    for token in rest:
        inside = _inside(rest, token) if token.nesting == 1 else []
        yield _simple(token, columns) if not inside else _nested(token, inside, columns)


def _simple(token: Token, columns: int) -> str:
    match token.type:
        case "inline":
            return wrap(inline_text(token), columns=columns)
        case "hr":
            return rule()
        case _:  # fence, code_block
            return "\n".join(f"    {line}" for line in token.content.rstrip("\n").split("\n"))


def _nested(token: Token, inside: list[Token], columns: int) -> str:
    match token.type:
        case "heading_open":
            title = inline_text(inside[0])
            return underlined(title) if token.tag in {"h1", "h2"} else wrap(title)
        case "bullet_list_open":
            return _list(inside, repeat("- "), columns)
        case "ordered_list_open":
            start = int(token.attrs.get("start", 1))
            return _list(inside, map("{}. ".format, count(start)), columns)
        case "blockquote_open":
            quoted = "\n\n".join(_block_texts(inside, columns - 2))
            return "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))
        case "table_open":
            return _table(inside)
        case _:  # paragraph_open
            return wrap(inline_text(inside[0]), columns=columns)


def _inside(rest: Iterator[Token], opening: Token) -> list[Token]:
    inside: list[Token] = []
    for token in rest:
        if token.nesting == -1 and token.level == opening.level:
            break
        inside.append(token)
    return inside


def _list(tokens: list[Token], marks: Iterator[str], columns: int) -> str:
    items: list[str] = []
    rest = iter(tokens)
    is_loose = any(token.type == "paragraph_open" and not token.hidden for token in tokens)
    for token, mark in zip(rest, marks, strict=False):
        indent = "\n" + " " * len(mark)
        blocks = _block_texts(_inside(rest, token), columns - len(mark))
        items.append(mark + "\n".join(blocks).replace("\n", indent))
    return ("\n\n" if is_loose else "\n").join(items)


def _table(tokens: list[Token]) -> str:
    """Columns as wide as their widest cell, two spaces between them."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(inline_text(token))
    widths = [max(map(len, column)) for column in zip(*rows, strict=False)]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
