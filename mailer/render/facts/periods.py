"""Corrects the words before an event of several days, which were written for one day.

An author writes “Le {{ event.date }}”, and the event later gets a second day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.languages import language_of
from mailer.render.facts.dates import bare_period_in_words, day_in_words, period_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.languages.language import BeforePeriod
    from mailer.model.campaigns.campaign import Event


def with_several_days(text: str, event: Event | None, language: str) -> str:
    """Return `text` with “Du samedi 27 au lundi 29 mars” for “Le du samedi 27 au lundi 29 mars”.

    Nothing changes for an event of one day, nor where the language has no rules for it.
    """
    dates = language_of(language).dates
    if event is None or event.starts_at is None or event.ends_at is None or dates is None:
        return text
    first, last = event.starts_at, event.ends_at
    if first.date() == last.date():
        return text
    period = period_in_words(first, last, language)
    if period not in text:
        return text
    forms = {
        "period": period,
        "bare": bare_period_in_words(first, last, language),
        "first": day_in_words(first, language),
        "last": day_in_words(last, language),
    }
    for rule in dates.before_period:
        text = _applied(rule, text, forms)
    return text


def _applied(rule: BeforePeriod, text: str, forms: Mapping[str, str]) -> str:
    words = rule.words.replace(" ", r"\s+")
    pattern = re.compile(
        rf"(?i)(?<![\w’'-])(?P<words>{words})(?P<gap>\s+)(?P<marks>[*_]{{0,3}})"
        + re.escape(forms["period"])
    )
    return pattern.sub(lambda found: _becomes(rule, found, forms), text)


def _becomes(rule: BeforePeriod, found: re.Match[str], forms: Mapping[str, str]) -> str:
    """Return the words and the days of a match as the rule wants them, the emphasis kept."""
    before, _, days = rule.becomes.rpartition("{")
    days = forms[days.removesuffix("}")]
    kept = found.groupdict().get("kept") or found["words"]
    words = before.format(words=kept, **forms).rstrip()
    if words:
        return words + found["gap"] + found["marks"] + days
    if found["words"][0].isupper():
        days = days[0].upper() + days[1:]
    # The words are dropped. If a line ended after them, it still does.
    return ("\n" if "\n" in found["gap"] else "") + found["marks"] + days
