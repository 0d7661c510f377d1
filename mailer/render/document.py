"""A step's Markdown, read into the parts of a press document.

Before the first `# headline` stands the note to the reader (a salutation, why we write
again); the first paragraph after it is the lead (chapô); the rest is the body. Without a
headline the campaign's title serves, and an opening paragraph that greets is the note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from mailer.errors import ContentError, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

_GREETING_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Document:
    """Parts as Markdown tokens; `headline` is empty when the campaign's title serves."""

    note: tuple[Token, ...]
    headline: tuple[Token, ...]
    lead: tuple[Token, ...]
    body: tuple[Token, ...]


def read(markdown: str) -> Document:
    """The parts of a Markdown text; any of them may be empty."""
    blocks = _blocks(_parser().parse(markdown))
    titles = [n for n, block in enumerate(blocks) if block[0].tag == "h1"]
    if titles:
        first = titles[0]
        note, headline, rest = blocks[:first], blocks[first][1:2], blocks[first + 1 :]
    else:
        greets = bool(blocks) and _is_greeting(blocks[0])
        note, headline, rest = blocks[:greets], [], blocks[greets:]
    lead = rest[:1] if rest and rest[0][0].type == "paragraph_open" else []
    return Document(
        note=_flat(note),
        headline=tuple(headline),
        lead=_flat(lead),
        body=_flat(map(_below_headline, rest[len(lead) :])),
    )


def inlined(document: Document, *, place: Place, files: Mapping[str, bytes]) -> list[str]:
    """The campaign's images that the document shows; ContentError for one that is not there."""
    shown: list[str] = []
    problems: list[Problem] = []
    for token in (*document.note, *document.lead, *document.body):
        for child in token.children or ():
            if child.type != "image":
                continue
            source = str(child.attrs["src"])
            if source in files:
                shown.append(source)
            elif not source.startswith("https://"):
                problems.append(
                    Problem(
                        place,
                        _("the image “{source}” is not in the campaign's folder", source=source),
                        _("Put the file there, or give its https address."),
                    )
                )
    if problems:
        raise ContentError(*problems)
    return list(dict.fromkeys(shown))


def to_html(
    tokens: Sequence[Token], *, images: Mapping[str, str], is_block: Callable[[str], bool]
) -> str:
    """Well-formed HTML for `mj-text`; `images` maps a file of the campaign to its `cid:` URL.

    A block sentinel with a paragraph of its own becomes a comment, so that the condition
    stands between paragraphs and leaves none behind.
    """
    parser = _parser()
    html: str = parser.renderer.render(tokens, parser.options, {"images": images})
    return _ALONE.sub(lambda found: f"<!--{found[1]}-->" if is_block(found[1]) else found[0], html)


_ALONE = re.compile(r"<p>(zq[0-9a-f]+-\d{4,}-qz)</p>\n?")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"xhtmlOut": True, "html": False})
    parser.add_render_rule("image", _image)
    parser.add_render_rule("th_open", _column_header)
    return parser


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    source = str(token.attrs["src"])
    token.attrs["src"] = env["images"].get(source, source)
    token.attrs["alt"] = renderer.renderInlineAsText(token.children or [], options, env)
    return renderer.renderToken(tokens, index, options, env)


def _column_header(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Markdown's header cells stand in the first row: each is the header of its column."""
    del env
    tokens[index].attrSet("scope", "col")
    return renderer.renderToken(tokens, index, options, {})


Block = list[Any]


def _blocks(tokens: Sequence[Token]) -> list[list[Token]]:
    """The top-level blocks, each with its opening and closing token."""
    blocks: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        blocks[-1].append(token)
    return blocks


def _is_greeting(block: list[Token]) -> bool:
    """A short opening paragraph that ends with a comma, as letters begin."""
    if block[0].type != "paragraph_open":
        return False
    text = block[1].content.strip()
    return len(text) <= _GREETING_LENGTH and text.endswith(",")


def _below_headline(block: list[Token]) -> list[Token]:
    """One h1 in a message: the headline. A further `#` is an intertitle."""
    if block[0].tag != "h1":
        return block
    return [replace(token, tag="h2") if token.tag == "h1" else token for token in block]


def _flat(blocks: Any) -> tuple[Token, ...]:
    return tuple(token for block in blocks for token in block)
