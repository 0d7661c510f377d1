"""The label of an embargo: until when, by which clock, and in a second time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.languages.language import NBSP
from mailer.render.facts.dates import (
    city_in_words,
    moment_in_words,
    offset_in_words,
    short_day_in_words,
    time_in_words,
)
from mailer.wording import _, say

if TYPE_CHECKING:
    from gettext import NullTranslations

    from mailer.model.campaigns.campaign import Campaign, Embargo


def embargo_values(
    campaign: Campaign, sent_at: datetime, language: str, translations: NullTranslations
) -> dict[str, str] | None:
    """Return the label of an embargo in force at `sent_at`; None without one, and once it is lifted.

    Both hours are computed from the one instant, so that the weeks in which Europe and America
    have changed their clocks at different dates are right.
    """
    embargo = campaign.embargo
    if embargo is None or embargo.until <= sent_at:
        return None
    until = embargo.until.astimezone(ZoneInfo(campaign.time_zone))
    zone = _zone(until, campaign.time_zone, language, translations)
    short = say(
        _(
            "{day}, {time} ({zone})",
            day=short_day_in_words(until, language),
            time=time_in_words(until.timetz(), language),
            zone=zone,
        ),
        translations,
    )
    abroad = _abroad(embargo, until, language, translations)
    city = city_in_words(campaign.time_zone, language)
    words = _(
        "{until}, {city} time ({zone}), that is {abroad}",
        until=moment_in_words(until, language),
        city=city,
        zone=offset_in_words(until),
        abroad=abroad,
    )
    if embargo.second_zone:
        zone = f"{zone}; {abroad}"
    return {
        "until": moment_in_words(until, language),
        "zone": zone,
        "short": short,
        "words": say(words, translations),
    }


def _abroad(
    embargo: Embargo, until: datetime, language: str, translations: NullTranslations
) -> str:
    """Return the hour by the second clock: that of `second_zone`, or UTC. The day is said again where
    it is another one there.
    """
    there = until.astimezone(ZoneInfo(embargo.second_zone) if embargo.second_zone else UTC)
    is_same_day = there.date() == until.date()
    when = (
        time_in_words(there.timetz(), language) if is_same_day else moment_in_words(there, language)
    )
    if not embargo.second_zone:
        return f"{when}{NBSP}UTC"
    return f"{when}, {_zone(there, embargo.second_zone, language, translations)}"


def _zone(at: datetime, zone: str, language: str, translations: NullTranslations) -> str:
    """Return `heure de Paris, UTC+1`."""
    city = city_in_words(zone, language)
    words = _("{city} time, {offset}", city=city, offset=offset_in_words(at))
    return say(words, translations)
