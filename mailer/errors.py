"""What can go wrong, and who must act.

MailerError
├── ContentError           the author: a campaign, a template, a contact file
├── ConfigError            the administrator: config.toml, a secret, a path
├── RuleError              the person who asked: a rule forbids it (not signed off, wrong count …)
│   └── ProofNeeded        the person who asked: type the password again, then the act is done
├── LedgerError            the administrator: the ledger cannot be read or written
│   └── LedgerReplaced     this program, which must end and start again
├── BackendMisconfigured   the administrator: refused credentials, refused sender, bad certificate
├── BackendUnavailable     nobody: the machine tries again later; nothing was sent
├── Busy                   nobody: this machine had no processor time; a later try is safe
└── UnexpectedFailure      the maintainers: an exception that nobody foresaw; it is tried again

Expected results are values, not errors: a refused recipient is an `Outcome`. `Unreadable` is
not a `MailerError`: the parser of one value raises it, and the parser of the file turns it into
a `Problem` with its place.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar
from unicodedata import category, normalize

from mailer.wording import Quoted, Text, _, _n, to_administrator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.remedies import Remedy


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file. `line` and `column` count from 1; 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0
    key: str = ""

    def __str__(self) -> str:
        position = "".join(f":{number}" for number in (self.line, self.column) if number)
        key = f", {self.key}" if self.key else ""
        return f"{self.file}{position}{key}".removeprefix(", ")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: where it is, what is wrong, and what to do about it.

    `act` is the act that the remedy asks for, if the command line or a page can offer it.
    """

    where: Place
    what: Text
    remedy: Text
    act: Remedy | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n  {self.remedy}"

    @property
    def in_short(self) -> str:
        """The reply of a server or the error of the system (the value `reply` or `reason`) if there
        is one; otherwise our own sentence.
        """
        values = self.what.values
        return str(values.get("reply") or values.get("reason") or self.what)


def nearest(name: str, known: Iterable[str]) -> Text:
    """Return the remedy for an unknown name: the closest known name, or a list of all of them."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only where something is wrong

    names = sorted(known)
    if close := get_close_matches(name, names, n=1):
        if _visible(close[0]) == _visible(name):
            return _("Type “{name}” again: it has a character that cannot be seen.", name=close[0])
        return _("Did you mean “{name}”?", name=close[0])
    return _("Use one of: {names}.", names=", ".join(names))


_REASONS = {
    errno.ENOENT: _("there is no such file or folder"),
    errno.EACCES: _("permission denied"),
    errno.EPERM: _("permission denied"),
    errno.EISDIR: _("it is a folder"),
    errno.ENOTDIR: _("a part of the path is no folder"),
    errno.EEXIST: _("there is something of this name already"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.EILSEQ: _("this file system does not take the name"),
    errno.EINVAL: _("this file system does not take the name"),
    errno.ELOOP: _("the link leads back to itself"),
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("your share of the disk is full"),
    errno.EROFS: _("the disk is read-only"),
    errno.EIO: _("the disk has a fault"),
    errno.EBUSY: _("another program is using it"),
    errno.ETXTBSY: _("another program is using it"),
    errno.EMFILE: _("too many files are open"),
    errno.ENFILE: _("too many files are open"),
    errno.EADDRINUSE: _("another program uses this port"),
    errno.EADDRNOTAVAIL: _("this machine does not have the address"),
    errno.ENOEXEC: _("it is no program for this machine"),
}


def reason_of(error: OSError) -> Text:
    """Return what the operating system refuses, in words; its own where we have none."""
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or Text("{reason}", {"reason": Quoted(error.strerror or str(error))})


def _visible(name: str) -> str:
    """Return a name as it looks: composed, with plain blanks, without invisible characters."""
    composed = normalize("NFKC", name)
    return "".join(letter for letter in composed if category(letter) not in {"Cf", "Cc"})


MAX_PROBLEMS = 50
"""How many problems of one file are shown at most."""


def first_of_each_file(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, at most MAX_PROBLEMS of a file.

    When more are left out, one further problem says how many.
    """
    ordered = sorted(problems, key=lambda problem: (problem.where.file, problem.where.line))
    kept: list[Problem] = []
    for file, group in groupby(ordered, key=lambda problem: problem.where.file):
        of_file = list(group)
        kept += of_file[:MAX_PROBLEMS]
        if count := len(of_file[MAX_PROBLEMS:]):
            what = _n(
                "The file has {count} more problem.",
                "The file has {count} more problems.",
                count=count,
            )
            kept.append(Problem(Place(file), what, _("Correct those above, then check again.")))
    return kept


class MailerError(Exception):
    """An error with all problems found at once, and the exit code of the process."""

    exit_code: ClassVar[int] = 70

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class Unreadable(ValueError):
    """A text that cannot be parsed; `reason` is a whole sentence for its author."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


class ContentError(MailerError):
    """The author must act: a file has content that cannot be used."""

    exit_code = 65


class _AdministratorError(MailerError):
    """The administrator must act: a page that shows such a problem says so."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(replace(it, remedy=to_administrator(it.remedy)) for it in problems))


class ConfigError(_AdministratorError):
    """The administrator must act: the configuration or a secret."""

    exit_code = 78


class RuleError(MailerError):
    """A rule forbids it: no sign-off, wrong number of recipients, production switched off."""

    exit_code = 77


class ProofNeeded(RuleError):
    """The act asks for the password again, because it was typed too long ago."""


class LedgerError(MailerError):
    """The ledger cannot be read or written; nothing may be sent meanwhile."""

    exit_code = 74


class LedgerReplaced(LedgerError):
    """Another file is in the ledger's place than the one this program has open.

    Nothing that it writes would be kept. A door that stays open ends, with this error.
    """


class BackendMisconfigured(_AdministratorError):
    """The relay or provider refuses our account or sender; trying again would not help."""

    exit_code = 69


class BackendUnavailable(MailerError):
    """The relay or provider cannot be reached now. Nothing was sent, and a later try is safe;
    `retry_after_s` is the delay in seconds that it asked for, if any.
    """

    exit_code = 75

    def __init__(self, *problems: Problem, retry_after_s: float | None = None) -> None:
        super().__init__(*problems)
        self.retry_after_s = retry_after_s


class Busy(MailerError):
    """This machine had no processor time for the work. The work itself is not at fault: a later
    try is safe.
    """

    exit_code = 75


class UnexpectedFailure(MailerError):
    """An exception that nobody foresaw: a fault of the program or of a library, or an answer
    outside every protocol. What failed is tried again, and the rest goes on.
    """


_MAX_REASON_LENGTH = 200


UNFORESEEN = _("Something unexpected happened: {reason}.").sentence
"""What stands in the place of a sentence that somebody wrote for the failure."""


def unexpected(error: BaseException, *, doing: str) -> UnexpectedFailure:
    """Describe an exception that nobody foresaw: its type, its words, and the line that raised it.

    `doing` says in one word what failed.
    """
    words = " ".join(str(error).split())[:_MAX_REASON_LENGTH]
    reason = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return UnexpectedFailure(
        Problem(
            Place(doing, key=_line_of(error)),
            Text(UNFORESEEN, {"reason": Quoted(reason)}),
            _("It is tried again, and the rest goes on. Send this line to the maintainers."),
        )
    )


def _line_of(error: BaseException) -> str:
    """Return where an exception was raised, as `mailbox.py:120`; "" when that is not known."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
