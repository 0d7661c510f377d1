"""Acts with which a person solves a problem; each interface shows them in its own way.

A sentence says what to do in words; the remedy beside it names the act and its values. The
command line prints the command for it, a page draws a link.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class RemedyAct(StrEnum):
    """The acts that a remedy can name."""

    NEW_CAMPAIGN = "new-campaign"
    AMEND = "amend"
    """Tell people of a launched campaign what has changed."""
    CONFIRM_LAUNCH = "confirm-launch"
    REHEARSE = "rehearse"
    APPROVE = "approve"
    LAUNCH_AGAIN = "launch-again"
    SEE_STATUS = "see-status"
    SEE_PROPOSALS = "see-proposals"
    SEE_REPLIES = "see-replies"
    RUN_SERVICE = "run-service"
    PAUSE = "pause"
    RESUME = "resume"
    RESUME_BY = "resume-by"
    RESOLVE_CAMPAIGN = "resolve-campaign"
    RESOLVE_STEP = "resolve-step"
    IMPORT_CONTACTS = "import-contacts"
    CHOOSE_ENCODING = "choose-encoding"
    SEE_DIRECTORY = "see-directory"
    CORRECT_ADDRESS = "correct-address"
    SUPPRESS = "suppress"
    SEE_ACCREDITATIONS = "see-accreditations"
    CONFIRM_ANSWERS = "confirm-answers"
    CONFIRM_FACTS = "confirm-facts"
    NAME_ACTOR = "name-actor"
    RESTORE_BACKUP = "restore-backup"
    ADOPT_LEDGER = "adopt-ledger"
    MIGRATE_LEDGER = "migrate-ledger"
    CONFIRM_CLOCK = "confirm-clock"
    BEGIN_WORKSPACE = "begin-workspace"


@dataclass(frozen=True, slots=True)
class Remedy:
    """An act and what is known of it, as text: the campaign, the step, the list."""

    act: RemedyAct
    values: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.act)
