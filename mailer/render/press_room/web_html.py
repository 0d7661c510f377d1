"""Renders the parts of a document as the HTML of a web page: no layout tables, no style, no reader.

A mail needs tables for figures and quotations, because Word keeps nothing else. A page has elements
of their own for them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

import nh3
from markupsafe import Markup, escape

from mailer.render.markdown.parser import new_parser
from mailer.render.markdown.press_blocks.values import with_blocks_written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from mailer.render.markdown.pictures import Picture
    from mailer.render.markdown.press_blocks.values import WriteBlock

_FIGURE = re.compile(
    r'<div class="figure">(?P<picture>.*?)</div>\n?'
    r'(?:<p class="caption">(?P<caption>.*?)</p>\n?)?',
    re.DOTALL,
)
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_TEXT = {"class", "lang"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": _TEXT,
    "div": {"id"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": {"role"},
    "td": {"colspan"},
    "th": {"scope", "colspan"},
    "ol": {"start", "type"},
    "ul": {"role"},
}
_TAGS = set(
    "a abbr b blockquote br caption cite code del div em figcaption figure h2 h3 h4 hr i img li ol"  # noqa: SIM905 - a list of names
    " p pre s span strong sub sup table tbody td th thead tr ul".split()
)
_SCHEMES = {"https", "http", "mailto", "tel"}


def to_web_html(
    tokens: Sequence[Token], *, pictures: Mapping[str, Picture], write_block: WriteBlock
) -> str:
    """Return the tokens as HTML. A picture that is not among `pictures` is on a foreign server,
    which would learn of each reader: its description stands in its place.
    """
    parser = _parser()
    renderer = cast("RendererHTML", parser.renderer)
    env = {"pictures": pictures}

    def inline(token: Token) -> Markup:
        # markdown-it escapes all text and has raw HTML off.
        return Markup(renderer.renderInline(token.children or [], parser.options, env))  # noqa: S704 - as said

    written = with_blocks_written(tokens, write_block, write=inline, pictures=pictures)
    html: str = parser.renderer.render(written, parser.options, env)
    return _only_known(_FIGURE.sub(_figure, html)).strip()


def _only_known(html: str) -> str:
    """Return the HTML with known elements alone. A wide table scrolls in a box of its own, which
    the keyboard reaches.
    """
    known = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
    return _TABLE.sub(_scrolling, known)


def _scrolling(found: re.Match[str]) -> str:
    opening = found[0].partition(">")[0]
    is_layout = 'role="presentation"' in opening or "block" in opening
    return found[0] if is_layout else f'<div class="wide-table" tabindex="0">{found[0]}</div>'


def _figure(found: re.Match[str]) -> str:
    caption = f"<figcaption>{found['caption']}</figcaption>" if found["caption"] else ""
    return f"<figure>{found['picture']}{caption}</figure>\n"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = new_parser()
    parser.add_render_rule("image", _image)
    parser.add_render_rule("button_open", _button)
    parser.add_render_rule("button_close", _button)
    parser.add_render_rule("deferred", _nothing)
    parser.add_render_rule("written_block", _written_block)
    return parser


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    alt = escape(renderer.renderInlineAsText(token.children or [], options, env))
    picture: Picture | None = env["pictures"].get(unquote(str(token.attrs["src"])))
    if picture is None:
        return f"[{alt}]"
    return (
        f'<img src="{escape(picture.url)}" alt="{alt}"'
        f' width="{picture.width}" height="{picture.height}" />'
    )


def _button(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    return '<p class="action">' if tokens[index].nesting == 1 else "</p>\n"


def _nothing(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, tokens, index, options, env
    return ""


def _written_block(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    return tokens[index].content
