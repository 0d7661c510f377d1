"""What the doctor asks about a workspace, and what it has found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable


class HealthVerdict(StrEnum):
    """How a question was answered, the worst first.

    `not-asked` means that nobody knows: a server did not answer, or it was not to be asked. It
    never holds anything up.
    """

    REFUSED = "refused"
    """Receivers would refuse the mail, or we cannot send it: a production launch is refused."""
    WRONG = "wrong"
    NOT_ASKED = "not-asked"
    NOTED = "noted"
    RIGHT = "right"


class Area(StrEnum):
    """The parts of the examination, in the order in which they are shown."""

    SENDER = "sender"
    TRANSPORT = "transport"
    SECRETS = "secrets"
    MACHINE = "machine"
    LEDGER = "ledger"
    SERVICE = "service"


AREA_NAMES = {
    Area.SENDER: _("What receivers see of the sender"),
    Area.TRANSPORT: _("How mail leaves and comes back"),
    Area.SECRETS: _("Secrets"),
    Area.MACHINE: _("This machine"),
    Area.LEDGER: _("The ledger"),
    Area.SERVICE: _("The service and the desk"),
}
VERDICT_NAMES = {
    HealthVerdict.RIGHT: _("right"),
    HealthVerdict.NOTED: _("noted"),
    HealthVerdict.NOT_ASKED: _("could not be asked"),
    HealthVerdict.WRONG: _("to correct"),
    HealthVerdict.REFUSED: _("holds up a launch"),
}
NOTHING_TO_DO = _("Nothing to do.")
ASK_AGAIN = _("Ask again later; nothing waits for it.")

EXIT_WRONG, EXIT_TRANSPORT, EXIT_CONFIGURATION = 1, 69, 78


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One answer: what was asked, what was found, why it matters, and what to do about it.

    `exit_code` is what this answer makes of the command's exit code.
    """

    question: Question
    verdict: HealthVerdict
    found: Text
    remedy: Text = NOTHING_TO_DO
    exit_code: int = 0

    @property
    def is_wrong(self) -> bool:
        return self.verdict in {HealthVerdict.WRONG, HealthVerdict.REFUSED}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the doctor: its kebab-case name, its words, and why the answer matters."""

    name: str
    area: Area
    what: Text
    why: Text

    def right(self, found: Text) -> HealthLine:
        return HealthLine(self, HealthVerdict.RIGHT, found)

    def noted(self, found: Text, remedy: Text = NOTHING_TO_DO) -> HealthLine:
        return HealthLine(self, HealthVerdict.NOTED, found, remedy)

    def not_asked(self, found: Text, remedy: Text = ASK_AGAIN) -> HealthLine:
        return HealthLine(self, HealthVerdict.NOT_ASKED, found, remedy)

    def wrong(self, found: Text, remedy: Text, *, exit_code: int = EXIT_WRONG) -> HealthLine:
        return HealthLine(self, HealthVerdict.WRONG, found, remedy, exit_code)

    def refused(self, found: Text, remedy: Text, *, exit_code: int = EXIT_WRONG) -> HealthLine:
        """Return an answer that holds up a production launch."""
        return HealthLine(self, HealthVerdict.REFUSED, found, remedy, exit_code)


def exit_code_of(lines: Iterable[HealthLine]) -> int:
    """Return 78 for the configuration, 69 for a server that refuses us, 1 for the rest, or 0."""
    return max((line.exit_code for line in lines), default=0)
