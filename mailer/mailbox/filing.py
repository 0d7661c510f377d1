"""Marks and moves mails whose events are stored. What the server refuses never stops the reading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mailer.mailbox.folders import create_folder, find_folder
from mailer.model.feedback.inbox import Filing, FilingTrouble
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from imapclient import IMAPClient

STORED_KEYWORD = b"MailerRead"
"""Keyword (RFC 3501 §2.3.2) of a mail whose events are in the ledger."""
_MAX_SET_LENGTH = 4_000
"""Servers take command lines of at least 8,000 octets (RFC 7162 §4)."""


class MailFiler:
    """Files the mails of one session, many with one command: each takes a server seconds.

    A refusal is reported to `on_trouble` and not tried again in this session.
    """

    def __init__(
        self,
        client: IMAPClient,
        *,
        mailbox: str,
        folders: Mapping[Filing, str],
        keeps_keywords: bool,
        on_trouble: Callable[[FilingTrouble], None],
    ) -> None:
        self._client, self._mailbox = client, mailbox
        self._folders = folders
        self._keeps_keywords = keeps_keywords
        self._on_trouble = on_trouble
        self._given_up: set[str] = set()
        self._names: dict[str, str] = {}

    @property
    def is_refused(self) -> bool:
        """Return whether the server refuses to mark mails, so that they stay unmarked."""
        return "" in self._given_up

    def file(self, mails: Sequence[tuple[int, Filing]]) -> None:
        """Move the mails to their folders, and mark those that stay. Repeating or skipping this
        loses nothing.
        """
        is_moved = self._client.has_capability("MOVE")
        staying = [uid for uid, filing in mails if not (is_moved and self._folders.get(filing))]
        # A copied mail stays, and is marked first: otherwise a crash in between would copy it again.
        self._mark(staying)
        for filing, folder in self._folders.items():
            uids = [uid for uid, chosen in mails if chosen is filing]
            if uids and folder and not self._move(uids, folder) and is_moved:
                self._mark(uids)

    def _mark(self, uids: Sequence[int]) -> None:
        if uids and self._keeps_keywords:
            self._ask("", lambda: self._for_each_set(uids, self._add_keyword))

    def _add_keyword(self, uid_set: str) -> None:
        self._client.add_flags(uid_set, [STORED_KEYWORD], silent=True)

    def _move(self, uids: Sequence[int], folder: str) -> bool:
        """Move mails with MOVE (RFC 6851); on a server without it, copy them and keep the originals.

        Returns whether that was done.
        """

        def move() -> None:
            name = self._name(folder)
            take = self._client.move if self._client.has_capability("MOVE") else self._client.copy
            self._for_each_set(uids, lambda uid_set: take(uid_set, name))

        return self._ask(folder, move)

    def _name(self, folder: str) -> str:
        if folder not in self._names:
            found = find_folder(self._client, folder)
            self._names[folder] = found or create_folder(self._client, folder)
        return self._names[folder]

    def _for_each_set(self, uids: Sequence[int], act: Callable[[str], object]) -> None:
        for uid_set in uid_sets(uids):
            act(uid_set)

    def _ask(self, folder: str, act: Callable[[], None]) -> bool:
        """Do something that the server may refuse; returns whether it did not.

        The library raises what Python does for an answer that it cannot read.
        """
        from imapclient.exceptions import (  # noqa: PLC0415 - saves the other commands 0.1 s
            IMAPClientAbortError,
            IMAPClientError,
        )

        if folder in self._given_up:
            return False
        try:
            act()
        except IMAPClientAbortError:
            raise
        except (IMAPClientError, AttributeError, LookupError, TypeError, ValueError) as error:
            self._given_up.add(folder)
            self._on_trouble(FilingTrouble(self._mailbox, folder, _refused(folder, error)))
            return False
        return True


def uid_sets(uids: Sequence[int]) -> Iterator[str]:
    """Yield the numbers as sets of ranges (`1:50,52`), each short enough for a command line."""
    parts: list[str] = []
    length = 0
    for part in _ranges(sorted(set(uids))):
        if parts and length + len(part) >= _MAX_SET_LENGTH:
            yield ",".join(parts)
            parts, length = [], 0
        parts.append(part)
        length += len(part) + 1
    if parts:
        yield ",".join(parts)


def _ranges(uids: Sequence[int]) -> Iterator[str]:
    for _step, group in groupby(enumerate(uids), key=lambda each: each[1] - each[0]):
        run = [uid for _at, uid in group]
        yield f"{run[0]}:{run[-1]}" if len(run) > 1 else str(run[0])


def _refused(folder: str, error: Exception) -> Text:
    reply = str(error).rstrip(".")[:300]
    if not folder:
        return _("Read mails cannot be marked: {reply}", reply=reply)
    return _(
        "Read mails cannot be moved to the folder “{folder}”: {reply}", folder=folder, reply=reply
    )
