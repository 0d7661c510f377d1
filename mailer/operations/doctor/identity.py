"""Read from a message, as it leaves, who receivers take its sender for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import TYPE_CHECKING

from mailer.errors import Unreadable
from mailer.mail_authentication.tags import read_tags

if TYPE_CHECKING:
    from email.message import Message as Header

    from mailer.model.address import Address

_HTTPS = re.compile(r"<(https://[^>\s]+)>")
_ONE_CLICK = frozenset({"list-unsubscribe", "list-unsubscribe-post"})


@dataclass(frozen=True, slots=True)
class SenderIdentity:
    """The domains that a message names, and where its reader unsubscribes.

    `dkim_domain` and `selector` are "" for a message that we do not sign. `signs_one_click` says
    whether the signature covers the fields of one-click unsubscribing (RFC 8058 §4).
    """

    from_domain: str
    return_path: str
    dkim_domain: str = ""
    selector: str = ""
    signs_one_click: bool = False
    unsubscribe_url: str = ""

    @property
    def return_domain(self) -> str:
        return self.return_path.rpartition("@")[2]


def identity_of(raw: bytes, *, envelope_sender: Address) -> SenderIdentity:
    """Return the identity of a message from its octets and its envelope."""
    fields = BytesHeaderParser().parsebytes(raw)
    signature = _signature_of(fields)
    signed = {name.strip().lower() for name in signature.get("h", "").split(":")}
    link = _HTTPS.search("".join(str(fields.get("List-Unsubscribe", "")).split()))
    return SenderIdentity(
        from_domain=_domain_of(parseaddr(str(fields["From"]))[1]),
        return_path=f"{envelope_sender.local}@{_ascii(envelope_sender.domain)}",
        dkim_domain=signature.get("d", "").lower(),
        selector=signature.get("s", "").lower(),
        signs_one_click=signed >= _ONE_CLICK,
        unsubscribe_url=link[1] if link else "",
    )


def _signature_of(fields: Header) -> dict[str, str]:
    try:
        return dict(read_tags("".join(str(fields.get("DKIM-Signature", "")).split())))
    except Unreadable:
        return {}


def _domain_of(address: str) -> str:
    return _ascii(address.rpartition("@")[2])


def _ascii(domain: str) -> str:
    try:
        return domain.lower().encode("idna").decode()
    except UnicodeError:
        return domain.lower()
