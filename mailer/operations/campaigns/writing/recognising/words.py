"""The words by which facts are recognised, compiled for all languages together.

A French advisory may have an English label, so every language is tried on every line.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailer.languages.release_words import ReleaseWords

SPACE = r"[ \t\u00a0\u202f]"
_BEFORE_PERSON = rf"|{SPACE}+[|–—-]{SPACE}+(?=[A-ZÀ-Ý][\w’'-]+ [A-ZÀ-Ý])"
_COLON = rf"{SPACE}*[:?]{SPACE}*"


def words(part: Callable[[ReleaseWords], str]) -> str:
    """Return a case-insensitive regular expression for one kind of words in any language."""
    every = "|".join(part(language.release) for language in LANGUAGES if language.release)
    return f"(?i:{every})"


INSTITUTIONS = words(lambda release: f"{release.institution}|{release.institution_too}")


@cache
def label(name: str) -> re.Pattern[str]:
    """Return the pattern of a label at the beginning of a line: before a colon, or alone."""
    of = words(lambda release: release.contact_of)
    further = (
        rf"(?:{SPACE}+(?:{of})(?P<of>[^:,;@\d]{{3,60}}?))?(?:{SPACE}+\([^()\d@]{{2,40}}\))?"
        if name == "contact"
        else ""
    )
    ends = rf"{SPACE}*\Z" + (_BEFORE_PERSON if name == "contact" else "")
    return re.compile(
        rf"(?:{words(lambda release: getattr(release, name))}){further}(?:{_COLON}|{ends})"
    )


LABELS = (
    "when",
    "venue",
    "address",
    "access",
    "contact",
    "partners",
    "links",
    "press_room",
    "accreditation",
)
"""The names of the labels that begin a part of a document."""


def is_label(line: str) -> bool:
    """Return whether a line begins with a label of any kind."""
    return any(label(name).match(line) for name in LABELS)


def kind_labels() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each kind's label, by the kind's value, in any language."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for kind, pattern in language.release.kinds.items() if language.release else ():
            found.setdefault(kind, []).append(pattern)
    return {kind: re.compile(rf"(?i:{'|'.join(each)})(?!\w)") for kind, each in found.items()}
