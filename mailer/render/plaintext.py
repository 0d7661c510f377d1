"""Renders plain text from the Markdown itself, for newsrooms that do not read HTML.

Converting the HTML instead would include layout tables and the hidden preheader.
"""

from __future__ import annotations

from itertools import count, repeat
from typing import TYPE_CHECKING

from markdown_it.token import Token

from mailer.render.link_targets import readable
from mailer.render.markdown.blocks import item_label
from mailer.render.markdown.press_blocks.values import with_blocks_written
from mailer.render.text_layout import COLUMNS, labelled, rule, underlined, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailer.render.markdown.press_blocks.values import WriteBlock

    IsBlock = Callable[[str], bool]


def to_text(tokens: Sequence[Token], *, is_block: IsBlock, write_block: WriteBlock) -> str:
    """Render the tokens as lines of at most 72 columns; links show their URL, and `write_block`
    renders a press block from its values.

    A block sentinel on its own is joined to what follows, so that a condition that is false
    leaves no blank lines.
    """
    pieces: list[str] = []
    written = with_blocks_written(tokens, write_block, write=inline_text, pictures={})
    for block in _block_texts(written):
        pieces.append(block)
        pieces.append("" if is_block(block) else "\n\n")
    return "".join(pieces).strip("\n")


def inline_text(token: Token) -> str:
    """Render one run of text: no emphasis, `label (address)` for links, alt text for images."""
    pieces: list[str] = []
    links: list[tuple[Token, int]] = []
    for child in token.children or ():
        match child.type:
            case "link_open":
                links.append((child, len(pieces)))
            case "link_close":
                opening, start = links.pop()
                label = "".join(pieces[start:])
                # A link that was written out as an address already shows it.
                href = "" if opening.info == "auto" else str(opening.attrs.get("href", ""))
                pieces[start:] = [_link(label, href)]
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
    address, shown = _address(href), label.strip()
    if shown in {address, href} or not address:
        return shown or address
    return f"{shown} ({address})" if shown else address


def _address(href: str) -> str:
    """Return a link as people write it: a mail address without its preset subject."""
    if href.startswith("mailto:"):
        return readable(href.removeprefix("mailto:").partition("?")[0])
    return readable(href.removeprefix("tel:"))


def _label_above(tokens: list[Token]) -> str:
    """Render the only link of a button or list item, with its URL on the line below."""
    children = [child for token in tokens for child in token.children or ()]
    hrefs = [str(child.attrs["href"]) for child in children if child.type == "link_open"]
    inside = Token("inline", "", 0, children=[it for it in children if "link_" not in it.type])
    label, address = inline_text(inside), _address(hrefs[0])
    return label if label == address else f"{wrap(label)}\n{address}"


def _block_texts(tokens: list[Token], columns: int = COLUMNS) -> Iterator[str]:
    """Yield each block of one nesting level as finished text."""
    rest = iter(tokens)
    for token in rest:
        inside = _inside(rest, token) if token.nesting == 1 else []
        yield (
            _leaf_block(token, columns) if not inside else _container_block(token, inside, columns)
        )


def _leaf_block(token: Token, columns: int) -> str:
    match token.type:
        case "inline":
            return wrap(inline_text(token), columns=columns)
        case "hr":
            return rule()
        case "deferred" | "written_block":
            return token.content
        case _:  # fence, code_block
            return "\n".join(f"    {line}" for line in token.content.rstrip("\n").split("\n"))


def _container_block(token: Token, inside: list[Token], columns: int) -> str:
    match token.type:
        case "heading_open":
            title = inline_text(inside[0])
            return underlined(title) if token.tag in {"h1", "h2"} else wrap(title)
        case "bullet_list_open":
            return _list(inside, repeat("- "), columns)
        case "ordered_list_open":
            start = int(token.attrs.get("start", 1))
            kind = str(token.attrs.get("type", ""))
            return _list(inside, (f"{item_label(n, kind)} " for n in count(start)), columns)
        case "blockquote_open":
            quoted = "\n\n".join(_block_texts(inside, columns - 2))
            return "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))
        case "paragraph_open":
            return wrap(inline_text(inside[0]), columns=columns)
        case _:
            return _special_block(token, inside, columns)


def _special_block(token: Token, inside: list[Token], columns: int) -> str:
    match token.type:
        case "table_open":
            return _table(inside, columns)
        case "records_open":
            return _table(token.meta["table"], columns)
        case "facts_open":
            return _facts(inside)
        case "section_open":
            return f"{rule()}\n\n" + "\n\n".join(_block_texts(inside, columns))
        case "links_open":
            items = [_label_above([it]) for it in inside if it.type == "inline"]
            return "\n".join("- " + item.replace("\n", "\n  ") for item in items)
        case _:  # button_open
            return _label_above(inside)


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


def _facts(tokens: list[Token]) -> str:
    """Render label and value of each row in two columns; conditions are between the rows."""
    cells = [inline_text(token) for token in tokens if token.type == "inline"]
    rows = iter(zip(cells[::2], cells[1::2], strict=True))
    width = max(map(len, cells[::2]), default=0)
    lines: list[str] = []
    for token in tokens:
        if token.type == "deferred":
            lines.append(token.content)
        elif token.type == "fact_open":
            label, value = next(rows)
            lines.append(("\n" if lines else "") + labelled([(f"{label:<{width}}", value)]))
    return "".join(lines)


def _table(tokens: list[Token], columns: int) -> str:
    """Render the caption, then columns as wide as their widest cell, or one record per row."""
    rows: list[list[str]] = []
    caption: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            (rows[-1] if rows else caption).append(inline_text(token))
    above = "".join(f"{wrap(words, columns=columns)}\n\n" for words in caption)
    return above + (_in_columns(rows, columns) or _records(rows[0], rows[1:]))


def _in_columns(rows: list[list[str]], columns: int) -> str:
    """Return the rows in columns, or nothing if they do not fit."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=False)]
    if sum(widths) + 2 * (len(widths) - 1) > columns:
        return ""
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _records(labels: list[str], rows: list[list[str]]) -> str:
    return "\n\n".join(
        labelled([(label, cell) for label, cell in zip(labels, row, strict=False) if cell])
        for row in rows
    )
