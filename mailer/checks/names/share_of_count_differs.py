"""Is every half, third or share that of the number beside it?"""

from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _
from mailer.checks.reading.compared import notes_of
from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.quantities.fractions import fractions_that_disagree
from mailer.checks.reading.quantities.near_misses import shares_nearly_right

WHY = _("Who reckons finds that one of the figures is wrong, and doubts all the others.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for a count that is another share of its whole than the words beside it say."""
    yield from notes_of(draft, _shares, why=WHY)


def _shares(text: str) -> Iterator[ToldTwice]:
    seen: set[int] = set()
    for told in (*fractions_that_disagree(text), *shares_nearly_right(text)):
        line = text.count("\n", 0, told.start)
        if line not in seen:
            seen.add(line)
            yield told
