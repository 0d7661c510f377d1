"""Reads quarantined rows again, as a person decided about them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from mailer.contacts.columns import fields_of
from mailer.contacts.reading import read_list
from mailer.contacts.tables import Row, Table
from mailer.model.contacts.contact_import import Field, Import, Quarantined
from mailer.model.contacts.list_file import RowChoice, RowDecision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.contacts.contact_import import SourceRow

_QUESTION = ("Row", "Reason", "Suggestion", "Write to them")
"""The columns of our own quarantine file; the last asks whether a person may be written to."""


def row_key(row: SourceRow) -> str:
    """Return a hash of the cells of a row: the same row in another file has the same one."""
    return sha256(json.dumps(row.texts, ensure_ascii=False).encode()).hexdigest()[:32]


def with_decisions(read: Import, decisions: Mapping[str, RowDecision]) -> Import:
    """Return `read` with its quarantined rows as they were decided, by `row_key`.

    A row without a decision stays in quarantine, and so does one whose decision cannot be carried
    out: its reason then says why. A row that is left out is in no part of the result.
    """
    result = replace(read, quarantined=())
    for quarantined in read.quarantined:
        decision = decisions.get(row_key(quarantined.row))
        if decision is None or decision.choice is RowChoice.LATER:
            result = replace(result, quarantined=(*result.quarantined, quarantined))
        elif decision.choice is not RowChoice.LEAVE_OUT:
            result = _joined(result, _read_again(read, quarantined, decision), quarantined)
    return result


def may_be_written_to(quarantined: Quarantined) -> bool:
    """Return whether the row becomes a contact as it is written, once a person says that it may."""
    row = quarantined.row
    read = Import(row.where.file, "", read_on=date.min, read=1)
    again = _read_again(read, quarantined, RowDecision(row_key(row), RowChoice.WRITE))
    return not again.quarantined


def _read_again(read: Import, quarantined: Quarantined, decision: RowDecision) -> Import:
    """Read one row with its address replaced and the question about its refusal answered."""
    row = quarantined.row
    at = _address_column(row)
    texts = [*row.texts, *[""] * (len(row.headers) - len(row.texts))]
    headers = [*row.headers, *[""] * (len(texts) - len(row.headers))]
    if at == len(texts):
        headers.append("Courriel")
        texts.append("")
    if decision.choice is RowChoice.ACCEPT and quarantined.suggestion is not None:
        texts[at] = str(quarantined.suggestion)
    elif decision.choice is RowChoice.CORRECT:
        texts[at] = decision.address
    may_write = "no" if decision.choice is RowChoice.BAR else "yes"
    answer = (str(row.where.line), "", "", may_write)
    cells = (Row(1, (*_QUESTION, *headers)), Row(row.where.line, (*answer, *texts)))
    domain = texts[at].rpartition("@")[2].strip().casefold()
    return read_list(
        [Table("", cells)],
        file=row.where.file,
        list_name=read.list_name,
        read_on=read.read_on,
        decided={domain: domain} if domain else {},
    )


def _address_column(row: SourceRow) -> int:
    """Return the column of the address: by its header, otherwise the first cell with an @.

    It is one beyond the last when there is none.
    """
    fields = fields_of(row.headers)
    if Field.ADDRESS in fields:
        return fields.index(Field.ADDRESS)
    return next((at for at, text in enumerate(row.texts) if "@" in text), len(row.texts))


def _joined(result: Import, again: Import, quarantined: Quarantined) -> Import:
    """Return `result` with what became of the row; it stays in quarantine if it is doubtful."""
    return replace(
        result,
        repaired=(*result.repaired, *again.ready, *again.repaired),
        barred=(*result.barred, *again.barred),
        objections=(*result.objections, *again.objections),
        quarantined=(
            *result.quarantined,
            *(replace(each, row=quarantined.row) for each in again.quarantined),
        ),
    )
