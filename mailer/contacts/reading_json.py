"""What the rows of an uploaded list become, as JSON: read once, and shown by any desk."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailer.errors import Place
from mailer.model.address import Address
from mailer.model.contacts.contact_import import Quarantined, Remark, SourceRow
from mailer.model.contacts.list_file import ListReading
from mailer.wording import as_note, from_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def reading_to_json(reading: ListReading) -> bytes:
    """Return a reading as JSON. The headers of a table, the same for all its rows, are in it once."""
    headers = list(dict.fromkeys(each.row.headers for each in reading.quarantined))
    places = {each: number for number, each in enumerate(headers)}
    written = {
        "read_at": reading.read_at.isoformat(),
        "counts": dict(reading.counts),
        "headers": headers,
        "quarantined": [
            _quarantined_to_json(each, places[each.row.headers]) for each in reading.quarantined
        ],
        "barred": _remarks_to_json(reading.barred),
        "merged": _remarks_to_json(reading.merged),
        "noted": _remarks_to_json(reading.noted),
        "unknown_columns": reading.unknown_columns,
    }
    return json.dumps(written, ensure_ascii=False).encode()


def reading_from_json(content: bytes) -> ListReading:
    """Return the reading that `reading_to_json` wrote."""
    kept = json.loads(content)
    headers = [tuple(each) for each in kept["headers"]]
    return ListReading(
        read_at=datetime.fromisoformat(kept["read_at"]),
        counts=kept["counts"],
        quarantined=tuple(_quarantined_from_json(each, headers) for each in kept["quarantined"]),
        barred=_remarks_from_json(kept["barred"]),
        merged=_remarks_from_json(kept["merged"]),
        noted=_remarks_from_json(kept["noted"]),
        unknown_columns=tuple(kept["unknown_columns"]),
    )


def _quarantined_to_json(each: Quarantined, headers: int) -> Mapping[str, Any]:
    return {
        "where": [each.row.where.file, each.row.where.line],
        "headers": headers,
        "texts": each.row.texts,
        "reason": as_note(each.reason),
        "suggestion": each.suggestion and str(each.suggestion),
        "may_be_refused": each.may_be_refused,
    }


def _quarantined_from_json(
    kept: Mapping[str, Any], headers: Sequence[tuple[str, ...]]
) -> Quarantined:
    suggestion = kept["suggestion"]
    return Quarantined(
        row=SourceRow(Place(*kept["where"]), headers[kept["headers"]], tuple(kept["texts"])),
        reason=from_note(kept["reason"]),
        suggestion=suggestion and Address.parse(suggestion),
        may_be_refused=kept["may_be_refused"],
    )


def _remarks_to_json(remarks: Iterable[Remark]) -> list[Any]:
    return [[each.where.file, each.where.line, as_note(each.what)] for each in remarks]


def _remarks_from_json(kept: Iterable[Any]) -> tuple[Remark, ...]:
    return tuple(Remark(Place(file, line), from_note(what)) for file, line, what in kept)
