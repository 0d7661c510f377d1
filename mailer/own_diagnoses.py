"""What the program itself notes of a delivery, and of what it could not read, in the words of a
screen. What a server or the system said stays as it is, and is marked as English.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.wording import Quoted, Text, _, from_note

if TYPE_CHECKING:
    from collections.abc import Iterable

BROKEN_OFF = _("the program stopped while the message was handed over")
_OF_ANOTHER = re.compile(r"\d{3}(?:[ -]|$)|\[\w")
"""How the reply of a server begins, or an error of the system (`[Errno 104] …`)."""


def _table(*pairs: tuple[str, Text]) -> tuple[tuple[re.Pattern[str], Text], ...]:
    return tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in pairs)


_OF_DELIVERIES = _table(
    (r"after the dot: (?P<fault>.+)", _("the whole message was handed over, then: {fault}")),
    (r"after the request: (?P<fault>.+)", _("the whole request was sent, then: {fault}")),
    (r"connection closed by the relay", _("the relay closed the connection")),
    (r"timed out", _("it did not answer in time")),
    (r"endless reply(?: line)?", _("its answer had no end")),
    (r"not a reply: (?P<reply>.+)", _("it said what is no answer: {reply}")),
    (
        r"a reply with two codes: (?P<first>\d+) and (?P<second>\d+)",
        _("its answer had two codes, {first} and {second}"),
    ),
    (
        r"not an answer to (?P<command>\S+): (?P<reply>.+)",
        _("its answer does not fit {command}: {reply}"),
    ),
    (r"the relay spoke before TLS began", _("the relay spoke before the line was encrypted")),
    (
        r"(?P<status>\d+), and the answer broke off",
        _("it answered {status}, and the answer broke off"),
    ),
    (
        r"unknown answer: (?P<status>\d+)",
        _("it answered {status}, which says nothing of the message"),
    ),
    (
        r"not sent: the line was lost before it|connection lost before the end of the message",
        _("the connection was lost before the whole message was handed over; it was not sent"),
    ),
    (
        r"not on the allow-list; nothing was sent",
        _("this address is not on the list of those allowed in tests; nothing was sent"),
    ),
    (
        r"(?P<code>501 5\.1\.3) this is not an address that SMTP can carry",
        _("the mail protocol cannot carry this address ({code})"),
    ),
    (
        r"(?P<code>553 5\.6\.7) SendGrid takes no address with letters beyond ASCII",
        _("SendGrid takes no address with accents ({code})"),
    ),
    (
        r"(?P<code>553 5\.6\.7) the relay takes no address with letters beyond ASCII",
        _("the relay takes no address with accents ({code})"),
    ),
    (
        r"(?P<code>552 5\.3\.4) the message has (?P<size>\d+) MB",
        _("the message has {size} MB, which is too much ({code})"),
    ),
    (r"202 queued as (?P<name>\S+)", _("taken into the queue of the provider, as {name}")),
    (r"202 queued(?: as)?", _("taken into the queue of the provider")),
    (
        r"200 sandbox: checked and not sent",
        _("checked by the provider and, as it is set to test, not sent"),
    ),
    (r"superseded", _("a newer version takes its place")),
    (r"answered since: \w+|answered again since", _("this person has answered since")),
    (r"no longer in the register", _("this person is not in the register any more")),
    (r"same person", _("this person has it at another address")),
    (r"(?P<file>\S+\.eml)", _("written into the file {file}")),
)
_OF_LETTERS = _table(
    (r"not-events, (?P<size>\d+) octets", _("it is no list of events ({size} bytes)")),
    (r"too-big, (?P<size>\d+) octets", _("it is too large ({size} bytes)")),
    (
        r"(?:no-key|bad-signature|stale), (?P<size>\d+) octets",
        _("its signature does not hold ({size} bytes)"),
    ),
    (
        r"(?P<error>[A-Z]\w+)(?:, (?P<size>\d+) octets)?",
        _("the program failed to read it ({error})"),
    ),
)


def diagnosis(note: str) -> Text:
    """Return the note of a delivery in the words of a screen."""
    if ours := _worded(note, _OF_DELIVERIES):
        return ours
    said = from_note(note)
    is_of_another = said.sentence == "{note}" and _OF_ANOTHER.match(note)
    return Text("{reply}", {"reply": note}) if is_of_another else said


def why_uncertain(note: str) -> Text:
    """Return why it is not known whether a message left; the reply of a server as it stands."""
    return diagnosis(note) if note else BROKEN_OFF


def why_unread(note: str) -> Text:
    """Return in the words of a screen why a mail or a post could not be read."""
    return _worded(note, _OF_LETTERS) or from_note(note)


def _worded(note: str, table: Iterable[tuple[re.Pattern[str], Text]]) -> Text | None:
    for pattern, words in table:
        if found := pattern.fullmatch(note):
            return replace(words, values={k: _value(k, v) for k, v in found.groupdict().items()})
    return None


def _value(name: str, said: str | None) -> object:
    if name != "fault":
        return said or ""
    return _worded(said or "", _OF_DELIVERIES) or Quoted(said or "")
