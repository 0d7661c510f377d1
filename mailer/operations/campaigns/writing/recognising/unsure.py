"""Facts of days and hours: those that a document does not say for sure, and their whole sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mailer.operations.campaigns.writing.recognising.moments import said_moments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.campaigns.proposals import ProposedFact
    from mailer.operations.campaigns.writing.recognising.moments import DateContext

_LONGEST = 160
"""How many signs a sentence has at most that is quoted whole."""


def without_unsure(
    event: tuple[ProposedFact, ...], text: str, how: DateContext
) -> tuple[tuple[ProposedFact, ...], tuple[str, ...]]:
    """Return the event without a day and an hour beside which another one stands, or `to be
    confirmed`; and the sentences that say so.
    """
    when = [fact for fact in event if isinstance(fact.value, date)]
    said = dict.fromkeys(
        moment.sentence
        for moment in said_moments(text, how)
        if moment.is_unsure and any(moment.words in fact.words for fact in when)
    )
    return (tuple(fact for fact in event if fact not in when) if said else event), tuple(said)


def quoted_in_full(
    facts: Iterable[ProposedFact], text: str, how: DateContext
) -> tuple[ProposedFact, ...]:
    """Return the facts; those of a day with the whole sentence or line that says it."""
    sentences = {each.words: each.sentence for each in reversed(list(said_moments(text, how)))}
    return tuple(_quoted(fact, sentences) for fact in facts)


def _quoted(fact: ProposedFact, sentences: dict[str, str]) -> ProposedFact:
    sentence = sentences.get(fact.words, "")
    is_day = isinstance(fact.value, date) and 0 < len(sentence) <= _LONGEST
    return replace(fact, words=sentence) if is_day else fact
