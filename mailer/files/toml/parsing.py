"""Parses TOML text into plain values, with limits that keep `tomllib` fast.

Text that cannot be parsed is refused with its line and a sentence for its author.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailer.wording import Quoted, Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailer.files.toml.lines import KeyPath

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
# tomllib needs time and memory quadratic in the parts of a dotted key: gigabytes for 45,000. Our
# keys have three. As many words with only full stops between them are taken for a key, even
# in a text.
_LONG_KEY = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{30}}")
# TOML 1.0 asks for integers of 64 bits; Python refuses to read more than 4,300 digits, and
# to print them if they were written as hexadecimal.
_BITS = 63
_LONG_NUMBER = re.compile(r"\d[\d_]{4300,}")


@dataclass
class NotToml(Exception):
    """The text is not TOML within our limits; `line` counts from 1."""

    line: int
    what: Text
    remedy: Text


def parse(text: str) -> dict[str, Any]:
    """Return the values of a TOML document. Raises NotToml."""
    if long_key := _LONG_KEY.search(text):
        raise NotToml(_line(text, long_key.start()), *_TOO_MANY_PARTS)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = re.search(r"line (\d+), column (\d+)", str(error))
        line = int(position[1]) if position else _line(text.rstrip("\n"), len(text))
        raise NotToml(line, *_syntax(str(error))) from error
    except ValueError as error:  # Python's own limit on digits
        long_number = _LONG_NUMBER.search(text)
        line = _line(text, long_number.start()) if long_number else 1
        raise NotToml(line, *TOO_LARGE) from error
    except RecursionError as error:
        raise NotToml(1, *_TOO_DEEP) from error
    return table


def large_numbers(table: Mapping[str, Any]) -> Iterator[KeyPath]:
    """Yield the path of each integer that needs more than 64 bits."""
    # Without recursion, because dotted keys nest deeper than Python calls.
    stack: list[tuple[KeyPath, Any]] = [((), table)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            stack += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            stack += [((*path, index), inner) for index, inner in enumerate(value)]
        elif isinstance(value, int) and value.bit_length() > _BITS:
            yield path


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


_TOO_MANY_PARTS = (
    _("A key has too many parts with dots between them."),
    _("Write the key of one value, or put a text between quotes."),
)
TOO_LARGE = (_("The number is too large."), _("Put it between quotes if it is a text."))
_TOO_DEEP = (_("Lists or tables are nested too deeply."), _("Write a list of plain values."))

# The beginnings of tomllib's messages; a test checks that the table is complete.
_BACKSLASH = (
    _("A backslash stands in a text between double quotes."),
    _("Double it, or put the text between single quotes."),
)
_UNCLOSED_TEXT = (_("A text is not closed."), _("Add the quote that is missing at its end."))
_TWICE = (_("A key or table is written twice."), _("Keep one of them."))
_TABLE_TWICE = (
    _("A table is written twice."),
    _("Keep one of them, and put the lines of both below it."),
)
_NO_STATEMENT = (
    _("The line is neither “key = value” nor “[table]”."),
    _("Write key = value, with a key of plain letters, or begin the line with # for a remark."),
)
SYNTAX: dict[str, tuple[Text, Text]] = {
    "Cannot declare": _TABLE_TWICE,
    "Cannot mutate": _TWICE,
    "Cannot overwrite": _TWICE,
    "Cannot redefine": _TWICE,
    "Duplicate inline table key": _TWICE,
    "Escaped character": _BACKSLASH,
    "Invalid hex value": _BACKSLASH,
    "Unescaped '\\'": _BACKSLASH,
    "Expected '=' after a key": (
        _("The sign = is missing after the key."),
        _("Write key = value."),
    ),
    "Expected ']": (_("The bracket of a table is not closed."), _("Write [table] or [[table]].")),
    "Expected newline": (
        _("Something follows the value on the same line."),
        _("Put text, and a date with its hour, between quotes; one key to a line."),
    ),
    "Expected": _UNCLOSED_TEXT,
    "Illegal character '\\n'": _UNCLOSED_TEXT,
    "Unterminated string": _UNCLOSED_TEXT,
    "Found invalid character '\\n'": _UNCLOSED_TEXT,
    "Illegal character": (_("A control character stands in the line."), _("Remove it.")),
    "Found invalid character": (_("A control character stands in the line."), _("Remove it.")),
    "Invalid date or datetime": (
        _("There is no such date or hour."),
        _("Write for instance 2017-12-09T09:30:00."),
    ),
    "Invalid initial character": _NO_STATEMENT,
    "Invalid statement": _NO_STATEMENT,
    "Invalid value": (
        _("The value cannot be read."),
        _("Put text between quotes; write true or false, numbers and dates without."),
    ),
    "Unclosed array": (_("A list is not closed."), _("Add the ] that is missing at its end.")),
    "Unclosed inline table": (
        _("A table between braces is not closed on its line."),
        _("Close the brace on the same line."),
    ),
}


def _syntax(message: str) -> tuple[Text, Text]:
    """Return what is wrong and what to do: the first entry that `message` begins with. The table
    has longer beginnings first.
    """
    return next(
        (sentences for beginning, sentences in SYNTAX.items() if message.startswith(beginning)),
        (_("The line cannot be read: {detail}", detail=Quoted(message)), _("Correct the line.")),
    )
