"""Reads the bounce mailbox over IMAP; a mail is marked only after its events are stored.

Nothing is ever deleted. A mail is moved to a folder once its events are durable; a mail written by
a person stays where it is, unread.
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
"""Fetch no more than this of a mail: the facts of a report are at its beginning."""
BATCH_SIZE = 50
_STORED_KEYWORD = b"MailerRead"
"""Keyword (RFC 3501 §2.3.2) of a mail whose events are in the ledger."""
_CONNECT_TIMEOUT_S, _READ_TIMEOUT_S = 15.0, 60.0


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`[feedback.imap]`: the mailbox where bounces arrive; it is not read unless `host` is set.

    TLS from the first octet. The certificate is always verified, against `ca_file` if given. Empty
    folder names leave mails where they are.
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
        """Raise ConfigError with everything that is wrong."""
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
    store: Callable[[Sequence[InboundMail], Cursor], Sequence[Filing]],
) -> Iterator[int]:
    """Fetch all new mails in batches, oldest first; yields the size of each batch.

    `store` stores the events of a batch together with the cursor and returns where to file each
    mail; only then are the mails marked and moved. After a lost connection it reconnects, as long
    as each session makes progress. Raises the same errors as `open_mailbox`.
    """
    while True:
        count = 0
        try:
            for count in _session(settings, cursor_of, store):
                yield count
        except BackendUnavailable:
            if not count:
                raise
        else:
            return


def _session(
    settings: ImapSettings,
    cursor_of: Callable[[str], Cursor | None],
    store: Callable[[Sequence[InboundMail], Cursor], Sequence[Filing]],
) -> Iterator[int]:
    with open_mailbox(settings) as mailbox:
        cursor = cursor_of(mailbox.name)
        uids = mailbox.unread(cursor)
        known = cursor.uid if cursor and cursor.validity == mailbox.validity else 0
        for start in range(0, len(uids), BATCH_SIZE):
            batch = uids[start : start + BATCH_SIZE]
            mails = list(mailbox.mails(batch))
            known = max(known, batch[-1])
            filings = store(mails, Cursor(mailbox.name, mailbox.validity, known))
            mailbox.file(list(zip(mails, filings, strict=True)))
            yield len(mails)


class ImapMailbox:
    """One session with one folder. `name` identifies the folder in the ledger."""

    def __init__(self, settings: ImapSettings, client: IMAPClient) -> None:
        self._settings, self._client = settings, client
        self.name = f"{settings.username}@{settings.host}/{settings.folder}"
        chosen = client.select_folder(settings.folder)
        self.validity = int(chosen[b"UIDVALIDITY"])
        self._keeps_keywords = b"\\*" in chosen.get(b"PERMANENTFLAGS", ())

    def unread(self, after: Cursor | None) -> list[int]:
        """Return the UIDs not read yet, oldest first; all UIDs if UIDVALIDITY has changed.

        Mails that were read but not marked before a crash are included: their events are already
        stored, and reading them again changes nothing.
        """
        is_same = after is not None and after.validity == self.validity
        last = after.uid if after is not None and is_same else 0
        # "n:*" always names at least the newest mail (RFC 3501 §6.4.8), hence the comparison.
        uids = [uid for uid in self._client.search(["UID", f"{last + 1}:*"]) if uid > last]
        if last and self._keeps_keywords:
            uids += self._client.search(["UID", f"1:{last}", "UNKEYWORD", _STORED_KEYWORD])
        return sorted(uids)

    def mails(self, uids: Sequence[int]) -> Iterator[InboundMail]:
        """Yield the mails with their octets, without setting the Seen flag."""
        fetched = self._client.fetch(uids, [f"BODY.PEEK[]<0.{SIZE_BYTES}>"])
        for uid in uids:
            raw = next(
                (value for key, value in fetched.get(uid, {}).items() if key.startswith(b"BODY[")),
                None,
            )
            if raw is not None:  # otherwise it was removed in the meantime
                yield InboundMail(uid, raw)

    def file(self, mails: Sequence[tuple[InboundMail, Filing]]) -> None:
        """Mark the mails and move them to their folders. Repeating or
        skipping this loses nothing.
        """
        if self._keeps_keywords and mails:
            self._client.add_flags([mail.uid for mail, _filing in mails], [_STORED_KEYWORD])
        for filing, folder in (
            (Filing.DONE, self._settings.done_folder),
            (Filing.UNKNOWN, self._settings.unknown_folder),
        ):
            uids = [mail.uid for mail, chosen in mails if chosen is filing]
            if uids and folder:
                self._move(uids, folder)

    def _move(self, uids: list[int], folder: str) -> None:
        """Move mails with MOVE (RFC 6851); on a server without it, copy them
        and keep the originals.
        """
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
        else:
            self._client.copy(uids, folder)


@contextmanager
def open_mailbox(settings: ImapSettings) -> Iterator[ImapMailbox]:
    """Open a session, and log out at the end of the block.

    Raises BackendMisconfigured for a refused login, certificate or folder, and
    BackendUnavailable when the server cannot be reached or drops the connection: a later attempt
    continues from the cursor.
    """
    from imapclient import IMAPClient, SocketTimeout  # noqa: PLC0415 — saves the other commands 0.1 s

    context = ssl.create_default_context(cafile=settings.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with _translated_errors(settings):
        client = IMAPClient(
            settings.host,
            settings.port,
            ssl_context=context,
            timeout=SocketTimeout(_CONNECT_TIMEOUT_S, _READ_TIMEOUT_S),
        )
    try:
        with _translated_errors(settings):
            client.login(settings.username, settings.password.value if settings.password else "")
            yield ImapMailbox(settings, client)
    finally:
        with suppress(*_library_errors()):
            client.logout()


def _library_errors() -> tuple[type[Exception], ...]:
    from imapclient.exceptions import IMAPClientError  # noqa: PLC0415 — as above

    return (IMAPClientError, OSError)


@contextmanager
def _translated_errors(settings: ImapSettings) -> Iterator[None]:
    """Translate errors of the library and the system into ours; the first
    matching class decides.
    """
    from imapclient.exceptions import (  # noqa: PLC0415 — as above
        IMAPClientAbortError,
        IMAPClientError,
        LoginError,
    )

    check = _("Check the values under [feedback.imap].")
    try:
        yield
    except LoginError as error:
        what = _(
            "The mailbox refuses our user name or password: {reply}.", reply=_error_text(error)
        )
        raise BackendMisconfigured(Problem(_place(settings), what, check)) from error
    except ssl.SSLCertVerificationError as error:
        what = _(
            "The mailbox server's certificate cannot be trusted: {reason}.", reason=error.reason
        )
        remedy = _("Check host; for an authority of your own, name its file in ca_file.")
        raise BackendMisconfigured(Problem(_place(settings), what, remedy)) from error
    except (IMAPClientAbortError, OSError) as error:
        what = _("The mailbox cannot be reached: {reason}.", reason=_error_text(error))
        later = _("It is tried again later; nothing is lost.")
        raise BackendUnavailable(Problem(_place(settings), what, later)) from error
    except IMAPClientError as error:
        what = _("The mailbox server refuses what we ask: {reply}.", reply=_error_text(error))
        raise BackendMisconfigured(Problem(_place(settings), what, check)) from error


def _error_text(error: Exception) -> str:
    first: Any = error.args[0] if error.args else error
    text = first.decode(errors="replace") if isinstance(first, bytes) else str(error)
    return text.rstrip(".")[:300]


def _place(settings: ImapSettings) -> Place:
    return Place(f"{settings.host}:{settings.port}", key=settings.folder)


def _problem(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("config.toml", key=f"feedback.imap.{key}"), what, remedy)
