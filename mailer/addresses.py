"""Parses addresses: strictly those that we send to, loosely those in reports.

`read_address` is strict on purpose: an address is valid, or is refused with a reason. Cleaning
up list entries (spaces, `mailto:`, a trailing semicolon) happens before, in
`contacts.address_cells`, which records each repair. `addresses_in` is for bounces and replies:
the addresses it finds are compared with known ones, and never sent to.
"""

from __future__ import annotations

import re
import sys
import unicodedata

from mailer.errors import ContentError, Place, Problem, Unreadable
from mailer.model.address import Address, Mailbox
from mailer.wording import Text, _

# email-validator refuses the reserved top-level domains of RFC 2606 §2, which examples and
# rehearsals use. They are validated under another name of the same length, so that the limits
# on length apply.
_SUBSTITUTE_TLDS = {"invalid": "example", "test": "demo"}

_MAX_LENGTH = 254  # octets, RFC 5321 §4.5.3.1.3 less the angle brackets
_MAX_LOCAL_LENGTH = 64  # octets, RFC 5321 §4.5.3.1.1

_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
"""Unicode categories that an address may not have, and that are mostly invisible."""

_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_QUOTED = re.compile(r'"(?P<inside>(?:[^"\\]|\\.)*)"')


# Small letters only: email-validator writes some names, "Postmaster", without their capital.
_PLAIN_LOCAL = re.compile(r"[a-z0-9_!#$%&'*+/=?^`{|}~-]+(?:\.[a-z0-9_!#$%&'*+/=?^`{|}~-]+)*")
# Letters, figures and single hyphens, ending in a word: no A-label, no name that is reserved.
_PLAIN_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:-?[a-z0-9]){0,31}\.){1,4}"
    r"(?!(?:arpa|local|localhost|onion)\Z)[a-z]{2,32}"
)


class NotAnAddress(Unreadable):
    """The text is not a valid address."""


def read_address(text: str) -> Address:
    """Parse an address into its normal form: local part in NFC, domain in lower-case A-labels.

    Only the syntax is checked, without a DNS query. Quoted local parts and address literals are
    refused: RFC 5321 allows them, but in a press list they are mistakes. Raises NotAnAddress.
    """
    local, at, domain = text.rpartition("@")
    if (
        len(local) <= _MAX_LOCAL_LENGTH
        and len(text) <= _MAX_LENGTH
        and _PLAIN_LOCAL.fullmatch(local)
        and _PLAIN_DOMAIN.fullmatch(domain)
    ):
        # Nearly every address; email-validator says the same in ten times the time.
        return Address(local, sys.intern(domain))  # one string for all addresses of a domain
    # Its tables take long to import, and few files hold an address that needs them.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - as said

    labels, dot, tld = domain.rpartition(".")
    validated_tld = _SUBSTITUTE_TLDS.get(tld.lower(), tld)
    try:
        found = validate_email(
            f"{local}{at}{labels}{dot}{validated_tld}", check_deliverability=False, strict=True
        )
    except EmailNotValidError as error:
        raise NotAnAddress(_reason(text)) from error
    if validated_tld != tld:
        return Address(found.local_part, f"{found.ascii_domain.rpartition('.')[0]}.{tld.lower()}")
    return Address(found.local_part, found.ascii_domain)


def require_address(text: str) -> Address:
    """Parse an address that a person typed; like `read_address`, but raises ContentError."""
    try:
        return read_address(text)
    except NotAnAddress as error:
        remedy = _("Correct the address and try again.")
        raise ContentError(Problem(Place(text), error.reason, remedy)) from error


