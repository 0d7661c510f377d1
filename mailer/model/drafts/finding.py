"""Findings: the results of checks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.errors import Place
    from mailer.model.drafts.accepted_finding import AcceptedFinding
    from mailer.model.drafts.fix import Fix
    from mailer.remedies import Remedy
    from mailer.wording import Text


class Severity(StrEnum):
    """ERROR blocks a launch; a WARNING needs a look; a NOTE is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: where, what, why it matters, and what to do.

    `act` is the act that the remedy asks for, where an interface can offer it. `line` is the line
    of the text that it is about, as its author wrote it.
    """

    check: str
    severity: Severity
    where: Place
    what: Text
    why: Text
    remedy: Text
    act: Remedy | None = None
    fix: Fix | None = None
    """How the file is corrected, where one correction is certainly right."""
    line: str = ""
    accepted: AcceptedFinding | None = None

    @property
    def id(self) -> str:
        """A short name of this finding: of its check, its file and the words it is about.

        It stays the same when the line moves, and becomes another one when the words change.
        """
        file = self.where.file.rpartition("/")[2]
        parts = (self.check, file, self.where.key, str(self.what), self.line)
        return sha256("\0".join(parts).encode()).hexdigest()[:8]

    @property
    def blocks(self) -> bool:
        """Whether it keeps the campaign from being signed off and launched."""
        return self.severity is Severity.ERROR
