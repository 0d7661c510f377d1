"""Does what a text calls attached travel with it?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations

WHY = _("Newsrooms look for it, find nothing, and write back or give up.")
SOURCE = sources.PRACTICE

_ATTACHED = re.compile(
    in_any_language(lambda phrases: phrases.attached), re.IGNORECASE | re.MULTILINE
)


def check(draft: Draft) -> Findings:
    """Yield a warning for the first announcement of an attachment in a text without any.

    An entry for the calendar is one too.
    """
    if draft.campaign.attachments:
        return
    carrying = {
        step
        for (step, _variant), message in draft.messages.items()
        if message and any(not file.content_id for file in message.embedded)
    }
    for passage in messages(draft):
        found = _ATTACHED.search(without_quotations(passage.text))
        carries = passage.planned and passage.planned.step.id in carrying
        if found is None or carries or passage.part is not PassagePart.TEXT:
            continue
        yield warning(
            passage.at(found.end()),
            what=_(
                "The text announces an attachment, and nothing is attached: “{words}”",
                words=" ".join(found[0].split()),
            ),
            why=WHY,
            remedy=_("Attach it, give its link instead, or take the sentence out."),
        )
