"""Has somebody confirmed every fact that the program read in a document?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, _n, error
from mailer.checks.reading.texts.places import place_of
from mailer.remedies import Remedy, RemedyAct

WHY = _("The program may have read it wrongly, and every message tells it.")
SOURCE = sources.RULE


_LONGEST = 80
"""How many characters of the words of a fact are quoted."""


def check(draft: Draft) -> Findings:
    """Yield one error for all that is taken from a document for facts, with its words: it is
    compared and confirmed at once.
    """
    campaign = draft.campaign
    read = dict.fromkeys((it.key.rpartition(".")[0], it.words) for it in campaign.to_confirm)
    if read:
        facts = tuple(_("“{words}”", words=_shortened(words)) for _table, words in read)
        yield error(
            place_of(campaign, campaign.to_confirm[0].key),
            what=_n(
                "A fact was read in the document, and nobody has confirmed it: {facts}",
                "{count} facts were read in the document, and nobody has confirmed them: {facts}",
                count=len(facts),
                facts=facts,
            ),
            why=WHY,
            remedy=_("Compare with the document what stands here, correct it, then confirm it."),
            act=Remedy(RemedyAct.CONFIRM_FACTS, {"campaign": campaign.slug}),
        )


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
