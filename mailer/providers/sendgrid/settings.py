"""`[transport.sendgrid]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from mailer.errors import ConfigError, Place, Problem
from mailer.model.team.secret import Secret
from mailer.wording import Text, _

MAX_BATCH_SIZE = 1_000
"""Personalizations in one request (SendGrid page "Mail Send: Limitations", read 2026-11)."""

_HOSTS = {"us": "https://api.sendgrid.com", "eu": "https://api.eu.sendgrid.com"}


@dataclass(frozen=True, slots=True)
class SendGridSettings:
    """A SendGrid account, and how to use it.

    `batch_size` is the number of recipients per request; as many become uncertain when an answer
    is lost. A small number is careful; up to 1,000 is faster. With `sandbox`, SendGrid
    checks every message and sends none. `base_url` is for a simulator on this machine. With
    `requests_per_connection` 1, each request opens a connection, as the package itself does.
    """

    api_key: Secret
    region: Literal["us", "eu"] = "us"
    batch_size: int = 20
    sandbox: bool = False
    base_url: str = ""
    requests_per_connection: int = 100
    connect_timeout_s: float = 30.0
    write_timeout_s: float = 60.0
    answer_timeout_s: float = 120.0

    @property
    def address(self) -> str:
        """The base URL of the service, without a final slash."""
        return self.base_url.rstrip("/") or _HOSTS[self.region]

    def key(self) -> str:
        """Read and return the API key. Raises ConfigError when it is not a valid key."""
        key = self.api_key.value
        if not (key.isascii() and key.isprintable() and " " not in key):
            raise ConfigError(
                _problem(
                    "api_key",
                    _("This is no key as SendGrid gives it: letters, digits, points and hyphens."),
                    _("Copy the key again, without spaces or line ends."),
                )
            )
        return key

    def check(self) -> None:
        """Raise a ConfigError that lists every problem, except those of the key."""
        problems = []
        if not 1 <= self.batch_size <= MAX_BATCH_SIZE:
            problems.append(
                _problem(
                    "batch_size",
                    _("SendGrid takes between 1 and {most} people a request.", most=MAX_BATCH_SIZE),
                    _("Leave the key out for the usual value."),
                )
            )
        if self.base_url and not _is_on_this_machine(self.base_url):
            problems.append(
                _problem(
                    "base_url",
                    _("The key and every address would go to {url}.", url=self.base_url),
                    _("Only a simulator on this machine may be named, as http://127.0.0.1:8025."),
                )
            )
        problems += [
            _problem(key, _("This must be above 0."), _("Leave the key out for the usual value."))
            for key in (
                "requests_per_connection",
                "connect_timeout_s",
                "write_timeout_s",
                "answer_timeout_s",
            )
            if not getattr(self, key) > 0
        ]
        if problems:
            raise ConfigError(*problems)


def _is_on_this_machine(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme == "http"
            and parts.hostname in {"127.0.0.1", "::1", "localhost"}
            and parts.port is not None
            and not parts.path.strip("/")
            and not (parts.query or parts.fragment or parts.username)
        )
    except ValueError:
        return False


def _problem(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("config.toml", key=f"transport.sendgrid.{key}"), what, remedy)
