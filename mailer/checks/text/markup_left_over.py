"""Did every mark of the text take effect?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import islice

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, Severity, _, finding
from mailer.checks.reading.texts.inlines import ADDRESS, contents, shown_lines
from mailer.checks.reading.texts.prose import BLANK, PassagePart, messages, without_jinja
from mailer.errors import Place
from mailer.languages.typography import without_raised_marks
from mailer.model.drafts.fix import Fix
from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark that readers would see as it was typed."""

    pattern: str
    remedy: Text
    severity: Severity = Severity.WARNING


_LINK = _("Write [words](https://…) without a blank between ] and (, and the whole address.")
_IMAGE = _("Write ![what it shows](photo.jpg), and <photo (1).jpg> for a name with blanks.")
_EMPHASIS = _("Write **bold** or *italic*, without a blank inside the stars, or remove them.")
_HTML = _("Remove the tag: **bold**, *italic*, and a backslash at the end of a line that breaks.")
_RAISED = _("Write it without the mark: 7e, m², H₂O.")
_FOOTNOTE = _("There are no footnotes in a mail: put the note in brackets, into the sentence.")
_TABLE = _("Put a line such as |---|---| below the heads of the table.")
_CODE = _("Write an apostrophe or quotation marks, or remove it.")
_UNKNOWN = _("Remove the mark: a mail has no such thing.")
_ENTITY = _("Write the character itself.")
_PLAIN = _("Remove the mark: subject and preheader are plain text.")

_MOST_OF_A_LINE = 20
"""How many findings one mark has on one line at most."""

_WORDS = rf"[\w«“\"'(\[{BLANK}]"
_IN_EVERY_TEXT = (
    Sign(r"!\[", _IMAGE, Severity.ERROR),
    Sign(rf"\]\(|\)\[{ADDRESS}", _LINK, Severity.ERROR),
    Sign(rf"\][ \u00a0]+\((?:{ADDRESS}|mailto:)", _LINK),
    Sign(r"\[\^[^\]\n]{1,40}\]", _FOOTNOTE),
    Sign(r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]|\[\[", _LINK),
    Sign(r"\[/?(?:b|i|u|s|url|img|quote|color|size)(?:=[^\]\n]*)?\]", _UNKNOWN),
    Sign(r"\*\*|(?<!_)__(?=\w)|(?<=\w)__(?!_)|~~(?!~)", _EMPHASIS),
    Sign(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]*)?/?>|<!--", _HTML),
    Sign(
        r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]{2,8});|&(?:nbsp|amp|quot|hellip|[lr][sda]quo|[nm]dash|[aeiouc](?:acute|grave|circ|uml|cedil))\b",
        _ENTITY,
    ),
    Sign(
        r"(?<=[^\s\[])\^(?:\{[^}\n]{0,40}\}|[\w+-]+\^?)|\\(?:up|textsuperscript|emph|textbf)\{",
        _RAISED,
    ),
    Sign(r"(?<=\w)~\w{1,5}~|(?<=\w)_\{[^}\n]{0,40}\}", _RAISED),
    Sign(r"`", _CODE),
    Sign(r"==(?=\w)|(?<=\w)==(?!=)", _UNKNOWN),
    Sign(r"\{[:.#][\w .:=#-]+\}", _UNKNOWN),
)
_IN_A_TEXT = (
    *_IN_EVERY_TEXT,
    Sign(r"^\s*\[[ xX]\]\s", _UNKNOWN),
    Sign(r"^\s*(?:#{2,6}(?=[^\s#])|#(?=[^\W\d_]+[ \u00a0]+(?!#)[^\W\d_]))", _UNKNOWN),
    Sign(r"^\s*:::", _UNKNOWN),
)
# No mark takes effect in a line, however it is written.
_IN_A_LINE = tuple(
    replace(sign, remedy=_ENTITY if sign.remedy is _ENTITY else _PLAIN)
    for sign in (
        *_IN_EVERY_TEXT,
        Sign(rf"(?<![\w*_])([*_])(?={_WORDS})[^*_\n]*?(?<=\S)\1(?![\w*_])", _PLAIN),
        Sign(r"^\s*(?:#{1,6}|>)\s", _PLAIN),
    )
)
_ROW = re.compile(r"\s*\|.*\|.*|[^|]*\S[ \u00a0]\|[ \u00a0][^|]*\S.*")
_OPEN_STAR = re.compile(rf"(?<![\w*])\*(?={_WORDS})")
_OPEN_LINE = re.compile(rf"(?<![\w_])_(?={_WORDS})(?!_)")
_NOTE_STAR = re.compile(r"\w[.,;»]?\*+(?![\w*])")

