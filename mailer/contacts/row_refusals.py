"""Finds the refusals that stand in one row, and the addresses that they bar."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from mailer.addresses import NotAnAddress, addresses_in, read_address
from mailer.contacts.address_cells import read_address_cell
from mailer.contacts.cells import tidy
from mailer.contacts.refusals.refusals import Asks, Refusal, Stance, is_plain_yes, judge
from mailer.model.contacts.contact_import import Field, Objection
from mailer.model.contacts.suppression import SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.contacts.columns import Columns
    from mailer.contacts.tables import Row
    from mailer.errors import Place
    from mailer.model.address import Address

_GRAVITY = (Stance.DOUBTFUL, Stance.BOUNCED, Stance.REFUSED)
_REASONS = {
    Stance.REFUSED: SuppressionReason.DO_NOT_CONTACT,
    Stance.BOUNCED: SuppressionReason.DEAD,
}
_MAX_EVIDENCE = 200
_ABOUT_OTHER_THINGS = frozenset({Asks.NAME, Asks.NOTHING})
_SAYS_NOTHING = re.compile(r"\s*(?:[^\s@]+@[^\s@]+|[\d\s.,:+()/-]*|[A-Za-z]{1,2})\s*")
"""A lone address, a number, or one or two letters."""


def gravest(refusals: Iterable[Refusal]) -> Refusal | None:
    """Return the first of the gravest refusals."""
    return max(refusals, key=lambda each: _GRAVITY.index(each.stance), default=None)


def refusals_in(row: Row, columns: Columns) -> Iterator[Refusal]:
    """Yield the refusals in the cells of a row and in the comments on them."""
    for comment in row.comments:
        if stance := judge(tidy(comment), Asks.NOTHING):
            yield Refusal(stance, _evidence("", comment))
    if is_shifted(row, columns):
        yield from _refusals_in_shifted(row, columns)
        return
    for index, (text, asks) in enumerate(zip(row.cells, columns.asks, strict=False)):
        # Nearly all cells of a list are names, addresses and numbers; these say nothing.
        if not text or (asks in _ABOUT_OTHER_THINGS and _SAYS_NOTHING.fullmatch(text)):
            continue
        stance = judge(tidy(text), asks)
        if stance is not None and columns.field(index) is not Field.OURS:
            yield Refusal(stance, _evidence(columns.name(index), text))


def is_decided(row: Row, columns: Columns) -> bool:
    """Return whether a person wrote yes to our own question whether to write to this one."""
    return any(
        is_plain_yes(text)
        for index, text in enumerate(row.cells)
        if columns.field(index) is Field.DECISION
    )


def is_shifted(row: Row, columns: Columns) -> bool:
    """Return whether the cells of a row do not stand under their headers: the line is broken, or
    has more cells than there are headers and than other rows have.
    """
    extra = row.cells[len(columns.headers) :]
    return row.broken or (
        bool(extra) and (any(map(str.strip, extra)) or _looks_shifted(row, columns))
    )


def _looks_shifted(row: Row, columns: Columns) -> bool:
    """Return whether a row with an empty cell too many is shifted; it is not when all rows end
    with a delimiter.
    """
    if len(row.cells) > columns.width:
        return True
    return any(
        "@" in cell and columns.asked(index) is Asks.NAME for index, cell in enumerate(row.cells)
    )


def _refusals_in_shifted(row: Row, columns: Columns) -> Iterator[Refusal]:
    """Yield the refusals of a row whose cells may stand some columns beside their own."""
    shift = len(row.cells) - len(columns.headers)
    for index, header in enumerate(columns.headers):
        asks = columns.asked(index)
        for cell in row.cells[max(0, index + min(0, shift)) : index + max(0, shift) + 1]:
            if _plainly_refuses(tidy(cell), asks):
                yield Refusal(Stance.REFUSED, _evidence(header, cell))
    for cell in row.cells:
        if (stance := judge(tidy(cell), Asks.NOTHING)) is not None:
            yield Refusal(stance, _evidence("", cell))


def _plainly_refuses(text: str, asks: Asks) -> bool:
    """Return whether a cell refuses whatever column it belongs to beside this one."""
    if asks is Asks.REFUSAL:
        return is_plain_yes(text)
    stance = judge(text, asks) if asks in {Asks.CONSENT, Asks.STATUS} else None
    return stance is Stance.REFUSED


def _evidence(header: str, text: str) -> str:
    shown = f"{header}: {tidy(text)}" if header else tidy(text)
    return shown if len(shown) <= _MAX_EVIDENCE else f"{shown[:_MAX_EVIDENCE]}…"


def objection(
    where: Place, refusal: Refusal | None, addresses: tuple[Address, ...]
) -> Objection | None:
    """Return the objection of a refusal that bars; None for a doubt. A bounce is about the first
    address alone.
    """
    if refusal is None or refusal.stance not in _REASONS or not addresses:
        return None
    barred = addresses if refusal.stance is Stance.REFUSED else addresses[:1]
    return Objection(where, barred, refusal.evidence, _REASONS[refusal.stance])


def readable_addresses(cells: Iterable[str]) -> tuple[Address, ...]:
    """Return all addresses that can be read in the cells of a row that cannot be used."""
    text = "\n".join(cells)
    found: list[Address] = []
    with suppress(NotAnAddress):
        found += read_address_cell(text).addresses
    for loose in addresses_in(text):
        with suppress(NotAnAddress):
            found.append(read_address(loose))
    return tuple({address.key: address for address in found}.values())
