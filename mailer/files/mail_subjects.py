"""Finds the headline of a release in a mail: in its text, or else in its subject."""

from __future__ import annotations

import re

from mailer.files.quoted_mails import FORWARDING, in_any_release
from mailer.languages import MONTHS, WEEKDAYS

_REPLYING = re.compile(r"(?i:r[eé]f?[\s\u00a0]*:|(?:aw|sv)[\s\u00a0]*:|\[[^\]]{1,20}\])")
_IN_BRACKETS = re.compile(r"\[(?P<said>[^\[\]]{1,40})\][\s\u00a0]*[:–—-]?[\s\u00a0]*")
_KIND = re.compile(
    rf"(?:{in_any_release(lambda words: '|'.join(words.kinds.values()))}"
    rf"|{in_any_release(lambda words: words.no_kind)})(?!\w)"
)
_SEPARATOR = r"[\s\u00a0]*[–—|:/-]+[\s\u00a0]*"
_AFTER_KIND = re.compile(rf"{_SEPARATOR}|[\s\u00a0]*\Z")
_DATE_BEFORE = re.compile(
    rf"(?i)(?:(?:le|on)\s+)?(?:(?:{WEEKDAYS}),?\s+)?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:{MONTHS})|(?:{MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    rf"(?:,?\s+\d{{4}})?{_SEPARATOR}(?=\w)"
)
_DATE_BEHIND = re.compile(
    rf"(?i)(?:[,(]|{_SEPARATOR})[\s\u00a0]*(?:(?:le|on)\s+)?(?:(?:{WEEKDAYS}|[a-z]{{3,5}}\.),?\s+)?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:{MONTHS})|(?:{MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,?\s+\d{4})?(?:\s+(?:à|at)\s+\d.*)?\)?\s*\Z"
)
_ONLY_MOMENT = re.compile(
    rf"(?i)(?:(?:{WEEKDAYS}),?\s+)?(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:{MONTHS})|(?:{MONTHS})\s+\d)"
)
"""Behind a kind, the day and the hour of what people come to: `Photocall: Friday 3 May`."""
_HEAD = 10
"""Among how many first lines of a mail its headline stands."""
_LONGEST = 180
_SHORTEST = 12


def with_headline(markdown: str, *, subject: str) -> str:
    """Return a text with its headline: the line that the subject repeats, or the one below the
    label of its kind. The subject stands above a text that has neither.
    """
    if re.search(r"^# ", markdown, re.MULTILINE):
        return markdown
    label, title = headline_of_subject(subject)
    lines = markdown.split("\n")
    head = [at for at, line in enumerate(lines) if line.strip()][:_HEAD]
    for at in head:
        if _says(lines[at], title):
            lines[at] = f"# {lines[at].strip()}"
            return "\n".join(lines)
    if _has_own(head, lines) or not title:
        return markdown
    return f"# {label}{title}\n\n{markdown}"


def headline_of_subject(subject: str) -> tuple[str, str]:
    """Return the label of the kind in a subject, and its words without marks, label and day."""
    while mark := FORWARDING.match(subject) or _replying(subject):
        subject = subject[mark.end() :].strip(" \u00a0")
    bracket = _IN_BRACKETS.match(subject)
    if bracket and _KIND.fullmatch(bracket["said"]):
        subject = f"{bracket['said']} – {subject[bracket.end() :]}"
    kind = _KIND.match(subject)
    after = _AFTER_KIND.match(subject, kind.end()) if kind else None
    title = subject[after.end() :] if after else subject
    if day := _DATE_BEFORE.match(title):
        title = title[day.end() :]
        return f"{kind[0]} – " if kind else "", _DATE_BEHIND.sub("", title).strip()
    return subject[: len(subject) - len(title)], _DATE_BEHIND.sub("", title).strip()


def _replying(subject: str) -> re.Match[str] | None:
    """Return what a mail program writes before a subject; a kind in brackets is the sender's."""
    bracket = _IN_BRACKETS.match(subject)
    return None if bracket and _KIND.fullmatch(bracket["said"]) else _REPLYING.match(subject)


def _says(line: str, title: str) -> bool:
    """Return whether a line is the headline that a subject repeats, in whole or in its beginning."""
    said, wanted = _folded(line), _folded(title)
    if len(wanted) < _SHORTEST or len(line) > _LONGEST:
        return said == wanted != ""
    return said.startswith(wanted) and not line.rstrip(" *_").endswith(".")


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _has_own(head: list[int], lines: list[str]) -> bool:
    """Return whether a line below the label of a kind, or on it, is a headline."""
    for at in head:
        text = lines[at].strip(" *_\\\u00a0")
        kind = _KIND.match(text)
        after = _AFTER_KIND.match(text, kind.end()) if kind else None
        if after is None:
            continue
        below = (lines[n].strip(" *_\\\u00a0") for n in head if n > at)
        first = text[after.end() :] or next(
            (each for each in below if not re.search(r"\d{4}\W*\Z", each)), ""
        )
        if 0 < len(first) < _LONGEST and first[-1] not in ".," and not _ONLY_MOMENT.match(first):
            return True
    return False
