"""Addresses in foreign text: read strictly before we write to them, found loosely in reports.

`read_address` is strict on purpose. Code that cleans lists (spaces, `mailto:`, a trailing
semicolon) does so before and says so; here an address is right or is refused with a reason.
`addresses_in` serves the mails that come back: what it finds is compared with addresses we
know, and never written to.
"""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from mailer.errors import ContentError, Place, Problem, Unreadable
from mailer.model.address import Address, Mailbox
from mailer.wording import Text, _

# email-validator refuses the reserved top-level domains of RFC 2606 §2, where our examples
# and rehearsals live. They are judged under a name of the same length, so that lengths count.
_STAND_INS = {"invalid": "example", "test": "demo"}

_LONGEST = 254  # octets, RFC 5321 §4.5.3.1.3 less the angle brackets
_LONGEST_LOCAL = 64  # octets, RFC 5321 §4.5.3.1.1

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
"""Unicode categories that have no place in an address, and mostly do not show."""

_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_QUOTED = re.compile(r'"(?P<inside>(?:[^"\\]|\\.)*)"')


class NotAnAddress(Unreadable):
    """The text is no address."""


def read_address(text: str) -> Address:
    """The one normal form of `text`: NFC local part, domain in lower-case A-labels.

    Syntax only; no look-up in the DNS. Quoted local parts and address literals, which RFC
    5321 allows and no press list means, are refused. Raises NotAnAddress.
    """
    local, at, domain = text.rpartition("@")
    stem, dot, top = domain.rpartition(".")
    judged_top = _STAND_INS.get(top.lower(), top)
    try:
        found = validate_email(
            f"{local}{at}{stem}{dot}{judged_top}", check_deliverability=False, strict=True
        )
    except EmailNotValidError as error:
        raise NotAnAddress(_reason(text)) from error
    if judged_top != top:
        return Address(found.local_part, f"{found.ascii_domain.rpartition('.')[0]}.{top.lower()}")
    return Address(found.local_part, found.ascii_domain)


def require_address(text: str) -> Address:
    """Return `read_address` of what a person typed; raises ContentError instead."""
    try:
        return read_address(text)
    except NotAnAddress as error:
        remedy = _("Correct the address and try again.")
        raise ContentError(Problem(Place(text), error.reason, remedy)) from error


def read_mailbox(text: str) -> Mailbox:
    """`Ada Lovelace <ada@lab.example>`, `"Lovelace, Ada" <…>`, `<…>` or the address alone.

    Exactly one address: what looks like a list is refused rather than guessed. The name
    is normalised (NFC, single spaces) and has no control characters. Raises NotAnAddress.
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
    """Why a refused `text` is none, in words a press officer can act on."""
    local, _at, domain = text.rpartition("@")
    for character in text.strip():
        if unicodedata.category(character) in _UNSEEN:
            return _(
                "A space or an invisible character (U+{code}) stands in the address.",
                code=f"{ord(character):04X}",
            )
    reasons = (
        (not text.strip(), _("The address is empty.")),
        (text.strip() != text, _("There is a space before or after the address.")),
        ("@" not in text, _("The address has no @.")),
        (text.count("@") > 1, _("The address has more than one @.")),
        (not local, _("Nothing stands before the @.")),
        (not domain, _("Nothing stands after the @.")),
        ("." not in domain, _("The domain after the @ is not complete: it has no dot.")),
        (
            len(text.encode()) > _LONGEST or len(local.encode()) > _LONGEST_LOCAL,
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


# An address starts where an address character follows something else (the look-behind),
# so that a long run without "@" is tried once, not at each of its characters. ASCII only:
# in running text a Japanese or French sentence may touch it without a space.
_LOCAL = r"[\w!#$%&'*+/=?^{|}~.\-]"
_ADDRESS = re.compile(
    rf"(?:(?<!{_LOCAL}){_LOCAL}{{1,128}}+|\"[^\"\n]{{1,64}}+\")@"
    r"(?:[a-z0-9_-]{1,63}+\.){0,20}[a-z0-9_-]{1,63}+",
    re.ASCII | re.IGNORECASE,
)
# What precedes or follows an address in running text and is not part of it.
_EDGES = "'\".,;:!*/|{}`"


def addresses_in(text: str) -> list[str]:
    """Return every address of the text once, in order, as `plain_address` writes it."""
    if "@" not in text:
        return []
    found = (plain_address(match.group()) for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(address for address in found if address))


def address_in(text: str) -> str | None:
    """Return the first address of the text, one in angle brackets before any other."""
    bracketed = re.search(r"<([^<>\s]{1,320})>", text)
    inside = addresses_in(bracketed.group(1)) if bracketed else []
    return next(iter(inside or addresses_in(text)), None)


def plain_address(text: str) -> str | None:
    """`local@domain` with a lower-case domain and nothing around it; None for no mailbox."""
    local, _at, domain = text.rpartition("@")
    local = local if local.startswith('"') else local.lstrip(_EDGES).removeprefix("mailto:")
    # Exchange writes X.400 addresses with ours inside: "dda:SMTP=lea@quotidien.example".
    local = local[5:] if local[:5].lower() == "smtp=" else local
    domain = domain.rstrip(".-_").lower()
    if not local or not domain or domain.isdigit():
        return None
    return f"{local}@{domain}"
