"""Does every link lead somewhere?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.links import links
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "link-without-target"

_NOWHERE = re.compile(r"\s*(?:#.*|https?://|mailto:|tel:|about:blank)?\s*")


def check(draft: Draft) -> Iterator[Finding]:
    """No link is empty, and none points into the mail itself."""
    for link in links(draft):
        if not link.is_fact and _NOWHERE.fullmatch(link.target):
            yield Finding(
                NAME,
                Severity.ERROR,
                link.place,
                _("The link “{text}” leads nowhere.", text=link.text),
                _("The reader clicks and nothing happens."),
                _("Give it its address, or remove the link."),
            )
