"""What the program writes at the beginning of the details of certain acts, and what that says."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from mailer.wording import Quoted, Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_INSTANT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\+\d\d:\d\d)?"
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400

_ATTRIBUTES: Mapping[str, Text] = {
    "civility": _("Title"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "organisation": _("Outlet or association"),
    "role": _("Role"),
    "beat": _("Beat"),
    "region": _("Region"),
    "media": _("Kind of media"),
    "phone": _("Telephone"),
    "language": _("Language"),
    "alternates": _("Second address"),
}
"""What the attributes of a contact are called in the directory."""
_LANGUAGES = {"fr": _("French"), "en": _("English")}


def _check(found: re.Match[str]) -> Text:
    return _("check {name}", name=Quoted(found["check"]))


def _number(found: re.Match[str]) -> Text:
    return _("No. {number}", number=found["number"])


def _version(found: re.Match[str]) -> Text:
    return _("version {number}", number=found["version"])


def _jump(found: re.Match[str]) -> Text:
    seconds = int(found["by"])
    values = {"host": found["host"], "duration": _duration(abs(seconds))}
    if seconds < 0:
        return _("clock of {host}: {duration} back", **values)
    return _("clock of {host}: {duration} forward", **values)


def _duration(seconds: int) -> Text:
    """Return a length of time, to the minute; one of less than a minute to the second."""
    if seconds >= 2 * _DAY_S:
        return _n("{count} day", "{count} days", count=seconds // _DAY_S)
    hours, minutes = seconds // _HOUR_S, seconds % _HOUR_S // _MINUTE_S
    if hours:
        return _("{hours} h {minutes}", hours=hours, minutes=f"{minutes:02}")
    if minutes:
        return _("{minutes} min", minutes=minutes)
    return _("{seconds} s", seconds=seconds)


def _alarm(found: re.Match[str]) -> Text:
    """Return what a line of an older version says; newer ones give the reason in words."""
    return _n(
        "{count} refusal, by their reason: {reason}",
        "{count} refusals, by their reason: {reason}",
        count=int(found["count"]),
        reason=Quoted(found["reason"]),
    )


def _reminder(found: re.Match[str]) -> Text:
    due_at = datetime.fromisoformat(found["at"])
    return _("{person}, before the mailing of {at} (UTC)", person=found["person"], at=due_at)


def _dump(found: re.Match[str]) -> Text:
    due_at = datetime.fromisoformat(found["at"])
    return _("due on {at} (UTC), attempt {number}", at=due_at, number=found["number"])


def _attributes(found: re.Match[str]) -> Text:
    names = found[0].split(", ")
    return Text("{names}", {"names": tuple(_ATTRIBUTES.get(each, each) for each in names)})


def _people(found: re.Match[str]) -> Text:
    return _n("{count} person", "{count} people", count=int(found[0]))


def _language(found: re.Match[str]) -> Text:
    return _LANGUAGES.get(found[0], Text(found[0]))


def _unlimited(found: re.Match[str]) -> Text:
    return _("{person}: every list", person=found["person"])


def _message(found: re.Match[str]) -> Text:
    return _("message {id}", id=found[0])


_CHECK = re.compile(r"(?P<check>[a-z][a-z0-9-]+) [0-9a-f]+(?=$|: )"), _check
_COMMENT = re.compile(r"n° (?P<number>\d+)$"), _number
_JUMP = re.compile(r"(?P<host>.+): (?P<by>[+-]\d+) s$"), _jump
_SIGNED = re.compile(r"(?P<version>[0-9a-f]{64})"), _version

BEGINNINGS: Mapping[str, tuple[re.Pattern[str], Callable[[re.Match[str]], Text]]] = {
    "accept-finding": _CHECK,
    "withdraw-acceptance": _CHECK,
    "comment": _COMMENT,
    "answer-comment": _COMMENT,
    "close-comment": _COMMENT,
    "take-back": (
        re.compile(r"(?P<number>\d+) = (?P<other>\d+)"),
        lambda found: _("version {number}, as version {other}", **found.groupdict()),
    ),
    "edit": (re.compile(r"(?P<version>\d+)(?=$|: )"), _version),
    "clock-held": _JUMP,
    "clock-jumped": _JUMP,
    "confirm-clock": _JUMP,
    "sign-off": _SIGNED,
    "refuse-sign-off": _SIGNED,
    "alarm": (
        re.compile(r"(?:mailing|provider): (?P<count>\d+) × (?P<reason>[a-z-]+)$"),
        _alarm,
    ),
    "remind-signatory": (re.compile(rf"(?P<person>.+): (?P<at>{_INSTANT})$"), _reminder),
    "begin-dump": (re.compile(rf"(?P<at>{_INSTANT}) #(?P<number>\d+)$"), _dump),
    "edit-contact": (re.compile(r"[a-z_]+(?:, [a-z_]+)*$"), _attributes),
    "register-export": (re.compile(r"\d+$"), _people),
    "door-list-destroyed": (re.compile(r"(?P<number>\d+)$"), _number),
    "choose-language": (re.compile(r"[a-z]{2}$"), _language),
    "limit-to-lists": (re.compile(r"(?P<person>.+): \*$"), _unlimited),
    "add-recipient": (re.compile(r"[a-z2-7]{26}(?=: )"), _message),
}
"""What the details of these acts begin with, and what that says."""
