"""MJML to HTML through mrml, with a pass before it that steps round mrml's faults.

Measured on mjml-python 1.4.2 (mrml 6.0.1): attribute values are printed by a debug
formatter that spoils no-break spaces; ordinary comments break wrappers; deep nesting ends
the process. Fonts and icons are never fetched from anywhere.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import mjml

from mailer.errors import ContentError, Place, Problem
from mailer.render.jinja.escape_context import SENTINEL
from mailer.render.markup import place_before
from mailer.render.mjml.lint import check_rendered
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CHARACTERS = 1_000_000
"""Mail programs show the first 100 kB; ten times that is a mistake."""

if not hasattr(mjml, "mjml2html"):  # pragma: no cover - a broken installation
    message = "another package named mjml hides mjml-python: uninstall both, install mjml-python"
    raise ImportError(message)

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_COMMENT = re.compile(r"<!--(?!\[if |<!\[endif)(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_AWKWARD = re.compile(r"[^ -~]|[\\\"]")
_TITLE = re.compile(r"(<mj-title\b[^>]*>)(.*?)(</mj-title>)", re.DOTALL)
_SHORT_COLOUR = re.compile("#[0-9a-fA-F]{3}")
# mrml takes a newline between its elements, but in the head not two spaces.
_BETWEEN = re.compile(r"(?<=>)\s+(?=</?mj)")
_INLINE_STYLE = re.compile(
    r"<mj-style\b(?=[^>]*\sinline=[\"']inline[\"'])[^>]*>(.*?)</mj-style>", re.DOTALL
)


def to_html(
    layout: str, *, place: Place, places: Mapping[str, Place] = MappingProxyType({})
) -> tuple[str, str]:
    """The HTML of an MJML document, and the author's CSS still to be put inline.

    `places` are those of the marks in `layout`. ContentError for what mrml refuses, for what
    it would print wrong, and for what would make it die.
    """
    if len(layout) > MOST_CHARACTERS:
        raise ContentError(too_long(len(layout), place, most=MOST_CHARACTERS))
    layout = _COMMENT.sub(lambda it: it[0] if SENTINEL.fullmatch(it[1]) else "", layout)
    problems = check_rendered(layout, place=place, places=places)
    if problems:
        raise ContentError(*problems)
    layout, css = lift_inline_styles(layout)
    source = normalised(layout)
    try:
        html = mjml.mjml2html(source, fonts={}, social_icon_origin="")
    except ValueError as err:
        raise ContentError(_refusal(str(err), source, place=place, places=places)) from err
    return html, css


def too_long(count: int, place: Place, *, most: int) -> Problem:
    """For a text or page that nobody could read."""
    return Problem(
        place,
        _("the message has {count} characters", count=count),
        _("Keep it below {most}; put long documents online.", most=most),
    )


def normalised(layout: str) -> str:
    """The same document in the words mrml prints faithfully.

    Every attribute value is written with numeric references for what is not plain ASCII.
    """
    layout = _BETWEEN.sub("\n", layout)
    # The title is printed a second time, as an attribute.
    layout = _TITLE.sub(lambda it: it[1] + _encoded(it[2]) + it[3], layout)
    return _TAG.sub(_plain_tag, layout)


def lift_inline_styles(layout: str) -> tuple[str, str]:
    """Without its `<mj-style inline="inline">`, which mrml ignores; and their CSS."""
    css = "\n".join(_INLINE_STYLE.findall(layout))
    return _INLINE_STYLE.sub("", layout), css


def _plain_tag(tag: re.Match[str]) -> str:
    rest = tag["rest"]
    if tag["close"] or "=" not in rest:
        return tag[0]
    return f"<{tag['name']}{_ATTRIBUTE.sub(_plain_attribute, rest)}>"


def _plain_attribute(attribute: re.Match[str]) -> str:
    value = attribute[1] if attribute[1] is not None else attribute[2]
    if "<!--" in value:
        value = _COMMENT.sub(r"\1", value)
    if _SHORT_COLOUR.fullmatch(value):
        value = "#" + "".join(digit * 2 for digit in value[1:])  # old Outlook reads six
    return f'="{_encoded(value)}"'


def _encoded(text: str) -> str:
    return _AWKWARD.sub(lambda it: f"&#{ord(it[0])};", text) if _AWKWARD.search(text) else text


def _refusal(reason: str, source: str, *, place: Place, places: Mapping[str, Place]) -> Problem:
    """What mrml says, at the nearest tag: it counts UTF-8 bytes, people count lines."""
    found = re.search(r"position (\d+):(\d+)", reason)
    near = ""
    if found:
        octets = source.encode()
        before = octets[: int(found[1]) + 1].decode(errors="ignore")
        place = place_before(before, places) or place
        near = octets[int(found[1]) : int(found[2]) + 30].decode(errors="ignore")
    return Problem(
        place,
        _("the layout is not valid MJML: {reason} {near}", reason=reason, near=near),
        _("Close every tag, and quote every attribute."),
    )
