"""Renders figures and quotations as tables, because Word keeps no other ground, rule or column.

| in the text | becomes |
|---|---|
| a figure and its caption | a table of two rows |
| a quotation | a table of one cell, whose edge is the rule beside it |
| a figure higher than wide, before a paragraph | a table of two columns: a portrait beside the text |
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.utils import EnvType, OptionsDict

    from mailer.render.markdown.pictures import Picture

PORTRAIT_WIDTH = 150
"""CSS pixels; the text beside it has more than twice as many."""
_HIGHER = 1.1
"""Of height to width: a square mark is no portrait."""
_TABLE = 'role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"'


def add_figure_rules(parser: MarkdownIt) -> None:
    """Let `parser` render figures, captions and quotations as tables."""
    parser.add_render_rule("paragraph_open", _opening)
    parser.add_render_rule("paragraph_close", _closing)
    parser.add_render_rule("blockquote_open", _quotation)
    parser.add_render_rule("blockquote_close", _quotation)


def _opening(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    match _class(tokens, index):
        case "figure":
            return f'<table class="figure" {_TABLE}><tr><td>'
        case "caption":
            return '<tr><td class="caption">'
        case _:
            return renderer.renderToken(tokens, index, options, env)


def _closing(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    match _class(tokens, index - 2):
        case "figure" if _class(tokens, index + 1) == "caption":
            return "</td></tr>\n"
        case "figure" | "caption":
            return "</td></tr></table>\n"
        case _:
            return renderer.renderToken(tokens, index, options, env)


def _class(tokens: Sequence[Token], index: int) -> str:
    is_paragraph = 0 <= index < len(tokens) and tokens[index].type == "paragraph_open"
    return str(tokens[index].attrs.get("class", "")) if is_paragraph else ""


def _quotation(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    quotation = renderer.renderToken(tokens, index, options, env)
    if tokens[index].nesting == 1:
        return f'<table class="quote" {_TABLE}><tr><td>{quotation}'
    return f"{quotation}</td></tr></table>\n"


def with_portraits(tokens: Sequence[Token], images: Mapping[str, Picture]) -> list[Token]:
    """Return the tokens with each portrait in a column beside the paragraph that follows it."""
    found: list[Token] = []
    n = 0
    while n < len(tokens):
        end = _end_of_figure(tokens, n) if _is_portrait(tokens, n, images) else 0
        if not end or not _is_plain_paragraph(tokens, end):
            found.append(tokens[n])
            n += 1
            continue
        figure, text = [*tokens[n:end]], tokens[end : end + 3]
        figure[1] = _narrowed(figure[1])
        found += [
            _html(
                f'<table class="portrait" {_TABLE}><tr><td class="face" width="{PORTRAIT_WIDTH}">'
            ),
            *figure,
            _html('</td><td class="beside">'),
            *text,
            _html("</td></tr></table>\n"),
        ]
        n = end + 3
    return found


def _is_portrait(tokens: Sequence[Token], index: int, images: Mapping[str, Picture]) -> bool:
    if _class(tokens, index) != "figure" or tokens[index].level:
        return False
    picture = images.get(unquote(str(_image_of(tokens[index + 1]).attrs["src"])))
    return picture is not None and picture.height > _HIGHER * picture.width


def _image_of(inline: Token) -> Token:
    return (inline.children or [])[0]


def _end_of_figure(tokens: Sequence[Token], index: int) -> int:
    end = index + 3
    return end + 3 if _class(tokens, end) == "caption" else end


def _is_plain_paragraph(tokens: Sequence[Token], index: int) -> bool:
    return (
        index < len(tokens)
        and tokens[index].type == "paragraph_open"
        and not _class(tokens, index)
        and tokens[index].tag == "p"
    )


def _narrowed(inline: Token) -> Token:
    image = _image_of(inline)
    meta: dict[str, Any] = {**image.meta, "max_width": PORTRAIT_WIDTH}
    return replace(inline, children=[replace(image, meta=meta, attrs={**image.attrs})])


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)
