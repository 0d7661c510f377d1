"""The fields of a form in words, for the page that shows again what somebody had typed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mailer.labels import label_of
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.contacts.call import CallOutcome
from mailer.operations.office_identity import CALLED
from mailer.web.fact_fields import choice_in_words, field_called
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

_LONG = 60
"""From how many signs on a value is shown as a text."""

FIELDS: Mapping[str, Text] = {
    "address": _("Address"),
    "again_on": _("To be called again on"),
    "alternates": _("Second address"),
    "beat": _("Beat"),
    "body": _("Your text"),
    "campaign": _("Campaign"),
    "card_kind": _("Kind of press card"),
    "card_number": _("Number of the press card"),
    "civility": _("Title"),
    "comment": _("What you say about it"),
    "confirm": _("The number that you typed"),
    "contact": _("Whom may a journalist call?"),
    "day": _("Day"),
    "event.day": _("The day on which it starts"),
    "event.hour": _("The hour at which it starts"),
    "first_name": _("First name"),
    "force_why": _("Why accepted after the deadline or above a quota"),
    "language": _("Language"),
    "last_name": _("Last name"),
    "link": _("Page"),
    "list": _("List"),
    "media": _("Kind of media"),
    "name": _("Name"),
    "note": _("In your own words"),
    "old": _("Campaign to copy"),
    "organisation": _("Outlet or association"),
    "outcome": _("What came of it"),
    "outlet": _("Outlet"),
    "pasted": _("Pasted text"),
    "phone": _("Telephone"),
    "preheader": _("Preheader: what an inbox shows after the subject"),
    "quote": _("The passage, as it stands in the text"),
    "reason": _("Why refused"),
    "region": _("Region"),
    "role": _("Role"),
    "said-by": _("Who said so"),
    "seats": _("How many people come"),
    "seed": _("Number of the invented answers"),
    "send": _("Day and hour"),
    "slug": _("Name of its folder"),
    "state": _("Decision"),
    "subject": _("Subject"),
    "to": _("Lists"),
    "venue": _("Where?"),
    "why": _("Why"),
}
"""What is called in one way on all pages; the facts of a campaign have their own labels."""
_BEGINNINGS: Mapping[str, Text] = {
    "address-": _("The address that is meant"),
    "answer-": _("Answer"),
    "why-": _("Why this is right as it stands"),
}
"""Fields of which a page has several, by what their names begin with."""
_CHOICES: Mapping[str, type[StrEnum]] = {"outcome": CallOutcome, "state": AccreditationState}


class KeptField(NamedTuple):
    """One field of a kept form. Without a label it is a choice or a mark of the page, not typed."""

    name: str
    value: str
    label: Text | None
    shown: Text | str
    """The value in words."""

    @property
    def is_text(self) -> bool:
        """Return whether it is long enough to be shown as a text."""
        return "\n" in self.value or len(self.value) > _LONG

    @property
    def day(self) -> date | None:
        """The day that is typed, if it is one."""
        with suppress(ValueError):
            return date.fromisoformat(self.value) if len(self.value) == len("2017-12-04") else None
        return None

    @property
    def is_shown(self) -> bool:
        """Return whether somebody has typed it."""
        return self.label is not None and bool(self.value.strip())


def kept_fields(fields: Iterable[tuple[str, str]]) -> list[KeptField]:
    """Return the fields of a form with their words."""
    return [
        KeptField(name, value, label_of_kept_field(name), _shown(name, value))
        for name, value in fields
    ]


def label_of_kept_field(name: str) -> Text | None:
    """Return what a field is called; None for one that nobody types into."""
    if called := FIELDS.get(name) or CALLED.get(name) or field_called(name):
        return called
    whole, _dot, part = name.rpartition(".")
    if part in {"day", "hour"} and (called := field_called(whole)):
        return (
            _("{field} (day)", field=called) if part == "day" else _("{field} (hour)", field=called)
        )
    return next((label for begin, label in _BEGINNINGS.items() if name.startswith(begin)), None)


def _shown(name: str, value: str) -> Text | str:
    choices = _CHOICES.get(name)
    if choices is not None and value in set(choices):
        return label_of(choices(value))
    return choice_in_words(name, value) or value
