"""Does what a text calls attached travel with it?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.attachments import announcements
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("Newsrooms look for it, find nothing, and write back or give up.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for the first announcement of an attachment in a text without any, and for each
    that names a file which no list of attachments has.

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
        carries = passage.planned and passage.planned.step.id in carrying
        if carries or passage.part is not PassagePart.TEXT:
            continue
        said = announcements(passage.text)
        listed = frozenset().union(*(it.files for it in said if it.is_list))
        for n, announced in enumerate(said):
            if n and (announced.is_list or not listed or announced.files <= listed):
                continue
            yield warning(
                passage.at(announced.end),
                what=_(
                    "The text announces an attachment, and nothing is attached: “{words}”",
                    words=" ".join(announced.words.split()),
                ),
                why=WHY,
                remedy=_("Attach it, give its link instead, or take the sentence out."),
            )
