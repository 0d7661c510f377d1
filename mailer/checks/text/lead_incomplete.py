"""Does the lead say who does what, when and where?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.dates import mentions
from mailer.checks.reading.prose import BLANK, Passage, PassagePart, messages
from mailer.model.campaign import CampaignKind
from mailer.render.markdown.press_blocks.words import folded
from mailer.wording import Text

WHY = _("A desk reads the lead and decides: what is not in it did not happen.")
SOURCE = sources.STANDARD_OF_THE_DESK

_LEAD = re.compile(
    r"^[ \t]{0,3}#[ \t][^\n]*\n\s*(?P<lead>[^\s#>:-].+?)(?=\n[ \t]*\n|\Z)", re.MULTILINE | re.DOTALL
)
_WHEN = re.compile(r"\{\{[^{}]{0,200}\b(?:date|hours|time|weekday|end_time)\b")
_WHERE = re.compile(r"\{\{[^{}]{0,200}\b(?:place|venue|address)\b")
_WHO = re.compile(r"\{\{[^{}]{0,200}\b(?:office|partner|organisation|event\.name)\b")
_NAME = re.compile(rf"(?<![.!?…:]\s)(?<!^)(?<=[\s(«’'“{BLANK}])[A-ZÀ-ÖØ-Þ][\w’'-]+")
_KINDS = frozenset({CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE})


def check(draft: Draft) -> Findings:
    """Yield a note for the first paragraph of an invitation that leaves out who, when or where."""
    event = draft.campaign.event
    if event is None or draft.campaign.kind not in _KINDS or not draft.plan:
        return
    for passage in messages(draft):
        found = _LEAD.search(passage.source)
        is_first = passage.planned is draft.plan[0] and passage.part is PassagePart.TEXT
        if not is_first or found is None:
            continue
        missing = tuple(_missing(draft, passage, found["lead"]))
        if missing:
            yield note(
                passage.at(found.start("lead")),
                what=_("The lead does not say {missing}.", missing=missing),
                why=WHY,
                remedy=_("Say in the first sentence who does what, when and where."),
            )


def _missing(draft: Draft, passage: Passage, lead: str) -> Iterator[Text]:
    event = draft.campaign.event
    assert event
    if not (_WHO.search(lead) or _NAME.search(lead)):
        yield _("who")
    if not (_WHEN.search(lead) or any(mentions(lead, passage.language))):
        yield _("when")
    places = (event.venue, event.address, draft.campaign.place)
    words = {word for place in places for word in folded(place).split() if len(word) > 3}
    if not (_WHERE.search(lead) or words & set(re.findall(r"\w+", folded(lead)))):
        yield _("where")
