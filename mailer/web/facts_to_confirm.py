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
    """The facts of one table that the same words say. `keys` has blanks between them. Hours in
    `values` are local.
    """

    keys: str
    labels: str
    values: tuple[str | datetime, ...]
    words: str


def facts_to_confirm(visit: Visit, edited: EditedFacts) -> list[FactsToConfirm]:
    """Return what waits to be confirmed, in the order of the file."""
    found: dict[tuple[str, str], FactsToConfirm] = {}
    for fact in edited.campaign.to_confirm if edited.campaign else ():
        name = ".".join(
            f"{int(part) + 1}" if part.isdecimal() else part for part in fact.key.split(".")
        )
        group = (fact.key if entry_called(name) else fact.key.rpartition(".")[0], fact.words)
        said = visit.say(field_called(name) or name)
        one = FactsToConfirm(fact.key, said, _values(visit, edited, name), fact.words)
        known = found.get(group)
        found[group] = one if known is None else _both(known, one)
    return list(found.values())


def _both(known: FactsToConfirm, one: FactsToConfirm) -> FactsToConfirm:
    return replace(
        known,
        keys=f"{known.keys} {one.keys}",
        labels=f"{known.labels}, {one.labels}",
        values=known.values + one.values,
    )


def _values(visit: Visit, edited: EditedFacts, name: str) -> tuple[str | datetime, ...]:
    fields = edited.fields
    if name == "kind" and edited.campaign:
        return (visit.say(label_of(CampaignKind(edited.campaign.kind))),)
    if entry_called(name):
        return tuple(
            value
            for key, value in fields.items()
            if key.startswith(f"{name}.") and value and not key.endswith(_CHOICES)
        )
    if f"{name}.day" in fields:
        value = f"{fields[f'{name}.day']} {fields[f'{name}.hour']}".strip()
    else:
        value = fields.get(name, "").replace("\n", ", ")
    if _MOMENT.fullmatch(value):
        return (datetime.fromisoformat(value),)
    is_yes = name.endswith(".required") and value
    return (visit.say(_("yes")) if is_yes else value,) if value else ()
