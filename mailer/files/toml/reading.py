"""Reads TOML files into frozen dataclasses, and reports all problems of a file at once.

The shape of a file is a plain dataclass, and `fill` reads a table into it. Each problem has the
line of its key; for an unknown key it suggests the nearest known one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from mailer.errors import Place, Problem, Unreadable, nearest
from mailer.files.toml.lines import KeyPath, key_lines, line_of
from mailer.files.toml.parsing import TOO_LARGE, NotToml, large_numbers, parse
from mailer.wording import FactKey, Text, _, to_administrator

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from pydantic_core import ErrorDetails

Shape = TypeVar("Shape")

CORRECT = _("Correct the value.")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed document with the line of each key.

    `first_line` is more than 1 when the document is inside another file (front matter).
    """

    name: str
    table: Mapping[str, Any]
    lines: Mapping[KeyPath, int]
    first_line: int = 1

    def place(self, path: KeyPath) -> Place:
        """Return the place of a key, or of the table or document that should have it."""
        line = line_of(path, self.lines) or self.first_line
        return Place(self.name, line, key=self._shown(path))

    def _shown(self, path: KeyPath) -> str:
        """Return `steps.reminder.send`: list items by their `id`, or else by number from 1."""
        value: Any = self.table
        shown = []
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                value = None
            if isinstance(part, int):
                part = (isinstance(value, dict) and value.get("id")) or part + 1  # noqa: PLW2901 -- its name
            shown.append(str(part))
        return ".".join(shown)


def parse_toml(
    text: str, *, name: str, problems: list[Problem], first_line: int = 1
) -> TomlFile | None:
    """Parse a document; returns None and adds a problem when it is not TOML. `first_line` is the
    line of `text` in its file.
    """
    try:
        table = parse(text)
    except NotToml as refused:
        where = Place(name, refused.line + first_line - 1)
        problems.append(Problem(where, refused.what, to_administrator(refused.remedy)))
        return None
    lines = {path: line + first_line - 1 for path, line in key_lines(text).items()}
    file = TomlFile(name, table, lines, first_line)
    large = [Problem(file.place(path), *TOO_LARGE) for path in large_numbers(table)]
    problems.extend(large)
    return None if large else file


def fill(
    shape: Callable[..., Shape],
    file: TomlFile,
    *,
    at: KeyPath = (),
    also: Collection[str] = (),
    problems: list[Problem],
) -> Shape | None:
    """Read the table at `at` into a `shape` and add its problems to `problems`.

    Returns None when a value cannot be used. An unknown key is a problem, but does not prevent
    the rest from being read. `also` are keys of the table that other code reads.
    """
    value: Any = file.table
    for part in at:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            value = {}
    found = [
        Problem(
            file.place((*at, *path)),
            _("There is no key called “{key}”.", key=path[-1]),
            to_administrator(nearest(str(path[-1]), [*known, *also])),
        )
        for path, known in _unknown_keys(shape, value)
        if path[0] not in also
    ]
    filled: Shape | None = None
    try:
        filled = _adapter(shape).validate_python(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = file.place((*at, *detail["loc"]))
            found.append(Problem(where, *_sentences(detail, where.key)))
    problems.extend(found)
    return filled


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _unknown_keys(shape: Any, value: Any) -> Iterator[tuple[KeyPath, list[str]]]:
    """Yield the path of each key, at any depth, that `shape` does not have, with the known keys."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            for path, known in _unknown_keys(shape, item):
                yield (index, *path), known
    elif not is_dataclass(shape):
        for part in get_args(shape):
            yield from _unknown_keys(part, value)
    elif isinstance(value, dict):
        hints = get_type_hints(shape)
        known = [field.name.rstrip("_") for field in fields(shape)]  # `from_` is the key `from`
        for key, inner in value.items():
            if key not in known:
                yield (key,), known
                continue
            for path, inner_known in _unknown_keys(hints.get(key), inner):
                yield (key, *path), inner_known


def _sentences(error: ErrorDetails, key: str) -> tuple[Text, Text]:
    """Return what is wrong and what to do, for a pydantic error about a key."""
    kind, limits = error["type"], error.get("ctx", {})
    refused = limits.get("error")
    if isinstance(refused, Unreadable):
        return refused.reason, CORRECT
    if kind == "missing":
        return _("{fact} is missing.", fact=FactKey(key)), _(
            "Fill in {fact}.", fact=FactKey(key, "…")
        )
    if kind in {"enum", "literal_error"}:
        known = re.findall(r"'([^']*)'", limits["expected"])
        return (
            _("“{value}” is not a value of this key.", value=error["input"]),
            nearest(str(error["input"]), known),
        )
    if kind.startswith(("greater_than", "less_than")):
        limit = next(iter(limits.values()))
        return _("The number is out of range; its limit is {limit}.", limit=limit), CORRECT
    for family, what in _EXPECTED.items():
        if kind.startswith(family):
            return what, CORRECT if family in _TYPED else to_administrator(CORRECT)
    return _("The value cannot be used: {detail}", detail=error["msg"]), CORRECT


_EXPECTED = {
    "string": _("A text between quotes is expected here."),
    "int": _("A whole number is expected here."),
    "float": _("A number is expected here."),
    "bool": _("true or false is expected here, without quotes."),
    "tuple": _("A list between brackets is expected here."),
    "list": _("A list between brackets is expected here."),
    "dataclass": _("A table of keys is expected here."),
    "dict": _("A table of keys is expected here."),
}
_TYPED = frozenset({"int", "float"})
"""What somebody may type wrongly in a form of the desk; only a hand writes the others wrongly."""
