"""`[transport.smtp]`."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mailer.errors import ConfigError, Place, Problem
from mailer.model.team.secret import Secret
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_TLS_OF_PORT = {25: "starttls", 587: "starttls", 465: "implicit"}
"""How encryption begins on the ports that have a meaning (RFC 8314 §3.3, RFC 3207)."""
_CREDENTIALS = ("password", "oauth_token", "oauth_command")


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The relay, and how to connect to it.

    `tls` is `starttls` (port 587), `implicit` (port 465) or `none`, which is allowed on the
    loopback interface only. The certificate is always verified, against `ca_file` when given.
    Each worker of the engine (`[engine] workers`) has its own connection. `depth` is how many
    messages may be sent on one connection and not yet answered; as many can become uncertain
    when the program or the connection breaks (docs/why/depth.md). 1 is the careful
    choice and goes phase by phase. From 2 on, whole messages are pipelined if the relay offers
    CHUNKING; otherwise, if it offers PIPELINING, the next envelope is sent together with the dot.
    With 16 or more, as many messages share one write to the ledger. Time-outs apply to each
    phase. RFC 5321 §4.5.3.2 asks clients to wait ten minutes after the dot.

    With `oauth_token` or `oauth_command` the login is by access token (SASL XOAUTH2, required by
    Google and Microsoft). The command prints the token. It is run for each new connection, so
    that it can give a fresh one.
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
    """The name given in EHLO. When empty, it is our address on that connection, as a literal."""
    sends_from: tuple[str, ...] = ()
    """The addresses from which the relay sends on, which SPF must name; `mailer doctor` asks."""
    signs_as: str = ""
    """The domain with which the relay signs by itself, if it does and we do not."""
    depth: int = 1
    messages_per_connection: int = 100
    connect_timeout_s: float = 30.0
    command_timeout_s: float = 300.0
    data_timeout_s: float = 180.0
    dot_timeout_s: float = 600.0

    def check(self) -> None:
        """Raise a ConfigError that lists every problem, if there is one."""
        problems = []
        if self.tls == "none" and not is_loopback(self.host):
            problems.append(
                _problem(
                    "tls",
                    _("Messages would cross the network to {host} in the clear.", host=self.host),
                    _('Write tls = "starttls" or tls = "implicit".'),
                )
            )
        if _TLS_OF_PORT.get(self.port, self.tls) != self.tls != "none":
            usual = _TLS_OF_PORT[self.port]
            problems.append(
                _problem(
                    "tls",
                    _("Port {port} is for tls = “{tls}”.", port=self.port, tls=usual),
                    _('Write port = 465 with tls = "implicit", or 587 with tls = "starttls".'),
                )
            )
        problems += [
            _problem(key, _("This must be 1 or more."), _("Leave the key out for the usual value."))
            for key in ("depth", "messages_per_connection")
            if getattr(self, key) < 1
        ]
        problems += self._login_problems()
        problems += self._sends_from_problems()
        if problems:
            raise ConfigError(*problems)

    def _sends_from_problems(self) -> Iterator[Problem]:
        for text in self.sends_from:
            try:
                ip_address(text)
            except ValueError:
                yield _problem(
                    "sends_from",
                    _("“{text}” is no IP address.", text=text),
                    _("Write addresses such as 192.0.2.25, one for each server that sends."),
                )

    def _login_problems(self) -> Iterator[Problem]:
        """Yield the problems of the login: a user name needs exactly one of `_CREDENTIALS`, and an
        access token needs a user name.
        """
        given = [name for name in _CREDENTIALS if getattr(self, name)]
        if self.username and not given:
            yield _problem(
                "password",
                _("There is a user name and no password."),
                _('Write password = "env:NAME", "file:PATH" or "keyring:NAME".'),
            )
        if len(given) > 1:
            yield _problem(
                given[1],
                _("Only one of these may be given: {keys}.", keys=", ".join(given)),
                _("Keep the one that the relay asks for."),
            )
        if not self.username and given and given != ["password"]:
            yield _problem(
                "username",
                _("An access token belongs to a mailbox, and none is named."),
                _("Write username = the address of the mailbox that sends."),
            )


def is_loopback(host: str) -> bool:
    """Return whether `host` can only be this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _problem(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("config.toml", key=f"transport.smtp.{key}"), what, remedy)
