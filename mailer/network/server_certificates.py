"""Ask an https server for its certificate, as a browser would, and for nothing else."""

from __future__ import annotations

import socket
import ssl

from mailer.certificates import certificate_ends_at, certificate_fault
from mailer.errors import reason_of
from mailer.model.health.relay import (
    CertificateAnswer,
    ServerCertificate,
    SilentServer,
    UntrustedServer,
)
from mailer.wording import _

_PATIENCE_S = 5.0


def ask_certificate(host: str, port: int, *, ca_file: str | None = None) -> CertificateAnswer:
    """Return the certificate of a server, or why browsers would not trust it, or that it is silent."""
    context = ssl.create_default_context(cafile=ca_file)
    try:
        with (
            socket.create_connection((host, port), timeout=_PATIENCE_S) as plain,
            context.wrap_socket(plain, server_hostname=host) as encrypted,
        ):
            return ServerCertificate(certificate_ends_at(encrypted.getpeercert() or {}))
    except ssl.SSLCertVerificationError as error:
        fault = certificate_fault(error.verify_code, error.verify_message, host=host)
        return UntrustedServer(fault.reason, fault.remedy)
    except ssl.SSLError as error:
        reason = _("it does not speak https there ({reason})", reason=error.reason or str(error))
        return UntrustedServer(reason, _("See what listens on port {port} of {host}.", port=port, host=host))  # fmt: skip
    except OSError as error:
        return SilentServer(reason_of(error))


def not_to_be_asked(_host: str, _port: int) -> CertificateAnswer:
    """Stand for `ask_certificate` where nothing is to be asked of the network."""
    return SilentServer(_("nothing was to be asked of the network"))
