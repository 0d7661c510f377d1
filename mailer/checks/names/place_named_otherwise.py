"""Is every town spelt in one way within a text?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.names.towns import towns_spelt_otherwise
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("Who looks for the place does not find it, or prints the wrong name.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a note for a name that is almost that of a town which the text names too."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for town, other in towns_spelt_otherwise(passage):
            yield note(
                passage.at(town.start),
                what=_(
                    "“{words}” and “{name}”: is this one place, or two?",
                    words=town.name,
                    name=other.name,
                ),
                why=WHY,
                remedy=_("Write the name as the place itself does, everywhere."),
            )
