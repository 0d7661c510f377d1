"""Do the words of a link say where it leads?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.links import links
from mailer.checks.reading.phrases import in_any_language
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "vague-link-text"

_VAGUE = re.compile(in_any_language(lambda phrases: phrases.vague_link))


def check(draft: Draft) -> Iterator[Finding]:
    """“Click here” says nothing to whoever hears the links of a mail read out alone."""
    for link in links(draft):
        if _VAGUE.fullmatch(link.text.strip(" \u00a0.:!…>→")):
            yield Finding(
                NAME,
                Severity.WARNING,
                link.place,
                _("The link “{text}” does not say where it leads.", text=link.text),
                _("Screen readers list links alone, and readers in a hurry read nothing else."),
                _("Put the link on the words that name its target: “the programme of the day”."),
            )
