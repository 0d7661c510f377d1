"""What a language says on a bad day, and on the day after."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentText:
    """What the program writes when something has to be told in minutes. The office may add a note.

    `opening` is what everybody reads first; `accredited` is said besides to accredited people, and
    `salutation` greets them. `entry` says what becomes of the calendar entry of the announcement,
    `accredited_entry` of that of an invitation.
    """

    subject: str
    preheader: str
    headline: str
    opening: str
    accredited: str = ""
    entry: str = ""
    accredited_entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentTexts:
    """The texts of the bad days, and of the day after."""

    salutation: str
    correction: AmendmentText
    move: AmendmentText
    cancellation: AmendmentText
    thanks: AmendmentText
    kit: AmendmentText
