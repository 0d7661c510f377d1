"""Make notes of what does not fit other words of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.check import _, note
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mailer.checks.check import Draft, Findings
    from mailer.checks.reading.quantities.conversions import ToldTwice
    from mailer.wording import Text


def notes_of(draft: Draft, read: Callable[[str], Iterable[ToldTwice]], *, why: Text) -> Findings:
    """Yield a note for each thing that `read` finds in a text without its quotations."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for told in read(without_quotations(passage.text)):
            yield note(
                passage.at(told.start),
                what=_("“{words}” does not fit “{other}”.", words=told.words, other=told.other),
                why=why,
                remedy=_("Ask which of the two is right, and write it in both."),
            )
