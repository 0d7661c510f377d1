"""Reads the bounce mailbox over IMAP; a mail is marked only after its events are stored.

Nothing is ever deleted. A mail is moved to a folder once its events are durable; a mail written by
a person stays where it is, unread. A mailbox that may only be read is read, and nothing is moved.
"""

from __future__ import annotations

import re
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailer.certificates import certificate_ends_at, certificate_fault
from mailer.errors import (
    BackendMisconfigured,
    BackendUnavailable,
    ConfigError,
    MailerError,
    Place,
    Problem,
)
from mailer.mailbox.filing import STORED_KEYWORD, MailFiler
from mailer.mailbox.folders import find_folder, normalized
from mailer.model.feedback.inbox import Cursor, Filing, FilingTrouble, InboundMail
from mailer.model.health.relay import Encryption, ServerSession
from mailer.model.team.secret import Secret
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from imapclient import IMAPClient

SIZE_BYTES = 1_000_000
"""Fetch no more than this of a mail: the facts of a report are at its beginning."""
BATCH_SIZE = 50
FILED_AT_ONCE = 2_000
"""A server takes seconds to mark or move mails in a large mailbox, whether one or thousands."""
_MAX_UID = 2**32 - 1
"""The largest number of a mail (RFC 3501 §2.3.1.1)."""
_REPR_OF_BYTES = re.compile(r"""\bb(["'])(.*?)\1""")
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


class _OutsideProtocolError(Exception):
    """The server has answered what no IMAP server may answer."""


def fetch(
    settings: ImapSettings,
    *,
    cursor_of: Callable[[str], Cursor | None],
    store: Callable[[Sequence[InboundMail], Cursor], Sequence[Filing]],
    on_trouble: Callable[[FilingTrouble], None] = lambda _trouble: None,
) -> Iterator[int]:
    """Fetch all new mails in batches, oldest first; yields the size of each batch.

    `store` stores the events of a batch together with the cursor and returns where to file each
    mail; only then are the mails marked and moved. What cannot be filed goes to `on_trouble`. After
    a lost connection it reconnects, as long as each session makes progress. Raises the same errors
    as `open_mailbox`.
    """
    while True:
        count = 0
        try:
            for count in _session(settings, cursor_of, store, on_trouble):
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
    on_trouble: Callable[[FilingTrouble], None],
) -> Iterator[int]:
    with open_mailbox(settings) as mailbox:
        cursor = cursor_of(mailbox.name)
        uids = mailbox.unread(cursor)
        known = cursor.uid if cursor and cursor.validity == mailbox.validity else 0
        filer = mailbox.filer(on_trouble)
        to_file: list[tuple[int, Filing]] = []
        withheld: list[int] = []
        for start in range(0, len(uids), BATCH_SIZE):
            batch = uids[start : start + BATCH_SIZE]
            if batch[-1] <= known and filer.is_refused:
                continue  # they were stored before, and are only read again to be filed
            mails = list(mailbox.mails(batch))
            withheld += mailbox.withheld(batch, mails)
            # Beyond a mail that is withheld nothing counts as read: it is asked for again.
            known = max(known, min([batch[-1], *(uid - 1 for uid in withheld)]))
            filings = store(mails, Cursor(mailbox.name, mailbox.validity, known))
            to_file += zip((mail.uid for mail in mails), filings, strict=True)
            if len(to_file) >= FILED_AT_ONCE:
                filer.file(to_file)
                to_file = []
            yield len(mails)
        filer.file(to_file)
    if withheld:
        raise _withheld_error(settings, withheld)


def _withheld_error(settings: ImapSettings, uids: Sequence[int]) -> BackendMisconfigured:
    """Return what is told when everything else is read and filed. Asking again at once is no help."""
    what = _n(
        "The mailbox server lists {count} mail and does not hand it over: number {first}.",
        "The mailbox server lists {count} mails and does not hand them over, first number {first}.",
        count=len(uids),
        first=uids[0],
    )
    look = _("Look at it with a mail program; if it is damaged, move it to another folder.")
    return BackendMisconfigured(Problem(_place(settings), what, look))


