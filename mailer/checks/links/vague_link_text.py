"""Do the words of a link say where it leads?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.links import links
from mailer.checks.reading.phrases import in_any_language

_VAGUE = re.compile(in_any_language(lambda phrases: phrases.vague_link))

WHY = _("Screen readers list links alone, and readers in a hurry read nothing else.")
SOURCE = sources.LINK_PURPOSE


def check(draft: Draft) -> Findings:
    """Yield a warning for link texts like “click here”, which say nothing when read alone."""
    for link in links(draft):
        if _VAGUE.fullmatch(link.text.strip(" \u00a0.:!…>→")):
            yield warning(
                link.place,
                what=_("The link “{text}” does not say where it leads.", text=link.text),
                why=WHY,
                remedy=_(
                    "Put the link on the words that name its target: “the programme of the day”."
                ),
            )
