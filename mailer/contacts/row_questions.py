"""What a person must decide about a row before anybody writes to the person in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.contacts.meant_addresses import meant_without_accents
from mailer.model.contacts.contact_import import Field
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.contacts.columns import Columns
    from mailer.contacts.refusals.refusals import Refusal
    from mailer.contacts.tables import Row
    from mailer.model.address import Address


def question_about(row: Row, columns: Columns, refusal: Refusal | None) -> Text | None:
    """Return what a person must decide before anybody writes to the person of a row."""
    if refusal is not None and refusal.stands_in:
        return _(
            "{what} says “{evidence}”: may this person still be written to?",
            what=refusal.stands_in,
            evidence=refusal.evidence,
        )
    if refusal is not None:
        return _("“{evidence}”: may this person still be written to?", evidence=refusal.evidence)
    if row.is_hidden:
        return _("The sheet hides this row (filtered or folded): is it still meant?")
    if _is_struck(row, columns):
        return _("The row is struck through in the sheet: has this person gone?")
    return None


def question_about_accents(address: Address) -> Text | None:
    """Return the question about an address with accents before the @, or None."""
    if meant_without_accents(address) is None:
        return None
    return _(
        "“{address}” has an accent before the @, which hardly any mailbox has.", address=address
    )


def _is_struck(row: Row, columns: Columns) -> bool:
    """Return whether the address or all cells of a row are struck through."""
    filled = {index for index, cell in enumerate(row.cells) if cell.strip()}
    return bool(row.struck) and (
        filled <= row.struck
        or any(columns.field(index) is Field.ADDRESS for index in row.struck & filled)
    )