class ImapMailbox:
    """One session with one folder. `name` identifies the folder in the ledger."""

    def __init__(self, settings: ImapSettings, client: IMAPClient) -> None:
        self._settings, self._client = settings, client
        self.name = f"{settings.username}@{settings.host}/{settings.folder}"
        chosen = _select(client, settings.folder)
        if b"UIDVALIDITY" not in chosen:
            # Without it nothing says whether a number still means the same mail (RFC 3501 §2.3.1.1).
            raise _OutsideProtocolError("no UIDVALIDITY")
        self.validity = int(chosen[b"UIDVALIDITY"])
        self.is_writable = b"READ-ONLY" not in chosen
        self._keeps_keywords = self.is_writable and b"\\*" in chosen.get(b"PERMANENTFLAGS", ())

    @property
    def encryption(self) -> Encryption:
        """The encryption of the connection."""
        connected: Any = self._client.socket()
        return Encryption(connected.version() or "", certificate_ends_at(connected.getpeercert()))

    def filer(self, on_trouble: Callable[[FilingTrouble], None]) -> MailFiler:
        """Return what files the mails of this session; it reports a mailbox that may only be read."""
        folders = {
            Filing.DONE: self._settings.done_folder,
            Filing.UNKNOWN: self._settings.unknown_folder,
        }
        if not self.is_writable:
            if any(folders.values()):
                on_trouble(FilingTrouble(self.name, "", _("This mailbox may only be read")))
            folders = {}
        return MailFiler(
            self._client,
            mailbox=self.name,
            folders=folders,
            keeps_keywords=self._keeps_keywords,
            on_trouble=on_trouble,
        )

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
            uids += self._client.search(["UID", f"1:{last}", "UNKEYWORD", STORED_KEYWORD])
        known = {uid for uid in uids if 0 < uid <= _MAX_UID}
        if uids and not known:
            raise _OutsideProtocolError(f"SEARCH {uids[0]}")
        return sorted(known)

    def withheld(self, asked: Sequence[int], mails: Sequence[InboundMail]) -> list[int]:
        """Return those of the UIDs that were not handed over although they are still there."""
        missing = sorted(set(asked) - {mail.uid for mail in mails})
        if not missing:
            return []
        there = set(self._client.search(["UID", ",".join(map(str, missing))]))
        return [uid for uid in missing if uid in there]

    def mails(self, uids: Sequence[int]) -> Iterator[InboundMail]:
        """Yield the mails with their octets, without setting the Seen flag."""
        fetched = self._client.fetch(uids, [f"BODY.PEEK[]<0.{SIZE_BYTES}>"])
        for uid in uids:
            raw = next(
                (value for key, value in fetched.get(uid, {}).items() if key.startswith(b"BODY[")),
                None,
            )
            if raw is not None:  # otherwise it was removed in the meantime, or is withheld
                yield InboundMail(uid, raw)


def _select(client: IMAPClient, name: str) -> Any:
    """Select the folder, as it is written or as this server writes it."""
    from imapclient.exceptions import (  # noqa: PLC0415 — saves the other commands 0.1 s
        IMAPClientAbortError,
        IMAPClientError,
    )

    try:
        return _select_or_examine(client, normalized(name))
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        found = find_folder(client, name)
        if found in {None, normalized(name)}:
            raise
        return _select_or_examine(client, found)


def _select_or_examine(client: IMAPClient, folder: str) -> Any:
    """Select a folder, and where this account may not write, only examine it (RFC 3501 §6.3.2).

    Returns the answer, with `READ-ONLY` if nothing can be marked or moved.
    """
    from imapclient.exceptions import (  # noqa: PLC0415 — saves the other commands 0.1 s
        IMAPClientAbortError,
        IMAPClientError,
        IMAPClientReadOnlyError,
    )

    try:
        return client.select_folder(folder)
    except IMAPClientAbortError as error:
        if not isinstance(error, IMAPClientReadOnlyError):
            raise
        return {**client.select_folder(folder, readonly=True), b"READ-ONLY": True}
    except IMAPClientError:
        with suppress(IMAPClientError):
            return {**client.select_folder(folder, readonly=True), b"READ-ONLY": True}
        raise