WHY = _("The mark took no effect: readers would see it among the words.")
SOURCE = sources.MARKDOWN


def check(draft: Draft) -> Findings:
    """Yield a finding for each mark that goes out as it was typed, in texts and one-line texts."""
    for content in contents(draft):
        lines = [(without_raised_marks(line.text), line.place) for line in shown_lines(content)]
        has_note_star = any(_NOTE_STAR.search(text) for text, _place in lines)
        for text, place in lines:
            yield from _left_over(text, place, _IN_A_TEXT)
            yield from _emphasis(text, place, has_note_star=has_note_star)
        yield from _tables(lines)
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            text = without_raised_marks(without_jinja(passage.source))
            yield from _left_over(text, passage.place, _IN_A_LINE)


def _left_over(text: str, place: Place, signs: tuple[Sign, ...]) -> Iterator[Finding]:
    for sign in signs:
        for found in islice(re.finditer(sign.pattern, text), _MOST_OF_A_LINE):
            yield _finding(text, found, place, sign.remedy, sign.severity)


def _emphasis(text: str, place: Place, *, has_note_star: bool) -> Iterator[Finding]:
    """Yield the single stars and underscores that open or close nothing.

    A star may also refer to a note: `Prix*`.
    """
    if not has_note_star:
        for found in islice(_OPEN_STAR.finditer(text), _MOST_OF_A_LINE):
            yield _finding(text, found, place, _EMPHASIS)
    for found in islice(_OPEN_LINE.finditer(text), _MOST_OF_A_LINE):
        yield _finding(text, found, place, _EMPHASIS)


def _tables(lines: list[tuple[str, Place]]) -> Iterator[Finding]:
    """Yield the first line of each table that has no rule below its heads."""
    previous: Place | None = None
    for n, (text, place) in enumerate(lines):
        is_row = bool(_ROW.fullmatch(text)) and text.count("|") < len(text)
        beside = [other for other, _at in lines[max(0, n - 1) : n + 2]]
        is_table = is_row and (
            text.strip().startswith("|") or sum(bool(_ROW.fullmatch(it)) for it in beside) > 1
        )
        if is_table and (previous is None or place.line != previous.line + 1):
            found = re.search(r"\|", text)
            assert found
            yield _finding(text, found, place, _TABLE)
        previous = place if is_table else None


def _finding(
    text: str,
    found: re.Match[str],
    place: Place,
    remedy: Text,
    severity: Severity = Severity.WARNING,
) -> Finding:
    return finding(
        severity,
        place,
        what=_(
            "{sign} is shown as it was typed: {words}",
            sign=found[0].strip(),
            words=_excerpt(text, found),
        ),
        why=WHY,
        remedy=remedy,
        fix=Fix(place.line, found[0], unescape(found[0])) if remedy is _ENTITY else None,
    )


_AROUND = 30
"""How many characters an excerpt has on each side of the mark at most."""


def _excerpt(text: str, found: re.Match[str]) -> str:
    """Return the mark with some words around it, from blank to blank."""
    near, far = max(0, found.start() - _AROUND), found.end() + _AROUND
    start = text.rfind(" ", near, max(near, found.start() - 8)) + 1 or near
    end = text.find(" ", found.end() + 8, far)
    words = text[start : end if end >= 0 else far]
    return re.sub(f"[{BLANK}{ADDRESS}]+", "…", words).strip()
