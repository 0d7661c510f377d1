"""MJML to HTML through mrml, with a pass before it that steps round mrml's faults.

Measured on mjml-python 1.4.2 (mrml 6.0.1): attribute values are printed by a debug
formatter that spoils no-break spaces; ordinary comments break wrappers; deep nesting ends
the process. Fonts and icons are never fetched from anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import mjml

from mailer.errors import ContentError, Place, Problem
from mailer.render.landing import SENTINEL
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LEVELS = 100
"""mrml ends the process between 1,000 and 9,000 levels; premailer loses text below 250."""
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
# mrml takes a newline between its elements, but in the head not two spaces.
_BETWEEN = re.compile(r"(?<=>)\s+(?=</?mj)")
_INLINE_STYLE = re.compile(r"<mj-style\s+inline=\"inline\"\s*>(.*?)</mj-style>", re.DOTALL)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)


def to_html(layout: str, *, place: Place) -> tuple[str, str]:
    """The HTML of an MJML document, and the author's CSS still to be put inline.

    ContentError for what mrml refuses, and for what would make it die.
    """
    _refuse_monsters(layout, place)
    layout, css = lift_inline_styles(layout)
    source = normalised(layout)
    try:
        html = mjml.mjml2html(source, fonts={}, social_icon_origin="")
    except ValueError as err:
        raise ContentError(_refusal(str(err), source, place)) from err
    return html, css


def normalised(layout: str) -> str:
    """The same document in the words mrml prints faithfully.

    Comments go, but for conditional ones and block sentinels; every attribute value is
    written with numeric references for what is not plain ASCII.
    """
    layout = _COMMENT.sub(lambda it: it[0] if SENTINEL.fullmatch(it[1]) else "", layout)
    layout = _BETWEEN.sub("\n", layout)
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
    if _AWKWARD.search(value):
        value = _AWKWARD.sub(lambda it: f"&#{ord(it[0])};", value)
    return f'="{value}"'


def _refuse_monsters(layout: str, place: Place) -> None:
    if len(layout) > MOST_CHARACTERS:
        raise ContentError(
            Problem(
                place,
                _("the message has {count} characters", count=len(layout)),
                _("Keep it below {most}; put long documents online.", most=MOST_CHARACTERS),
            )
        )
    if max(_levels(layout), default=0) > MOST_LEVELS:
        raise ContentError(
            Problem(
                place,
                _("the layout is nested more than {most} levels deep", most=MOST_LEVELS),
                _("Use fewer elements inside one another."),
            )
        )
    if re.search(r"<mj-include\b", layout, re.IGNORECASE):
        raise ContentError(
            Problem(
                place,
                _("mj-include is not used here"),
                _('Include the file with {{% include "…" %}}.'),
            )
        )


def _levels(layout: str) -> Iterator[int]:
    level = 0
    for tag in _TAG.finditer(layout):
        if tag["close"]:
            level -= 1
        elif not tag["rest"].endswith("/") and tag["name"].lower() not in _VOID:
            level += 1
            yield level


def _refusal(reason: str, source: str, place: Place) -> Problem:
    """What mrml says, with the words it stopped at: it counts UTF-8 bytes, people do not."""
    found = re.search(r"position (\d+):(\d+)", reason)
    near = ""
    if found:
        near = source.encode()[max(0, int(found[1]) - 30) : int(found[2]) + 30].decode(
            errors="ignore"
        )
    return Problem(
        place,
        _("the layout is not valid MJML: {reason} {near}", reason=reason, near=near),
        _("Close every tag, and quote every attribute."),
    )
