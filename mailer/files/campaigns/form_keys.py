"""The keys of `campaign.toml` that the forms of the desk show, each with its kind.

A field has the name that problems give to its key (`press_contacts.1.email`, `steps.reminder.send`);
entries of a list count from 1, and the number after the last one adds an entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailer.files.toml.lines import KeyPath


class FieldKind(Enum):
    """How a form shows a key, and how it is written."""

    TEXT = "text"
    """Kept, empty, when it is emptied."""
    OPTIONAL = "optional"
    """A text that may not be empty: the key is removed."""
    FLAG = "flag"
    """`1`, or empty for false."""
    MOMENT = "moment"
    """Two fields, `.day` and `.hour`."""
    WORDS = "words"
    """A list of words, one in each line, or with commas between them."""
    LINES = "lines"
    """A list of texts that may hold commas, one in each line."""
    NUMBER = "number"
    """A whole number; the key is removed when it is emptied."""


_KIND = FieldKind
TABLES: Mapping[str, Mapping[str, FieldKind]] = {
    "": {
        "title": _KIND.TEXT,
        "kind": _KIND.TEXT,
        "place": _KIND.TEXT,
        "short_names": _KIND.LINES,
    },
    "event": {
        "name": _KIND.TEXT,
        "theme": _KIND.TEXT,
        "starts_at": _KIND.MOMENT,
        "ends_at": _KIND.MOMENT,
        "venue": _KIND.TEXT,
        "address": _KIND.TEXT,
        "access": _KIND.TEXT,
    },
    "accreditation": {
        "required": _KIND.FLAG,
        "deadline": _KIND.OPTIONAL,
        "deadline_proposed": _KIND.FLAG,
        "addresses": _KIND.WORDS,
        "total": _KIND.NUMBER,
        "per_outlet": _KIND.NUMBER,
        "order": _KIND.OPTIONAL,
        "accept": _KIND.OPTIONAL,
        "confirm_within_hours": _KIND.NUMBER,
        "promote_until": _KIND.OPTIONAL,
        "keep_cards_days": _KIND.NUMBER,
    },
    "embargo": {"until": _KIND.MOMENT},
    "press_room": {"public": _KIND.FLAG, "since": _KIND.MOMENT},
}
"""The tables of a form that exist once, and their keys."""

LISTS: Mapping[str, Mapping[str, FieldKind]] = {
    "press_contacts": {
        **dict.fromkeys(("name", "role", "organisation"), _KIND.TEXT),
        "email": _KIND.OPTIONAL,
        "phone": _KIND.TEXT,
        "mobile": _KIND.OPTIONAL,
    },
    "partners": {
        **dict.fromkeys(("name", "role", "url"), _KIND.TEXT),
        **dict.fromkeys(("logo", "tier", "signs"), _KIND.OPTIONAL),
        "people": _KIND.WORDS,
    },
    "links": {"label": _KIND.TEXT, "url": _KIND.TEXT, "group": _KIND.OPTIONAL},
    "attachments": {"path": _KIND.TEXT, "label": _KIND.TEXT, "public": _KIND.FLAG},
    "corrections": {"what": _KIND.TEXT, "old": _KIND.TEXT, "new": _KIND.TEXT},
}
"""The lists of tables in a form, whose entries can be added and removed."""

_TARGET = (
    *("to", "outlets", "beats", "regions", "media", "languages"),
    *("exclude", "received", "not_received"),
)
"""The keys of a step that say whom it is for, each a list of words."""
STEP: Mapping[str, FieldKind] = {
    "send": _KIND.OPTIONAL,
    "on": _KIND.OPTIONAL,
    "subject": _KIND.TEXT,
    "preheader": _KIND.TEXT,
    **dict.fromkeys(("only", "unless", *_TARGET), _KIND.WORDS),
    "most_per_week": _KIND.NUMBER,
    "kind": _KIND.OPTIONAL,
    "fixed": _KIND.FLAG,
    "calendar": _KIND.FLAG,
    "reason": _KIND.TEXT,
}
"""The keys of a step, whose text and template stand elsewhere."""
IF_ABSENT = {
    "links": {"group": "more"},
    "partners": {"tier": "partner"},
    "accreditation": {"order": "strict", "accept": "automatic"},
}
"""What an absent key means, where a form has to show something."""


@dataclass(frozen=True, slots=True)
class FactField:
    """One key of the file and its kind. `name` is that of its field, or of its two fields."""

    name: str
    path: KeyPath
    kind: FieldKind


def fields_of(table: Mapping[str, Any]) -> Iterator[FactField]:
    """Yield every field of a form: also of keys that the file does not have, and of one more entry
    of each list.
    """
    for name, keys in TABLES.items():
        path: KeyPath = (name,) if name else ()
        for key, kind in keys.items():
            yield FactField(".".join((*map(str, path), key)), (*path, key), kind)
    for name, keys in LISTS.items():
        for index in range(len(entries_of(table, name)) + 1):
            for key, kind in keys.items():
                yield FactField(f"{name}.{index + 1}.{key}", (name, index, key), kind)
    for index, step in enumerate(entries_of(table, "steps")):
        for key, kind in STEP.items():
            yield FactField(f"steps.{step.get('id', index + 1)}.{key}", ("steps", index, key), kind)


def entries_of(table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the tables of a list; none for a key that is no list."""
    found = table.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
