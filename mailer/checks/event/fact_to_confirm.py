"""Has somebody confirmed every fact that the program read in a document?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of
from mailer.remedies import Remedy, RemedyAct

WHY = _("The program may have read it wrongly, and every message tells it.")
SOURCE = sources.RULE


def check(draft: Draft) -> Findings:
    """Yield an error for each line of a document that is taken for facts, with its words."""
    seen = set()
    for fact in draft.campaign.to_confirm:
        table = fact.key.rpartition(".")[0]
        if (table, fact.words) in seen:
            continue
        seen.add((table, fact.words))
        yield error(
            place_of(draft.campaign, fact.key),
            what=_("Read in the document, and confirmed by nobody: “{words}”", words=fact.words),
            why=WHY,
            remedy=_("Compare it with what stands here, correct it if need be, then confirm it."),
            act=Remedy(RemedyAct.CONFIRM_FACTS, {"campaign": draft.campaign.slug}),
        )
