"""Log in with AUTH (RFC 4954), by password (PLAIN, LOGIN) or by access token (XOAUTH2)."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, reason_of
from mailer.providers.smtp.refusals import misconfigured, unavailable
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailer.providers.smtp.replies import ServerReply
    from mailer.providers.smtp.settings import SmtpSettings

    Ask = Callable[[str], ServerReply]
    """Sends one line and returns the reply."""

_COMMAND_TIMEOUT_S = 60.0


def log_in(ask: Ask, settings: SmtpSettings, mechanisms: Sequence[str]) -> None:
    """Log in. Raises BackendUnavailable or BackendMisconfigured if the relay refuses."""
    if settings.oauth_token or settings.oauth_command:
        reply = _by_token(ask, settings, mechanisms)
        keys = "oauth_token, oauth_command"
    else:
        reply = _by_password(ask, settings, mechanisms)
        keys = "password"
    if reply.is_transient:
        raise unavailable(settings, str(reply))
    if not reply.is_positive:
        raise misconfigured(
            settings,
            _("The relay refuses our login: {reply}.", reply=str(reply)),
            _("Correct username and {keys} under [transport.smtp].", keys=keys),
        )


def _by_password(ask: Ask, settings: SmtpSettings, mechanisms: Sequence[str]) -> ServerReply:
    password = settings.password.value if settings.password else ""
    if "PLAIN" in mechanisms:
        credentials = _base64(f"\x00{settings.username}\x00{password}")
        return ask(f"AUTH PLAIN {credentials}")
    if "LOGIN" not in mechanisms:
        raise _no_mechanism(settings, "PLAIN, LOGIN")
    reply = ask("AUTH LOGIN")
    for answer in (settings.username, password):
        if reply.is_positive:
            reply = ask(_base64(answer))
    return reply


def _by_token(ask: Ask, settings: SmtpSettings, mechanisms: Sequence[str]) -> ServerReply:
    """Log in with SASL XOAUTH2, as Google and Microsoft describe it (read 2026-11).

    The relay answers a refused token with 334 and the reason in base64. It then expects an
    empty line, and answers that with the final 535.
    """
    if "XOAUTH2" not in mechanisms:
        raise _no_mechanism(settings, "XOAUTH2")
    token = settings.oauth_token.value if settings.oauth_token else _printed_token(settings)
    credentials = f"user={settings.username}\x01auth=Bearer {token}\x01\x01"
    reply = ask(f"AUTH XOAUTH2 {_base64(credentials)}")
    return ask("") if reply.code == 334 else reply


def _printed_token(settings: SmtpSettings) -> str:
    """Run `oauth_command` and return the token it prints. The token is never shown."""
    command = settings.oauth_command
    try:
        # The operator's own command, from a file that only the operator writes; no shell.
        done = subprocess.run(  # noqa: S603 - as said
            command, capture_output=True, text=True, timeout=_COMMAND_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise unavailable(
            settings, f"{command[0]}: no token in {_COMMAND_TIMEOUT_S:.0f} s"
        ) from error
    except OSError as error:
        raise misconfigured(
            settings,
            _("{command} cannot be run: {reason}.", command=command[0], reason=reason_of(error)),
            _("Correct oauth_command under [transport.smtp]."),
        ) from error
    if done.returncode:
        message = done.stderr.strip().partition("\n")[0][:200]
        raise unavailable(settings, f"{command[0]}: exit {done.returncode} {message}".strip())
    token = done.stdout.strip()
    if not token or len(token.split()) > 1:
        raise misconfigured(
            settings,
            _("{command} does not print an access token.", command=command[0]),
            _("Let it print the token alone."),
        )
    return token


def _no_mechanism(settings: SmtpSettings, known: str) -> BackendMisconfigured:
    return misconfigured(
        settings,
        _("The relay offers no way to log in that we know ({known}).", known=known),
        _("Check host and port; or leave username out if the relay knows us otherwise."),
    )


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()
