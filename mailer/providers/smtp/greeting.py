"""From a host name to a line that takes messages: connect, EHLO, TLS, AUTH.

A relay that cannot be reached or asks for patience is unavailable; one that refuses us, our
name, its own certificate or our password is misconfigured, and no message is to blame.
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
    """A line ready for messages. Raises BackendUnavailable or BackendMisconfigured."""
    line = _connect(settings)
    try:
        return _introduced(line, settings, context)
    except BrokenLineError as broken:
        line.close()
        raise unavailable(settings, str(broken)) from broken
    except ssl.SSLCertVerificationError as error:
        line.close()
        raise misconfigured(
            settings,
            _("The certificate of the relay cannot be trusted: {reason}.", reason=error.reason),
            _("Correct its host name, or name its authority in ca_file."),
        ) from error
    except BaseException:
        line.close()
        raise


def _connect(settings: SmtpSettings) -> SmtpWire:
    try:
        address = (settings.host, settings.port)
        return SmtpWire(socket.create_connection(address, timeout=settings.connect_timeout_s))
    except OSError as error:
        raise unavailable(settings, str(error)) from error


def _introduced(line: SmtpWire, settings: SmtpSettings, context: ssl.SSLContext) -> Session:
    if settings.tls == "implicit":
        line.start_tls(context, settings.host, timeout_s=settings.connect_timeout_s)
    _expect(line.reply(timeout_s=settings.command_timeout_s), settings)
    extensions = _ehlo(line, settings)
    if settings.tls == "starttls":
        if "STARTTLS" not in extensions:
            raise misconfigured(
                settings,
                _("The relay offers no encryption (STARTTLS)."),
                _('Try port = 465 with tls = "implicit", or ask its administrator.'),
            )
        _expect(_ask(line, "STARTTLS", settings), settings)
        line.start_tls(context, settings.host, timeout_s=settings.connect_timeout_s)
        # What was offered in the clear is forgotten (RFC 3207 §4.2).
        extensions = _ehlo(line, settings)
    if settings.username:
        mechanisms = extensions.get("AUTH", "").upper().split()
        log_in(partial(_ask, line, settings=settings), settings, mechanisms)
    return Session(line, extensions, settings)


def _ehlo(line: SmtpWire, settings: SmtpSettings) -> dict[str, str]:
    """The relay's extensions: keyword → parameters."""
    name = settings.ehlo_name or line.own_address()
    reply = _expect(_ask(line, f"EHLO {name}", settings), settings)
    offered = (text.partition(" ") for text in reply.lines[1:])
    return {keyword.upper(): parameters for keyword, _, parameters in offered}


def _ask(line: SmtpWire, command: str, settings: SmtpSettings) -> Reply:
    line.send(f"{command}\r\n".encode(), timeout_s=settings.command_timeout_s)
    return line.reply(timeout_s=settings.command_timeout_s)


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
