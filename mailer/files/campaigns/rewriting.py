"""Rewrites `campaign.toml` from the fields of a form.

Only fields whose text differs from what the form showed are written, so that saving without a
change gives the same bytes; every comment and the order stay.
"""

from __future__ import annotations

import codecs
import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from mailer.calendar.timetable import NotATime, parse_moment
from mailer.errors import ContentError, Place, Problem, Unreadable
from mailer.files.campaigns.confirming import clear_unconfirmed
from mailer.files.campaigns.form_keys import (
    IF_ABSENT,
    LISTS,
    FactField,
    FieldKind,
    entries_of,
    fields_of,
)
from mailer.files.campaigns.line_ends import restore_line_ends, with_lf
from mailer.files.text_files import decode_utf8
from mailer.files.toml.parsing import NotToml, parse
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mailer.files.toml.lines import KeyPath

FILE = "campaign.toml"


def fact_fields(stored: bytes) -> dict[str, str]:
    """Return the text of each field by its name, as a form shows it. Raises ContentError."""
    table = parsed(stored)
    return {name: text for field in fields_of(table) for name, text in _shown(field, table).items()}


def entries(stored: bytes, name: str) -> int:
    """Return how many entries a list of the file has."""
    found = parsed(stored).get(name)
    return len(found) if isinstance(found, list) else 0


def rewrite_facts(stored: bytes, typed: Mapping[str, str], *, removed: Iterable[str] = ()) -> bytes:
    """Return the file with the fields of a form, which may be some of all. Raises ContentError
    with every field that cannot be read.

    `removed` names list entries to take out (`partners.2`).
    """
    table = parsed(stored)
    edits = _edits(table, typed)
    gone = sorted(_entries_named(removed, table), reverse=True)
    if not edits and not gone:
        return stored

    def edit(target: Any) -> None:
        clear_unconfirmed(target, (path for path, _value in edits))
        for path, value in edits:
            set_key(target, path, value)
        for name, index in gone:
            _remove(target, (name, index))

    return rewritten(stored, edit)


def rewritten(stored: bytes, edit: Callable[[Any], None]) -> bytes:
    """Return the file with an edit, which is made to a plain table and to the tomlkit document, so
    that both can be compared. Raises ContentError when they differ.
    """
    text = decoded(stored)
    expected = _table(text)
    try:
        document = tomlkit.parse(with_lf(text))
        edit(expected)
        edit(document)
        edited = tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentError(_too_unusual()) from error
    return replaced(stored, edited, expected)


def replaced(stored: bytes, edited: str, expected: Mapping[str, Any]) -> bytes:
    """Return an edited text as bytes like the stored ones. Raises ContentError when it does not
    say what is `expected`.
    """
    try:
        is_right = parse(edited) == expected
    except (NotToml, ValueError) as error:
        raise ContentError(_too_unusual()) from error
    if not is_right:
        raise ContentError(_too_unusual())
    bom = codecs.BOM_UTF8 if stored.startswith(codecs.BOM_UTF8) else b""
    return bom + restore_line_ends(decoded(stored), edited).encode()


