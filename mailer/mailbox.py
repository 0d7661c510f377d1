"""The mailbox where mail comes back, over IMAP: read, handed over, and only then marked.

Nothing is ever deleted. A mail is filed away when its facts are durable; one that a person
wrote stays where it is, unread.
"""

from __future__ import annotations

import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailer.errors import BackendMisconfigured, BackendUnavailable, ConfigError, Place, Problem
from mailer.model.inbox import Cursor, Filing, InboundMail
from mailer.model.secret import Secret
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from imapclient import IMAPClient

SIZE_BYTES = 1_000_000
"""More of a mail is not fetched: what a report says stands at its beginning."""
BATCH = 50
_MARK = b"MailerRead"
"""The keyword (RFC 3501 §2.3.2) of a mail whose facts are in the ledger."""
_CONNECT_S, _ANSWER_S = 15.0, 60.0


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`[feedback.imap]`: the mailbox where bounces arrive; without `host` it is not read.

    TLS from the first octet, the certificate always verified, against `ca_file` when given.
    Empty folder names leave mails where they are.
    """

    host: str = ""
    port: int = 993
    username: str = ""
    password: Secret | None = None
    folder: str = "INBOX"
    done_folder: str = "Mailer-lus"
    unknown_folder: str = "Mailer-inconnus"
    every_s: int = 300
    ca_file: Path | None = None

    def check(self) -> None:
        """Raises ConfigError with everything that is wrong."""
        problems = [
            _problem(key, _("This must be 1 or more."), _("Leave the key out for the usual value."))
            for key in ("port", "every_s")
            if getattr(self, key) < 1
        ]
        if self.host and self.folder in {self.done_folder, self.unknown_folder}:
            problems.append(
                _problem(
                    "done_folder",
                    _("Mails would be filed in the folder that is read."),
                    _("Name another folder, or write an empty name to leave mails where they are."),
                )
            )
        if problems:
            raise ConfigError(*problems)


def fetch(
    settings: ImapSettings,
    *,
    cursor_of: Callable[[str], Cursor | None],
    take_in: Callable[[Sequence[InboundMail], Cursor], Sequence[Filing]],
) -> Iterator[int]:
    """Hands over every new mail, in batches, oldest first; yields how many each batch had.

    `take_in` makes the facts of a batch durable together with the cursor, and says where
    each mail belongs; only then is it marked and filed. A line that breaks is opened anew as
    long as each session gets further. Raises as `open_mailbox`.
    """
    while True:
        count = 0
        try:
            for count in _session(settings, cursor_of, take_in):
                yield count
        except BackendUnavailable:
            if not count:
                raise
        else:
            return


def _session(
    settings: ImapSettings,
    cursor_of: Callable[[str], Cursor | None],
    take_in: Callable[[Sequence[InboundMail], Cursor], Sequence[Filing]],
) -> Iterator[int]:
    with open_mailbox(settings) as mailbox:
        cursor = cursor_of(mailbox.name)
        uids = mailbox.unread(cursor)
        known = cursor.uid if cursor and cursor.validity == mailbox.validity else 0
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            letters = list(mailbox.letters(batch))
            known = max(known, batch[-1])
            filings = take_in(letters, Cursor(mailbox.name, mailbox.validity, known))
            mailbox.file(list(zip(letters, filings, strict=True)))
            yield len(letters)


class ImapMailbox:
    """One session with one folder. `name` tells it apart in the ledger."""

    def __init__(self, settings: ImapSettings, client: IMAPClient) -> None:
        self._settings, self._client = settings, client
        self.name = f"{settings.username}@{settings.host}/{settings.folder}"
        chosen = client.select_folder(settings.folder)
        self.validity = int(chosen[b"UIDVALIDITY"])
        self._keeps_marks = b"\\*" in chosen.get(b"PERMANENTFLAGS", ())

    def unread(self, after: Cursor | None) -> list[int]:
        """The UIDs not yet read, oldest first; all of them when the server has numbered its
        mails anew. Also those read before that a crash kept from being marked: their facts
        are known, and reading them twice changes nothing.
        """
        is_same = after is not None and after.validity == self.validity
        last = after.uid if after is not None and is_same else 0
        # "n:*" always names at least the newest mail (RFC 3501 §6.4.8), hence the comparison.
        uids = [uid for uid in self._client.search(["UID", f"{last + 1}:*"]) if uid > last]
        if last and self._keeps_marks:
            uids += self._client.search(["UID", f"1:{last}", "UNKEYWORD", _MARK])
        return sorted(uids)

    def letters(self, uids: Sequence[int]) -> Iterator[InboundMail]:
        """Their octets, without marking them as seen."""
        fetched = self._client.fetch(uids, [f"BODY.PEEK[]<0.{SIZE_BYTES}>"])
        for uid in uids:
            raw = next(
                (value for key, value in fetched.get(uid, {}).items() if key.startswith(b"BODY[")),
                None,
            )
            if raw is not None:  # else somebody has taken it away meanwhile
                yield InboundMail(uid, raw)

    def file(self, letters: Sequence[tuple[InboundMail, Filing]]) -> None:
        """Marks and files what is durable. Doing it twice, or not at all, loses nothing."""
        if self._keeps_marks and letters:
            self._client.add_flags([letter.uid for letter, _filing in letters], [_MARK])
        for filing, folder in (
            (Filing.DONE, self._settings.done_folder),
            (Filing.UNKNOWN, self._settings.unknown_folder),
        ):
            uids = [letter.uid for letter, chosen in letters if chosen is filing]
            if uids and folder:
                self._move(uids, folder)

    def _move(self, uids: list[int], folder: str) -> None:
        """By MOVE (RFC 6851); a server without it keeps the originals."""
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
        else:
            self._client.copy(uids, folder)


@contextmanager
def open_mailbox(settings: ImapSettings) -> Iterator[ImapMailbox]:
    """A session, closed at the end.

    Raises BackendMisconfigured for a refused login, certificate or folder, and
    BackendUnavailable when the server cannot be reached or breaks off: a later try goes on
    from the cursor.
    """
    from imapclient import IMAPClient, SocketTimeout  # noqa: PLC0415 — 0.1 s that others save

    context = ssl.create_default_context(cafile=settings.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with _told(settings):
        client = IMAPClient(
            settings.host,
            settings.port,
            ssl_context=context,
            timeout=SocketTimeout(_CONNECT_S, _ANSWER_S),
        )
    try:
        with _told(settings):
            client.login(settings.username, settings.password.value if settings.password else "")
            yield ImapMailbox(settings, client)
    finally:
        with suppress(*_broken()):
            client.logout()


def _broken() -> tuple[type[Exception], ...]:
    from imapclient.exceptions import IMAPClientError  # noqa: PLC0415 — as above

    return (IMAPClientError, OSError)


@contextmanager
def _told(settings: ImapSettings) -> Iterator[None]:
    """The library's and the system's errors, as ours; the first class that fits."""
    from imapclient.exceptions import (  # noqa: PLC0415 — as above
        IMAPClientAbortError,
        IMAPClientError,
        LoginError,
    )

    check = _("Check the values under [feedback.imap].")
    try:
        yield
    except LoginError as error:
        what = _("The mailbox refuses our user name or password: {reply}.", reply=_words(error))
        raise BackendMisconfigured(Problem(_place(settings), what, check)) from error
    except ssl.SSLCertVerificationError as error:
        what = _(
            "The mailbox server's certificate cannot be trusted: {reason}.", reason=error.reason
        )
        remedy = _("Check host; for an authority of your own, name its file in ca_file.")
        raise BackendMisconfigured(Problem(_place(settings), what, remedy)) from error
    except (IMAPClientAbortError, OSError) as error:
        what = _("The mailbox cannot be reached: {reason}.", reason=_words(error))
        later = _("It is tried again later; nothing is lost.")
        raise BackendUnavailable(Problem(_place(settings), what, later)) from error
    except IMAPClientError as error:
        what = _("The mailbox server refuses what we ask: {reply}.", reply=_words(error))
        raise BackendMisconfigured(Problem(_place(settings), what, check)) from error


def _words(error: Exception) -> str:
    first: Any = error.args[0] if error.args else error
    text = first.decode(errors="replace") if isinstance(first, bytes) else str(error)
    return text.rstrip(".")[:300]


def _place(settings: ImapSettings) -> Place:
    return Place(f"{settings.host}:{settings.port}", key=settings.folder)


def _problem(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("config.toml", key=f"feedback.imap.{key}"), what, remedy)
