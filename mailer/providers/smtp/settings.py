"""`[transport.smtp]`."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mailer.errors import ConfigError, Place, Problem
from mailer.model.secret import Secret
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROOFS = ("password", "oauth_token", "oauth_command")


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A relay and how to speak to it.

    `tls` is `starttls` (port 587), `implicit` (port 465) or `none`, which is allowed to this
    very machine only; the certificate is always verified, against `ca_file` when given.
    Each worker of the engine (`[engine] workers`) has a line of its own. `depth` is how many
    messages one line may have taken and unanswered, hence how many can become uncertain when
    this program or its line breaks (docs/why/depth.md): 1 is the careful choice, phase by phase.
    From 2 on messages go whole, one behind the other, where the relay offers CHUNKING, and else
    the next envelope travels with the dot where it offers PIPELINING; 16 and more let as many
    share one write to the ledger. Time-outs are for each phase; RFC 5321 §4.5.3.2 asks for ten
    minutes of patience after the dot.

    With `oauth_token` or `oauth_command` the login is by access token (SASL XOAUTH2, which
    Google and Microsoft ask for). The command prints the token; it is run for each new line,
    so that it can give a fresh one.
    """

    host: str
    port: int = 587
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    username: str = ""
    password: Secret | None = None
    oauth_token: Secret | None = None
    oauth_command: tuple[str, ...] = ()
    ca_file: Path | None = None
    ehlo_name: str = ""
    """How we introduce ourselves; empty: our address on that line, as a literal."""
    depth: int = 1
    messages_per_connection: int = 100
    connect_timeout_s: float = 30.0
    command_timeout_s: float = 300.0
    data_timeout_s: float = 180.0
    dot_timeout_s: float = 600.0

    def check(self) -> None:
        """Raises ConfigError, with everything that is wrong."""
        problems = []
        if self.tls == "none" and not is_loopback(self.host):
            problems.append(
                _problem(
                    "tls",
                    _("Messages would cross the network to {host} in the clear.", host=self.host),
                    _('Write tls = "starttls" or tls = "implicit".'),
                )
            )
        problems += [
            _problem(key, _("This must be 1 or more."), _("Leave the key out for the usual value."))
            for key in ("depth", "messages_per_connection")
            if getattr(self, key) < 1
        ]
        problems += self._login_problems()
        if problems:
            raise ConfigError(*problems)

    def _login_problems(self) -> Iterator[Problem]:
        """A user name needs exactly one proof, and an access token a user name."""
        proofs = [name for name in _PROOFS if getattr(self, name)]
        if self.username and not proofs:
            yield _problem(
                "password",
                _("There is a user name and no password."),
                _('Write password = "env:NAME", "file:PATH" or "keyring:NAME".'),
            )
        if len(proofs) > 1:
            yield _problem(
                proofs[1],
                _("Only one of these may be given: {keys}.", keys=", ".join(proofs)),
                _("Keep the one that the relay asks for."),
            )
        if not self.username and proofs and proofs != ["password"]:
            yield _problem(
                "username",
                _("An access token belongs to a mailbox, and none is named."),
                _("Write username = the address of the mailbox that sends."),
            )


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _problem(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("config.toml", key=f"transport.smtp.{key}"), what, remedy)