@contextmanager
def open_mailbox(settings: ImapSettings) -> Iterator[ImapMailbox]:
    """Open a session, and log out at the end of the block.

    Raises BackendMisconfigured for a refused login, certificate or folder, and
    BackendUnavailable when the server cannot be reached or drops the connection: a later attempt
    continues from the cursor.
    """
    from imapclient import SocketTimeout  # noqa: PLC0415 — saves the other commands 0.1 s

    from mailer.mailbox.limits import LimitedImapClient  # noqa: PLC0415 — as above

    context = ssl.create_default_context(cafile=settings.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with _translated_errors(settings):
        client = LimitedImapClient(
            settings.host,
            settings.port,
            ssl_context=context,
            timeout=SocketTimeout(_CONNECT_TIMEOUT_S, _READ_TIMEOUT_S),
        )
    try:
        with _translated_errors(settings):
            _log_in(client, settings)
            yield ImapMailbox(settings, client)
        with suppress(Exception):  # whatever it answers, or does not
            client.logout()
    finally:
        # After an error nothing more is asked: its answer may be as endless as the one before.
        with suppress(Exception):
            client.shutdown()


def try_session(settings: ImapSettings) -> ServerSession:
    """Connect, log in, open the folder and leave again. Raises as `open_mailbox` does."""
    with open_mailbox(settings) as mailbox:
        encryption = mailbox.encryption
    return ServerSession(settings.host, settings.port, encryption, is_logged_in=True)


def _log_in(client: IMAPClient, settings: ImapSettings) -> None:
    """Log in. A connection that breaks meanwhile says nothing about the password."""
    from imapclient.exceptions import (  # noqa: PLC0415 — saves the other commands 0.1 s
        IMAPClientAbortError,
        LoginError,
    )

    try:
        client.login(settings.username, settings.password.value if settings.password else "")
    except LoginError as error:
        if isinstance(error.__context__, IMAPClientAbortError):
            raise error.__context__ from None
        raise


@contextmanager
def _translated_errors(settings: ImapSettings) -> Iterator[None]:
    """Translate errors of the library and the system into ours; the first
    matching class decides.

    The library raises whatever Python does for an answer outside the protocol (KeyError,
    ValueError, MemoryError for a literal of 3 GB), so that every other exception means that.
    """
    from imapclient.exceptions import (  # noqa: PLC0415 — as above
        IMAPClientAbortError,
        IMAPClientError,
        LoginError,
    )

    check = _("Check the values under [feedback.imap].")
    try:
        yield
    except (MailerError, GeneratorExit):
        raise
    except LoginError as error:
        what = _(
            "The mailbox refuses our user name or password: {reply}.", reply=_error_text(error)
        )
        raise BackendMisconfigured(Problem(_place(settings), what, check)) from error
    except ssl.SSLCertVerificationError as error:
        fault = certificate_fault(error.verify_code, error.verify_message, host=settings.host)
        what = _(
            "The mailbox server's certificate cannot be trusted: {reason}.", reason=fault.reason
        )
        raise BackendMisconfigured(Problem(_place(settings), what, fault.remedy)) from error
    except (IMAPClientAbortError, OSError) as error:
        what = _("The mailbox cannot be reached: {reason}.", reason=_error_text(error))
        later = _("It is tried again later; nothing is lost.")
        raise BackendUnavailable(Problem(_place(settings), what, later)) from error
    except IMAPClientError as error:
        what = _("The mailbox server refuses what we ask: {reply}.", reply=_error_text(error))
        raise BackendMisconfigured(Problem(_place(settings), what, check)) from error
    except Exception as error:
        what = _(
            "The mailbox server answers outside the protocol: {reason}.",
            reason=f"{type(error).__name__.strip('_')}: {_error_text(error)}",
        )
        later = _("It is tried again later; nothing is lost.")
        raise BackendUnavailable(Problem(_place(settings), what, later)) from error


def _error_text(error: Exception) -> str:
    first: Any = error.args[0] if error.args else error
    text = first.decode(errors="replace") if isinstance(first, bytes) else str(error)
    # What follows an empty line is the library's advice to programmers.
    return _REPR_OF_BYTES.sub(r"\2", text.partition("\n\n")[0]).rstrip(".")[:300]


def _place(settings: ImapSettings) -> Place:
    return Place(f"{settings.host}:{settings.port}", key=settings.folder)


def _problem(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("config.toml", key=f"feedback.imap.{key}"), what, remedy)
