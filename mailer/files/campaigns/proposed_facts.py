"""Writes the facts that were read in a document into `campaign.toml`, and confirms them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import tomlkit

from mailer.files.campaigns.confirming import (
    UNCONFIRMED,
    clear_unconfirmed,
    flag,
    flag_entry,
    flagged_paths,
)
from mailer.files.campaigns.rewriting import rewritten
from mailer.files.toml.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mailer.model.campaigns.proposals import FactPath, ProposedFact

_MOST_WORDS = 160
"""How many signs of a document are quoted beside a fact."""


def with_proposals(facts: str, proposed: Iterable[ProposedFact]) -> str:
    """Return the text of `campaign.toml` with the facts of a document, each flagged."""
    document = tomlkit.parse(facts)
    for fact in proposed:
        *parents, key = fact.path
        table = _table(document, parents)
        table[str(key)] = _written(fact.value)
        if parents and isinstance(parents[-1], int):
            flag_entry(table, _quoted(fact.words))
        else:
            flag(table, str(key), _quoted(fact.words))
    _move_marks_down(document)
    return re.sub(r"(?<!\n)\n(?=\[)", "\n\n", tomlkit.dumps(document))


def confirm(stored: bytes, keys: Collection[str] = ()) -> bytes:
    """Return `campaign.toml` without the flags of some facts, or without any. Raises ContentError
    for a file that cannot be rewritten.
    """
    paths = [
        path
        for path in flagged_paths(parse(stored.decode("utf-8-sig")))
        if not keys or ".".join(map(str, path)) in keys
    ]
    return rewritten(stored, lambda table: clear_unconfirmed(table, paths)) if paths else stored


_OF_ONE_EVENT = (
    *(("event", key) for key in ("starts_at", "ends_at", "venue", "address")),
    ("accreditation", "deadline"),
    ("embargo", "until"),
)
"""What another event has of its own."""


def flag_copied(stored: bytes, words: Mapping[str, str]) -> bytes:
    """Return `campaign.toml` of a copy, with what its event had of its own flagged; `words` has by
    key the line of the old campaign that says it, where one does. Raises ContentError for a file that cannot be rewritten.
    """

    def edit(document: Any) -> None:
        for name, key in _OF_ONE_EVENT:
            table = document.get(name)
            if isinstance(table, dict) and key in table:
                flag(table, key, _quoted(words.get(f"{name}.{key}", "")))

    return rewritten(stored, edit)


def _table(document: Any, parents: FactPath | list[str | int]) -> Any:
    """Return the table at a path; what is missing is made."""
    match parents:
        case []:
            return document
        case [str() as name]:
            if name not in document:
                document[name] = tomlkit.table()
            return document[name]
        case [str() as name, int() as index]:
            if name not in document:
                document[name] = tomlkit.aot()
            while len(document[name]) <= index:
                document[name].append(tomlkit.table())
            return document[name][index]
    raise ValueError(parents)


def _written(value: object) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _quoted(words: str) -> str:
    line = "".join(sign for sign in " ".join(words.split()) if sign.isprintable())
    return line if len(line) <= _MOST_WORDS else f"{line[: _MOST_WORDS - 1]}…"


def _move_marks_down(document: Any) -> None:
    """Let the flags of each table stand below its keys, where they are read last."""
    for value in (document, *list(document.values())):
        for table in value if isinstance(value, list) else [value]:
            if isinstance(table, dict) and table is not document and UNCONFIRMED in table:
                flags = table[UNCONFIRMED]
                del table[UNCONFIRMED]
                table[UNCONFIRMED] = flags
