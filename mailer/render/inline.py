"""Moves the author's CSS into style attributes, with premailer's reading of style sheets.

Only the author's inline rules are moved: every `<style>` of the document stays, without imports
and indentation, so that media queries, dark mode and client-specific rules survive and MJML's
resets are not copied into every cell (an eighth of the time, a fifth less HTML).

premailer parses the rules, ranks them and writes the old attributes (`bgcolor`, `align`). Who
matches a rule, and which declaration comes last, is decided here: premailer searches the whole
page for each rule, and keeps a property at the place of its first mention, so that an earlier
`padding-right: 0` wins over a later `padding: 16px`.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from itertools import chain
from logging import CRITICAL
from operator import attrgetter
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import cssutils
import cssutils.util
from lxml import etree

# premailer imports `requests` to fetch style sheets. Rendering fetches nothing, so it gets an empty
# module: importing the real one takes a sixth of the start of a child that renders.
_REQUESTS = sys.modules.setdefault("requests", ModuleType("requests"))
from premailer import Premailer  # noqa: E402 - as said
from premailer.merge_style import csstext_to_pairs  # noqa: E402

from mailer.render.selectors import ParsedPage, required_names  # noqa: E402

if _REQUESTS.__spec__ is None:
    del sys.modules["requests"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import NoReturn


def _refuse_to_fetch(url: str) -> NoReturn:
    """Raise PermissionError: cssutils follows `@import` even when premailer's `allow_network` is
    False.
    """
    message = f"rendering fetches nothing: {url}"
    raise PermissionError(message)


# premailer calls cssutils.parseString without passing a parser, so the module's default fetcher
# is the only one to replace (checked on cssutils 2.15 and premailer 3.10).
cssutils.util._defaultFetcher = _refuse_to_fetch  # noqa: SLF001
cssutils.log.setLevel(CRITICAL)

_OPTIONS: Mapping[str, Any] = {
    "strip_important": False,  # it would also strip those in media queries
    "allow_network": False,
    "disable_validation": True,
    "align_floating_images": False,
    # It would replace the width in pixels that Outlook needs by width="100%".
    "disable_basic_attributes": ["width", "height"],
    "disable_leftover_css": True,
    "cssutils_logging_level": CRITICAL,
}

_INDENT = re.compile(r"\n[ \t]+")
_SHEET = re.compile(r"(<style\b[^>]*>)((?>(?:[^<]++|<(?!/style>))*))(</style>)", re.IGNORECASE)
_IMPORT = re.compile(r"@import\b[^;]*;?", re.IGNORECASE)
_DOCTYPE = re.compile(r"^\s*<!doctype html>", re.IGNORECASE)


_PREMAILER = Premailer("", **_OPTIONS)

_Declarations = tuple[tuple[str, str], ...]


class _StyleRule(NamedTuple):
    """One selector with its declarations, and the tags and classes without which it matches none."""

    specificity: tuple[int, ...]
    selector: str
    required: frozenset[str]
    declarations: _Declarations


# A rule whose braces, quotes and brackets are those of its own: it reads the same alone. Its
# selectors are in lower case, as the tags of a parsed page.
_RULE = re.compile(
    r"""\s*+(?P<selectors>[a-z0-9 \n.,>+:-]++)
    \{(?>(?:[^{}()\[\]"'\\@/<]++|"[^"{}\\\n]*+"|'[^'{}\\\n]*+'|\([\w\s,.%#+-]*+\))*)\}\s*+""",
    re.VERBOSE,
)


class _Part(NamedTuple):
    """A part of a style sheet that can be read alone, with what each of its selectors requires."""

    css: str
    required: tuple[frozenset[str], ...]


@lru_cache(maxsize=32)
def _parts(css: str) -> tuple[_Part, ...]:
    """Return the rules of a style sheet one by one; a sheet that holds anything else, whole."""
    parts, end = [], 0
    for rule in _RULE.finditer(css):
        if rule.start() != end:
            break
        selectors = rule["selectors"].split(",")
        parts.append(_Part(rule[0], tuple(required_names(it.strip()) for it in selectors)))
        end = rule.end()
    return tuple(parts) if end == len(css) else (_Part(css, (frozenset(),)),)


@lru_cache(maxsize=1024)
def _read(css: str) -> tuple[_StyleRule, ...]:
    rules, _leftover = _PREMAILER._parse_style_rules(css, 0)  # noqa: SLF001 - it offers no other reading
    return tuple(
        _StyleRule(
            specificity[:4],  # what follows counts the rules
            selector,
            required_names(selector),
            tuple(csstext_to_pairs(bulk, validate=False)),
        )
        for specificity, selector, bulk in rules
    )


def _rules(css: str, names: frozenset[str]) -> list[_StyleRule]:
    """Return the rules that may match on a page with these tags and classes, the least specific
    first. The others are not read: a page has few of the blocks that a style sheet is for.
    """
    read = (_read(it.css) for it in _parts(css) if any(each <= names for each in it.required))
    rules = [rule for rule in chain.from_iterable(read) if rule.required <= names]
    return sorted(rules, key=attrgetter("specificity"))


@lru_cache(maxsize=4096)  # premailer remembers 128, fewer than a page of many blocks has
def _declarations(style: str) -> _Declarations:
    return tuple(csstext_to_pairs(style, validate=False))


def inline_css(html: str, css: str) -> str:
    """Return `html` with the rules of `css` in its style attributes; nothing else changes."""
    # lxml only keeps a doctype in capitals; without one, browsers use quirks mode.
    html = _DOCTYPE.sub("<!DOCTYPE html>", _with_lean_sheets(html)).strip()
    root = etree.fromstring(html, etree.HTMLParser())
    page = ParsedPage(root)
    found: dict[Any, list[_Declarations]] = {}
    for rule in _rules(_IMPORT.sub("", css), page.names):
        for element in page.matching(rule.selector):
            found.setdefault(element, []).append(rule.declarations)
    for element, declared in found.items():
        for name, value in _attributes((*declared, _declarations(element.get("style", "")))):
            element.set(name, value)
    tree = root.getroottree()
    whole = tree if html.startswith(tree.docinfo.doctype) else root
    result = str(etree.tostring(whole, method="html", encoding="utf-8"), "utf-8")
    return result.replace("</wbr>", "")  # libxml2 does not know that it has no end tag


@lru_cache(maxsize=4096)  # few differ: the paragraphs of a text have the same, and so its versions
def _attributes(declared: tuple[_Declarations, ...]) -> tuple[tuple[str, str], ...]:
    """Return the style of an element, and the old attributes that say the same."""
    style = _cascade(declared)
    element = etree.Element("any", style=style)
    _PREMAILER._style_to_basic_html_attributes(element, style, force=True)  # noqa: SLF001 - as above
    return tuple(element.items())


def _cascade(declared: Iterable[_Declarations]) -> str:
    """Return one style: each property once, where it was last said, without the sides that a
    shorthand said after them takes back.
    """
    style: dict[str, str] = {}
    for name, value in chain.from_iterable(declared):
        style.pop(name, None)
        if name in _SIDES:
            for side in _SIDES[name]:
                style.pop(side, None)
        style[name] = value
    return "; ".join([f"{name}:{value}" for name, value in style.items()])


_SIDES: Mapping[str, tuple[str, ...]] = {
    name: tuple(f"{name}-{side}" for side in ("top", "right", "bottom", "left"))
    for name in ("margin", "padding", "border")
}


def _with_lean_sheets(html: str) -> str:
    """Return `html` with style sheets that import nothing, and whose lines are not indented: they
    travel with every message.
    """
    return _SHEET.sub(
        lambda it: it[1] + _INDENT.sub("\n", _IMPORT.sub("", it[2])) + it[3],
        html,
    )
