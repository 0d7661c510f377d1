"""Finds the address that we wrote to, where a report only names the one it was forwarded to."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mailer.feedback.detectors.evidence import Evidence
    from mailer.feedback.mail.message import Mail

# Exim, Postfix and sendmail, and what others and their translations say in the same place.
_FROM = re.compile(
    r"(?:(?:ultimately )?generated from|expanded from|(?:was )?originally (?:addressed |sent )?to|original(?:ly)? recipient"
    r"|forwarded (?:from|for)|redirected from|destinataire (?:initial|d'origine)"
    r"|(?:adresse |envoye )?initialement (?:a|adresse a)|transferee? depuis|redirigee? depuis"
    r"|ursprunglich (?:an|gerichtet an)|weitergeleitet (?:von|fur)|ursprunglicher empfanger"
    r"|originalmente (?:a|para)|reenviado desde|destinatario original[e]?|inoltrato da|doorgestuurd van)"
    r"[ :<(\"']{1,6}$"
)
# These say under which name the mail came, which may only have been written otherwise since.
_ORIGINALLY = re.compile(
    r"(?:was )?original|destinataire|(?:adresse |envoye )?initial|ursprung|destinatario"
)
_WINDOW = 40
_RECEIVED_FOR = re.compile(r"\bfor\s{1,4}(<?[^\s<>;]{1,128}@[^\s<>;]{1,253}>?)")


def without_origins(mail: Mail, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence without the addresses that are only named as those whose mail was sent
    on to another that failed.
    """
    origins = {each.casefold() for each in _said_to_be_forwarded(mail)} if len(evidence) > 1 else ()
    return [each for each in evidence if each.address.casefold() not in origins] or list(evidence)


def written_to(mail: Mail, evidence: Evidence, *, among: Collection[str]) -> str:
    """Return the address that we wrote to: the one that failed, or the one whose mail was forwarded
    to it. A report about several recipients says nothing of it.
    """
    if len({address.casefold() for address in among}) == 1:
        # Two names in a report of fields are already in order, unless a sentence says otherwise.
        hints = islice(_hints(mail, evidence.address), 1 if evidence.also else None)
        for named in hints:
            theirs = {address.casefold(): address for address in named}
            if evidence.address.casefold() in theirs:
                break
            if len(theirs) == 1:
                return next(iter(theirs.values()))
    return evidence.address


def is_sent_on(mail: Mail, address: str, failed: str) -> bool:
    """Return whether the notice says that the mail of `address` is sent on to `failed`, another mailbox.
    Where that is dead, the address may still reach others, or be given another target.
    """
    target, _, there = failed.casefold().rpartition("@")
    local, _, here = address.casefold().rpartition("@")
    is_renamed = local == target and f".{there}".endswith(f".{here}")
    said = {each.casefold() for each, words in _origins(mail) if not _ORIGINALLY.match(words)}
    return address != failed and address.casefold() in said and not is_renamed


def _hints(mail: Mail, failed: str) -> Iterator[list[str]]:
    """Yield the addresses that each kind of hint names, the surest first."""
    yield list(_said_to_be_forwarded(mail))
    ours = mail.our_addresses
    to = [
        each for each in addresses_in(" ".join(mail.returned.all("to", "cc"))) if each not in ours
    ]
    yield [each for each in to if _is_prefixed(failed, each)]
    yield [each for each in to if _was_carried_to(mail, each)] if len(to) == 1 else []


def _is_prefixed(failed: str, address: str) -> bool:
    """Return whether `failed` is `address` as qmail's virtual domains write it, their name first."""
    return failed.casefold().endswith(f"-{address.casefold()}")


def _was_carried_to(mail: Mail, address: str) -> bool:
    """Return whether a mail system on the way carried the original to this address."""
    received = _RECEIVED_FOR.findall(" ".join(mail.returned.all("received")))
    delivered = mail.returned.all("x-original-to", "delivered-to", "envelope-to")
    named = addresses_in(" ".join((*received, *delivered)))
    return any(
        each.casefold() == address.casefold() or _is_prefixed(each, address) for each in named
    )


def _said_to_be_forwarded(mail: Mail) -> Iterator[str]:
    """Yield the addresses that the notice names as those whose mail was sent on."""
    return (address for address, _words in _origins(mail))


def _origins(mail: Mail) -> Iterator[tuple[str, str]]:
    """Yield these addresses with the words before them."""
    for line, following in zip(mail.lines, (*mail.lines[1:], ""), strict=False):
        text = f"{line} {following}"
        for address in addresses_in(text) if "@" in line or "@" in following else ():
            before = text[: text.find(address)][-_WINDOW:]
            if said := _FROM.search(plain_text(f"{before}|")[:-1]):
                yield address, said.group()
