"""Has somebody confirmed every fact that the program read in a document?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, _n, error
from mailer.checks.reading.texts.places import place_of
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import FactKey

WHY = _("It may be read wrongly or out of date, and every message tells it.")
SOURCE = sources.RULE


_LONGEST = 80
"""How many characters of the words of a fact are quoted."""


def check(draft: Draft) -> Findings:
    """Yield one error for all that is taken from a document or an old campaign for facts, with its
    words, or the name of a fact that no words say: it is compared and confirmed at once.
    """
    campaign = draft.campaign
    read = dict.fromkeys(
        (it.key.rpartition(".")[0] if it.words else it.key, it.words) for it in campaign.to_confirm
    )
    if read:
        facts = tuple(
            _("“{words}”", words=_shortened(words)) if words else FactKey(key)
            for key, words in read
        )
        yield error(
            place_of(campaign, campaign.to_confirm[0].key),
            what=_n(
                "A fact comes from a document or an old campaign, and nobody has confirmed it: {facts}",
                "{count} facts come from a document or an old campaign, and nobody has confirmed them: {facts}",
                count=len(facts),
                facts=facts,
            ),
            why=WHY,
            remedy=_("Compare it with its source, or look it up; correct it, then confirm it."),
            act=Remedy(RemedyAct.CONFIRM_FACTS, {"campaign": campaign.slug}),
        )


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
