"""What is wrong with an expression or a tag, in our words: Jinja's and Python's are English.

Authors read the sentence in their own language. The table is closed: what it does not know is
quoted, and marked as the words of a program in English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import FilterArgumentError

from mailer.wording import Quoted, Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NEVER_CLOSED = "a {{ or {% is never closed"

_QUOTED = r"(?:'([^']*)'|\"([^\"]*)\")"
"""What Python's `repr` made of a name or sign."""

_THINGS: Mapping[str, Text | str] = {
    "begin of comment": "{#",
    "end of comment": "#}",
    "begin of statement block": "{%",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "end of print statement": "}}",
    "end of template": _("the end of the text"),
    "template data / text": _("plain text"),
    "name": _("a name"),
    "string": _("words between quotes"),
    "integer": _("a number"),
    "float": _("a number"),
}
"""What Jinja calls the parts of a tag; a sign or a word has no other name than itself."""

_END_OF_TAG = _("a tag is not written to its end")
_TAG = _("a tag is not written as it must be")
_TRANSLATED = _("a sentence to be translated is not written as it must be")


def fault_of(error: Exception) -> Text:
    """Return what an expression or tag does wrong, so that its author knows where to look."""
    if isinstance(error, TemplateNotFound):
        return _("there is no file “{name}” among the templates", name=error.name)
    said = error.message or "" if isinstance(error, TemplateSyntaxError) else str(error)
    if isinstance(error, UndefinedError) and (missing := re.findall(r"'(\w+)'", said)):
        return _("this names “{name}”, which nothing gives", name=missing[-1])
    for pattern, words in _MESSAGES:
        if found := pattern.match(said):
            return words if isinstance(words, Text) else words(*_parts(found))
    quoted = Quoted(said or type(error).__name__)
    if isinstance(error, FilterArgumentError | TypeError | ValueError | LookupError):
        return _("a filter or a call does not get what it needs ({reason})", reason=quoted)
    known = (words for kind, words in _KINDS.items() if isinstance(error, kind))
    return next(known, _("this cannot be rendered: {reason}", reason=quoted))


def _parts(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(part for part in found.groups() if part is not None)


def _thing(called: str) -> Text:
    thing = _THINGS.get(called) or called
    return thing if isinstance(thing, Text) else _("“{sign}”", sign=thing)


def _expected(expected: str, got: str = "end of template") -> Text:
    return _(
        "{got} stands where {expected} is expected", got=_thing(got), expected=_thing(expected)
    )


def _out_of_place(sign: str) -> Text:
    return _("{sign} cannot stand here", sign=_thing(sign))


def _unexpected(sign: str, expected: str = "") -> Text:
    return _expected(expected, sign) if expected else _out_of_place(sign)


def _open(tag: str) -> Text:
    return _("{{% {tag} %}} is never closed", tag=tag)


def _unknown_tag(tag: str, innermost: str = "") -> Text:
    is_part = tag.startswith("end") or tag in {"else", "elif", "pluralize"}
    if innermost and is_part:
        return _(
            "{{% {tag} %}} does not belong to {{% {open} %}}, which is still open",
            tag=tag,
            open=innermost,
        )
    if is_part:
        return _("{{% {tag} %}} closes nothing that is open", tag=tag)
    return _("there is no tag {{% {tag} %}}", tag=tag)


_MESSAGES: tuple[tuple[re.Pattern[str], Text | Callable[..., Text]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (re.escape(NEVER_CLOSED), _("a {{{{ or {{% is never closed")),
        (rf"expected token {_QUOTED}, got {_QUOTED}", _expected),
        (rf"unexpected end of template, expected {_QUOTED}", _expected),
        (rf"Unexpected end of template.*needs to be closed is {_QUOTED}", _open),
        (r"Unexpected end of template", _END_OF_TAG),
        (rf"Encountered unknown tag {_QUOTED}(?:.*to be closed is {_QUOTED})?", _unknown_tag),
        (rf"unexpected char {_QUOTED}", _out_of_place),
        (rf"unexpected {_QUOTED}(?:, expected {_QUOTED})?", _unexpected),
        (
            rf"Expected an expression, got {_QUOTED}",
            lambda sign: _("an expression is missing before {sign}", sign=_thing(sign)),
        ),
        (
            rf"No filter named {_QUOTED}",
            lambda name: _("there is no filter “{name}”", name=name),
        ),
        (
            rf"No test named {_QUOTED}",
            lambda name: _("there is no test “{name}”", name=name),
        ),
        (r"Missing end of comment tag", _("a {{# is never closed")),
        (r"Missing end of raw directive", _("{{% {tag} %}} is never closed", tag="raw")),
        (r"unclosed translation block", _("{{% {tag} %}} is never closed", tag="trans")),
        (
            r"control structures in translatable sections are not allowed; saw `(\w+)`",
            lambda tag: _("{{% {tag} %}} cannot stand inside a sentence to be translated", tag=tag),
        ),
        (
            rf"block {_QUOTED} defined twice",
            lambda name: _("two blocks are called “{name}”", name=name),
        ),
        (r"(?:tag name expected|Invalid character in identifier|chunk after expression)", _TAG),
        (r"(?:expected (?:name or number|subscript|call)|invalid syntax|You cannot chain)", _TAG),
        (r"(?:non-default argument|can't assign|names starting with|Can't assign)", _TAG),
        (r"(?:Block names in Jinja|Required block|When defining macros|cannot use extend)", _TAG),
        (r"(?:cannot assign attribute|extended multiple times)", _TAG),
        (r"(?:a translatable section|trans blocks|translatable variable)", _TRANSLATED),
        (r"(?:unknown variable|pluralize without)", _TRANSLATED),
        (
            rf"access to attribute {_QUOTED}",
            lambda name: _("“{name}” may not be used in a text", name=name),
        ),
        (r".*is not safely callable", _("a text may not call this")),
        (r"no loader for this environment", _("a text cannot take in another file")),
        (
            r".*has no element",
            _("a list or a table has no entry at the place that the text asks for"),
        ),
        (r".*object is not callable", _("something is called that cannot be called")),
        (r".*(?:not iterable|cannot unpack|values to unpack)", _("this goes through no list")),
        (
            r".*(?:unsupported operand|not supported between|concatenate|bad operand)",
            _("this reckons with values that do not go together, such as a word and a number"),
        ),
    )
)
"""How the messages of Jinja 3.1 begin, in the order in which they are tried. A test
provokes each."""

_KINDS: Mapping[type[Exception], Text] = {
    ZeroDivisionError: _("this divides by zero"),
    OverflowError: _("a number is too large"),
    RecursionError: _("this is nested too deeply"),
}
"""What is said of an error of Python's, whatever its message."""
