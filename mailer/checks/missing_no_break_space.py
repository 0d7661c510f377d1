"""Do the tall punctuation marks keep their no-break space?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.prose import passages
from mailer.model.finding import Finding, Severity
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "missing-no-break-space"

# A letter or a plain space right before the mark, or a guillemet without its space. Not
# the colon of 9:30, nor a mark inside a word, nor Markdown's own signs.
_WRONG = re.compile(
    r"(?<=[^\W\d_])[;!?](?=\s|\Z)|(?<=[^\W\d_]):(?=\s)|(?<=\S) [;:!?](?=\s|\Z)|«(?:[^\u00a0\u202f\s]| )|[^\u00a0\u202f\s]»|(?<=\S) »"
)


def check(draft: Draft) -> Iterator[Finding]:
    """French puts a no-break space before ; : ! ? » and after «; told once for each text."""
    for passage in passages(draft):
        if passage.language != "fr":
            continue
        found = list(_WRONG.finditer(passage.text))
        if not found:
            continue
        yield Finding(
            NAME,
            Severity.NOTE,
            passage.at(found[0].start()),
            _n(
                "{count} sign of punctuation has no no-break space.",
                "{count} signs of punctuation have no no-break space.",
                count=len(found),
            ),
            _("On a narrow screen the sign slips to the beginning of the next line."),
            _("Put a no-break space before ; : ! ? » and after «."),
        )
