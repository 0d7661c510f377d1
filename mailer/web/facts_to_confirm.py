"""The facts that wait to be confirmed, as the page of the facts lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from mailer.labels import label_of
from mailer.model.campaigns.campaign import CampaignKind
from mailer.web.fact_fields import entry_called, field_called
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.operations.campaigns.revisions.edited import EditedFacts
    from mailer.web.visit import Visit

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_CHOICES = (".tier", ".group")
"""Keys of an entry that the form always shows, also where the document says nothing of them."""


@dataclass(frozen=True, slots=True)
class FactsToConfirm:
    """Facts of one table that the same words of the document say; they are confirmed together.

    Hours in `values` are local.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[str | datetime, ...]
    words: str


def facts_to_confirm(visit: Visit, edited: EditedFacts) -> list[FactsToConfirm]:
    """Return what waits to be confirmed, in the order of the file."""
    found: dict[tuple[str, str], FactsToConfirm] = {}
    for fact in edited.campaign.to_confirm if edited.campaign else ():
        field = _field(fact.key)
        table = fact.key if entry_called(field) else fact.key.rpartition(".")[0]
        label = visit.say(field_called(field) or field)
        one = FactsToConfirm((fact.key,), (label,), _values(visit, edited, field), fact.words)
        known = found.get((table, fact.words))
        found[table, fact.words] = one if known is None else _together(known, one)
    return list(found.values())


def _field(key: str) -> str:
    """Return the form's name of a key of `campaign.toml`: the form counts entries from 1."""
    return ".".join(f"{int(part) + 1}" if part.isdecimal() else part for part in key.split("."))


def _together(known: FactsToConfirm, one: FactsToConfirm) -> FactsToConfirm:
    return replace(
        known,
        keys=known.keys + one.keys,
        labels=known.labels + one.labels,
        values=known.values + one.values,
    )


def _values(visit: Visit, edited: EditedFacts, field: str) -> tuple[str | datetime, ...]:
    fields = edited.fields
    if field == "kind" and edited.campaign:
        return (visit.say(label_of(CampaignKind(edited.campaign.kind))),)
    if entry_called(field):
        return tuple(
            value
            for key, value in fields.items()
            if key.startswith(f"{field}.") and value and not key.endswith(_CHOICES)
        )
    if f"{field}.day" in fields:
        value = f"{fields[f'{field}.day']} {fields[f'{field}.hour']}".strip()
    else:
        value = fields.get(field, "").replace("\n", ", ")
    if _MOMENT.fullmatch(value):
        return (datetime.fromisoformat(value),)
    is_yes = field.endswith(".required") and value
    return (visit.say(_("yes")) if is_yes else value,) if value else ()
