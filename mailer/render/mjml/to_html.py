"""Converts MJML to HTML with mrml, after a pass that works around mrml's bugs.

Measured on mjml-python 1.4.2 (mrml 6.0.1): attribute values are printed by a debug formatter that
corrupts no-break spaces; ordinary comments break wrappers; deep nesting aborts the process. Fonts
and icons are never fetched.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import mjml

from mailer.errors import ContentError, Place, Problem
from mailer.render.jinja.escape_context import SENTINEL
from mailer.render.markup import last_annotated_place
from mailer.render.mjml.lint import check_rendered
from mailer.render.whole_names import with_whole_names_in, without_breaks
from mailer.wording import Quoted, _

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CHARACTERS = 1_000_000
"""Mail programs show the first 100 kB; ten times that is a mistake."""

if not hasattr(mjml, "mjml2html"):  # pragma: no cover - a broken installation
    message = "another package named mjml hides mjml-python: uninstall both, install mjml-python"
    raise ImportError(message)

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>(?>(?:[^>\"']++|\"[^\"]*\"|'[^']*')*))>"
)
_COMMENT = re.compile(r"<!--(?!\[if |<!\[endif)(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NEEDS_REFERENCE = re.compile(r"[^ -~]|[\\\"]")
_TITLE = re.compile(r"(<mj-title\b[^>]*>)(.*?)(</mj-title>)", re.DOTALL)
_SHORT_COLOUR = re.compile("#[0-9a-fA-F]{3}")
# mrml accepts a newline between its elements, but not two spaces in the head.
_BETWEEN = re.compile(r">\s++(?=</?mj)")
_INLINE_STYLE = re.compile(
    r"<mj-style\b(?=[^>]*\sinline=[\"']inline[\"'])[^>]*>((?>(?:[^<]++|<(?!/mj-style>))*))</mj-style>"
)


def to_html(
    layout: str, *, place: Place, places: Mapping[str, Place] = MappingProxyType({})
) -> tuple[str, str]:
    """Return the HTML of an MJML document, and the author's CSS that is still to be inlined.

    `places` are the positions of the annotations in `layout`. Raises ContentError for what mrml
    refuses, what it would render wrongly, and what would abort the process.
    """
    if len(layout) > MAX_CHARACTERS:
        raise ContentError(too_long(len(layout), place, limit=MAX_CHARACTERS))
    layout = _COMMENT.sub(lambda it: it[0] if SENTINEL.fullmatch(it[1]) else "", layout)
    problems = check_rendered(layout, place=place, places=places)
    if problems:
        raise ContentError(*problems)
    layout, css = split_inline_styles(layout)
    source = normalise(_with_raw_marked(with_places_to_break(with_whole_names_in(layout))))
    try:
        html = mjml.mjml2html(source, fonts={}, social_icon_origin="")
    except ValueError as err:
        raise ContentError(_refusal(str(err), source, place=place, places=places)) from err
    return html.replace(_RAW_BEGINS, "<![endif]-->").replace(_RAW_ENDS, _FOR_OUTLOOK), css


# mrml prints the mj-raw of a wrapper inside its comment for Outlook, where nobody else sees it.
# These private-use characters mark where the comment must end and begin again.
_RAW_BEGINS, _RAW_ENDS = "\uf8f0", "\uf8f1"
_FOR_OUTLOOK = "<!--[if mso | IE]>"


def _with_raw_marked(layout: str) -> str:
    """Return the layout with marks around the content of each mj-raw directly in a wrapper."""
    if "<mj-wrapper" not in layout or "<mj-raw" not in layout:
        return layout
    pieces, end, open_names = [], 0, [""]
    for tag in _TAG.finditer(layout):
        name = tag["name"]
        is_content = open_names[-1] == "mj-raw" and name != "mj-raw"
        if not name.startswith("mj-") or tag["rest"].endswith("/") or is_content:
            continue
        is_in_wrapper = name == "mj-raw" and open_names[-1 - bool(tag["close"])] == "mj-wrapper"
        if is_in_wrapper:
            at, mark = (tag.start(), _RAW_ENDS) if tag["close"] else (tag.end(), _RAW_BEGINS)
            pieces += [layout[end:at], mark]
            end = at
        if tag["close"]:
            open_names = open_names[:-1] or [""]
        else:
            open_names.append(name)
    return "".join([*pieces, layout[end:]])


# Of 24 characters or more: shorter ones fit the narrowest column.
_WRITTEN_ADDRESS = re.compile(r">(?=[^<>\s]{24})([^<>\s]*(?:@|\w\.\w|/)[^<>\s]*)(?=</a>)")
_PLACE_TO_BREAK = re.compile(r"(?<=@)(?=.)|(?<=[^:/]/)(?=.)|(?<=\w)(?=[._]\w)")


def with_places_to_break(layout: str) -> str:
    """Return the layout with places where an address that is shown may go on in the next line.

    In a narrow column it would be broken within a word: `academie.examp`, `le`; or at a hyphen, of
    which nobody knows whether it belongs to the address.
    """

    def with_breaks(address: re.Match[str]) -> str:
        labels = _PLACE_TO_BREAK.split(address[1])
        # Nobody knows yet how long a reader's value is.
        whole = (it if SENTINEL.search(it) else without_breaks(it) for it in labels)
        return ">" + "<wbr />".join(whole)

    return _WRITTEN_ADDRESS.sub(with_breaks, layout)


def too_long(count: int, place: Place, *, limit: int) -> Problem:
    """Return the problem of a text or page that is too long to be read."""
    return Problem(
        place,
        _("the message has {count} characters", count=count),
        _("Keep it below {most}; put long documents online.", most=limit),
    )


def normalise(layout: str) -> str:
    """Return the same document in a form that mrml renders faithfully.

    Attribute values are written with numeric references for everything that is not plain ASCII.
    """
    layout = _BETWEEN.sub(">\n", layout)
    # mrml also prints the title as an attribute.
    layout = _TITLE.sub(lambda it: it[1] + _encoded(it[2]) + it[3], layout)
    return _TAG.sub(_plain_tag, layout)


def split_inline_styles(layout: str) -> tuple[str, str]:
    """Return the layout without its `<mj-style inline="inline">`, which mrml
    ignores, and their CSS.
    """
    pieces = _INLINE_STYLE.split(layout)
    return "".join(pieces[::2]), "\n".join(pieces[1::2])


def _plain_tag(tag: re.Match[str]) -> str:
    rest = tag["rest"]
    if tag["close"] or "=" not in rest:
        return tag[0]
    return f"<{tag['name']}{_plain_attributes(rest)}>"


@lru_cache(maxsize=2048)  # a layout repeats its tags, and every version of a text has the same
def _plain_attributes(rest: str) -> str:
    return _ATTRIBUTE.sub(_plain_attribute, rest)


def _plain_attribute(attribute: re.Match[str]) -> str:
    value = attribute[1] if attribute[1] is not None else attribute[2]
    if "<!--" in value:
        value = _COMMENT.sub(r"\1", value)
    if _SHORT_COLOUR.fullmatch(value):
        value = "#" + "".join(
            digit * 2 for digit in value[1:]
        )  # old Outlook only supports six digits
    return f'="{_encoded(value)}"'


def _encoded(text: str) -> str:
    return (
        _NEEDS_REFERENCE.sub(lambda it: f"&#{ord(it[0])};", text)
        if _NEEDS_REFERENCE.search(text)
        else text
    )


def _refusal(reason: str, source: str, *, place: Place, places: Mapping[str, Place]) -> Problem:
    """Return mrml's error with the nearest tag: it counts UTF-8 bytes, people count lines."""
    found = re.search(r"position (\d+):(\d+)", reason)
    near = ""
    if found:
        octets = source.encode()
        before = octets[: int(found[1]) + 1].decode(errors="ignore")
        place = last_annotated_place(before, places) or place
        near = octets[int(found[1]) : int(found[2]) + 30].decode(errors="ignore")
    return Problem(
        place,
        _("the layout is not valid MJML: {reason} {near}", reason=Quoted(reason), near=near),
        _("Close every tag, and quote every attribute."),
    )
