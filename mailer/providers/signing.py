"""Sign messages with DKIM as they are handed to a relay (`[dkim]`).

This happens here and not when a message is composed, because a signature holds the time at which
it was made, and the content that was signed off has none. SendGrid signs messages by itself, and
messages written to files are not signed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import ConfigError, Place, Problem, Unreadable
from mailer.model.team.secret import Secret
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.ports import Backend, Clock, Connection
    from mailer.render.mime.dkim import Signer

_LABELS = re.compile(
    r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DkimSettings:
    """The key that signs, with its domain and selector. Without a key nothing is signed.

    `key` is a private RSA or Ed25519 key in PEM; its public half is a TXT record at
    `<selector>._domainkey.<domain>`. `domain` should be the sender's (DMARC, RFC 7489 §3.1.1).
    """

    domain: str = ""
    selector: str = "mailer"
    key: Secret | None = None

    def check(self) -> None:
        """Raise a ConfigError that lists every problem, except those of the key.

        Reading the key takes a tenth of a second, and most commands send nothing.
        """
        if self.key is None:
            return
        problems = [
            _problem(
                name,
                _("“{text}” is no name in the DNS.", text=text)
                if text
                else _("A signature needs a domain."),
                _("Write the domain of the sender’s address.")
                if name == "domain"
                else _("Write the name before “._domainkey” of your TXT record."),
            )
            for name, text in (("domain", self.domain), ("selector", self.selector))
            if not _LABELS.fullmatch(text)
        ]
        if problems:
            raise ConfigError(*problems)

    def signer(self) -> Signer | None:
        """Return the signer, or None without a key. Raises ConfigError for an invalid key."""
        if self.key is None:
            return None
        # This import takes a tenth of a second, so only commands that send pay for it.
        from mailer.render.mime.dkim import Signer, read_key  # noqa: PLC0415 - as said

        try:
            key = read_key(self.key.value)
        except Unreadable as error:
            remedy = _("Give the whole private key, from BEGIN to END.")
            raise ConfigError(_problem("key", error.reason, remedy)) from error
        return Signer(domain=self.domain, selector=self.selector, key=key)


def _problem(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("config.toml", key=f"dkim.{key}"), what, remedy)


class SigningBackend:
    """A `ports.Backend` that wraps another and signs every message."""

    def __init__(self, backend: Backend, *, signer: Signer, clock: Clock) -> None:
        self._backend = backend
        self._signer = signer
        self._clock = clock
        self.name = backend.name
        self.depth = backend.depth

    def connect(self) -> Connection:
        return _SigningConnection(self._backend.connect(), self._signer, self._clock)


class _SigningConnection:
    def __init__(self, connection: Connection, signer: Signer, clock: Clock) -> None:
        self._connection = connection
        self._signer = signer
        self._clock = clock

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        return self._connection.deliver(map(self._signed, messages))

    def _signed(self, message: Message) -> Message:
        """Return the message with a signature above it.

        No line of a signature begins with a dot, so `is_dotless` stays true.
        """
        return replace(
            message, write=lambda _: self._signer.sign(message.raw, at=self._clock.now())
        )

    def close(self) -> None:
        self._connection.close()