def _shown(field: FactField, table: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of a field by its name: two for a moment."""
    value = _value(table, field.path)
    match field.kind:
        case FieldKind.MOMENT:
            day, hour = _day_and_hour(value)
            return {f"{field.name}.day": day, f"{field.name}.hour": hour}
        case FieldKind.FLAG:
            return {field.name: "1" if value is True else ""}
        case FieldKind.WORDS | FieldKind.LINES:
            words = value if isinstance(value, list) else []
            return {field.name: "\n".join(map(str, words))}
    if field.path[-1] == "signs" and isinstance(value, bool):
        value = "version" if value else ""
    absent = IF_ABSENT.get(str(field.path[0]), {}).get(str(field.path[-1]), "")
    return {field.name: _as_text(value) if value is not None else absent}


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return with_lf(str(value))


def _value(table: Mapping[str, Any], path: KeyPath) -> Any:
    value: Any = table
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _day_and_hour(value: object) -> tuple[str, str]:
    """Return what the inputs for a date and an hour show; nothing for what is not a moment."""
    if isinstance(value, str):
        try:
            value = parse_moment(value)
        except (NotATime, Unreadable):
            return "", ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}", f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    return (value.isoformat(), "") if isinstance(value, date) else ("", "")


def _edits(table: Mapping[str, Any], typed: Mapping[str, str]) -> list[tuple[KeyPath, Any]]:
    """Return the path and the new value (None: no key) of each field that was changed."""
    edits: list[tuple[KeyPath, Any]] = []
    problems: list[Problem] = []
    for field in fields_of(table):
        shown = _shown(field, table)
        sent = {name: with_lf(typed.get(name, text)) for name, text in shown.items()}
        if sent != shown and not _is_filler(field, table, typed):
            try:
                edits.append((field.path, _new_value(field, sent, _value(table, field.path))))
            except ContentError as refused:
                problems += refused.problems
    if problems:
        raise ContentError(*problems)
    return edits


def _is_filler(field: FactField, table: Mapping[str, Any], typed: Mapping[str, str]) -> bool:
    """Return whether a field belongs to a new entry of which nothing else was typed."""
    name, index, *_key = (*field.path, 0)
    if name not in LISTS or index != len(entries_of(table, str(name))):
        return False
    fillers = IF_ABSENT.get(str(name), {})
    return not any(
        typed.get(f"{name}.{int(index) + 1}.{key}", "").strip()
        for key in LISTS[str(name)]
        if key not in fillers
    )


def _new_value(field: FactField, sent: Mapping[str, str], old: object) -> Any:
    match field.kind:
        case FieldKind.MOMENT:
            return _moment(field, *(text.strip() for text in sent.values()), old=old)
        case FieldKind.FLAG:
            return bool(sent[field.name])
        case FieldKind.WORDS | FieldKind.LINES as kind:
            return _listed(sent[field.name], kind)
        case FieldKind.OPTIONAL:
            return sent[field.name].strip() or None
        case FieldKind.NUMBER:
            return _number(field, sent[field.name])
    text = sent[field.name].strip()
    return None if not text and old is None else text


def _listed(text: str, kind: FieldKind) -> list[str]:
    if kind is FieldKind.WORDS:
        text = text.replace(",", "\n").replace(";", "\n")
    return [line for each in text.split("\n") if (line := each.strip())]


def _number(field: FactField, text: str) -> int | None:
    digits = "".join(text.split())
    if not digits:
        return None
    if digits.isascii() and digits.isdecimal():
        return int(digits)
    what = _("“{text}” is not a whole number.", text=text.strip())
    if re.fullmatch(r"[-\u2212][0-9]+", digits):
        what = _("“{text}” is less than 0.", text=text.strip())
    remedy = _("Write it in figures, or leave the field empty.")
    raise ContentError(Problem(Place(FILE, key=field.name), what, remedy))


def _moment(field: FactField, day: str, hour: str, *, old: object) -> Any:
    """Return a day, or a day and hour, of the type that the file has: TOML's own, or a text."""
    if not day and not hour:
        return None
    try:
        on = date.fromisoformat(day)
        moment = datetime.combine(on, time.fromisoformat(hour)) if hour else on
    except ValueError:
        raise ContentError(
            Problem(
                Place(FILE, key=field.name),
                _("“{text}” is not a day and an hour.", text=f"{day} {hour}".strip()),
                _("Choose the day, and the hour if there is one."),
            )
        ) from None
    if not isinstance(old, str):
        return moment
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()


def set_key(target: Any, path: KeyPath, value: Any) -> None:
    """Set a key of a plain table or a tomlkit document, or remove it (None)."""
    *parents, key = path
    for depth, part in enumerate(parents):
        is_list = depth + 1 < len(parents) and isinstance(parents[depth + 1], int)
        if isinstance(part, int):
            if part == len(target):
                target.append({} if type(target) is list else _empty_entry(target))
        elif part not in target:
            if value is None:
                return
            target[part] = _empty(target, is_list=is_list)
        target = target[part]
    if value is not None:
        target[key] = value
    elif key in target:
        del target[key]


def _empty(target: Any, *, is_list: bool) -> Any:
    """Return an empty table or list of tables, plain or of tomlkit like `target`."""
    if type(target) is dict:
        return [] if is_list else {}
    return tomlkit.aot() if is_list else tomlkit.table()


def _empty_entry(entries_: Any) -> Any:
    return tomlkit.table() if isinstance(entries_, AoT) else tomlkit.inline_table()


def _remove(target: Any, path: tuple[str, int]) -> None:
    name, index = path
    del target[name][index]
    if not target[name]:
        del target[name]


def _entries_named(removed: Iterable[str], table: Mapping[str, Any]) -> set[tuple[str, int]]:
    """Return the entries that these names mean; what the file does not have is left out."""
    found = set()
    for each in removed:
        name, _dot, number = each.rpartition(".")
        if name in LISTS and number.isdecimal() and number.isascii():
            index = int(number) - 1
            if 0 <= index < len(entries_of(table, name)):
                found.add((name, index))
    return found


def _table(text: str) -> dict[str, Any]:
    try:
        return parse(with_lf(text))
    except NotToml as refused:
        raise ContentError(
            Problem(Place(FILE, refused.line), refused.what, refused.remedy)
        ) from refused


def parsed(stored: bytes) -> dict[str, Any]:
    """Return what the file says. Raises ContentError for one that is not TOML."""
    return _table(decoded(stored))


def decoded(stored: bytes) -> str:
    """Return the text of the file. Raises ContentError for one that is not UTF-8."""
    problems: list[Problem] = []
    if decode_utf8(stored, shown=FILE, problems=problems) is None:
        raise ContentError(*problems)
    return stored.decode("utf-8-sig")


def _too_unusual() -> Problem:
    return Problem(
        Place(FILE),
        _("the file is written in a way that a form cannot change safely; it was left as it is"),
        _("Change it in the file itself."),
    )
