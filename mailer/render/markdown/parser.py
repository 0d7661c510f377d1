"""The Markdown parser of campaign texts, shared by the renderer, the checks and the file reader."""

from __future__ import annotations

from markdown_it import MarkdownIt

from mailer.render.markdown.bare_links import add_bare_links
from mailer.render.markdown.press_blocks.rule import add_block_rule
from mailer.render.markdown.unclosed_brackets import add_bracket_limit


def new_parser() -> MarkdownIt:
    """Return a parser of press documents: HTML is text, and so is a paragraph with an indent."""
    parser = MarkdownIt("js-default", {"xhtmlOut": True, "html": False})
    # A paragraph pasted with its indent would become code, in a line wider than the screen.
    parser.disable("code")
    add_block_rule(parser)
    add_bare_links(parser)
    add_bracket_limit(parser)
    return parser
