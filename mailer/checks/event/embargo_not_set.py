"""Does each text that says it is under embargo belong to a campaign with an embargo?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error
from mailer.checks.reading.texts.prose import messages
from mailer.checks.reading.times.embargoes import embargo_at

WHY = _("The text asks others to wait, while the page and the press room do not wait.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield an error for each text that says an embargo, while the campaign has none."""
    if draft.campaign.embargo is not None:
        return
    for passage in messages(draft):
        at = embargo_at(passage.text)
        if at is not None:
            yield error(
                passage.at(at),
                what=_(
                    "The text says an embargo, and none is set: “{words}”",
                    words=" ".join(passage.sentence_at(at).split()),
                ),
                why=WHY,
                remedy=_(
                    "Fill in {fact}, or take the words out of the text.",
                    fact=FactKey("embargo.until", "…"),
                ),
            )
