"""Open an SMTP session that is ready for messages: connect, EHLO, TLS, AUTH.

A relay that cannot be reached or answers 4yz is unavailable. A relay that refuses our address,
our EHLO name or our password, or whose certificate is wrong, is misconfigured: that is the
operator's problem and no message's.
"""

from __future__ import annotations

import socket
import ssl
from functools import partial
from typing import TYPE_CHECKING

from mailer.providers.smtp.login import log_in
from mailer.providers.smtp.refusals import misconfigured, unavailable
from mailer.providers.smtp.session import Session
from mailer.providers.smtp.wire import BrokenLineError, SmtpWire
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.providers.smtp.replies import Reply
    from mailer.providers.smtp.settings import SmtpSettings


def open_session(settings: SmtpSettings, context: ssl.SSLContext) -> Session:
    """Return a session ready for messages. Raises BackendUnavailable or BackendMisconfigured."""
    wire = _connect(settings)
    try:
        return _greet(wire, settings, context)
    except BrokenLineError as broken:
        wire.close()
        raise unavailable(settings, str(broken)) from broken
    except ssl.SSLCertVerificationError as error:
        wire.close()
        raise misconfigured(
            settings,
            _("The certificate of the relay cannot be trusted: {reason}.", reason=error.reason),
            _("Correct its host name, or name its authority in ca_file."),
        ) from error
    except BaseException:
        wire.close()
        raise


def _connect(settings: SmtpSettings) -> SmtpWire:
    try:
        address = (settings.host, settings.port)
        return SmtpWire(socket.create_connection(address, timeout=settings.connect_timeout_s))
    except OSError as error:
        raise unavailable(settings, str(error)) from error


def _greet(wire: SmtpWire, settings: SmtpSettings, context: ssl.SSLContext) -> Session:
    if settings.tls == "implicit":
        wire.start_tls(context, settings.host, timeout_s=settings.connect_timeout_s)
    _expect(wire.reply(timeout_s=settings.command_timeout_s), settings)
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


def _ehlo(wire: SmtpWire, settings: SmtpSettings) -> dict[str, str]:
    """Send EHLO and return the relay's extensions as keyword → parameters."""
    name = settings.ehlo_name or wire.own_address()
    reply = _expect(_command(wire, f"EHLO {name}", settings), settings)
    offered = (text.partition(" ") for text in reply.lines[1:])
    return {keyword.upper(): parameters for keyword, _, parameters in offered}


def _command(wire: SmtpWire, command: str, settings: SmtpSettings) -> Reply:
    wire.send(f"{command}\r\n".encode(), timeout_s=settings.command_timeout_s)
    return wire.reply(timeout_s=settings.command_timeout_s)


def _expect(reply: Reply, settings: SmtpSettings) -> Reply:
    if reply.is_transient:
        raise unavailable(settings, str(reply))
    if not reply.is_positive:
        raise misconfigured(
            settings,
            _("The relay refuses to talk to us: {reply}.", reply=str(reply)),
            _("Ask its administrator to let this machine send."),
        )
    return reply
