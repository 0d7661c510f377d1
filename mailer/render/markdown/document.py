"""Reads a step's Markdown into the parts of a press document.

The text before the first `# headline` is the note to the reader (a salutation, why we write
again); the first paragraph after it is the lead (chapô); the rest is the body. Without a headline the
campaign's title is used, and an opening paragraph that is a salutation is the note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markupsafe import Markup

from mailer.errors import Place
from mailer.render.link_targets import completed
from mailer.render.markdown.blocks import with_press_blocks
from mailer.render.markdown.figures import add_figure_rules, with_portraits
from mailer.render.markdown.parser import new_parser
from mailer.render.markdown.pictures import Picture, ShownImage
from mailer.render.markdown.press_blocks.values import with_blocks_written
from mailer.render.markdown.tables import with_readable_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from mailer.model.campaigns.campaign import Content
    from mailer.render.markdown.press_blocks.values import WriteBlock

_GREETING_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Document:
    """The parts as Markdown tokens; `headline` is empty when the campaign's title is used."""

    note: tuple[Token, ...]
    headline: tuple[Token, ...]
    lead: tuple[Token, ...]
    body: tuple[Token, ...]
    source: str = ""
    """The Markdown that was read."""
    passages: tuple[tuple[str, tuple[Token, ...]], ...] = ()
    """What stands between the lines of a passage, each with the name of its partner."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return (*self.note, *self.headline, *self.lead, *self.body)

    @property
    def block_names(self) -> frozenset[str]:
        """The press blocks that the text has."""
        return frozenset(
            token.meta["block"].kind.name for token in self.tokens if token.type == "block_open"
        )


def read(markdown: str) -> Document:
    """Return the parts of a Markdown text; any of them may be empty."""
    parsed = _with_whole_targets(_parser().parse(markdown))
    tokens = [token for token in parsed if token.type not in _PASSAGE_MARKS]
    blocks = _blocks(with_readable_tables(with_press_blocks(tokens)))
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
        source=markdown,
        passages=tuple(_passages(parsed)),
    )


_PASSAGE_MARKS = frozenset({"passage_begins", "passage_ends"})


def _passages(tokens: Sequence[Token]) -> Iterator[tuple[str, tuple[Token, ...]]]:
    """Yield the tokens of each passage; one that stands in another belongs to both."""
    begun: list[int] = []
    for n, token in enumerate(tokens):
        if token.type == "passage_begins":
            begun.append(n)
        elif token.type == "passage_ends":
            first = begun.pop()
            # As they were read: what follows makes other tokens of some of them.
            inside = (each for each in tokens[first + 1 : n] if each.type not in _PASSAGE_MARKS)
            yield str(tokens[first].meta["partner"]), tuple(map(replace, inside))


def _with_whole_targets(tokens: Sequence[Token]) -> Sequence[Token]:
    """Add to each link the scheme that it lacks."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrs["href"] = completed(str(child.attrs["href"]))
    return tokens


def shown_images(document: Document, content: Content) -> list[ShownImage]:
    """Return the images of the document in order."""
    return [
        ShownImage(source, _place(content, source))
        for token in document.tokens
        for child in token.children or ()
        if child.type == "image" and (source := unquote(str(child.attrs["src"])))
    ]


def _place(content: Content, words: str) -> Place:
    """Return the first line of the author's text that contains `words`,
    else the start of the text.
    """
    for n, line in enumerate(content.text.split("\n")):
        if words in line:
            return Place(content.file, content.line + n)
    return Place(content.file, content.line)


def to_html(
    tokens: Sequence[Token],
    *,
    images: Mapping[str, Picture],
    is_block: Callable[[str], bool],
    write_block: WriteBlock,
) -> str:
    """Render well-formed HTML for `mj-text`; `images` are the pictures by the name the text uses,
    and `write_block` renders a press block from its values.

    A block sentinel in a paragraph of its own becomes a comment, so that a condition can be
    between paragraphs and leaves no empty one.
    """
    parser = _parser()
    renderer = cast("RendererHTML", parser.renderer)
    env = {"images": images}

    def inline(token: Token) -> Markup:
        # markdown-it escapes all text and has raw HTML off.
        return Markup(renderer.renderInline(token.children or [], parser.options, env))  # noqa: S704 - as said

    written = with_blocks_written(tokens, write_block, write=inline, pictures=images)
    html: str = parser.renderer.render(with_portraits(written, images), parser.options, env)
    return _SENTINEL_PARAGRAPH.sub(
        lambda found: f"<!--{found[1]}-->" if is_block(found[1]) else found[0], html
    )


_SENTINEL_PARAGRAPH = re.compile(r"<p>(zq[0-9a-f]+-\d{4,}-qz)</p>\n?")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = new_parser()
    add_figure_rules(parser)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("td_open", _cell)
    parser.add_render_rule("button_open", _button)
    parser.add_render_rule("button_close", _button)
    parser.add_render_rule("deferred", _deferred)
    parser.add_render_rule("written_block", _written_block)
    return parser


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    picture: Picture | None = env["images"].get(unquote(str(token.attrs["src"])))
    if picture:
        token.attrs["src"] = picture.url
    token.attrs["alt"] = renderer.renderInlineAsText(token.children or [], options, env)
    if picture and picture.width:
        width = min(picture.width, token.meta.get("max_width", picture.width))
        height = max(1, round(picture.height * width / picture.width))
        # As attributes for Outlook, and as a maximum, so that small images are not enlarged.
        token.attrs |= {"width": width, "height": height}
        token.attrs["style"] = f"max-width:{width}px"
    return renderer.renderToken(tokens, index, options, env)


def _cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Render a cell; on a telephone it may stand below others and shows what it is about."""
    token = tokens[index]
    label = escapeHtml(token.meta.get("label", ""))
    cell = renderer.renderToken(tokens, index, options, env)
    return f'{cell}<span class="word">{label}</span>' if label else cell


def _button(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Render a table, because Outlook supports a background on cells but not on links."""
    del renderer, options, env
    if tokens[index].nesting == 1:
        return (
            '<table class="action" role="presentation" border="0" cellpadding="0" cellspacing="0">'
            "<tr><td>"
        )
    return "</td></tr></table>\n"


def _deferred(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    return f"<!--{tokens[index].content}-->"


def _written_block(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    return tokens[index].content


Block = list[Any]


def _blocks(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the top-level blocks, each with its opening and closing token."""
    blocks: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        blocks[-1].append(token)
    return blocks


def _is_greeting(block: list[Token]) -> bool:
    """Return whether the block is a short opening paragraph that ends with a comma, like a
    salutation.
    """
    if block[0].type != "paragraph_open":
        return False
    text = block[1].content.strip()
    return len(text) <= _GREETING_LENGTH and text.endswith(",")


def _below_headline(block: list[Token]) -> list[Token]:
    """Turn a further `#` heading into h2: a message has one h1, the headline."""
    if block[0].tag != "h1" and block[0].type != "section_open":
        return block
    return [replace(token, tag="h2") if token.tag == "h1" else token for token in block]


def _flat(blocks: Any) -> tuple[Token, ...]:
    return tuple(token for block in blocks for token in block)
