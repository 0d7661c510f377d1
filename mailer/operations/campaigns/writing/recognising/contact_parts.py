"""The parts of a line about contacts, each given to the person it speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.times.on_duty import is_on_duty
from mailer.languages import WEEKDAYS
from mailer.operations.campaigns.writing.recognising.accreditation import MAIL
from mailer.operations.campaigns.writing.recognising.people import (
    FIELD,
    INSTITUTION,
    IS_ROLE,
    NAME,
    PHONE,
    ROLES,
    NamedPerson,
    add_phones,
)
from mailer.operations.campaigns.writing.recognising.words import INSTITUTIONS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

INITIALS = 2
"""`T` and `M.` before a number are nobody's institution."""
REACHES = re.compile(rf"(?:{words(lambda release: release.reaches)})\.? ")
_WHEN = re.compile(rf"(?i)\d|\b(?:{WEEKDAYS})\b")
_VERB = re.compile(r"\b(?:est|sont|sera|seront|is|are|was|will|must|needs?)\b")
_BREAK = re.compile(r"[,;|/()–—]|:(?= |\u00a0|$)| - ")
_IS_TASK = re.compile(rf"(?:{ROLES}|{in_any_language(lambda phrases: phrases.press)})(?!\w)")
_JOINED = re.compile(r"\A(?:et|ou|and|or|&) (?=[A-ZÀ-Ý])")
_THIN_BAR = re.compile(r"(?<= )l(?= )")
"""A letter that some offices write for a bar: `Presse l Ann Low l T 01 …`."""
_HOUSE = re.compile(
    rf"(?:{words(lambda release: release.article)})?(?:{INSTITUTIONS})[ \u00a0](?:{words(lambda release: release.article)})?[A-ZÀ-Ý]"
)
"""An institution with its name, also without a capital: `hôpital Saint-Martin`."""


def parts(text: str) -> Iterator[str]:
    """Yield what stands between the signs of a line, numbers whole."""
    if len(_THIN_BAR.findall(text)) > 1:
        text = _THIN_BAR.sub("|", text)
    numbers = [found.span() for found in PHONE.finditer(text)]
    start = 0
    for sign in (*_BREAK.finditer(text), None):
        at = sign.start() if sign else len(text)
        if any(first <= at < last for first, last in numbers):
            continue  # the brackets of an area code
        if stripped := text[start:at].strip(" .\u00a0"):
            yield stripped
        start = sign.end() if sign else at


def take(found: list[NamedPerson], part: str, waiting: str, *, is_new_line: bool) -> str:
    """Give a part of a line to a person, or begin another person; returns the institution that
    waits for the next one.
    """
    mails, phones = MAIL.findall(part), list(PHONE.finditer(part))
    person = found[-1] if found else None
    if mails or phones or FIELD.fullmatch(part) or len(part) <= INITIALS:
        if person:
            person.emails += mails
            add_phones(person, part, phones)
        return waiting
    is_institution = part[:1].isupper() and INSTITUTION.search(part) is not None
    if (
        person
        and not person.role
        and "@" not in part
        and (IS_ROLE.search(part) or _IS_TASK.match(part))
    ):
        person.role = part
        return waiting
    part = _JOINED.sub("", part)
    if before := REACHES.match(part):
        part = part[before.end() :] if NAME.fullmatch(part, before.end()) else part
    may_begin = is_new_line or person is None or bool(person.phones or person.emails)
    if NAME.fullmatch(part) and not is_institution and may_begin:
        is_task = _IS_TASK.match(waiting) is not None  # `Presse Institut l Ann Low`
        found.append(NamedPerson(part, "", "" if is_task else waiting, waiting if is_task else ""))
        return ""
    if is_institution and (person is None or person.organisation or person.is_told()):
        return part
    if person is None or person.is_told():
        return waiting
    if (part[:1].isupper() and not _VERB.search(part)) or _HOUSE.match(part):
        person.organisation = person.organisation or part
    elif (
        part[:1].islower()
        and "@" not in part
        and not (person.phones and person.emails)
        and not _says_when(part)
    ):
        person.role = person.role or part
    return waiting


def _says_when(part: str) -> bool:
    """Return whether a part says when somebody answers, and nothing of what they do."""
    return _WHEN.search(part) is not None or is_on_duty(part)
