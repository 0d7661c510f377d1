"""Reads the addresses in a cell, removes what was typed around them, and records each repair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mailer.addresses import NotAnAddress, read_address
from mailer.contacts.cells import tidy
from mailer.model.address import Address, Mailbox
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r'((?:"[^"\n]*"|<[^<>\n]*>|[^;,\n\r/|<])+)([;,\n\r/|]?)|<')
_NAMED = re.compile(r'"?(?P<name>[^<>"]*)"?\s*<(?P<address>[^<>]*)>?(?P<rest>.*)')
_COMMENT = re.compile(r"\(([^()]*)\)")
_AT = re.compile(r"\s*(?:@|＠|[(\[{]\s*(?:at|arobase)\s*[)\]}])\s*", re.IGNORECASE)
_LABEL = re.compile(r"(?:mailto|e-?mail|courriel|mél|mel)\s*:\s*", re.IGNORECASE)
_WORDS_BETWEEN = re.compile(r"\s+(?:ou|et|or|and|puis|&)\s+|\s+(?=\S+@)")
_AROUND = " \t'\"‘’“”«»<>.:;,"


@dataclass(frozen=True, slots=True)
class AddressCell:
    """The addresses of a cell: mail goes to the first, and the others are alternates.

    `name` is the name beside the first. `left_over` is text that is not an address. `repairs`
    are sentences about what was changed.
    """

    addresses: tuple[Address, ...]
    name: str = ""
    left_over: str = ""
    repairs: tuple[Text, ...] = ()


def read_address_cell(text: str) -> AddressCell:
    """Read a cell. Raises NotAnAddress, with the first reason, when it has no valid address."""
    if "@" not in _AT.sub("@", text):
        raise NotAnAddress(
            _("“{text}” is no address.", text=tidy(text))
            if text.strip()
            else _("The row has no address.")
        )
    parts = list(address_parts(text))
    mailboxes: dict[str, Mailbox] = {}
    left_over: list[str] = []
    repairs: list[Text] = []
    refusals: list[NotAnAddress] = []
    for part in parts:
        written = _name_and_address(part)
        try:
            address = read_address(_cleaned(written.address))
        except NotAnAddress as refusal:
            refusals.append(refusal)
            left_over.append(part)
            continue
        left_over += filter(None, written.rest)
        query = written.address.partition("?")[2]
        if "@" in query:  # mailto:a@b.example?cc=c@d.example
            left_over.append(query)
        typed = text if len(parts) == 1 else part
        if typed.casefold() != str(address).casefold():
            repairs.append(_("“{before}” read as “{after}”.", before=typed, after=address))
        mailboxes.setdefault(address.key, Mailbox(address, tidy(written.name)))
    if not mailboxes:
        raise refusals[0]
    first, *others = mailboxes.values()
    return AddressCell(
        (first.address, *(other.address for other in others)),
        first.name,
        "; ".join(left_over),
        (*repairs, *_unused_remarks(first, others, left_over)),
    )


def _unused_remarks(first: Mailbox, others: list[Mailbox], left_over: list[str]) -> Iterator[Text]:
    """Yield sentences about the alternate addresses and about text that is not an address."""
    if others:
        yield _(
            "Several addresses for one person: {first} is written to, {others} is kept aside.",
            first=first.address,
            others=", ".join(str(other.address) for other in others),
        )
    if left_over:
        yield _("“{text}” is no address; kept as a note.", text="; ".join(left_over))


def address_parts(text: str) -> Iterator[str]:
    """Split `a@b; "D, E" <d@e>, F G <f@g>` into parts that should have one address each.

    A part without an address that ends in a comma is the family name in the next part
    (`Durand, Paul <p@b.example>`).
    """
    before = ""
    for found in _PIECE.finditer(text):
        part, separator = found[1] or "", found[2] or ""
        if not part.strip():
            continue
        if "@" not in _AT.sub("@", part) and separator == "," and not before:
            before = part
            continue
        if before and "<" in part:
            part = f"{before},{part}"
        elif before:
            yield before.strip()
        before = ""
        yield from ([part.strip()] if "<" in part else _split_words(part))
    if before:
        yield before.strip()


def _split_words(part: str) -> Iterator[str]:
    """Split addresses that only have a space or a word (`ou`, `and`) between them."""
    joined = _AT.sub("@", part)
    if joined.count("@") < 2:
        yield part.strip(" \r\n")
        return
    yield from filter(None, map(str.strip, _WORDS_BETWEEN.split(joined)))


class _WrittenAddress(NamedTuple):
    """An address as written, the name beside it, and other text around it."""

    name: str
    address: str
    rest: list[str]


def _name_and_address(part: str) -> _WrittenAddress:
    named = _NAMED.fullmatch(part)
    if named:
        rest = named["rest"].strip(_AROUND)
        return _WrittenAddress(named["name"].strip(" '"), named["address"], [rest])
    joined = _AT.sub("@", part)
    comments = _COMMENT.findall(joined)
    bare = _COMMENT.sub("", joined)
    return _WrittenAddress("", part if bare == joined and not comments else bare, comments)


def _cleaned(spelled: str) -> str:
    """Return an address without `mailto:`, quotes, invisible characters and punctuation around it."""
    text = _LABEL.sub("", tidy(spelled).strip(_AROUND), count=1)
    return _AT.sub("@", text.partition("?")[0]).strip(_AROUND)
