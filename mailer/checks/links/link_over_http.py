"""Is every link encrypted?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.links import links
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "link-over-http"


def check(draft: Draft) -> Iterator[Finding]:
    """Links to the web use https."""
    for link in links(draft):
        if link.target.casefold().startswith("http://") and len(link.target) > len("http://"):
            yield Finding(
                NAME,
                Severity.WARNING,
                link.place,
                _("The link “{text}” is not encrypted (http).", text=link.text),
                _("Browsers warn of such pages, and filters trust the mail less."),
                _("Write https, after checking that the page answers."),
            )