def read_mailbox(text: str) -> Mailbox:
    """Parse `Ada Lovelace <ada@lab.example>`, `"Lovelace, Ada" <…>`, `<…>` or a bare address.

    Exactly one address is allowed; a list is refused. The name is normalised (NFC, single
    spaces) and may not have control characters. Raises NotAnAddress.
    """
    text = text.strip()
    if not text.endswith(">"):
        return Mailbox(read_address(text))
    quoted = _QUOTED.match(text)
    named = _NAMED.fullmatch(text, quoted.end() if quoted else 0)
    if named is None or (quoted and named["name"].strip()):
        raise NotAnAddress(_("Write one person, as Name <name@domain>."))
    name = re.sub(r"\\(.)", r"\1", quoted["inside"]) if quoted else named["name"].strip()
    if any(unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} for c in name):
        raise NotAnAddress(_("The name beside the address holds a control character."))
    return Mailbox(
        read_address(named["address"].strip()), " ".join(unicodedata.normalize("NFC", name).split())
    )


def _reason(text: str) -> Text:
    """Return why `text` is not an address, as a sentence for a press officer."""
    local, _at, domain = text.rpartition("@")
    for character in text.strip():
        if character == " ":
            return _("A space stands in the address.")
        if unicodedata.category(character) in _INVISIBLE:
            return _("An invisible character stands in the address: type it again by hand.")
    reasons = (
        (not text.strip(), _("The address is empty.")),
        (text.strip() != text, _("There is a space before or after the address.")),
        ("@" not in text, _("The address has no @.")),
        (text.count("@") > 1, _("The address has more than one @.")),
        (not local, _("Nothing stands before the @.")),
        (not domain, _("Nothing stands after the @.")),
        ("." not in domain, _("The domain after the @ is not complete: it has no dot.")),
        (
            len(text.encode()) > _MAX_LENGTH or len(local.encode()) > _MAX_LOCAL_LENGTH,
            _("The address is too long: 64 characters at most before the @, 254 in all."),
        ),
        (
            any(
                part.startswith(".") or part.endswith(".") or ".." in part
                for part in text.split("@")
            ),
            _("A dot stands at an end of the address, beside the @ or beside another dot."),
        ),
    )
    return next(
        (reason for applies, reason in reasons if applies),
        _("The address holds a character that addresses cannot have."),
    )


# The look-behind lets a match start only where a run of address characters begins, so that a
# long run without "@" is tried once and not at each character. Only ASCII is matched, because
# in running text a Japanese or French sentence may touch an address without a space.
_LOCAL = r"[\w!#$%&'*+/=?^{|}~.\-]"
_ADDRESS = re.compile(
    rf"(?:(?<!{_LOCAL}){_LOCAL}{{1,128}}+|\"[^\"\n]{{1,64}}+\")@"
    r"(?:[a-z0-9_-]{1,63}+\.){0,20}[a-z0-9_-]{1,63}+",
    re.ASCII | re.IGNORECASE,
)
# What precedes or follows an address in running text and is not part of it.
_OF_VIRUSES = {"m", "mm"}
"""Names of viruses end so, for "mailer" and "mass mailer": W32/Sober.J@mm."""
_EDGES = "'\".,;:!*/|{}`"


def addresses_in(text: str) -> list[str]:
    """Return each address in the text once, in order, as `plain_address` returns it."""
    if "@" not in text:
        return []
    found = (plain_address(match.group()) for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(address for address in found if address))


def address_in(text: str) -> str | None:
    """Return the first address in angle brackets, or else the first in the text, or None."""
    bracketed = re.search(r"<([^<>\s]{1,320})>", text)
    inside = addresses_in(bracketed.group(1)) if bracketed else []
    return next(iter(inside or addresses_in(text)), None)


def plain_address(text: str) -> str | None:
    """Return `local@domain` with a lower-case domain and without punctuation around it; None when
    it is not an address.
    """
    local, _at, domain = text.rpartition("@")
    local = local if local.startswith('"') else local.lstrip(_EDGES).removeprefix("mailto:")
    # Exchange writes X.400 addresses with ours inside: "dda:SMTP=lea@quotidien.example".
    local = local[5:] if local[:5].lower() == "smtp=" else local
    domain = domain.rstrip(".-_").lower()
    if not local or not domain or domain.isdigit() or domain in _OF_VIRUSES:
        return None
    return f"{local}@{domain}"
