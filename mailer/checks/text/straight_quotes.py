"""Are quotations in the quotation marks of their language?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.prose import passages
from mailer.languages import language_of
from mailer.model.finding import Finding, Severity
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "straight-quotes"

QUOTED = re.compile(r'"[^"\n]+"')


def check(draft: Draft) -> Iterator[Finding]:
    """French prose uses « », with no-break spaces inside. One finding for each text."""
    for passage in passages(draft):
        typography = language_of(passage.language).typography
        if typography is None or not typography.quotes:
            continue
        found = list(QUOTED.finditer(passage.text))
        if not found:
            continue
        yield Finding(
            NAME,
            Severity.NOTE,
            passage.at(found[0].start()),
            _n(
                "{count} quotation stands between straight quotes: {first}",
                "{count} quotations stand between straight quotes; the first: {first}",
                count=len(found),
                first=found[0][0],
            ),
            _("Straight quotes are a typewriter’s; they make a text look careless."),
            _("Write {quotes} with a no-break space inside.", quotes=typography.quotes),
        )
