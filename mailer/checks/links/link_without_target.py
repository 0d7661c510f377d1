"""Does every link lead somewhere?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.blocks import sections_of
from mailer.checks.reading.texts.inlines import contents
from mailer.checks.reading.texts.links import links

NOWHERE = re.compile(r"\s*(?:#.*|https?://|mailto:|tel:|about:blank)?\s*")

WHY = _("The reader clicks and nothing happens.")
SOURCE = sources.MARKDOWN


def check(draft: Draft) -> Findings:
    """Yield an error for each link that is empty or points into the mail itself.

    Only a section in another language can be reached there.
    """
    sections = {anchor for content in contents(draft) for anchor in sections_of(content)}
    for link in links(draft):
        if not link.is_fact and link.target not in sections and NOWHERE.fullmatch(link.target):
            yield error(
                link.place,
                what=_("The link “{text}” leads nowhere.", text=link.text),
                why=WHY,
                remedy=_("Give it its address, or remove the link."),
            )
