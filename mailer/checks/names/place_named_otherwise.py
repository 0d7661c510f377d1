"""Is every town spelt in one way within a text?"""

from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.names.towns import TownInText, slips, towns_spelt_otherwise
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages

WHY = _("Who looks for the place does not find it, or prints the wrong name.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a note for a name that is almost that of a town which the text names too."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        found = {(it.name, other.name): (it, other) for it, other in _all(passage)}
        for town, other in found.values():
            yield note(
                passage.at(town.start),
                what=_(
                    "“{words}” and “{name}”: is this one name, or two?",
                    words=town.name,
                    name=other.name,
                ),
                why=WHY,
                remedy=_("Write the name as the place itself does, everywhere."),
            )


def _all(passage: Passage) -> Iterator[tuple[TownInText, TownInText]]:
    yield from towns_spelt_otherwise(passage)
    yield from slips(passage)
