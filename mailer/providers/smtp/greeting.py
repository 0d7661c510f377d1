"""Open an SMTP session that is ready for messages: connect, EHLO, TLS, AUTH.

A relay that cannot be reached or answers 4yz is unavailable. A relay that refuses our address,
our EHLO name or our password, or whose certificate is wrong, is misconfigured: that is the
operator's problem and no message's.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailer.certificates import certificate_fault
from mailer.errors import ConfigError, MailerError, Place, Problem
from mailer.model.health.relay import ServerSession
from mailer.providers.smtp.login import log_in
from mailer.providers.smtp.refusals import misconfigured, unavailable
from mailer.providers.smtp.session import Session
from mailer.providers.smtp.wire import BrokenLineError, NotTlsError, SmtpWire
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.providers.smtp.replies import ServerReply
    from mailer.providers.smtp.settings import SmtpSettings

_BRIEF_S = 5.0
_SILENCE_S = 10.0
"""After so much silence where a greeting is due, we ask whether the port begins with TLS."""


def open_session(settings: SmtpSettings, context: ssl.SSLContext) -> Session:
    """Return a session ready for messages. Raises BackendUnavailable or BackendMisconfigured."""
    wire = _connect(settings)
    try:
        return _greet(wire, settings, context)
    except NotTlsError as plain:
        wire.close()
        raise misconfigured(
            settings,
            _("This port of the relay does not begin with encryption."),
            _('Write tls = "starttls" and usually port = 587, or the port that does (465).'),
        ) from plain
    except BrokenLineError as broken:
        wire.close()
        raise unavailable(settings, str(broken)) from broken
    except ssl.SSLCertVerificationError as error:
        wire.close()
        fault = certificate_fault(error.verify_code, error.verify_message, host=settings.host)
        raise misconfigured(
            settings,
            _("The certificate of the relay cannot be trusted: {reason}.", reason=fault.reason),
            fault.remedy,
        ) from error
    except BaseException:
        wire.close()
        raise


def tls_context(settings: SmtpSettings) -> ssl.SSLContext:
    """Return the certificates we trust. Raises ConfigError when `ca_file` cannot be read."""
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        raise ConfigError(
            Problem(
                Place("config.toml", key="transport.smtp.ca_file"),
                _("The certificates cannot be read: {reason}.", reason=str(error)),
                _("Name a file of PEM certificates."),
            )
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def offers_smtputf8(settings: SmtpSettings) -> bool | None:
    """Ask the relay whether it takes addresses beyond ASCII, without login. None: no answer."""
    brief = replace(
        settings,
        username="",
        password=None,
        oauth_token=None,
        oauth_command=(),
        connect_timeout_s=_BRIEF_S,
        command_timeout_s=_BRIEF_S,
    )
    try:
        session = open_session(brief, tls_context(settings))
    except MailerError:
        return None
    session.close()
    return session.has_smtputf8


def try_session(settings: SmtpSettings) -> ServerSession:
    """Connect, log in and leave again, sending nothing. Raises as `open_session` does."""
    session = open_session(replace(settings, connect_timeout_s=_BRIEF_S), tls_context(settings))
    encryption = session.encryption
    session.close()
    return ServerSession(settings.host, settings.port, encryption, bool(settings.username))


def _connect(settings: SmtpSettings) -> SmtpWire:
    try:
        address = (settings.host, settings.port)
        return SmtpWire(socket.create_connection(address, timeout=settings.connect_timeout_s))
    except OSError as error:
        raise unavailable(settings, str(error)) from error


def _greet(wire: SmtpWire, settings: SmtpSettings, context: ssl.SSLContext) -> Session:
    if settings.tls == "implicit":
        wire.start_tls(context, settings.host, timeout_s=settings.connect_timeout_s)
    _expect(_greeting(wire, settings), settings)
    extensions = _ehlo(wire, settings)
    if settings.tls == "starttls":
        if "STARTTLS" not in extensions:
            raise misconfigured(
                settings,
                _("The relay offers no encryption (STARTTLS)."),
                _('Try port = 465 with tls = "implicit", or ask its administrator.'),
            )
        _expect(_command(wire, "STARTTLS", settings), settings)
        wire.start_tls(context, settings.host, timeout_s=settings.connect_timeout_s)
        # Extensions offered before TLS must be discarded (RFC 3207 §4.2).
        extensions = _ehlo(wire, settings)
    if settings.username:
        mechanisms = extensions.get("AUTH", "").upper().split()
        log_in(partial(_command, wire, settings=settings), settings, mechanisms)
    return Session(wire, extensions, settings)


def _greeting(wire: SmtpWire, settings: SmtpSettings) -> ServerReply:
    """Read the relay's first reply. A relay that stays silent may wait for us to begin TLS."""
    first_s = min(_SILENCE_S, settings.command_timeout_s)
    try:
        return wire.reply(timeout_s=first_s)
    except BrokenLineError as broken:
        if settings.tls != "implicit" and _begins_with_tls(settings):
            raise misconfigured(
                settings,
                _("This port of the relay begins with encryption."),
                _('Write tls = "implicit", or port = 587 with tls = "starttls".'),
            ) from broken
        if not broken.is_timeout or first_s == settings.command_timeout_s:
            raise
    return wire.reply(timeout_s=settings.command_timeout_s - first_s)


def _begins_with_tls(settings: SmtpSettings) -> bool:
    """Return whether a TLS handshake succeeds on this port. Nothing is sent after it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    timeout_s = min(_SILENCE_S, settings.connect_timeout_s)
    try:
        with (
            socket.create_connection((settings.host, settings.port), timeout=timeout_s) as plain,
            context.wrap_socket(plain, server_hostname=settings.host),
        ):
            return True
    except (OSError, ValueError):
        return False


def _ehlo(wire: SmtpWire, settings: SmtpSettings) -> dict[str, str]:
    """Send EHLO and return the relay's extensions as keyword → parameters."""
    name = settings.ehlo_name or wire.own_address()
    reply = _expect(_command(wire, f"EHLO {name}", settings), settings)
    offered = (text.partition(" ") for text in reply.lines[1:])
    return {keyword.upper(): parameters for keyword, _, parameters in offered}


def _command(wire: SmtpWire, command: str, settings: SmtpSettings) -> ServerReply:
    wire.send(f"{command}\r\n".encode(), timeout_s=settings.command_timeout_s)
    return wire.reply(timeout_s=settings.command_timeout_s)


def _expect(reply: ServerReply, settings: SmtpSettings) -> ServerReply:
    if reply.is_transient:
        raise unavailable(settings, str(reply))
    if not reply.is_positive:
        raise misconfigured(
            settings,
            _("The relay refuses to talk to us: {reply}.", reply=str(reply)),
            _("Ask its administrator to let this machine send."),
        )
    return reply
