"""Puts the values of a block together again, as the template of the block reads them.

| name | meaning |
|---|---|
| `block.title` | what follows the name of the block |
| `block.<key>` | a value of the whole block: text; a link or DOI with `.url`, `.label`, and `.language` if the label names one; a picture with `.src`, `.alt`, `.width`, `.height` |
| `block.entries` | the entries, each with its values by key |
| `block.rows` | other lines, with `.label` and `.value` |
| `block.text` | paragraphs |
| `block.longest` | characters of the longest first value of an entry |

A value that was not written is undefined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markdown_it.token import Token

from mailer.render.markdown.pictures import Picture
from mailer.render.markdown.press_blocks.kinds import ValueKind
from mailer.render.markdown.press_blocks.words import language_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mailer.render.markdown.press_blocks.kinds import BlockKind
    from mailer.render.markdown.press_blocks.reading import PressBlock

    WriteBlock = Callable[[PressBlock, Mapping[str, Any]], str]
    """Renders a block from its values."""


def with_blocks_written(
    tokens: Sequence[Token],
    write_block: WriteBlock,
    *,
    write: Callable[[Token], Any],
    pictures: Mapping[str, Picture],
) -> list[Token]:
    """Return the tokens with each block as one `written_block`; `write` renders one value."""
    found: list[Token] = []
    opened: int | None = None
    for n, token in enumerate(tokens):
        if token.type == "block_open":
            opened = n
        elif token.type == "block_close" and opened is not None:
            block = tokens[opened].meta["block"]
            values = _block_values(block, tokens[opened:n], write=write, pictures=pictures)
            content = write_block(block, values)
            found.append(Token("written_block", "", 0, content=content, level=token.level))
            opened = None
        elif opened is None and token.type != "block_fault":
            found.append(token)
    return found


def _block_values(
    block: PressBlock,
    inside: Sequence[Token],
    *,
    write: Callable[[Token], Any],
    pictures: Mapping[str, Picture],
) -> dict[str, Any]:
    """Return the values of a block; `inside` are its tokens, and `write` renders one of them."""
    whole: dict[str, Any] = {"rows": [], "text": []}
    entries: list[dict[str, Any]] = [{} for _entry in block.entries]
    for token in inside:
        if token.type != "inline":
            continue
        key, number = token.meta["key"], token.meta["entry"]
        held = whole if number < 0 else entries[number]
        if key == "title_of_block":
            whole["title"] = write(token)
        elif key == "text":
            whole["text"].append(write(token))
        elif key == "row_label":
            whole["rows"].append({"label": write(token)})
        elif key == "row":
            whole["rows"][-1]["value"] = write(token)
        else:
            held[key] = _value(block.kind, key, token, write, pictures)
    first = block.kind.head_keys[0].name if block.kind.head_keys else ""
    longest = max(
        (len(it.values[first].text) for it in block.entries if first in it.values), default=0
    )
    return whole | {"entries": entries, "longest": longest}


def _value(
    kind: BlockKind,
    key: str,
    token: Token,
    write: Callable[[Token], Any],
    pictures: Mapping[str, Picture],
) -> Any:
    described = kind.key(key)
    children = token.children or []
    match described.kind:
        case ValueKind.LINK | ValueKind.DOI:
            label = children[1].content
            url = str(children[0].attrs["href"])
            return {"url": url, "label": label, "language": language_code(label)}
        case ValueKind.PICTURE:
            source = unquote(str(children[0].attrs["src"]))
            picture = pictures.get(source, Picture(source)).within(described.width)
            return {
                "src": picture.url,
                "alt": children[0].content,
                "width": picture.width,
                "height": picture.height,
            }
    return write(token)
