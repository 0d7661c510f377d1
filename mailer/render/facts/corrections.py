"""Formats corrections, old and new values, in one language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from mailer.languages.typography import with_typography
from mailer.model.campaigns.campaign import Correction, Event, Link, Partner, PressContact
from mailer.render.facts.dates import day_in_words, moment_in_words, time_in_words
from mailer.wording import _, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

    from mailer.model.campaigns.campaign import Campaign

Translatable = TypeVar("Translatable", Event, PressContact, Partner, Link, Correction)

# The labels of `model.campaign.CORRECTABLE`, and the name of the campaign value that is valid now.
_VALUES = {
    "date": (_("Date"), "date"),
    "time": (_("Time"), "hours"),
    "place": (_("Place"), "place"),
    "access": (_("Access"), "access"),
    "deadline": (_("Accreditation before"), "deadline"),
    "name": (_("Event"), "name"),
    "contact": (_("Press contact"), "contact"),
}


def corrections(
    campaign: Campaign,
    *,
    language: str,
    values: Mapping[str, Any],
    former: Mapping[str, Any],
    translations: NullTranslations,
) -> list[dict[str, str]]:
    """Return `label`, `old` and `new` of each correction; the new value comes from the campaign.

    `values` are the formatted campaign values, `former` those that were announced before, for
    corrections that do not say the old value. `new` is empty if neither the correction nor the
    campaign gives one: the old value is withdrawn without replacement.
    """
    formatted, typography = [], campaign.typography_of(language)
    for correction in (translated(one, language) for one in campaign.corrections):
        label, name = _VALUES.get(correction.what, (None, ""))
        formatted.append(
            {
                "label": say(label, translations)
                if label
                else with_typography(correction.what, typography),
                "old": _formatted(
                    correction.old, what=correction.what, language=language, typography=typography
                )
                or str(former.get(name, "")),
                "new": with_typography(correction.new, typography) or str(values.get(name, "")),
            }
        )
    return formatted


def translated(value: Translatable, language: str) -> Translatable:
    """Return `value` with the campaign's translations into `language`, as far as there are any."""
    translation: Mapping[str, Any] = value.translations.get(language, {})
    return replace(value, **translation) if translation else value


def _formatted(old: str | date, *, what: str, language: str, typography: str) -> str:
    if not isinstance(old, date):
        return with_typography(old, typography)
    if not isinstance(old, datetime) or what == "date":
        return day_in_words(old, language)
    if what == "time":
        return time_in_words(old.timetz(), language)
    return moment_in_words(old, language)
