"""The second stage of rendering: how a hole is written, and how it is filled per recipient.

A hole's source is Jinja with control characters as delimiters, so that no `{{` in a campaign's
own text can ever be executed; control characters are removed from every text beforehand. Each
value passes the escape filter of its context. Filling is one pass: a value that looks like a
template or a sentinel is inert.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailer.render.jinja.faults import fault_of
from mailer.render.jinja.recipient_fields import RECIPIENT_NAMES
from mailer.render.whole_names import with_whole_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mailer.wording import Text

_OPEN, _CLOSE = "\x02", "\x03"
_BLOCK_OPEN, _BLOCK_CLOSE = "\x0e", "\x0f"

AUTHOR_METHODS = frozenset({"endswith", "lower", "split", "startswith", "strip", "title", "upper"})
"""String methods that authors may call; none of them makes a short text long."""

AUTHOR_FILTERS = frozenset({"capitalize", "default", "lower", "title", "trim", "upper"})

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""C0 and C1 controls except tab and newline, and characters that XML or UTF-8 cannot hold."""

_BREAKS = re.compile("[\r\n\t\u2028\u2029]+")
_SAFE_SCHEMES = ("https:", "http:", "mailto:", "tel:")


def value(expression: str, context: str) -> str:
    """Return a hole for one value, escaped for `context` (a key of `ESCAPE_BY_CONTEXT`)."""
    inner = expression if _PLAIN_NAME.fullmatch(expression) else f"({expression})"
    return f"{_OPEN}{inner}|{context}{_CLOSE}"


def tag(source: str) -> str:
    """Return a block tag, such as `if recipient.name`, inside a hole."""
    return f"{_BLOCK_OPEN}{source}{_BLOCK_CLOSE}"


def _plain(text: object) -> str:
    words = str(text)
    # None of the characters replaced below is printable, and few texts contain any of them.
    return words if words.isprintable() else CONTROLS.sub("", _BREAKS.sub(" ", words))


def _escaped(text: object) -> str:
    return _plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(text: object) -> str:
    return with_whole_names(_escaped(text))


def _attribute(text: object) -> str:
    return _escaped(text).replace('"', "&#34;").replace("'", "&#39;")


def _url(text: object) -> str:
    """Return a whole URL, or "" if its scheme is not a safe one."""
    url = _plain(text).strip()
    return _attribute(url) if url.lower().startswith(_SAFE_SCHEMES) else ""


def _url_part(text: object) -> str:
    return quote(_plain(text), safe="")


def _in_comment(escape: Callable[[object], str]) -> Callable[[object], str]:
    """Escape for conditional comments, which a double hyphen would end."""
    return lambda text: escape(text).replace("-", "&#45;")


ESCAPE_BY_CONTEXT: Mapping[str, Callable[[object], str]] = {
    "text": _text,
    "title": _escaped,
    "attribute": _attribute,
    "url": _url,
    "url_part": _url_part,
    "mso_text": _in_comment(_escaped),
    "mso_attribute": _in_comment(_attribute),
    "mso_url": _in_comment(_url),
    "mso_url_part": lambda text: _url_part(text).replace("-", "%2D"),
    "plain": _plain,
    "header": _plain,
}

_PLAIN_NAME = re.compile(r"recipient\.\w+")
_PLAIN_HOLE = re.compile(rf"{_OPEN}recipient\.(\w+)\|(\w+){_CLOSE}")


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        variable_start_string=_OPEN,
        variable_end_string=_CLOSE,
        block_start_string=_BLOCK_OPEN,
        block_end_string=_BLOCK_CLOSE,
        comment_start_string="\x05",
        comment_end_string="\x06",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    own = {name: environment.filters[name] for name in AUTHOR_FILTERS}
    environment.filters = {**own, **ESCAPE_BY_CONTEXT}
    environment.globals = {}
    return environment


@lru_cache(maxsize=1024)
def filler(source: str) -> Callable[[Mapping[str, str]], str]:
    """Return a function that fills one hole from a recipient's fields.

    Nearly every hole is a single field name: those skip the template engine.
    """
    plain = _PLAIN_HOLE.fullmatch(source)
    if plain:
        name, escape = plain[1], ESCAPE_BY_CONTEXT[plain[2]]
        return lambda fields: escape(fields[name])
    template = _environment().from_string(source)
    return lambda fields: template.render(recipient=fields)


def filler_of_all(sources: Iterable[str]) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    """Return a function that fills these holes, in order, from a recipient's fields.

    Nearly every hole is a single field name, and nearly every value needs no escaping in any
    context. So one search through all values together saves one search per value.
    """
    holes = list(sources)
    fills = [filler(source) for source in holes]
    found = [plain for plain in map(_PLAIN_HOLE.fullmatch, holes) if plain]
    names, contexts = [plain[1] for plain in found], [plain[2] for plain in found]
    special_characters = (
        "&<>\"'-" if any(context.startswith("mso") for context in contexts) else "&<>\"'"
    )
    text_positions = [at for at, context in enumerate(contexts) if context == "text"]
    url_positions = [at for at, context in enumerate(contexts) if context.endswith("url")]

    def one_by_one(fields: Mapping[str, str]) -> tuple[str, ...]:
        return tuple([fill(fields) for fill in fills])

    def fill_at_once(fields: Mapping[str, str]) -> tuple[str, ...]:
        values = [fields[name] for name in names]
        text = "".join(values)
        if not text.isprintable():
            return one_by_one(fields)
        for character in special_characters:
            if character in text:
                return one_by_one(fields)
        for at in text_positions:
            values[at] = with_whole_names(values[at])
        for at in url_positions:
            if not values[at].startswith(_SAFE_SCHEMES) or values[at].endswith(" "):
                return one_by_one(fields)
        return tuple(values)

    is_simple = len(found) == len(holes) and not any(
        context.endswith("part") for context in contexts
    )
    return fill_at_once if is_simple else one_by_one


def fill_error(source: str) -> Text | None:
    """Return what is wrong if the expression fails with all fields empty or all fields filled."""
    if _PLAIN_HOLE.fullmatch(source):
        return None
    for example in ("", "x"):
        try:
            filler(source)(dict.fromkeys(RECIPIENT_NAMES, example))
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as err:
            return fault_of(err)
    return None
