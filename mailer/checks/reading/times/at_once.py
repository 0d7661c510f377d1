"""Find two moments of a text that are at one time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours, periods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from mailer.checks.reading.texts.prose import Passage

_LABELLED = re.compile(
    r"^[ \t*_•-]*(?P<label>[A-ZÀ-Þ][^:\n\d]{4,40}?)[*_ \u00a0]*:(?P<said>[^\n]+)", re.MULTILINE
)
_NO_MOMENT = re.compile(
    r"(?i)quand|date|when|horaires?|lieu|where|où|jour|time|inscription|accréditation|délai|deadline|embargo|contact|rsvp|registration|hours|ouverture|doors?|portes|accueil|accès|photo.*|day|begins?|ends?|début|fin|salle.*|room.*|parcours.*|atelier.*|workshop.*|session.*"
)
_SAME_DAY = re.compile(
    r"(?i)\b(?:le même jour|au même moment|the same day|at the same time)\b[^.;\n]{0,40}"
)


def moments_at_once(passage: Passage) -> Iterator[ToldTwice]:
    """Yield each labelled moment that begins while another one of its day lasts."""
    text = without_quotations(passage.text)
    known: list[tuple[tuple[int, int], time, time, str]] = []
    for found in _LABELLED.finditer(text):
        said, label = found["said"], " ".join(found["label"].split())
        days, every = mentions(said, passage.language), hours(said)
        if (
            len({(it.day, it.month) for it in days}) != 1
            or not every
            or _NO_MOMENT.fullmatch(label)
        ):
            continue
        day = (days[0].day, days[0].month)
        span = next(iter(periods(said)), (every[0], every[0]))
        begins, ends = span[0].at, span[1].at
        for other, first, last, its_label in known:
            is_during = first <= begins < last or begins == first
            if other == day and is_during and its_label.casefold() != label.casefold():
                yield ToldTwice(f"{label} :{said.rstrip()}", its_label, found.start("label"))
                break
        known.append((day, begins, ends, label))
    for found in _SAME_DAY.finditer(text):
        before = hours(text[max(0, found.start() - 400) : found.start()])
        again = hours(found[0])
        if again and again[0].at in {it.at for it in before}:
            quoted = " ".join(found[0].split())
            yield ToldTwice(quoted, quoted[: again[0].end], found.start())
