"""Are ordinals abbreviated as French abbreviates them?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.prose import passages
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "ordinal-suffix"

WRONG = re.compile(r"\b(?P<number>\d+|[IVXLC]+)(?P<suffix>[èe]mes?|[èe]res?|i[èe]mes?|i[èe]res?)\b")


def check(draft: Draft) -> Iterator[Finding]:
    """7e and 1re, never 7ème nor 1ère (Lexique de l’Imprimerie nationale, “Abréviations”)."""
    for passage in passages(draft):
        if passage.language != "fr":
            continue
        for found in WRONG.finditer(passage.text):
            suffix = "re" if "r" in found["suffix"] else "e"
            plural = "s" if found["suffix"].endswith("s") else ""
            yield Finding(
                NAME,
                Severity.NOTE,
                passage.at(found.start()),
                _("“{words}” is not how French abbreviates an ordinal.", words=found[0]),
                _("Careful readers notice, and newsrooms have careful readers."),
                _("Write {right}.", right=f"{found['number']}{suffix}{plural}"),
            )
