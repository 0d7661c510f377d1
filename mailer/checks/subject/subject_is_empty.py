"""Does every version have a subject?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.languages.typography import is_blank

WHY = _("An inbox shows a line without words, and filters take it for spam.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for each subject of nothing but blanks and invisible characters."""
    for passage in messages(draft):
        if passage.part is PassagePart.SUBJECT and is_blank(passage.source):
            yield error(
                passage.place,
                what=_("The subject is empty."),
                why=WHY,
                remedy=_("Write the event and its date."),
            )
