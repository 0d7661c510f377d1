"""What is known of a mail server: by the configuration, and by a session in which nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class Relay:
    """The relay as it is configured.

    `sends_from` are the addresses from which it sends on, when somebody has written them down;
    those of `host` need not be the same. `signs_as` is the domain with which it signs by itself.
    """

    host: str
    sends_from: tuple[str, ...] = ()
    signs_as: str = ""


@dataclass(frozen=True, slots=True)
class Encryption:
    """The version of TLS on a connection, and when the server's certificate ends."""

    version: str
    certificate_ends_at: datetime


@dataclass(frozen=True, slots=True)
class ServerSession:
    """A session that was opened, logged in to if a login is configured, and closed again.

    `encryption` is None for a connection in the clear, which is on this machine only.
    """

    host: str
    port: int
    encryption: Encryption | None = None
    is_logged_in: bool = False


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """The certificate of a server, which this machine trusts."""

    ends_at: datetime


@dataclass(frozen=True, slots=True)
class UntrustedServer:
    """A server that answered, and whose certificate nobody should trust; `reason` ends a sentence."""

    reason: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class SilentServer:
    """A server that could not be reached from here."""

    reason: Text


CertificateAnswer: TypeAlias = ServerCertificate | UntrustedServer | SilentServer
