"""Are ordinals abbreviated as the language of the text abbreviates them?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.prose import passages
from mailer.languages import language_of
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "ordinal-suffix"


def check(draft: Draft) -> Iterator[Finding]:
    """French has 7e and 1re, never 7ème nor 1ère."""
    for passage in passages(draft):
        typography = language_of(passage.language).typography
        if typography is None or typography.ordinals is None:
            continue
        ordinals = typography.ordinals
        for found in re.finditer(ordinals.wrong, passage.text):
            yield Finding(
                NAME,
                Severity.NOTE,
                passage.at(found.start()),
                _("“{words}” is not how this language abbreviates an ordinal.", words=found[0]),
                _("Careful readers notice, and newsrooms have careful readers."),
                _("Write {right}.", right=ordinals.right(found[0])),
            )
