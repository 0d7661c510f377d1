"""What a correction changes, old and new, in the words of one language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from mailer.model.campaign import Correction, Event, Link, Partner, PressContact
from mailer.render.facts.dates import day_in_words, moment_in_words, time_in_words
from mailer.typography import in_type
from mailer.wording import _, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

    from mailer.model.campaign import Campaign

Fact = TypeVar("Fact", Event, PressContact, Partner, Link, Correction)

# The labels of `model.campaign.CORRECTABLE`, and the name of the fact that holds now.
_FACTS = {
    "date": (_("Date"), "date"),
    "time": (_("Time"), "hours"),
    "place": (_("Place"), "place"),
    "access": (_("Access"), "access"),
    "deadline": (_("Accreditation before"), "deadline"),
}


def corrections(
    campaign: Campaign,
    *,
    language: str,
    event: Mapping[str, Any] | None,
    accreditation: Mapping[str, Any],
    translations: NullTranslations,
) -> list[dict[str, str]]:
    """`label`, `old` and `new` of each correction; what holds now is taken from the facts.

    `event` and `accreditation` are the facts in words. A `new` that neither the campaign
    nor its facts give is empty: the fact is withdrawn and nothing takes its place.
    """
    found = {**(event or {}), "deadline": accreditation.get("deadline", "")}
    words = []
    for correction in (worded(one, language) for one in campaign.corrections):
        label, fact = _FACTS.get(correction.what, (None, ""))
        words.append(
            {
                "label": say(label, translations) if label else in_type(correction.what, language),
                "old": _in_words(correction.old, what=correction.what, language=language),
                "new": in_type(correction.new, language) or str(found.get(fact, "")),
            }
        )
    return words


def worded(fact: Fact, language: str) -> Fact:
    """Return `fact` in `language`, where the campaign has a wording for it."""
    wording: Mapping[str, Any] = fact.translations.get(language, {})
    return replace(fact, **wording) if wording else fact


def _in_words(old: str | date, *, what: str, language: str) -> str:
    if not isinstance(old, date):
        return in_type(old, language)
    if not isinstance(old, datetime) or what == "date":
        return day_in_words(old, language)
    if what == "time":
        return time_in_words(old.timetz(), language)
    return moment_in_words(old, language)
