"""Does every link have a text that is not a URL?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.links import links

_URL = re.compile(r"(?i)(?:https?://|www\.)\S+")

WHY = _("Read aloud it is gibberish, and filters suspect addresses shown as text.")
SOURCE = sources.LINK_PURPOSE


def check(draft: Draft) -> Findings:
    """Yield a warning for each link whose text is a URL. The plain text shows the URL anyway.

    A URL that the author wrote out in a sentence is left as it is.
    """
    for link in links(draft):
        if not link.is_written_out and _URL.fullmatch(link.text.strip()):
            yield warning(
                link.place,
                what=_("The link shows a bare address: {text}", text=link.text),
                why=WHY,
                remedy=_("Name what is there: “press room of the academy”."),
            )
