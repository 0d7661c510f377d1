"""Is a link more than a bare address?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.links import links
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "link-text-is-url"

_URL = re.compile(r"(?i)(?:https?://|www\.)\S+")


def check(draft: Draft) -> Iterator[Finding]:
    """A link is named by words; the plain-text version shows its address anyway."""
    for link in links(draft):
        if _URL.fullmatch(link.text.strip()):
            yield Finding(
                NAME,
                Severity.WARNING,
                link.place,
                _("The link shows a bare address: {text}", text=link.text),
                _("Read aloud it is gibberish, and filters suspect addresses shown as text."),
                _("Name what is there: “press room of the academy”."),
            )
