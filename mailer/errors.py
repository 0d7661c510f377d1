"""What can go wrong, and who must act.

MailerError
├── ContentError           the author: a campaign, a template, a contact file
├── ConfigError            the administrator: config.toml, a secret, a path
├── RuleError              the person who asked: a rule forbids it (not signed off, wrong count …)
├── LedgerError            the administrator: the ledger cannot be read or written
├── BackendMisconfigured   the administrator: refused credentials, refused sender, bad certificate
├── BackendUnavailable     nobody: the machine tries again later; nothing was sent
└── Busy                   nobody: this machine had no processor time; a later try is safe

Expected results are values, not errors: a refused recipient is an `Outcome`. `Unreadable`
stands outside the tree: the reader of one word raises it, and the reader of the file around
that word turns it into a `Problem` with its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.remedies import Remedy
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `line` and `column` count from 1; 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0
    key: str = ""

    def __str__(self) -> str:
        position = "".join(f":{number}" for number in (self.line, self.column) if number)
        key = f", {self.key}" if self.key else ""
        return f"{self.file}{position}{key}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it.

    `act` is the act that the remedy asks for, where a door can offer it.
    """

    where: Place
    what: Text
    remedy: Text
    act: Remedy | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n  {self.remedy}"

    @property
    def in_short(self) -> str:
        """What a peer or the system said (the value `reply` or `reason`), for the records;
        our own sentence where it said nothing.
        """
        values = self.what.values
        return str(values.get("reply") or values.get("reason") or self.what)


def nearest(name: str, known: Iterable[str]) -> Text:
    """What to do about an unknown name: take the closest known one, or one of all of them."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only where something is wrong

    names = sorted(known)
    if close := get_close_matches(name, names, n=1):
        return _("Did you mean “{name}”?", name=close[0])
    return _("Use one of: {names}.", names=", ".join(names))


MOST_PROBLEMS = 50
"""More problems of one file than this are no help to its author."""


def first_of_each_file(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, at most MOST_PROBLEMS of a file.

    Where more are left out, one further problem says how many.
    """
    ordered = sorted(problems, key=lambda problem: (problem.where.file, problem.where.line))
    kept: list[Problem] = []
    for file, group in groupby(ordered, key=lambda problem: problem.where.file):
        of_file = list(group)
        kept += of_file[:MOST_PROBLEMS]
        if count := len(of_file[MOST_PROBLEMS:]):
            what = _n(
                "The file has {count} more problem.",
                "The file has {count} more problems.",
                count=count,
            )
            kept.append(Problem(Place(file), what, _("Correct those above, then check again.")))
    return kept


class MailerError(Exception):
    """A broken condition, with every problem found at once and the exit code it ends with."""

    exit_code: ClassVar[int] = 70

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class Unreadable(ValueError):
    """A text is not what it should be; `reason` is a whole sentence for its author."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


class ContentError(MailerError):
    """The author must act: a file says something we cannot use."""

    exit_code = 65


class ConfigError(MailerError):
    """The administrator must act: the configuration or a secret."""

    exit_code = 78


class RuleError(MailerError):
    """A rule of the house forbids it: no sign-off, wrong number, production switched off."""

    exit_code = 77


class LedgerError(MailerError):
    """The ledger cannot be read or written; nothing may be sent meanwhile."""

    exit_code = 74


class BackendMisconfigured(MailerError):
    """The peer refuses us altogether; trying again would not help."""

    exit_code = 69


class BackendUnavailable(MailerError):
    """The peer cannot be reached now. Nothing was sent; a later try is safe, after
    `retry_after_s` seconds where the peer has named them.
    """

    exit_code = 75

    def __init__(self, *problems: Problem, retry_after_s: float | None = None) -> None:
        super().__init__(*problems)
        self.retry_after_s = retry_after_s


class Busy(MailerError):
    """This machine had no processor time for the work, which is not at fault; try again."""

    exit_code = 75
