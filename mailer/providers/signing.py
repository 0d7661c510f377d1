"""`[dkim]`: messages signed as they are handed to a relay.

Here, and not when a message is composed: a signature tells when it was made, and what was
signed off carries none. SendGrid signs for itself, and a file goes nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import ConfigError, Place, Problem, Unreadable
from mailer.model.secret import Secret
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.model.delivery import Outcome
    from mailer.model.message import DeliveryId, Message
    from mailer.ports import Backend, Clock, Connection
    from mailer.render.mime.dkim import Signer

_LABELS = re.compile(
    r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DkimSettings:
    """Whose key signs; nothing is signed without a key.

    `key` is a private RSA or Ed25519 key in PEM; its public half is a TXT record at
    `<selector>._domainkey.<domain>`. `domain` should be the sender's (DMARC, RFC 7489 §3.1.1).
    """

    domain: str = ""
    selector: str = "mailer"
    key: Secret | None = None

    def check(self) -> None:
        """Raises ConfigError, with everything that is wrong but for the key: reading one takes
        a tenth of a second, and most commands send nothing.
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
        """What signs, or None. Raises ConfigError when the key is not one."""
        if self.key is None:
            return None
        # A tenth of a second that only senders need to wait for.
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
    """`ports.Backend`: another one, to which every message comes signed."""

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
        """Below its signature, whose lines begin with no dot: `is_dotless` stays true."""
        return replace(
            message, write=lambda _: self._signer.sign(message.raw, at=self._clock.now())
        )

    def close(self) -> None:
        self._connection.close()
