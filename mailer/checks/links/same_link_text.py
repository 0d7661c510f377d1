"""Do the same words always lead to the same place?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.links import links
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "same-link-text"


def check(draft: Draft) -> Iterator[Finding]:
    """Within one file, one wording has one target."""
    targets: dict[tuple[str, str], str] = {}
    for link in links(draft):
        words = " ".join(link.text.casefold().split())
        first = targets.setdefault((link.place.file, words), link.target)
        if words and first != link.target:
            yield Finding(
                NAME,
                Severity.WARNING,
                link.place,
                _("Two links read “{text}” and lead to different places.", text=link.text),
                _("Listed by a screen reader, they cannot be told apart."),
                _("Word them differently: name the institution, for instance."),
            )
