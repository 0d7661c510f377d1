"""Say why a server's certificate is not trusted, and what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

# OpenSSL's codes (x509_vfy.h, X509_V_ERR_…). The others are shown in OpenSSL's own words.
_NOT_YET_VALID = 9
_UNKNOWN_AUTHORITY = frozenset([2, 18, 19, 20, 21])
_OTHER_NAME = frozenset([62, 64])
_TO_RENEW = {
    10: _("it has expired"),
    23: _("it was revoked"),
    66: _("its key is too weak"),
    67: _("the key of its authority is too weak"),
    68: _("its signature is too weak"),
}


class CertificateFault(NamedTuple):
    """Why a certificate is not trusted, as the end of a sentence, and the remedy."""

    reason: Text
    remedy: Text


def certificate_fault(code: int, message: str, *, host: str) -> CertificateFault:
    """Return what OpenSSL's verify code means for the certificate of `host`."""
    if code == _NOT_YET_VALID:
        return CertificateFault(
            _("it is not valid yet"),
            _("Correct the date of this machine, or ask the administrator of {host}.", host=host),
        )
    if code in _OTHER_NAME:
        return CertificateFault(
            _("it is for another name than {host}", host=host),
            _("Write host as the certificate names the server; an address is seldom in it."),
        )
    if code in _UNKNOWN_AUTHORITY:
        return CertificateFault(
            _("nobody whom this machine trusts has signed it"),
            _("Name the file of its authority in ca_file, or ask whether the network reads along."),
        )
    return CertificateFault(
        _TO_RENEW.get(code) or Text("{message}", {"message": message}),
        _("Ask the administrator of {host} for a new certificate.", host=host),
    )


def certificate_ends_at(certificate: Mapping[str, object]) -> datetime:
    """Return when a certificate ends, as `SSLSocket.getpeercert` describes it."""
    written = str(certificate["notAfter"])
    return datetime.strptime(written, "%b %d %H:%M:%S %Y %Z").replace(tzinfo=UTC)
