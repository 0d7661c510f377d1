"""How much of subject and first words a list of mails shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTHS = (40, 60, 80)
"""In characters: a narrow, a usual and a wide list."""


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A mail in a list: what is seen of its subject and of its first words."""

    where: Text
    subject: str
    snippet: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Client:
    """A program's list, in characters. `together` is for both in one line; else each has its own."""

    where: Text
    subject: int = 0
    snippet: int = 0
    together: int = 0


_CLIENTS = (
    _Client(_("Gmail in the browser: one line of about 100 characters for both"), together=100),
    _Client(
        _("Outlook for Windows: a line of about 50 characters for each"), subject=50, snippet=50
    ),
    _Client(
        _("Apple Mail on iPhone: a subject of about 38 characters, two lines of first words"),
        subject=38,
        snippet=90,
    ),
)
"""Assumed, for a window of usual size and the letters that the program comes with: each reader's
own window and letters decide."""


def inbox_lines(subject: str, snippet: str) -> tuple[InboxLine, ...]:
    """Return the mail as lists of three widths show it, and as three programs do."""
    return (*_by_width(subject), *(_by_client(each, subject, snippet) for each in _CLIENTS))


def _by_width(subject: str) -> Iterator[InboxLine]:
    for width in WIDTHS:
        where = _("A subject of {count} characters", count=width)
        yield InboxLine(where, cut(subject, width), "", len(subject) > width)


def _by_client(client: _Client, subject: str, snippet: str) -> InboxLine:
    width = client.together or client.subject
    shown = cut(subject, width)
    rest = client.snippet or max(client.together - len(shown) - len(" – "), 0)
    return InboxLine(client.where, shown, cut(snippet, rest), len(subject) > width)


def cut(text: str, width: int) -> str:
    """Return the text, or as much of it as has room before an ellipsis."""
    if len(text) <= width:
        return text
    return f"{text[: width - 1].rstrip()}…" if width > 1 else ""
