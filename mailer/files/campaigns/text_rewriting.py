"""Rewrites the text of a step from a form: subject, preheader and body, in front of which there
may be a front matter.

Saving what was shown gives the same bytes: line ends, a BOM, blank first lines, a missing last
line end, comments and the order of the front matter stay.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError

from mailer.errors import ContentError
from mailer.files.campaigns.line_ends import restore_line_ends, with_lf
from mailer.files.text_files import FRONT_MATTER, decode_utf8
from mailer.model.drafts.revision import TextFields

if TYPE_CHECKING:
    from mailer.errors import Problem

_KEYS = ("subject", "preheader")


def text_fields(stored: bytes, *, name: str) -> TextFields:
    """Return a stored text as a form shows it. Raises ContentError when it is not UTF-8."""
    text = with_lf(_decoded(stored, name))
    front = _front_matter(text)
    if front is None:
        return TextFields(text)
    end, matter = front
    subject, preheader = (str(matter.get(key, "")) for key in _KEYS)
    return TextFields(text[end:], subject, preheader)


def rewrite_text(stored: bytes, fields: TextFields, *, name: str) -> bytes:
    """Return the stored text with the content of a form. Raises ContentError.

    An empty subject or preheader is removed from the front matter; one that is not empty is
    written to it, which is made when there is none.
    """
    if fields == text_fields(stored, name=name):
        return stored
    text = _decoded(stored, name)
    front = _front_of(with_lf(text), fields)
    is_open = fields.body and front and not front.endswith("\n")
    edited = f"{front}\n{fields.body}" if is_open else front + fields.body
    bom = codecs.BOM_UTF8 if stored.startswith(codecs.BOM_UTF8) else b""
    return bom + restore_line_ends(text, edited).encode()


def _front_of(text: str, fields: TextFields) -> str:
    """Return the front matter of `text` with the values of a form, as it is if it has them."""
    front = _front_matter(text)
    if front is None:
        if not fields.subject and not fields.preheader:
            return ""
        return f"+++\n{_with_values(tomlkit.document(), fields)}+++\n"
    end, matter = front
    if all(str(matter.get(key, "")) == getattr(fields, key) for key in _KEYS):
        return text[:end]
    found = FRONT_MATTER.match(text)
    assert found is not None
    written = _with_values(matter, fields)
    return f"{text[: found.start('matter')]}{written}{text[found.end('matter') : end]}"


def _with_values(matter: tomlkit.TOMLDocument, fields: TextFields) -> str:
    for key in _KEYS:
        value = " ".join(getattr(fields, key).split("\n"))
        if value and value != matter.get(key):
            matter[key] = value
        elif not value and key in matter:
            del matter[key]
    written = tomlkit.dumps(matter)
    return written if not written or written.endswith("\n") else f"{written}\n"


def _front_matter(text: str) -> tuple[int, tomlkit.TOMLDocument] | None:
    """Return where the body begins and the front matter; None when there is none that is TOML."""
    found = FRONT_MATTER.match(text)
    if found is None:
        return None
    try:
        return found.end(), tomlkit.parse(found["matter"])
    except (TOMLKitError, ValueError):
        return None


def _decoded(stored: bytes, name: str) -> str:
    """Return the text with its own line ends and without its BOM."""
    problems: list[Problem] = []
    if decode_utf8(stored, shown=name, problems=problems) is None:
        raise ContentError(*problems)
    return stored.decode("utf-8-sig")
