"""Marks what another program said as words in its own language, which a screen reader speaks so.

A sentence is put together as plain text, often of other sentences. What is quoted stands in it
between private-use characters, and becomes an element where a template shows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from mailer.wording import Quoted

_BEGINS, _SPOKEN, _ENDS = "\ue0f0", "\ue0f1", "\ue0f2"
_MARKS = str.maketrans(dict.fromkeys((_BEGINS, _SPOKEN, _ENDS)))
_QUOTED = re.compile(f"{_BEGINS}([a-z]*){_SPOKEN}([^{_BEGINS}{_ENDS}]*){_ENDS}")


def marked(quoted: Quoted) -> str:
    """Return quoted words between marks, for `say`."""
    return f"{_BEGINS}{quoted.language}{_SPOKEN}{quoted.words.translate(_MARKS)}{_ENDS}"


def unmarked(said: str) -> str:
    """Return a sentence without marks, for what is no page."""
    return _QUOTED.sub(r"\2", said)


def shown(said: object) -> object:
    """Return what a template shows: with an element around what is quoted."""
    if not isinstance(said, str) or _BEGINS not in said:
        return said
    return Markup(_QUOTED.sub(r'<bdi lang="\1">\2</bdi>', str(escape(said))))  # noqa: S704 - escaped
